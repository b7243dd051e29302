"""Which sections come first?"""

from collections.abc import Collection
from heapq import nlargest, nsmallest

from archive.search.whoosh.snapshot import Snapshot


def best(scores: dict[int, float], count: int, snapshot: Snapshot) -> list[int]:
    """Return the numbers with the highest scores; equals in order of their ids."""
    if count <= 0 or not scores:
        return []
    least = nlargest(count, scores.values())[-1]
    chosen = [number for number, score in scores.items() if score >= least]
    ids = snapshot.ids(chosen)
    return sorted(chosen, key=lambda number: (-scores[number], ids[number]))[:count]


def by_date(hits: Collection[int], count: int, snapshot: Snapshot) -> list[int]:
    """Return the oldest hits, undated ones last; those of one date in order of their ids."""
    if count <= 0 or not hits:
        return []
    codes, values = snapshot.column("date")
    order = {number: codes[number] or len(values) + 1 for number in hits}
    last = nsmallest(count, order.values())[-1]
    chosen = [number for number, place in order.items() if place <= last]
    ids = snapshot.ids(chosen)
    return sorted(chosen, key=lambda number: (order[number], ids[number]))[:count]
