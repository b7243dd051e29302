"""Can the scans be read, and are they still what was taken in?"""

from collections.abc import Iterator, Mapping

from archive.catalog.rows import ScanState
from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, note, problem
from archive.errors import StorageError, UnreadableScanError
from archive.model.issues import Fault
from archive.reading.scans import FoundScan, hash_scan, list_scans, may_hide
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
    yield from _uncounted(found, faults, states)
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
    if (scan.size, scan.mtime_ns) == (state.size, state.mtime_ns):
        hint = "Put it back from a backup; its time of change is the old one, so nobody meant to change it."
        yield problem(_KIND, StorageError(scan.file, "its bytes are no longer what was taken in", hint))
    else:
        hint = "If that was meant, run `archive ingest`; if not, put it back from a backup."
        yield note(_KIND, "has changed since it was taken in", hint=hint, path=scan.file)


def _uncounted(
    found: tuple[FoundScan, ...], refused: tuple[Fault, ...], states: Mapping[str, ScanState]
) -> Iterator[Finding]:
    here = {scan.file for scan in found} | {fault.path for fault in refused}
    unread = [fault.path for fault in refused if fault.code == StorageError.code]
    fresh = sorted({scan.file for scan in found} - set(states))
    if fresh and states:
        yield note(_KIND, f"not taken in yet: {len(fresh)}, as {fresh[0]}", hint="Run `archive ingest`.")
    for file, state in states.items():
        if state.sha256 and file not in here and not any(may_hide(place, file) for place in unread):
            hint = "Put it back, or leave it so: its sections are not found, its ids stay."
            hint = f"If it has another name now, run `archive ingest`. {hint}" if fresh else hint
            yield note(_KIND, f"the scan is gone; it was first seen on {state.first_seen}", hint=hint, path=file)
