"""Which figures are dates? `25-11-2019`, `25/11`, `za. 7-3-'98`, `2014-05-12`; scores and fractions are not."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.model.issues import Precision
from archive.parsing.dates.record import Day, PrintedDate, is_possible, read_year
from archive.parsing.dates.tokens import Token

_PARTS = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d\d?)(?:\s?[-/.]\s?['’]?(\d{4}|\d\d))?")
_DAY_FIRST = re.compile(r"dd\.?|d\.d\.?|per|op|on|vóór|voor|vanaf|until|from|by|before|datum|date", re.IGNORECASE)
_MONTHS = 12


def read_figures(tokens: Sequence[Token], before: Sequence[Token], language: str) -> tuple[PrintedDate, ...]:
    """Read one date in figures, or the two ends of a range; nothing where it may as well be a score or a fraction."""
    weekdays = [token for token in tokens if token.kind == "W"]
    figures = [token for token in tokens if token.kind == "D"]
    days = [_read(token.text, language) for token in figures]
    if any(day is None or not is_possible(day) for day in days):
        return ()
    known = [day for day in days if day is not None]
    if known[0].year is None and not weekdays and not _speaks_for_a_date(figures[0], before):
        return ()
    if weekdays:
        known[0] = replace(known[0], weekday=weekdays[0].number)
    first, last = known[0], known[1] if len(known) > 1 else None
    numbers = [token for token in tokens if token.kind == "N"]
    dashed = known[0].year is not None and any(token.kind == "H" for token in tokens)  # `7 – 14-11-2016`: number 7
    if numbers and not dashed and any(token.kind in "THB" for token in tokens):
        first, last = replace(known[0], day=numbers[0].number), replace(known[0], weekday=None)
        if not is_possible(first):
            return ()
    if last is not None and first.year is None and last.year is not None:
        first = replace(first, year=last.year)
    start = next(token.start for token in tokens if token.kind in ("WD" if dashed else "WND"))
    return (PrintedDate(start, tokens[-1].end, first, last, Precision.DAY),)


def _read(text: str, language: str) -> Day | None:
    """Day first, as Dutch and British print it; month first only where day first is impossible in English."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    one, two, last = int(match[1]), int(match[3]), match[4]
    if len(match[1]) == 4:  # noqa: PLR2004 - an ISO date
        return Day(one, two, int(last)) if last else None
    year = None
    if last:
        year = read_year(last)
        if year is None:
            return None
    if two > _MONTHS >= one and language == "en" and year is not None:
        one, two = two, one
    return Day(year, two, one)


def _speaks_for_a_date(figure: Token, before: Sequence[Token]) -> bool:
    """Two numbers without a year: with a slash after a word such as `op`, or at the start of a line of an agenda."""
    if "/" not in figure.text:
        return False
    if before and (before[-1].kind in "TP" or _DAY_FIRST.fullmatch(before[-1].text)):
        return True
    first = int(figure.text.split("/")[0])
    starts = not before or before[-1].kind == "|"
    return len(figure.text) == len("25/11") and (starts or first > _MONTHS)
