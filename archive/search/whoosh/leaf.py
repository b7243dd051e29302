"""Which sections does one part of a query match, and how weighty is it in each?

Weights are looked up for the sections that are left in the end: of a common word beside a rare one that is a few.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from math import log
from types import MappingProxyType
from typing import NamedTuple

from archive.model.search import MatchKind
from archive.search.whoosh.snapshot import Listed

# Kinds of a match that is the word itself; the others are a part or a likeness of it.
WHOLE = frozenset({MatchKind.EXACT, MatchKind.INFLECTION, MatchKind.GROUP})
_SHORTER = 12  # times; so much shorter a list is looked up in the other one by one
_FEWER = 5  # times; of so many fewer sections weights are looked up one by one


class _Match(NamedTuple):
    """What a leaf of the query matches, as it was found.

    Attributes:
        label: The leaf as the query language has it.
        lists: The postings of the words that it stands for, each with how much it counts; their weights add up.
        known: The weight in each section, where it does not follow from postings.
        matched: The sections, where they do not follow from postings or weights, or were gathered already.
        idf: How telling it is.
        forms: The words that it stands for, and how.
        whole: How many of the lists, the first ones, are of the word itself and its inflections; 0 where all are.
        above: The sections that are in these, where they do not follow from postings.
    """

    label: str
    lists: Sequence[tuple[float, Listed]] = ()
    known: Mapping[int, float] | None = None
    matched: Collection[int] | None = None
    idf: float = 0.0
    forms: Mapping[str, MatchKind] = MappingProxyType({})
    whole: int = 0
    above: frozenset[int] = frozenset()


class Leaf(_Match):
    """The sections that a leaf of the query matches; without lists and weights it is a filter, which does not rank."""

    @property
    def ranks(self) -> bool:
        """Whether it has a say in the order of the hits."""
        return bool(self.lists or self.known)

    @property
    def size(self) -> int:
        """In how many sections it stands, or more."""
        return len(self.lists[0][1].documents) if self._is_one_list else len(self.documents)

    @cached_property
    def documents(self) -> Collection[int]:
        """The sections."""
        if self.matched is not None:
            return self.matched
        return self.known.keys() if self.known is not None else union(self.lists)

    @cached_property
    def better(self) -> frozenset[int]:
        """Sections that hold the word itself or an inflection, where others hold only a part or a likeness of it."""
        if self.whole and not self.above:
            return frozenset().union(*(listed.documents for _, listed in self.lists[: self.whole]))
        return self.above

    def among(self, some: set[int]) -> set[int]:
        """Return those of some sections that it matches."""
        if self._is_one_list and not self._is_gathered:
            documents = self.lists[0][1].documents
            if len(documents) > _SHORTER * len(some):
                return {number for number in some if _place(documents, number) is not None}
        return some.intersection(self.documents)

    def perhaps(self, some: set[int]) -> set[int]:
        """Return those of some sections that it may match, all of them where its sections were not gathered yet."""
        return some.intersection(self.documents) if self._is_gathered else some

    def weights(self, some: Collection[int]) -> Mapping[int, float]:
        """Return its weight in those of some sections that it matches, and perhaps in others."""
        if self.known is not None:
            return self.known
        found: dict[int, float] = {}
        for factor, (documents, weights) in self.lists:
            if len(documents) > _FEWER * len(some):
                for number in some:
                    at = _place(documents, number)
                    if at is not None:
                        found[number] = found.get(number, 0.0) + factor * weights[at]
            else:
                more = dict(zip(documents, weights if factor == 1.0 else map(factor.__mul__, weights), strict=True))
                for number in found.keys() & more.keys():
                    more[number] += found[number]
                found |= more
        return found

    @property
    def _is_gathered(self) -> bool:
        return self.matched is not None or "documents" in self.__dict__

    @property
    def _is_one_list(self) -> bool:
        return len(self.lists) == 1 and self.known is None


def either(leaf: Leaf, other: Leaf, count: int) -> Leaf:
    """Return what either of two leaves matches, the weightier of the two in each of `count` sections."""
    if not other.ranks:
        return leaf
    known = dict(leaf.weights(leaf.documents))
    for number, weight in other.weights(other.documents).items():
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


def _place(documents: Sequence[int], number: int) -> int | None:
    at = bisect_left(documents, number)
    return at if at < len(documents) and documents[at] == number else None
