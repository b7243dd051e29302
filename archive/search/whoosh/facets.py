"""How do the hits divide by category, newsletter, year or month, language and tag?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.search.whoosh.snapshot import Snapshot


_FEW_YEARS = 2  # hits of so many years or fewer are also counted by month


def count_facets(snapshot: Snapshot, hits: Collection[int]) -> dict[str, dict[str, int]]:
    """Count the hits by category, newsletter, year, language and tag, the most frequent first; years in order.

    Hits of two years or less are also counted by month; what is dated by its year only stands under that.
    """
    facets = {name: _counts(snapshot, name, hits) for name in ("category", "newsletter", "language")}
    days = _counts(snapshot, "date", hits)
    facets["year"] = _dated(days, len("2019"))
    if 0 < len(facets["year"].keys() - {""}) <= _FEW_YEARS:
        facets["month"] = _dated(days, len("2019-03"))
    facets["tag"] = _tagged(snapshot, hits)
    return facets


def _tagged(snapshot: Snapshot, hits: Collection[int]) -> dict[str, int]:
    """Return how many hits have each tag; one that has several counts under each, one that has none under none."""
    among = set(hits)
    counts = Counter(
        {tag: len(among.intersection(snapshot.documents("label", tag))) for tag in snapshot.terms("label")}
    )
    return {tag: times for tag, times in counts.most_common() if times}


def _counts(snapshot: Snapshot, field: str, hits: Collection[int]) -> dict[str, int]:
    codes, values = snapshot.column(field)
    counted = Counter(map(codes.__getitem__, hits)).most_common()
    return {values[code - 1] if code else "": times for code, times in counted}


def _dated(days: dict[str, int], letters: int) -> dict[str, int]:
    """Return the counts of days together by the first letters of their dates, in order."""
    found: Counter[str] = Counter()
    for day, times in days.items():
        found[day[:letters]] += times
    return {date: found[date] for date in sorted(found)}
