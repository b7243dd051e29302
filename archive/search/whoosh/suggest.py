"""How else might the query be written, so that it finds something?

rommelmakt           → rommelmarkt            a word of the archive, a letter or two away
vluchtelingenopvang  → vluchtelingen opvang   the parts of a compound that it does not hold, where it holds both
"""

from collections.abc import Iterator

from archive.model.search import MatchKind, SearchRequest, Term
from archive.search.forms import fold
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.recall import recalled_leaf
from archive.search.whoosh.scoring import Search
from archive.search.whoosh.snapshot import Snapshot

_MOST = 3


def suggest(search: Search) -> tuple[str, ...]:
    """Return the query with other words instead of those that the archive does not hold, the likeliest first."""
    typed = search.request.query
    found: list[str] = []
    for node, leaf in search.leaves.items():
        if isinstance(node, Term) and not node.field and typed[node.start : node.end] == node.text:
            others = [word for word, kind in leaf.forms.items() if kind is MatchKind.FUZZY]
            if not leaf.size:
                others += _apart(fold(node.text), search.snapshot, search.request)
            found += [typed[: node.start] + other + typed[node.end :] for other in others[:_MOST]]
    return tuple(found[:_MOST])


def _apart(word: str, snapshot: Snapshot, request: SearchRequest) -> list[str]:
    """Return the parts of a compound as two words, where sections hold both; those of most sections first."""
    together = {
        f"{first} {last}": len(_sections(first, snapshot, request) & _sections(last, snapshot, request))
        for first, last in _known_parts(word, snapshot)
    }
    held = (parts for parts, count in together.items() if count)
    return sorted(held, key=lambda parts: (-together[parts], -len(parts), parts))


def _known_parts(word: str, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    from archive.search.compounds import joints  # most searches find something

    for language in sorted(snapshot.stamp.languages):
        for first, last in joints(word, language):
            if snapshot.has(WORDS, first) and snapshot.has(WORDS, last):
                yield first, last


def _sections(word: str, snapshot: Snapshot, request: SearchRequest) -> set[int]:
    return set(recalled_leaf(Term(word), snapshot, request).documents)
