"""Which files are scans, and are they new?"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import StorageError, UnreadableScanError
from archive.model.issues import Fault
from archive.model.pages import ScanKind

_KINDS = {
    ".pdf": ScanKind.PDF,
    ".png": ScanKind.IMAGE,
    ".jpg": ScanKind.IMAGE,
    ".jpeg": ScanKind.IMAGE,
    ".tif": ScanKind.IMAGE,
    ".tiff": ScanKind.IMAGE,
    ".txt": ScanKind.DUMP,
}
# What copying, downloading and indexing programs leave behind while they work.
_PASSING = re.compile(
    r"\..*|.*~|~\$.*|#.*#|.*\.(?:tmp|temp|part|partial|filepart|crdownload|download|swp|lock|bak)"
    r"|thumbs\.db|desktop\.ini|__macosx|lost\+found|\$recycle\.bin|system volume information|@eadir",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(r"(\d+)")
_KNOWN_HINT = "An archive takes PDF, PNG, JPEG and TIFF files, folders of page images, and .txt files of earlier OCR."


@dataclass(frozen=True, slots=True)
class FoundScan:
    """A file or a folder of page images in `raw/`, not yet opened.

    `file` is relative to the archive with `/` between parts. Of a folder, `size` is the sum over its images, `mtime_ns`
    the latest time of change and `members` their names in natural order; `members` is empty for a file.
    """

    file: str
    kind: ScanKind
    size: int
    mtime_ns: int
    members: tuple[str, ...] = ()


def list_scans(root: Path, raw: Path) -> tuple[tuple[FoundScan, ...], tuple[Fault, ...]]:
    """List the scans in `raw`, in natural order of their names, and what was refused and why.

    A folder that holds only images is one scan, any other folder is a shelf and is walked. Hidden files and what
    copying programs leave behind are passed over in silence. Nothing is opened: the kind follows from the extension.

    Raises:
        StorageError: `raw` itself is missing or cannot be read.
    """
    base = raw.relative_to(root).as_posix()
    walk = _Walk(tuple(f"{os.path.realpath(place)}{os.sep}" for place in (root, raw)))
    try:
        entries = _entries(raw)
    except OSError as error:
        raise StorageError(raw, "this folder of scans cannot be read", hint=_reason(error)) from error
    walk.shelf(entries, base, (os.path.realpath(raw),))
    walk.scans.sort(key=lambda scan: natural_key(scan.file))
    walk.faults.sort(key=lambda fault: natural_key(fault.path))
    return tuple(walk.scans), tuple(walk.faults)


def natural_key(name: str) -> tuple[object, ...]:
    """Return a key that sorts names as people do: `page-2` before `page-10`, case and accents of little weight."""
    return (tuple(_part_key(part) for part in name.split("/")), name)


def hash_scan(root: Path, found: FoundScan) -> str:
    """Return a scan's sha256; of a folder, that of the lines `sha256  name` of its images in natural order.

    Raises:
        StorageError: a file cannot be read.
    """
    place = root / found.file
    if found.kind is not ScanKind.FOLDER:
        return hash_file(place)
    lines = "".join(f"{hash_file(place / name)}  {name}\n" for name in found.members)
    return hashlib.sha256(lines.encode()).hexdigest()


def hash_file(path: Path) -> str:
    """Return the sha256 of a file.

    Raises:
        StorageError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StorageError(path, "cannot be read", hint=_reason(error)) from error


def list_members(folder: Path) -> tuple[str, ...]:
    """Return the names of the page images in a folder, in natural order.

    Raises:
        StorageError: the folder cannot be read.
    """
    try:
        return tuple(sorted((entry.name for entry in _entries(folder) if _is_image(entry)), key=natural_key))
    except OSError as error:
        raise StorageError(folder, "cannot be read", hint=_reason(error)) from error


def copy_in(path: Path, raw: Path) -> Path:
    """Copy a scan, or a shelf of scans, that lies outside `raw` into it and return where it stands now.

    A copy appears under its name only when it is whole. A name that is taken by other bytes gets the first 8 signs
    of the copy's sha256; the same bytes are not copied twice.

    Raises:
        UnreadableScanError: this is no kind of scan.
        StorageError: it cannot be read, or `raw` cannot be written.
    """
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(raw)):
        return path
    try:
        if path.is_dir():
            return _copy_folder(path, raw)
        if path.suffix.lower() not in _KINDS:
            raise UnreadableScanError(path, "is not a kind of scan", hint=_KNOWN_HINT)
        return _copy_file(path, raw)
    except OSError as error:
        raise StorageError(path, "cannot be copied into the archive", hint=_reason(error)) from error


@dataclass(slots=True)
class _Walk:
    """A walk through the shelves; `inside` are the real places, with a separator at the end, that links may lead to."""

    inside: tuple[str, ...]
    scans: list[FoundScan] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def shelf(self, entries: Iterable[os.DirEntry[str]], base: str, above: tuple[str, ...]) -> None:
        for entry in entries:
            file = f"{base}/{entry.name}".removeprefix("./")
            if not self._may_enter(entry, file):
                continue
            try:
                if entry.is_dir():
                    self._folder(entry, file, above)
                elif entry.is_file():
                    self._file(entry, file)
                else:
                    self._refuse(file, "is neither a file nor a folder", "Move it out of the folder of scans.")
            except OSError as error:
                self._refuse(file, "cannot be read", _reason(error), code="storage")

    def _may_enter(self, entry: os.DirEntry[str], file: str) -> bool:
        if _CONTROL.search(entry.name):
            self._refuse(file, "has a name that is not plain UTF-8 text", "Give it another name.")
            return False
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if not os.path.exists(real):  # noqa: PTH110 - strings all the way: a thousand scans are listed at once
                self._refuse(file, "is a link that leads nowhere", "Copy the file itself into the folder of scans.")
                return False
            if not f"{real}{os.sep}".startswith(self.inside):
                self._refuse(file, "is a link that leads out of the archive", "Copy the file itself in its place.")
                return False
        return True

    def _folder(self, entry: os.DirEntry[str], file: str, above: tuple[str, ...]) -> None:
        real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
        if real in above:
            self._refuse(file, "is a link to a folder that it lies in", "Remove the link.")
            return
        entries = _entries(entry.path)
        if entries and all(_is_image(member) for member in entries):
            self._image_folder(entries, file)
        else:
            self.shelf(entries, file, (*above, real))

    def _image_folder(self, entries: list[os.DirEntry[str]], file: str) -> None:
        found = len(self.faults)
        for entry in entries:
            place = f"{file}/{entry.name}"
            if self._may_enter(entry, place) and not os.access(entry.path, os.R_OK):
                self._refuse(place, "may not be read by this user", "Change its rights.", code="storage")
        if len(self.faults) > found:
            return  # half an issue is no issue: its pages would be numbered wrongly
        states = [entry.stat() for entry in entries]
        names = tuple(sorted((entry.name for entry in entries), key=natural_key))
        size, time = sum(state.st_size for state in states), max(state.st_mtime_ns for state in states)
        self.scans.append(FoundScan(file, ScanKind.FOLDER, size, time, names))

    def _file(self, entry: os.DirEntry[str], file: str) -> None:
        kind = _KINDS.get(os.path.splitext(entry.name)[1].lower())  # noqa: PTH122 - see above
        if kind is None:
            self._refuse(file, "is not a kind of scan", _KNOWN_HINT)
        elif not os.access(entry.path, os.R_OK):
            self._refuse(file, "may not be read by this user", "Change its rights.", code="storage")
        else:
            state = entry.stat()
            self.scans.append(FoundScan(file, kind, state.st_size, state.st_mtime_ns))

    def _refuse(self, file: str, message: str, hint: str, *, code: str = UnreadableScanError.code) -> None:
        printable = file.encode("utf-8", "backslashreplace").decode()
        self.faults.append(Fault(_CONTROL.sub("?", printable), code, message, hint))


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not _PASSING.fullmatch(entry.name)]


def _is_image(entry: os.DirEntry[str]) -> bool:
    suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - see above
    return _KINDS.get(suffix) is ScanKind.IMAGE and entry.is_file()


def _part_key(part: str) -> tuple[tuple[int, int, str], ...]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", part.casefold()) if not unicodedata.combining(sign))
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in _NUMBER.split(plain) if piece)


def _reason(error: OSError) -> str:
    return f"The system says: {error.strerror or error}."


def _copy_folder(path: Path, raw: Path) -> Path:
    """Copy a folder: of page images whole, under one name; of anything else scan by scan."""
    entries = _entries(path)
    if not entries or not all(_is_image(entry) for entry in entries):
        target = raw / path.name
        target.mkdir(parents=True, exist_ok=True)
        for entry in sorted(entries, key=lambda entry: natural_key(entry.name)):
            if entry.is_dir() or os.path.splitext(entry.name)[1].lower() in _KINDS:  # noqa: PTH122 - see above
                copy_in(Path(entry.path), target)
        return target
    names = tuple(sorted((entry.name for entry in entries), key=natural_key))
    sha256 = hash_scan(path.parent, FoundScan(path.name, ScanKind.FOLDER, 0, 0, names))
    for target in _free_names(raw / path.name, sha256):
        if not target.exists():
            return _copy_whole(path, names, target)
        there = tuple(sorted((entry.name for entry in _entries(target)), key=natural_key)) if target.is_dir() else ()
        if there == names and sha256 == hash_scan(raw, FoundScan(target.name, ScanKind.FOLDER, 0, 0, names)):
            return target
    raise StorageError(path, "cannot be copied in: its name is taken", hint=f"Give it another name than {path.name}.")


def _copy_whole(path: Path, names: tuple[str, ...], target: Path) -> Path:
    passing = target.with_name(f".{target.name}.part")
    passing.mkdir(parents=True, exist_ok=True)
    for name in names:
        _write_durably(path / name, passing / name)
    passing.replace(target)
    _sync_folder(target.parent)
    return target


def _copy_file(path: Path, raw: Path) -> Path:
    sha256 = hash_file(path)
    for target in _free_names(raw / path.name, sha256):
        if not target.exists():
            passing = target.with_name(f".{target.name}.part")
            try:
                _write_durably(path, passing)
                passing.replace(target)
            finally:
                passing.unlink(missing_ok=True)
            _sync_folder(raw)
            return target
        if target.is_file() and hash_file(target) == sha256:
            return target
    raise StorageError(path, "cannot be copied in: its name is taken", hint=f"Give it another name than {path.name}.")


def _free_names(target: Path, sha256: str) -> Iterator[Path]:
    yield target
    yield target.with_name(f"{target.stem}-{sha256[:8]}{target.suffix}")


def _write_durably(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        while chunk := old.read(1 << 20):
            new.write(chunk)
        new.flush()
        os.fsync(new.fileno())
    state = source.stat()
    os.utime(target, ns=(state.st_atime_ns, state.st_mtime_ns))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
