"""How often does something occur, by year, category or newsletter, and may that be believed?

A share is given with its 95 % interval by Wilson's formula. Words of a section come together, so an interval for words
is too narrow; that for sections is the one to quote.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archive.catalog.store import Catalog, ask_catalog
from archive.errors import UsageError
from archive.library.holdings import bounded
from archive.library.opened import checked, opened, sections_let_through
from archive.library.trend_warnings import YearReading, find_warnings
from archive.model.search import SearchRequest
from archive.settings import Settings
from archive.tuples import NamedTuple

BY = ("year", "category", "newsletter")
_Z95 = 1.959964
_NO_FILTER = SearchRequest()


@dataclass(frozen=True, slots=True)
class TrendRequest:
    """What is asked: by what to part the sections, and which of them to count.

    `term` is a query; without one each category or newsletter is counted among all sections (of its year). The filters
    of `request` bound what is looked at.
    """

    by: tuple[str, ...] = ("year",)
    term: str = ""
    request: SearchRequest = _NO_FILTER


class Share(NamedTuple):
    """A share with its 95 % interval; all 0 of nothing."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One group: `matching` of its `sections`, `occurrences` among its `words`; `confidence` is that of its words."""

    group: tuple[str, ...]
    sections: int
    words: int
    matching: int
    occurrences: int
    of_sections: Share
    of_words: Share
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The rows in order of their groups, and what speaks against taking them at face value."""

    by: tuple[str, ...]
    term: str
    parsed: str
    rows: tuple[TrendRow, ...]
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    sections: int = 0
    words: int = 0
    matching: int = 0
    occurrences: int = 0
    sure: float = 0.0
    sure_words: int = 0
    newsletters: set[str] = field(default_factory=set)

    def add(self, newsletter: str, words: int, confidence: float | None) -> None:
        """Count one section."""
        self.newsletters.add(newsletter)
        self.sections += 1
        self.words += words
        if confidence is not None:
            self.sure += confidence * words
            self.sure_words += words

    @property
    def confidence(self) -> float | None:
        """The mean confidence (0 to 1) of the words whose reading has one; None without any."""
        return self.sure / self.sure_words if self.sure_words else None


def find_trend(settings: Settings, asked: TrendRequest) -> Trend:
    """Count sections and words by year, category or newsletter.

    Raises:
        UsageError: It cannot be parted by that, or a date is none.
        QuerySyntaxError: The term cannot be read.
    """
    if unknown := [name for name in asked.by if name not in BY]:
        raise UsageError(None, f"cannot count by `{unknown[0]}`", hint=f"By what: {', '.join(BY)}; more with a comma.")
    return ask_catalog(settings.catalog_path, lambda catalog: _find(settings, catalog, asked))


def _find(settings: Settings, catalog: Catalog, asked: TrendRequest) -> Trend:
    asked = replace(asked, request=bounded(settings, catalog, checked(asked.request)))
    looked_at = None if asked.request == _NO_FILTER else frozenset(sections_let_through(catalog, asked.request))
    hits, parsed = _occurrences(settings, catalog, asked) if asked.term else ({}, "")
    groups, wholes, years = _tally(catalog, asked, looked_at, hits)
    reading = _reading(catalog, years)
    rows = tuple(_row(group, tally, wholes, asked) for group, tally in sorted(groups.items()))
    return Trend(asked.by, asked.term, parsed, rows, find_warnings(reading) if "year" in asked.by else ())


def wilson(count: int, total: int) -> Share:
    """Return a share with its 95 % interval (Wilson 1927, without correction for continuity)."""
    if not total:
        return Share(0.0, 0.0, 0.0)
    share, z2 = count / total, _Z95**2
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z95 / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2))
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))


def _occurrences(settings: Settings, catalog: Catalog, asked: TrendRequest) -> tuple[dict[str, int], str]:
    """Return how often the term stands in each section that matches it, and how it was understood."""
    from archive.search.snippets import Finder

    with opened(settings) as reading:
        query, request = reading.read(asked.request._replace(query=asked.term, facets=False))
        found = reading.find_every(query, request)
    finder = Finder(found.forms)
    counts: dict[str, int] = {}
    for fields in catalog.sections(ids=[section_id for section_id, _ in found.ids]):
        text = f"{fields['heading']}\n{fields['text']}"
        counts[fields["id"]] = len(finder.find(text, heading=len(fields["heading"])))
    return counts, query.parsed


def _tally(
    catalog: Catalog, asked: TrendRequest, looked_at: frozenset[str] | None, hits: Mapping[str, int]
) -> tuple[dict[tuple[str, ...], _Tally], dict[tuple[str, ...], _Tally], dict[str, _Tally]]:
    """Count by group, by what a group is a share of (its year, or all), and by year.

    `looked_at` are the sections that the filters keep, None for all.
    """
    groups: defaultdict[tuple[str, ...], _Tally] = defaultdict(_Tally)
    wholes: defaultdict[tuple[str, ...], _Tally] = defaultdict(_Tally)
    years: defaultdict[str, _Tally] = defaultdict(_Tally)
    for section_id, category, newsletter, year, words, confidence in catalog.section_figures():
        if looked_at is not None and section_id not in looked_at:
            continue
        facts = {"year": year, "category": category, "newsletter": newsletter}
        group = tuple(facts[name] for name in asked.by)
        for tally in (groups[group], wholes[_whole(group, asked.by)], years[year]):
            tally.add(newsletter, words, confidence)
        if section_id in hits:
            groups[group].matching += 1
            groups[group].occurrences += hits[section_id]
    return groups, wholes, years


def _whole(group: Sequence[str], by: Sequence[str]) -> tuple[str, ...]:
    """Return what a group is a share of: its year, or of everything (a year alone, too)."""
    return () if set(by) == {"year"} else tuple(value for value, name in zip(group, by, strict=True) if name == "year")


def _row(
    group: tuple[str, ...], tally: _Tally, wholes: Mapping[tuple[str, ...], _Tally], asked: TrendRequest
) -> TrendRow:
    """Make a row: with a term its share of the group, without one the group's share of its year or of all."""
    if asked.term:
        sections, words = tally.sections, tally.words
        matching, occurrences = tally.matching, tally.occurrences
    else:
        whole = wholes[_whole(group, asked.by)]
        sections, words = whole.sections, whole.words
        matching, occurrences = tally.sections, tally.words
    return TrendRow(
        group,
        sections,
        words,
        matching,
        occurrences,
        wilson(matching, sections),
        wilson(min(occurrences, words), words),
        tally.confidence,
    )


def _reading(catalog: Catalog, years: Mapping[str, _Tally]) -> tuple[YearReading, ...]:
    """Return how each year was read, of the years that are looked at; an undated issue has none."""
    years = defaultdict(_Tally, years)
    issues: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for year, slug, count in catalog.issues_by_year():
        if slug in years[year].newsletters:
            issues[year][slug] += count
    pages: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for year, slug, count, well in catalog.pages_by_year():
        if slug in years[year].newsletters:
            pages[year][0] += count
            pages[year][1] += well
    return tuple(
        YearReading(
            year,
            years[year].sections,
            years[year].confidence,
            issues[year].total(),
            frozenset(issues[year]),
            *pages[year],
        )
        for year in sorted(years)
        if year and years[year].sections
    )


def columns(trend: Trend) -> tuple[str, ...]:
    """Return the columns of a trend in a table."""
    counted = ("sections", "words", "matching", "occurrences")
    shares = ("share", "share_low", "share_high", "per_100000_words", "per_100000_low", "per_100000_high")
    return (*trend.by, *counted, *shares, "confidence")


def cells(row: TrendRow) -> tuple[str | int | float, ...]:
    """Return a row's cells under `columns`."""
    counted = (row.sections, row.words, row.matching, row.occurrences)
    shares = (*(round(each, 5) for each in row.of_sections), *(round(each * 100_000, 2) for each in row.of_words))
    return (*row.group, *counted, *shares, "" if row.confidence is None else round(row.confidence, 4))


def table(trend: Trend) -> Iterator[Iterable[str | int | float]]:
    """Yield header and rows, as for CSV."""
    yield columns(trend)
    yield from map(cells, trend.rows)
