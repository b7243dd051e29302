"""Does the full-text index show what the catalogue holds?"""

from collections.abc import Iterator

from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, problem
from archive.errors import BrokenArchiveError
from archive.search import load_backend
from archive.settings import Settings

_KIND = "index"


def find(settings: Settings) -> Iterator[Finding]:
    """Look at the index and compare its stamp with the catalogue's generation."""
    if not settings.catalog_path.exists():
        return
    with open_catalog(settings.catalog_path) as catalog:
        generation = catalog.generation()
    stamp = load_backend().open(settings.whoosh_dir).stamp()
    if stamp == generation:
        yield fine(_KIND, "the index shows all that the catalogue holds", path=settings.whoosh_dir)
    else:
        message = f"the index is behind the catalogue (it shows change {stamp} of {generation})"
        yield problem(_KIND, BrokenArchiveError(settings.whoosh_dir, message, "Run `archive reindex`."))
