"""What does an id hold?"""

import json

import pytest

from archive.errors import ExitCode
from tests.factories import make_issue, make_section

SECTION = "kerngroep-oost-2022-06-15-a-s0001"
ISSUE = "kerngroep-oost-2022-06-15-a"


@pytest.fixture
def open_day(archive_of):
    section = make_section(
        "events",
        "Kom op zaterdag langs in de Vondelzaal te Enschede.\n\nDe koffie staat klaar.",
        heading="Open dag",
        places=("Enschede",),
        dates=("2022-06-18",),
        page=2,
    )
    return archive_of(
        make_issue([make_section("other", "Voorwoord."), section], masthead="KERNGROEP OOST"), index=False
    )


@pytest.mark.usefixtures("open_day")
def test_a_section_shows_its_place_its_category_and_its_text(run):
    shown = run("show", f"{ISSUE}-s0002")
    assert shown.exit_code == ExitCode.OK
    facts = {line[:14].strip(): line[14:] for line in shown.stdout.split("\n\n")[0].splitlines()}
    assert facts["section"] == f"{ISSUE}-s0002"
    assert facts["issue"] == "Kerngroep Oost, number 6, 2022-06-15 (masthead)"
    assert facts["category"].startswith("events (rules: ")
    assert facts["places"] == "Enschede"
    assert facts["dates"] == "2022-06-18 = 2022-06-18"
    text = "Open dag\n\nKom op zaterdag langs in de Vondelzaal te Enschede.\n\nDe koffie staat klaar.\n"
    assert shown.stdout.endswith(text)


@pytest.mark.usefixtures("open_day")
def test_raw_shows_the_lines_as_they_were_read(run):
    assert "Kom op zaterdag langs in de\nVondelzaal te Enschede." in run("show", f"{ISSUE}-s0002", "--raw").stdout


@pytest.mark.usefixtures("open_day")
def test_explain_lists_each_change_with_its_rule(run):
    lines = run("show", f"{ISSUE}-s0002", "--explain").stdout.splitlines()
    assert "1 change:" in lines
    assert "hard-wrap" in lines[-1]
    assert "‘⏎’" in lines[-1]


@pytest.mark.usefixtures("open_day")
def test_boxes_are_numbers_in_points(run):
    header, row = run("show", f"{ISSUE}-s0002", "--boxes").stdout.split("\n\n")[1].splitlines()
    assert header.split() == ["page", "x0", "y0", "x1", "y1"]
    assert row.split()[0] == "2"


@pytest.mark.usefixtures("open_day")
def test_an_issue_lists_its_sections_and_its_facts(run):
    shown = run("show", ISSUE).stdout
    assert "newsletter    Kerngroep Oost (masthead)" in shown
    assert "date          2022-06-15 (masthead: printed in full)" in shown
    assert [line.split()[0] for line in shown.splitlines()[-2:]] == [f"{ISSUE}-s0001", f"{ISSUE}-s0002"]


@pytest.mark.usefixtures("open_day")
def test_a_page_shows_how_it_was_read_and_what_stands_on_it(run):
    shown = run("show", f"{ISSUE}-p0002").stdout
    assert "read from     ocr (tesseract 5.3.4 nld+eng 300dpi)" in shown
    assert f"sections      {ISSUE}-s0002" in shown
    assert shown.rstrip().endswith("De koffie staat klaar.")
    assert "Voorwoord" not in shown


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(("given", "kind"), [(SECTION, "section"), (ISSUE, "issue"), (f"{ISSUE}-p0001", "page")])
def test_show_answers_in_json(run, given, kind):
    answer = json.loads(run("show", given, "--json").stdout)
    assert (answer["schema_version"], answer["kind"], answer["id"]) == (1, kind, given)
    assert "edits" not in answer
    assert "edits" in json.loads(run("show", given, "--json", "--explain").stdout)


@pytest.mark.usefixtures("open_day")
def test_json_of_a_section_holds_the_fields_of_the_record(run):
    section = json.loads(run("show", SECTION, "--json").stdout)["section"]
    assert (section["id"], section["category"], section["text"]) == (SECTION, "other", "Voorwoord.")


@pytest.mark.usefixtures("open_day")
def test_an_id_that_was_never_given_out_is_wrong_usage(run):
    typed = run("show", "kerngroep-oost-1999-01-01-a")
    assert typed.exit_code == ExitCode.USAGE
    assert "archive issues" in typed.stderr


def test_terminal_escapes_in_a_text_do_not_come_out(archive_of, run):
    archive_of(make_issue([make_section("other", "Voor\x1b[31mwoord\x07.", heading="Het\x9b2Jbegin")]), index=False)
    for line in (("show", SECTION), ("show", SECTION, "--raw"), ("show", SECTION, "--json"), ("show", ISSUE)):
        shown = run(*line).stdout
        assert not {"\x1b", "\x07", "\x9b"} & set(shown)


def test_without_a_catalogue_there_is_nothing_to_show(run):
    typed = run("show", SECTION)
    assert typed.exit_code == ExitCode.BROKEN_ARCHIVE
    assert "archive ingest" in typed.stderr
