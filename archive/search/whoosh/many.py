"""Which sections hold most of many words? Each word is gone through once, whatever else a section holds."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from heapq import nlargest
from operator import attrgetter

from archive.search.whoosh.parts import LEAST_SHARE, NEARLY_NONE, Asked, Part, Scored, reward_pairs
from archive.search.whoosh.scoring import LOOKED_INTO, Search
from archive.search.whoosh.sums import Sums, best_by_words


def best_of_many(search: Search, asked: Asked) -> Scored:
    """Return what the sections score that may be among the best; phrases are looked for in the best by words alone."""
    count, size = max(asked.wanted, LOOKED_INTO), search.snapshot.size

    def kept(some: AbstractSet[int]) -> AbstractSet[int]:
        return asked.kept(some) - asked.hits

    if asked.whole:
        shares = _shares(asked, size)
        if len(search.ranked) > 1:
            scores = best_by_words(search, shares, count, kept)
        else:
            able = {number for number, share in enumerate(shares) if share >= LEAST_SHARE - NEARLY_NONE}
            scores = search.score(set(kept(able)))
    else:
        sums = Sums(search, [0.0] * size, count, kept)
        sums.add_all(sorted(asked.parts, key=attrgetter("share"), reverse=True))
        scores, shares = sums.of_able(), sums.shares
    scores = {number: score * shares[number] for number, score in scores.items()}
    least = min(nlargest(count, scores.values()), default=0.0)
    scores = {number: score for number, score in scores.items() if score >= least}
    held = _held(asked.parts, scores)
    reward_pairs(search, asked, (scores, held), held)
    return scores, held


def _shares(asked: Asked, size: int) -> list[float]:
    """Return the share of the query that each section holds."""
    shares = [0.0] * size
    for part in asked.parts:
        for number in part.leaf.documents:
            shares[number] += part.share
    return shares


def _held(parts: Iterable[Part], some: Iterable[int]) -> dict[int, int]:
    """Return the bits of the parts that each of some sections holds."""
    held = dict.fromkeys(some, 0)
    for part in parts:
        for number in part.leaf.among(held.keys()):
            held[number] |= part.bit
    return held
