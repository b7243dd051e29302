"""How do many scans go through the workers at once, and come out in order?

All scans are opened first, so that the number of pages is known and the time left can be told. Then their pages are
read, as many side by side as there are workers; a scan whose pages are done is sketched. When all are, their series are
settled together; only then are they parsed, and what comes out is handed on in the natural order of names.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from archive.errors import ArchiveError, ArchiveWriteError, MissingPartError, StorageError
from archive.parsing.series.sketch import IssueSketch
from archive.parsing.series.told import Told
from archive.pipeline.decisions.record import UNDECIDED, Decisions
from archive.pipeline.progress import Progress
from archive.pipeline.results import Opened, PageFailure, Parsed
from archive.pipeline.worker import Job, Outcome
from archive.pipeline.workers import PageTimeoutError, WorkerPool
from archive.reading.scans import FoundScan
from archive.settings import Settings

_TASKS = "archive.pipeline.tasks:"
# Parsing a page takes a small part of the time that reading it does.
_PAGES_PARSED_AS_ONE_READ = 10
# Errors that no other page would be spared.
_FATAL = (MissingPartError, ArchiveWriteError)


@dataclass(slots=True)
class Taken:
    """One scan on its way: opened, its pages read, parsed; or the error that ended it.

    `failures` are the pages that could not be read, by number; `left` is how many are still to be read; `tried` those
    that the disk or the machine failed once; `decisions` are what people decided about it, `sketches` what may tell the
    series of its issues, and `told` what these tell of them, by first page.
    """

    found: FoundScan
    first_seen: date
    opened: Opened | None = None
    parsed: Parsed | None = None
    error: ArchiveError | None = None
    failures: dict[int, PageFailure] = field(default_factory=dict)
    left: int = 0
    tried: set[int] = field(default_factory=set)
    decisions: Decisions = UNDECIDED
    sketches: tuple[IssueSketch, ...] = ()
    told: Mapping[int, Told] = field(default_factory=dict)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.parsed is not None or self.error is not None


class Intake:
    """Leads scans through a pool of workers.

    Args:
        pool: The workers.
        settings: The archive's settings.
        timeout_s: How long opening a scan, reading a page or parsing ten may take.
        progress: Told of each page.
    """

    def __init__(self, pool: WorkerPool, settings: Settings, timeout_s: float, progress: Progress) -> None:
        self._pool = pool
        self._settings = settings
        self._timeout_s = timeout_s
        self._progress = progress
        self._reread = False

    def open(self, found: Sequence[FoundScan], today: date, *, reread: bool) -> list[Taken]:
        """Open all scans and return them in the order given.

        Args:
            found: The scans.
            today: Stands for the day on which they were first seen.
            reread: All their pages will be read again.
        """
        taken = [Taken(each, today) for each in found]
        for at, each in enumerate(taken):
            self._pool.submit(self._job(("open", at), "open_task", each.found, reread))
        while self._pool.busy:
            outcome = self._pool.next_outcome()
            each = taken[cast("int", outcome.key[1])]
            each.opened = cast("Opened | None", outcome.value)
            each.error = _spare_fatal(outcome)
        return taken

    def read(
        self, taken: Iterable[Taken], settle: Callable[[Sequence[Taken]], None], *, reread: bool
    ) -> Iterator[Taken]:
        """Read and parse opened scans and yield each in the order given, as soon as those before it are done.

        Args:
            taken: What `open` returned, those without an error.
            settle: Asked once, when all are read and sketched: sets what the series tell of the issues of each.
            reread: Read pages again that were read before.

        Raises:
            MissingPartError: a program or language is missing.
            ArchiveWriteError: the archive's disk is full or cannot be written.
        """
        queue, self._reread = deque(taken), reread
        self._progress.start(sum(len(_numbers(each, reread=reread)) for each in queue))
        by_number = dict(enumerate(queue))
        for at, each in by_number.items():
            self._queue_pages(at, each, reread=reread)
        while self._pool.busy:
            self._handle(self._pool.next_outcome(), by_number)
        settle(tuple(queue))
        for at, each in by_number.items():
            self._queue_parsing(at, each)
        while queue:
            while queue and queue[0].has_ended:
                yield queue.popleft()
            if queue:
                self._handle(self._pool.next_outcome(), by_number)

    def _queue_pages(self, at: int, each: Taken, *, reread: bool) -> None:
        numbers = _numbers(each, reread=reread)
        each.left = len(numbers)
        assert each.opened is not None  # noqa: S101 - only scans that could be opened come here
        for number in numbers:
            self._pool.submit(self._job(("read", at, number), "read_task", each.opened.scan, number, reread))
        if not numbers:
            self._queue_sketching(at, each, first=False)

    def _queue_sketching(self, at: int, each: Taken, *, first: bool) -> None:
        args = (self._settings, each.opened, each.failures)
        self._pool.submit(Job(("sketch", at), f"{_TASKS}sketch_task", args, self._parse_limit_s(each)), first=first)

    def _queue_parsing(self, at: int, each: Taken) -> None:
        args = (self._settings, each.opened, each.failures, (each.decisions, each.told))
        self._pool.submit(Job(("parse", at), f"{_TASKS}parse_task", args, self._parse_limit_s(each)))

    def _parse_limit_s(self, each: Taken) -> float:
        assert each.opened is not None  # noqa: S101 - only scans that could be opened come here
        return self._timeout_s * max(1.0, each.opened.scan.page_count / _PAGES_PARSED_AS_ONE_READ)

    def _handle(self, outcome: Outcome, by_number: dict[int, Taken]) -> None:
        kind, at, *page = cast("tuple[str, int, int]", outcome.key)
        each = by_number[at]
        error = _spare_fatal(outcome)
        if kind == "sketch":
            each.sketches = cast("tuple[IssueSketch, ...] | None", outcome.value) or ()  # parsing tells of the error
            return
        if kind == "parse":
            each.parsed, each.error = cast("Parsed | None", outcome.value), error
            del by_number[at]  # what was made of it lives no longer than its turn
            return
        if isinstance(error, StorageError) and page[0] not in each.tried and each.opened is not None:
            each.tried.add(page[0])  # raw/ may be away for a moment: again, after the others
            self._pool.submit(self._job(outcome.key, "read_task", each.opened.scan, page[0], self._reread))
            return
        if error is not None:
            status = "timed_out" if isinstance(error, PageTimeoutError) else "failed"
            each.failures[page[0]] = PageFailure(status, error.message, error.hint, isinstance(error, StorageError))
            self._progress.note(f"{each.found.file}, page {page[0]}: {error.message}.")
        else:
            status = str(outcome.value)
        self._progress.advance(status)
        each.left -= 1
        if not each.left:
            self._queue_sketching(at, each, first=True)

    def _job(self, key: tuple[object, ...], task: str, *args: object) -> Job:
        return Job(key, f"{_TASKS}{task}", (self._settings, *args), self._timeout_s)


def _numbers(each: Taken, *, reread: bool) -> Sequence[int]:
    if each.opened is None:
        return ()
    return range(1, each.opened.scan.page_count + 1) if reread else each.opened.unread


def _spare_fatal(outcome: Outcome) -> ArchiveError | None:
    """Return a job's error, or raise it when every other job would fail alike."""
    if isinstance(outcome.error, _FATAL):
        raise outcome.error
    return outcome.error
