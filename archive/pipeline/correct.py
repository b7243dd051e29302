"""How does a decision made by hand come into the archive?

First it is on the disk, in corrections.csv; then the scans that it is about are parsed again from their pages as read,
and the index follows. Whatever stops the second, the next ingest makes up for it.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from archive.catalog.store import open_catalog
from archive.corrections import append_corrections, by_issue, digest, in_force, read_corrections, read_key
from archive.errors import ArchiveError, UsageError
from archive.ids import without_edition
from archive.model.issues import Correction, Fault
from archive.parsing.categories import load_categories
from archive.pipeline.decisions.complete import Completer
from archive.pipeline.decisions.kept import keep_decisions, let_go, note_decisions
from archive.pipeline.ingest import IngestReport, ingest
from archive.pipeline.leftovers import tidy_up
from archive.pipeline.lock import hold_archive
from archive.pipeline.progress import Progress
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class Refused:
    """A correction that was not written down, and why."""

    correction: Correction
    error: ArchiveError


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of corrections: `made` were written down; of these, `unplaced` changed nothing for want of a place.

    `waiting` are about scans that could not be parsed again, each named in `faults` with the reason. `known` were in
    corrections.csv already, `refused` were not written down.
    """

    made: tuple[Correction, ...]
    unplaced: tuple[Correction, ...] = ()
    known: tuple[Correction, ...] = ()
    refused: tuple[Refused, ...] = ()
    faults: tuple[Fault, ...] = ()
    waiting: tuple[Correction, ...] = ()


def correct(
    settings: Settings, given: Sequence[Correction], *, today: date | None = None, progress: Progress | None = None
) -> Corrected:
    """Write down corrections and apply them at once.

    Args:
        settings: The archive.
        given: The corrections; what they leave out (expected, context, date) is filled in.
        today: The day to note for those without one.
        progress: Told how far the parsing is.

    Raises:
        BrokenArchiveError: There is nothing to correct yet.
        ArchiveBusyError: Another run holds the archive.
        ArchiveWriteError: The disk is full or cannot be written.
    """
    noted = note(settings, given, today=today)
    return apply(settings, noted, progress=progress)


def note(settings: Settings, given: Sequence[Correction], *, today: date | None = None) -> Corrected:
    """Write down corrections without applying them; the next ingest would."""
    day = (today or date.today()).isoformat()  # noqa: DTZ011 - the owner's day
    made: list[Correction] = []
    known: list[Correction] = []
    refused: list[Refused] = []
    with hold_archive(settings.lock_path):
        tidy_up(settings)
        keep_decisions(settings)
        there: defaultdict[tuple[str, str, str], list[Correction]] = defaultdict(list)
        for line in in_force(read_corrections(settings.corrections_path)):
            there[line.id, line.field, line.value].append(line)
        with open_catalog(settings.catalog_path) as catalog:
            completer = Completer(catalog, categories_of(settings))
            for each in given:
                if any(_says(line, each) for line in there.get((each.id, each.field, each.value), ())):
                    known.append(each)
                    continue
                try:
                    whole = completer.complete(each)
                except UsageError as error:
                    refused.append(Refused(each, error))
                else:
                    made.append(replace(whole, date=whole.date or day))
        if made:
            append_corrections(settings.corrections_path, made)
            note_decisions(settings)
    return Corrected(tuple(made), known=tuple(known), refused=tuple(refused))


def apply(settings: Settings, noted: Corrected, *, progress: Progress | None = None) -> Corrected:
    """Parse again the scans that corrections are about, and tell which of these found no place."""
    if not noted.made:
        return noted
    with open_catalog(settings.catalog_path) as catalog:
        about = by_issue(noted.made)
        issues = catalog.issue_files()
    wanted = [each for each in issues if {without_edition(each[0]), without_edition(each[1])} & about.keys()]
    files = dict.fromkeys(file for _, _, file in wanted)
    report = ingest(settings, [settings.root / file for file in files], progress=progress) if files else IngestReport()
    failed = {fault.path for fault in report.faults} - set(report.finished)
    stuck = {without_edition(name) for *names, file in wanted if file in failed for name in names}
    stopped = {digest(each) for base in stuck & about.keys() for each in about[base]}
    with open_catalog(settings.catalog_path) as catalog:
        keys = [state.parsing_key for state in catalog.scan_states().values()]
    placed = frozenset[str]().union(*(read_key(key)[2] for key in keys))
    unplaced = [each for each in noted.made if digest(each) not in placed]
    waiting = tuple(each for each in unplaced if digest(each) in stopped)
    unplaced = [each for each in unplaced if each not in waiting]
    return replace(noted, unplaced=tuple(unplaced), faults=tuple(report.faults), waiting=waiting)


def accept_removed(settings: Settings) -> tuple[Correction, ...]:
    """Let go of what stood in lines that corrections.csv lost, and return it; the next ingest does without."""
    with hold_archive(settings.lock_path):
        tidy_up(settings)
        return let_go(settings)


def read_table(path: Path) -> tuple[Correction, ...]:
    """Read corrections from a file of the same columns as corrections.csv, or from a filled-in coding sheet (`.xlsx`).

    Raises:
        UsageError: It is no table of corrections, or a line of it cannot be read.
        StorageError: It cannot be read.
    """
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise UsageError(path, f"cannot be imported: wanted is {' or '.join(_READERS)}", "Save it as CSV in UTF-8.")
    return reader(path)


def categories_of(settings: Settings) -> tuple[str, ...]:
    """Return the names of all categories: those that come with the program, and the owner's."""
    names = [rules.name for rules in load_categories()]
    return tuple(dict.fromkeys((*names, *(each.name for each in settings.categories))))


def _read_sheet(path: Path) -> tuple[Correction, ...]:
    from archive.export.coding import read_corrections as read_sheet  # what reads workbooks is loaded for these only

    return read_sheet(path)


# What a table of corrections can be read from.
_READERS: dict[str, Callable[[Path], tuple[Correction, ...]]] = {
    ".csv": read_corrections,
    ".tsv": read_corrections,
    ".xlsx": _read_sheet,
}


def _says(line: Correction, given: Correction) -> bool:
    """Tell whether a line in force with this value says all that a correction says; what that leaves out aside."""
    return all(getattr(given, name) in {"", getattr(line, name)} for name in ("expected", "context", "note"))
