"""Do the numbers of a series go up with its dates, and which of them do not fit?

Numbers count on through all years, or begin anew in each year. One wrong date or number breaks the order at its own
place only: the issues that fit are the longest run that goes up (Schensted 1961), all others are doubted.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive.model.issues import PartialDate

_FITTING = 0.9
_ONE_MAY_NOT = 5  # of so many and more
_LEAST = 2


def goes_up(counted: Sequence[tuple[PartialDate, int]]) -> bool:
    """Tell whether the numbers of dated issues go up with the dates, through all years or within each.

    Args:
        counted: Date and number of each issue, in any order; two at least for an answer.
    """
    if len(counted) < _LEAST or len({number for _, number in counted}) < _LEAST:
        return False
    return _fits(counted, yearly=False) or _fits(counted, yearly=True)


def misfits(counted: Sequence[tuple[PartialDate, int]]) -> frozenset[int]:
    """Return the places of the issues that break an order which the others keep; none where there is no such order."""
    if not goes_up(counted):
        return frozenset()
    yearly = not _fits(counted, yearly=False)
    fitting = {at for run in _runs(counted, yearly=yearly) for at in _rise(counted, run)}
    return frozenset(range(len(counted))) - fitting


def longest_rise(numbers: Sequence[int], *, strictly: bool) -> list[int]:
    """Return the places of the longest run of numbers that go up, `strictly` or also stay (patience sorting)."""
    find = bisect_left if strictly else bisect_right
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        place = find(tails, number)
        tails[place : place + 1] = [number]
        before.append(ends[place - 1] if place else None)
        ends[place : place + 1] = [at]
    found, last = list[int](), ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def _fits(counted: Sequence[tuple[PartialDate, int]], *, yearly: bool) -> bool:
    runs = [run for run in _runs(counted, yearly=yearly) if len(run) > 1]
    judged = sum(map(len, runs))
    # A number that most years hold once only says nothing within a year.
    if not judged or (yearly and judged < len(counted) / 2):
        return False
    fitting = sum(len(_rise(counted, run)) for run in runs)
    return fitting >= _FITTING * judged or (judged >= _ONE_MAY_NOT and fitting >= judged - 1)


def _runs(counted: Sequence[tuple[PartialDate, int]], *, yearly: bool) -> Iterable[list[int]]:
    """Part the issues by year, or not; each part in order of dates, of two of one date the lower number first."""
    parts: dict[int, list[int]] = defaultdict(list)
    for at, (date, _) in enumerate(counted):
        parts[date.year if yearly else 0].append(at)
    for run in parts.values():
        yield sorted(run, key=lambda at: (_key(counted[at][0]), counted[at][1]))


def _key(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0


def _rise(counted: Sequence[tuple[PartialDate, int]], run: Sequence[int]) -> list[int]:
    return [run[place] for place in longest_rise([counted[at][1] for at in run], strictly=False)]
