"""Where are long white strips, upright between words?

Source: the recursive cut along white space goes back to Nagy and Seth, ICPR 1984; that a strip may be shorter than the
page and that short blocks may stand in it is our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.reading.layout.lines import Piece, make_rows

MIN_ROWS = 3  # lines of text on both sides of a strip
MIN_ROWS_ON_GRID = 2  # the same where its edge is a line of the page's grid
_STEP = 0.25  # how finely the page is searched, in type sizes
# Narrowest strip, in type sizes: less than a gutter, since stains and slips of the engine reach into one.
_WIDTH = 0.35
_LINE_GAP = 1.6  # white between two pieces that is more than that between lines, in type sizes
_INSET_WIDTH = 4.0  # what stands in a gutter is at least this wide and at most this high, in type sizes
_INSET_HEIGHT = 18.0
_INSET_PIECES = 24
_BESIDE_INSET = 0.9  # white around it, in type sizes
_INSET_LEAD, _SAME_SIZE = 0.6, 0.15  # white between its lines, in type sizes; how far these may differ
_WHITE_SHARE = 0.6  # of a strip with an inset in it


@dataclass(frozen=True, slots=True)
class Strip:
    """A white strip in points; `insets` are the pieces that stand in it."""

    x0: float
    x1: float
    y0: float
    y1: float
    insets: tuple[Piece, ...] = ()

    @property
    def height(self) -> float:
        """How long it is."""
        return self.y1 - self.y0


def find_strips(pieces: Sequence[Piece], bars: Sequence[Piece] = (), *, usual: float) -> list[Strip]:
    """List every white strip at least three lines long, the longest first.

    `bars` are rules across, which stop a strip. Strips side by side of the same length are joined. A strip with
    something in it is listed too; `settle_inset` tells whether that may be.
    """
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    top, bottom = min(piece.y0 for piece in pieces), max(piece.y1 for piece in pieces)
    step, wide = _STEP * usual, _WIDTH * usual
    windows: list[list[Piece]] = [[] for _ in range(max(0, int((right - left - wide) / step)))]
    for piece in sorted([*pieces, *bars], key=lambda piece: piece.y0):
        first = max(0, int((piece.x0 - left - wide) / step) + 1)
        for at in range(first, min(len(windows), int((piece.x1 - left) / step) + 1)):
            windows[at].append(piece)
    found: dict[tuple[float, float, bool], Strip] = {}
    strips: list[Strip] = []
    for at, inside in enumerate(windows):
        now: dict[tuple[float, float, bool], Strip] = {}
        x0 = left + at * step
        for y0, y1, inset in _runs(inside, (top, bottom), usual):
            before = found.get((y0, y1, not inset))
            now[y0, y1, not inset] = Strip(x0 if before is None else before.x0, x0 + wide, y0, y1, inset)
        strips += [strip for key, strip in found.items() if key not in now]
        found = now
    return sorted([*strips, *found.values()], key=lambda strip: (-strip.height, strip.x0 - strip.x1))


def settle_inset(pieces: Sequence[Piece], strip: Strip, *, usual: float) -> Strip | None:
    """Return a strip with all of the block that stands in it; None if that block is no inset.

    An inset has few lines, white around it, and text on both sides of it; above and below it the strip is a gutter.
    """
    if len(strip.insets) > _INSET_PIECES:
        return None
    block = _grow(pieces, strip.insets, usual)
    top, bottom = min(piece.y0 for piece in block), max(piece.y1 for piece in block)
    left, right = min(piece.x0 for piece in block), max(piece.x1 for piece in block)
    if right - left < _INSET_WIDTH * usual or bottom - top > _INSET_HEIGHT * usual or len(block) > _INSET_PIECES:
        return None
    need = max(2.0, 0.5 * (bottom - top) / (1.3 * usual))
    middle = (strip.x0 + strip.x1) / 2
    for edges, down, least in (
        ((left, right), (top - usual, bottom + usual), need),
        ((middle, middle), (strip.y0, top), MIN_ROWS - 1),
        ((middle, middle), (bottom, strip.y1), MIN_ROWS - 1),
    ):
        beside = [piece for piece in pieces if down[0] < piece.middle < down[1]]
        lefts = make_rows(piece for piece in beside if piece.x1 < edges[0])
        rights = make_rows(piece for piece in beside if piece.x0 > edges[1])
        if min(len(lefts), len(rights)) < least:
            return None
    return Strip(strip.x0, strip.x1, strip.y0, strip.y1, tuple(piece for piece in block if piece.words))


def _runs(
    inside: Sequence[Piece], down: tuple[float, float], usual: float
) -> list[tuple[float, float, tuple[Piece, ...]]]:
    """List the white runs of one upright window, and each two of them with what stands between."""
    clear: list[tuple[float, float, tuple[Piece, ...]]] = []  # top, bottom, and what stands above it
    free, pending = down[0], 0
    for at, piece in enumerate(inside):
        if piece.y0 - free > _LINE_GAP * usual:
            clear.append((free, piece.y0, tuple(inside[pending:at])))
            pending = at
        free = max(free, piece.y1)
    if down[1] - free > _LINE_GAP * usual:
        clear.append((free, down[1], tuple(inside[pending:])))
    shortest, least = MIN_ROWS_ON_GRID * usual, MIN_ROWS * usual
    runs: list[tuple[float, float, tuple[Piece, ...]]] = [
        (top, bottom, ()) for top, bottom, _ in clear if bottom - top >= shortest
    ]
    for (top, end, _), (start, bottom, block) in pairwise(clear):
        white = end - top + bottom - start
        if white >= _WHITE_SHARE * (bottom - top) and min(end - top, bottom - start) >= least:
            runs.append((top, bottom, block))
    return runs


def _grow(pieces: Sequence[Piece], block: Sequence[Piece], usual: float) -> tuple[Piece, ...]:
    """Add to what stands in a window the rest of its lines, and short lines right above and below."""
    grown = list(block)
    taken = set(map(id, block))
    top, bottom = min(piece.y0 for piece in block), max(piece.y1 for piece in block)
    high = 2 * max(piece.size for piece in block)
    rest = [p for p in pieces if p.y1 > top - high and p.y0 < bottom + high and id(p) not in taken]
    for one in grown:  # grows while it is walked
        more = [other for other in rest if _goes_with(one, other, usual)]
        if more:
            grown += more
            taken.update(map(id, more))
            rest = [piece for piece in rest if id(piece) not in taken]
        if len(grown) > _INSET_PIECES:
            break
    return tuple(grown)


def _goes_with(one: Piece, other: Piece, usual: float) -> bool:
    """Tell whether two pieces stand on one line of an inset, or as a long line of it and a short one."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    if shared > 0.3 * usual:
        return max(other.x0 - one.x1, one.x0 - other.x1) < _BESIDE_INSET * usual
    inside = one.x0 - usual / 2 <= other.x0 and other.x1 <= one.x1 + usual / 2
    return inside and -shared < _INSET_LEAD * one.size and abs(one.size - other.size) < _SAME_SIZE * one.size
