"""What part of the archive was looked at?"""

from typing import TYPE_CHECKING

from archive.catalog.store import Catalog, open_catalog
from archive.errors import BrokenArchiveError
from archive.model.search import Coverage
from archive.settings import Settings

if TYPE_CHECKING:
    from archive.protocols import Backend


def coverage(settings: Settings) -> Coverage:
    """Count the issues and, by status, the pages that a search looks at; an index that is missing is behind."""
    from archive.search import load_backend

    with open_catalog(settings.catalog_path) as catalog, load_backend().open(settings.whoosh_dir) as backend:
        try:
            return covered(catalog, backend)
        except BrokenArchiveError:
            return catalog.coverage()._replace(index_behind=True)


def covered(catalog: Catalog, backend: "Backend") -> Coverage:
    """Count what a search looks at, and tell whether the index is behind the catalogue."""
    return catalog.coverage()._replace(index_behind=backend.stamp() != catalog.generation())
