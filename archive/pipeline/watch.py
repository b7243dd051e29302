"""What has arrived in raw/, and is it all there?

raw/ is looked at again and again, which works on network shares too. A scan is taken in when its size and its time of
change (of a folder: its pages too) have stayed the same for a while. Whatever is still on its way when a run begins is
taken in by a later one; what was taken in half, because it stood still for too long, is taken in again when it goes on.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from archive.errors import ArchiveBusyError, ArchiveError, BrokenArchiveError, MissingPartError, StorageError
from archive.model.issues import Fault
from archive.pipeline.ingest import IngestOptions, IngestReport, ingest
from archive.pipeline.progress import Progress, Silent
from archive.reading.scans import FoundScan, list_scans
from archive.settings import Settings

# While some scans are still on their way, those that are there are taken in by so many: a run must end now and then.
_BATCH = 200
_LONGEST_WAIT_S = 300.0
# What does not pass by waiting; anything else (a share that is away, a full disk, another run) may.
_LASTING = (BrokenArchiveError, MissingPartError)


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How to watch: seconds between two looks, seconds without change until a scan is there, how to take in."""

    every_s: float = 5.0
    settle_s: float = 10.0
    ingest: IngestOptions = field(default_factory=IngestOptions)


@dataclass(slots=True)
class Settling:
    """Tells which scans have stayed the same for `settle_s` seconds and were not handed on as they are now.

    The clock is the caller's: that of a network share may be wrong.
    """

    settle_s: float
    _seen: dict[str, tuple[FoundScan, float]] = field(default_factory=dict)
    _done: dict[str, FoundScan] = field(default_factory=dict)

    def look(self, found: Iterable[FoundScan], now: float) -> tuple[list[str], bool]:
        """Return the files that are ready, in the order given, and whether others are still changing."""
        seen: dict[str, tuple[FoundScan, float]] = {}
        ready: list[str] = []
        moving = False
        for scan in found:
            before, since = self._seen.get(scan.file, (None, now))
            since = since if before == scan else now
            seen[scan.file] = (scan, since)
            if self._done.get(scan.file) == scan:
                continue
            if now - since >= self.settle_s:
                ready.append(scan.file)
            else:
                moving = True
        self._seen = seen
        return ready, moving

    def names_changed(self) -> bool:
        """Tell whether a scan that was handed on is gone."""
        return not self._done.keys() <= self._seen.keys()

    def done(self, files: Iterable[str] | None = None) -> None:
        """Note what was handed on: these files, or all that were seen."""
        if files is None:
            self._done = {file: scan for file, (scan, _) in self._seen.items()}
        else:
            self._done |= {file: self._seen[file][0] for file in files}


@dataclass(slots=True)
class Told:
    """Who is told: `report` of each run that changed something, `note` of what is waited for."""

    report: Callable[[IngestReport], None]
    note: Callable[[str], None]
    progress: Progress = field(default_factory=Silent)


def watch(
    settings: Settings,
    told: Told,
    *,
    options: WatchOptions = WatchOptions(),
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """Keep on taking in what arrives in raw/, until the process is told to stop.

    Args:
        settings: The archive.
        told: Who is told.
        options: How.
        pause: Waits so many seconds.

    Raises:
        KeyboardInterrupt: It was told to stop; what was finished stays.
        BrokenArchiveError: The archive must be mended first.
        MissingPartError: Tesseract or a language is not installed.
    """
    watcher = _Watcher(settings, told, options)
    while True:
        pause(watcher.turn())


class _Watcher:
    """One watch; `turn` looks once."""

    def __init__(self, settings: Settings, told: Told, options: WatchOptions) -> None:
        self._settings = settings
        self._told = told
        self._options = options
        self._settling = Settling(options.settle_s)
        self._corrections: tuple[int, int] | None = None
        self._said = ""
        self._wait_s = options.every_s

    def turn(self) -> float:
        """Look once, take in what is ready, and return how many seconds to wait."""
        try:
            more = self._turn()
        except _LASTING:
            raise
        except ArchiveError as error:
            self._say(error)
            self._wait_s = min(max(self._wait_s, 1.0) * 2, max(_LONGEST_WAIT_S, self._options.every_s))
            return self._options.every_s if isinstance(error, ArchiveBusyError) else self._wait_s
        self._wait_s = self._options.every_s
        return 0.0 if more else self._options.every_s

    def _turn(self) -> bool:
        """Return whether more is ready."""
        listed = list_scans(self._settings.root, self._settings.raw_dir)
        found = listed[0]
        if not found:  # nothing yet, or a share that is away: nothing is taken out of the archive for that
            raise StorageError(self._settings.raw_dir, "holds no scans", "Waiting for some.")
        ready, moving = self._settling.look(found, time.monotonic())
        corrections = _marks(self._settings)
        if moving:
            batch = ready[:_BATCH]
            if batch:
                self._ingest(batch, listed)
                self._settling.done(batch)
            return len(ready) > len(batch)
        if ready or self._settling.names_changed() or corrections != self._corrections:
            self._ingest((), listed)
            self._settling.done()
            self._corrections = corrections
        return False

    def _ingest(self, files: Sequence[str], listed: tuple[tuple[FoundScan, ...], tuple[Fault, ...]]) -> None:
        paths = [self._settings.root / file for file in files]
        options = replace(self._options.ingest, listed=listed)  # a share is slow: it is listed once a turn
        report = ingest(self._settings, paths, options=options, progress=self._told.progress)
        self._said = ""
        if not report.plan.changes_nothing or report.faults:
            self._told.report(report)

    def _say(self, error: ArchiveError) -> None:
        """Say what is waited for, once."""
        if str(error) != self._said:
            self._said = str(error)
            self._told.note(self._said)


def _marks(settings: Settings) -> tuple[int, int]:
    """Return what changes when somebody writes to corrections.csv."""
    try:
        found = settings.corrections_path.stat()
    except OSError:
        return (0, 0)
    return (found.st_size, found.st_mtime_ns)
