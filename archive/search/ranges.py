"""Which days does a date stand for, and which range of dates or pages was asked for?

Dates are ISO, cut to what is known; a date cut short stands for all of its days. Days are compared as strings.
"""

import re
from functools import lru_cache

from archive.errors import QuerySyntaxError, UsageError

FIRST_DAY = "0000-01-01"
LAST_DAY = "9999-12-31"

_DATE = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EXAMPLE = "Write 2019, 2019-03 or 2019-03-15."


@lru_cache(maxsize=10_000)
def days_of(date: str) -> tuple[str, str] | None:
    """Return the first and the last day that an ISO date (year, month or day) stands for; None if it is no date."""
    parts = re.fullmatch(_DATE, date)
    if not parts:
        return None
    year, month, day = parts.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= len(_MONTH_DAYS):
        return None
    last = _MONTH_DAYS[int(month) - 1] + (month == "02" and _is_leap(int(year)))
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{last:02}"
    return (date, date) if 1 <= int(day) <= last else None


def check_value(query: str, field: str, value: str, *, position: int) -> None:
    """Refuse a value that a date or page field cannot have.

    Raises:
        QuerySyntaxError: it is no date, or no page number.
    """
    if field == "page":
        if not value.isdecimal() or not value.isascii() or not value.strip("0"):
            raise QuerySyntaxError(
                query, f"{value} is no page number", position=position, hint="Write page:3; the first is 1."
            )
    elif days_of(value) is None:
        raise QuerySyntaxError(query, f"{value} is no date", position=position, hint=_EXAMPLE)


def check_range(query: str, field: str, low: str, high: str, *, position: int) -> None:
    """Refuse a range whose ends cannot be read or come in the wrong order; an empty end is open.

    Raises:
        QuerySyntaxError: the same.
    """
    for end in (low, high):
        if end:
            check_value(query, field, end, position=position)
    if low and high and _starts_after(field, low, high):
        raise QuerySyntaxError(
            query,
            f"The range ends before it starts: {low} to {high}",
            position=position,
            hint=f"Write [{high} TO {low}].",
        )


def check_filter(low: str, high: str) -> None:
    """Refuse dates of a filter that are none or come in the wrong order; an empty one is open.

    Raises:
        UsageError: the same.
    """
    for end in (low, high):
        if end and days_of(end) is None:
            raise UsageError(None, f"{end!r} is no date", hint=_EXAMPLE)
    if low and high and _starts_after("date", low, high):
        raise UsageError(None, f"the dates end before they start: from {low} to {high}", hint="Swap the two.")


def bounds(low: str, high: str) -> tuple[str, str]:
    """Return the first and the last day of a range of dates cut to what is known; empty ends are open."""
    from_day = (days_of(low) or (FIRST_DAY,))[0] if low else FIRST_DAY
    return from_day, (days_of(high) or (LAST_DAY, LAST_DAY))[1] if high else LAST_DAY


def _starts_after(field: str, low: str, high: str) -> bool:
    if field == "page":
        return int(low) > int(high)
    return (days_of(low) or ("", ""))[0] > (days_of(high) or ("", ""))[1]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
