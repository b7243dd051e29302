"""Which headings are of the second order: inside a piece, or under the name of a rubric?

Where an issue has headings in two sizes, or some in capitals, the smaller ones may head points of minutes, questions of
an interview or paragraphs of a long piece. Then many of the larger ones stand above text alone, and the smaller ones
have less white above them. Or the larger ones name rubrics: then each stands right above a smaller one.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from archive.parsing.lines import is_capitals
from archive.parsing.sections.heading import Heading
from archive.tuples import NamedTuple

_LEAST = 3  # headings of each order
_APART = 1.08  # how much larger the smallest of the first order is than the largest of the second
_LARGER = 1.12  # and the middle one of each
_EXACT, _EXACTLY = 1.02, 1.05  # where sizes of one order differ by less, so much larger is enough
_LOW = 1.18  # the size of headings inside pieces beside that of the text, at most
_ALONE = 1 / 3  # of the first order that stand above text, with none of the second order in it
_PIECES = 2  # in which there are some of the second order
_LESS_WHITE = 0.97  # above these
_RUBRICS, _RUBRIC_WORDS = 0.8, 4  # the share of the first order that stand above another heading; their words


class Levels(NamedTuple):
    """The first rows of headings inside pieces, and of the names of rubrics."""

    inside: frozenset[int] = frozenset()
    rubrics: frozenset[int] = frozenset()


def levels_of(found: Sequence[Heading]) -> Levels:
    """Tell headings of the second order from the others, and names of rubrics.

    Args:
        found: All headings that an issue may have, in order, those that stand right above each other too.
    """
    large, small = _orders(found)
    if min(len(large), len(small)) < _LEAST:
        return Levels()
    firsts = {heading.first for heading in small}
    over = [heading for heading in large if heading.last in firsts]
    if len(over) >= _RUBRICS * len(large):
        rubrics = frozenset(heading.first for heading in over if len(heading.text.split()) <= _RUBRIC_WORDS)
        return Levels(_inside([heading for heading in found if heading.first not in rubrics]), rubrics)
    return Levels(_inside(found))


def _inside(found: Sequence[Heading]) -> frozenset[int]:
    """Return the first rows of the smaller headings of an issue if they stand inside the pieces of larger ones."""
    large, small = _orders(found)
    if min(len(large), len(small)) < _LEAST:
        return frozenset()
    firsts = frozenset(heading.first for heading in small)
    behind = {heading.first: after.first for heading, after in pairwise(found)}
    alone = [heading for heading in large if behind.get(heading.first) not in firsts]
    # Before the first large one they head other pieces; in one piece only, perhaps the shorter pieces of the issue.
    if len(alone) < max(_LEAST, _ALONE * len(large)) or len(large) - len(alone) < _PIECES or found[0].first in firsts:
        return frozenset()
    low = median([heading.size for heading in small]) <= _LOW and _white(small) < _LESS_WHITE * _white(large)
    return firsts if low else frozenset()


def _orders(found: Sequence[Heading]) -> tuple[Sequence[Heading], Sequence[Heading]]:
    """Return the headings of the first and of the second order: by their sizes, or else by capitals."""
    by_size = _by_size(found)
    if all(by_size):
        return by_size
    capitals = [heading for heading in found if is_capitals(heading.text)]
    return capitals, [heading for heading in found if not is_capitals(heading.text)]


def _by_size(found: Sequence[Heading]) -> tuple[Sequence[Heading], Sequence[Heading]]:
    """Return the larger and the smaller headings where there are two sizes, parted by the widest gap between them."""
    sizes = sorted({heading.size for heading in found})
    widest, least = max(((above / below, above) for below, above in pairwise(sizes)), default=(1.0, 0.0))
    large = [heading for heading in found if heading.size >= least]
    small = [heading for heading in found if heading.size < least]
    if not small:
        return (), ()
    exact = max(_spread(large), _spread(small)) < _EXACT  # as they were printed, and not as they were measured
    apart, larger = (_EXACTLY, _EXACTLY) if exact else (_APART, _LARGER)
    return (large, small) if widest >= apart and _larger(large, small) >= larger else ((), ())


def _larger(large: Sequence[Heading], small: Sequence[Heading]) -> float:
    return median([heading.size for heading in large]) / median([heading.size for heading in small])


def _spread(headings: Sequence[Heading]) -> float:
    sizes = [heading.size for heading in headings]
    return max(sizes) / min(sizes)


def _white(headings: Sequence[Heading]) -> float:
    return median([heading.gap for heading in headings if heading.gap is not None] or [0.0])
