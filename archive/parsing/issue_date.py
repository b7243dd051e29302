"""When did an issue come out, where no masthead says so?

Dates without a year, most of all those with a weekday, allow only some years; what the text reports lies before the
issue, what it announces after it. Of the years that fit one is taken only if the text prints it elsewhere; otherwise
they are named as evidence, and the year stays unknown. No year comes from the clock.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from archive.model.issues import PartialDate, Precision
from archive.parsing.dates.grammar import read_dates
from archive.parsing.dates.record import Day, PrintedDate

# The years that weekdays are held against: when newsletters were printed that lie in archives.
_YEARS = range(1930, 2050)
_OTHERS_SHOWN = 5
_STATED = re.compile(
    r"\b(?:nieuwsbrief|nieuwsbulletin|newsletter|nummer|editie|uitgave|bulletin|issue|edition|update)\b"
    r"[\s:,(|-]*(?:van|of|for|voor|,)?\s*$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:is|zijn|heeft|hebben|hebt|heb|werd|werden|has|have)\b[^.!?]*?"
    r"\b(?:ge|be|ver|ont|her|aange|opge|uitge|inge|afge|plaatsge|overge)\w+(?:d|t|en)\b"
    r"|\b(?:was|waren|werd|werden|vond|vonden|kwam|kwamen|hield|hielden|ging|gingen|had|hadden|bezochten|were|"
    r"vergaderde|vergaderden|sprak|spraken|besprak|bespraken|besloot|besloten|reed|reden|trok|trokken|bezocht|opende|startte|"
    r"begon|begonnen|organiseerden?|vierden?|deed|deden|kreeg|kregen|liep|liepen|bracht|brachten|stond|stonden|gaf|gaven|"
    r"leverde|telde|speelden?|zong|zongen|kookten?|reikte|won|wonnen|overleed|trad|traden|zat|zaten|spoke|agreed|decided|"
    r"took place|held|attended|came|went|afgelopen|vorige|j\.?l\.|terugblik)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:zal|zullen|gaat|gaan|vindt|vinden|organiseert|organiseren|komende?|aanstaande|a\.s\.|volgende?|binnenkort|"
    r"noteer|reserveer|houd\w*|opgeven|aanmelden|inschrijven|kunt u|kun je|welkom|start|begint|save the date|"
    r"na de zomer|will|next|coming|upcoming|register|join|sign up|uiterlijk|vóór|before|until|wordt|worden)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÀ-Þ'‘\"„(])|\n\s*\n|\f")
_MONTH_DAYS = 30.4
_MOST_CLUES = 500  # more days tell no more
# How far ahead newsletters announce and how far back they report, usually.
_AHEAD_DAYS, _BACK_DAYS = 15.0, 12.0
_FAR = 2.5  # months: how much further ahead a day lies tells no more


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The date of an issue as reckoned, and how; `stated` where the text says it in so many words.

    Without a date, the evidence says which years the days of the text would fit.
    """

    date: PartialDate | None
    evidence: str
    stated: bool = False


@dataclass(frozen=True, slots=True)
class _Clue:
    """A date of the text with no year: its text, day, and whether the text reports it (-1) or announces it (1)."""

    text: str
    day: Day
    lean: int


def date_from_text(text: str, *, latest: PartialDate | None = None, named: int | None = None) -> Reckoned | None:
    """Reckon the date of an issue from the dates in its text; None where there are none that tell.

    Args:
        text: All text of the issue.
        latest: The issue is not later, to the month: it is when the scan was made, if the scan says so.
        named: The year that the file's name tells: taken where it fits and the text prints none that does.
    """
    printed = tuple(read_dates(text, "nl"))
    if stated := _stated(printed, text, latest):
        return stated
    open_days = (date for date in printed if date.precision is Precision.DAY and date.first.year is None)
    clues = [_clue(date, text) for date in islice(open_days, _MOST_CLUES)]
    years = [
        date.first.year
        for date in printed
        if date.first.year is not None
        and date.precision in (Precision.DAY, Precision.MONTH)
        and (latest is None or date.first.year <= latest.year)
    ]
    if any(clue.day.weekday is not None for clue in clues):
        return _by_weekdays(clues, (years, named), latest)
    return _by_printed_years(printed, clues, years, latest)


def is_later(date: PartialDate, latest: PartialDate | None) -> bool:
    """Tell whether a date lies after the month in which a scan was made; never where that is not known."""
    return latest is not None and (date.year, date.month or 1) > (latest.year, latest.month or 12)


def _stated(printed: Sequence[PrintedDate], text: str, latest: PartialDate | None) -> Reckoned | None:
    """`Nieuwsbrief juni 2022`, `dit nummer van maart 1998` in the running text."""
    for date in printed:
        if date.first.year is None or date.first.month is None:
            continue
        told = PartialDate(date.first.year, date.first.month, date.first.day)
        if not is_later(told, latest) and _STATED.search(text[max(0, date.start - 40) : date.start]):
            words = " ".join(text[date.start : date.end].split())
            return Reckoned(told, f"the text says '{words}'", stated=True)
    return None


def _clue(date: PrintedDate, text: str) -> _Clue:
    starts = [match.end() for match in _SENTENCE_END.finditer(text, max(0, date.start - 300), date.start)]
    start = starts[-1] if starts else max(0, date.start - 300)
    end_match = _SENTENCE_END.search(text, date.end, date.end + 310)
    end = min(end_match.start() if end_match else len(text), date.end + 300)
    sentence = " ".join(text[start:end].split())
    past, future = len(_PAST.findall(sentence)), len(_FUTURE.findall(sentence))
    lean = 0 if past == future else (-1 if past > future else 1)
    return _Clue(" ".join(text[date.start : date.end].split()), date.first, lean)


def _by_weekdays(
    clues: Sequence[_Clue], told: tuple[Sequence[int], int | None], latest: PartialDate | None
) -> Reckoned | None:
    """Take the latest of the years that the text prints and that fits, or the one that the file's name tells."""
    years, named = told
    month = _likely_month(clues)
    fitting = [
        year for year in _YEARS if _all_fit(clues, year, month) and not is_later(PartialDate(year, month), latest)
    ]
    if not fitting:
        return None
    pairs = ", ".join(dict.fromkeys(f"'{clue.text}'" for clue in clues if clue.day.weekday is not None))
    # Weekdays come back every five, six or eleven years: only a year that is told is known.
    chosen = max((year for year in years if year in fitting), default=named)
    if chosen not in fitting:
        return Reckoned(None, f"{pairs} fit {', '.join(map(str, fitting))}, and none of these years is printed")
    others = sorted((year for year in fitting if year != chosen), key=lambda year: abs(year - chosen))[:_OTHERS_SHOWN]
    evidence = f"{pairs} fit {chosen}, {'which is also printed' if chosen in years else 'as the file is called'}"
    if others:
        evidence += f" (also {', '.join(map(str, sorted(others)))})"
    return Reckoned(PartialDate(chosen, month), f"{evidence}; the month from what the text reports and announces")


def _by_printed_years(
    printed: Sequence[PrintedDate], clues: Sequence[_Clue], years: Sequence[int], latest: PartialDate | None
) -> Reckoned | None:
    """Without weekdays: the latest printed year, if two days print it or days without a year go with it."""
    if not years:
        return None
    year = max(years)
    dated = [
        _Clue("", date.first, 0) for date in printed if date.first.year == year and date.precision is Precision.DAY
    ]
    if len(dated) < 2 and not (dated and clues):  # noqa: PLR2004 - one date may be history
        return None
    month = _likely_month([*dated, *clues])
    if is_later(PartialDate(year, month), latest):
        return None
    return Reckoned(
        PartialDate(year, month),
        f"{year} is the latest year printed with a day; the month from what the text reports and announces",
    )


def _likely_month(clues: Sequence[_Clue]) -> int:
    """The month from which reported days lie behind, announced ones ahead, and all are near.

    A day that is named twice, as in a heading and below it, is one clue; what leans either way speaks for it.
    """
    days: dict[tuple[int | None, int | None], _Clue] = {}
    for clue in clues:
        at = (clue.day.month, clue.day.day)
        if at not in days or not days[at].lean:
            days[at] = clue
    return min(range(1, 13), key=lambda month: (sum(_cost(clue, month) for clue in days.values()), month))


def _cost(clue: _Clue, month: int) -> float:
    days = _days_ahead(clue.day, month)
    wrong = (clue.lean < 0 and days > _MONTH_DAYS / 2) or (clue.lean > 0 and days < -_MONTH_DAYS / 2)
    usual = _AHEAD_DAYS if clue.lean > 0 else -_BACK_DAYS if clue.lean < 0 else 0.0
    off = abs(days - usual) / _MONTH_DAYS
    return (min(_FAR, off) if clue.lean > 0 else off) + (4 if wrong else 0)


def _days_ahead(day: Day, month: int) -> float:
    """Return how many days after the middle of a month a day falls, the nearest way round the year."""
    at = ((day.month or 1) - 1) * _MONTH_DAYS + (day.day or 15)
    middle = (month - 0.5) * _MONTH_DAYS
    return (at - middle + 182.5) % 365 - 182.5


def _all_fit(clues: Sequence[_Clue], year: int, month: int) -> bool:
    return all(_fits(clue.day, year, month) for clue in clues if clue.day.weekday is not None)


def _fits(day: Day, year: int, month: int) -> bool:
    """Tell whether a day falls on its weekday when its year is the one nearest to the issue's month."""
    at = ((day.month or 1) - 1) * _MONTH_DAYS + (day.day or 15)
    ahead = at - (month - 0.5) * _MONTH_DAYS
    shift = -1 if ahead > 182.5 else (1 if ahead < -182.5 else 0)  # noqa: PLR2004 - half a year
    try:
        return dt.date(year + shift, day.month or 1, day.day or 1).weekday() == day.weekday
    except ValueError:
        return False
