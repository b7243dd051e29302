"""Is each match shown between its words, and does a table hold all of them?"""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from archive.errors import ExitCode
from archive.library import context
from tests.factories import make_issue, make_section


def rows(stdout: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stdout, newline="")))


@pytest.fixture
def halls(archive_of):
    return archive_of(
        make_issue(
            [
                make_section("events", "Een open dag in de grote zaal van het dorp.", heading="Open dag", page=2),
                make_section("meetings", "De vergadering is in de kleine zaal achter. De zalen zijn warm."),
            ],
            date="2021-03-10",
        ),
        make_issue([make_section("other", "Naast een blauwe zaal bij de brug.")], date="2022-06"),
        make_issue([make_section("other", "=SOM(A1) zaal \x1b[31mrood\x07 en “zaal, wit”")], date="2022-07"),
    )


@pytest.mark.usefixtures("halls")
def test_words_that_need_only_be_near_are_one_line(run):
    (line,) = rows(run("search", '"open zaal"~4', "--kwic", "--format", "csv").stdout)
    assert (line["match"], line["right"], line["how"]) == ("open dag in de grote zaal", "van het dorp.", "exact")


@pytest.mark.usefixtures("halls")
def test_a_table_holds_every_match_of_every_hit(run):
    found = run("search", "zaal", "--kwic", "--format", "csv")
    assert found.exit_code == ExitCode.OK
    lines = rows(found.stdout)
    assert list(lines[0]) == ["id", "date", "page", "left", "match", "right", "how"]
    assert len(lines) == 6
    (day,) = [line for line in lines if line["id"].endswith("2021-03-10-a-s0001")]
    assert (day["date"], day["page"], day["match"], day["how"]) == ("2021-03-10", "2", "zaal", "exact")
    assert (day["left"][-8:], day["right"]) == ("de grote", "van het dorp.")
    assert {line["how"] for line in lines if line["match"] == "zalen"} == {"inflection"}
    assert len(rows(run("search", "zaal", "--kwic", "--format", "csv", "--limit", "2").stdout)) == 2


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize(
    ("side", "words"), [("left", ["blauwe", "grote", "kleine"]), ("right", ["achter", "bij", "van"])]
)
def test_lines_are_sorted_by_the_words_on_either_side(run, side, words):
    lines = rows(run("search", "zaal", "--exact", "--kwic", "--sort", side, "--format", "csv").stdout)
    beside = [line[side].split()[-1 if side == "left" else 0].strip(".") for line in lines]
    assert [word for word in beside if word in words] == words


@pytest.mark.usefixtures("halls")
def test_more_lines_than_memory_should_hold_are_sorted_alike(run, monkeypatch):
    line = ("search", "zaal", "--kwic", "--sort", "left", "--format", "csv")
    at_once = run(*line).stdout
    monkeypatch.setattr(context, "_IN_MEMORY", 2)
    assert run(*line).stdout == at_once


@pytest.mark.usefixtures("halls")
def test_of_a_word_of_the_heading_the_text_gives_no_lines(run):
    lines = rows(run("search", "heading:open", "--kwic", "--format", "csv").stdout)
    assert [(line["left"], line["match"]) for line in lines] == [("", "Open")]
    assert len(rows(run("search", "open", "--kwic", "--format", "csv").stdout)) == 2
    (row,) = json.loads(run("stats", "--by", "year", "--term", "heading:open", "--from", "2021", "--json").stdout)[
        "rows"
    ][:1]
    assert (row["matching"], row["occurrences"]) == (1, 1)


@pytest.mark.usefixtures("halls")
def test_no_cell_steers_a_terminal_or_is_calculated(run):
    stdout = run("search", "zaal", "--kwic", "--format", "csv").stdout
    assert not {"\x1b", "\x07"} & set(stdout)
    lefts = [line["left"] for line in rows(stdout) if "SOM" in line["left"]]
    assert lefts
    assert all(left.startswith("'=SOM") for left in lefts)


@pytest.mark.usefixtures("halls")
def test_on_the_screen_matches_stand_in_one_column_and_the_rest_is_told(run):
    found = run("search", "zaal", "--exact", "--kwic", "--limit", "2")
    first, where, second, _ = found.stdout.splitlines()
    assert first[42:46] == second[42:46] == "zaal"
    assert where.split()[-1] == "exact"
    assert "these are lines 1 to 2; more with --offset 2" in found.stderr


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize("columns", [60, 72])
def test_no_line_is_longer_than_the_terminal_is_wide(run, monkeypatch, columns):
    line = ("search", "vergadering OR zaal", "--exact", "--kwic")
    assert max(map(len, run(*line).stdout.splitlines())) > columns
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = run(*line).stdout.splitlines()
    assert max(map(len, shown)) <= columns
    assert len({found.start() for text in shown if (found := re.search(" (zaal|vergadering)", text[18:]))}) == 1


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize("form", [(), ("--format", "csv")])
@pytest.mark.parametrize("line", [("--category", "events"), ("--", "-vergadering", "-blauwe", "-wit")])
def test_where_no_word_is_asked_for_that_is_said(run, form, line):
    found = run("search", "--kwic", *form, *line)
    assert "1 section, but no line: no word is asked for that could stand in one.\n" in found.stderr
    assert "no line" not in run("search", "zaal", "--kwic", "--limit", "0", *form).stderr


@pytest.mark.usefixtures("halls")
def test_a_program_gets_the_same_lines(run):
    answer = json.loads(run("search", "kleine zaal", "--exact", "--kwic", "--json").stdout)
    assert (answer["schema_version"], answer["total"], answer["more"]) == (1, 1, False)
    assert [line["match"] for line in answer["lines"]] == ["kleine", "zaal"]
    assert set(answer["lines"][0]) == {"id", "date", "page", "left", "match", "right", "how"}


@pytest.mark.usefixtures("halls")
def test_without_kwic_a_table_holds_all_hits(run):
    lines = rows(run("search", "zaal", "--format", "csv").stdout)
    assert [line["rank"] for line in lines] == ["1", "2", "3", "4"]
    assert {line["id"] for line in lines if line["pages"] == "2"} == {"kerngroep-oost-2021-03-10-a-s0001"}
    assert len(rows(run("search", "zaal", "--format", "csv", "--limit", "1", "--offset", "3").stdout)) == 1


def test_each_match_of_a_section_on_two_pages_names_its_own(archive_of, run):
    parsed = make_issue([make_section("other", "De zaal is open. Na de pauze gaat de zaal dicht.")])
    turn = parsed.transcript.raw.index("pauze")
    words = tuple(replace(word, page=2 if word.start >= turn else 1) for word in parsed.transcript.words)
    sections = (replace(parsed.sections[0], pages=(1, 2)),)
    archive_of(replace(parsed, sections=sections, transcript=replace(parsed.transcript, words=words)))
    lines = rows(run("search", "zaal", "--kwic", "--format", "csv").stdout)
    assert [line["page"] for line in lines] == ["1", "2"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("zaal", "--sort", "left"), "goes with --kwic"),
        (("zaal", "--kwic", "--suspects"), "do not go together"),
        (("zaal", "--format", "csv", "--json"), "two formats"),
        (("zaal", "--format", "csv", "--facets"), "--format csv and --facets do not go together"),
        (("zaal", "--kwic", "--facets"), "--kwic and --facets do not go together"),
        (("zaal", "--suspects", "--facets"), "--suspects and --facets do not go together"),
        (("zaal", "--suspects", "--sort", "date"), "--suspects and --sort do not go together"),
        (("--saved", "x", "--suspects", "--since-last"), "--suspects and --since-last do not go together"),
        (("zaal", "--suspects", "--save", "x"), "--suspects and --save do not go together"),
        (("--queries", "x.csv", "--limit", "3"), "--queries and --limit do not go together"),
        (("--queries", "x.csv", "--offset", "0"), "--queries and --offset do not go together"),
        (("--queries", "x.csv", "--facets"), "--queries and --facets do not go together"),
    ],
)
def test_what_does_not_go_together_is_refused(run, line, said):
    found = run("search", *line)
    assert found.exit_code == ExitCode.USAGE
    assert said in found.stderr
