"""Which sections stand in an issue that is named in words: kademuur 2009, de brug nr 64?"""

from collections.abc import Collection, Sequence

from archive.ids import slugify
from archive.model.search import And, Node, Term
from archive.search.whoosh.facts import dated
from archive.search.whoosh.scoring import Search

_YEAR = 4  # digits
_MOST_DIGITS = 5  # of a number
_OF_NUMBERS = frozenset(("nr", "no", "num", "nummer", "number", "issue", "jaar", "year"))
_ARTICLES = frozenset(("de", "het", "een", "the", "a"))


def issues_in_words(search: Search, root: Node, *, nothing: bool) -> set[int]:
    """Return the sections of the issues whose newsletter's name a query holds, with their number or year.

    What else is asked for must stand in them. Where `nothing` was found, the name alone will do.
    """
    parts = root.parts if isinstance(root, And) else (root,)
    typed: dict[Node, str] = {part: slugify(part.text) for part in parts if isinstance(part, Term) and not part.field}
    counted = [part for part, word in typed.items() if word.isdecimal() and len(word) <= _MOST_DIGITS]
    if not (counted or (nothing and typed)):
        return set()
    found: set[int] = set()
    for newsletter in search.snapshot.terms("newsletter"):
        name = set(newsletter.split("-"))
        if name - _ARTICLES and name - _ARTICLES <= set(typed.values()):
            rest = [part for part in parts if typed.get(part, "") not in name | _ARTICLES | _OF_NUMBERS]
            found |= _of_issues(search, newsletter, rest, nothing=nothing)
    return found


def _of_issues(search: Search, newsletter: str, rest: Sequence[Node], *, nothing: bool) -> set[int]:
    """Return the sections of a newsletter's issues that have the number or year asked for, and hold the other words."""
    found = set(search.snapshot.documents("newsletter", newsletter))
    numbers = [part for part in rest if isinstance(part, Term) and part.text.isdecimal()]
    if not numbers and not (nothing and not rest):
        return set()
    for part in numbers:
        found.intersection_update(_of_number(part.text, search))
    others = tuple(part for part in rest if part not in numbers)
    return found.intersection(search.match(And(others))) if others and found else found


def _of_number(number: str, search: Search) -> Collection[int]:
    """Return the sections of issues with a number or, where it may be one, of that year."""
    of_issues = set(search.snapshot.documents("number", number))
    return of_issues | dated("date", number, number, search.snapshot) if len(number) == _YEAR else of_issues
