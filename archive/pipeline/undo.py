"""How is a decision made by hand taken back, and which were the last?

A line of corrections.csv undoes another and names it by what it says (archive.corrections.mark); nothing is taken out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.catalog.store import open_catalog
from archive.corrections import append_corrections, in_force, mark, read_corrections, standing, without_place
from archive.errors import UsageError
from archive.ids import parse_id, without_edition
from archive.model.issues import Correction, Fault
from archive.pipeline.decisions.kept import keep_decisions, note_decisions
from archive.pipeline.ingest import IngestReport, ingest
from archive.pipeline.leftovers import tidy_up
from archive.pipeline.lock import hold_archive
from archive.pipeline.progress import Progress
from archive.pipeline.withdrawals import Withdraw
from archive.register import Register
from archive.settings import Settings

_LIST = "`archive correct --last` lists the lines with their numbers."


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line of corrections.csv, its number (from 1 at the top, the header aside), and whether none undoes it."""

    number: int
    correction: Correction
    stands: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """The line that was undone and the line that undoes it.

    `unplaced` are the corrections about the same issue that find no place without it; `faults` scans that could not be
    parsed again: the next ingest tries them.
    """

    undone: Correction
    line: Correction
    unplaced: tuple[Correction, ...] = ()
    faults: tuple[Fault, ...] = ()


def last_corrections(settings: Settings, count: int) -> tuple[Numbered, ...]:
    """Return the last `count` lines of corrections.csv, oldest first."""
    return _numbered(read_corrections(settings.corrections_path))[-count:]


def undo(
    settings: Settings,
    number: int | None = None,
    *,
    note: str = "",
    today: date | None = None,
    progress: Progress | None = None,
) -> Undone:
    """Undo a correction, a withdrawal or an undoing, and parse its scans again.

    Args:
        settings: The archive.
        number: Of its line (Numbered); None for the last line that stands and undoes nothing itself.
        note: Why.
        today: The day to note.
        progress: Told how far the parsing is.

    Raises:
        UsageError: There is no such line, it was undone before, or what it says cannot be taken back.
        ArchiveBusyError: Another run holds the archive.
        ArchiveWriteError: The disk is full or cannot be written.
    """
    day = (today or date.today()).isoformat()  # noqa: DTZ011 - the owner's day
    with hold_archive(settings.lock_path):
        tidy_up(settings)
        keep_decisions(settings)
        chosen = _choose(_numbered(read_corrections(settings.corrections_path)), number)
        said = f"{chosen.field} {chosen.value}".strip()
        line = Correction(chosen.id, "undo", mark(chosen), said, "", day, " ".join(note.split()))
        append_corrections(settings.corrections_path, [line])
        note_decisions(settings)
    files = _files(settings, chosen)
    report = ingest(settings, [settings.root / file for file in files], progress=progress) if files else IngestReport()
    with open_catalog(settings.catalog_path) as catalog:
        keys = [state.parsing_key for state in catalog.scan_states().values()]
    mine = parse_id(chosen.id).issue_id
    wanted = in_force(read_corrections(settings.corrections_path))
    unplaced = without_place([each for each in wanted if parse_id(each.id).issue_id == mine], keys)
    return Undone(chosen, line, unplaced, tuple(report.faults))


def _numbered(corrections: Sequence[Correction]) -> tuple[Numbered, ...]:
    left = list(standing(corrections))
    found = []
    for number, each in enumerate(corrections, 1):
        stands = bool(left) and each is left[0]
        found.append(Numbered(number, each, stands))
        del left[: int(stands)]
    return tuple(found)


def _choose(lines: Sequence[Numbered], number: int | None) -> Correction:
    """Return the line that is to be undone."""
    if number is None:
        chosen = next((each for each in reversed(lines) if each.stands and each.correction.field != "undo"), None)
        if chosen is None:
            raise UsageError(None, "there is no correction to undo", _LIST)
    else:
        chosen = next((each for each in lines if each.number == number), None)
        if chosen is None:
            raise UsageError(None, f"corrections.csv has no line {number}", _LIST)
        if not chosen.stands:
            raise UsageError(None, f"correction {number} was undone before", f"{_LIST} Undo the line that undid it.")
    correction = chosen.correction
    if correction.field == "withdraw" and correction.value.casefold() in {Withdraw.ERASE, Withdraw.ERASED}:
        raise UsageError(
            None, f"{correction.id} was erased, which cannot be undone", f"{_LIST} Undo another by number."
        )
    return correction


def _files(settings: Settings, chosen: Correction) -> tuple[str, ...]:
    """Return the scans that an undoing may concern: of the issue, and those of which something is withdrawn."""
    base = without_edition(parse_id(chosen.id).issue_id)
    with open_catalog(settings.catalog_path) as catalog:
        issues, gone, states = catalog.issue_files(), catalog.withdrawn(), catalog.scan_states()
    files = [file for *names, file in issues if base in map(without_edition, names)]
    if gone:
        register = Register.load(settings.ids_path)
        scans = {entry.sha256 for each in gone if (entry := register.find(each))}
        files += [state.file for state in states.values() if state.sha256 in scans]
    return tuple(dict.fromkeys(file for file in files if (settings.root / file).exists()))
