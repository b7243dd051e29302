"""Which words of the archive is a compound made of that it does not hold itself?

As a section may tell of the opvang van vluchtelingen where vluchtelingenopvang is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping

from archive.model.search import SearchRequest, Term
from archive.search.forms import tokens
from archive.search.stems import is_closed
from archive.search.whoosh.expand import has_form, remember
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.matching import languages_of
from archive.search.whoosh.recall import recalled_leaf
from archive.search.whoosh.snapshot import Snapshot


def written_apart(word: str, snapshot: Snapshot, request: SearchRequest) -> Mapping[tuple[str, ...], frozenset[int]]:
    """Return the parts of a folded compound with the sections that hold them all; those of most sections first."""
    key = ("apart", word, languages_of(snapshot, request), request.exact)
    known: Mapping[tuple[str, ...], frozenset[int]] | None = snapshot.expansions.get(key)
    if known is None:
        known = _held_together(_known_parts(word, snapshot, request), snapshot, request)
        remember(snapshot.expansions, key, known)
    return known


def _held_together(
    ways: Iterable[tuple[str, ...]], snapshot: Snapshot, request: SearchRequest
) -> Mapping[tuple[str, ...], frozenset[int]]:
    """Return those ways to part a compound of which sections hold all parts, each with these; one of like ways."""
    together = {
        parts: frozenset.intersection(*(_sections(part, snapshot, request) for part in parts)) for parts in ways
    }
    held = [parts for parts, sections in together.items() if sections]
    forms_only = {parts: sum(not snapshot.has(WORDS, part) for part in parts) for parts in held}
    held.sort(key=lambda parts: (-len(together[parts]), forms_only[parts], -len("".join(parts)), parts))
    first: dict[frozenset[int], tuple[str, ...]] = {}  # vluchteling opvang finds the same as vluchtelingen opvang
    for parts in held:
        first.setdefault(together[parts], parts)
    return {parts: sections for sections, parts in first.items()}


def _known_parts(word: str, snapshot: Snapshot, request: SearchRequest) -> Iterator[tuple[str, ...]]:
    written = tuple(token.text for token in tokens(word) if not token.whole)
    if len(written) > 1:  # with a hyphen; the parts of dates and addresses by themselves say nothing
        if word.replace("-", "").isalpha() and all(snapshot.has(WORDS, part) for part in written):
            yield written
        return
    from archive.search.compounds import joints  # most searches find something

    for language in languages_of(snapshot, request):
        for parts in joints(word, language):
            if not any(is_closed(part, language) for part in parts) and all(
                snapshot.has(WORDS, part) or has_form(part, snapshot, (language,)) for part in parts
            ):
                yield parts


def _sections(word: str, snapshot: Snapshot, request: SearchRequest) -> frozenset[int]:
    return frozenset(recalled_leaf(Term(word), snapshot, request).documents)
