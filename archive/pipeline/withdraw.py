"""How is something withdrawn, and how is it erased?

First the withdrawal is on the disk, as a line of corrections.csv; then the catalogue and the index follow. Erasing
begins with a line that says so and ends with one that says that it is done: whatever stops it, the same command again
completes it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from archive.catalog.store import Catalog, open_catalog
from archive.catalog.write import CatalogWriter
from archive.corrections import append_corrections, read_corrections
from archive.errors import BrokenArchiveError, UsageError
from archive.ids import parse_id
from archive.model.issues import Correction
from archive.pipeline.decisions.kept import keep_decisions, note_decisions
from archive.pipeline.erase import Erasing
from archive.pipeline.leftovers import tidy_up
from archive.pipeline.lock import hold_archive
from archive.pipeline.progress import Progress
from archive.pipeline.registry import load_register
from archive.pipeline.reindex import IndexKeeper, reindex
from archive.pipeline.settling import settle
from archive.pipeline.withdrawals import Withdraw, Withdrawals
from archive.register import Register
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal took away.

    `ids` are those that were asked for, and those by which the scans know the same; `also` is what other scans hold of
    the same text. Of an erasure, `files` are the scans removed from raw/, `pages` how many pages as read, `corrections`
    how many other lines of corrections.csv, `left` files with the bytes of one of its pages that another scan
    has as its own.
    """

    ids: tuple[str, ...]
    also: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    pages: int = 0
    corrections: int = 0
    left: tuple[str, ...] = ()


def withdraw(settings: Settings, given: Sequence[str], *, reason: str, today: date | None = None) -> Withdrawn:
    """Hide issues and sections everywhere.

    Args:
        settings: The archive.
        given: Their ids.
        reason: Why, for whoever asks for the id later; it is kept and shown.
        today: The day to note.

    Raises:
        UsageError: There is no such id.
        BrokenArchiveError: There is no catalogue.
        ArchiveBusyError: Another run holds the archive.
        ArchiveWriteError: The disk is full or cannot be written; the next ingest completes what was written down.
    """
    _need_catalogue(settings)
    with _changing(settings) as (catalog, register):
        names = _names(catalog, register, given)
        _note(settings, names, Withdraw.HIDDEN, reason, today)
        with IndexKeeper(settings, catalog):
            gone = Withdrawals.read(settings).apply(catalog, settings)
            settle(catalog, settings)
    return Withdrawn(names, tuple(sorted(gone - set(names))))


def erase(
    settings: Settings,
    given: Sequence[str],
    *,
    reason: str,
    today: date | None = None,
    progress: Progress | None = None,
) -> Withdrawn:
    """Remove issues: their scans, the pages as read and all text of them; the ids stay.

    Args:
        settings: The archive.
        given: Their ids; issues that share a scan can only be erased together.
        reason: Why; it is kept and shown.
        today: The day to note.
        progress: Told how far the index is, which is made anew.

    Raises:
        UsageError: There is no such id, or it cannot be erased by itself; nothing was changed.
        BrokenArchiveError: There is no catalogue.
        ArchiveBusyError: Another run holds the archive, or a reader keeps the catalogue's log.
        ArchiveWriteError: The disk is full or cannot be written; the same command again completes it.
    """
    _need_catalogue(settings)
    with _changing(settings) as (catalog, register):
        names = _names(catalog, register, given)
        erasing = Erasing(settings, catalog, register, names)
        erasing.refuse_what_is_shared()
        _note(settings, names, Withdraw.ERASE, reason, today)
        gone = Withdrawals.read(settings).apply(catalog, settings)
        settle(catalog, settings)
        pages = erasing.remove_pages()
        left = erasing.left
        files = erasing.remove_scans()
        lines = erasing.remove_corrections()
        erasing.wipe_catalogue()
    reindex(settings, progress)  # the old index holds the words until it is replaced
    with hold_archive(settings.lock_path):
        _note(settings, names, Withdraw.ERASED, reason, today)
    return Withdrawn(names, tuple(sorted(gone - set(names))), files, pages, lines, left)


@contextmanager
def _changing(settings: Settings) -> Iterator[tuple[CatalogWriter, Register]]:
    """Hold the archive, after tidying up behind a run that was killed, and open what a withdrawal changes."""
    with hold_archive(settings.lock_path):
        tidy_up(settings)
        keep_decisions(settings)
        with open_catalog(settings.catalog_path, write=True) as catalog:
            yield catalog, load_register(settings, catalog)


def _need_catalogue(settings: Settings) -> None:
    if not settings.catalog_path.exists():
        raise BrokenArchiveError(settings.catalog_path, "the catalogue is missing", "Run `archive ingest` first.")


def _names(catalog: Catalog, register: Register, given: Sequence[str]) -> tuple[str, ...]:
    """Return the ids with those by which other scans of the same issue know them; refuse what is no id."""
    names: dict[str, None] = {}
    for each in given:
        hint = "`archive issues` lists the issues, `archive show ISSUE` its sections."
        if parse_id(each).kind == "page":
            raise UsageError(None, f"{each} is a page, and pages are not withdrawn by themselves", hint)
        owns, old = catalog.own_ids(each), catalog.old_id(each)
        if old and old.moved_to:
            raise UsageError(None, f"{each} moved to {old.moved_to}", f"Withdraw {old.moved_to}.")
        if not (owns or old or register.find(each)):
            raise UsageError(None, f"there is no issue or section `{each}`", hint)
        names |= dict.fromkeys((each, *owns))
    return tuple(names)


def _note(settings: Settings, names: Sequence[str], what: Withdraw, reason: str, today: date | None) -> None:
    """Write a line for each id that does not have this very line as its latest."""
    day = (today or date.today()).isoformat()  # noqa: DTZ011 - the owner's day
    latest = Withdrawals.of(read_corrections(settings.corrections_path)).lines
    lines = [Correction(each, "withdraw", what, "", "", day, " ".join(reason.split())) for each in names]
    fresh = [each for each in lines if not _says(latest.get(each.id), each)]
    if fresh:
        append_corrections(settings.corrections_path, fresh)
    note_decisions(settings)


def _says(line: Correction | None, wanted: Correction) -> bool:
    return line is not None and (line.value, line.note) == (wanted.value, wanted.note)
