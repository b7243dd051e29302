"""The commands that list what there is: issues, pages, stats."""

import json

import pytest

from archive.catalog.rows import PageRow, ScanState
from archive.catalog.store import open_catalog
from archive.errors import ExitCode
from tests.factories import make_issue, make_section


@pytest.fixture
def two_years(archive_of):
    """Three issues, of which numbers 2 to 4 and 6 are missing, and a scan that went wrong."""
    settings = archive_of(
        make_issue([make_section("events", "Open dag in de zaal.")], date="2021-01-10", number="1"),
        make_issue([make_section("events", "Nog een open dag."), make_section()], date="2021-05-10", number="5"),
        make_issue([make_section("refugees", "Opvang in de wijk.")], date="2022-02-10", number="7"),
        index=False,
    )
    with open_catalog(settings.catalog_path, write=True) as catalog:
        bad = ScanState(
            "raw/bad.pdf", "ab" * 32, 1, 1, "failed", message="page 1 holds no image", hint="Scan it again."
        )
        pages = (PageRow(1, status="failed", reason="holds no image"), PageRow(2, status="low", confidence=0.41))
        catalog.put_scan(bad, pages, ())
        catalog.put_fault(ScanState("raw/copy.pdf", "cd" * 32, 1, 1, "double", message="the same bytes as raw/a.pdf"))
    return settings


@pytest.mark.usefixtures("two_years")
def test_issues_are_listed_by_newsletter_with_gaps_and_odd_scans(run):
    shown = run("issues").stdout
    assert shown.splitlines()[0] == "Kerngroep Oost (kerngroep-oost): 3 issues"
    assert [line.split()[0] for line in shown.splitlines()[2:5]] == [
        "kerngroep-oost-2021-01-10-a",
        "kerngroep-oost-2021-05-10-a",
        "kerngroep-oost-2022-02-10-a",
    ]
    assert "Missing numbers: 2-4, 6" in shown
    assert "No issue found in:\n    raw/bad.pdf: page 1 holds no image" in shown
    assert "There twice:\n    raw/copy.pdf: the same bytes as raw/a.pdf" in shown


@pytest.mark.usefixtures("two_years")
def test_issues_of_one_newsletter_are_listed_alone(run):
    assert "3 issues" in run("issues", "--newsletter", "kerngroep-oost").stdout
    typed = run("issues", "--newsletter", "de-brug")
    assert typed.exit_code == ExitCode.OK
    assert "no issues of these newsletters" in typed.stderr


@pytest.mark.usefixtures("two_years")
def test_issues_answer_in_json(run):
    answer = json.loads(run("issues", "--json").stdout)
    assert answer["schema_version"] == 1
    (series,) = answer["series"]
    assert series["gaps"] == [{"run": "", "numbers": [2, 3, 4, 6]}]
    assert series["issues"][0]["date_source"] == "masthead"


@pytest.mark.usefixtures("two_years")
def test_pages_tell_how_each_reading_ended(run):
    lines = [line.split() for line in run("pages").stdout.splitlines()]
    assert lines[0] == ["page", "status", "confidence", "unread", "words", "from", "scan", "reason"]
    assert {line[0]: line[1] for line in lines[1:]} == {
        "abababab-p0001": "failed",
        "abababab-p0002": "low",
        "kerngroep-oost-2021-01-10-a-p0001": "ok",
        "kerngroep-oost-2021-05-10-a-p0001": "ok",
        "kerngroep-oost-2022-02-10-a-p0001": "ok",
    }


@pytest.mark.usefixtures("two_years")
def test_pages_of_one_status_come_with_their_reason(run):
    lines = run("pages", "--status", "failed").stdout.splitlines()
    assert len(lines) == 2
    assert lines[1].endswith("holds no image")


@pytest.mark.usefixtures("two_years")
def test_pages_to_scan_again_come_worst_first(run):
    lines = [line.split()[:2] for line in run("pages", "--rescan").stdout.splitlines()[1:]]
    assert lines == [["abababab-p0001", "failed"], ["abababab-p0002", "low"]]


@pytest.mark.usefixtures("two_years")
def test_pages_answer_in_json(run):
    answer = json.loads(run("pages", "--status", "low", "--json").stdout)
    (page,) = answer["pages"]
    assert (answer["schema_version"], page["id"], page["confidence"]) == (1, "abababab-p0002", 0.41)
    assert page["source"] == {"file": "raw/bad.pdf", "sha256": "ab" * 32}
    assert page["candidates"] == []


@pytest.mark.usefixtures("two_years")
def test_a_list_without_pages_says_so(run):
    typed = run("pages", "--status", "timed_out")
    assert (typed.exit_code, typed.stdout) == (ExitCode.OK, "")
    assert "no such pages" in typed.stderr
    assert run("pages", "--status", "timed_out", "-q").stderr == ""


@pytest.mark.usefixtures("two_years")
def test_stats_count_by_category_and_year(run):
    shown = run("stats").stdout
    assert shown.splitlines()[0].startswith("5 scans, 3 issues, 4 sections, ")
    assert "5 pages: 3 ok, 1 low, 1 failed" in shown
    years = [line.split() for line in shown.split("\n\n")[-1].splitlines()]
    events = years[0].index("events")
    assert [(row[0], row[events]) for row in years[1:]] == [("2021", "2"), ("2022", "0")]


@pytest.mark.usefixtures("two_years")
def test_stats_answer_in_json(run):
    answer = json.loads(run("stats", "--json").stdout)
    assert (answer["schema_version"], answer["sections"]) == (1, 4)
    assert answer["categories"] == {"events": 2, "other": 1, "refugees": 1}
    assert answer["coverage"]["failed"] == 1


@pytest.mark.parametrize("name", ["issues", "pages", "stats", "export"])
def test_without_a_catalogue_a_list_says_what_to_do(run, name):
    typed = run(name)
    assert typed.exit_code == ExitCode.BROKEN_ARCHIVE
    assert "archive ingest" in typed.stderr
