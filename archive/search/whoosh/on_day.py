"""Which sections name the day of a date that is typed in numbers: 14-11-2020, where the text says 14 november?"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
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
    label, day = describe(node), _read(node.text)
    if day is None:
        return Leaf(label)
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
    numbers = (found[4], found[3], found[1]) if found[4] else (found[5], found[6], found[7])
    try:
        return date(*map(int, numbers))
    except ValueError:
        return None


def _forms(day: date, languages: Sequence[str]) -> Iterator[str]:
    """Yield how texts of some languages write the day and month."""
    calendar = tomllib.loads((resources.files("archive.data") / "calendar.toml").read_text(encoding="utf-8"))
    for language in languages:
        for name in map(fold, calendar[language]["months"][day.month - 1] if language in calendar else ()):
            yield f"{day.day} {name}"
            yield f"{name} {day.day}"
