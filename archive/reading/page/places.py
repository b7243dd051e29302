"""Where does a page stand, and is its file what it is called?"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.errors import UnreadableScanError
from archive.model.pages import Block, ScanKind
from archive.reading import dumps, scans
from archive.reading.pdf import documents

_ANEW = "Copy it anew from where it came from."
# How files begin, whatever they are called, and what that is in plain words.
_BEGINNINGS = {
    b"\x89PNG": (ScanKind.IMAGE, "a PNG image", ".png"),
    b"\xff\xd8\xff": (ScanKind.IMAGE, "a JPEG image", ".jpg"),
    b"II*\0": (ScanKind.IMAGE, "a TIFF image", ".tif"),
    b"MM\0*": (ScanKind.IMAGE, "a TIFF image", ".tif"),
    b"II+\0": (ScanKind.IMAGE, "a TIFF image", ".tif"),
    b"%PDF-": (ScanKind.PDF, "a PDF", ".pdf"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """The file that holds a page, its kind and sha256, and the page's number in it, from 1."""

    path: Path
    kind: ScanKind
    sha256: str
    frame: int


@dataclass(frozen=True, slots=True)
class Folders:
    """Where an archive's files lie: the names of scans start from `root`, what was read of pages is kept in `pages`."""

    root: Path
    pages: Path


# Where the pages of the folder that was looked at last stand, by its sha256.
_FOLDERS: dict[str, tuple[Place, ...]] = {}


def count_pages(path: Path, kind: ScanKind, *, password: str = "") -> int:
    """Count the pages of a file.

    Raises:
        UnreadableScanError: it is empty, damaged, encrypted, without pages, or something else than its name says.
    """
    check_kind(path, kind)
    if kind is ScanKind.PDF:
        return documents.count_pages(path, password=password)
    if kind is ScanKind.DUMP:
        return len(dump_pages(path))
    from archive.reading.images import loading  # loads what reads images

    return loading.count_frames(path)


def folder_places(folder: Path, sha256: str) -> tuple[Place, ...]:
    """Return where the pages of a folder of page images stand, in order.

    Raises:
        UnreadableScanError: one of its images is damaged or none.
    """
    if sha256 not in _FOLDERS:
        _FOLDERS.clear()
        places: list[Place] = []
        for name in scans.list_members(folder):
            path = folder / name
            count = _count_frames(path)
            content = scans.hash_file(path)
            places += [Place(path, ScanKind.IMAGE, content, frame) for frame in range(1, count + 1)]
        _FOLDERS[sha256] = tuple(places)
    return _FOLDERS[sha256]


def _count_frames(path: Path) -> int:
    """Count the pages in an image of a folder; what is wrong with it is told of the folder."""
    try:
        return count_pages(path, ScanKind.IMAGE)
    except UnreadableScanError as error:
        message = f"holds a page image that cannot be read: {path.name} {error.message}"
        hint = f"{error.hint} To take in the other pages without it, move it out of the folder.".strip()
        raise UnreadableScanError(path.parent, message, hint=hint) from error.__cause__


def known_folder_places(sha256: str) -> tuple[Place, ...]:
    """Return the same for the folder that this process looked at last, nothing for any other."""
    return _FOLDERS.get(sha256, ())


def dump_pages(path: Path) -> tuple[tuple[Block, ...], ...]:
    """Read a dump, once for all its pages."""
    return _read_dump(path, path.stat().st_mtime_ns)


def check_kind(path: Path, kind: ScanKind) -> None:
    """Refuse a file that is empty or not what its name says, with the name that it should have where that is known.

    Raises:
        UnreadableScanError: it is another kind of file.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise UnreadableScanError(path, "is empty", hint=_ANEW)
    real = next((found for start, found in _BEGINNINGS.items() if head.startswith(start)), None)
    if real and real[0] is not kind:
        message = f"is called {path.suffix.lower()} but is {real[1]}"
        raise UnreadableScanError(path, message, hint=f"Rename it so that its name ends in {real[2]}.")
    known = real is not None or kind is ScanKind.DUMP or (kind is ScanKind.PDF and b"%PDF-" in head)
    if not known:  # what is called a dump and is no text is refused where it is read
        what = "a PDF" if kind is ScanKind.PDF else "a PNG, JPEG or TIFF image"
        raise UnreadableScanError(path, f"is not {what}: it is damaged or something else", hint=_ANEW)


@lru_cache(maxsize=1)
def _read_dump(path: Path, mtime_ns: int) -> tuple[tuple[Block, ...], ...]:
    del mtime_ns  # it tells a changed file from the one that was read
    return dumps.read_dump(path)
