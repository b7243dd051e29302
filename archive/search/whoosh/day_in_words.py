"""Which sections name the day of a date that is typed in words: 14 november 2020, where the text says 14/11?"""

import re
from collections.abc import Sequence
from datetime import date

from archive.model.search import And, Node, Term
from archive.search.forms import fold
from archive.search.whoosh.on_day import date_of, months_of, of_day
from archive.search.whoosh.scoring import Search

_IN_WORDS = 3  # words of a date: 14 november 2020, November 14, 2020
_ORDINAL = re.compile(r"(\d{1,2})(?:e|de|ste|st|nd|rd|th)?\.?")
_YEAR = re.compile(r"\d{4}")


def days_in_words(search: Search, root: And) -> set[int]:
    """Return the sections that match a query when a date in it that is typed in words is read as a day.

    What that day finds counts for the ranking of the search from then on.
    """
    parts = root.parts
    for at in range(len(parts) - _IN_WORDS + 1):
        day = _read_words(parts[at : at + _IN_WORDS], search.snapshot.stamp.languages)
        if day is None:
            continue
        typed = Term(day.strftime("%d-%m-%Y"))
        leaf = of_day(day, typed.text, search.snapshot)
        # As telling as its words together: it comes before sections that hold these far from each other.
        leaf = leaf._replace(idf=leaf.idf + sum(search.leaves[part].idf for part in parts[at : at + _IN_WORDS]))
        others = (*parts[:at], *parts[at + _IN_WORDS :])
        found = set(leaf.documents).intersection(*([search.match(And(others))] if others else []))
        if found:
            search.leaves[typed] = leaf
        return found
    return set()


def _read_words(parts: Sequence[Node], languages: Sequence[str]) -> date | None:
    """Read a date in words: day, month and year, or month, day and year."""
    words = [fold(part.text) for part in parts if isinstance(part, Term) and not part.field]
    if len(words) < _IN_WORDS or not _YEAR.fullmatch(words[-1]):
        return None
    months = {name: number for language in languages for name, number in months_of(language).items()}
    for day, month in (words[:2], words[1::-1]):
        found = _ORDINAL.fullmatch(day)
        if found and month.rstrip(".") in months:
            return date_of((words[-1], str(months[month.rstrip(".")]), found[1]))
    return None
