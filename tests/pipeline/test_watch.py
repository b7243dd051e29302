"""Is what arrives taken in once it is all there, and does a watch end as it should?"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.corrections import append_corrections
from archive.errors import BrokenArchiveError
from archive.model.issues import Correction
from archive.model.pages import ScanKind
from archive.pipeline.lock import hold_archive
from archive.pipeline.watch import Settling, Told, WatchOptions, _Watcher, watch
from archive.reading.scans import FoundScan
from tests.conftest import files_under
from tests.pipeline.conftest import APRIL, MARCH

SETTLE_S = 10.0


class Watched:
    """An archive that is watched, turn by turn, by a clock that goes when it is told to."""

    def __init__(self, archive, monkeypatch):
        self.archive = archive
        self.now = 1000.0
        self.reports = []
        self.notes = []
        monkeypatch.setattr("archive.pipeline.watch.time", SimpleNamespace(monotonic=lambda: self.now, sleep=None))
        told = Told(self.reports.append, self.notes.append)
        self.watcher = _Watcher(archive.settings, told, WatchOptions(5.0, SETTLE_S))

    def turn(self, after=SETTLE_S):
        """Let time go by, look, and return the files that were taken in."""
        self.now += after
        before = len(self.reports)
        self.wait_s = self.watcher.turn()
        return [file for report in self.reports[before:] for file in report.finished]


@pytest.fixture
def watched(archive, monkeypatch):
    return Watched(archive, monkeypatch)


def scan(file, size=1, time_ns=1, members=()):
    return FoundScan(file, ScanKind.PDF, size, time_ns, members)


# ---- what has settled


def test_a_scan_is_ready_when_size_and_time_stayed_the_same_long_enough():
    settling = Settling(SETTLE_S)
    assert settling.look([scan("a", 1)], 0) == ([], True)
    assert settling.look([scan("a", 2)], 9) == ([], True)  # it grew
    assert settling.look([scan("a", 2, 5)], 18) == ([], True)  # it was written again
    assert settling.look([scan("a", 2, 5)], 27) == ([], True)
    assert settling.look([scan("a", 2, 5)], 28) == (["a"], False)


def test_what_was_handed_on_comes_again_only_when_it_changes():
    settling = Settling(SETTLE_S)
    settling.look([scan("a")], 0)
    assert settling.look([scan("a")], 10) == (["a"], False)
    settling.done(["a"])
    assert settling.look([scan("a")], 20) == ([], False)
    assert settling.look([scan("a", 2)], 30) == ([], True)
    assert settling.look([scan("a", 2)], 40) == (["a"], False)


def test_a_folder_of_images_is_ready_when_no_more_pages_come():
    settling = Settling(SETTLE_S)
    settling.look([scan("map", 5, 5, ("1.png",))], 0)
    assert settling.look([scan("map", 5, 5, ("1.png", "2.png"))], 10) == ([], True)
    assert settling.look([scan("map", 5, 5, ("1.png", "2.png"))], 20) == (["map"], False)


class Name(str):
    """The name of a scan that counts how often it is compared or looked up."""

    __slots__ = ()
    looked = 0

    def __eq__(self, other):
        Name.looked += 1
        return str.__eq__(self, other)

    def __hash__(self):
        Name.looked += 1
        return str.__hash__(self)


def test_each_of_thousands_of_files_at_once_is_looked_up_a_few_times(monkeypatch):
    monkeypatch.setattr(Name, "looked", 0)
    settling = Settling(SETTLE_S)
    found = [scan(Name(f"raw/{number}.pdf")) for number in range(2000)]
    settling.look(found, 0)
    ready, _ = settling.look(found, 10)
    settling.done(ready)
    assert settling.look(found, 20) == ([], False)
    assert not settling.names_changed()
    assert len(ready) == 2000
    assert Name.looked < 20 * 2000


# ---- what is taken in


def test_an_archive_without_scans_waits_for_some(watched):
    assert watched.turn() == []
    assert watched.turn() == []
    assert watched.notes == [f"{watched.archive.root}/raw: holds no scans. Waiting for some."]
    watched.archive.put("a.txt", MARCH)
    assert watched.turn() == []
    assert watched.turn() == ["raw/a.txt"]
    assert watched.archive.found("compost")


def test_a_partial_upload_is_left_alone_while_others_are_taken_in(watched):
    watched.archive.put("whole.txt", APRIL)
    watched.turn()
    path = watched.archive.put("partial.txt", MARCH[:100])
    assert watched.turn() == ["raw/whole.txt"]
    path.write_text(MARCH)
    assert watched.turn() == []
    assert watched.turn() == ["raw/partial.txt"]
    assert len(watched.archive.sections()) == 4


def test_what_stood_still_half_way_is_taken_in_again_when_it_goes_on(watched):
    path = watched.archive.put("a.txt", MARCH[:320])
    watched.turn()
    assert watched.turn() == ["raw/a.txt"]
    path.write_text(MARCH)
    watched.turn()
    assert watched.turn() == ["raw/a.txt"]
    assert watched.archive.found("compost")


def test_a_renamed_scan_keeps_its_ids(watched):
    path = watched.archive.put("a.txt", MARCH)
    watched.archive.put("b.txt", APRIL)
    watched.turn()
    watched.turn()
    ids = watched.archive.found("compost")
    path.rename(path.with_name("z.txt"))
    watched.turn()
    assert watched.turn() == ["raw/z.txt"]
    assert watched.archive.found("compost") == ids
    assert watched.reports[-1].plan.missing == ("raw/a.txt",)


def test_a_folder_that_is_moved_in_is_taken_in_with_all_its_scans(watched, tmp_path):
    shelf = tmp_path / "shelf" / "1990"
    shelf.mkdir(parents=True)
    for number in range(5):
        (shelf / f"{number}.txt").write_text(MARCH.replace("2019", str(1990 + number)))
    shutil.move(shelf.parent, watched.archive.root / "raw")
    watched.turn()
    assert len(watched.turn()) == 5


def test_many_at_once_are_taken_in_by_batches_while_more_come(watched, monkeypatch):
    monkeypatch.setattr("archive.pipeline.watch._BATCH", 3)
    for number in range(5):
        watched.archive.put(f"{number}.txt", MARCH.replace("2019", str(1990 + number)))
    watched.turn()
    watched.archive.put("late.txt", APRIL)
    assert len(watched.turn()) == 3
    assert watched.wait_s == 0
    assert len(watched.turn(0)) == 2
    assert watched.turn() == ["raw/late.txt"]


def test_a_turn_lists_the_folder_once(watched, monkeypatch):
    def again(*_folder):
        raise AssertionError("listed again")

    watched.archive.put("a.txt", MARCH)
    watched.turn()
    monkeypatch.setattr("archive.pipeline.ingest.list_scans", again)
    watched.turn()
    assert set(watched.archive.states()) == {"raw/a.txt"}


def test_a_turn_without_change_touches_nothing(watched):
    watched.archive.put("a.txt", MARCH)
    watched.turn()
    watched.turn()
    before = files_under(watched.archive.root)
    assert watched.turn() == []
    assert files_under(watched.archive.root) == before
    assert len(watched.reports) == 1


def test_a_share_that_goes_away_takes_nothing_out_of_the_archive(watched):
    watched.archive.put("a.txt", MARCH)
    watched.turn()
    watched.turn()
    raw = watched.archive.root / "raw"
    raw.rename(raw.with_name("away"))
    for _ in range(3):
        watched.turn()
    raw.mkdir()
    for _ in range(3):
        watched.turn()
    assert watched.archive.found("compost")
    raw.rmdir()
    raw.with_name("away").rename(raw)
    assert watched.turn() == []
    assert [report.plan.missing for report in watched.reports] == [()]


def test_a_correction_written_by_hand_is_taken_over(watched):
    watched.archive.put("a.txt", MARCH)
    watched.turn()
    watched.turn()
    section = watched.archive.found("compost")[0]
    append_corrections(watched.archive.settings.corrections_path, [Correction(section, "tag", "tuin", "", "", "", "")])
    assert watched.turn() == ["raw/a.txt"]
    assert [each["tags"] for each in watched.archive.sections() if each["id"] == section] == [["tuin"]]


def test_another_run_is_waited_for_and_said_once(watched):
    watched.archive.put("a.txt", MARCH)
    watched.turn()
    with hold_archive(watched.archive.settings.lock_path):
        for _ in range(3):
            assert watched.turn() == []
            assert watched.wait_s == 5.0
    assert len(watched.notes) == 1
    assert "another run" in watched.notes[0]
    assert watched.turn() == ["raw/a.txt"]


def test_what_lasts_is_waited_for_longer_and_longer(watched):
    shutil.rmtree(watched.archive.root / "raw")
    waits = []
    for _ in range(8):
        watched.turn()
        waits.append(watched.wait_s)
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]


def test_a_broken_archive_ends_the_watch(archive):
    archive.put("a.txt", MARCH)
    archive.settings.ids_path.write_text("no row of ids\n" * 2)
    with pytest.raises(BrokenArchiveError):
        watch(archive.settings, Told(list, list), options=WatchOptions(0, 0), pause=lambda _: None)


# ---- the command, as a process of its own


@pytest.fixture
def start(archive):
    started = []

    def begin(*args):
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        line = [sys.executable, "-m", "archive", "-C", str(archive.root), "watch", "--settle", "0.3", "--every", "0.1"]
        process = subprocess.Popen(
            [*line, *args], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.append(process)
        process.stderr.readline()  # it is watching
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def next_line(process, seconds=60):
    assert select.select([process.stdout], [], [], seconds)[0], "said nothing"
    return process.stdout.readline()


def children_of(pid):
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_watch_takes_in_and_ends_cleanly(archive, start, number, code):
    archive.put("a.txt", MARCH)
    process = start("--json")
    assert json.loads(next_line(process))["finished"] == ["raw/a.txt"]
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == code
    assert archive.found("compost")


def test_a_signal_in_the_middle_of_a_run_leaves_no_process_and_nothing_half_done(archive, start):
    for year in range(1980, 2000):
        archive.put(f"{year}.txt", MARCH.replace("2019", str(year)) * 5)
    process = start()
    limit = time.monotonic() + 60
    while not (children := children_of(process.pid)):
        assert time.monotonic() < limit
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in said) == (0, False)
    limit = time.monotonic() + 60  # the system ends the worker when its parent is gone
    while any(map(is_alive, children)):
        assert time.monotonic() < limit
        time.sleep(0.02)
    assert not (archive.settings.index_dir / "work").exists()
    archive.ingest()
    assert set(archive.states().values()) == {"ok"}
    assert len(archive.states()) == 20
