"""Which date has an issue that prints none, by its neighbours in the series?

The numbers of a newsletter run on with its dates: number 14 lies between 13 and 15. Only issues whose own pages or file
date them speak; nothing is told where the dates of the series do not grow with its numbers, or where the neighbours are
too far apart to tell a year.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.model.issues import PartialDate

_MOST_MONTHS = 14  # between two neighbours that date an issue
_MOST_STEPS = 3  # numbers from a neighbour, where there is one on one side only


@dataclass(frozen=True, slots=True)
class SeriesIssue:
    """What the catalogue knows of one issue: its newsletter, number and volume as printed, and its own date."""

    id: str
    newsletter: str
    number: str
    volume: str
    date: PartialDate | None


@dataclass(frozen=True, slots=True)
class NeighbourDate:
    """A date told by neighbours, and by which."""

    date: PartialDate
    evidence: str


@dataclass(frozen=True, slots=True)
class _Dated:
    number: int
    months: int  # since the year 0
    issue: SeriesIssue


def dates_from_neighbours(issues: Sequence[SeriesIssue]) -> Mapping[str, NeighbourDate]:
    """Date the undated issues of all newsletters by the dated ones beside them.

    Args:
        issues: Every issue of the archive, in any order; dates that neighbours told earlier must be left out.

    Returns:
        For the id of each issue that can be dated, a month or a year with the evidence in words. The same issues
        always give the same dates, in whatever order they came.
    """
    series: dict[tuple[str, str], list[SeriesIssue]] = defaultdict(list)
    for issue in sorted(issues, key=lambda issue: issue.id):
        series[issue.newsletter, ""].append(issue)
        if issue.volume:
            series[issue.newsletter, issue.volume].append(issue)
    found: dict[str, NeighbourDate] = {}
    # Numbers that start anew in each volume agree within it only: the volume is asked before the whole series.
    for key in sorted(series, key=lambda key: (not key[1], key)):
        for issue in series[key]:
            if issue.date is None and issue.id not in found and (told := _date(issue, series[key])):
                found[issue.id] = told
    return found


def _date(issue: SeriesIssue, series: Sequence[SeriesIssue]) -> NeighbourDate | None:
    number = _first_number(issue.number)
    if number is None:
        return None
    dated = [
        _Dated(own, each.date.year * 12 + (each.date.month or 1) - 1, each)
        for each in series
        if each.date is not None and each.date.month is not None and (own := _first_number(each.number)) is not None
    ]
    before = max((each for each in dated if each.number < number), key=lambda each: each.number, default=None)
    after = min((each for each in dated if each.number > number), key=lambda each: each.number, default=None)
    if any(each.number == number for each in dated) or not _grows(dated):
        return None
    if before and after:
        return _between(number, before, after)
    return _beyond(number, dated, before or after)


def _grows(dated: Sequence[_Dated]) -> bool:
    """Tell whether the dates never go back while the numbers go on."""
    months = [each.months for each in sorted(dated, key=lambda each: (each.number, each.months))]
    return months == sorted(months)


def _between(number: int, before: _Dated, after: _Dated) -> NeighbourDate | None:
    apart = after.months - before.months
    if apart > _MOST_MONTHS:
        return None
    share = (number - before.number) / (after.number - before.number)
    exact = after.number - before.number == 2 and apart == 2  # noqa: PLR2004 - monthly, one missing
    evidence = f"between number {before.number} ({before.issue.date}) and number {after.number} ({after.issue.date})"
    at = before.months + round(apart * share)
    if exact or apart <= 1:
        return NeighbourDate(PartialDate(at // 12, at % 12 + 1), evidence)
    if before.months // 12 == after.months // 12:
        return NeighbourDate(PartialDate(at // 12), evidence)
    return None


def _beyond(number: int, dated: Sequence[_Dated], near: _Dated | None) -> NeighbourDate | None:
    """Date an issue before the first or after the last dated one by the pace of the series; a year, no month."""
    if near is None or abs(number - near.number) > _MOST_STEPS or len(dated) < 3:  # noqa: PLR2004 - a pace needs three
        return None
    first, last = min(dated, key=lambda each: each.number), max(dated, key=lambda each: each.number)
    pace = (last.months - first.months) / (last.number - first.number)
    at = near.months + (number - near.number) * pace
    early, late = at - pace / 2, at + pace / 2
    if int(early // 12) != int(late // 12):
        return None
    numbers = f"{first.number} ({first.issue.date}) to {last.number} ({last.issue.date})"
    return NeighbourDate(PartialDate(int(at // 12)), f"by the pace of numbers {numbers}")


def _first_number(number: str) -> int | None:
    digits = number.replace("/", "-").split("-")[0].strip()
    return int(digits) if digits.isdigit() else None
