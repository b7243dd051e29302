"""Which sections hold a part of a few words, and which of these come first?

A section counts by how much of the query it holds, and most hold too little to come near the best. So the parts are
taken in turn, the most telling first, as MaxScore does (H. Turtle, J. Flood: Query evaluation: strategies and
optimizations. Information Processing & Management 31, 1995): the sections with one of them are told apart by what else
they hold, and scored, the most promising first, as long as the most that they can reach comes up to the best found so
far. Sections with nothing but parts that do not come up to it together are not even looked at.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from heapq import heappop, heappush, nlargest
from operator import add, attrgetter

from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.parts import LEAST_SHARE, NEARLY_NONE, Asked, Part, Scored, reward_pairs
from archive.search.whoosh.scoring import LOOKED_INTO, Search

_ASKED_OFTEN = 4  # parts; of more the sections of each are gathered first
_MANY = 200  # sections; of fewer all are scored in the time in which the promising ones are picked

# Sections that hold the same parts: the most that they can score, below zero, the bits of the parts, the sections.
_Group = tuple[float, int, Callable[[], AbstractSet[int]]]


def best_of_few(search: Search, asked: Asked) -> Scored:
    """Return what the sections score that may be among the best."""
    race = _Race(search, asked)
    race.run()
    return race.scores, race.held


class _Race:
    """The sections that were scored so far, each with the bits of what it holds."""

    def __init__(self, search: Search, asked: Asked) -> None:
        self.scores: dict[int, float] = {}
        self.held: dict[int, int] = {}
        self._search = search
        self._asked = asked
        self._by_share = sorted(asked.parts, key=attrgetter("share"), reverse=True)
        self._rewards = [(both, search.most_reward(*pair)) for pair, both in asked.pairs]
        self._known: dict[int, tuple[float, float, float]] = {}
        self._waiting: list[_Group] = []
        self._least = 0.0  # what the last of those wanted scores, of those found so far

    def run(self) -> None:
        """Score the sections that may be among the best."""
        seen: list[Leaf] = []
        others = self._by_share[::-1]
        for part in others if len(others) > _ASKED_OFTEN else ():
            if part.leaf.ranks and not part.leaf.spread:
                part.leaf.totals  # noqa: B018 - gathers them, so that no list is gone through again and again
        left = sum([part.bit for part in others])
        while others:
            most = self._limits(left)[1]
            self._score_waiting(most)
            if most < self._least:
                break
            part = others.pop()
            left -= part.bit
            self._tell_apart(part, others, tuple(seen))
            seen.append(part.leaf)
        self._score_waiting(0.0)
        self._waiting.clear()  # those left over hold on to this race: it would wait for the garbage collector
        self._reward_phrases()

    def _tell_apart(self, part: Part, others: Sequence[Part], seen: Sequence[Leaf]) -> None:
        """Let the sections with a part, and none of those seen, wait in groups that hold the same of other parts."""
        hits = self._asked.hits
        beside = [(other.bit, some) for other in others if (some := self._search.shared(other.leaf, part.leaf))]
        for bits, some in _told_apart(beside):
            held = part.bit | bits
            if (most := self._limits(held)[1]) >= self._least:
                group: _Group = (-most, held, partial(_without, some, hits, seen))
                heappush(self._waiting, group)

        def alone() -> AbstractSet[int]:
            if part.leaf.size > _MANY and not self._asked.whole:
                some: AbstractSet[int] = set(self._search.promising(part.leaf, self._least / part.share))
            else:
                some = part.leaf.members
            return _without(some, set().union(*(sections for _, sections in beside), hits), seen)

        heappush(self._waiting, (-self._limits(part.bit)[1], part.bit, alone))

    def _score_waiting(self, most: float) -> None:
        """Score the groups that may come among the best and score more than a number."""
        waiting = self._waiting
        while waiting and -waiting[0][0] >= max(self._least, most):
            _, bits, sections = heappop(waiting)
            some = self._asked.kept(sections())
            if some:
                self._score(some, bits)

    def _score(self, some: set[int], bits: int) -> None:
        """Score sections that hold the same parts, and keep those that may be among the best."""
        share, _, reward = self._limits(bits)
        least = self._least / share - reward - NEARLY_NONE
        scores = self._search.score(some) if self._asked.whole else self._sums(some, bits, least)
        if len(scores) >= self._asked.wanted:
            self._least = max(self._least, share * sorted(scores.values())[-self._asked.wanted])
            least = self._least / share - reward - NEARLY_NONE
        able = {number: share * score for number, score in scores.items() if score >= least}
        self.scores |= able
        self.held |= dict.fromkeys(able, bits)
        if able and len(self.scores) >= self._asked.wanted:
            self._least = sorted(self.scores.values())[-self._asked.wanted]

    def _sums(self, some: AbstractSet[int], bits: int, least: float) -> dict[int, float]:
        """Return what sections score that hold some parts; not those of which it is soon seen that it is too little."""
        first, *others = [part for part in self._by_share if part.bit & bits]
        scores = dict(zip(some, self._search.each_gain(first.leaf, some), strict=True))
        left = sum([part.most for part in others])
        for part in others:
            if least > 0:
                scores = {number: score for number, score in scores.items() if score + left >= least}
            more = self._search.each_gain(part.leaf, scores.keys())
            scores = dict(zip(scores, map(add, scores.values(), more), strict=True))
            left -= part.most
        return scores

    def _reward_phrases(self) -> None:
        """Look for phrases in those that may be among the best with them."""
        limits = {bits: share * reward for bits, (share, _, reward) in self._known.items() if reward}
        able = {
            number: score
            for number, score in self.scores.items()
            if (limit := limits.get(self.held[number])) and score + limit >= self._least
        }
        if len(able) > LOOKED_INTO:
            able = dict.fromkeys(nlargest(LOOKED_INTO, able, key=able.__getitem__), 0.0)
        reward_pairs(self._search, self._asked, (self.scores, self.held), able)

    def _limits(self, bits: int) -> tuple[float, float, float]:
        """Return of what holds some parts: their share, the most it can score, and the most that phrases add.

        The most is below zero where the share is too small.
        """
        known = self._known.get(bits)
        if known is None:
            share = most = reward = 0.0
            for part in self._asked.parts:
                if part.bit & bits:
                    share += part.share
                    most = part.most if self._asked.whole else most + part.most
            if share < LEAST_SHARE - NEARLY_NONE:
                most = -1.0
            else:
                reward = sum([more for both, more in self._rewards if bits & both == both])
                most = (most + reward) * share
            known = (share, most, reward)
            self._known[bits] = known
        return known


def _told_apart(beside: Sequence[tuple[int, AbstractSet[int]]]) -> Iterable[tuple[int, AbstractSet[int]]]:
    """Return sections by the bits of all that holds them."""
    if len(beside) < 2:  # noqa: PLR2004 - nothing to be told apart
        return beside
    if len(beside) == 2:  # noqa: PLR2004 - as of most queries: whole sets at once
        (first, some), (second, others) = beside
        both = some & others
        return ((first | second, both), (first, some - both), (second, others - both)) if both else beside
    held: dict[int, int] = {}
    for bit, some in beside:
        for number in some:
            held[number] = held.get(number, 0) | bit
    groups: dict[int, set[int]] = {}
    for number, bits in held.items():
        groups.setdefault(bits, set()).add(number)
    return groups.items()


def _without(some: AbstractSet[int], others: AbstractSet[int], seen: Iterable[Leaf]) -> AbstractSet[int]:
    some = some - others
    for leaf in seen:
        some = some - leaf.members
    return some
