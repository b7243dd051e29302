"""How else might the query be written, so that it finds something?

rommelmakt           → rommelmarkt            a word of the archive, a letter or two away
vluchtelingenopvang  → vluchtelingen opvang   the parts of a compound that it does not hold, where it holds both
opvang of onderdak   → opvang OR onderdak     where nothing is found: operators that were written as words
"""

from collections.abc import Iterator

from archive.errors import QuerySyntaxError
from archive.model.search import MatchKind, SearchRequest, Term
from archive.search.forms import fold, tokens
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.recall import recalled_leaf
from archive.search.whoosh.scoring import Search
from archive.search.whoosh.snapshot import Snapshot

_MOST = 3
_OPERATORS = {"or": "OR", "of": "OR", "and": "AND", "en": "AND", "not": "NOT"}


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
                others = [word for word, kind in leaf.forms.items() if kind is MatchKind.FUZZY]
            if not leaf.size:
                others += _apart(fold(node.text), search.snapshot, search.request)
            found += [typed[: node.start] + other + typed[node.end :] for other in others[:_MOST]]
    if nothing:
        found += _with_operators(search)
    return tuple(found[:_MOST])


def _with_operators(search: Search) -> Iterator[str]:
    """Yield the query with operators instead of the words for them, if it can be read so and finds something."""
    if _OPERATORS.keys().isdisjoint(search.request.query.split()):
        return
    from archive.search.pieces import split_query
    from archive.search.query import parse_query

    typed = written = search.request.query
    try:
        for piece in reversed(split_query(typed)):
            if piece.text in _OPERATORS:
                written = written[: piece.start] + _OPERATORS[piece.text] + written[piece.end :]
        root = parse_query(written).root
    except QuerySyntaxError:
        return
    if written != typed and Search(search.snapshot, search.request._replace(query=written)).match(root):
        yield written


def _apart(word: str, snapshot: Snapshot, request: SearchRequest) -> list[str]:
    """Return the parts of a compound as words, where sections hold them all; those of most sections first."""
    together = {
        " ".join(parts): frozenset.intersection(*(_sections(part, snapshot, request) for part in parts))
        for parts in _known_parts(word, snapshot)
    }
    held = [written for written, sections in together.items() if sections]
    held.sort(key=lambda written: (-len(together[written]), -len(written), written))
    first: dict[frozenset[int], str] = {}  # vluchteling opvang finds the same as vluchtelingen opvang
    for written in held:
        first.setdefault(together[written], written)
    return list(first.values())


def _known_parts(word: str, snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    written = tuple(token.text for token in tokens(word) if not token.whole)
    if len(written) > 1:  # with a hyphen
        if all(snapshot.has(WORDS, part) for part in written):
            yield written
        return
    from archive.search.compounds import joints  # most searches find something

    for language in sorted(snapshot.stamp.languages):
        for first, last in joints(word, language):
            if snapshot.has(WORDS, first) and snapshot.has(WORDS, last):
                yield first, last


def _sections(word: str, snapshot: Snapshot, request: SearchRequest) -> frozenset[int]:
    return frozenset(recalled_leaf(Term(word), snapshot, request).documents)
