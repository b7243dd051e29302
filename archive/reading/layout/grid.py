"""Where do the columns of a page start?

The columns of one page mostly stand on one grid. White that is too narrow or too short to part columns by itself does
so where it ends at a line of the grid, at which many other lines of the page start.

Source: that tab stops show the columns of a page is from Smith (Hybrid page layout analysis via tab-stop detection,
ICDAR 2009); here they only lend weight to white strips.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.reading.layout.lines import Piece

_EXACT = 0.3  # how exactly lines start at the same place, in type sizes
_LEAST_STARTS = 6  # lines of text that start at a line of the grid
_LEAST_CARRIED = 2  # the same where a column of the same width would start right of two others
_LEAST_WIDTH = 8.0  # of a column, in type sizes
_LEAST_LETTERS, _LONG_LETTERS = 8, 18  # of a line that counts, of one of running text


def find_grid(pieces: Sequence[Piece], *, usual: float) -> tuple[float, ...]:
    """Return the places at which many lines start, from left to right, in points.

    Args:
        pieces: All text of the page.
        usual: The page's type size in points.
    """
    starts = sorted(piece.x0 for piece in pieces if len(piece.text) >= _LEAST_LETTERS)
    found: list[float] = []
    at = 0
    while at < len(starts):
        end = bisect_left(starts, starts[at] + _EXACT * usual)
        if end - at >= _LEAST_STARTS:
            found.append(starts[at + (end - at) // 2])
            at = end
        else:
            at += 1
    further = {place for place in _carried_on(found, usual) if _count(starts, place, usual) >= _LEAST_CARRIED}
    return tuple(sorted({*found, *further, *_as_wide(pieces, found, usual)}))


def _carried_on(found: Sequence[float], usual: float) -> list[float]:
    """Return where further columns of the same width would start, right of two columns."""
    return [2 * right - left for left, right in pairwise(found) if right - left >= _LEAST_WIDTH * usual]


def _as_wide(pieces: Sequence[Piece], found: Sequence[float], usual: float) -> Iterator[float]:
    """Yield where a few lines start right of a column, the widest as wide as it is: a text ends in a new column."""
    exact = _EXACT * usual
    for left in found:
        ends = sorted(piece.x1 for piece in pieces if abs(piece.x0 - left) <= exact)
        counts = [bisect_left(ends, end + exact) - at for at, end in enumerate(ends)]
        if not counts or max(counts) < _LEAST_STARTS:
            continue  # ragged
        edge = ends[counts.index(max(counts)) + max(counts) // 2]
        if edge - left < _LEAST_WIDTH * usual:
            continue
        group: list[Piece] = []
        for piece in (*sorted((piece for piece in pieces if piece.x0 > edge), key=lambda each: each.x0), None):
            if group and (piece is None or piece.x0 - group[0].x0 > exact):
                wide = max(each.x1 for each in group) - group[0].x0
                if len(group) >= _LEAST_CARRIED and abs(wide - (edge - left)) <= exact:
                    yield group[0].x0
                group = []
            if piece is not None:
                group.append(piece)


def _count(starts: Sequence[float], place: float, usual: float) -> int:
    return bisect_left(starts, place + _EXACT * usual) - bisect_left(starts, place - _EXACT * usual)


@dataclass(frozen=True, slots=True)
class LongLines:
    """Where long lines of text start on a page: `starts` from left to right, `middles` their heights, in points."""

    starts: tuple[float, ...] = ()
    middles: tuple[float, ...] = ()

    def stand_at(self, place: float, *, outside: tuple[float, float], usual: float) -> bool:
        """Tell whether many of them start at a place, not counting those between two heights."""
        first = bisect_left(self.starts, place - _EXACT * usual)
        last = bisect_left(self.starts, place + _EXACT * usual)
        others = sum(not outside[0] <= middle <= outside[1] for middle in self.middles[first:last])
        return others >= _LEAST_STARTS


def find_long_lines(pieces: Sequence[Piece]) -> LongLines:
    """Return where the lines of running text start."""
    found = sorted((piece.x0, piece.middle) for piece in pieces if len(piece.text) >= _LONG_LETTERS)
    return LongLines(tuple(start for start, _ in found), tuple(middle for _, middle in found))


def is_on(grid: Sequence[float], place: float, *, usual: float) -> bool:
    """Tell whether a place lies at a line of the grid."""
    at = bisect_left(grid, place - _EXACT * usual)
    return at < len(grid) and grid[at] <= place + _EXACT * usual
