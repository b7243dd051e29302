"""Which sections match the query, which come first, and how do they divide?

`total` and facets are of all that matches; where that is little, the best of those that match a part come beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.search import EVERY, And, Found, Node, Or, Phrase, Query, SearchRequest, Sort, Term
from archive.search.whoosh.alone import MOST_BEST, Alone, answer_alone
from archive.search.whoosh.filters import filters_of
from archive.search.whoosh.order import best, by_date
from archive.search.whoosh.readings import readings, sampled
from archive.search.whoosh.scoring import Search
from archive.search.whoosh.suggest import suggest

_YEAR = 4  # digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.model.search import MatchKind
    from archive.search.whoosh.filters import Filters
    from archive.search.whoosh.partial import Partial
    from archive.search.whoosh.snapshot import Snapshot


def search_snapshot(snapshot: Snapshot, query: Query, request: SearchRequest) -> Found:
    """Answer one query from one snapshot."""
    return answer_alone(snapshot, query, request) or _found_out(snapshot, query, request)


def found_alone(snapshot: Snapshot, word: str) -> Alone:
    """Return what a word finds that is asked for alone, without asking what was kept."""
    search = Search(snapshot, SearchRequest(word))
    hits = filters_of(search.request, snapshot).keep(search.match(Term(word)), snapshot)
    scores = search.score(search.foremost(hits, MOST_BEST))
    order = best(scores, MOST_BEST, snapshot)
    return Alone(len(hits), list(order), [scores[number] for number in order], sampled(hits))


def _found_out(snapshot: Snapshot, query: Query, request: SearchRequest) -> Found:
    search = Search(snapshot, request)
    search.note_neighbours(query.root)
    filters = filters_of(request, snapshot)
    hits = filters.keep(search.match(query.root), snapshot)
    if not request.exact and isinstance(query.root, And) and any(map(_may_be_year, query.root.parts)):
        from archive.search.whoosh.day_in_words import days_in_words  # few queries hold a date

        hits |= filters.keep(days_in_words(search, query.root), snapshot)
    if not request.exact and (not hits or any(map(_may_be_number, search.leaves))):
        from archive.search.whoosh.issue_in_words import issues_in_words  # few queries name an issue

        hits |= filters.keep(issues_in_words(search, query.root, nothing=not hits), snapshot)
    wanted = request.offset + request.limit
    dated = request.sort is Sort.DATE or not search.ranked
    scores = search.score(hits) if dated else _scores(search, query.root, hits, wanted)
    search.reward_phrases(query.root, scores)
    order = by_date(hits, wanted, snapshot) if dated else best(scores, wanted, snapshot)
    page = list(order)[request.offset :]
    forms = search.forms()
    partial: tuple[Partial, ...] = ()
    few = len(hits) < request.limit < EVERY and not (request.offset or request.exact)
    if few and isinstance(query.root, (And, Phrase, Term)):
        partial, more = _with_a_part(search, query.root, hits, filters)
        forms |= more
    facets: dict[str, dict[str, int]] = {}
    if request.facets:
        from archive.search.whoosh.facets import count_facets

        facets = count_facets(snapshot, hits)
    return Found(
        total=len(hits),
        ids=tuple((order[number], round(scores.get(number, 0.0), 4)) for number in page),
        forms=forms,
        facets=facets,
        partial=partial,
        suggestions=suggest(search, nothing=not hits),
        readings=readings(snapshot, hits, most=filters.most),
    )


def _may_be_year(part: Node) -> bool:
    return isinstance(part, Term) and part.text.isdecimal() and len(part.text) == _YEAR


def _may_be_number(part: Node) -> bool:
    return isinstance(part, Term) and part.text.isdecimal()


def _scores(search: Search, root: Node, hits: set[int], wanted: int) -> dict[int, float]:
    """Return what the hits score among which the best are."""
    if isinstance(root, Or) and sum([leaf.size for leaf in search.ranked]) > search.snapshot.size:
        from archive.search.whoosh.sums import best_of_any

        return best_of_any(search, hits, wanted)
    return search.score(search.foremost(hits, wanted))


def _with_a_part(
    search: Search, root: And | Phrase | Term, hits: set[int], filters: Filters
) -> tuple[tuple[Partial, ...], Mapping[str, Mapping[str, MatchKind]]]:
    """Return the best sections with only a part of a query, and what words stood for that it has in phrases only."""
    parts = root.parts if isinstance(root, And) else (root,)
    if not hits and (filters.narrow or any(isinstance(part, Phrase) or _is_nowhere(part, search) for part in parts)):
        from archive.search.whoosh.apart import best_apart

        if found := best_apart(search, root, filters):
            return found
    if not isinstance(root, And):
        return (), {}
    from archive.search.whoosh.partial import best_with_a_part  # loaded where it is asked for, as facets above

    return best_with_a_part(search, root, hits, filters), {}


def _is_nowhere(part: Node, search: Search) -> bool:
    """Tell whether a part of a query is a word that no section holds."""
    return isinstance(part, Term) and not search.leaves[part].size
