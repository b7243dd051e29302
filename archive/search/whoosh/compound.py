"""Which words of the archive is a compound made of that it does not hold itself?

As a section may tell of the opvang van vluchtelingen where vluchtelingenopvang is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from archive.model.search import SearchRequest, Term
from archive.search.compounds import Splitter, joints
from archive.search.forms import tokens
from archive.search.stems import is_closed
from archive.search.whoosh.expand import has_related, remember
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.matching import LONG_QUERY, languages_of
from archive.search.whoosh.recall import recalled_leaf
from archive.search.whoosh.snapshot import Snapshot

_OF_NAMES = frozenset("@.")  # in addresses and initials
_LEAST_ALONE = 4  # letters of a part that says enough by itself


def written_apart(word: str, snapshot: Snapshot, request: SearchRequest) -> Mapping[tuple[str, ...], frozenset[int]]:
    """Return the parts of a folded compound with the sections that hold them all; those of most sections first.

    None in long queries: pasted texts hold many words that are nowhere.
    """
    if len(request.query) > LONG_QUERY:
        return {}
    key = ("apart", word, languages_of(snapshot, request), request.exact)
    known: Mapping[tuple[str, ...], frozenset[int]] | None = snapshot.expansions.get(key)
    if known is None:
        known = _held_together(_known_parts(word, snapshot, request), snapshot, request)
        remember(snapshot.expansions, key, known)
    return known


def in_part(word: str, snapshot: Snapshot, request: SearchRequest) -> Mapping[tuple[str, ...], frozenset[int]]:
    """Return the words that a folded compound counts by of which no section holds all parts, with the sections of any.

    Its parts where the archive holds all of them, or else those that it holds; beside these the compound itself, which
    stays missing. What the parts are is for the word lists to say: of "belastingaangifte" no "gifte" is one.
    """
    for language in languages_of(snapshot, request) if len(request.query) <= LONG_QUERY else ():
        parts = [part for part in _split(word, language) if not is_closed(part, language)]
        held = tuple(part for part in parts if _is_held(part, snapshot, language))
        if len(held) < len(parts):
            held = tuple(part for part in held if len(part) >= _LEAST_ALONE)
        if held:
            words = held if len(held) == len(parts) else (*held, word)
            return {words: frozenset().union(*(_sections(part, snapshot, request) for part in held))}
    return {}


def _split(word: str, language: str) -> tuple[str, ...]:
    from archive.languages import unaccented_zipf  # asked where nothing is found: the lists take tenths of a second

    return Splitter(language, partial(unaccented_zipf, language=language)).parts(word)


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
    if len(written) > 1:  # with a hyphen or the like; the parts of dates and addresses by themselves say nothing
        may_be_words = _OF_NAMES.isdisjoint(word) and all(map(str.isalpha, written))
        if may_be_words and all(snapshot.has(WORDS, part) for part in written):
            yield written
        return
    for language in languages_of(snapshot, request):
        for parts in _cuts(word, language):
            if all(_is_held(part, snapshot, language) for part in parts):
                yield parts


def _cuts(word: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a word in two; behind articles, prepositions and the like others say little."""
    for parts in joints(word, language):
        if not any(is_closed(part, language) for part in parts):
            yield parts


def _is_held(part: str, snapshot: Snapshot, language: str) -> bool:
    """Tell whether the archive holds a part of a compound, a form of it or another compound with it."""
    return snapshot.has(WORDS, part) or has_related(part, snapshot, (language,))


def _sections(word: str, snapshot: Snapshot, request: SearchRequest) -> frozenset[int]:
    return frozenset(recalled_leaf(Term(word), snapshot, request).documents)
