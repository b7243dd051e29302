"""Can the corrections be read, and does each find its place?"""

from collections.abc import Iterator

from archive.catalog.store import Catalog, open_catalog
from archive.corrections import read_corrections
from archive.doctor.finding import Finding, fine, note
from archive.ids import parse_id
from archive.settings import Settings

_KIND = "corrections"


def find(settings: Settings) -> Iterator[Finding]:
    """Look at corrections.csv: every line, and whether its id is one of this archive."""
    path = settings.corrections_path
    if not path.exists():
        return
    corrections = read_corrections(path)
    if not settings.catalog_path.exists():
        return
    with open_catalog(settings.catalog_path) as catalog:
        lost = [each for each in corrections if not _is_known(catalog, each.id)]
    for correction in lost:
        hint = "Look for the id in ids.csv, or take the line out."
        yield note(_KIND, f"nothing is called {correction.id} ({correction.field})", hint=hint, path=path)
    if not lost:
        yield fine(_KIND, f"corrections: {len(corrections)}", path=path)


def _is_known(catalog: Catalog, given: str) -> bool:
    kind = parse_id(given).kind
    ask = {"section": catalog.section, "issue": catalog.issue, "page": catalog.page}[kind]
    return ask(given) is not None or catalog.old_id(given) is not None
