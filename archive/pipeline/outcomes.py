"""How is it written down what became of a scan?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from archive.catalog.rows import ScanState
from archive.errors import ArchiveError, StorageError, UnreadableScanError
from archive.model.issues import Fault
from archive.pipeline.intake import Taken
from archive.pipeline.plan import Conditions

_NOBODY_KNOWS = (0, 0)  # size and time of change of a file that cannot even be looked at


def state_of(taken: Taken, status: str, error: ArchiveError | None, conditions: Conditions) -> ScanState:
    """Return what is to be known of a scan that was opened, or could not be, and how that ended."""
    found = taken.found
    sha256 = taken.opened.scan.sha256 if taken.opened else ""
    state = _state(found.file, sha256, (found.size, found.mtime_ns), status, conditions)
    seen = replace(state, first_seen=taken.first_seen.isoformat())
    return seen if error is None else replace(seen, code=error.code, message=error.message, hint=error.hint)


def refused_states(root: Path, refused: Iterable[Fault], conditions: Conditions) -> Iterator[tuple[Fault, ScanState]]:
    """Yield what is to be known of each file that was refused without being opened."""
    for fault in refused:
        state = _state(fault.path, "", _look_at(root / fault.path), "failed", conditions)
        yield fault, replace(state, code=fault.code, message=fault.message, hint=fault.hint)


def error_of_pages(taken: Taken) -> UnreadableScanError | StorageError | None:
    """Return what is wrong with the pages of a scan, the first of them by its reason; None if nothing is.

    It is a StorageError where the machine or the disk is at fault: then the scan is not taken in without those pages,
    whose sections would get their ids out of order, but tried again by the next run. What to do about that one is said;
    where nobody knows, or there are more, also where to look.
    """
    if not taken.failures or taken.opened is None:
        return None
    passing = {number for number, each in taken.failures.items() if each.passing}
    number = min(passing or taken.failures)
    first = taken.failures[number]
    more = f", and {len(taken.failures) - 1} more" if len(taken.failures) > 1 else ""
    message = f"page {number} of {taken.opened.scan.page_count} could not be read: {first.reason}{more}"
    hint = first.hint or "See `archive pages --status failed`; scan these pages again, or try `archive ingest --retry`."
    if first.hint and more:
        hint = f"{first.hint} `archive pages --status failed` lists the others."
    if passing:
        return StorageError(taken.found.file, message, f"{hint} The next `archive ingest` tries it again.")
    return UnreadableScanError(taken.found.file, message, hint)


def _state(file: str, sha256: str, marks: tuple[int, int], status: str, conditions: Conditions) -> ScanState:
    keys = (conditions.reading_key, conditions.parsing_key, conditions.version)
    return ScanState(file, sha256, *marks, status, *keys)


def _look_at(path: Path) -> tuple[int, int]:
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return _NOBODY_KNOWS
    return (found.st_size, found.st_mtime_ns)
