"""Does an archive hold out: thousands of pages of which some fail, hours of ingests with readers beside them?

Small counts; with ARCHIVE_TEST_FULL=1 2,000 pages, and five minutes of ingests with four searchers.
"""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median

import pytest

from archive.catalog.store import open_catalog
from archive.errors import ArchiveError
from archive.library.search import search
from archive.model.search import SearchRequest
from tests.faults.disturbed import fork
from tests.faults.failing_tasks import EVERY
from tests.reliability.conftest import FULL, copy, issue

pytestmark = pytest.mark.full

SCANS, PAGES = (20, 100) if FULL else (3, 50)
SECONDS = 300 if FULL else 3
SEARCHERS = 4
MOST_ISSUES = 300  # come while they search, each of three sections; then only one changes, again and again
PAUSE_S = 0.1
SLOWER = 2.0
# Word lists and libraries take 150 MB; in the second half of a run it may grow by what Python keeps of freed memory.
MOST_KB = 300_000
GROWTH_KB = 40_000
# Its scan is replaced by other bytes again and again: for a moment neither the old nor the new one can be found.
CHANGED = "-2011-"
FAILING = """
import sys
from archive.pipeline import intake
from archive.languages import word_zipf
from archive.search.whoosh import writer
# The index needs both, and loads them when it comes: here they are there from the start, and no growth.
loaded = word_zipf("de", "nl"), word_zipf("the", "en")
intake._TASKS = "tests.faults.failing_tasks:"
from archive.cli.group import run_command
sys.exit(run_command(["-C", sys.argv[1], "--json", "ingest", "--jobs", "1"]))
"""


def processes_of(root) -> list[int]:
    """Return the processes that work on an archive, by their arguments or their folder for temporary files."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            known = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
        except OSError:
            continue
        if str(root).encode() in known and int(place.name) != os.getpid():
            found.append(int(place.name))
    return found


def memory_kb(pid) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def watch_memory(process, seen):
    while process.poll() is None:
        seen.append(memory_kb(process.pid))
        time.sleep(0.1)


def test_a_failing_page_every_fifty_costs_itself_and_memory_stays_flat(archive):
    for number in range(SCANS):
        pages = (
            f"Bladzijde {page}\n\nHier staat iets over compost in {1900 + number}." for page in range(1, PAGES + 1)
        )
        archive.put(f"lang-{number:02}.txt", "\f".join(pages))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    line = [sys.executable, "-c", FAILING, str(archive.root)]
    seen = []
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        watcher = threading.Thread(target=watch_memory, args=(running, seen))
        watcher.start()
        out, err = running.communicate(timeout=1200)
        watcher.join()
    assert running.returncode == 1, err.decode()
    assert b"Traceback" not in err
    assert len(json.loads(out)["faults"]) == SCANS
    with open_catalog(archive.settings.catalog_path) as catalog:
        statuses = {(page.file, page.page.number): page.page for page in catalog.pages()}
    assert len(statuses) == SCANS * PAGES
    failed = {place for place, page in statuses.items() if page.status != "ok"}
    assert failed == {place for place in statuses if place[1] % EVERY == 0}
    assert all(statuses[place].reason for place in failed)
    assert archive.strays() == []
    assert processes_of(archive.root) == []
    assert max(seen) <= MOST_KB
    if FULL:  # a short run ends before memory has settled
        halves = seen[: len(seen) // 2], seen[len(seen) // 2 :]
        assert max(halves[1]) <= max(halves[0]) + GROWTH_KB


def search_on(archive, stop, log):
    """Search until told to stop; write down how long each search took, or what was wrong with its answer."""
    known = set()
    with log.open("w") as file:
        while not stop.exists():
            begun = time.monotonic()
            try:
                found = search(archive.settings, SearchRequest("compost OR leden OR jaar", limit=4 * MOST_ISSUES))
            except ArchiveError as error:
                file.write(f"error {error}\n")
                return
            file.write(f"{time.monotonic() - begun}\n")
            by_issue = {}
            for hit in found.hits:
                by_issue.setdefault(hit.issue_id, set()).add(hit.id)
            torn = {issue_id: sorted(ids) for issue_id, ids in by_issue.items() if len(ids) != 3}
            gone = sorted(known - set(by_issue))
            if not found.coverage.index_behind and not any(CHANGED in each for each in by_issue):
                gone.append(CHANGED)
            if torn or gone:
                file.write(f"wrong: torn {torn}, gone {gone}, of {len(by_issue)}\n")
                return
            known = {each for each in by_issue if CHANGED not in each}
            time.sleep(PAUSE_S)


def searching(archive, tmp_path, work) -> list[float]:
    """Do something beside four searchers, and return how long their searches took."""
    stop = tmp_path / "stop"
    logs = [tmp_path / f"searcher-{number}" for number in range(SEARCHERS)]
    pids = []
    for log in logs:
        pid = fork()
        if not pid:
            try:
                search_on(archive, stop, log)
            finally:
                os._exit(0)
        pids.append(pid)
    try:
        work()
    finally:
        stop.touch()
        for pid in pids:
            os.waitpid(pid, 0)
        stop.unlink()
    lines = [line for log in logs for line in log.read_text().splitlines()]
    assert [line for line in lines if line[0] in "ew"] == []
    return list(map(float, lines))


def test_an_ingest_and_four_searchers_for_minutes_meet_no_error_and_no_wrong_answer(stages, tmp_path):
    archive = copy(stages["first"], tmp_path / "archive")
    rounds = 0

    def take_in():
        nonlocal rounds
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            number = 5 + rounds % MOST_ISSUES
            archive.put(f"blad-{number}.txt", issue(number))
            archive.put("blad-1.txt", issue(1, last=f"Oogstfeest {rounds} van de tuinders"))
            assert archive.ingest() == 0
            rounds += 1

    alone = searching(archive, tmp_path, lambda: time.sleep(SECONDS / 10))
    beside = searching(archive, tmp_path, take_in)
    after = searching(archive, tmp_path, lambda: time.sleep(SECONDS / 10))
    assert rounds
    archive.put("blad-4.txt", issue(4))
    assert archive.ingest() == 0  # with no reader there, the log of the catalogue goes
    assert archive.strays() == []
    if FULL:  # a few searches say nothing of speed
        slower = median(beside) / max(median(alone), median(after))
        print(f"rounds {rounds}, searches {len(beside)}, slower {slower:.2f}")  # noqa: T201 - kept in the report of --all
        assert slower <= SLOWER
