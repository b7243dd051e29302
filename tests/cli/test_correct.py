"""How does a person correct what the machine made of a scan? Through the real program; dumps, which need no OCR."""

import json

import pytest

from archive.cli.correct import correct
from archive.corrections import CORRECTABLE
from archive.errors import ExitCode
from tests.cli.test_ingest import DUMP

ISSUE = "buurtblad-de-kade-2019-03-12-a"
OPEN_DAY, MEETING = f"{ISSUE}-s0001", f"{ISSUE}-s0002"


@pytest.fixture
def kade(run, root):
    """An archive with one issue."""
    (root / "raw" / "kade.txt").write_text(DUMP, encoding="utf-8")
    assert run("ingest", "-q").exit_code == ExitCode.OK
    return root


def test_a_correction_is_written_down_and_found_at_once(run, kade):
    typed = run("correct", OPEN_DAY, "category", "campaigns", "--note", "asked the board")
    assert typed.exit_code == ExitCode.OK
    assert typed.stdout == f"Corrected {OPEN_DAY}: category 'campaigns'.\n"
    lines = (kade / "corrections.csv").read_text().splitlines()
    assert lines[0] == "id,field,value,expected,context,date,note"
    assert lines[1].startswith(f"{OPEN_DAY},category,campaigns,events,Open dag Op zaterdag 16 maart")
    assert lines[1].endswith(",asked the board")
    shown = run("show", OPEN_DAY).stdout
    assert "campaigns (correction: corrected by hand on" in shown
    assert "(asked the board)" in shown
    assert run("search", "koffie", "--category", "campaigns").stdout.startswith(OPEN_DAY)
    word = run("correct", OPEN_DAY, "word", "thee", "--expected", "koffie", "--json")
    assert [each["context"] for each in json.loads(word.stdout)["made"]] == ["is welkom, de koffie staat klaar."]
    assert run("search", "thee").stdout.startswith(OPEN_DAY)
    assert "koffie" in run("show", OPEN_DAY, "--explain").stdout


def test_the_last_corrections_are_listed_and_one_is_undone_by_its_number(run, kade):
    run("correct", OPEN_DAY, "tag", "buurt")
    run("correct", OPEN_DAY, "tag", "kade")
    assert run("correct", "--undo", "1", "--note", "a mistake").stdout == f"Undone: {OPEN_DAY}: tag 'buurt'.\n"
    listed = [line.split("  ") for line in run("correct", "--last", "3").stdout.splitlines()]
    assert [line[-1] for line in listed] == ["(undone)", f"{OPEN_DAY}: tag 'kade'", f"{OPEN_DAY}: undo tag buurt"]
    numbered = json.loads(run("correct", "--last", "--json").stdout)["corrections"]
    assert [(each["number"], each["in_force"]) for each in numbered] == [(1, False), (2, True), (3, True)]
    assert run("search", "tag:buurt").stdout == ""
    assert "an undoing is not taken over" in run("correct", "--import", "corrections.csv").stderr
    text = (kade / "corrections.csv").read_text()
    (kade / "corrections.csv").write_text(text.replace(",buurt,", ",wijk,"))
    assert f"it undoes a line that is not there: {OPEN_DAY}: undo tag buurt" in run("doctor").stdout


def test_a_date_is_corrected_and_every_id_stays(run, kade):
    before = (kade / "ids.csv").read_text()
    assert run("correct", MEETING, "issue-date", "2020-01").exit_code == ExitCode.OK
    assert (kade / "ids.csv").read_text() == before
    assert "2020-01 (correction: corrected by hand on" in run("show", ISSUE).stdout
    assert run("search", "vereniging", "--from", "2020").stdout.startswith(MEETING)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ((), "an ID, a FIELD and a VALUE are needed"),
        ((OPEN_DAY, "category"), "an ID, a FIELD and a VALUE are needed"),
        ((OPEN_DAY, "colour", "red"), "`colour` cannot be corrected. Fields: category"),
        ((OPEN_DAY, "tag", "x", "--import", "archive.toml"), "--import takes no ID"),
        (("--undo", "--last"), "--undo and --last stand alone"),
        (("--undo", "x"), "`x` is no number"),
        (("--import", "archive.toml"), "Save it as CSV"),
        (("--import", "none.xlsx"), "does not exist"),
    ],
)
@pytest.mark.usefixtures("root")
def test_wrong_usage_says_what_is_right(run, line, said):
    typed = run("correct", *line)
    assert typed.exit_code == ExitCode.USAGE
    assert said in typed.stderr


def test_without_a_catalogue_there_is_nothing_to_correct(run, root):
    typed = run("correct", OPEN_DAY, "tag", "x")
    assert typed.exit_code == ExitCode.BROKEN_ARCHIVE
    assert not (root / "corrections.csv").exists()


def test_a_table_is_taken_over_once_and_what_cannot_be_is_named(run, kade, tmp_path):
    table = tmp_path / "checked.csv"
    table.write_text(
        f"field;value;id\ntag;buurt;{OPEN_DAY}\ncategory;sport;{OPEN_DAY}\nheading;Vergadering;{MEETING}\n"
    )
    typed = run("correct", "--import", table)
    assert typed.exit_code == ExitCode.PARTLY
    assert [line.split(": ", 1)[1] for line in typed.stdout.splitlines()] == ["tag 'buurt'.", "heading 'Vergadering'."]
    assert typed.stderr.startswith(f"Not written down: {OPEN_DAY}: category 'sport': there is no category `sport`.")
    before = (kade / "corrections.csv").read_text()
    again = run("correct", "--import", table)
    assert "Known before: 2 corrections." in again.stdout
    assert (kade / "corrections.csv").read_text() == before


def test_a_correction_that_lost_its_place_is_named_by_every_ingest_and_the_doctor(run, kade):
    (kade / "corrections.csv").write_text(
        f"id,field,value,expected,context\n{OPEN_DAY},word,zaal,zaai,in de zaai\nelders-s0001,tag,x,,\n"
    )
    doctor = run("doctor").stdout
    assert f"a correction was not applied yet: {OPEN_DAY}" in doctor
    for _ in range(2):
        typed = run("ingest")
        assert typed.exit_code == ExitCode.OK
        assert typed.stderr.splitlines() == [
            f"No place found for a correction: {OPEN_DAY}: word 'zaai' to 'zaal'. See `archive doctor`.",
            "No place found for a correction: elders-s0001: tag 'x'. See `archive doctor`.",
        ]
    assert len(json.loads(run("ingest", "--json").stdout)["unplaced_corrections"]) == 2
    doctor = run("doctor").stdout
    assert f"a correction finds no place: {OPEN_DAY}: word 'zaai' to 'zaal'" in doctor
    assert "nothing is called elders-s0001: elders-s0001: tag 'x'" in doctor


def test_a_line_that_cannot_be_read_stops_the_ingest_before_it_changes_anything(run, kade):
    (kade / "corrections.csv").write_text(f"id,field,value\n{OPEN_DAY},colour,red\n")
    typed = run("ingest", "--reparse")
    assert typed.exit_code == ExitCode.USAGE
    assert "line 2 corrects `colour`" in typed.stderr


def test_the_help_names_every_field():
    assert all(field in correct.help for field in CORRECTABLE)


def test_a_filled_in_coding_sheet_comes_back_with_the_agreement(run, kade):
    from openpyxl import load_workbook

    line = ("--sample", "2", "--by", "category", "--seed", "1", "--format", "coding", "--output", "sheet.xlsx")
    assert run("export", *line).exit_code == ExitCode.OK
    book = load_workbook(kade / "sheet.xlsx")
    for row, (category, note) in zip((2, 3), (("events", ""), ("campaigns", "a drive")), strict=True):
        book["Coding"].cell(row, 7).value, book["Coding"].cell(row, 8).value = category, note
    book.save(kade / "sheet.xlsx")
    typed = run("correct", "--import", "sheet.xlsx")
    assert typed.exit_code == ExitCode.OK
    assert "2 sections coded by hand, 50.0% as the machine has it.\nCohen's kappa 0.33" in typed.stdout
    rows = (kade / "corrections.csv").read_text().splitlines()
    assert rows[1].endswith(",coded by hand")
    assert rows[2].endswith(",coded by hand: a drive")
    assert "campaigns (correction" in run("show", MEETING).stdout
    assert "Known before: 2 corrections." in run("correct", "--import", "sheet.xlsx").stdout
    answer = json.loads(run("correct", "--import", "sheet.xlsx", "--json").stdout)
    assert answer["agreement"]["coded"] == 2
    run("export", "--format", "bundle", "--output", "out")
    assert "Of 2 sections of the archive coded by hand" in (kade / "out" / "README.md").read_text()
