"""How much is there of what?"""

from collections import defaultdict
from dataclasses import dataclass

from archive.catalog.store import Catalog, ask_catalog
from archive.model.search import Coverage
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What there is of one year (empty: undated): numbers, and the mean confidence of its words (None if unknown)."""

    year: str
    issues: int
    sections: int
    words: int
    confidence: float | None
    categories: dict[str, int]


@dataclass(frozen=True, slots=True)
class Stats:
    """What there is: all together, by kind, by year. Issues without any section count in `coverage` only."""

    coverage: Coverage
    scans: int
    sections: int
    words: int
    confidence: float | None
    newsletters: dict[str, int]
    categories: dict[str, int]
    languages: dict[str, int]
    text_sources: dict[str, int]
    years: tuple[YearFigures, ...]


def count_all(settings: Settings) -> Stats:
    """Count what the archive holds; scans that are missing do not count."""
    return ask_catalog(settings.catalog_path, _count)


def _count(catalog: Catalog) -> Stats:
    categories: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for year, category, count in catalog.categories_by_year():
        categories[year][category] = count
    by_year = catalog.figures_by_year()
    known = [(confidence, words) for *_, words, confidence in by_year if confidence is not None]
    weight = sum(words for _, words in known)
    mean = sum(confidence * words for confidence, words in known) / weight if weight else None
    return Stats(
        coverage=catalog.coverage(),
        scans=sum(state.status != "missing" for state in catalog.scan_states().values()),
        sections=catalog.section_count(),
        words=catalog.word_count(),
        confidence=mean,
        newsletters=catalog.counts_by("newsletter"),
        categories=catalog.counts_by("category"),
        languages=catalog.counts_by("language"),
        text_sources=catalog.counts_by("text_source"),
        years=tuple(YearFigures(*row, categories=categories[row[0]]) for row in by_year),
    )
