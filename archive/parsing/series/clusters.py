"""Which issues are of one series, by the traits that they share?

What two issues share is the sum, over their common traits, of the smaller weight, once more where they stand at the
same place of the page. Groups are joined, best first, by the mean of their best and their average link, down to a fixed
bound. Issues that share no rare trait are not compared.

Source: agglomerative clustering, single and average link (Manning, Raghavan and Schütze, ch. 17).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from archive.parsing.series.signature import GRID_COLUMNS, Trait

# In tenths: issues of a series that changed its masthead share 160 and more, strangers about the same matters 100.
_BOUND = 125
# Two issues that share no trait of this weight or more are strangers.
_RARE = 12


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
        The places of the issues of each series, in order; the same whatever the order of `traits` but for ties.
    """
    named = apart or {}
    groups = {at: [at] for at in range(len(traits))}
    names = {at: {named[at]} if at in named else set[str]() for at in groups}
    links = _links(traits)
    pairs = ((one, other, link) for one, others in links.items() for other, link in others.items() if one < other)
    heap = [(-link.strength(1), one, other) for one, other, link in pairs]
    heapify(heap)
    while heap and -heap[0][0] >= _BOUND:
        strength, one, other = heappop(heap)
        link = links[one].get(other) if one in groups and other in groups else None
        if link is None or -strength != link.strength(len(groups[one]) * len(groups[other])):
            continue  # of groups that have grown since
        if len(names[one] | names[other]) > 1:
            continue
        groups[one] += groups.pop(other)
        names[one] |= names.pop(other)
        _merge(links, one, other)
        for third, grown in links[one].items():
            strength = grown.strength(len(groups[one]) * len(groups[third]))
            heappush(heap, (-strength, min(one, third), max(one, third)))
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))


def likeness(one: Mapping[str, Trait], other: Mapping[str, Trait]) -> int:
    """Return what two issues share, in tenths, given their traits by text."""
    if len(other) < len(one):
        one, other = other, one
    shared = 0
    for text, trait in one.items():
        if theirs := other.get(text):
            least = min(trait.weight, theirs.weight)
            shared += 2 * least if _is_near(trait.cell, theirs.cell) else least
    return shared


def _links(traits: Sequence[Sequence[Trait]]) -> dict[int, dict[int, Link]]:
    """Return what those issues share that have a rare trait in common."""
    by_text = [{trait.text: trait for trait in each} for each in traits]
    having: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(traits):
        for trait in each:
            if trait.weight >= _RARE:
                having[trait.text].append(at)
    links: dict[int, dict[int, Link]] = {at: {} for at in range(len(traits))}
    for at, each in enumerate(traits):
        others = {other for trait in each if trait.weight >= _RARE for other in having[trait.text] if other < at}
        for other in others:
            if shared := likeness(by_text[at], by_text[other]):
                links[at][other] = links[other][at] = Link(shared, shared)
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
