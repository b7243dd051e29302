"""Which files are scans, and are they new?"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.arrivals import PASSING
from archive.errors import StorageError, UnreadableScanError
from archive.model.issues import Fault
from archive.model.pages import ScanKind
from archive.reading.earlier.names import is_earlier, share_out

KINDS = {
    ".pdf": ScanKind.PDF,
    ".png": ScanKind.IMAGE,
    ".jpg": ScanKind.IMAGE,
    ".jpeg": ScanKind.IMAGE,
    ".tif": ScanKind.IMAGE,
    ".tiff": ScanKind.IMAGE,
    ".txt": ScanKind.DUMP,
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NO_TEXT = re.compile(r"[\ud800-\udfff]")  # how Python stands for bytes that are not UTF-8
_RENAME = "Give it another name, then run `archive ingest`."
_NUMBER = re.compile(r"(\d+)")
KNOWN_HINT = "An archive takes PDF, PNG, JPEG and TIFF files, folders of page images, and .txt files of earlier OCR."


@dataclass(frozen=True, slots=True)
class FoundScan:
    """A file or a folder of page images in `raw/`, not yet opened.

    `file` is relative to the archive with `/` between parts. Of a folder, `size` is the sum over its images, `mtime_ns`
    the latest time of change and `members` their names in natural order; `members` is empty for a file. `beside` are
    the files of earlier OCR that belong to it, relative to the archive; `mtime_ns` is not before any of them came.
    """

    file: str
    kind: ScanKind
    size: int
    mtime_ns: int
    members: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def list_scans(root: Path, raw: Path) -> tuple[tuple[FoundScan, ...], tuple[Fault, ...]]:
    """List the scans in `raw`, in natural order of their names, and what was refused and why.

    A folder that holds only images is one scan, any other folder is a shelf and is walked. Files of earlier OCR go with
    their scan. Hidden files and what copying programs leave behind are passed over in silence. Nothing is opened: the
    kind follows from the extension.

    Raises:
        StorageError: `raw` itself is missing or cannot be read.
    """
    base = raw.relative_to(root).as_posix()
    walk = _Walk(tuple(f"{os.path.realpath(place)}{os.sep}" for place in (root, raw)))
    try:
        entries = list_entries(raw)
    except OSError as error:
        raise StorageError(raw, "this folder of scans cannot be read", hint=told(error)) from error
    walk.shelf(entries, base, (os.path.realpath(raw),))
    walk.scans.sort(key=lambda scan: natural_key(scan.file))
    walk.faults.sort(key=lambda fault: natural_key(fault.path))
    return tuple(walk.scans), tuple(walk.faults)


def natural_key(name: str) -> tuple[object, ...]:
    """Return a key that sorts names as people do: `page-2` before `page-10`, case and accents of little weight."""
    return (tuple(_part_key(part) for part in name.split("/")), name)


def check_name(path: Path) -> None:
    """Refuse the name of a scan that no list could show as it is.

    Raises:
        UnreadableScanError: it holds a line feed or another control character, or is not UTF-8.
    """
    if fault := _fault_of_name(path.name):
        raise UnreadableScanError(path, fault, hint=_RENAME)


def shown(file: str) -> str:
    """Return the name of a file as lists show it: what cannot be shown is a question mark or an escape."""
    return _CONTROL.sub("?", file.encode("utf-8", "backslashreplace").decode())


def may_hide(unread: str, file: str) -> bool:
    """Tell whether a scan may be there unseen because a file or folder cannot be read: it lies in it, or holds it."""
    return file.startswith(f"{unread}/") or unread.startswith(f"{file}/")


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
        raise StorageError(path, "cannot be read", hint=told(error)) from error


def list_members(folder: Path) -> tuple[str, ...]:
    """Return the names of the page images in a folder, in natural order.

    Raises:
        StorageError: the folder cannot be read.
    """
    try:
        return tuple(sorted((entry.name for entry in list_entries(folder) if is_image(entry)), key=natural_key))
    except OSError as error:
        raise StorageError(folder, "cannot be read", hint=told(error)) from error


@dataclass(frozen=True, slots=True)
class _Beside:
    """The files of earlier OCR of one scan, relative to the archive, and when the last of them came or changed."""

    files: tuple[str, ...]
    time_ns: int


@dataclass(slots=True)
class _Walk:
    """A walk through the shelves; `inside` are the real places, with a separator at the end, that links may lead to."""

    inside: tuple[str, ...]
    scans: list[FoundScan] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def shelf(self, entries: Sequence[os.DirEntry[str]], base: str, above: tuple[str, ...]) -> None:
        """Sort the files and folders of one folder into scans, what lies beside them, and faults."""
        earlier = {entry.name: entry for entry in entries if is_earlier(entry.name) and entry.is_file()}
        scans = [entry for entry in entries if entry.name not in earlier]
        shares = share_out(earlier, (entry.name for entry in scans))
        for name in earlier.keys() - {name for share in shares.values() for name in share}:
            hint = "Call it as its scan is called: x.hocr or x.xml beside x.pdf."
            self._refuse(f"{base}/{name}".removeprefix("./"), "is no scan, nor earlier OCR of one that is here", hint)
        for entry in scans:
            file = f"{base}/{entry.name}".removeprefix("./")
            if not self._may_enter(entry, file):
                continue
            try:
                beside = self._beside([earlier[name] for name in shares.get(entry.name, ())], base)
                if entry.is_dir():
                    self._folder(entry, file, above, beside)
                elif entry.is_file():
                    self._file(entry, file, beside)
                else:
                    self._refuse(file, "is neither a file nor a folder", "Move it out of the folder of scans.")
            except OSError as error:
                message = "cannot be read" + ("; what was taken in from this folder stays" if entry.is_dir() else "")
                self._refuse(file, message, f"{told(error)} Change its rights, or see to its disk.", code="storage")

    def _may_enter(self, entry: os.DirEntry[str], file: str) -> bool:
        if fault := _fault_of_name(entry.name):
            self._refuse(file, fault, _RENAME)
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

    def _beside(self, entries: Sequence[os.DirEntry[str]], base: str) -> "_Beside":
        """Return files of earlier OCR that may be read, and when the last of them came or changed."""
        files = {f"{base}/{entry.name}".removeprefix("./"): entry for entry in entries}
        kept = {file: entry.stat() for file, entry in files.items() if self._may_enter(entry, file)}
        return _Beside(tuple(kept), max((max(each.st_mtime_ns, each.st_ctime_ns) for each in kept.values()), default=0))

    def _folder(self, entry: os.DirEntry[str], file: str, above: tuple[str, ...], beside: "_Beside") -> None:
        real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
        if f"{above[0]}{os.sep}".startswith(f"{real}{os.sep}") or real in above:
            self._refuse(file, "is a link to a folder that it lies in", "Remove the link.")
            return
        entries = list_entries(entry.path)
        images = [member for member in entries if not is_earlier(member.name)]
        if images and all(is_image(member) for member in images):
            within = self._beside([member for member in entries if is_earlier(member.name)], file)
            files, time = (*beside.files, *within.files), max(beside.time_ns, within.time_ns)
            self._image_folder(images, file, _Beside(files, time))
        else:
            self.shelf(entries, file, (*above, real))

    def _image_folder(self, entries: list[os.DirEntry[str]], file: str, beside: "_Beside") -> None:
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
        self.scans.append(FoundScan(file, ScanKind.FOLDER, size, max(time, beside.time_ns), names, beside.files))

    def _file(self, entry: os.DirEntry[str], file: str, beside: "_Beside") -> None:
        kind = KINDS.get(os.path.splitext(entry.name)[1].lower())  # noqa: PTH122 - see above
        if kind is None:
            self._refuse(file, "is not a kind of scan", KNOWN_HINT)
        elif not os.access(entry.path, os.R_OK):
            self._refuse(file, "may not be read by this user", "Change its rights.", code="storage")
        else:
            state = entry.stat()
            time = max(state.st_mtime_ns, beside.time_ns)
            self.scans.append(FoundScan(file, kind, state.st_size, time, beside=beside.files))

    def _refuse(self, file: str, message: str, hint: str, *, code: str = UnreadableScanError.code) -> None:
        self.faults.append(Fault(shown(file), code, message, hint))


def list_entries(folder: Path | str) -> list[os.DirEntry[str]]:
    """List a folder without what copying programs leave behind."""
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not PASSING.fullmatch(entry.name)]


def is_image(entry: os.DirEntry[str]) -> bool:
    """Tell whether a file is a page image, by its name."""
    suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - see above
    return KINDS.get(suffix) is ScanKind.IMAGE and entry.is_file()


def _fault_of_name(name: str) -> str:
    """Say what is wrong with the name of a file; lists, tables and corrections have one name a line."""
    if _NO_TEXT.search(name):
        return "has a name that is not UTF-8 text"
    return "has a line feed or another control character in its name" if _CONTROL.search(name) else ""


def _part_key(part: str) -> tuple[tuple[int, int, str], ...]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", part.casefold()) if not unicodedata.combining(sign))
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in _NUMBER.split(plain) if piece)


def told(error: OSError) -> str:
    """Say what the system said."""
    return f"The system says: {error.strerror or error}."
