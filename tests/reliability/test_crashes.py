"""Is the archive as if nothing had been, after a run that was ended at any moment?"""

import random
import shutil
from pathlib import Path

import pytest

from tests.faults.disturbed import NAMED
from tests.reliability.conftest import FULL, copy, make

KILLS = 100 if FULL else 4  # of each kind, over both stages
LONGEST_S = 0.8


def prepare(stage, stages, root):
    if stage == "first":
        archive = make(root)
        archive.begin()
    else:
        archive = copy(stages["first"], root)
        archive.change()
    return archive


def lines(log, kind):
    rows = [line.split("\t") for line in log.read_text().splitlines()] if log.exists() else []
    return [tuple(row[1:]) for row in rows if row[0] == kind]


def check(archive, before, after, expected):
    """Check that the next run brings what an undisturbed one does, and reads no page again that was kept."""
    assert archive.ingest(after) == 0
    assert archive.answer() == expected
    assert archive.strays() == []
    assert set(lines(after, "read")) & set(lines(before, "kept")) == set()


@pytest.fixture(scope="module")
def moments(stages, tmp_path_factory):
    """How many moments each stage has, and which named ones it passes."""
    found = {}
    for stage in stages:
        root = tmp_path_factory.mktemp("moments")
        archive = prepare(stage, stages, root / "archive")
        log = root / "log"
        assert archive.ingest(log) == 0
        assert archive.answer() == stages[stage].answer()
        assert archive.strays() == []
        found[stage] = [(name, when, int(nth)) for name, when, nth in lines(log, "passed")]
    return found


def test_every_named_moment_is_passed(moments):
    passed = {name for stage in moments.values() for name, _, _ in stage}
    assert passed == set(NAMED) - {"scan copied in"}


def test_a_kill_at_a_named_moment_changes_nothing(stages, moments, tmp_path):
    chosen = [(stage, moment) for stage in moments for moment in dict.fromkeys(moments[stage])]
    if not FULL:
        chosen = [each for each in chosen if each[1][2] == 1][::10]
    for number, (stage, moment) in enumerate(chosen):
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        assert archive.ingest(before, named=moment) == -9, moment
        check(archive, before, after, stages[stage].answer())
        shutil.rmtree(archive.root)


@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_kill_at_a_counted_moment_changes_nothing(stages, tmp_path, stage):
    chance = random.Random(f"counted {stage}")  # noqa: S311 - the same each run
    expected = stages[stage].answer()
    for number in range(KILLS // 2):
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        archive.ingest(before, at=chance.randrange(1, 420))
        check(archive, before, after, expected)
        shutil.rmtree(archive.root)


@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_kill_at_any_time_changes_nothing(stages, tmp_path, stage):
    chance = random.Random(f"timed {stage}")  # noqa: S311 - the same each run
    expected = stages[stage].answer()
    for number in range(KILLS // 2):
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        archive.ingest(before, seconds=chance.uniform(0.02, LONGEST_S))
        check(archive, before, after, expected)
        shutil.rmtree(archive.root)


@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_power_cut_that_loses_what_was_not_synced_changes_nothing(stages, tmp_path, stage):
    chance = random.Random(f"power {stage}")  # noqa: S311 - the same each run
    expected = stages[stage].answer()
    for number in range(KILLS // 2):
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        log = tmp_path / f"b{number}"
        durable = {path.stat().st_ino: path.stat().st_size for path in archive.root.rglob("*")}
        archive.ingest(log, at=chance.randrange(20, 420))
        cut_power(archive, log, durable, chance)
        assert archive.ingest() == 0
        assert archive.answer() == expected
        assert archive.strays() == []
        shutil.rmtree(archive.root)


def cut_power(archive, log, durable, chance):
    """Take away what no sync had brought to disk: new names, and the ends of files (cut, zeroed or garbled)."""
    synced = durable | {int(inode): int(size) for inode, size in lines(log, "synced")}
    listed = {folder: set(names.split("|")) for folder, names in lines(log, "folder")}
    for path in sorted(archive.root.rglob("*")):
        mine = path.is_file() and "raw" not in path.relative_to(archive.root).parts
        if not mine or path.name in {"archive.toml", "catalog.db", "catalog.db-shm", ".lock"}:
            continue
        state = path.stat()
        whole = synced.get(state.st_ino, 0)
        log_of_catalogue = path.name == "catalog.db-wal"
        known = listed.get(str(path.parent))
        fresh = state.st_ino not in durable and not log_of_catalogue
        if fresh and (known is None or path.name not in known) and chance.random() < 0.5:
            path.unlink()
        elif whole < state.st_size:
            tear(path, whole, chance)


def tear(path: Path, whole: int, chance: random.Random):
    content = path.read_bytes()
    kept = content[:whole]
    rest = len(content) - whole
    how = chance.choice(("cut", "half", "zeros", "garbage"))
    kept += {"cut": b"", "half": content[whole : whole + rest // 2], "zeros": bytes(rest)}.get(
        how, chance.randbytes(rest)
    )
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(kept)


def test_a_long_scan_goes_on_at_the_page_where_it_stopped(archive, tmp_path):
    archive.put(
        "lang.txt", "\f".join(f"Bladzijde {number}\n\nHier staat iets over compost." for number in range(1, 31))
    )
    before, after = tmp_path / "before", tmp_path / "after"
    assert archive.ingest(before, named=("page kept", "after", 17)) == -9
    assert archive.ingest(after) == 0
    assert [number for _, number in lines(after, "read")] == [str(number) for number in range(18, 31)]
