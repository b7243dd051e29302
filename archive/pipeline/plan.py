"""What is there to do? Compares the files of raw/ with what the catalogue knows of them; opens none of them."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from archive.catalog.rows import ScanState
from archive.corrections import read_key
from archive.errors import MachineFaultError, StorageError
from archive.reading.scans import FoundScan, may_hide

_WITH_PASSWORD = "+password"  # noqa: S105 - that one is set, no password
_HOLDS = {"ok", "partly", "failed"}  # a scan of this status stands for its bytes; a double or a missing one does not


class Again(StrEnum):
    """What an ingest does with scans that it has already."""

    NOTHING = "nothing"
    RETRY = "retry"  # what failed is tried again
    REPARSE = "reparse"  # everything is parsed again from the pages as read
    REREAD = "reread"  # everything is read again too


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what a scan is read and parsed; what failed under others is tried again."""

    reading_key: str
    parsing_key: str
    version: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an ingest will do: `new` and `changed` scans, those to do `again`, and what became of the others.

    `renamed` were missing before, and are there under another name; of `forgotten`, which are no longer there, nothing
    was ever taken in. `refused_before` are files that were refused before and are as they were; of the unchanged,
    `parsed_otherwise` and `read_otherwise` were parsed or read under other settings than those in force.
    """

    new: tuple[FoundScan, ...] = ()
    changed: tuple[FoundScan, ...] = ()
    again: tuple[FoundScan, ...] = ()
    back: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    unchanged: int = 0
    failed_before: tuple[str, ...] = ()
    refused_before: tuple[str, ...] = ()
    parsed_otherwise: tuple[str, ...] = ()
    read_otherwise: tuple[str, ...] = ()

    @property
    def todo(self) -> frozenset[str]:
        """The files that will be opened."""
        return frozenset(found.file for found in (*self.new, *self.changed, *self.again))

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing at all is to be done to the catalogue."""
        lost = self.missing or self.renamed or self.forgotten
        return not (self.todo or self.back or lost)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in raw/: scans, names that are no scans, and whether all of raw/ was looked at.

    Only where `whole` is true is a scan missing that was not seen, and only where none of the `unread`, the files and
    folders that cannot be read, may hide it. `decided` are the digests of the corrections about each scan, by its file.
    """

    found: tuple[FoundScan, ...]
    refused: frozenset[str]
    whole: bool
    decided: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()

    def lost(self, files: Iterable[str]) -> list[str]:
        """Return those of some files that are no longer there."""
        if not self.whole:
            return []
        there = self.refused | {scan.file for scan in self.found}
        unseen = (file for file in files if file not in there)
        return [file for file in unseen if not any(may_hide(place, file) for place in self.unread)]


def with_password(version: str, password: str) -> str:
    """Return what a scan's state says of the program: its version, and whether it was given a password for PDFs."""
    return version + _WITH_PASSWORD if password else version


def make_plan(seen: Seen, states: Mapping[str, ScanState], conditions: Conditions, again: Again) -> Plan:
    """Decide what to do with each scan.

    Args:
        seen: What is in raw/ now.
        states: What the catalogue knows, by file.
        conditions: The settings and the program's version in force.
        again: What to do with scans that are known and unchanged.
    """
    lost = seen.lost(states)
    held = {state.sha256 for file, state in states.items() if state.status in _HOLDS and file not in lost}
    new, changed, repeated, back, same = [], [], [], [], []
    for scan in seen.found:
        state = states.get(scan.file)
        if state is None:
            new.append(scan)
            continue
        if (state.size, state.mtime_ns) != (scan.size, scan.mtime_ns):
            changed.append(scan)
            continue
        if (
            _is_due(state, conditions, again)
            or _is_decided_anew(state, seen)
            or (state.status == "double" and state.sha256 not in held)
        ):
            repeated.append(scan)
        elif state.status != "missing":
            same.append(state)
        if state.status == "missing":
            back.append(scan.file)
    failed = tuple(state.file for state in same if state.status in {"failed", "partly"})
    held_back = [state for state in same if state.status in {"ok", "partly"}]
    read = [state.file for state in held_back if state.reading_key != conditions.reading_key]
    parsed = [state.file for state in held_back if read_key(state.parsing_key)[0] != conditions.parsing_key]
    plan = Plan(tuple(new), tuple(changed), tuple(repeated), tuple(back), unchanged=len(same), failed_before=failed)
    plan = replace(
        plan, read_otherwise=tuple(read), parsed_otherwise=tuple(each for each in parsed if each not in read)
    )
    return _with_lost(plan, [states[file] for file in lost], held)


def _with_lost(plan: Plan, lost: Iterable[ScanState], held: Container[str]) -> Plan:
    """Complete a plan by the files that are no longer there; `held` are the sha256 of the scans that are."""
    missing, renamed, forgotten = [], [], []
    for state in lost:
        if not state.sha256:
            forgotten.append(state.file)
        elif state.status != "missing":
            missing.append(state.file)
        elif state.sha256 in held:
            renamed.append(state.file)
    return replace(plan, missing=tuple(missing), renamed=tuple(renamed), forgotten=tuple(forgotten))


def _is_due(state: ScanState, conditions: Conditions, again: Again) -> bool:
    if again in {Again.REPARSE, Again.REREAD}:
        return state.status != "double"
    if state.code in {StorageError.code, MachineFaultError.code}:
        return True  # it could not be read for a reason outside it, and is seen now: perhaps it can be read again
    if state.status not in {"failed", "partly"}:
        return False
    if again is Again.RETRY:
        return True
    same = (state.reading_key, read_key(state.parsing_key)[0]) == (conditions.reading_key, conditions.parsing_key)
    # A password that is no longer set is no reason to try again.
    return not same or conditions.version not in {state.version, state.version.removesuffix(_WITH_PASSWORD)}


def _is_decided_anew(state: ScanState, seen: Seen) -> bool:
    """Tell whether people decided otherwise about a scan since it was parsed."""
    if state.status not in {"ok", "partly"}:
        return False
    return read_key(state.parsing_key)[1] != seen.decided.get(state.file, frozenset())
