"""Which sections match a query, and how is a person told?"""

import json

import pytest

from archive.catalog.rows import PageRow, ScanState
from archive.catalog.store import open_catalog
from archive.errors import ExitCode
from tests.factories import make_issue, make_section


@pytest.fixture
def halls(archive_of):
    """Two issues, three sections with a hall in them."""
    return archive_of(
        make_issue(
            [
                make_section("events", "Op zaterdag is er een open dag in de zaal.", heading="Open dag", page=2),
                make_section("meetings", "De vergadering is in de zaal.", heading="Vergadering"),
            ],
            date="2021-03-10",
        ),
        make_issue(
            [make_section("other", "De zaal is gesloten."), make_section("other", "Tot ziens.")], date="2022-06"
        ),
    )


def ids(stdout: str) -> list[str]:
    return [line.split()[0] for line in stdout.splitlines() if line.startswith("kerngroep")]


@pytest.mark.usefixtures("halls")
def test_each_hit_tells_where_it_stands_and_what_it_says(run):
    found = run("search", "open", "dag")
    assert found.exit_code == ExitCode.OK
    assert found.stdout.splitlines()[0] == (
        "kerngroep-oost-2021-03-10-a-s0001  Kerngroep Oost  2021-03-10  p. 2  events"
    )
    assert found.stdout.splitlines()[1] == "    Open dag"
    assert "een open dag in de zaal." in found.stdout.splitlines()[2]
    assert "\x1b" not in found.stdout


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        (("zaal",), {"2021-03-10-a-s0001", "2021-03-10-a-s0002", "2022-06-a-s0001"}),
        (("zaal", "--category", "meetings"), {"2021-03-10-a-s0002"}),
        (("zaal", "--from", "2022"), {"2022-06-a-s0001"}),
        (("zaal", "--to", "2021"), {"2021-03-10-a-s0001", "2021-03-10-a-s0002"}),
        (("zaal", "--newsletter", "kerngroep-west"), set()),
        (("--category", "events"), {"2021-03-10-a-s0001"}),
        (("--", "zaal", "-vergadering", "-open"), {"2022-06-a-s0001"}),
        (('"open dag" OR ziens',), {"2021-03-10-a-s0001", "2022-06-a-s0002"}),
    ],
)
def test_the_words_and_filters_choose_the_sections(run, line, numbers):
    found = run("search", "-q", *line)
    assert found.exit_code == ExitCode.OK
    assert set(ids(found.stdout)) == {f"kerngroep-oost-{number}" for number in numbers}


@pytest.mark.usefixtures("halls")
def test_hits_are_paged_and_the_rest_is_told(run):
    first = run("search", "zaal", "--limit", "2", "--sort", "date")
    assert len(ids(first.stdout)) == 2
    assert first.stderr == "3 sections; these are 1 to 2; more with --offset 2.\n"
    rest = run("search", "zaal", "--limit", "2", "--sort", "date", "--offset", "2")
    assert ids(rest.stdout) == ["kerngroep-oost-2022-06-a-s0001"]
    assert run("search", "zaal", "-q").stderr == ""


@pytest.mark.usefixtures("halls")
def test_facets_count_the_hits(run):
    tables = run("search", "zaal", "--facets", "--limit", "0").stdout.split("\n\n")
    counts = {table.splitlines()[0].split()[0]: table.splitlines()[1:] for table in tables if table.strip()}
    assert sorted(line.split()[0] for line in counts["category"]) == ["events", "meetings", "other"]


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("zaal", "--offset", "5"), "3 sections, none of them after the first 5.\n"),
        (("zaal", "--limit", "0"), "3 sections.\n"),
        (("zaal", "--kwic", "--offset", "5"), "3 sections; there is no line after the first 5.\n"),
        (("zaal", "--kwic", "--limit", "0"), "3 sections.\n"),
    ],
)
def test_a_page_behind_the_last_hit_is_said_to_be_empty(run, line, said):
    found = run("search", *line)
    assert (found.stdout, found.stderr) == ("", said)


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("--category", "evets"), "No section has the category evets; perhaps events, meetings, other."),
        (("zaal", "--newsletter", "kerngroep"), "No section has the newsletter kerngroep; perhaps kerngroep-oost."),
        (("zaal language:fr",), "No section has the language fr; perhaps nl."),
        (("--", "zaal", "-tag:mooi"), "No section has the tag mooi."),
        (('zaal OR place:"Den Haag"',), "No section has the place Den Haag."),
        (("zaal", "--category", "events", "--category", "evets"), "the category evets"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--kwic",), ("--format", "csv"), ("--kwic", "--format", "csv")])
def test_a_value_that_the_archive_does_not_know_is_named(run, line, said, form):
    found = run("search", *form, *line)
    assert said in found.stderr
    assert found.exit_code == ExitCode.OK


@pytest.mark.usefixtures("halls")
def test_values_that_the_archive_knows_are_not_named(run):
    line = ("zaal", "category:meetings", "--language", "NL", "--newsletter", "Kerngroep Oost")
    assert "No section has" not in run("search", *line).stderr
    assert json.loads(run("search", *line, "--json").stdout)["notices"] == []
    assert len(json.loads(run("search", "tag:mooi", "--json").stdout)["notices"]) == 1


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize(
    "line",
    [
        ("zaal\udcff",),
        ("za\udcffal OR za\udcff*",),
        ("category:\udcff OR heading:z\udcff~ OR zaal",),
        ("zaal", "--save", "halve", "--tag", "\udcff"),
        ("zaal", "--category", "\udcff", "--newsletter", "\ud800", "--language", "\udcff"),
    ],
)
def test_half_a_character_is_in_no_text_and_breaks_nothing(run, line):
    for form in ((), ("--json",), ("--kwic",), ("--format", "csv")):
        found = run("search", *line, *form)
        assert found.exit_code == ExitCode.OK, found.stderr
    assert run("show", "zaal\udcff").exit_code == ExitCode.USAGE


@pytest.mark.usefixtures("halls")
def test_where_nothing_is_found_the_filters_are_named(run):
    line = ("--category", "events", "--from", "2022", "--tag", "te lezen")
    filters = "with --category events --from 2022 --tag 'te lezen'\n"
    assert f"Nothing found for: zaal {filters}" in run("search", "zaal", *line).stderr
    assert f"Nothing found {filters}" in run("search", *line).stderr


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize(
    ("filter_", "said"),
    [("--from", "'' is no date"), ("--mentions-to", "'' is no date"), ("--category", "empty"), ("--tag", "empty")],
)
@pytest.mark.parametrize("command", ["search", "export"])
def test_a_filter_that_was_not_filled_in_is_refused(run, command, filter_, said):
    found = run(command, "zaal", filter_, "")
    assert (found.exit_code, found.stdout) == (ExitCode.USAGE, "")
    assert said in found.stderr
    assert filter_ in found.stderr


def test_a_word_with_a_leading_hyphen_leads_to_two_hyphens(run):
    assert "Put -- before words with a leading hyphen." in run("search", "zaal", "-tijdelijk").stderr
    assert "hyphen" not in run("search", "zaal", "--tijdelijk").stderr


@pytest.mark.usefixtures("halls")
def test_what_a_section_lacks_is_named_and_of_much_the_first_words(run):
    found = run("search", '"vergadering in zaal"')
    assert "With only a part of the query:" in found.stdout
    assert '    without: "vergadering in zaal"' in found.stdout.splitlines()
    unknown = [f"qxw{letter}vj" for letter in "abcdefghijklmno"]
    answer = json.loads(run("search", "op zaterdag is er een open dag", *unknown, "--json").stdout)
    assert answer["partial"][0]["missing"] == unknown
    shown = run("search", "op zaterdag is er een open dag", *unknown).stdout.splitlines()
    assert f"    without: {', '.join(unknown[:12])} and 3 more" in shown


def test_a_search_that_finds_nothing_names_what_it_looked_at(run, halls):
    with open_catalog(halls.catalog_path, write=True) as catalog:
        catalog.put_scan(ScanState("raw/x.pdf", "ab" * 32, 1, 1, "failed"), (PageRow(1, status="failed"),), ())
    found = run("search", "olifant")
    assert (found.exit_code, found.stdout) == (ExitCode.OK, "")
    assert "Nothing found for: olifant" in found.stderr
    assert "Looked at 2 issues with 4 pages, of which 1 failed: see `archive pages`." in found.stderr


@pytest.mark.parametrize(
    ("line", "issues", "pages"),
    [
        (("--from", "2022"), 1, 3),
        (("--to", "2021-03", "--newsletter", "Kerngroep Oost"), 1, 2),
        (("--newsletter", "kerngroep-west"), 0, 1),
        (("--holding", "box=7"), 1, 3),
        (("--category", "events", "--language", "nl"), 2, 4),
    ],
)
def test_under_filters_of_issues_only_what_passes_them_was_looked_at(run, archive_of, line, issues, pages):
    two_pages = [make_section(), make_section(page=2)]
    settings = archive_of(make_issue([make_section()], date="2021-03"), make_issue(two_pages, date="2022-06"))
    (settings.root / "issues.csv").write_text("id,box\nkerngroep-oost-2022-06-a,7\n", encoding="utf-8")
    with open_catalog(settings.catalog_path, write=True) as catalog:
        # Of no issue, so that it may be of any newsletter and year.
        catalog.put_scan(ScanState("raw/x.pdf", "ab" * 32, 1, 1, "failed"), (PageRow(1, status="failed"),), ())
    coverage = json.loads(run("search", "olifant", *line, "--json").stdout)["coverage"]
    assert (coverage["issues"], coverage["pages"], coverage["failed"]) == (issues, pages, 1)
    assert f"Looked at {issues} issue" in run("search", "olifant", *line).stderr
    assert json.loads(run("search", "zaal", "--from", "2021-03", "--json").stdout)["coverage"]["pages"] == 4


def test_of_a_scan_that_could_not_be_opened_nothing_is_said_to_be_read_well(run, archive_of):
    with open_catalog(archive_of().catalog_path, write=True) as catalog:
        catalog.put_scan(ScanState("raw/x.pdf", "ab" * 32, 1, 1, "failed"), (), ())
    looked = "Looked at 0 issues with 0 pages. Not in the search: 1 file of raw/, see `archive issues`.\n"
    assert looked in run("search", "olifant").stderr


def test_pages_whose_words_were_misread_are_not_said_to_be_read_well(run, archive_of):
    misread = make_section("events", "De vergadcrinq op zatcrdaq in hct dorpsbuis bcgint om acbt uur. " * 30)
    archive_of(make_issue([misread], date="2021-03"))
    nothing = run("search", "olifant").stderr
    assert "Looked at 1 issue with 1 page.\n" in nothing
    assert "read too badly to tell" in nothing


@pytest.mark.usefixtures("halls")
def test_the_answer_in_json_has_the_documented_fields(run):
    answer = json.loads(run("search", "open dag", "--json").stdout)
    assert set(answer) >= {"schema_version", "query", "parsed", "total", "took_ms", "coverage", "hidden"}
    assert set(answer) >= {"suggestions", "notices", "facets", "hits", "partial"}
    assert (answer["schema_version"], answer["query"], answer["total"]) == (1, "open dag", 1)
    (hit,) = answer["hits"]
    assert set(hit) == {
        *("rank", "score", "id", "issue_id", "newsletter", "issue_date", "heading", "category", "pages"),
        *("snippet", "matches", "missing", "boxes"),
    }
    assert {match["how"] for match in hit["matches"]} == {"exact"}
    assert all(box["page"] == 2 for box in hit["boxes"])
    assert hit["boxes"]


@pytest.mark.usefixtures("halls")
def test_a_query_that_cannot_be_read_is_wrong_usage_and_points_at_the_place(run):
    found = run("search", "zaal", "(")
    assert found.exit_code == ExitCode.USAGE
    assert "at character 6 of: zaal (." in found.stderr


def test_a_search_for_nothing_at_all_is_wrong_usage(run):
    assert run("search").exit_code == ExitCode.USAGE
    assert run("search", "  ").exit_code == ExitCode.USAGE


def test_an_archive_without_index_says_how_to_make_one(archive_of, run):
    archive_of(make_issue(), index=False)
    found = run("search", "zaal")
    assert found.exit_code == ExitCode.BROKEN_ARCHIVE
    assert "archive reindex" in found.stderr


def test_an_index_that_is_behind_says_so(archive_of, run):
    archive_of(make_issue([make_section("other", "De zaal is open.")]))
    archive_of(make_issue([make_section("other", "De zaal is dicht.")], date="2023-01-01"), index=False)
    found = run("search", "zaal")
    assert len(ids(found.stdout)) == 1
    assert "archive reindex" in found.stderr


def test_a_hit_brings_no_control_characters_to_the_terminal(archive_of, run):
    archive_of(make_issue([make_section("other", "De za\x1b[31mal is\x07 open.", heading="Zaal\x9b2J open")]))
    for line in (("search", "open"), ("search", "open", "--json")):
        assert not {"\x1b", "\x07", "\x9b"} & set(run(*line).stdout)


@pytest.mark.usefixtures("halls")
@pytest.mark.parametrize("word", ["--category", "—category", "--category=events"])
def test_an_option_that_was_typed_as_a_word_is_named(run, word):
    result = run("search", "--", "zaal", word)
    assert f"{word} was searched for as a word. As an option it is written --category" in result.stderr
    assert "as a word" not in run("search", "--quiet", "--", "zaal", word).stderr
    assert "as a word" not in run("search", "--", "zaal", "-events").stderr
