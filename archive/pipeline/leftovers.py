"""What did a run leave behind that was killed, and what must go?

A run that writes makes `index/work` first and removes it last. Where it is there while nobody holds the archive, a
run was ended in between: whoever writes next looks for its half-made files first. So a run after one that ended well
looks for nothing.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.catalog.store import open_catalog
from archive.errors import ArchiveWriteError
from archive.search.whoosh.stamp import read_stamp
from archive.settings import Settings

# The names of the scans that are being copied into raw/: nothing else there is ours to remove.
_COPYING = "copying.json"
_STAMP = "stamp.json"
_SHA8 = re.compile(r"-[0-9a-f]{8}(?=(?:\.[^.]*)?$)")
_HINT = "Free some space or make the folder writable, then run the same command again."


def was_interrupted(settings: Settings) -> bool:
    """Tell whether the last run that wrote was ended before it could tidy up; ask only while the archive is held."""
    return (settings.index_dir / "work").exists()


def tidy_up(settings: Settings) -> None:
    """Remove what a killed run left behind, if one did; call it while the archive is held.

    Raises:
        BrokenArchiveError: the catalogue is damaged.
        ArchiveWriteError: the disk cannot be written.
    """
    if not was_interrupted(settings):
        return
    _remove_half_made(settings)
    if settings.catalog_path.exists():
        open_catalog(settings.catalog_path, write=True).close()  # takes in what still stands in its log
    _remove(settings.index_dir / "work")


@contextmanager
def work_folder(settings: Settings, copying: Iterable[str] = ()) -> Iterator[Path]:
    """Make the folder for temporary files, which also marks that a run is under way; leave nothing of it.

    Args:
        settings: The archive.
        copying: Names of scans that will be copied into raw/.

    Raises:
        ArchiveWriteError: it cannot be made.
    """
    work = settings.index_dir / "work"
    try:
        _make(work, sorted(set(copying)))  # in the block: a run may be stopped while it is made
        yield work
    except BaseException:
        with suppress(OSError):  # the error that is on its way tells more
            _remove_half_made(settings)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _make(work: Path, names: list[str]) -> None:
    try:
        work.mkdir(parents=True, exist_ok=True)
        if names:
            _write(work / _COPYING, json.dumps(names))
        _sync(work.parent)
    except OSError as error:
        raise ArchiveWriteError(work, f"cannot be written ({error.strerror})", _HINT) from error


def _remove_half_made(settings: Settings) -> None:
    for path in _half_made(settings):
        _remove(path)


def _half_made(settings: Settings) -> Iterator[Path]:
    yield from settings.pages_dir.glob("*/.*.part")
    yield from settings.whoosh_dir.glob(".*.tmp")
    stamp = read_stamp(settings.whoosh_dir)
    for folder in settings.whoosh_dir.glob("index-*"):
        if stamp is None or folder != stamp.folder:
            yield folder
        else:
            yield from (path for path in folder.iterdir() if path.name != _STAMP and path.name not in stamp.files)
    names = _copying(settings)
    for path in settings.raw_dir.rglob(".*.part") if names else ():
        name = path.name.removeprefix(".").removesuffix(".part")
        if name in names or _SHA8.sub("", name) in names:
            yield path


def _copying(settings: Settings) -> frozenset[str]:
    try:
        return frozenset(map(str, json.loads((settings.index_dir / "work" / _COPYING).read_bytes())))
    except (OSError, ValueError, TypeError):
        return frozenset()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
