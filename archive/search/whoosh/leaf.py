"""Which sections does one part of a query match, and how weighty is it in each?

Weights are looked up for the sections that are left in the end: of a common word beside a rare one that is a few.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from math import log
from types import MappingProxyType

from archive.model.search import MatchKind
from archive.search.whoosh.snapshot import Listed
from archive.tuples import NamedTuple

# Kinds of a match that is the word itself; the others are a part or a likeness of it.
WHOLE = frozenset({MatchKind.EXACT, MatchKind.INFLECTION, MatchKind.GROUP})
TENTH = 0.1
_SHORTER = 12  # times; so much shorter a list is looked up in the other one by one
_FEW_LISTS = 2  # so few are gone through once more in the time in which their sections are gathered
_GATHERED = frozenset({"documents", "members", "totals"})  # what a leaf keeps of its sections once it was asked
_FEWER = 5  # times; of so many fewer sections weights are looked up one by one


class _Match(NamedTuple):
    """What a leaf of the query matches, as it was found.

    Attributes:
        label: The leaf as the query language has it.
        lists: The postings of the words that it stands for, each with how much it counts; their weights add up.
        known: The weight in each section, where it does not follow from postings.
        matched: The sections, where they do not follow from postings or weights, or were gathered already.
        sections: How many sections, where that is known without gathering them.
        idf: How telling it is.
        forms: The words that it stands for, and how.
        whole: How many of the lists, the first ones, are of the word itself and its inflections; 0 where all are.
        above: The sections that are in these, where they do not follow from postings.
        spread: What it weighs in every section from the first on, in tenths, where that was kept.
        late: Those of the lists that are of sections behind these; None where there are no such sections.
        peak: How near it comes in any section to the most that it could score, from 0 to 1.
    """

    label: str
    lists: Sequence[tuple[float, Listed]] = ()
    known: Mapping[int, float] | None = None
    matched: Collection[int] | None = None
    sections: int | None = None
    idf: float = 0.0
    forms: Mapping[str, MatchKind] = MappingProxyType({})
    whole: int = 0
    above: frozenset[int] = frozenset()
    spread: Sequence[int] = ()
    late: Sequence[tuple[float, Listed]] | None = None
    peak: float = 1.0


class Leaf(_Match):
    """The sections that a leaf of the query matches; without lists and weights it is a filter, which does not rank."""

    @property
    def ranks(self) -> bool:
        """Whether it has a say in the order of the hits."""
        return bool(self.lists or self.known)

    @property
    def size(self) -> int:
        """In how many sections it stands."""
        return len(self.documents) if self.sections is None else self.sections

    @cached_property
    def documents(self) -> Collection[int]:
        """The sections."""
        if self.matched is not None:
            return self.matched
        if self.known is not None:
            return self.known.keys()
        return self.lists[0][1].documents if len(self.lists) == 1 else union(self.lists)

    @cached_property
    def members(self) -> frozenset[int] | set[int]:
        """The sections, so that they can be asked for one by one."""
        if self.matched is None and "totals" in self.__dict__:
            return frozenset(self.totals)
        return _set_of(self.documents)

    @cached_property
    def totals(self) -> Mapping[int, float]:
        """Its weight in each section."""
        return self.each_weight()

    def each_weight(self) -> Mapping[int, float]:
        """Return its weight in each section without keeping it: of many words that would be a lot."""
        if self.known is not None:
            return self.known
        if "totals" in self.__dict__:
            return self.totals
        if self.spread and self.late is None:
            return {number: TENTH * weight for number, weight in enumerate(self.spread) if weight}
        found: dict[int, float] = {}
        for listed in self.lists:
            _add_all(found, *listed)
        return found

    @cached_property
    def better(self) -> frozenset[int]:
        """Sections that hold the word itself or an inflection, where others hold only a part or a likeness of it."""
        if self.whole and not self.above:
            return frozenset().union(*(listed.documents for _, listed in self.lists[: self.whole]))
        return self.above

    def among(self, some: AbstractSet[int]) -> AbstractSet[int]:
        """Return those of some sections that it matches."""
        if self.spread and self.late is None:
            spread = self.spread
            return {number for number in some if spread[number]}
        if self.spread:
            return self._spread_among(some).keys()
        many = len(self.lists)
        gathers = not 0 < many <= _FEW_LISTS and self._length <= _SHORTER * many * len(some)
        if gathers or "members" in self.__dict__:
            return some & self.members
        some, most = _set_of(some), _SHORTER * len(some)
        found: set[int] = set()
        for _, (documents, _) in self.lists:
            found.update(some.intersection(documents) if len(documents) <= most else held(documents, some))
        return found

    def shared_with(self, other: "Leaf") -> AbstractSet[int]:
        """Return the sections that another leaf matches, too; that one's need not be gathered for it."""
        gathered = other.matched is not None or not _GATHERED.isdisjoint(other.__dict__)
        if not self.spread or self.late is not None or gathered or not other.lists:
            return self.among(other.members)
        spread = self.spread
        return {number for _, (documents, _) in other.lists for number in documents if spread[number]}

    def weights(self, some: AbstractSet[int]) -> Mapping[int, float]:
        """Return its weight in those of some sections that it matches, and perhaps in others."""
        if self.spread:
            return self._spread_among(some)
        if "totals" in self.__dict__:
            return self.totals
        longest = max([len(listed.documents) for _, listed in self.lists], default=0)
        if longest <= _FEWER * len(some):
            return self.totals
        return _looked_up(self.lists, some & self.members if "members" in self.__dict__ else some)

    @property
    def _length(self) -> int:
        return sum([len(listed.documents) for _, listed in self.lists])

    def _spread_among(self, some: AbstractSet[int]) -> dict[int, float]:
        """Return its weight in those of some sections that it matches, each asked about at once."""
        spread, size = self.spread, len(self.spread)
        if self.late is None:
            return {number: TENTH * weight for number in some if (weight := spread[number])}
        found = {number: TENTH * weight for number in some if number < size and (weight := spread[number])}
        return found | _looked_up(self.late, [number for number in some if number >= size])


def _looked_up(lists: Sequence[tuple[float, Listed]], some: Collection[int]) -> dict[int, float]:
    """Return what those of some sections weigh that are in lists of postings; in long ones they are looked up."""
    found: dict[int, float] = {}
    some = _set_of(some)
    for factor, (documents, weights) in lists:
        size = len(documents)
        for number in some.intersection(documents) if size <= _SHORTER * len(some) else some:
            at = bisect_left(documents, number)
            if at < size and documents[at] == number:
                found[number] = found.get(number, 0.0) + factor * weights[at]
    return found


def _set_of(some: Collection[int]) -> set[int] | frozenset[int]:
    """Return sections as a set, which can tell what it has in common with a list."""
    return some if isinstance(some, (set, frozenset)) else set(some)


def _add_all(found: dict[int, float], factor: float, listed: Listed) -> None:
    """Add what is in a list of postings to weights."""
    documents, weights = listed
    both = zip(documents, weights, strict=True)
    more: dict[int, float] = dict(both) if factor == 1.0 else {number: factor * weight for number, weight in both}
    for number in found.keys() & more.keys() if found else ():
        more[number] += found[number]
    found |= more


def either(leaf: Leaf, other: Leaf, count: int) -> Leaf:
    """Return what either of two leaves matches, the weightier of the two in each of `count` sections."""
    if not other.ranks:
        return leaf
    known = dict(leaf.totals)
    for number, weight in other.totals.items():
        known[number] = max(known.get(number, 0.0), weight)
    return Leaf(
        leaf.label,
        known=known,
        idf=idf_of(len(known), count),
        forms={**other.forms, **leaf.forms},
        above=_whole(leaf) | _whole(other),
    )


def _whole(leaf: Leaf) -> frozenset[int]:
    """Return the sections that hold the word itself or an inflection."""
    return frozenset(leaf.documents) if WHOLE.issuperset(leaf.forms.values()) else leaf.better


def idf_of(frequency: int, count: int) -> float:
    """Return how telling a term is that stands in so many of the sections (BM25)."""
    return log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def union(lists: Sequence[tuple[float, Listed]]) -> set[int]:
    """Return the sections that stand in any of some lists of postings."""
    return set().union(*(listed.documents for _, listed in lists))


def any_held(documents: Sequence[int], some: AbstractSet[int]) -> bool:
    """Tell whether any of some sections is in a list, which is in order."""
    if len(documents) <= _SHORTER * len(some):
        return not some.isdisjoint(documents)
    return bool(held(documents, some))


def held(documents: Sequence[int], some: Collection[int]) -> list[int]:
    """Return those of some sections that are in a long list, which is in order; they are looked up one by one."""
    size = len(documents)
    return [number for number in some if (at := bisect_left(documents, number)) < size and documents[at] == number]
