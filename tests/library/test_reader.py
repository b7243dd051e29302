"""Can a program ask an archive: search it, go through it, from several threads, and change nothing?"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from archive import open_archive
from archive.errors import BrokenArchiveError, QuerySyntaxError, UsageError
from tests.factories import make_issue, make_section

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(archive_of):
    return archive_of(
        make_issue([make_section("events", "Open dag in de zaal."), make_section("other", "De brug.")], date="2019"),
        make_issue([make_section("other", "De zaal is dicht.")], date="2021-05"),
    ).root


def test_it_finds_and_iterates_and_shows(folder):
    with open_archive(folder) as archive:
        results = archive.search("zaal", categories="events", facets=True)
        assert (results.total, results.facets["year"]) == (1, {"2019": 1})
        assert [hit.issue_date for hit in archive.hits("zaal", by_date=True)] == ["2019", "2021-05"]
        assert [line.match for line in archive.contexts("zaal", sort="left")] == ["zaal", "zaal"]
        assert [section["position"] for section in archive.sections()] == [1, 2, 1]
        assert [section["text"] for section in archive.sections("zaal", since="2020")] == ["De zaal is dicht."]
        assert archive.section("kerngroep-oost-2019-a-s0002").fields["text"] == "De brug."
        assert archive.issue("kerngroep-oost-2019-a").issue.date == "2019"
        assert archive.page("kerngroep-oost-2019-a-p0001").page.page.number == 1
        assert [issue.id for issue in archive.issues()] == ["kerngroep-oost-2019-a", "kerngroep-oost-2021-05-a"]
        assert archive.related("kerngroep-oost-2019-a-s0002") == ()


def test_it_says_what_cannot_be_asked(folder, tmp_path):
    with open_archive(folder) as archive:
        with pytest.raises(QuerySyntaxError):
            archive.search("zaal AND")
        with pytest.raises(UsageError, match="no filter 'category'"):
            archive.search("zaal", category="events")
        with pytest.raises(UsageError, match="'vroeger' is no date"):
            archive.search("zaal", since="vroeger")
        with pytest.raises(UsageError, match="end before they start"):
            list(archive.sections(since="2021", until="2019"))
        with pytest.raises(UsageError, match="count from 0"):
            archive.search("zaal", offset=-1)
        with pytest.raises(UsageError, match="is no section"):
            archive.section("kerngroep-oost-2019-a")
        with pytest.raises(UsageError, match="cannot sort"):
            list(archive.contexts("zaal", sort="up"))
    with pytest.raises(UsageError, match="was closed"):
        archive.search("zaal")
    with pytest.raises(BrokenArchiveError):
        open_archive(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda archive: archive.search("zaal", limit=None), "limit is None"),
        (lambda archive: archive.search("zaal", limit="3"), "limit is '3'"),
        (lambda archive: archive.search("zaal", limit=True), "limit is True"),
        (lambda archive: archive.search("zaal", offset=1.5), "offset is 1.5"),
        (lambda archive: archive.search(None), "query is None, which is no text"),
        (lambda archive: archive.search(5), "query is 5"),
        (lambda archive: archive.search("zaal", categories=3), "categories is 3"),
        (lambda archive: archive.search("zaal", tags=["a", None]), "one of tags is None"),
        (lambda archive: archive.search("zaal", since=["2019"]), r"since is \['2019'\], which is no date"),
        (lambda archive: archive.search("zaal", until=True), "until is True"),
        (lambda archive: next(archive.hits(b"zaal")), "query is b'zaal'"),
        (lambda archive: next(archive.sections(7)), "query is 7"),
        (lambda archive: next(archive.contexts("zaal", width=-5)), "width is -5"),
        (lambda archive: next(archive.contexts("zaal", sort=["left"])), "cannot sort by"),
        (lambda archive: archive.related("kerngroep-oost-2019-a-s0001", limit=-1), "limit is -1"),
        (lambda archive: archive.section(None), "id is None"),
        (lambda archive: archive.issue(2019), "id is 2019"),
    ],
)
def test_what_is_of_no_use_is_refused_in_words(folder, ask, said):
    with open_archive(folder) as archive, pytest.raises(UsageError, match=said):
        ask(archive)


def test_numbers_and_lists_of_other_libraries_will_do(folder):
    with open_archive(folder) as archive:
        assert archive.search("zaal", limit=np.int64(1), since=np.int64(2020)).total == 1
        assert archive.search("zaal", categories=np.array(["events"])).total == 1


def test_dates_may_be_those_of_python_and_none_is_no_filter(folder):
    with open_archive(folder) as archive:
        assert archive.search("zaal", since=2020, categories=None).total == 1
        assert archive.search("zaal", until=date(2020, 12, 31), tags=None).total == 1
        assert archive.search("zaal", until=datetime(2020, 12, 31, 23, 59, tzinfo=UTC)).total == 1


def test_threads_ask_side_by_side(folder):
    with open_archive(folder) as archive, ThreadPoolExecutor(4) as pool:
        totals = list(pool.map(lambda word: archive.search(word).total, ["zaal", "brug", "dag", "walvis"] * 10))
    assert totals == [2, 1, 1, 0] * 10


def test_it_changes_nothing_on_disk(folder):
    def state():
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}

    before = state()
    with open_archive(folder) as archive:
        archive.search("zaal")
        list(archive.sections("brug"))
    assert state() == before


def test_the_package_itself_stays_light():
    code = "import archive, sys; print([name for name in sys.modules if name.startswith(('archive.', 'sqlite3'))])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ended.stdout.strip() == "[]"
