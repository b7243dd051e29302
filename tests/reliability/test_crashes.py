"""Is the archive as if nothing had been, after a run that was ended at any moment?"""

import errno
import random
import shutil
import time
from itertools import count
from pathlib import Path

import pytest

from archive.errors import ExitCode
from archive.pipeline.plan import Again
from tests.faults.disturbed import NAMED
from tests.pipeline.test_bad_input import write_pdf
from tests.reliability.conftest import FULL, copy, make, seconds_of

pytestmark = pytest.mark.full

KILLS = 100 if FULL else 4  # of each random kind, over both stages; a run that ended before its moment does not count
CUTS = 100 if FULL else 4
FAULTS = 60 if FULL else 6
DISK = {
    "full": (errno.ENOSPC, True),
    "read-only": (errno.EROFS, True),
    "broken": (errno.EIO, True),
    "faulty once": (errno.EIO, False),
}


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
    """How many moments each stage has, which named ones it passes, and how long it takes."""
    named, total, seconds = {}, {}, {}
    for stage in stages:
        root = tmp_path_factory.mktemp("moments")
        archive = prepare(stage, stages, root / "archive")
        log = root / "log"
        seconds[stage] = seconds_of(lambda archive=archive, log=log: archive.ingest(log))
        assert archive.answer() == stages[stage].answer()
        assert archive.strays() == []
        named[stage] = [(name, when, int(nth)) for name, when, nth in lines(log, "passed")]
        ((total[stage],),) = lines(log, "total")
    return named, {stage: int(number) for stage, number in total.items()}, seconds


def test_every_named_moment_is_passed(moments):
    passed = {name for stage in moments[0].values() for name, _, _ in stage}
    assert passed == set(NAMED) - {"scan copied in"}


def test_a_kill_at_a_named_moment_changes_nothing(stages, moments, tmp_path):
    chosen = [(stage, moment) for stage, named in moments[0].items() for moment in dict.fromkeys(named)]
    if not FULL:
        chosen = [each for each in chosen if each[1][2] == 1][::10]
    for number, (stage, moment) in enumerate(chosen):
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        assert archive.ingest(before, named=moment) == -9, moment
        check(archive, before, after, stages[stage].answer())
        shutil.rmtree(archive.root)


def kill_again_and_again(stages, tmp_path, stage, lasts, draw):
    """Kill so many runs at what `draw` names, and check each; runs that ended by themselves do not count.

    Those tell anew how long a run lasts: it was measured once, perhaps when the machine had more to do.
    """
    expected = stages[stage].answer()
    killed = 0
    for number in count():
        if killed == KILLS // 2:
            return
        assert number < KILLS * 3
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        begun = time.monotonic()
        if archive.ingest(before, **draw(lasts)) == -9:
            killed += 1
        else:
            lasts = time.monotonic() - begun
        check(archive, before, after, expected)
        shutil.rmtree(archive.root)


@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_kill_at_a_counted_moment_changes_nothing(stages, moments, tmp_path, stage):
    chance = random.Random(f"counted {stage}")  # noqa: S311 - the same each run
    kill_again_and_again(
        stages, tmp_path, stage, moments[1][stage], lambda _: {"at": chance.randint(1, moments[1][stage])}
    )


@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_kill_at_any_time_changes_nothing(stages, moments, tmp_path, stage):
    chance = random.Random(f"timed {stage}")  # noqa: S311 - the same each run
    lasts = moments[2][stage]
    kill_again_and_again(stages, tmp_path, stage, lasts, lambda lasts: {"seconds": chance.uniform(0.0, lasts)})


@pytest.mark.parametrize("how", DISK)
@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_disk_that_fails_at_any_moment_ends_the_run_in_words_and_changes_nothing(
    stages, moments, tmp_path, stage, how
):
    chance = random.Random(f"disk {how} {stage}")  # noqa: S311 - the same each run
    expected = stages[stage].answer()
    number_of = {"fails": DISK[how][0], "stays": DISK[how][1]}
    ends = set()
    for number in range(max(1, FAULTS // 8)):
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        last = moments[1][stage] if number else moments[1][stage] // 2  # at the end only files are tidied away
        ends.add(end := archive.ingest(before, at=chance.randint(1, last), **number_of))
        # A single failure may cost a page, which the next run reads. One that stays is told, but where all was written
        # and only files are left that are tidied away.
        assert not DISK[how][1] or end == ExitCode.STORAGE or archive.answer() == expected
        check(archive, before, after, expected)
        shutil.rmtree(archive.root)
    assert ends <= {ExitCode.STORAGE, ExitCode.OK}
    assert not DISK[how][1] or ExitCode.STORAGE in ends


@pytest.mark.parametrize("stage", ["first", "second"])
def test_a_power_cut_that_loses_what_was_not_synced_changes_nothing(stages, moments, tmp_path, stage):
    chance = random.Random(f"power {stage}")  # noqa: S311 - the same each run
    expected = stages[stage].answer()
    for number in range(CUTS // 2):
        archive = prepare(stage, stages, tmp_path / f"a{number}")
        log = tmp_path / f"b{number}"
        durable = {path.stat().st_ino: path.stat().st_size for path in archive.root.rglob("*")}
        archive.ingest(log, at=chance.randint(1, moments[1][stage]))
        cut_power(archive, log, durable, chance)
        assert archive.ingest() == 0
        assert archive.answer() == expected
        assert archive.strays() == []
        shutil.rmtree(archive.root)


@pytest.fixture
def shelf(tmp_path):
    """Scans outside of the archive."""
    outside = make(tmp_path / "outside")
    outside.begin()
    return outside.root / "raw"


def test_a_kill_while_scans_are_copied_in_leaves_no_half_copy(stages, shelf, tmp_path):
    expected = stages["first"].answer()
    log = tmp_path / "log"
    paths = sorted(shelf.iterdir())
    assert make(tmp_path / "undisturbed").ingest(log, paths=paths) == 0
    ((total,),) = lines(log, "total")
    copied = len([each for each in lines(log, "passed") if each[0] == "scan copied in"]) // 2
    assert copied == len(paths)
    named = [("scan copied in", when, nth) for when in ("before", "after") for nth in range(1, copied + 1)]
    kills = [{"named": each} for each in named] + [{"at": at} for at in range(2, int(total), 5 if FULL else 120)]
    for number, kill in enumerate(kills if FULL else kills[::4]):
        archive = make(tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        assert archive.ingest(before, paths=paths, **kill) == -9, kill
        assert archive.ingest(after, paths=paths) == 0
        # Copies get the time of now, so that states are compared without it.
        assert archive.answer() == expected
        assert archive.strays() == []
        shutil.rmtree(archive.root)


def test_a_kill_while_everything_is_read_again_changes_nothing(stages, tmp_path):
    chance = random.Random("reread")  # noqa: S311 - the same each run
    expected = stages["first"].answer()
    assert copy(stages["first"], tmp_path / "whole").ingest(tmp_path / "log", again=Again.REREAD) == 0
    ((total,),) = lines(tmp_path / "log", "total")  # fewer than the first time: what comes back as it was stays
    for number in range(20 if FULL else 2):
        archive = copy(stages["first"], tmp_path / f"a{number}")
        moment = chance.randint(5, int(total))
        assert archive.ingest(tmp_path / f"b{number}", again=Again.REREAD, at=moment) == -9
        assert archive.ingest() == 0
        assert archive.answer() == expected
        assert archive.strays() == []
        assert archive.ingest(again=Again.REREAD) == 0
        assert archive.answer() == expected
        shutil.rmtree(archive.root)


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """An archive with an encrypted scan, which failed for want of its password."""
    archive = make(tmp_path_factory.mktemp("locked") / "archive")
    archive.begin()
    write_pdf(archive.root / "raw" / "geheim.pdf", encrypt="geheim", text="Compost halen bij de ingang van het complex")
    assert archive.ingest() == 0
    assert dict(archive.answer().states)["raw/geheim.pdf"] == "failed"
    return archive


def test_a_kill_while_an_encrypted_scan_is_tried_again_changes_nothing(locked, tmp_path, monkeypatch):
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "geheim")
    log = tmp_path / "log"
    undisturbed = copy(locked, tmp_path / "undisturbed")
    assert undisturbed.ingest(log) == 0
    expected = undisturbed.answer()
    assert dict(expected.states)["raw/geheim.pdf"] == "ok"
    ((total,),) = lines(log, "total")
    for number, moment in enumerate(range(1, int(total), 10 if FULL else 120)):
        archive = copy(locked, tmp_path / f"a{number}")
        before, after = tmp_path / f"b{number}", tmp_path / f"c{number}"
        assert archive.ingest(before, at=moment) == -9
        check(archive, before, after, expected)
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
