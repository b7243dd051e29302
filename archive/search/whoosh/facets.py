"""How do the hits divide by category, newsletter, year and language?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.search.whoosh.snapshot import Snapshot


def count_facets(snapshot: Snapshot, hits: Collection[int]) -> dict[str, dict[str, int]]:
    """Count the hits by category, newsletter, year and language, the most frequent first; years in order."""
    counts = {name: Counter(map(snapshot.column(name).get, hits)) for name in ("category", "newsletter", "language")}
    dates = snapshot.column("date")
    years = Counter(dates.get(number, "")[:4] for number in hits)
    facets = {name: {str(value or ""): times for value, times in found.most_common()} for name, found in counts.items()}
    facets["year"] = {year: years[year] for year in sorted(years)}
    return facets
