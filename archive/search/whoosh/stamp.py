"""Which index is live, from when is it, and is it whole? Answered without opening it.

    whoosh/
      live                  the name of the live folder
      index-…/              Whoosh's table of contents, the files of each segment (layout.py), and
        stamp.json          versions, the catalogue's generation, the segments, size and checksum of each file

Whoosh's table of contents is a pickle, so nothing is opened before its stamp was found in order. The stamp is replaced
last: what it does not name does not exist yet. Loads nothing of Whoosh.
"""

import json
import os
import struct
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from archive.errors import BrokenArchiveError
from archive.search.forms import ANALYSIS_VERSION
from archive.search.whoosh.segments import SegmentFacts
from archive.tuples import NamedTuple

# Raise this when the fields or their encoding change, or how hits are scored: alone.py keeps scores.
INDEX_VERSION = 13

_LIVE = "live"
_STAMP = "stamp.json"
_HINT = "Run `archive reindex`."
# So it is while the first ingest runs, and after it was stopped; a new one goes on where that stopped.
_NONE_HINT = "Run `archive ingest`, or wait for the one that runs; `archive reindex` makes it without the scans."
# Files together up to this size are read through on every opening; larger ones when their time of change differs.
_ALWAYS_CHECKED = 8 * 1024 * 1024
_CHUNK = 1024 * 1024
# Nothing is checked when it is read; this is what damage looks like.
DAMAGE: tuple[type[Exception], ...] = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, MemoryError, OverflowError),
    *(struct.error,),
)

_T = TypeVar("_T")


class Stamp(NamedTuple):
    """What is known of an index without opening it; `files` maps a name to size, checksum and time of change.

    `made_at` and `made_of` are the generation and the number of sections of the commit that made it from nothing.
    """

    folder: Path
    generation: int
    toc: int
    languages: tuple[str, ...]
    files: Mapping[str, tuple[int, int, int]]
    segments: tuple[SegmentFacts, ...] = ()
    index_version: int = INDEX_VERSION
    analysis_version: int = ANALYSIS_VERSION
    byte_order: str = sys.byteorder
    made_at: int = -1
    made_of: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether it was made in one go: what is added later is read by what was learned before it came."""
        return self.made_at == self.generation


def read_stamp(directory: Path) -> Stamp | None:
    """Return the stamp of the live index, or None where there is no readable one."""
    name = _name_live(directory)
    while name:
        stamp = _stamp_of(directory / name)
        before, name = name, _name_live(directory)
        if stamp is not None or name == before:  # else another one became live, and the one before was removed
            return stamp
    return None


def _name_live(directory: Path) -> str:
    try:
        return (directory / _LIVE).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _stamp_of(folder: Path) -> Stamp | None:
    try:
        fields = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
        files = {str(name): (int(size), int(crc), int(at)) for name, (size, crc, at) in fields["files"].items()}
        return Stamp(
            folder=folder,
            generation=int(fields["generation"]),
            toc=int(fields["toc"]),
            languages=tuple(str(language) for language in fields["languages"]),
            files=files,
            segments=tuple(
                SegmentFacts(str(name), int(size), int(words), tuple(map(int, deleted)))
                for name, size, words, deleted in fields["segments"]
            ),
            index_version=int(fields["index_version"]),
            analysis_version=int(fields["analysis_version"]),
            byte_order=str(fields["byte_order"]),
            made_at=int(fields["made_at"]),
            made_of=int(fields["made_of"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def marks_of(directory: Path, folder: Path) -> tuple[int, ...]:
    """Return what changes when another stamp becomes the live one; empty where there is none."""
    try:
        found = [os.stat(f"{directory}/{_LIVE}"), os.stat(f"{folder}/{_STAMP}")]  # noqa: PTH116 - before each search
    except OSError:
        return ()
    return tuple(mark for each in found for mark in (each.st_ino, each.st_size, each.st_mtime_ns))


def checked_stamp(directory: Path, *, every_byte: bool = False) -> Stamp:
    """Return the stamp of a live index that this program may open.

    Args:
        directory: The folder that holds the indexes.
        every_byte: Check every file's checksum, as `doctor` does; else large files are believed that have not changed.

    Raises:
        BrokenArchiveError: there is none, or it is damaged, foreign or made by another version.
    """
    stamp = read_stamp(directory)
    if stamp is None:
        if (directory / _LIVE).exists():
            raise BrokenArchiveError(directory, "the full-text index is damaged", hint=_HINT)
        raise BrokenArchiveError(directory, "there is no full-text index", hint=_NONE_HINT)
    mine = (INDEX_VERSION, ANALYSIS_VERSION, sys.byteorder)
    if (stamp.index_version, stamp.analysis_version, stamp.byte_order) != mine:
        raise BrokenArchiveError(directory, "the full-text index was made by another version", hint=_HINT)
    if stamp.folder.parent != directory:
        raise BrokenArchiveError(directory, "the full-text index is a foreign one", hint=_HINT)
    for name in damaged_files(stamp, every_byte=every_byte):
        if read_stamp(directory) != stamp:  # a writer replaced it meanwhile, and removed what it no longer uses
            return checked_stamp(directory, every_byte=every_byte)
        raise BrokenArchiveError(
            stamp.folder / name, "this file of the full-text index is damaged or missing", hint=_HINT
        )
    return stamp


def damaged_files(stamp: Stamp, *, every_byte: bool = False) -> list[str]:
    """Name the files of an index that are missing or not as they were when it was stamped."""
    every_byte = every_byte or sum(size for size, _, _ in stamp.files.values()) <= _ALWAYS_CHECKED
    return [
        name for name, known in stamp.files.items() if not _is_whole(stamp.folder / name, known, every_byte=every_byte)
    ]


def write_stamp(stamp: Stamp) -> None:
    """Put a stamp on an index, durably and in one step."""
    fields = {
        "index_version": stamp.index_version,
        "analysis_version": stamp.analysis_version,
        "byte_order": stamp.byte_order,
        "generation": stamp.generation,
        "made_at": stamp.made_at,
        "made_of": stamp.made_of,
        "toc": stamp.toc,
        "languages": list(stamp.languages),
        "segments": stamp.segments,
        "files": stamp.files,
    }
    _write_durably(stamp.folder / _STAMP, json.dumps(fields))


def make_way(directory: Path) -> None:
    """Remove what is no index and stands where one has to be: a file named as the folder, a folder named `live`."""
    if directory.is_file():
        directory.unlink()
    elif (directory / _LIVE).is_dir():
        from shutil import rmtree  # hardly ever needed

        rmtree(directory / _LIVE)


def make_live(directory: Path, folder: Path) -> None:
    """Name a stamped folder as the live index, durably and in one step."""
    _sync(directory)
    _write_durably(directory / _LIVE, folder.name + "\n")


def seal(folder: Path, names: list[str], known: Mapping[str, tuple[int, int, int]]) -> dict[str, tuple[int, int, int]]:
    """Bring files to disk and return size, checksum and time of change of each; known ones are not read again."""
    sealed: dict[str, tuple[int, int, int]] = {}
    for name in names:
        path = folder / name
        status = path.stat()
        before = known.get(name)
        if before and (before[0], before[2]) == (status.st_size, status.st_mtime_ns):
            sealed[name] = before
            continue
        _sync(path)
        sealed[name] = (status.st_size, _checksum(path), status.st_mtime_ns)
    _sync(folder)
    return sealed


def guarded(stamp: Stamp, work: Callable[[], _T]) -> _T:
    """Do something with an index, and tell damage by its right name.

    Large files are not read through before they are used. When something goes wrong they are: if they are whole, the
    fault is the program's own and stays what it is.

    Raises:
        BrokenArchiveError: what was read makes no sense.
    """
    try:
        return work()
    except DAMAGE as error:
        for name in damaged_files(stamp, every_byte=True):
            message = "this file of the full-text index is damaged"
            raise BrokenArchiveError(stamp.folder / name, message, hint="Run `archive reindex`.") from error
        raise


def _is_whole(path: Path, known: tuple[int, int, int], *, every_byte: bool) -> bool:
    size, checksum, changed = known
    try:
        status = path.stat()
        if status.st_size != size:
            return False
        return (status.st_mtime_ns == changed and not every_byte) or _checksum(path) == checksum
    except OSError:
        return False


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _write_durably(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
