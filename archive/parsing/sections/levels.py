"""Which headings are of the second order: inside a piece, or under the name of a rubric?

Where an issue has headings in two sizes, or some in capitals, the smaller ones may head points of minutes, questions of
an interview or paragraphs of a long piece. Then many of the larger ones stand above text alone, and the smaller ones
have less white above them. Or the larger ones name rubrics: then each stands right above a smaller one.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from archive.parsing.lines import is_capitals
from archive.parsing.sections.heading import Heading
from archive.tuples import NamedTuple

_LEAST = 3  # headings of each order
_MOST_INNER = 0.75  # of the second order that stand below one of the first
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
    for large, small in _orders(found):
        firsts = {heading.first for heading in small}
        over = [heading for heading in large if heading.last in firsts]
        if len(over) >= _RUBRICS * len(large):
            rubrics = frozenset(heading.first for heading in over if len(heading.text.split()) <= _RUBRIC_WORDS)
            return Levels(_inside([heading for heading in found if heading.first not in rubrics]), rubrics)
    return Levels(_inside(found))


def _inside(found: Sequence[Heading]) -> frozenset[int]:
    """Return the first rows of the smaller headings of an issue if they stand inside the pieces of larger ones."""
    return next((inside for large, small in _orders(found) if (inside := _inside_of(large, small, found))), frozenset())


def _inside_of(large: Sequence[Heading], small: Sequence[Heading], found: Sequence[Heading]) -> frozenset[int]:
    """Return the first rows of the smaller headings that stand inside pieces of the larger; none if most do not."""
    # Before the first large one they head other pieces: the lines of a masthead, or the shorter pieces of the issue.
    inner = frozenset(heading.first for heading in small if heading.first > large[0].first)
    behind = {heading.first: after.first for heading, after in pairwise(found)}
    alone = [heading for heading in large if behind.get(heading.first) not in inner]
    if len(inner) < _MOST_INNER * len(small):
        return frozenset()
    if len(alone) < max(_LEAST, _ALONE * len(large)) or len(large) - len(alone) < _PIECES:
        return frozenset()
    low = frozenset(heading.first for heading in small if heading.size <= _LOW)
    return inner & low if 2 * len(low) >= len(small) and _white(small) < _LESS_WHITE * _white(large) else frozenset()


def _orders(found: Sequence[Heading]) -> Iterator[tuple[Sequence[Heading], Sequence[Heading]]]:
    """Yield headings parted into a first and a second order: by their sizes, the widest gap first, then by capitals."""
    capitals = [heading for heading in found if is_capitals(heading.text)]
    others = [heading for heading in found if not is_capitals(heading.text)]
    by_size = list(_by_size(found))
    for large, small in [*by_size, *([] if by_size else [(capitals, others)])]:
        if min(len(large), len(small)) >= _LEAST:
            yield large, small


def _by_size(found: Sequence[Heading]) -> Iterator[tuple[Sequence[Heading], Sequence[Heading]]]:
    """Yield the larger and the smaller headings, parted by each gap between two sizes, the widest first."""
    sizes = sorted({heading.size for heading in found})
    gaps = sorted(((above / below, above) for below, above in pairwise(sizes)), reverse=True)
    for number, (widest, least) in enumerate(gaps):
        large = [heading for heading in found if heading.size >= least]
        small = [heading for heading in found if heading.size < least]
        exact = max(_spread(large), _spread(small)) < _EXACT  # as they were printed, and not as they were measured
        apart, larger = (_EXACTLY, _EXACTLY) if exact else (_LARGER if number else _APART, _LARGER)
        if widest >= apart and _larger(large, small) >= larger:
            yield large, small


def _larger(large: Sequence[Heading], small: Sequence[Heading]) -> float:
    return median([heading.size for heading in large]) / median([heading.size for heading in small])


def _spread(headings: Sequence[Heading]) -> float:
    sizes = [heading.size for heading in headings]
    return max(sizes) / min(sizes)


def _white(headings: Sequence[Heading]) -> float:
    """Return the usual white above headings, in lines; one that opens a column has all the white there is."""
    return median([inf if heading.gap is None else heading.gap for heading in headings] or [0.0])
