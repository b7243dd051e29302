"""Which sections hold the words of a phrase, where none holds the phrase itself?

One word that could not be read hides a whole phrase. So where nothing is found, a phrase counts by its words, which
count for more where they stand side by side, and what holds most of them is a partial match.
"""

from collections.abc import Mapping, Sequence

from archive.model.search import And, MatchKind, Phrase, Term
from archive.search.forms import tokens
from archive.search.query import describe
from archive.search.whoosh.filters import Filters
from archive.search.whoosh.partial import Partial, best_with_a_part
from archive.search.whoosh.scoring import Search

_OF_TEXT = ("", "heading")  # fields


def best_apart(
    search: Search, root: And | Phrase, filters: Filters
) -> tuple[tuple[Partial, ...], Mapping[str, Mapping[str, MatchKind]]] | None:
    """Return the best sections with words of phrases that are nowhere, and what these words stood for.

    Args:
        search: The search that found nothing.
        root: Its query.
        filters: What lets sections through. A phrase that one of these holds stays a phrase.

    Returns:
        The sections, each with the words that it lacks; with the phrases where it lacks no word. None where there is
        no such phrase.
    """
    parts = root.parts if isinstance(root, And) else (root,)
    nowhere = [part for part in parts if isinstance(part, Phrase) and _is_nowhere(part, search, filters)]
    if not nowhere:
        return None
    words = And(tuple([word for part in parts for word in (_words(part) if part in nowhere else (part,))]))
    apart = Search(search.snapshot, search.request)
    apart.note_neighbours(words)
    apart.match(words)
    phrases = tuple(map(describe, nowhere))
    found = best_with_a_part(apart, words, set(), filters)
    return tuple([(section_id, score, lacking or phrases) for section_id, score, lacking in found]), apart.forms()


def _is_nowhere(phrase: Phrase, search: Search, filters: Filters) -> bool:
    return phrase.field in _OF_TEXT and not filters.keep(search.match(phrase), search.snapshot)


def _words(phrase: Phrase) -> Sequence[Term]:
    return [Term(token.text, phrase.field) for token in tokens(" ".join(phrase.words)) if not token.whole]
