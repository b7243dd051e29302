"""Which sections match the query, which come first, and how do they divide?

`total` and facets are of all that matches; where that is little, the best of those that match a part come beside it.
"""

from collections.abc import Iterable
from heapq import nlargest

from archive.model.search import And, Found, Not, Query, SearchRequest, Sort
from archive.search.query import describe
from archive.search.whoosh.facets import count_facets
from archive.search.whoosh.filters import Filters, filters_of
from archive.search.whoosh.order import best, by_date
from archive.search.whoosh.readings import readings
from archive.search.whoosh.scoring import Search
from archive.search.whoosh.snapshot import Snapshot
from archive.search.whoosh.suggest import suggest

# A partial match must hold this share of what the query's words tell.
_LEAST_SHARE = 0.15


def search_snapshot(snapshot: Snapshot, query: Query, request: SearchRequest) -> Found:
    """Answer one query from one snapshot."""
    search = Search(snapshot, request)
    search.note_neighbours(query.root)
    filters = filters_of(request, snapshot)
    hits = filters.keep(search.match(query.root), snapshot)
    wanted = request.offset + request.limit
    dated = request.sort is Sort.DATE or not search.ranked
    scores = search.score(hits if dated else search.foremost(hits, wanted))
    search.reward_phrases(query.root, scores)
    order = by_date(hits, wanted, snapshot) if dated else best(scores, wanted, snapshot)
    page = order[request.offset : wanted]
    ids = snapshot.ids(page)
    partial: tuple[tuple[str, float, tuple[str, ...]], ...] = ()
    if len(hits) < request.limit and not request.offset and not request.exact and isinstance(query.root, And):
        partial = _partial(search, query.root, hits, filters)
    return Found(
        total=len(hits),
        ids=tuple((ids[number], round(scores.get(number, 0.0), 4)) for number in page),
        forms=search.forms(),
        facets=count_facets(snapshot, hits) if request.facets else {},
        partial=partial,
        suggestions=suggest(search),
        readings=readings(snapshot, hits),
    )


def _partial(
    search: Search, root: And, hits: set[int], filters: Filters
) -> tuple[tuple[str, float, tuple[str, ...]], ...]:
    """Return the best of those that match only some of the words, each with the words that it lacks.

    Most of them hold one word only, and few of these come near those with more: by the most that a word can add they
    are left out together.
    """
    ranking = [part for part in root.parts if not isinstance(part, Not) and search.tells(part)]
    if len(ranking) < 2:  # noqa: PLR2004 - of one word there is no part
        return ()
    total = sum(map(search.tells, ranking))
    share_of = {part: search.tells(part) / total for part in ranking}
    matched = {part: set(search.match(part)) for part in ranking}
    needed = [search.match(part) for part in root.parts if part not in matched]
    wanted = search.request.limit - len(hits)

    def score(some: set[int]) -> dict[int, float]:
        some = filters.keep(some.intersection(*needed), search.snapshot) - hits
        share = dict.fromkeys(some, 0.0)
        for part, held in share_of.items():
            for number in matched[part] & some:
                share[number] += held
        scores = search.score({number for number in some if share[number] >= _LEAST_SHARE})
        search.reward_phrases(root, scores)
        return {number: score * share[number] for number, score in scores.items()}

    scores = score(_in_several(matched.values()))
    least = min(nlargest(wanted, scores.values())) if len(scores) >= wanted else 0.0
    telling = [part for part in ranking if search.most(part) * share_of[part] > least]
    scores |= score(set().union(*(matched[part] for part in telling)).difference(scores))
    chosen = best(scores, wanted, search.snapshot)
    ids = search.snapshot.ids(chosen)
    lacking = {number: tuple(describe(part) for part in ranking if number not in matched[part]) for number in chosen}
    return tuple((ids[number], round(scores[number], 4), lacking[number]) for number in chosen)


def _in_several(sets: Iterable[set[int]]) -> set[int]:
    """Return what is in two or more of some sets."""
    seen: set[int] = set()
    again: set[int] = set()
    for some in sets:
        again |= seen & some
        seen |= some
    return again
