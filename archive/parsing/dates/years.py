"""Which year does a date without a printed year mean?

A weekday beside the day fixes it. Without one it is the year that brings the day nearest to the issue's date, unless
the words around it look ahead (`a.s.`, `volgend jaar`, `tot`, `vanaf`) or back (`jl.`, `vorig jaar`, `sinds`).
"""

import datetime as dt
import re
from collections.abc import Iterable

from archive.model.issues import PartialDate, YearSource
from archive.parsing.dates.record import Day, PrintedDate
from archive.tuples import NamedTuple

_BACK = re.compile(r"\b(?:j\.?\s?l\.|l\.l\.|jongstleden|afgelopen|vorige|voorbije|laatstleden|last)", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:a\.?\s?s\.|aanstaande|eerstkomende|komende|volgende|next|coming|upcoming|uiterlijk|no later than|"
    r"(?:verplaatst|verzet|verschoven|uitgesteld|vervroegd)\s+(?:naar|tot)\b|"
    r"(?:moved|postponed|put off|deferred|rescheduled|brought forward)\s+(?:to|until|till|for)\b)",
    re.IGNORECASE,
)
# What lies between such a word and its date: `tot en met de`, `sinds ongeveer`, `until the end of`.
_BETWEEN = (
    r"\s+(?:(?:en met|aan|de|het|the|about|around|circa|ca\.|ongeveer|omstreeks|begin|medio|half|eind|einde|"
    r"(?:the )?(?:beginning|start|middle|end) of)\s+)*$"
)
_SINCE = re.compile(rf"\b(?:sinds|sedert|since){_BETWEEN}", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:tot|t/m|vóór|vanaf|met ingang van|m\.i\.v\.|ingaande|"
    rf"until|till|til|up to|as of|as from|starting(?: from)?|with effect from){_BETWEEN}",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"\b(?:vorig|verleden|afgelopen|last)\s+(?:jaar|year)", re.IGNORECASE)
_NEXT_YEAR = re.compile(r"\b(?:volgend|komend|next)\s+(?:jaar|year)", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:zal|zullen|gaat|gaan|vindt|vinden|organiseren|nodigen|opgeven|aanmelden|inschrijven|kunt|kunnen|wordt|will|"
    r"register|sign up|join us|noteer|reserveer|volgt|start|begint|welkom)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|waren|werd|werden|kwam|kwamen|vond|vonden|hield|hielden|bezochten|ging|gingen|hadden|were|took|held|"
    r"gehouden|geweest|besloot|besloten|opende|kreeg|kregen)\b",
    re.IGNORECASE,
)
_NEAR = 40
_AROUND = 140
_TENSE_DAYS = 150
# A day whose weekday fits only a year this far off more likely has a misread figure.
_YEARS_AROUND = 2
# How far a day may lie on the wrong side of an issue that is dated to its month, or to its year.
_MONTH_DAYS, _HALF_YEAR = 31, 183


def resolve_year(
    printed: PrintedDate, text: str, *, issue_date: PartialDate | None, neighbour: int | None
) -> tuple[int | None, YearSource]:
    """Return the year of a date's first day and where it comes from.

    Args:
        printed: The date as printed.
        text: The text that it stands in; the words around it tell whether it lies ahead or back.
        issue_date: The date of the issue, if known.
        neighbour: The year of a full date earlier in the same paragraph, if there is one.
    """
    if printed.first.year is not None:
        return printed.first.year, YearSource.PRINTED
    if printed.last is not None and printed.last.year is not None:
        return printed.last.year, YearSource.PRINTED
    if issue_date is None:
        return (neighbour, YearSource.INFERRED) if neighbour else (None, YearSource.NONE)
    if neighbour is not None and abs(neighbour - issue_date.year) > 2 and _fits(printed.first, neighbour):  # noqa: PLR2004
        return neighbour, YearSource.INFERRED
    return _near_the_issue(printed, text, issue_date), YearSource.INFERRED


def fitting_years(days: Iterable[Day], years: Iterable[int]) -> tuple[int, ...]:
    """Return those years in which every one of the days falls on its printed weekday."""
    known = [day for day in days if day.weekday is not None]
    return tuple(year for year in years if all(_fits(day, year) for day in known))


def _fits(day: Day, year: int) -> bool:
    if day.month is None or day.day is None:
        return True
    try:
        return day.weekday is None or dt.date(year, day.month, day.day).weekday() == day.weekday
    except ValueError:
        return False


def _near_the_issue(printed: PrintedDate, text: str, issue_date: PartialDate) -> int:
    around = range(issue_date.year - _YEARS_AROUND, issue_date.year + _YEARS_AROUND + 1)
    words = _words_around(printed, text)
    by_distance = sorted(around, key=lambda year: _distance(printed.first, words, issue_date, year))
    if printed.first.weekday is not None:
        fitting = [year for year in by_distance if _fits(printed.first, year)]
        if fitting and abs(_days_from(printed.first, issue_date, fitting[0])) <= _WEEKDAY_REACH:
            return fitting[0]
    return by_distance[0]


_WEEKDAY_REACH = 560


def _days_from(day: Day, issue_date: PartialDate, year: int) -> int:
    """Return how many days after the issue (in the middle of what is known of its date) the day falls in that year."""
    middle = dt.date(issue_date.year, issue_date.month or 7, issue_date.day or (15 if issue_date.month else 1))
    month, number = day.month or 7, day.day or 15
    try:
        return (dt.date(year, month, number) - middle).days
    except ValueError:  # 29 February
        return (dt.date(year, month, 28) - middle).days


def _reach(month: int | None, day: int | None, year: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return the first and the last day that a date may mean, as year, month and day."""
    return (year, month or 1, day or 1), (year, month or 12, day or 31)


class _WordsAround(NamedTuple):
    """What the words around a date say of its year: of another year than the issue's, looking back or ahead.

    `since` and `until` are words of direction right before it; `lean` counts the verbs of what is to come less those
    of the past.
    """

    last_year: bool
    next_year: bool
    back: bool
    ahead: bool
    since: bool
    until: bool
    lean: int


def _words_around(printed: PrintedDate, text: str) -> _WordsAround:
    before = text[max(0, printed.start - _NEAR) : printed.start]
    after = text[printed.end : printed.end + _NEAR]
    close = before[-25:] + "¦" + after[:15]
    around = text[max(0, printed.start - _AROUND) : printed.end + _AROUND]
    lean = len(_FUTURE.findall(around)) - len(_PAST.findall(around))
    return _WordsAround(
        last_year=_LAST_YEAR.search(before + after) is not None,
        next_year=_NEXT_YEAR.search(before + after) is not None,
        back=_BACK.search(close) is not None,
        ahead=_AHEAD.search(close) is not None,
        since=_SINCE.search(before) is not None,
        # `Tot november was hij voorzitter`: what is told of the past does not look ahead.
        until=lean >= 0 and _UNTIL.search(before) is not None,
        lean=lean,
    )


def _distance(day: Day, words: _WordsAround, issue_date: PartialDate, year: int) -> float:
    """Return how unlikely a year is: days from the issue, more where the words around it point the other way."""
    days = _days_from(day, issue_date, year)
    if words.last_year:
        return abs(year - issue_date.year + 1) * 1000
    if words.next_year:
        return abs(year - issue_date.year - 1) * 1000
    slack = 0 if issue_date.day else _MONTH_DAYS if issue_date.month else _HALF_YEAR
    if words.since or words.until:
        first, last = _reach(day.month, day.day, year)
        begins, ends = _reach(issue_date.month, issue_date.day, issue_date.year)
        return abs(days) + (1000 if (words.since and first > ends) or (words.until and last < begins) else 0)
    if words.back:
        return abs(days) + (1000 if days > slack else 0)
    if words.ahead:
        return abs(days) + (1000 if days < -slack else 0)
    # Verbs only tip the scale.
    return abs(days) + (_TENSE_DAYS if words.lean * days < 0 else 0)
