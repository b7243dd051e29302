"""Which sections name the day of a date that is typed in numbers: 14-11-2020, where the text says 14 november?"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources

from archive.model.search import MatchKind, Term
from archive.search.forms import fold
from archive.search.query import describe
from archive.search.whoosh.expand import WEIGHT
from archive.search.whoosh.leaf import Leaf, idf_of
from archive.search.whoosh.snapshot import Snapshot

_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_MOST_DAYS = 14  # of what is named with its first and last day; a month or year that is named is not about that day


def match_day(node: Term, snapshot: Snapshot) -> Leaf:
    """Match the sections with a date that is that day, or some days around it; none where the word is no date."""
    day = _read(node.text)
    return Leaf(describe(node)) if day is None else of_day(day, describe(node), snapshot)


def of_day(day: date, label: str, snapshot: Snapshot) -> Leaf:
    """Match the sections that name a day."""
    from archive.search.whoosh.facts import touching

    values, written = snapshot.terms("mention"), day.isoformat()
    dates = [values[at] for at in touching("mention", written, written, snapshot)]
    known = {
        number: WEIGHT[MatchKind.INFLECTION]
        for named in dates
        if _days(named) <= _MOST_DAYS
        for number in snapshot.documents("mention", named)
    }
    forms = dict.fromkeys(_forms(day, snapshot.stamp.languages) if known else (), MatchKind.INFLECTION)
    return Leaf(label, known=known, idf=idf_of(len(known), snapshot.count), forms=forms)


def _days(named: str) -> int:
    """Return how many days lie between the first and the last of a date as the index holds it."""
    first, _, last = named.partition("/")
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _read(text: str) -> date | None:
    """Read a date in numbers, day first or year first."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    return date_of((found[4], found[3], found[1]) if found[4] else (found[5], found[6], found[7]))


def date_of(numbers: Sequence[str]) -> date | None:
    """Return the date of a year, a month and a day in digits; None where there is no such day."""
    try:
        return date(*map(int, numbers))
    except ValueError:
        return None


@cache
def months_of(language: str) -> Mapping[str, int]:
    """Return the number of each month by its folded names in a language."""
    calendar = tomllib.loads((resources.files("archive.data") / "calendar.toml").read_text(encoding="utf-8"))
    months = calendar[language]["months"] if language in calendar else []
    return {fold(name): number for number, names in enumerate(months, start=1) for name in names}


def _forms(day: date, languages: Sequence[str]) -> Iterator[str]:
    """Yield how texts of some languages write a day, with its year and without."""
    for language in languages:
        for name in (name for name, number in months_of(language).items() if number == day.month):
            yield from (f"{day.day} {name}", f"{day.day}e {name}", f"{name} {day.day}")
    for one, month in ((f"{day.day}", f"{day.month}"), (f"{day.day:02}", f"{day.month:02}")):
        yield from (f"{one} {month} {day.year}", f"{one} {month} {day.year % 100:02}")
        yield from (f"{one}{joint}{month}" for joint in "-/.")
