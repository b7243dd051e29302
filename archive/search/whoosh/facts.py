"""Which sections have a value in a field that is no running text: a category, a place, a date, a page?"""

from bisect import bisect_right
from collections.abc import Collection

from archive.ids import slugify
from archive.model.search import Fuzzy, Pattern
from archive.search.forms import fold, names_in, tokens
from archive.search.ranges import FIRST_DAY, LAST_DAY, bounds, days_of
from archive.search.whoosh.patterns import matching_words
from archive.search.whoosh.snapshot import Snapshot

_FACT_OF = {"date": "date", "mentions": "mention"}
_SETS = frozenset({"category", "newsletter", "language"})
_FEW = 8


def in_range(name: str, low: str, high: str, snapshot: Snapshot) -> set[int]:
    """Return the sections whose page, date or dates fall into a range."""
    if name == "page":
        wanted = [
            page
            for page in snapshot.terms("page")
            if (not low or int(low) <= int(page)) and (not high or int(page) <= int(high))
        ]
        return {number for page in wanted for number in snapshot.documents("page", page)}
    return dated(_FACT_OF[name], low, high, snapshot)


def dated(fact: str, low: str, high: str, snapshot: Snapshot) -> set[int]:
    """Return the sections with an issue date or mentioned date that touches a range."""
    values = snapshot.terms(fact)
    touched = [values[at] for at in touching(fact, low, high, snapshot)]
    return {number for value in touched for number in snapshot.documents(fact, value)}


def touching(fact: str, low: str, high: str, snapshot: Snapshot) -> list[int]:
    """Return the places of those values of a field, in order of their dates, that touch a range of dates."""
    firsts, lasts = _days(fact, snapshot)
    from_day, to_day = bounds(low, high)
    return [at for at, last in enumerate(lasts[: bisect_right(firsts, to_day)]) if last >= from_day]


def _days(fact: str, snapshot: Snapshot) -> tuple[list[str], list[str]]:
    """Return the first and the last day of each value of a field: `2019-03`, or `2019-03-01/2019-03-04`."""
    key = ("days", fact)
    known: tuple[list[str], list[str]] | None = snapshot.expansions.get(key)
    if known is None:
        spans = [value.partition("/") for value in snapshot.terms(fact)]
        nothing = (LAST_DAY, FIRST_DAY)
        firsts = [(days_of(first) or nothing)[0] for first, _, _ in spans]
        lasts = [(days_of(last or first) or nothing)[1] for first, _, last in spans]
        known = (firsts, lasts)
        snapshot.expansions[key] = known
    return known


def with_fact(name: str, value: str, snapshot: Snapshot) -> Collection[int]:
    """Return the sections with this value in a field."""
    if name in _FACT_OF:
        return dated(_FACT_OF[name], value, value, snapshot)
    if name == "note":  # each of the words stands in it
        words = [token.text for token in tokens(value)]
        return set.intersection(*(set(snapshot.documents(name, word)) for word in words)) if words else set()
    return set(snapshot.documents(name, fact_of(name, value)))


def fact_of(name: str, value: str) -> str:
    """Return a value as the index holds it."""
    if name == "newsletter":
        return slugify(value)
    if name in {"place", "tag"}:
        return names_in(value)[0]
    if name == "page":
        return str(int(value))
    return fold(value)


def perhaps_meant(name: str, value: str, snapshot: Snapshot) -> list[str] | None:
    """Return what was perhaps meant by a value that no section has: all that there are, where few, or those near it.

    None if sections have it.
    """
    fact = fact_of(name, value)
    if snapshot.has(name, fact):
        return None
    values = snapshot.terms(name)
    if name in _SETS and len(values) <= _FEW:
        return values
    from difflib import get_close_matches

    return get_close_matches(fact, values)


def near_facts(node: Pattern | Fuzzy, text: str, name: str, snapshot: Snapshot) -> set[int]:
    """Return the sections with a value in a field that fits a pattern or is a letter or two off."""
    values = snapshot.terms(name)
    if isinstance(node, Pattern):
        wanted = matching_words(fold(text), snapshot, values)
    else:
        from rapidfuzz.distance import OSA

        wanted = [value for value in values if OSA.distance(fold(text), value) <= node.edits]
    return {number for value in wanted for number in snapshot.documents(name, value)}
