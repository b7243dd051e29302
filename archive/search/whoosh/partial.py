"""Which sections hold only a part of the words, and which of these come first?

A section counts by how much of the query it holds. Most hold one word only, and few of these come near those with
more: they are looked at word by word, the most telling first, as long as one can still come before what was found.
"""

from collections.abc import Iterable
from heapq import nlargest

from archive.model.search import And, Not, Or
from archive.search.query import describe
from archive.search.whoosh.filters import Filters
from archive.search.whoosh.order import best
from archive.search.whoosh.scoring import Search

# A section, its score, and the words that it lacks.
Partial = tuple[str, float, tuple[str, ...]]

# A partial match must hold this share of what the query's words tell.
_LEAST_SHARE = 0.15


def best_with_a_part(search: Search, root: And, hits: set[int], filters: Filters) -> tuple[Partial, ...]:
    """Return the best of those that match only some of the words, each with the words that it lacks."""
    ranking = [part for part in root.parts if not isinstance(part, Not) and search.tells(part)]
    if len(ranking) < 2:  # noqa: PLR2004 - of one word there is no part
        return ()
    total = sum(map(search.tells, ranking))
    share_of = {part: search.tells(part) / total for part in ranking}
    matched = {part: set(search.match(part)) for part in ranking}
    needed = [search.match(part) for part in root.parts if part not in matched]
    wanted = search.request.limit - len(hits)

    def kept(some: set[int]) -> set[int]:
        return filters.keep(some.intersection(*needed), search.snapshot) - hits

    several = _in_several(matched.values())
    parts = [(share_of[part], matched[part]) for part in ranking]
    scores = _of_several(search, root, kept(several), parts, wanted)
    nested = any(isinstance(part, And | Or) for part in ranking)  # whose own words also count where it does not match
    most = {part: share * search.most(root if nested else part) for part, share in share_of.items()}
    for part in sorted(ranking, key=most.__getitem__, reverse=True):
        least = min(nlargest(wanted, scores.values())) if len(scores) >= wanted else 0.0
        if most[part] > least and share_of[part] >= _LEAST_SHARE:
            leaves = search.ranked if nested else [search.leaves[part]]
            more = search.score(kept(matched[part] - several), leaves)
            scores |= {number: score * share_of[part] for number, score in more.items()}
    chosen = best(scores, wanted, search.snapshot)
    ids = search.snapshot.ids(chosen)
    names = [(describe(part), matched[part]) for part in ranking]
    lacking = {number: tuple(name for name, held in names if number not in held) for number in chosen}
    return tuple((ids[number], round(scores[number], 4), lacking[number]) for number in chosen)


def _of_several(
    search: Search, root: And, some: set[int], parts: Iterable[tuple[float, set[int]]], wanted: int
) -> dict[int, float]:
    """Score sections that hold several parts, each given with its share of the query and what it matches.

    Phrases are looked for in those only that may be among the best with them.
    """
    share = dict.fromkeys(some, 0.0)
    for held, matched in parts:
        for number in some.intersection(matched):
            share[number] += held
    scores = search.score({number for number in some if share[number] >= _LEAST_SHARE}, search.ranked)
    fewest = max(wanted, 2)  # one alone is not looked into
    if len(scores) > fewest:
        least = min(nlargest(fewest, (score * share[number] for number, score in scores.items())))
        reward = search.most_reward(root)
        scores = {number: score for number, score in scores.items() if (score + reward) * share[number] >= least}
    search.reward_phrases(root, scores)
    return {number: score * share[number] for number, score in scores.items()}


def _in_several(sets: Iterable[set[int]]) -> set[int]:
    """Return what is in two or more of some sets."""
    seen: set[int] = set()
    again: set[int] = set()
    for some in sets:
        again |= seen & some
        seen |= some
    return again
