"""Are the pages as read there and whole, and each in its own place?"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from archive.catalog.rows import LedgerPage, ScanState
from archive.catalog.store import Catalog, open_catalog
from archive.catalog.withdrawals import COVER
from archive.doctor.finding import Finding, fine, problem
from archive.errors import ArchiveError, BrokenArchiveError
from archive.reading import cache
from archive.settings import Settings

_KIND = "kept"
_READ = ("ok", "low", "empty")
# A page that stands in another's place differs from it, if only by a word of a short one.
_LEAST_SAME = 0.99


def find(settings: Settings) -> Iterator[Finding]:
    """Look at every page as read, and compare those of each scan with the catalogue."""
    damaged = [path for path in sorted(settings.pages_dir.glob("*/*.json.gz")) if _load(path) is None]
    for path in damaged:
        hint = "Run `archive doctor --repair`: the page is read again from its scan."
        yield problem(_KIND, BrokenArchiveError(path, "a page as read is damaged", hint), remedy="page")
    count = 0
    bad = set[str]()
    if settings.catalog_path.exists():
        with open_catalog(settings.catalog_path) as catalog:
            for page, place in _expected(settings, catalog):
                count += 1
                kept = _load(place)
                if kept is not None and _is_same(kept, catalog, page):
                    continue
                if kept is not None:
                    error = BrokenArchiveError(place, "holds another page than it should", "Run it with `--repair`.")
                    yield problem(_KIND, error, remedy="page")
                bad.add(page.file)
    for file in sorted(bad):
        hint = "Run `archive doctor --repair`: they are read again; the text in the catalogue is whole."
        yield problem(_KIND, BrokenArchiveError(file, "pages as read of this scan are missing", hint), remedy="scan")
    if not damaged and not bad:
        yield fine(_KIND, f"pages as read, all whole: {count}", path=settings.pages_dir)


def _load(path: Path) -> dict[str, object] | None:
    kept = cache.load(path.parents[1], path.name.removesuffix(".json.gz"))
    if kept is None:
        return None
    try:
        cache.unpack_page(kept["page"])
    except (KeyError, TypeError, ValueError, StopIteration, RuntimeError):
        return None
    return kept


def _expected(settings: Settings, catalog: Catalog) -> Iterator[tuple[LedgerPage, Path]]:
    """Yield the pages that were read under the settings in force, each with the place where it is kept."""
    states = catalog.scan_states()
    contents: dict[str, list[tuple[str, int]]] = {}
    for page in catalog.pages(_READ):
        state = states[page.file]
        place = settings.root / page.file
        if state.reading_key != settings.reading_key() or not os.path.exists(place):  # noqa: PTH110 - Path's raises where a folder cannot be read
            continue
        if page.file not in contents:
            contents[page.file] = _contents(place, state) if place.is_dir() else []
        known = contents[page.file]
        if place.is_dir() and len(known) < page.page.number:
            continue
        content, frame = known[page.page.number - 1] if known else (page.sha256, page.page.number)
        key = cache.page_key(content, frame, state.reading_key)
        yield page, settings.pages_dir / key[:2] / f"{key}.json.gz"


def _contents(folder: Path, state: ScanState) -> list[tuple[str, int]]:
    """Return the sha256 of the image, and the frame in it, for each page of a folder."""
    from archive.reading.page.places import folder_places

    try:
        return [(place.sha256, place.frame) for place in folder_places(folder, state.sha256)]
    except ArchiveError:
        return []  # scans.py tells


def _is_same(kept: dict[str, object], catalog: Catalog, page: LedgerPage) -> bool:
    """Tell whether what is kept is this page, by its words in the catalogue, but for those that were withdrawn."""
    transcript = catalog.transcript(page.issue_id) if page.issue_id else None
    if transcript is None:
        return True
    words = (transcript.raw[word.start : word.end] for word in transcript.words if word.page == page.page.number)
    ours = Counter(word for word in words if COVER not in word)
    read = cache.unpack_page(kept["page"])  # type: ignore[arg-type]
    theirs = Counter(word.text for block in read.blocks for line in block.lines for word in line.words)
    most = ours.total() if COVER in transcript.raw else max(ours.total(), theirs.total())
    return not most or (ours & theirs).total() >= _LEAST_SAME * most
