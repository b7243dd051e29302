"""In which order are the columns of a page read?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from archive.reading.layout.bands import find_bands
from archive.reading.layout.columns import find_gutter
from archive.reading.layout.lines import Piece, make_rows
from archive.reading.layout.strips import Strip

_MAX_DEPTH = 12
_BAND_GAP = 1.4  # white between a band and the columns, in type sizes
# Rows of a band that leave a strip open: on the left, on the right, on the right alone. Rows on the left alone may be
# taken at the top, where they are read first in any case.
_TOP_ROWS = (4, 2, 1)
_BOTTOM_ROWS = (1, 1, 0)
# A sheet this much broader than high may be two pages side by side; where the white between them is looked for, as
# shares of the width, and how wide it is, in type sizes.
_BROAD, _FOLD, _FOLD_WHITE = 1.2, (0.42, 0.58), 1.5
_NEAR_ROWS = 2  # rows that stand nearer to the band than to the columns


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that is read line by line; `inset` if it stands in or beside other text."""

    rows: tuple[tuple[Piece, ...], ...]
    inset: bool = False


def find_regions(pieces: Sequence[Piece], *, usual: float, size: tuple[float, float]) -> tuple[Region, ...]:
    """Cut a page along its white strips into regions, in reading order.

    Args:
        pieces: All pieces of the page, in any order.
        usual: The page's type size in points.
        size: Width and height of the page in points.

    Returns:
        Regions in reading order: what stands above a strip, left of it, right of it, below it.
    """
    fold = _find_fold(pieces, usual, size)
    pages = [[piece for piece in pieces if (piece.x0 > fold) == right] for right in (False, True)]
    return tuple(region for page in pages for region in _cut(page, usual, 0))


def _find_fold(pieces: Sequence[Piece], usual: float, size: tuple[float, float]) -> float:
    """Return where a broad sheet parts into two pages, left of everything if it is one page."""
    width, height = size
    if width < _BROAD * height:
        return -inf
    near = [piece for piece in pieces if piece.x1 > _FOLD[0] * width and piece.x0 < _FOLD[1] * width]
    free, best, fold = _FOLD[0] * width, 0.0, -inf
    for x0, x1 in [*sorted((piece.x0, piece.x1) for piece in near), (_FOLD[1] * width, inf)]:
        if x0 - free > best:
            best, fold = x0 - free, (x0 + free) / 2
        free = max(free, x1)
    return fold if best >= _FOLD_WHITE * usual else -inf


def _cut(pieces: list[Piece], usual: float, depth: int) -> list[Region]:
    if not pieces:
        return []
    strip = find_gutter(pieces, usual=usual) if depth < _MAX_DEPTH else None
    if strip is None:
        return [Region(tuple(tuple(row) for row in make_rows(pieces)))]
    if bands := find_bands(pieces, strip, usual=usual):
        edges = [-inf, *bands, inf]
        parted = [[piece for piece in pieces if low <= piece.middle < high] for low, high in pairwise(edges)]
        return [region for part in parted for region in _cut(part, usual, depth + 1)]
    top, bottom = _peel(pieces, strip, usual)
    middle = (strip.x0 + strip.x1) / 2
    parts: list[list[Piece]] = [[], [], [], []]
    insets = set(map(id, strip.insets))
    for piece in pieces:
        if id(piece) in insets:
            continue
        if piece.middle < top:
            parts[0].append(piece)
        elif piece.middle > bottom:
            parts[3].append(piece)
        else:
            parts[1 if (piece.x0 + piece.x1) / 2 < middle else 2].append(piece)
    up, left, right, down = (_cut(part, usual, depth + 1) for part in parts)
    inset = [Region(tuple(tuple(row) for row in make_rows(strip.insets)), inset=True)] if strip.insets else []
    return [*up, *left, *right, *inset, *down]


def _peel(pieces: Sequence[Piece], strip: Strip, usual: float) -> tuple[float, float]:
    """Return top and bottom of a strip without the few rows that only happen to leave it open.

    The line of number and date under a masthead does, and a short heading over text that runs across both columns.
    """
    top, bottom = strip.y0 - 0.1, strip.y1 + 0.1
    middle = (strip.x0 + strip.x1) / 2
    beside = [piece for piece in pieces if top <= piece.middle <= bottom]
    above = [piece.y1 for piece in pieces if piece.middle < top]
    below = [-piece.y0 for piece in pieces if piece.middle > bottom]
    down = [(piece.y0, piece.y1, piece.x0 > middle) for piece in beside]
    up = [(-piece.y1, -piece.y0, piece.x0 > middle) for piece in beside]
    top = _peel_end(down, max(above, default=None), _TOP_ROWS, usual) or top
    bottom = -(_peel_end(up, max(below, default=None), _BOTTOM_ROWS, usual) or -bottom)
    return top, bottom


def _peel_end(
    spans: list[tuple[float, float, bool]], edge: float | None, most: tuple[int, int, int], usual: float
) -> float | None:
    """Return where the rows end that belong to a band above the columns, or None if there are none.

    Args:
        spans: Start, end and side (right or not) of what stands beside the strip, counted away from the band.
        edge: Where the band ends that crosses the strip; None if there is none.
        most: How many rows left and right, and right where there are none on the left, may belong to the band.
        usual: The page's type size.
    """
    spans.sort()
    rows = [0, 0]
    ends = [spans[0][0] - 1, spans[0][0] - 1]
    before = usual if edge is None else spans[0][0] - edge
    found: float | None = None
    for start, stop, right in spans:
        gap = start - max(ends)
        if any(rows) and gap > 0:
            near = edge is not None and sum(rows) <= _NEAR_ROWS and gap > max(0.8 * usual, 1.3 * before)
            left_most = most[0] if rows[1] or most[0] > most[1] else 0
            right_most = most[1] if rows[0] else most[2]
            if near or (gap > _BAND_GAP * usual and rows[0] <= left_most and rows[1] <= right_most):
                found = start - gap / 2
        rows[right] += start > ends[right]
        ends[right] = max(ends[right], stop)
        if max(rows[0] - most[0], rows[1] - max(most[1:])) > 0:
            break
    return found
