"""Can the scans be read, and are they still what was taken in?"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from archive.catalog.rows import ScanState
from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, note, problem
from archive.errors import ArchiveError, BrokenArchiveError, StorageError, UnreadableScanError
from archive.model.issues import Fault
from archive.reading.scans import FoundScan, hash_scan, list_scans, may_hide
from archive.register import Register
from archive.settings import Settings

_KIND = "scans"


def find(settings: Settings) -> Iterator[Finding]:
    """Look at every file of raw/ and hash it again."""
    found, faults = list_scans(settings.root, settings.raw_dir)
    for fault in faults:
        yield note(_KIND, fault.message, hint=fault.hint, path=fault.path)
    states = _states(settings)
    bad = False
    for scan in found:
        for finding in _compare(settings, scan, states.get(scan.file)):
            bad = True
            yield finding
    yield from _uncounted(settings, found, faults, states)
    if not bad:
        same = sum(scan.file in states for scan in found)
        yield fine(_KIND, f"hashed {same} of {len(found)} scans again: all as they came in", path=settings.raw_dir)


def _states(settings: Settings) -> Mapping[str, ScanState]:
    if not settings.catalog_path.exists():
        return {}
    with open_catalog(settings.catalog_path) as catalog:
        return catalog.scan_states()


def _compare(settings: Settings, scan: FoundScan, state: ScanState | None) -> Iterator[Finding]:
    if state is None or not state.sha256:
        return
    try:
        same = hash_scan(settings.root, scan) == state.sha256
    except (StorageError, UnreadableScanError) as error:
        yield problem(_KIND, error)
        return
    if same:
        return
    if state.status == "failed" and state.message:  # noted with its new size and time, and the sha256 that it had
        hint = "Put it back from a backup, or scan it again."
        yield problem(_KIND, StorageError(scan.file, f"has changed since it was taken in, and {state.message}", hint))
    elif (scan.size, scan.mtime_ns) == (state.size, state.mtime_ns):
        hint = "Put it back from a backup; its time of change is the old one, so nobody meant to change it."
        yield problem(_KIND, StorageError(scan.file, "its bytes are no longer what was taken in", hint))
    else:
        hint = "If that was meant, run `archive ingest`; if not, put it back from a backup."
        yield note(_KIND, "has changed since it was taken in", hint=hint, path=scan.file)


def _uncounted(
    settings: Settings, found: tuple[FoundScan, ...], refused: tuple[Fault, ...], states: Mapping[str, ScanState]
) -> Iterator[Finding]:
    here = {scan.file for scan in found} | {fault.path for fault in refused}
    unread = [fault.path for fault in refused if fault.code == StorageError.code]
    fresh = [scan.file for scan in found if scan.file not in states]
    lost = _lost(settings, (scan for scan in found if scan.file not in states), states)
    if lost and (not states or (settings.index_dir / "work").exists()):
        message = f"taken in before, and not in the catalogue, so that nothing finds them: {len(lost)}, as {lost[0]}"
        hint = "Run `archive ingest`, or `archive doctor --repair`: both take them in again, under the same ids."
        yield problem(_KIND, BrokenArchiveError(settings.raw_dir, message, hint), remedy="intake")
    elif fresh:
        before = f" (ids.csv knows {len(lost)} of them from before)" if lost else ""
        yield note(_KIND, f"not taken in yet: {len(fresh)}, as {fresh[0]}{before}", hint="Run `archive ingest`.")
    for file, state in states.items():
        if state.sha256 and file not in here and not any(may_hide(place, file) for place in unread):
            hint = "Put it back, or leave it so: its sections are not found, its ids stay."
            hint = f"If it has another name now, run `archive ingest`. {hint}" if fresh else hint
            yield note(_KIND, f"the scan is gone; it was first seen on {state.first_seen}", hint=hint, path=file)


def _lost(settings: Settings, fresh: Iterable[FoundScan], states: Mapping[str, ScanState]) -> list[str]:
    """Return the files whose scan ids.csv knows and the catalogue does not, under no name: as a rebuild leaves them."""
    known = {state.sha256 for state in states.values()}
    with suppress(ArchiveError):  # what cannot be read is told elsewhere
        register = Register.load(settings.ids_path)
        hashed = ((scan.file, hash_scan(settings.root, scan)) for scan in fresh)
        return [file for file, sha256 in hashed if sha256 not in known and register.first_seen(sha256)]
    return []
