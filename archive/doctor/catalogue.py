"""Is the catalogue there and whole?"""

from collections.abc import Iterator
from contextlib import closing

from archive.catalog.connect import ReadingConnection
from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, note, problem
from archive.errors import BrokenArchiveError
from archive.settings import Settings

_KIND = "catalogue"


def find(settings: Settings) -> Iterator[Finding]:
    """Look at the catalogue: SQLite's own check of every page, and what it counts."""
    path = settings.catalog_path
    if not path.exists() and not settings.ids_path.exists():
        yield note(_KIND, "nothing was taken in yet", hint="Put scans into raw/, then run `archive ingest`.", path=path)
        return
    with open_catalog(path) as catalog:
        with closing(ReadingConnection(path)) as connection:
            damage = [str(row[0]) for row in connection.rows("PRAGMA quick_check(5)")]
        if damage != ["ok"]:
            hint = "Take the file away, then run `archive ingest`: it is made anew from the pages as read, without OCR."
            yield problem(_KIND, BrokenArchiveError(path, f"the catalogue is damaged ({damage[0]})", hint))
            return
        coverage = catalog.coverage()
    yield fine(_KIND, f"the catalogue is whole; issues: {coverage.issues}, pages: {coverage.pages}", path=path)
