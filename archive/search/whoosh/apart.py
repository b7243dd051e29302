"""Which sections hold the words of a phrase or the parts of a compound, where none holds it as a whole?

One word that could not be read hides a whole phrase. So where nothing is found, a phrase counts by its words, which
count for more where they stand side by side, and what holds most of them is a partial match. A compound that is nowhere
counts by its parts in the same way: vluchtelingenopvang, where a section tells of the opvang van vluchtelingen, or of
one of the two.
"""

from collections.abc import Mapping, Sequence

from archive.model.search import And, MatchKind, Node, Phrase, Term
from archive.search.forms import fold, tokens
from archive.search.query import describe
from archive.search.whoosh.compound import in_part, written_apart
from archive.search.whoosh.filters import Filters
from archive.search.whoosh.partial import Partial, best_with_a_part
from archive.search.whoosh.scoring import Search

_OF_TEXT = ("", "heading")  # fields


def best_apart(
    search: Search, root: And | Phrase | Term, filters: Filters
) -> tuple[tuple[Partial, ...], Mapping[str, Mapping[str, MatchKind]]] | None:
    """Return the best sections with words of phrases and compounds that are nowhere, and what these words stood for.

    Args:
        search: The search that found nothing.
        root: Its query.
        filters: What lets sections through. A phrase or compound that one of these holds stays what it is.

    Returns:
        The sections, each with the words that it lacks; with the phrases and compounds where it lacks no word. None
        where there are no such phrases and compounds.
    """
    parts = root.parts if isinstance(root, And) else (root,)
    nowhere = {part: found for part in parts if (found := _words_apart(part, search, filters))}
    if not nowhere:
        return None
    words = And(tuple([word for part in parts for word in nowhere.get(part, (part,))]))
    apart = Search(search.snapshot, search.request)
    apart.note_neighbours(words)
    apart.match(words)
    phrases = tuple(map(describe, nowhere))
    partial = best_with_a_part(apart, words, set(), filters)
    return tuple([(section_id, score, lacking or phrases) for section_id, score, lacking in partial]), apart.forms()


def _words_apart(part: Node, search: Search, filters: Filters) -> Sequence[Term]:
    """Return the words of a phrase or compound that no section holds that passes; nothing of what is neither.

    Of a compound its parts where a section that passes holds all of them, or else those that any holds.
    """
    if not isinstance(part, (Phrase, Term)) or part.field not in _OF_TEXT:
        return ()
    if filters.keep(search.match(part), search.snapshot):
        return ()
    if isinstance(part, Phrase):
        return [Term(token.text, part.field) for token in tokens(" ".join(part.words)) if not token.whole]
    word = fold(part.text)
    for ask in (written_apart, in_part):
        for words, sections in ask(word, search.snapshot, search.request).items():
            if filters.keep(sections, search.snapshot):
                return [part if each == word else Term(each, part.field) for each in words]  # named as it is typed
    return ()
