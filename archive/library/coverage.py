"""What part of the archive was looked at?"""

from archive.catalog.store import open_catalog
from archive.errors import BrokenArchiveError
from archive.model.search import Coverage
from archive.settings import Settings


def coverage(settings: Settings) -> Coverage:
    """Count the issues and, by status, the pages that a search looks at; an index that is missing is behind."""
    from archive.search import load_backend

    with open_catalog(settings.catalog_path) as catalog, load_backend().open(settings.whoosh_dir) as backend:
        try:
            behind = backend.stamp() != catalog.generation()
        except BrokenArchiveError:
            behind = True
        return catalog.coverage()._replace(index_behind=behind)
