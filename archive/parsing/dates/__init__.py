"""Which day does a printed date mean, and how sure is its year?

`12 t/m 14 mei`, `za. 7 maart '98`, `25/11`, `eind november`, `zomer 2003`, `May 14, 2014`. Reading goes in steps:

    tokens.py    the text as weekdays, numbers, months, years, joints (words from calendar.py)
    grammar.py   which rows of tokens are dates; numeric.py for those in figures
    years.py     which year a date without one means
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from archive.model.issues import MentionedDate, PartialDate, Precision, YearSource
from archive.parsing.dates.grammar import read_dates
from archive.parsing.dates.record import Day, PrintedDate
from archive.parsing.dates.years import resolve_year

_PARAGRAPH = re.compile(r"\n\s*\n")


def find_dates(text: str, *, issue_date: PartialDate | None, language: str) -> tuple[MentionedDate, ...]:
    """Find the dates in a text, in order.

    Args:
        text: A section's text; the offsets of the answer count its characters, `text[start:end_offset]` is the date.
        issue_date: The date of the issue, from which a year that is not printed is inferred; None if unknown.
        language: `nl`, `en`, …; decides whether 5/11 may be read month first and whether `may` is a month.

    Returns:
        Dates with the first day cut to their precision and, for ranges, the last. A day whose year cannot be told has
        an empty `date` and year source `none`.
    """
    found = []
    printed = tuple(read_dates(text, language))
    for date, neighbour in zip(printed, _neighbours(printed, text), strict=True):
        year, source = resolve_year(date, text, issue_date=issue_date, neighbour=neighbour)
        found.append(_mention(date, text, year, source))
    return tuple(found)


def _neighbours(printed: Sequence[PrintedDate], text: str) -> Iterator[int | None]:
    """Yield for each date the year of the last full date before it in its paragraph, in one pass over all."""
    ends = [gap.start() for gap in _PARAGRAPH.finditer(text)]
    full = [each for each in printed if each.first.year is not None and each.precision is Precision.DAY]
    before = 0
    for date in printed:
        while before < len(full) and full[before].end <= date.start:
            before += 1
        last = full[before - 1] if before else None
        parted = last is None or bisect_left(ends, last.end) < bisect_left(ends, date.start)
        yield None if parted or last is None else last.first.year


def _mention(date: PrintedDate, text: str, year: int | None, source: YearSource) -> MentionedDate:
    first, last = "", ""
    if year is not None:
        first = _iso(date.first, year)
        if date.last is not None:
            last = _iso(date.last, _last_year(date, year))
    span = text[date.start : date.end]
    return MentionedDate(span, date.start, date.end, first, last, date.precision, source)


def _last_year(date: PrintedDate, year: int) -> int:
    """Return the year of a range's last day: as printed, or the next one where the range crosses New Year."""
    last = date.last
    if last is None or last.year is not None:
        return year if last is None or last.year is None else last.year
    crosses = (last.month or 0, last.day or 0) < (date.first.month or 0, date.first.day or 0)
    return year + 1 if crosses else year


def _iso(day: Day, year: int) -> str:
    return str(PartialDate(year, day.month, day.day))
