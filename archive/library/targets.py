"""Where does an export go? A stream, a file, a folder or a zip, of which there is never half a one.

Everything is written as archive.placing says. Folders and zips are made so that the same content gives the same bytes:
in the order written, without times.
"""

import fcntl
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Self, cast

from archive.errors import UsageError
from archive.placing import placed, sync, sync_folder

# Times in a zip begin in 1980; every file gets that one.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_ZIP_LEVEL = 6
_HINT = "Name another place with --output, or free some space."


@contextmanager
def text_file(target: Path) -> Iterator[IO[str]]:
    """Open a file for text, as UTF-8, with line ends as they are given."""
    with placed(target, hint=_HINT) as part, part.open("w", encoding="utf-8", errors="replace", newline="") as out:
        yield out
        sync(out)


@contextmanager
def bytes_file(target: Path) -> Iterator[IO[bytes]]:
    """Open a file for bytes."""
    with placed(target, hint=_HINT) as part, part.open("w+b") as out:
        yield out
        sync(out)


@contextmanager
def many_files(target: Path) -> Iterator["FolderFiles | ZipFiles"]:
    """Begin a zip, if the name ends in `.zip`, else a folder.

    Raises:
        UsageError: There is something in the folder already.
    """
    if target.suffix.lower() == ".zip":
        with bytes_file(target) as out, zipfile.ZipFile(out, "w") as packed, _Ledger() as ledger:
            yield ZipFiles(packed, ledger)
        return
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(target, "is there already", hint="Name another folder, or remove this one.")
    with placed(target, hint=_HINT) as part, _Ledger() as ledger:
        part.mkdir()
        yield FolderFiles(part, ledger)
        _sync_folders(part)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, on disks that know how to, while a file in it is read and replaced: that one cannot be held."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network share that cannot
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class _Ledger:
    """Remembers what was written, on disk: a large export has many files."""

    def __enter__(self) -> Self:
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def add(self, name: str, counted: "_Counted") -> None:
        """Note a file that was written."""
        self._lines.write(f"{counted.size} {counted.sha256} {name}\n")

    def written(self) -> Iterator[tuple[str, int, str]]:
        """Yield name, size in bytes and sha256 of each file, in the order in which they were written."""
        self._lines.seek(0)
        for line in self._lines:
            size, sha256, name = line.rstrip("\n").split(" ", 2)
            yield name, int(size), sha256
        self._lines.seek(0, os.SEEK_END)


class FolderFiles:
    """Files in a folder (an archive.model.exports.Files)."""

    def __init__(self, folder: Path, ledger: _Ledger) -> None:
        self._folder = folder
        self._ledger = ledger
        self.written = ledger.written

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Begin a file."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            counted = _Counted(out)
            yield cast("IO[bytes]", counted)  # only write is used
            sync(out)
        self._ledger.add(name, counted)


class ZipFiles:
    """Files in a zip (an archive.model.exports.Files)."""

    def __init__(self, packed: zipfile.ZipFile, ledger: _Ledger) -> None:
        self._packed = packed
        self._ledger = ledger
        self.written = ledger.written

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Begin a file."""
        entry = zipfile.ZipInfo(name, _NO_TIME)
        entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _MODE, 3
        entry._compresslevel = _ZIP_LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 - no other way before 3.13
        with self._packed.open(entry, "w", force_zip64=True) as out:
            counted = _Counted(out)
            yield cast("IO[bytes]", counted)  # only write is used
        self._ledger.add(name, counted)


class _Counted:
    """Counts and hashes what is written."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """The sha256 of what was written so far, in hexadecimal digits."""
        return self._hash.hexdigest()

    def write(self, content: Any) -> int:  # noqa: ANN401 - whatever holds bytes
        """Write bytes on, counted and hashed."""
        self._hash.update(content)
        self.size += memoryview(content).nbytes
        return self._out.write(content)


def _sync_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root):
        sync_folder(Path(folder))
