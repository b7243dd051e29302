"""Which sections hold only a part of the words, and which of these come first?

A section counts by how much of the query it holds, and most hold too little to come near the best. So the parts are
taken in turn, the most telling first, as MaxScore does (H. Turtle, J. Flood: Query evaluation: strategies and
optimizations. Information Processing & Management 31, 1995): the sections with one of them are told apart by what else
they hold, and scored, the most promising first, as long as the most that they can reach comes up to the best found so
far. Sections with nothing but parts that do not come up to it together are not even looked at.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from heapq import heappop, heappush, nlargest
from operator import add, attrgetter

from archive.model.search import And, Node, Or
from archive.search.query import describe
from archive.search.whoosh.filters import Filters
from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.order import best
from archive.search.whoosh.scoring import LOOKED_INTO, Search
from archive.tuples import NamedTuple

# A section, its score, and the words that it lacks.
Partial = tuple[str, float, tuple[str, ...]]

# A partial match must hold this share of what the query's words tell.
_LEAST_SHARE = 0.1
_NEARLY_NONE = 1e-9
_ASKED_OFTEN = 4  # parts; of more the sections of each are gathered first
_JOINED = (And, Or)
_MANY = 200  # sections; of fewer all are scored in the time in which the promising ones are picked


class _Part(NamedTuple):
    """A part of the query: what it matches, its share of what all tell, its most score, its bit among the parts."""

    leaf: Leaf
    share: float
    most: float
    bit: int


# Sections that hold the same parts: the most that they can score, below zero, the bits of the parts, the sections.
_Group = tuple[float, int, Callable[[], AbstractSet[int]]]


def best_with_a_part(search: Search, root: And, hits: set[int], filters: Filters) -> tuple[Partial, ...]:
    """Return the best of those that match only some of the words, each with the words that it lacks."""
    telling = {part: tells for part in root.parts if (tells := search.tells(part))}
    if len(telling) < 2:  # noqa: PLR2004 - of one word there is no part
        return ()
    needed = [search.match(part) for part in root.parts if part not in telling]
    race = _Race(search, root, telling)
    race.run(hits, lambda some: filters.keep(set(some).intersection(*needed) if needed else some, search.snapshot))
    found = []
    for number, section_id in best(race.scores, race.wanted, search.snapshot).items():
        held = race.held[number]
        lacking = tuple([part.leaf.label for part in race.parts if not held & part.bit])
        found.append((section_id, round(race.scores[number], 4), lacking))
    return tuple(found)


class _Race:
    """The sections that were scored so far, each with the bits of what it holds."""

    def __init__(self, search: Search, root: And, telling: Mapping[Node, float]) -> None:
        self.wanted = 0
        self.scores: dict[int, float] = {}
        self.held: dict[int, int] = {}
        self._search = search
        # The words of a nested part also count where it does not match; where one word only is found, it stands alone.
        self._whole = any(isinstance(part, _JOINED) for part in telling) or len(search.ranked) == 1
        total = sum(telling.values())
        most = search.most(root) if self._whole else 0.0
        self.parts = [
            _Part(self._leaf(part), tells / total, most or search.most(part), 1 << place)
            for place, (part, tells) in enumerate(telling.items())
        ]
        self._by_share = sorted(self.parts, key=attrgetter("share"), reverse=True)
        bits = dict(zip(telling, self.parts, strict=True))
        self._pairs = [
            (pair, bits[pair[0]].bit | bits[pair[1]].bit, search.most_reward(*pair)) for pair in search.pairs(root)
        ]
        self._known: dict[int, tuple[float, float, float]] = {}
        self._waiting: list[_Group] = []
        self._least = 0.0  # what the last of those wanted scores, of those found so far

    def run(self, hits: set[int], kept: Callable[[AbstractSet[int]], set[int]]) -> None:
        """Score the sections that may be among the best, but for hits of the whole query and what is not kept."""
        self.wanted = self._search.request.limit - len(hits)
        seen: list[Leaf] = []
        others = self._by_share[::-1]
        for part in others if len(others) > _ASKED_OFTEN else ():
            if not part.leaf.spread:
                part.leaf.totals  # noqa: B018 - gathers them, so that no list is gone through again and again
        left = sum([part.bit for part in others])
        while others:
            most = self._limits(left)[1]
            self._score_waiting(kept, most)
            if most < self._least:
                break
            part = others.pop()
            left -= part.bit
            self._tell_apart(part, others, hits, tuple(seen))
            seen.append(part.leaf)
        self._score_waiting(kept, 0.0)
        self._reward_phrases()

    def _tell_apart(self, part: _Part, others: Sequence[_Part], hits: set[int], seen: Sequence[Leaf]) -> None:
        """Let the sections with a part, and none of those seen, wait in groups that hold the same of other parts."""
        beside = [(other.bit, some) for other in others if (some := self._search.shared(other.leaf, part.leaf))]
        for bits, some in _told_apart(beside):
            held = part.bit | bits
            if (most := self._limits(held)[1]) >= self._least:
                group: _Group = (-most, held, partial(_without, some, hits, seen))
                heappush(self._waiting, group)

        def alone() -> AbstractSet[int]:
            if part.leaf.size > _MANY and not self._whole:
                some: AbstractSet[int] = set(self._search.promising(part.leaf, self._least / part.share))
            else:
                some = part.leaf.members
            return _without(some, set().union(*(sections for _, sections in beside), hits), seen)

        heappush(self._waiting, (-self._limits(part.bit)[1], part.bit, alone))

    def _score_waiting(self, kept: Callable[[AbstractSet[int]], set[int]], most: float) -> None:
        """Score the groups that may come among the best and score more than a number."""
        waiting = self._waiting
        while waiting and -waiting[0][0] >= max(self._least, most):
            _, bits, sections = heappop(waiting)
            some = kept(sections())
            if some:
                self._score(some, bits)

    def _score(self, some: set[int], bits: int) -> None:
        """Score sections that hold the same parts, and keep those that may be among the best."""
        share, _, reward = self._limits(bits)
        least = self._least / share - reward - _NEARLY_NONE
        scores = self._search.score(some) if self._whole else self._sums(some, bits, least)
        if len(scores) >= self.wanted:
            self._least = max(self._least, share * sorted(scores.values())[-self.wanted])
            least = self._least / share - reward - _NEARLY_NONE
        able = {number: share * score for number, score in scores.items() if score >= least}
        self.scores |= able
        self.held |= dict.fromkeys(able, bits)
        if able and len(self.scores) >= self.wanted:
            self._least = sorted(self.scores.values())[-self.wanted]

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
        for pair, both, _ in self._pairs:
            some = {number for number in able if self.held[number] & both == both}
            for number, reward in self._search.rewards(*pair, some, forms=False).items() if some else ():
                self.scores[number] += reward * self._limits(self.held[number])[0]

    def _limits(self, bits: int) -> tuple[float, float, float]:
        """Return of what holds some parts: their share, the most it can score, and the most that phrases add.

        The most is below zero where the share is too small.
        """
        known = self._known.get(bits)
        if known is None:
            share = most = reward = 0.0
            for part in self.parts:
                if part.bit & bits:
                    share += part.share
                    most = part.most if self._whole else most + part.most
            if share < _LEAST_SHARE - _NEARLY_NONE:
                most = -1.0
            else:
                reward = sum([more for _, both, more in self._pairs if bits & both == both])
                most = (most + reward) * share
            known = (share, most, reward)
            self._known[bits] = known
        return known

    def _leaf(self, part: Node) -> Leaf:
        if isinstance(part, _JOINED):
            return Leaf(describe(part), matched=self._search.match(part))
        return self._search.leaves[part]


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
