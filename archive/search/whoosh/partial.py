"""Which sections hold only a part of the words, and which of these come first?

A section counts by how much of the query it holds, and most hold too little to come near the best. So the parts are
taken in turn, the most telling first, as MaxScore does (H. Turtle, J. Flood: Query evaluation: strategies and
optimizations. Information Processing & Management 31, 1995): the sections with one of them are told apart by what else
they hold, and scored, the most promising first, as long as the most that they can reach comes up to the best found so
far. Sections with nothing but parts that do not come up to it together are not even looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import heappop, heappush, nlargest
from typing import NamedTuple

from archive.model.search import And, Node, Not, Or
from archive.search.query import describe
from archive.search.whoosh.filters import Filters
from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.order import best
from archive.search.whoosh.scoring import LOOKED_INTO, Search

# A section, its score, and the words that it lacks.
Partial = tuple[str, float, tuple[str, ...]]

# A partial match must hold this share of what the query's words tell.
_LEAST_SHARE = 0.15


class _Part(NamedTuple):
    """A part of the query: what it matches, its share of what all tell, its most score, its bit among the parts."""

    leaf: Leaf
    share: float
    most: float
    bit: int


class _Group(NamedTuple):
    """Sections that hold the same parts, which have these bits; `order` is the most that they can score, below zero."""

    order: float
    held: int
    sections: Callable[[], AbstractSet[int]]


def best_with_a_part(search: Search, root: And, hits: set[int], filters: Filters) -> tuple[Partial, ...]:
    """Return the best of those that match only some of the words, each with the words that it lacks."""
    ranking = [part for part in root.parts if not isinstance(part, Not) and search.tells(part)]
    if len(ranking) < 2:  # noqa: PLR2004 - of one word there is no part
        return ()
    needed = [search.match(part) for part in root.parts if part not in ranking]
    race = _Race(search, root, ranking)
    race.run(hits, lambda some: filters.keep(some.intersection(*needed) if needed else some, search.snapshot))
    found = []
    for number, section_id in best(race.scores, race.wanted, search.snapshot).items():
        lacking = [part.leaf.label for part in race.parts if not race.held[number] & part.bit]
        found.append((section_id, round(race.scores[number], 4), tuple(lacking)))
    return tuple(found)


class _Race:
    """The sections that were scored so far, each with the bits of what it holds."""

    def __init__(self, search: Search, root: And, ranking: Sequence[Node]) -> None:
        self.wanted = 0
        self.scores: dict[int, float] = {}
        self.held: dict[int, int] = {}
        self._search = search
        # The words of a nested part also count where it does not match; where one word only is found, it stands alone.
        self._whole = any(isinstance(part, And | Or) for part in ranking) or len(search.ranked) == 1
        telling = list(map(search.tells, ranking))
        total = sum(telling)
        most = search.most(root) if self._whole else 0.0
        self.parts = [
            _Part(self._leaf(part), tells / total, most or search.most(part), 1 << place)
            for place, (part, tells) in enumerate(zip(ranking, telling, strict=True))
        ]
        bits = {node: part.bit for node, part in zip(ranking, self.parts, strict=True)}
        self._pairs = [(pair, bits[pair[0]] | bits[pair[1]], search.most_reward(*pair)) for pair in search.pairs(root)]
        self._known: dict[int, tuple[float, float, float]] = {}
        self._waiting: list[_Group] = []
        self._least = 0.0  # what the last of those wanted scores, of those found so far

    def run(self, hits: set[int], kept: Callable[[set[int]], set[int]]) -> None:
        """Score the sections that may be among the best, but for hits of the whole query and what is not kept."""
        self.wanted = self._search.request.limit - len(hits)
        seen: list[AbstractSet[int]] = [hits]
        others = sorted(self.parts, key=lambda part: part.share)
        while others:
            most = self._limits(sum([part.bit for part in others]))[1]
            self._score_waiting(kept, most)
            if most < self._least:
                break
            part = others.pop()
            self._tell_apart(part, others, tuple(seen))
            seen.append(part.leaf.members)
        self._score_waiting(kept, 0.0)
        self._reward_phrases()

    def _tell_apart(self, part: _Part, others: Sequence[_Part], seen: Sequence[AbstractSet[int]]) -> None:
        """Let the sections with a part, and none of those seen, wait in groups that hold the same of other parts."""
        own = part.leaf.members
        held: dict[int, int] = {}
        for other in others:
            for number in other.leaf.among(own):
                held[number] = held.get(number, part.bit) | other.bit
        for some in seen:
            for number in held.keys() & some:
                del held[number]
        groups: dict[int, set[int]] = {}
        for number, bits in held.items():
            groups.setdefault(bits, set()).add(number)
        for bits, sections in groups.items():
            heappush(self._waiting, _Group(-self._limits(bits)[1], bits, sections.copy))

        def alone() -> AbstractSet[int]:
            some = own
            if not self._whole:
                some = self._search.promising(part.leaf, self._least / part.share).keys()
            return (some - held.keys()).difference(*[some & each for each in seen])

        heappush(self._waiting, _Group(-self._limits(part.bit)[1], part.bit, alone))

    def _score_waiting(self, kept: Callable[[set[int]], set[int]], most: float) -> None:
        """Score the groups that may come among the best and score more than a number, in lots of growing size."""
        waiting = self._waiting
        while waiting and -waiting[0].order >= max(self._least, most):
            lot: dict[int, int] = {}
            fewest = max(self.wanted, len(self.scores))
            while waiting and -waiting[0].order >= max(self._least, most) and len(lot) < fewest:
                _, bits, sections = heappop(waiting)
                lot |= dict.fromkeys(sections(), bits)
            if lot:
                self._score(kept(set(lot)), lot)

    def _score(self, some: set[int], lot: Mapping[int, int]) -> None:
        """Score sections, of which a lot says what each holds."""
        self.held |= lot
        kinds = set(lot.values())
        if self._whole:
            scores = self._search.score(some)
        else:
            scores = dict.fromkeys(some, 0.0)
            for part in self.parts:
                holding = {bits for bits in kinds if bits & part.bit}
                own = some if holding == kinds else {number for number in some if lot[number] in holding}
                for number, gain in self._search.gains(part.leaf, own).items() if holding else ():
                    scores[number] += gain
        shares = {bits: self._limits(bits)[0] for bits in kinds}
        self.scores |= {number: score * shares[lot[number]] for number, score in scores.items()}
        if len(self.scores) >= self.wanted:
            self._least = sorted(self.scores.values())[-self.wanted]

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
            parts = [part for part in self.parts if part.bit & bits]
            share = sum([part.share for part in parts])
            reward = sum([reward for _, both, reward in self._pairs if bits & both == both])
            most = parts[0].most if self._whole else sum([part.most for part in parts])
            known = (share, (most + reward) * share if share >= _LEAST_SHARE else -1.0, reward)
            self._known[bits] = known
        return known

    def _leaf(self, part: Node) -> Leaf:
        if isinstance(part, And | Or):
            return Leaf(describe(part), matched=self._search.match(part))
        return self._search.leaves[part]
