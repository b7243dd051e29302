"""Which pages lie side by side on a sheet, which headlines run over both, and what stands at the foot of each?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from archive.reading.layout.lines import Piece, box_of, is_heading, make_rows, merge_pieces
from archive.reading.layout.sheet import Sheet

# A sheet this much broader than high may be two pages side by side; where the white between them is looked for, as
# shares of the width, and how wide it is, in type sizes.
_BROAD, _FOLD, _FOLD_WHITE = 1.2, (0.42, 0.58), 1.5
_LARGE = 1.5  # least type size of a headline over a fold against the usual
_NARROWED = 0.6  # of the white at the fold, that such a headline leaves at most
_OVERLINES, _ABOVE = 3, 1.5  # lines above a headline that go with it; white above them against that below them
_FOOT = 0.09  # share of the page's height in which its foot stands
_FOOT_WHITE = 1.2  # least white above it, in type sizes


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is read together before what comes next: a headline over two pages, all or a part of a page, or its foot."""

    pieces: tuple[Piece, ...]
    foot: bool = False


def part_sheet(pieces: Sequence[Piece], sheet: Sheet) -> tuple[Leaf, ...]:
    """Part a sheet into what is read one after the other; a page by itself, without a foot, is one such part.

    Args:
        pieces: All pieces of the sheet, in any order.
        sheet: What is known of it.
    """
    fold, white = _find_fold(pieces, sheet)
    if not white:
        return tuple(_with_foot(pieces, sheet))
    leaves: list[Leaf] = []
    rest = list(pieces)
    while row := next(_headlines(rest, fold, white, sheet.usual), None):
        top = min(piece.y0 for piece in row)
        headline = [*row, *_lines_above(row, rest, sheet.usual)]
        taken = set(map(id, headline))
        above = [piece for piece in rest if piece.middle < top and id(piece) not in taken]
        leaves += [Leaf(half) for half in _halves(above, fold)]
        leaves.append(Leaf(tuple(headline)))
        done = taken.union(map(id, above))
        rest = [piece for piece in rest if id(piece) not in done]
    return (*leaves, *(leaf for half in _halves(rest, fold) for leaf in _with_foot(half, sheet)))


def _find_fold(pieces: Sequence[Piece], sheet: Sheet) -> tuple[float, float]:
    """Return where a broad sheet parts into two pages and how wide the white is there; 0 if it is one page.

    Headlines may run across the fold.
    """
    width = sheet.width
    if width < _BROAD * sheet.height:
        return -inf, 0.0
    small = [piece for piece in pieces if piece.size < _LARGE * sheet.usual]
    near = [piece for piece in small if piece.x1 > _FOLD[0] * width and piece.x0 < _FOLD[1] * width]
    free, best, fold = _FOLD[0] * width, 0.0, -inf
    for x0, x1 in [*sorted((piece.x0, piece.x1) for piece in near), (_FOLD[1] * width, inf)]:
        if x0 - free > best:
            best, fold = x0 - free, (x0 + free) / 2
        free = max(free, x1)
    return (fold, best) if best >= _FOLD_WHITE * sheet.usual else (-inf, 0.0)


def _halves(pieces: Sequence[Piece], fold: float) -> list[tuple[Piece, ...]]:
    sides = (tuple(piece for piece in pieces if (piece.x0 > fold) == right) for right in (False, True))
    return [side for side in sides if side]


def _with_foot(pieces: Sequence[Piece], sheet: Sheet) -> Iterator[Leaf]:
    """Yield a page and then its foot: one row at the edge with white above it, in whichever column it stands."""
    rows = make_rows(pieces)
    if len(rows) > 1:
        top = min(piece.y0 for piece in rows[-1])
        white = top - max(piece.y1 for row in rows[:-1] for piece in row)
        if top > (1 - _FOOT) * sheet.height and white >= _FOOT_WHITE * sheet.usual:
            foot = set(map(id, rows[-1]))
            yield Leaf(tuple(piece for piece in pieces if id(piece) not in foot))
            yield Leaf(tuple(rows[-1]), foot=True)
            return
    yield Leaf(tuple(pieces))


def _headlines(pieces: Sequence[Piece], fold: float, white: float, usual: float) -> Iterator[list[Piece]]:
    """Yield the headlines that run over the fold, from top to bottom."""
    for row in make_rows(piece for piece in pieces if piece.size >= _LARGE * usual):
        over = any(piece.x0 < fold < piece.x1 for piece in row)
        near = (one.x1 <= fold <= other.x0 and other.x0 - one.x1 <= _NARROWED * white for one, other in pairwise(row))
        if over or any(near):
            yield row


def _lines_above(headline: Sequence[Piece], pieces: Sequence[Piece], usual: float) -> list[Piece]:
    """Return the few lines in line with a headline that stand nearer to it than to what is above them."""
    whole = merge_pieces(headline)
    above = [piece for piece in pieces if piece.y1 <= whole.y0 and piece.x0 < whole.x1 and piece.x1 > whole.x0]
    rows = make_rows(piece for piece in above if is_heading(piece, usual) and _is_in_line(piece, whole, usual))
    lines: list[Piece] = []
    top = whole.y0
    for row in reversed(rows[-_OVERLINES:]):
        if top - max(piece.y1 for piece in row) > whole.size:
            break
        lines += row
        top = min(piece.y0 for piece in row)
    if not lines:
        return []
    box = box_of(lines)
    over = [piece.y1 for piece in above if piece.y1 <= box.y0 and piece.x0 < box.x1 and piece.x1 > box.x0]
    return lines if box.y0 - max(over, default=-inf) >= _ABOVE * (whole.y0 - box.y1) else []


def _is_in_line(piece: Piece, whole: Piece, usual: float) -> bool:
    """Tell whether a line begins where a headline does, or stands above its middle."""
    return min(abs(piece.x0 - whole.x0), abs(piece.x0 + piece.x1 - whole.x0 - whole.x1) / 2) <= usual
