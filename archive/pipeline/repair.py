"""How is damage to an archive mended?

The doctor names, for each thing it finds, the remedy and the file; each remedy works from what is still whole: the
register and the index from the catalogue, the catalogue from raw/, ids.csv and the pages as read, a page from its scan.
What cannot be mended so (a scan whose bytes changed) has no remedy here. Nothing that may hold something is deleted: a
damaged catalogue or register is set aside. Only where something was withdrawn a catalogue is removed with its copies,
which may hold that text: all but its ids, which go to the register first, is made anew.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from archive.catalog.store import open_catalog
from archive.errors import ArchiveWriteError, StorageError
from archive.pipeline.decisions.kept import put_back
from archive.pipeline.ingest import IngestOptions, ingest
from archive.pipeline.leftovers import tidy_up, work_folder
from archive.pipeline.lock import hold_archive
from archive.pipeline.plan import Again
from archive.pipeline.progress import Progress, Silent
from archive.pipeline.registry import mend_register, set_aside
from archive.pipeline.reindex import reindex
from archive.pipeline.withdrawals import Withdrawals
from archive.reading.scans import list_scans
from archive.settings import Settings


def repair(settings: Settings, wanted: Iterable[tuple[str, str]], progress: Progress | None = None) -> tuple[str, ...]:
    """Mend what the doctor found.

    Args:
        settings: The archive.
        wanted: Pairs of a remedy (one of `REMEDIES`) and the path that it is for.
        progress: Told how far it is.

    Returns:
        A line on each thing that was done.

    Raises:
        ArchiveBusyError: another run holds the archive.
        StorageError: a file cannot be read or written.
    """
    paths: dict[str, list[str]] = {}
    for remedy, path in wanted:
        paths.setdefault(remedy, []).append(path)
    told = progress or Silent()
    return tuple(mend(settings, paths[remedy], told) for remedy, mend in REMEDIES.items() if remedy in paths)


def _lock(settings: Settings, _paths: list[str], _progress: Progress) -> str:
    set_aside(settings.lock_path)
    return "set aside what stood in the place of the lock"


def _register(settings: Settings, _paths: list[str], _progress: Progress) -> str:
    with hold_archive(settings.lock_path):
        added = mend_register(settings)
    return f"mended ids.csv; ids added from the catalogue: {added}"


def _decisions(settings: Settings, _paths: list[str], _progress: Progress) -> str:
    with hold_archive(settings.lock_path):
        return f"wrote decisions into corrections.csv again that it had lost: {put_back(settings)}"


def _catalogue(settings: Settings, _paths: list[str], progress: Progress) -> str:
    """Set the catalogue aside and take everything in again, from the pages as read.

    Raises:
        StorageError: raw/ holds no scans, or cannot be read; the catalogue is left as it is.
        UsageError: corrections.csv cannot be read, so that nobody knows what was withdrawn; the same.
    """
    path = settings.catalog_path
    with hold_archive(settings.lock_path), work_folder(settings):
        _check_sources(settings)
        withdrawn = bool(Withdrawals.read(settings).lines)
        if path.exists():
            mend_register(settings)
        # Its log goes with it: it belongs to a file that is no longer there.
        for place in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
            if place.exists() and not withdrawn and (place == path or place.stat().st_size):
                set_aside(place)
        for copy in path.parent.glob(f"{path.name}*") if withdrawn else ():
            _unlink(copy)
    report = ingest(settings, progress=progress)
    if withdrawn and path.exists():  # what was taken out as it was filled may be left in the free parts of its pages
        with hold_archive(settings.lock_path), open_catalog(path, write=True) as catalog:
            catalog.erase(())
    return f"made the catalogue anew; scans taken in: {len(report.finished)}"


def _check_sources(settings: Settings) -> None:
    found, _ = list_scans(settings.root, settings.raw_dir)
    if not found:
        hint = "Put the scans back, then run the same command again."
        raise StorageError(settings.raw_dir, "holds no scans to make the catalogue from; nothing was changed", hint)


def _page(settings: Settings, paths: list[str], _progress: Progress) -> str:
    with hold_archive(settings.lock_path):
        for path in map(Path, paths):
            if path.is_relative_to(settings.pages_dir):
                _unlink(path)
    return f"removed damaged pages as read: {len(paths)}"


def _scan(settings: Settings, paths: list[str], progress: Progress) -> str:
    there = [settings.root / path for path in dict.fromkeys(paths)]
    ingest(settings, there, options=IngestOptions(again=Again.REPARSE), progress=progress)
    return f"read missing pages again; scans: {len(there)}"


def _intake(settings: Settings, _paths: list[str], progress: Progress) -> str:
    return f"took in what the catalogue lacked; scans: {len(ingest(settings, progress=progress).finished)}"


def _leftovers(settings: Settings, _paths: list[str], _progress: Progress) -> str:
    with hold_archive(settings.lock_path):
        (settings.index_dir / "work").mkdir(exist_ok=True)
        tidy_up(settings)
    return "removed what a run left behind that was ended"


def _index(settings: Settings, _paths: list[str], progress: Progress) -> str:
    if settings.whoosh_dir.exists() and not settings.whoosh_dir.is_dir():
        set_aside(settings.whoosh_dir)
    live = settings.whoosh_dir / "live"
    if live.is_dir():
        set_aside(live)
    return f"made the full-text index anew; sections: {reindex(settings, progress)}"


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except IsADirectoryError:
        set_aside(path)
    except OSError as error:
        raise ArchiveWriteError(path, f"cannot be removed ({error.strerror})", "Check its permissions.") from error


# In the order in which they work: each rests on those before it.
REMEDIES: Mapping[str, Callable[[Settings, list[str], Progress], str]] = MappingProxyType(
    {
        "lock": _lock,
        "register": _register,
        "decisions": _decisions,
        "page": _page,
        "catalogue": _catalogue,
        "intake": _intake,
        "scan": _scan,
        "leftovers": _leftovers,
        "index": _index,
    }
)
