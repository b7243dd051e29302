"""Which sections come first?"""

from collections.abc import Collection

from archive.search.whoosh.snapshot import Snapshot

_FEW = 500  # scores; so many are sorted in the time in which the highest are picked


def best(scores: dict[int, float], count: int, snapshot: Snapshot) -> dict[int, str]:
    """Return the numbers with the highest scores, with their ids; equals in order of these."""
    if count <= 0 or not scores:
        return {}
    chosen: Collection[int] = scores
    if len(scores) > count:
        least = _nth(scores.values(), count)
        chosen = [number for number, score in scores.items() if score >= least]
    ids = snapshot.ids(chosen)
    order = sorted([(-scores[number], ids[number], number) for number in chosen])
    return {number: section_id for _, section_id, number in order[:count]}


def by_date(hits: Collection[int], count: int, snapshot: Snapshot) -> dict[int, str]:
    """Return the oldest hits with their ids, undated ones last; those of one date in order of their ids."""
    if count <= 0 or not hits:
        return {}
    codes, values = snapshot.column("date")
    order = {number: codes[number] or len(values) + 1 for number in hits}
    last = -_nth([-place for place in order.values()], count)
    chosen = [number for number, place in order.items() if place <= last]
    ids = snapshot.ids(chosen)
    return {number: ids[number] for number in sorted(chosen, key=lambda each: (order[each], ids[each]))[:count]}


def _nth(values: Collection[float], count: int) -> float:
    """Return the value that so many reach, the lowest where there are fewer."""
    if len(values) < _FEW:
        return sorted(values)[-min(count, len(values))]
    from heapq import nlargest  # most words stand in few sections

    return nlargest(count, values)[-1]
