"""What is a part of a query, of which a section may hold some and not others?"""

from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet

from archive.model.search import Term
from archive.search.whoosh.leaf import Leaf
from archive.search.whoosh.scoring import Search
from archive.tuples import NamedTuple

# A partial match must hold this share of what the query's words tell.
LEAST_SHARE = 0.1
NEARLY_NONE = 1e-9


class Part(NamedTuple):
    """A part of the query: what it matches, its share of what all tell, its most score, its bit among the parts."""

    leaf: Leaf
    share: float
    most: float
    bit: int


class Asked(NamedTuple):
    """What partial matches are looked for.

    Attributes:
        parts: The parts that are telling, in order of the query.
        pairs: Words that are neighbours in it, and the bits of both.
        whole: Whether the query is nested, or one word only is found: sections are then scored by all that it has.
        hits: The sections that match all of it.
        kept: Returns those of some sections that pass the filters and what else is needed.
        wanted: How many.
    """

    parts: Sequence[Part]
    pairs: Sequence[tuple[tuple[Term, Term], int]]
    whole: bool
    hits: AbstractSet[int]
    kept: Callable[[AbstractSet[int]], set[int]]
    wanted: int

    def share(self, bits: int) -> float:
        """Return the share of the query that some parts tell."""
        return sum([part.share for part in self.parts if part.bit & bits])


# The score of each section that may be among the best, and the bits of what it holds.
Scored = tuple[dict[int, float], dict[int, int]]


def reward_pairs(search: Search, asked: Asked, scored: Scored, able: Collection[int]) -> None:
    """Add to the scores of some sections what it counts that neighbours of the query stand together in them."""
    scores, held = scored
    for pair, both in asked.pairs:
        some = {number for number in able if held[number] & both == both}
        for number, reward in search.rewards(*pair, some, forms=False).items() if some else ():
            scores[number] += reward * asked.share(held[number])
