"""What do many words add up to, in the sections that may be among the best?

Words are gone through one after the other, the most telling first, and what each adds is summed up by section. As soon
as the words left cannot bring a section up by themselves, none is begun any more, and those left behind are dropped:
term at a time with accumulators, of which only those go on that may come among the best (A. Moffat, J. Zobel:
Self-indexing inverted files for fast text retrieval. ACM Transactions on Information Systems 14, 1996).
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import nlargest

from archive.search.whoosh.parts import LEAST_SHARE, NEARLY_NONE, Part
from archive.search.whoosh.scoring import LOOKED_INTO, Search


def best_of_any(search: Search, hits: AbstractSet[int], wanted: int) -> dict[int, float]:
    """Return the BM25 scores of the best of the sections that hold any of many words, and perhaps of others."""
    scores = best_by_words(search, [1.0] * search.snapshot.size, max(wanted, LOOKED_INTO), hits.__and__)
    return scores if len(scores) >= wanted else {**dict.fromkeys(hits, 0.0), **scores}


def best_by_words(
    search: Search, shares: list[float], count: int, kept: Callable[[AbstractSet[int]], AbstractSet[int]]
) -> dict[int, float]:
    """Return the BM25 scores of sections that may be among the best, by all words, where their shares are known."""
    parts = [Part(leaf, 0.0, search.most_of(leaf), 0) for leaf in search.ranked]
    sums = Sums(search, shares, count, kept)
    sums.add_all(sorted(parts, key=lambda part: part.most, reverse=True))
    return sums.of_able()


class Sums:
    """What each section scores by the words so far, and which share of the query it holds.

    What a section is worth is the one times the other.

    Args:
        search: The search.
        shares: The share that each section holds from the start: 1 where it does not matter what it lacks.
        count: How many of the best are wanted.
        kept: Returns those of some sections that may be among them.
    """

    def __init__(
        self, search: Search, shares: list[float], count: int, kept: Callable[[AbstractSet[int]], AbstractSet[int]]
    ) -> None:
        self.shares = shares
        self._sums = [0.0] * len(shares)
        self._able: AbstractSet[int] = frozenset()
        self._least = 0.0  # what the last of `count` is worth by now
        self._search, self._count, self._kept, self._held = search, count, kept, max(shares, default=0.0)

    def add_all(self, parts: Sequence[Part]) -> None:
        """Go through the parts, the most telling first."""
        left, most = sum([part.share for part in parts]), sum([part.most for part in parts])
        begins, look_at = True, 2
        for place, part in enumerate(parts):
            if place == look_at or (begins and not self._may_begin(left, most)):
                self._look(self._begun() if begins else self._able, left, most)
                begins = begins and self._may_begin(left, most)
                look_at = place + (place if begins else 1 + place // 8)  # a look costs about what a word does
            if begins:
                self._add(part, self._search.gains_of(part.leaf, part.leaf.each_weight()))
            else:
                self._add(part, self._search.gains(part.leaf, self._able))
            left, most = left - part.share, most - part.most
        self._look(self._begun() if begins else self._able, 0.0, 0.0)

    def of_able(self) -> dict[int, float]:
        """Return the sums of the sections that may be among the best."""
        return {number: self._sums[number] for number in self._able}

    def _may_begin(self, left: float, most: float) -> bool:
        """Tell whether a section with nothing but what is left of the query may be among the best."""
        share = self._held + left
        return share >= LEAST_SHARE - NEARLY_NONE and share * most >= self._least

    def _begun(self) -> set[int]:
        return {number for number, score in enumerate(self._sums) if score}

    def _add(self, part: Part, gains: Mapping[int, float]) -> None:
        sums, shares, share = self._sums, self.shares, part.share
        for number, gain in gains.items():
            sums[number] += gain
        for number in gains if share else ():
            shares[number] += share

    def _look(self, some: AbstractSet[int], left: float, most: float) -> None:
        """Keep those of some sections that can come up to the best by now, with what is left of the query."""
        sums, shares = self._sums, self.shares
        some = self._kept(some)
        by_now = nlargest(self._count, [sums[number] * shares[number] for number in some])
        if len(by_now) == self._count:
            self._least = by_now[-1] - NEARLY_NONE
        fewest, least = LEAST_SHARE - NEARLY_NONE - left, self._least
        self._able = {
            number
            for number in some
            if shares[number] >= fewest and (sums[number] + most) * (shares[number] + left) >= least
        }
