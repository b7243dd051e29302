"""Does each answer show one state of the archive, although an ingest changes it between the questions that it takes?"""

import csv
import io
import json
from contextlib import nullcontext

import pytest

from archive.catalog.connect import ReadingConnection
from archive.catalog.store import open_catalog
from archive.errors import ArchiveBusyError
from archive.library.batch import count_queries
from archive.library.export import export
from archive.library.issues import list_issues
from archive.library.related import find_related
from archive.library.search import search
from archive.library.show import show
from archive.library.stats import count_all
from archive.library.suspects import find_suspects
from archive.library.trends import TrendRequest, find_trend
from archive.model.search import SearchRequest
from archive.pipeline.reindex import IndexKeeper
from archive.search.whoosh.backend import WhooshBackend
from tests.conftest import put_issues
from tests.factories import make_issue, make_section

YEARS = range(2015, 2022)
REPLACED = 2021
KINDS = ("vergadering", "kramen", "opvang")


SHARED = ("De bijenkast kreeg een snoeischaar.", "Bij de waterput staat een regenton.")


def issue_of(year, word):
    texts = [f"Compost van {word} en {kind} voor alle leden van de tuin." for kind in KINDS]
    letters = str(year).translate(str.maketrans("0123456789", "abcdefghij"))
    texts[0] += f" {SHARED[year % 2]} " + " ".join(
        f"{name}{letters}" for name in ("haag", "pad", "hek", "bed", "sloot")
    )
    return make_issue(
        [make_section(text=text, heading=kind) for kind, text in zip(KINDS, texts, strict=True)], date=f"{year}-03-01"
    )


@pytest.fixture
def settings(archive_of, monkeypatch):
    monkeypatch.setattr("archive.catalog.sections._CHUNK", 2)  # of an issue's three sections
    monkeypatch.setattr("archive.catalog.connect._CLOSING_MS", 1)
    return archive_of(*(issue_of(year, f"perk{year}") for year in YEARS))


@pytest.fixture(params=["nobody", "an ingest"], autouse=True)
def at_work(request, settings):
    """Have nobody at work when the answer is asked for, or an ingest that is under way."""
    if request.param == "nobody":
        yield
        return
    with open_catalog(settings.catalog_path, write=True) as catalog:
        catalog.mark_missing([file for file in catalog.scan_states() if str(YEARS[0]) in file])
        yield


@pytest.fixture
def changes(settings, monkeypatch):
    """Return a function that has an issue's scan replaced behind questions for some columns that have to do with it."""
    ask, left = ReadingConnection.rows, {"raw_text": 0}

    def rows(connection, sql, values=()):
        found = ask(connection, sql, values)
        for columns in [each for each, times in left.items() if times and each in sql and str(REPLACED) in str(found)]:
            left[columns] -= 1
            with open_catalog(settings.catalog_path, write=True) as catalog:  # for a moment neither can be found
                catalog.mark_missing([file for file in catalog.scan_states() if str(REPLACED) in file])
            put_issues(settings, (issue_of(REPLACED, f"oogst{left}"),))
        return found

    def begin(times, columns="raw_text"):
        left[columns] = times

    monkeypatch.setattr(ReadingConnection, "rows", rows)
    return begin


def sections_of(ids):
    by_issue = {}
    for section_id in ids:
        by_issue.setdefault(section_id.rpartition("-s")[0], set()).add(section_id)
    return by_issue


def assert_whole(ids):
    found = sections_of(ids)
    assert len(found) >= len(YEARS) - 2
    assert {len(some) for some in found.values()} == {3}


def test_a_search_finds_an_issue_whole_or_not_at_all(settings, changes):
    changes(2)
    assert_whole(hit.id for hit in search(settings, SearchRequest("compost", limit=100)).hits)


def test_an_export_to_a_file_holds_whole_issues(settings, changes, tmp_path):
    changes(2)
    exported = export(settings, SearchRequest(), tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert exported.sections == len(lines)
    assert_whole(json.loads(line)["id"] for line in lines)


def test_an_export_to_a_stream_holds_whole_issues_or_says_that_it_does_not(settings, changes, request):
    changes(2)
    out = io.StringIO()
    alone = "nobody" in request.node.name
    with pytest.raises(ArchiveBusyError, match="Run the same command again") if alone else nullcontext():
        export(settings, SearchRequest(), out)
        assert_whole(json.loads(line)["id"] for line in out.getvalue().splitlines())


@pytest.mark.parametrize("options", [(), ("--kwic",)])
def test_a_table_of_hits_holds_whole_issues_or_says_that_it_does_not(run, changes, request, options):
    changes(2)
    ran = run("search", "compost", "--format", "csv", *options)
    if "nobody" in request.node.name:
        assert ran.exit_code == 7
        assert "was changed while it was read" in ran.stderr
    else:
        assert_whole(row["id"] for row in csv.DictReader(io.StringIO(ran.stdout)))


@pytest.mark.parametrize(
    "asked",
    [
        lambda settings: search(settings, SearchRequest("compost")),
        lambda settings: find_related(settings, f"kerngroep-oost-{REPLACED}-03-01-a-s0001"),
        lambda settings: show(settings, f"kerngroep-oost-{REPLACED}-03-01-a"),
        lambda settings: find_trend(settings, TrendRequest(("year",), "compost")),
        list_issues,
        count_all,
    ],
)
def test_what_an_answer_takes_is_asked_of_one_state(settings, monkeypatch, asked):
    ask, held = ReadingConnection.rows, []

    def rows(connection, sql, values=()):
        if not sql.startswith("PRAGMA"):  # which tells the version, before anything is asked
            held.append(connection._held)
        return ask(connection, sql, values)

    monkeypatch.setattr(ReadingConnection, "rows", rows)
    assert asked(settings)
    assert len(held) > 1
    assert all(held)


def test_suspects_are_of_one_index(settings, monkeypatch):
    ask, asked = WhooshBackend.search, []

    def search_and_change(backend, query, request):
        found = ask(backend, query, request)
        asked.append(query)
        if len(asked) == 2:  # every section; how well each was read is asked afterwards
            with open_catalog(settings.catalog_path, write=True) as catalog:
                catalog.mark_missing([file for file in catalog.scan_states() if str(REPLACED) in file])
                IndexKeeper(settings, catalog).catch_up()
        return found

    monkeypatch.setattr(WhooshBackend, "search", search_and_change)
    assert find_suspects(settings, SearchRequest("gebouw")).query == "gebouw"


def test_counts_of_several_queries_are_of_one_index(settings, tmp_path, monkeypatch):
    ask, asked = WhooshBackend.search, []

    def search_and_change(backend, query, request):
        found = ask(backend, query, request)
        asked.append(query)
        if len(asked) == 2:
            put_issues(settings, (issue_of(2030, "nieuw"),))
            with open_catalog(settings.catalog_path, write=True) as catalog:
                IndexKeeper(settings, catalog).catch_up()
        return found

    monkeypatch.setattr(WhooshBackend, "search", search_and_change)
    (tmp_path / "queries.txt").write_text("compost\nkramen\n")
    batch = count_queries(settings, tmp_path / "queries.txt", SearchRequest())
    assert [sum(each.years.values()) for each in batch.queries] == [each.total for each in batch.queries]
    assert batch.queries[0].years == batch.sections
