"""How does one page become a Page?

The one part of reading/ that knows its siblings.

anew.py      how is a page made that is not kept as it should be?
earlier.py   what did an earlier OCR read of this page, and is that better?
how.py       what did the owner choose about reading?
initials.py  which letters are the initials that open paragraphs of a scanned page?
locked.py    what is known of an encrypted scan whose password is not at hand?
looks.py     what does an engine see on a picture of a page, looked at once or more?
paper.py     how large is the paper that a page of a PDF shows, and how finely is it to be drawn?
places.py    where does a page stand, and is its file what it is called?
pictures.py  what is printed in the pictures of a page that was born digital?
reading.py   which words does a page hold, by its text layer and by an engine, and which of the two is better?
tilt.py      where do words and boxes of a tilted picture stand on the straight page?

A page that is kept needs none of the libraries that read: what uses them is loaded when a page is read or drawn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import StorageError, UnreadableScanError
from archive.model.pages import Page, Scan, ScanKind
from archive.placing import placed
from archive.reading import cache, scans
from archive.reading.page.how import ReadingSettings, View
from archive.reading.page.locked import facts_kept, facts_to_keep, recall_scan
from archive.reading.page.places import Folders, Place, count_pages, folder_places, known_folder_places
from archive.reading.pdf import documents

if TYPE_CHECKING:
    from archive.reading.page.earlier import Earlier
    from archive.reading.page.looks import Reading

__all__ = [
    "Folders",
    "ReadingSettings",
    "View",
    "is_cached",
    "kept_readings",
    "locate_page",
    "open_scan",
    "read_metadata",
    "read_page",
    "recall_scan",
    "render_page",
]

# A bound volume has hundreds; each page costs a job, a file and a place in the ledger.
MOST_PAGES = 5000
# Raise it when `arrange` or the calibration changes: pages kept under another one are arranged anew from their words.
LAYOUT_VERSION = 8


def open_scan(root: Path, found: scans.FoundScan, how: ReadingSettings) -> Scan:
    """Open a scan: see that it is what its name says, count its pages and take its sha256.

    Raises:
        UnreadableScanError: it is empty, damaged, encrypted, without pages, or something else than its name says.
        StorageError: it cannot be read from disk.
    """
    path = root / found.file
    try:
        if found.kind is ScanKind.FOLDER:
            sha256 = scans.hash_scan(root, found)
            count = len(folder_places(path, sha256))
        else:
            count = count_pages(path, found.kind, password=how.password)
            sha256 = scans.hash_scan(root, found)
    except OSError as error:
        raise _unread(path, error) from error
    if count > MOST_PAGES:
        hint = "Cut it into files of one issue each."
        raise UnreadableScanError(path, f"has {count:,} pages, more than {MOST_PAGES:,}", hint)
    return Scan(found.file, sha256, found.kind, found.size, found.mtime_ns, count, found.beside)


def read_page(folders: Folders, scan: Scan, number: int, how: ReadingSettings, *, again: bool = False) -> Page:
    """Return one page (from 1), as kept from an earlier reading or read now and kept; `again`: read in any case.

    Raises:
        ArchiveWriteError: what was read cannot be kept.
        UnreadableScanError: this page cannot be read; others of the scan may be.
        MissingPartError: the engine or a language pack is not installed.
        StorageError: the scan cannot be read from disk.
    """
    try:
        place = locate_page(folders.root, scan, number)
        key = cache.page_key(place.sha256, place.frame, how.key)
        kept = None if again else cache.load(folders.pages, key)
        earlier = _find_earlier(folders.root, scan, number, place)
        kept_as = (kept.get("layout"), kept.get("beside", "")) if kept else ()
        if kept and kept_as == (LAYOUT_VERSION, earlier.digest if earlier else "") and (page := cache.page_of(kept)):
            return replace(page, number=number)
        from archive.reading.page import anew

        with _naming(scan, place):
            page, readings = anew.make_page(place, number, how, anew.Known(kept or {}, earlier))
    except OSError as error:
        raise _unread(folders.root / scan.file, error) from error
    made = {"layout": LAYOUT_VERSION, "content": place.sha256, "page": cache.pack_page(page), "readings": readings}
    made |= facts_kept(kept) or facts_to_keep(place.path, scan, number, how)
    cache.store(folders.pages, key, made | ({"beside": earlier.digest} if earlier and earlier.file else {}))
    return page


def kept_readings(folders: Folders, scan: Scan, number: int, how: ReadingSettings) -> "tuple[Reading, ...]":
    """Return the readings of a page that are kept, with the engine's own confidences; none where it was not read."""
    from archive.reading.page import anew

    place = locate_page(folders.root, scan, number)
    kept = cache.load(folders.pages, cache.page_key(place.sha256, place.frame, how.key))
    readings = anew.kept_readings(kept or {})
    return readings[0] if readings else ()


def _find_earlier(root: Path, scan: Scan, number: int, place: Place) -> "Earlier | None":
    if not scan.beside:
        return None
    from archive.reading.page.earlier import find_earlier

    return find_earlier(root, scan, number, place)


def locate_page(root: Path, scan: Scan, number: int) -> Place:
    """Return the file in which a page stands and its number there; of a folder, one of its images."""
    path = root / scan.file
    if scan.kind is ScanKind.FOLDER:
        return folder_places(path, scan.sha256)[number - 1]
    return Place(path, scan.kind, scan.sha256, number)


def is_cached(scan: Scan, number: int, how: ReadingSettings, cache_dir: Path) -> bool:
    """Tell whether a page was read before under these settings.

    The pages of a folder are known by their images, so for a folder that this process did not open the answer is no;
    `read_page` then still finds what is kept.
    """
    if scan.kind is not ScanKind.FOLDER:
        return cache.has(cache_dir, cache.page_key(scan.sha256, number, how.key))
    places = known_folder_places(scan.sha256)
    return number <= len(places) and cache.has(
        cache_dir, cache.page_key(places[number - 1].sha256, places[number - 1].frame, how.key)
    )


def read_metadata(root: Path, scan: Scan, how: ReadingSettings) -> dict[str, str]:
    """Return what a PDF says about itself (Title, Author, CreationDate, …); nothing for other kinds of scan."""
    if scan.kind is not ScanKind.PDF:
        return {}
    return documents.read_metadata(root / scan.file, password=how.password)


def render_page(root: Path, scan: Scan, view: View, how: ReadingSettings, out: Path) -> None:
    """Draw a page into a file, whose extension says in which format.

    Raises:
        UnreadableScanError: the page cannot be drawn, or is a dump, which has no picture.
        StorageError: the scan cannot be read, or the file cannot be written.
    """
    if scan.kind is ScanKind.DUMP:
        raise UnreadableScanError(root / scan.file, "is a text file: its pages have no picture")
    from archive.reading.images.picture import at_most, frame, save, straighten, turn
    from archive.reading.page.reading import load_picture

    try:
        picture = at_most(load_picture(locate_page(root, scan, view.number), view.dpi, how), view.dpi)
    except OSError as error:
        raise _unread(root / scan.file, error) from error
    with placed(out) as part:
        upright = straighten(turn(picture, view.turned), view.skew)
        save(frame(upright, view.frames, view.width), part, view.number)


def _unread(path: Path, error: OSError) -> StorageError:
    return StorageError(path, "cannot be read", hint=f"The system says: {error.strerror or error}.")


@contextmanager
def _naming(scan: Scan, place: Place) -> Iterator[None]:
    """Where the scan is a folder of page images, name the one that cannot be read."""
    try:
        yield
    except UnreadableScanError as error:
        if scan.kind is not ScanKind.FOLDER:
            raise
        message = f"{place.path.name}: {error.message}"
        # The cause stays the first one: a full disk behind it ends the run.
        raise UnreadableScanError(error.path, message, error.hint) from error.__cause__
