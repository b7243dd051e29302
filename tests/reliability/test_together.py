"""What happens when several processes work on one archive at once, and what lives on when one is ended?"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.library.search import search
from archive.model.search import SearchRequest
from archive.pipeline.reindex import reindex
from archive.pipeline.repair import repair
from tests.faults.disturbed import fork, in_fork
from tests.reliability.conftest import FULL, copy, issue

pytestmark = pytest.mark.full

SEARCHERS = 2
ROUNDS = 20 if FULL else 1
HANGING = """
import sys
from pathlib import Path
from archive.pipeline import intake
intake._TASKS = "tests.faults.hanging_tasks:"
from archive.cli.group import run_command
sys.exit(run_command(["-C", sys.argv[1], "ingest", *sys.argv[2:]]))
"""


def start(archive, *args):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-c", HANGING, str(archive.root), *args],
        env=environment,
        stderr=subprocess.PIPE,
        preexec_fn=heed_hangup,  # noqa: PLW1509 - there are no threads here
    )


def heed_hangup():
    """Undo what `nohup` hands down: there a run that ignores SIGHUP does as it is told."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def wait_for(condition, seconds=60.0):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.02)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def search_on(archive, stop):
    """Search until told to stop; return 1 for an error or a half issue."""
    seen = set()
    while not stop.exists():
        try:
            results = search(archive.settings, SearchRequest("compost OR leden OR jaar", limit=100))
        except ArchiveError as error:
            sys.stderr.write(f"searching: {error}\n")
            return 1
        by_issue = {}
        for hit in results.hits:
            by_issue.setdefault(hit.issue_id, set()).add(hit.id)
        seen |= {len(ids) for ids in by_issue.values()}
    return 0 if seen <= {3} else 1


def while_searching(archive, tmp_path, work):
    stop = tmp_path / "stop"
    searchers = []
    for _ in range(SEARCHERS):
        pid = fork()
        if not pid:
            os._exit(search_on(archive, stop))
        searchers.append(pid)
    try:
        work()
    finally:
        stop.touch()
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in searchers]
    assert codes == [0] * SEARCHERS


@pytest.fixture
def taken_in(stages, tmp_path):
    return copy(stages["first"], tmp_path / "archive")


def test_searches_meet_no_error_and_no_half_issue_during_ingests(taken_in, tmp_path):
    def work():
        for number in range(ROUNDS):
            taken_in.put(f"blad-{number + 5}.txt", issue(number + 5))
            assert taken_in.ingest() == 0

    while_searching(taken_in, tmp_path, work)


def test_searches_meet_no_error_while_the_index_is_made_anew(taken_in, tmp_path):
    def work():
        for _ in range(ROUNDS * 3):
            assert in_fork(lambda: reindex(taken_in.settings) and None) == 0

    while_searching(taken_in, tmp_path, work)


def test_searches_meet_no_error_during_a_repair_of_pages_and_index(taken_in, tmp_path):
    def work():
        wanted = [("leftovers", ""), ("register", ""), ("index", "")]
        for _ in range(ROUNDS):
            assert in_fork(lambda: repair(taken_in.settings, wanted) and None) == 0

    while_searching(taken_in, tmp_path, work)


@pytest.fixture
def hanging(archive):
    """An ingest whose page hangs, with the pids of its worker and of what that started."""
    archive.begin()
    main = start(archive)
    pids = archive.settings.index_dir / "work" / "pids"
    wait_for(pids.exists)
    yield archive, main, [int(pid) for pid in pids.read_text().split()]
    main.kill()
    main.wait()
    main.stderr.close()


@pytest.mark.parametrize("ending", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_no_process_lives_on_when_the_main_one_is_ended(hanging, ending):
    archive, main, pids = hanging
    assert all(map(is_alive, pids))
    main.send_signal(getattr(signal, ending))
    main.wait(60)
    wait_for(lambda: not any(map(is_alive, pids)))
    assert archive.ingest() == 0
    assert archive.strays() == []


def test_a_second_ingest_is_refused_with_exit_code_7(hanging):
    archive, _, _ = hanging
    second = start(archive)
    _, said = second.communicate(timeout=60)
    assert second.returncode == 7
    assert b"another run is writing to this archive. Wait until it has finished" in said


def test_no_process_lives_on_after_a_page_that_took_too_long(archive):
    archive.put("a.txt", "Compost halen.")
    main = start(archive, "--timeout", "8")
    pids = archive.settings.index_dir / "work" / "pids"
    wait_for(pids.exists)
    found = [int(pid) for pid in pids.read_text().split()]
    main.communicate(timeout=120)
    assert not any(map(is_alive, found))


def test_a_watch_and_a_rebuild_leave_the_archive_whole(archive, stages):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    line = [sys.executable, "-m", "archive", "-C", str(archive.root)]
    archive.begin()
    watching = subprocess.Popen([*line, "watch", "--settle", "0.2", "--every", "0.1"], env=environment)
    try:
        wait_for(archive.settings.catalog_path.exists)
        codes = set()
        for number in range(ROUNDS):
            archive.put(f"blad-{number + 5}.txt", issue(number + 5))
            codes.add(subprocess.run([*line, "-q", "reindex"], env=environment, check=False).returncode)
        assert codes <= {0, 7}  # done, or a clear refusal
        wait_for(lambda: len(states_of(archive)) == 3 + ROUNDS)
    finally:
        watching.send_signal(signal.SIGINT)
        assert watching.wait(60) == 130
    assert archive.ingest() == 0
    # SQLite's own log may stay, empty, where a question was still being answered when the last writer ended.
    assert [name for name in archive.strays() if not name.startswith("index/catalog.db-")] == []
    found = {hit.issue_id for hit in search(archive.settings, SearchRequest("compost", limit=100)).hits}
    assert len(found) == 3 + ROUNDS
    assert set(stages["first"].answer().found[0]) <= set(archive.answer().found[0])


def states_of(archive):
    try:
        return archive.answer().states
    except (ArchiveError, OSError):  # not yet taken in
        return ()
