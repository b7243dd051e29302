"""What must be kept, and how does it get into one file?

All that cannot be made again, and the pages as read, which take hours: a tar in which each file stands as it stands in
the archive. Names are in order, so that the same archive gives the same bytes; its last member has the sha256 of each
file, as `sha256sum --check` reads it. Unpacked, it is an archive: `archive ingest` makes the rest, without OCR.
"""

import contextlib
import hashlib
import os
import stat
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from archive.errors import ArchiveError, BrokenArchiveError, StorageError, UsageError
from archive.model.issues import Fault
from archive.pipeline.lock import hold_still
from archive.pipeline.progress import Progress, Silent
from archive.placing import is_special, open_special, placed, sync
from archive.reading.scans import natural_key
from archive.settings import FILE_NAME, OWN_FILES, Settings
from archive.settings.outputs import claimed

SUMS = "SHA256SUMS"
_PAGES = "index/pages"  # in the backup, wherever index_dir is
_PASSING = (".part", ".tmp")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written: how many files and bytes, and the files that could not be read."""

    files: int
    size: int
    faults: tuple[Fault, ...] = ()


def back_up(settings: Settings, target: Path, *, progress: Progress | None = None, force: bool = False) -> BackedUp:
    """Write everything that cannot be made again, and the pages as read, into one tar.

    The file appears under its name when it is whole; one that is there already is replaced only then.

    Args:
        settings: The archive.
        target: The file to make.
        progress: Told of each file.
        force: Replace a file that this program did not write.

    Raises:
        UsageError: The name is that of another kind of file, or lies among what is backed up, or is not ours.
        StorageError: The file cannot be written.
        ArchiveBusyError: Another run is changing the archive.
    """
    _check(settings, target)
    progress = progress or Silent()
    with claimed(settings, target, force=force), hold_still(settings.lock_path), _opened(target) as out:
        sources = list(_sources(settings))
        progress.start(len(sources))
        try:
            return _write(sources, out, progress)
        finally:
            progress.stop()


def _check(settings: Settings, target: Path) -> None:
    if target.suffix.lower() != ".tar" and not is_special(target):
        raise UsageError(target, "a backup is a tar", hint="Let its name end in .tar.")
    if not (settings.root / FILE_NAME).exists():  # a lock would make folders where there is no archive
        raise BrokenArchiveError(settings.root, "is no archive")


@contextlib.contextmanager
def _opened(target: Path) -> Iterator[IO[bytes]]:
    if is_special(target):  # a backup is too large to be written twice
        with open_special(target) as out:
            yield out
        return
    with placed(target) as part, part.open("wb") as out:
        yield out
        sync(out)


def _sources(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield each file under its name in the backup, in order of names."""
    for name in OWN_FILES:
        if (settings.root / name).is_file():
            yield name, settings.root / name
    yield from _walk(settings.raw_dir, "raw")
    for name, place in _walk(settings.pages_dir, _PAGES):
        if not name.endswith(_PASSING):
            yield name, place


def _walk(folder: Path, base: str) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder; links that lead out of it, and what is no file, are left out."""
    real = os.path.realpath(folder)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural_key(entry.name))
    except FileNotFoundError:
        return
    for entry in entries:
        name = f"{base}/{entry.name}"
        if entry.is_symlink() and not os.path.realpath(entry.path).startswith(real + os.sep):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), name)
        elif entry.is_file() or entry.is_symlink():
            yield name, Path(entry.path)


def _write(sources: list[tuple[str, Path]], out: IO[bytes], progress: Progress) -> BackedUp:
    sums: list[str] = []
    faults: list[Fault] = []
    size = 0
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, place in sources:
            try:
                sha256, length = _add(tar, name, place)
            except StorageError as error:
                faults.append(_fault(name, error))
                progress.advance("failed")
                continue
            size += length
            if sha256:
                sums.append(_sum_line(sha256, name))
            progress.advance("ok")
        _add_text(tar, SUMS, "".join(sums))
    return BackedUp(len(sources) - len(faults), size, tuple(faults))


def _add(tar: tarfile.TarFile, name: str, place: Path) -> tuple[str, int]:
    """Add one file, in pieces, and return its sha256 and size; of a link, which has none, an empty one.

    Raises:
        StorageError: It cannot be read. Nothing of it is in the tar.
    """
    entry = tarfile.TarInfo(name)
    try:
        found = place.lstat()
        if stat.S_ISLNK(found.st_mode):
            entry.type, entry.linkname = tarfile.SYMTYPE, str(place.readlink())
            tar.addfile(entry)
            return "", 0
        source = place.open("rb")
    except OSError as error:
        raise StorageError(place, "cannot be read", f"The system says: {error.strerror}.") from error
    with source:
        entry.size = os.fstat(source.fileno()).st_size
        entry.mode = 0o644
        entry.pax_headers = {"mtime": f"{found.st_mtime_ns // 10**9}.{found.st_mtime_ns % 10**9:09}"}
        counted = _Counted(source, entry.size)
        tar.addfile(entry, cast("IO[bytes]", counted))
    return counted.sha256, entry.size


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    import io

    data = text.encode("utf-8", "surrogateescape")
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o644
    tar.addfile(entry, io.BytesIO(data))


def _sum_line(sha256: str, name: str) -> str:
    """Write a line as sha256sum reads it: a name with a line end or a backslash in it is escaped."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == name else chr(92)}{sha256}  {escaped}\n"


class _Counted:
    """Hashes what is read, and makes up with zeros for a file that shrinks while it is read."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source = source
        self._left = size
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The sha256 of what was read so far, in hexadecimal digits."""
        return self._hash.hexdigest()

    def read(self, size: int) -> bytes:
        """Read on; a file that became shorter meanwhile is filled up, so that the others stay in their places."""
        chunk = self._source.read(min(size, self._left))
        if not chunk and self._left:
            chunk = bytes(min(size, self._left, _CHUNK))
        self._left -= len(chunk)
        self._hash.update(chunk)
        return chunk


def _fault(name: str, error: ArchiveError) -> Fault:
    return Fault(name, error.code, error.message, error.hint)
