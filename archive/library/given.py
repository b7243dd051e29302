"""Is what a program gives to ask with of the kind that can be asked? Each function says so, or what it should be."""

from __future__ import annotations

from datetime import date, datetime
from operator import index
from typing import TYPE_CHECKING

from archive.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


def text(name: str, value: object) -> str:
    """Return a text.

    Raises:
        UsageError: It is none.
    """
    if not isinstance(value, str):
        raise UsageError(None, f"{name} is {value!r}, which is no text", hint="Give a str.")
    return value


def number(name: str, value: object) -> int:
    """Return a whole number that is not below 0; one of numpy will do.

    Raises:
        UsageError: It is none.
    """
    found = _whole(value)
    if found is None or found < 0:
        raise UsageError(None, f"{name} is {value!r}; limit, offset and width count from 0", "Give a whole number.")
    return found


def names(name: str, value: str | Iterable[object]) -> tuple[str, ...]:
    """Return the names of a list, or the one name that stands for it.

    Raises:
        UsageError: It is no list, or holds what is no text.
    """
    if isinstance(value, str):
        return (value,)
    try:
        found = tuple(value)
    except TypeError:
        raise UsageError(None, f"{name} is {value!r}, which is no name", hint="Give a list of names, or one.") from None
    return tuple(text(f"one of {name}", each) for each in found)


def day(name: str, value: object) -> str:
    """Return a date as text, cut to what is known; whether it exists is not looked at.

    Raises:
        UsageError: It is no text, year or date.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str | date):
        return str(value)
    year = _whole(value)
    if year is None:
        hint = 'Give a text as "2019-03", a year as a number, or a datetime.date.'
        raise UsageError(None, f"{name} is {value!r}, which is no date", hint=hint)
    return str(year)


def _whole(value: object) -> int | None:
    try:
        return None if isinstance(value, bool) else index(value)  # type: ignore[arg-type] # it says so if it cannot
    except TypeError:
        return None
