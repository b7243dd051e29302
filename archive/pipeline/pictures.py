"""What does a page look like? For `show --image` and whatever else wants a picture; the page lies upright in it."""

import json
from pathlib import Path

from archive.catalog.rows import LedgerPage
from archive.catalog.store import open_catalog
from archive.errors import StorageError, UsageError
from archive.ids import make_page_id
from archive.model.pages import Box
from archive.pipeline.withdrawals import refuse_picture
from archive.reading.page import ReadingSettings, View, open_scan, render_page
from archive.reading.scans import FoundScan, list_scans
from archive.settings import Settings

FORMATS = (".png", ".jpg", ".jpeg")


def draw_page(settings: Settings, given: str, out: Path, *, dpi: float = 150, unread: bool = False) -> str:
    """Draw a page into a file and return the page's id.

    Args:
        settings: The archive.
        given: The id of a page, or of a section or an issue, of which the first page is drawn.
        out: The file to make; its extension, one of `FORMATS`, says in which format.
        dpi: The resolution, or less where the scan has less.
        unread: Frame the print that was not read.

    Raises:
        UsageError: there is no such page, or no such format.
        StorageError: the scan is not there any more as it came in, or the file cannot be written.
        UnreadableScanError: the page cannot be drawn, or is of a text file.
    """
    if out.suffix.lower() not in FORMATS:
        raise UsageError(out, "a picture is written as PNG or JPEG", hint="Let the name end in .png or .jpg.")
    page = _find(settings, given)
    found = _find_scan(settings, page)
    how = ReadingSettings(
        languages=settings.languages,
        max_page_megapixels=settings.max_page_megapixels,
        password=settings.password,
    )
    scan = open_scan(settings.root, found, how)
    if scan.sha256 != page.sha256:
        hint = "If that was meant, run `archive ingest`; if not, put it back from a backup."
        raise StorageError(page.file, "has changed since it was taken in", hint)
    boxes = tuple(Box(*sides) for sides in json.loads(page.page.unread_boxes)) if unread else ()
    row = page.page
    view = View(row.number, dpi=dpi, turned=row.turned, skew=row.skew, frames=boxes, width=row.width)
    render_page(settings.root, scan, view, how, out)
    return page.id


def _find(settings: Settings, given: str) -> LedgerPage:
    with open_catalog(settings.catalog_path) as catalog:
        if section := catalog.section(given):
            page = catalog.page(make_page_id(section["issue_id"], section["pages"][0]))
        elif catalog.issue(given):
            page = next(iter(catalog.pages_of_issue(given)), None)
        else:
            page = catalog.page(given)
        if page is None:
            raise UsageError(None, f"there is no page `{given}`", hint="`archive pages` lists them.")
        refuse_picture(settings, catalog, page)
    return page


def _find_scan(settings: Settings, page: LedgerPage) -> FoundScan:
    found, _ = list_scans(settings.root, settings.raw_dir)
    for scan in found:
        if scan.file == page.file:
            return scan
    raise StorageError(page.file, "the scan is not there any more", hint="Put it back into raw/.")
