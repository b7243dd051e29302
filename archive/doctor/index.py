"""Does the full-text index show what the catalogue holds?"""

from collections.abc import Iterator
from contextlib import closing

from archive.catalog.store import open_catalog
from archive.doctor.finding import Finding, fine, problem
from archive.errors import ArchiveError, BrokenArchiveError
from archive.search.whoosh.snapshot import Snapshot
from archive.search.whoosh.stamp import Stamp, checked_stamp, guarded
from archive.settings import Settings

_KIND = "index"
_HINT = "Run `archive reindex`."


def find(settings: Settings) -> Iterator[Finding]:
    """Read every byte of the index, and compare its stamp and its sections with the catalogue."""
    if not settings.catalog_path.exists():
        return
    with open_catalog(settings.catalog_path) as catalog:
        generation = catalog.generation()
        wanted = {section["id"] for section in catalog.for_index()}
    if not wanted and not settings.whoosh_dir.exists():
        return
    try:
        stamp = checked_stamp(settings.whoosh_dir, every_byte=True)
        held = guarded(stamp, lambda: _ids(stamp))
    except (ArchiveError, OSError) as error:
        told = error if isinstance(error, ArchiveError) else BrokenArchiveError(settings.whoosh_dir, str(error), _HINT)
        yield problem(_KIND, told, remedy="index")
        return
    message = ""
    if stamp.generation > generation:
        message = f"the index is of another state of the catalogue (it shows change {stamp.generation} of {generation})"
    elif stamp.generation != generation:
        message = f"the index is behind the catalogue (it shows change {stamp.generation} of {generation})"
    elif held != wanted:
        message = f"the index holds other sections than the catalogue: {len(held ^ wanted)}"
    if message:
        yield problem(_KIND, BrokenArchiveError(settings.whoosh_dir, message, _HINT), remedy="index")
    else:
        yield fine(_KIND, "the index shows all that the catalogue holds", path=settings.whoosh_dir)


def _ids(stamp: Stamp) -> set[str]:
    with closing(Snapshot(stamp)) as snapshot:
        return set(snapshot.ids(snapshot.everything).values())
