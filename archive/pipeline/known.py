"""What is known of each scan before an ingest, and what did people decide about it?"""

from archive.catalog.rows import ScanState
from archive.catalog.store import open_catalog
from archive.errors import BrokenArchiveError
from archive.pipeline.decisions.book import Book
from archive.pipeline.withdrawals import Withdrawals
from archive.settings import Settings


def read_states(
    settings: Settings, book: Book, withdrawals: Withdrawals
) -> tuple[dict[str, ScanState], dict[str, frozenset[str]]]:
    """Return what is known of each scan, and the corrections about each."""
    if not settings.catalog_path.exists():
        return {}, {}
    try:
        catalog = open_catalog(settings.catalog_path)
    except BrokenArchiveError:
        catalog = open_catalog(settings.catalog_path, write=True)  # brings an older one up to date
    with catalog:
        decided = withdrawals.decided(catalog, settings, book.corrections, book.by_file(catalog))
        return catalog.scan_states(), decided
