"""Which number and date do the names of a folder's files tell, by the part that changes from one to the next?

`Newsletter 147 - October 2005`: the part before the month counts up over the years, so it is no day. `Frando23-51`: the
first part is the year that is printed in the issues, the second goes up to 52.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from archive.model.issues import PartialDate
from archive.parsing.dates.calendar import load_calendar
from archive.parsing.dates.record import Day, is_possible
from archive.parsing.numbering import read_numbering
from archive.parsing.series.order import goes_up
from archive.parsing.series.signature import month_pattern

_COPY = re.compile(r"\((?:\d+|kopie|copy)\)|\bv\d\b", re.IGNORECASE)
_YEARS = range(1850, 2100)
_MONTHS, _DAYS = 12, 31
_TOO_MANY = 2000  # for the number of an issue
_OF_MACHINES = frozenset(
    (
        "scan",
        "scans",
        "img",
        "image",
        "doc",
        "document",
        "page",
        "pagina",
        "dsc",
        "file",
        "pdf",
        "ocr",
        "output",
        "untitled",
    )
)
_ENOUGH = 3  # files of one pattern that show what a part means


@dataclass(frozen=True, slots=True)
class NamedIssue:
    """What the name of a file tells of its issue; empty or None where it tells nothing."""

    number: str = ""
    date: PartialDate | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    file: str
    kinds: tuple[str, ...]
    texts: tuple[str, ...]

    def value(self, at: int) -> int:
        return int(self.texts[at])


def read_names(printed: Mapping[str, PartialDate | None]) -> dict[str, NamedIssue]:
    """Read the names of the files of one series.

    Args:
        printed: The paths of the files, each with the date that the issue itself prints, None where it prints none.

    Returns:
        What each name tells, by path; nothing for names that tell nothing.
    """
    groups: dict[tuple[object, ...], list[_Parts]] = defaultdict(list)
    for file in sorted(printed):
        parts = _take_apart(file)
        words = tuple(text.casefold() for kind, text in zip(parts.kinds, parts.texts, strict=True) if kind == "w")
        groups[str(PurePosixPath(file).parent), parts.kinds, words].append(parts)
    return {parts.file: named for group in groups.values() for parts, named in _read_group(group, printed)}


def _take_apart(file: str) -> _Parts:
    stem = _COPY.sub(" ", PurePosixPath(file).stem.replace("_", " "))
    kinds: list[str] = []
    texts: list[str] = []
    for match in _part_pattern().finditer(stem):
        kind = match.lastgroup or "w"
        if kind == "n" and kinds and kinds[-1] == "w" and len(texts[-1]) == 1 and stem[match.start() - 1].isalpha():
            texts[-1] += match[0]  # P2000, a product
            continue
        for part in _split_date(match[0]) if kind == "n" else (match[0],):
            kinds.append(kind)
            texts.append(part)
    return _Parts(file, tuple(kinds), tuple(texts))


@lru_cache(maxsize=1)
def _part_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<m>{month_pattern().pattern})|(?P<n>\d+)|(?P<w>[^\W\d_]+)", re.IGNORECASE)


def _split_date(figures: str) -> tuple[str, ...]:
    """Part eight or six figures that are a date."""
    if len(figures) == 8:  # noqa: PLR2004
        if _is_date(figures[:4], figures[4:6], figures[6:]):
            return figures[:4], figures[4:6], figures[6:]
        if _is_date(figures[4:], figures[2:4], figures[:2]):
            return figures[:2], figures[2:4], figures[4:]
    if len(figures) == 6:  # noqa: PLR2004
        if _is_date(figures[:4], figures[4:], "1"):
            return figures[:4], figures[4:]
        if _is_date(figures[2:], figures[:2], "1"):
            return figures[:2], figures[2:]
    return (figures,)


def _is_date(year: str, month: str, day: str) -> bool:
    return int(year) in _YEARS and is_possible(Day(int(year), int(month), int(day)))


def _read_group(group: Sequence[_Parts], printed: Mapping[str, PartialDate | None]) -> list[tuple[_Parts, NamedIssue]]:
    """Read names that have the same words and figures at the same places."""
    figures = [at for at, kind in enumerate(group[0].kinds) if kind == "n"]
    month = next((at for at, kind in enumerate(group[0].kinds) if kind == "m"), None)
    year = _year_part(group, figures, month)
    short = None if year is not None else _short_year_part(group, figures, printed)
    left = [at for at in figures if at not in {year, short}]
    day = None
    if month is None and (year is not None or short is not None):
        month, day = _month_and_day(group, left, year if year is not None else short)
    elif month is not None:
        day = _day_part(group, left, month, year)
    left = [at for at in left if at not in {month, day}]
    when = [_date(parts, year, short, month, day) for parts in group]
    number = _number_part(group, left, [date or printed[parts.file] for parts, date in zip(group, when, strict=True)])
    return [
        (parts, NamedIssue(_number(parts, number), date, f"the file is called {PurePosixPath(parts.file).name}"))
        for parts, date in zip(group, when, strict=True)
    ]


def _year_part(group: Sequence[_Parts], figures: Sequence[int], month: int | None) -> int | None:
    found = [at for at in figures if all(len(parts.texts[at]) == 4 and parts.value(at) in _YEARS for parts in group)]  # noqa: PLR2004
    beside = [at for at in found if month is not None and abs(at - month) == 1]
    return next(iter(beside or found), None)


def _short_year_part(
    group: Sequence[_Parts], figures: Sequence[int], printed: Mapping[str, PartialDate | None]
) -> int | None:
    """Return the part of two figures that is the year that the issues print."""
    for at in figures:
        known = [(parts.texts[at], date.year) for parts in group if (date := printed[parts.file])]
        agree = sum(len(text) == 2 and int(text) == year % 100 for text, year in known)  # noqa: PLR2004
        if agree >= 2 and agree >= 0.6 * len(known) and all(len(parts.texts[at]) == 2 for parts in group):  # noqa: PLR2004
            return at
    return None


def _month_and_day(group: Sequence[_Parts], left: Sequence[int], year: int | None) -> tuple[int | None, int | None]:
    """Return the parts beside the year that are month and day: none above 12 and 31."""
    assert year is not None  # noqa: S101 - the caller looked
    for step in (1, -1):
        month, day = year + step, year + 2 * step
        if month not in left or not _all_up_to(_MONTHS, group, month):
            continue
        has_day = day in left and _all_up_to(_DAYS, group, day)
        return month, day if has_day else None
    return None, None


def _all_up_to(most: int, group: Sequence[_Parts], at: int) -> bool:
    return all(len(parts.texts[at]) == 2 and 1 <= parts.value(at) <= most for parts in group)  # noqa: PLR2004


def _day_part(group: Sequence[_Parts], left: Sequence[int], month: int, year: int | None) -> int | None:
    """Return the part beside a month in words that is the day: no number that counts up over the months."""
    at = month - 1 if month - 1 in left else month + 1 if month + 1 in left and year != month + 1 else None
    if at is None or not all(1 <= parts.value(at) <= _DAYS for parts in group):
        return None
    parted = all(_is_parted(parts, at) for parts in group)
    if parted and at < month:
        return None
    dates = [_date(parts, year, None, month, None) for parts in group]
    counted = [(date, parts.value(at)) for parts, date in zip(group, dates, strict=True) if date]
    return None if len(counted) >= _ENOUGH and goes_up(counted) else at


def _is_parted(parts: _Parts, at: int) -> bool:
    """Tell whether a dash or comma with white behind it follows a part: `6 - March`."""
    stem = PurePosixPath(parts.file).stem
    return re.search(rf"(?<!\d){parts.texts[at]}\s*[-–,]\s+", stem) is not None


def _number_part(group: Sequence[_Parts], left: Sequence[int], when: Sequence[PartialDate | None]) -> int | None:
    """Return the part that numbers the issues: named so, or changing from file to file and going up with the dates."""
    for at in left:
        before = group[0].texts[at - 1] if at and group[0].kinds[at - 1] == "w" else ""
        if before and all(read_numbering(f"{before} {parts.texts[at]}").number for parts in group):
            return at
    if not (_is_named(group[0]) or len({*range(len(group[0].kinds))} - {*left}) > 1):
        return None  # scan001: scans were counted, no issues
    spans = {at for at in left if at + 1 in left and all(parts.value(at) + 1 < parts.value(at + 1) for parts in group)}
    free = [at for at in left if at not in spans and at - 1 not in spans]
    for at in free:
        values = [parts.value(at) for parts in group]
        dated = [(date, value) for date, value in zip(when, values, strict=True) if date]
        if len(dated) >= _ENOUGH or (len(dated) == len(values) > 1):
            if goes_up(dated):
                return at
        elif (
            len(values) >= _ENOUGH
            and len(set(values)) == len(values)
            and max(values) < _TOO_MANY
            and _is_named(group[0])
        ):
            return at
    one = len(group) == 1 and len(free) == 1 and when[0]
    return free[0] if one and int(group[0].texts[free[0]]) < _TOO_MANY else None


def _is_named(parts: _Parts) -> bool:
    """Tell whether a person gave the name: it holds a word that no scanner gives."""
    words = {text.casefold() for kind, text in zip(parts.kinds, parts.texts, strict=True) if kind == "w"}
    return any(len(word) > 2 for word in words - _OF_MACHINES)  # noqa: PLR2004 - of a hash


def _number(parts: _Parts, at: int | None) -> str:
    return "" if at is None else str(parts.value(at))


def _date(parts: _Parts, year: int | None, short: int | None, month: int | None, day: int | None) -> PartialDate | None:
    if year is None and short is None:
        return None
    whole = parts.value(year) if year is not None else _century(parts.value(short or 0))
    at = None
    if month is not None:
        text = parts.texts[month]
        at = int(text) if text.isdigit() else load_calendar().month(text)
    on = parts.value(day) if day is not None and at is not None else None
    return PartialDate(whole, at, on) if is_possible(Day(whole, at, on)) else PartialDate(whole, at)


def _century(two: int) -> int:
    return two + (2000 if two < 50 else 1900)  # noqa: PLR2004 - the pivot of archive.parsing.dates.record
