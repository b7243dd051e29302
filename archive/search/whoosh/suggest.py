"""How else might the query be written, so that it finds something?

rommelmakt           → rommelmarkt            a word of the archive, a letter or two away
vluchtelingenopvang  → vluchtelingen opvang   the parts of a compound that it does not hold, where it holds both
opvang of onderdak   → opvang OR onderdak     where nothing is found: operators that were written as words
"""

from collections.abc import Iterator

from archive.errors import QuerySyntaxError
from archive.model.search import MatchKind, Term
from archive.search.forms import fold
from archive.search.whoosh.matching import languages_of
from archive.search.whoosh.scoring import Search

_MOST = 3
_RARE = 2  # sections
_OPERATORS = {"or": "OR", "and": "AND", "not": "NOT"}
_IN_DUTCH = {"of": "OR", "en": "AND", "niet": "NOT"}


def suggest(search: Search, *, nothing: bool) -> tuple[str, ...]:
    """Return the query with other words instead of those that the archive does not hold, the likeliest first.

    Where `nothing` was found, also with operators instead of the words for them.
    """
    typed = search.request.query
    found: list[str] = []
    for node, leaf in search.leaves.items():
        if isinstance(node, Term) and not node.field and typed[node.start : node.end] == node.text:
            others = []
            if fold(node.text) not in leaf.forms:
                fuzzy = [word for word, kind in leaf.forms.items() if kind is MatchKind.FUZZY]
                others = [word for word in fuzzy if not _may_be_misread(word, search)]
            if not leaf.size:
                others += _written_apart(fold(node.text), search)
            found += [typed[: node.start] + other + typed[node.end :] for other in others[:_MOST]]
    if nothing:
        found += _with_operators(search)
    return tuple(found[:_MOST])


def _may_be_misread(word: str, search: Search) -> bool:
    """Tell whether a word of the archive is rare and in no list: nobody means viuchtelingen."""
    return search.snapshot.is_odd(word) and search.snapshot.frequency(word) <= _RARE


def _with_operators(search: Search) -> Iterator[str]:
    """Yield the query with operators instead of the words for them, if it can be read so and finds something."""
    typed = written = search.request.query
    if not (_OPERATORS.keys() | _IN_DUTCH.keys()) & set(typed.casefold().split()):
        return
    from archive.languages import detect_language  # loads the lists, and little finds nothing
    from archive.search.pieces import Kind, split_query
    from archive.search.query import parse_query

    languages = languages_of(search.snapshot, search.request)
    in_dutch = "en" not in languages or detect_language(typed, languages) == "nl"  # "of" is an English word, too
    operators = _OPERATORS | _IN_DUTCH if in_dutch else _OPERATORS
    try:
        for piece in reversed(split_query(typed)):
            if piece.kind is Kind.LEAF and (operator := operators.get(piece.text.casefold())):
                written = written[: piece.start] + operator + written[piece.end :]
        root = parse_query(written).root
    except QuerySyntaxError:
        return
    if written != typed and Search(search.snapshot, search.request._replace(query=written)).match(root):
        yield written


def _written_apart(word: str, search: Search) -> list[str]:
    from archive.search.whoosh.compound import written_apart  # most searches find something

    return [" ".join(parts) for parts in written_apart(word, search.snapshot, search.request)]
