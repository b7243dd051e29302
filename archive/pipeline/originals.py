"""Where does the picture of a page stand, as it came in? For exports that carry it along untouched."""

from archive.catalog.store import open_catalog
from archive.errors import StorageError, UnreadableScanError, UsageError
from archive.model.exports import Original
from archive.model.pages import ScanKind
from archive.pipeline.withdrawals import refuse_picture
from archive.reading.page.places import folder_places
from archive.reading.scans import FoundScan, hash_scan, list_scans
from archive.settings import Settings


class Originals:
    """Finds the pictures of pages for one export, which looks at each scan once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._scans: dict[str, FoundScan] | None = None
        self._checked = ""

    def find(self, page_id: str) -> Original:
        """Return the file that a page stands in, after a look whether its bytes are those that were taken in.

        Raises:
            UsageError: there is no such page.
            StorageError: the scan is gone or has changed.
            UnreadableScanError: it is a text file: its pages have no picture; or it shows what was withdrawn.
        """
        with open_catalog(self._settings.catalog_path) as catalog:
            page = catalog.page(page_id)
            if page is None:
                raise UsageError(None, f"there is no page `{page_id}`", hint="`archive pages` lists them.")
            refuse_picture(self._settings, catalog, page)
        found = self._scan(page.file, page.sha256)
        if found.kind is ScanKind.DUMP:
            raise UnreadableScanError(page.file, "is a text file: its pages have no picture")
        path = self._settings.root / found.file
        if found.kind is ScanKind.FOLDER:
            place = folder_places(path, page.sha256)[page.page.number - 1]
            return Original(place.path, place.frame)
        return Original(path, page.page.number, self._settings.password)

    def _scan(self, file: str, sha256: str) -> FoundScan:
        """Return a scan as it lies in raw/; the pages of one scan come one after the other."""
        if self._scans is None:
            found, _ = list_scans(self._settings.root, self._settings.raw_dir)
            self._scans = {scan.file: scan for scan in found}
        scan = self._scans.get(file)
        if scan is None:
            raise StorageError(file, "the scan is not there any more", hint="Put it back into raw/.")
        if self._checked != file:
            self._check(scan, sha256)
            self._checked = file
        return scan

    def _check(self, scan: FoundScan, sha256: str) -> None:
        try:
            same = hash_scan(self._settings.root, scan) == sha256
        except OSError as error:
            raise StorageError(
                scan.file, f"cannot be read ({error.strerror})", hint="Check its permissions."
            ) from error
        if not same:
            hint = "If that was meant, run `archive ingest`; if not, put it back from a backup."
            raise StorageError(scan.file, "has changed since it was taken in", hint)
