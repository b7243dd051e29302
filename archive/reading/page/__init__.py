"""How does one page become a Page?

The one part of reading/ that knows its siblings.

earlier.py   what did an earlier OCR read of this page, and is that better?
how.py       what did the owner choose about reading?
initials.py  which letters are the initials that open paragraphs of a scanned page?
places.py    where does a page stand, and is its file what it is called?
pictures.py  what is printed in the pictures of a page that was born digital?
reading.py   which words does a page hold, by its text layer and by an engine, and which of the two is better?
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.errors import StorageError, UnreadableScanError
from archive.languages import detect_language
from archive.model.pages import BlockRole, Box, Candidate, Page, PageStatus, Scan, ScanKind, TextSource
from archive.reading import cache, scans
from archive.reading.calibration import calibrate_blocks
from archive.reading.images.picture import at_most, save, straighten, turn
from archive.reading.layout import arrange
from archive.reading.page.earlier import NOTHING, compete, find_earlier
from archive.reading.page.how import ReadingSettings, View
from archive.reading.page.places import Folders, Place, count_pages, dump_pages, folder_places, known_folder_places
from archive.reading.page.reading import Reading, load_picture, read_words, sureness
from archive.reading.pdf import documents

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
    "render_page",
]

# A bound volume has hundreds; each page costs a job, a file and a place in the ledger.
MOST_PAGES = 5000
# Raise it when `arrange` or the calibration changes: pages kept under another one are arranged anew from their words.
LAYOUT_VERSION = 4


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
        earlier = find_earlier(folders.root, scan, number, place) if scan.beside else NOTHING
        kept_as = (kept.get("layout"), kept.get("beside", "")) if kept else ()
        if kept and kept_as == (LAYOUT_VERSION, earlier.digest) and (page := _unpacked(kept)):
            return replace(page, number=number)
        readings: tuple[Reading, ...] = ()
        if scan.kind is ScanKind.DUMP:
            page = _dumped(place, number, how)
        else:
            readings, scores = _kept_readings(kept) or read_words(place, how)
            if earlier.file or (kept and kept.get("beside")):
                readings, scores = compete(readings, scores, earlier, how)
            page = _arranged(readings[0], scores, number, how)
    except OSError as error:
        raise _unread(folders.root / scan.file, error) from error
    made = {"layout": LAYOUT_VERSION, "content": place.sha256, "page": cache.pack_page(page)}
    made["readings"] = [_packed(each) for each in readings]
    cache.store(folders.pages, key, made | ({"beside": earlier.digest} if earlier.file else {}))
    return page


def kept_readings(folders: Folders, scan: Scan, number: int, how: ReadingSettings) -> tuple[Reading, ...]:
    """Return the readings of a page that are kept, with the engine's own confidences; none where it was not read."""
    place = locate_page(folders.root, scan, number)
    kept = _kept_readings(cache.load(folders.pages, cache.page_key(place.sha256, place.frame, how.key)))
    return kept[0] if kept else ()


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
    try:
        picture = at_most(load_picture(locate_page(root, scan, view.number), view.dpi, how), view.dpi)
    except OSError as error:
        raise _unread(root / scan.file, error) from error
    try:
        save(straighten(turn(picture, view.turned), view.skew), out, view.number)
    except OSError as error:
        raise StorageError(out, "cannot be written", hint=f"The system says: {error.strerror or error}.") from error


def _unread(path: Path, error: OSError) -> StorageError:
    return StorageError(path, "cannot be read", hint=f"The system says: {error.strerror or error}.")


def _dumped(place: Place, number: int, how: ReadingSettings) -> Page:
    blocks = dump_pages(place.path)[number - 1]
    language = detect_language("\n".join(block.text for block in blocks), how.languages)
    status, reason = (PageStatus.OK, "") if blocks else (PageStatus.EMPTY, "blank page")
    scores = (Candidate(TextSource.TEXT_FILE, 1.0, "the only source of this page"),)
    return Page(number, blocks, TextSource.TEXT_FILE, status, reason, language=language, candidates=scores)


def _arranged(reading: Reading, scores: tuple[Candidate, ...], number: int, how: ReadingSettings) -> Page:
    blocks = calibrate_blocks(arrange(reading.words, width=reading.width, height=reading.height, drawn=reading.drawn))
    text = [block for block in blocks if block.role is not BlockRole.PICTURE]
    words = [word for block in text for line in block.lines for word in line.words]
    confidence = round(sureness(words), 4) if any(word.confidence is not None for word in words) else None
    status, reason = PageStatus.OK, ""
    if not words:
        status, reason = PageStatus.EMPTY, "blank page" if not reading.words else "nothing on this page reads as text"
    elif confidence is not None and confidence < how.low_confidence:
        status, reason = PageStatus.LOW, f"about {_one_in(confidence)} is misread"
    return Page(
        number=number,
        blocks=blocks,
        text_source=reading.source,
        status=status,
        reason=reason,
        width=round(reading.width, 2),
        height=round(reading.height, 2),
        turned=reading.turned,
        skew=reading.skew,
        language=detect_language("\n".join(block.text for block in text), how.languages),
        candidates=scores,
        reader=reading.reader,
        confidence=confidence,
    )


def _one_in(confidence: float) -> str:
    """Say how many words are wrong where this share of them is right."""
    wrong = 1.0 - confidence
    return f"1 word in {max(2, round(1 / wrong))}" if wrong < 0.5 else "every second word"  # noqa: PLR2004


def _packed(reading: Reading) -> dict[str, Any]:
    facts = {name: getattr(reading, name) for name in ("source", "width", "height", "reader", "turned", "skew")}
    drawn = [[round(side, 1) for side in (box.x0, box.y0, box.x1, box.y1)] for box in reading.drawn]
    return facts | {"words": cache.pack_words(reading.words), "drawn": drawn}


def _unpacked(kept: Mapping[str, Any]) -> Page | None:
    try:
        return cache.unpack_page(kept["page"])
    except (KeyError, TypeError, ValueError, StopIteration, RuntimeError):
        return None  # damaged, or of a version that kept pages otherwise


def _kept_readings(kept: Mapping[str, Any] | None) -> tuple[tuple[Reading, ...], tuple[Candidate, ...]] | None:
    """Return what we read of a page whose words have to be arranged anew; an earlier OCR is asked again."""
    page = _unpacked(kept) if kept else None
    if not kept or page is None or not kept.get("readings"):
        return None
    readings = []
    for each in kept["readings"]:
        if each["source"] == TextSource.TEXT_FILE:
            continue
        facts = {name: value for name, value in each.items() if name not in {"source", "words", "drawn"}}
        drawn = tuple(Box(*sides) for sides in each.get("drawn", ()))
        words = cache.unpack_words(each["words"])
        readings.append(Reading(TextSource(each["source"]), words, drawn=drawn, **facts))
    return tuple(readings), tuple(each for each in page.candidates if each.source is not TextSource.TEXT_FILE)
