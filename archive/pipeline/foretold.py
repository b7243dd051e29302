"""What would the issues of a run be, and what does each fact rest on? Told before anything is read or gets an id.

Of scans that were read before, their pages tell; of others only the names of their files.
"""

from collections.abc import Collection
from dataclasses import dataclass

from archive.catalog.store import open_catalog
from archive.parsing.series.sketch import unpack_sketch
from archive.parsing.series.told import tell_series
from archive.parsing.series.unread import sketch_name
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class ForetoldIssue:
    """An issue as it would be taken in, who says so, and what speaks against it; `read` if its pages tell already."""

    file: str
    first_page: int
    newsletter: str
    slug: str
    number: str
    number_source: str
    date: str
    date_source: str
    date_evidence: str
    doubts: tuple[str, ...]
    read: bool


def foretell(settings: Settings, files: Collection[str]) -> tuple[ForetoldIssue, ...]:
    """Tell what is known of the issues in some scans, by all that the archive holds, in order of series and dates."""
    stored = []
    if settings.catalog_path.exists():
        with open_catalog(settings.catalog_path) as catalog:
            stored = [unpack_sketch(packed)._replace(file=file) for file, packed in catalog.sketches()]
    read = {sketch.file for sketch in stored}
    unread = [sketch_name(file, settings.languages) for file in files if file not in read]
    found = []
    for (file, first_page), told in tell_series([*stored, *unread]).items():
        if file not in files:
            continue
        facts = told.facts
        date, number = "" if facts.date is None else str(facts.date), (facts.number, facts.number_source.value)
        dated = (date, facts.date_source.value, facts.date_evidence)
        found.append(
            ForetoldIssue(file, first_page, told.newsletter, told.slug, *number, *dated, facts.doubts, file in read)
        )
    return tuple(sorted(found, key=lambda each: (each.slug, not each.date, each.date, each.file, each.first_page)))
