"""Which issues are of one series, by the traits that they share?

What two issues share is the sum, over their common traits, of the smaller weight, once more where they stand at the
same place of the page. Groups are joined, best first, by the mean of their best and their average link, down to a fixed
bound. So two issues that share twice the bound always come together, however their groups are otherwise: such are
joined first, by looking only at those next to each other among all that have a heavy trait. What is left are groups by
their design, each of which a few issues stand for. So the work grows with the number of designs, not of pairs.

Source: agglomerative clustering, single and average link (Manning, Raghavan and Schütze, ch. 17).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from zlib import crc32

from archive.parsing.series.signature import GRID_COLUMNS, Trait

# In tenths: issues of a series that changed its masthead share 160 and more, strangers about the same matters 100.
_BOUND = 125
_SURELY = 2 * _BOUND
_HEAVY = 40  # a trait by which the issues of one design are found
_NEXT = 3  # issues after one in such a row that it is compared with
_STAND_FOR = 10  # issues for each group
# Two groups that share no trait of this weight, or only such as very many have, are strangers.
_RARE = 12
_FEW = 200
_ByText = Mapping[str, Trait]


@dataclass(frozen=True, slots=True)
class Link:
    """What the issues of two groups share: the best pair, and the sum over all pairs."""

    best: int
    total: int

    def strength(self, pairs: int) -> float:
        """Return the mean of the best and the average link."""
        return (self.best + self.total / pairs) / 2

    def __add__(self, other: "Link") -> "Link":
        return Link(max(self.best, other.best), self.total + other.total)


def find_clusters(
    traits: Sequence[Sequence[Trait]], *, apart: Mapping[int, str] | None = None
) -> tuple[tuple[int, ...], ...]:
    """Put issues together.

    Args:
        traits: What the first page of each has, in an order that does not depend on when it came in.
        apart: The series of those that the owner named, by place: two that he named otherwise are never joined.

    Returns:
        The places of the issues of each series, in order.
    """
    named = apart or {}
    by_text = [{trait.text: trait for trait in each} for each in traits]
    designs = _designs(by_text, named)
    standing = [_standing_for(design, by_text) for design in designs]
    links = _links(by_text, standing)
    groups = {at: [at] for at in range(len(designs))}
    sizes = {at: len(each) for at, each in enumerate(standing)}
    names = {at: {named[place] for place in design if place in named} for at, design in enumerate(designs)}
    pairs = ((one, other, link) for one, others in links.items() for other, link in others.items() if one < other)
    heap = [(-link.strength(sizes[one] * sizes[other]), one, other) for one, other, link in pairs]
    heapify(heap)
    while heap and -heap[0][0] >= _BOUND:
        strength, one, other = heappop(heap)
        link = links[one].get(other) if one in groups and other in groups else None
        if link is None or -strength != link.strength(sizes[one] * sizes[other]) or len(names[one] | names[other]) > 1:
            continue  # of groups that have grown since, or of two that are apart
        groups[one] += groups.pop(other)
        names[one] |= names.pop(other)
        sizes[one] += sizes.pop(other)
        _merge(links, one, other)
        for third, grown in links[one].items():
            heappush(heap, (-grown.strength(sizes[one] * sizes[third]), min(one, third), max(one, third)))
    return tuple(sorted(tuple(sorted(at for each in group for at in designs[each])) for group in groups.values()))


def likeness(one: _ByText, other: _ByText) -> int:
    """Return what two issues share, in tenths, given their traits by text."""
    shared = 0
    for text in one.keys() & other.keys():
        trait, theirs = one[text], other[text]
        least = min(trait.weight, theirs.weight)
        shared += 2 * least if _is_near(trait.cell, theirs.cell) else least
    return shared


def _designs(by_text: Sequence[_ByText], named: Mapping[int, str]) -> list[list[int]]:
    """Join issues that share so much that they come together in any case; return the groups in order."""
    parent = list(range(len(by_text)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for row in _rows(by_text):
        for nth, one in enumerate(row):
            for other in row[nth + 1 : nth + 1 + _NEXT]:
                first, second = sorted((root(one), root(other)))
                joined = first == second or named.get(one) != named.get(other)
                if not joined and likeness(by_text[one], by_text[other]) >= _SURELY:
                    parent[second] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(by_text)):
        groups[root(at)].append(at)
    return list(groups.values())


def _rows(by_text: Sequence[_ByText]) -> Iterator[list[int]]:
    """Yield the issues, in order, that have a heavy trait in common."""
    having: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(by_text):
        for text, trait in each.items():
            if trait.weight >= _HEAVY:
                having[text].append(at)
    return (row for _, row in sorted(having.items()) if len(row) > 1)


def _standing_for(design: Sequence[int], by_text: Sequence[_ByText]) -> list[int]:
    """Return a few issues of a group, which ones by their traits alone, so that one issue more changes one at most."""
    if len(design) <= _STAND_FOR:
        return list(design)
    return sorted(design, key=lambda at: (crc32(" ".join(by_text[at]).encode(errors="replace")), at))[:_STAND_FOR]


def _links(by_text: Sequence[_ByText], standing: Sequence[Sequence[int]]) -> dict[int, dict[int, Link]]:
    """Return what those groups share that have a rare trait in common."""
    group_of = {at: group for group, each in enumerate(standing) for at in each}
    having: dict[str, list[int]] = defaultdict(list)
    for at in group_of:
        for text, trait in by_text[at].items():
            if trait.weight >= _RARE:
                having[text].append(at)
    links: dict[int, dict[int, Link]] = {group: {} for group in range(len(standing))}
    for at, group in group_of.items():
        rows = (having[text] for text, trait in by_text[at].items() if trait.weight >= _RARE)
        others = {other for row in rows if len(row) <= _FEW for other in row if group_of[other] < group}
        for other in others:
            if shared := likeness(by_text[at], by_text[other]):
                link, third = Link(shared, shared), group_of[other]
                links[group][third] = links[third][group] = link + links[group].get(third, Link(0, 0))
    return links


def _merge(links: dict[int, dict[int, Link]], one: int, other: int) -> None:
    """Give the links of a group that is no more to the group that it joined."""
    for third, link in links.pop(other).items():
        links[third].pop(other, None)
        if third == one:
            continue
        both = link + links[one][third] if third in links[one] else link
        links[one][third] = links[third][one] = both


def _is_near(cell: int, other: int) -> bool:
    if cell < 0 or other < 0:
        return False
    (row, column), (row_2, column_2) = divmod(cell, GRID_COLUMNS), divmod(other, GRID_COLUMNS)
    return abs(row - row_2) <= 1 and abs(column - column_2) <= 1
