"""What is a date as it stands in a text, before we know its year?"""

import calendar as gregorian
import re
from dataclasses import dataclass

from archive.model.issues import Precision

_YEARS = range(1400, 2101)
_LEAP_YEAR = 2000
_DIGITS = str.maketrans(
    {"l": "1", "I": "1", "|": "1", "!": "1", "i": "1", "O": "0", "o": "0", "Q": "0", "S": "5", "B": "8"}
)
# Two printed figures of a year: '49 and less are this century.
_PIVOT = 50


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as far as printed; `weekday` counts from 0 for Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in a text: where it stands, what is printed of its first and last day, and to what it is known."""

    start: int
    end: int
    first: Day
    last: Day | None
    precision: Precision


def read_number(text: str) -> int | None:
    """Read one or two figures of a day, `l5` and `2O` included; None if they are no number."""
    digits = re.sub(r"\D+$", "", text.strip().translate(_DIGITS))
    return int(digits) if digits.isdigit() else None


def read_year(text: str) -> int | None:
    """Read a printed year (`1998`, `'98`, `l998`); None for what is no year of a newsletter or its history."""
    digits = "".join(c for c in text.strip().translate(_DIGITS) if c.isdigit())
    if not digits:
        return None
    year = int(digits)
    if len(digits) == 2:  # noqa: PLR2004 - '98
        return year + (2000 if year < _PIVOT else 1900)
    return year if year in _YEARS else None


def is_possible(day: Day) -> bool:
    """Tell whether there is such a day in the calendar (29 February too, if no year is printed)."""
    if day.month is not None and not 1 <= day.month <= 12:  # noqa: PLR2004 - months
        return False
    if day.day is None:
        return True
    if day.month is None:
        return False
    return 1 <= day.day <= gregorian.monthrange(day.year or _LEAP_YEAR, day.month)[1]
