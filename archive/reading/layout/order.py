"""In which order are the columns of a page read?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from math import inf

from archive.model.pages import Box
from archive.reading.layout.bands import find_bands, white_above
from archive.reading.layout.columns import find_gutter
from archive.reading.layout.frames import fold_frame, is_inside
from archive.reading.layout.lines import Piece, is_heading, make_rows
from archive.reading.layout.pages import part_sheet
from archive.reading.layout.sheet import Sheet
from archive.reading.layout.side_heads import find_side_heads
from archive.reading.layout.strips import Strip

_MAX_DEPTH = 12
_BAND_GAP = 1.4  # white between a band and the columns, in type sizes
# Rows of a band that leave a strip open: on the left, on the right, on the right alone. Rows on the left alone may be
# taken at the top, where they are read first in any case.
_TOP_ROWS = (4, 2, 1)
_BOTTOM_ROWS = (1, 1, 0)
_TITLE = 2.0  # type size of a masthead's title, in usual ones; wherever it stands
_FLUSH = 0.3  # share of the rows below that start where a row of their column starts
_CENTRED_GAP = 0.8  # white below rows that are centred on all columns, in type sizes
_LEVEL = 0.5  # how far what stands beside a frame may start below its top or its first line, in type sizes
_UNEVEN = 1.4  # white above one of the two that shows that not both columns were full there, in type sizes
_MARGIN = 0.45  # width of a column of notes against that of the text right of it
_LONG = 0.3  # least height of it, as a share of the page's
_LONG_COLUMN = 12  # lines
_NEAR_ROWS = 2  # rows that stand nearer to the band than to the columns


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that is read line by line.

    `inset` if it stands in or beside other text, `head` if it is a heading left of its text, `foot` if it is the foot
    of a page, `framed` if a frame begins with it.
    """

    rows: tuple[tuple[Piece, ...], ...]
    inset: bool = False
    head: bool = False
    foot: bool = False
    framed: bool = False


def find_regions(pieces: Sequence[Piece], sheet: Sheet) -> tuple[Region, ...]:
    """Cut a page along its white strips and drawn rules into regions, in reading order.

    Args:
        pieces: All pieces of the page, in any order.
        sheet: What is known of the page.

    Returns:
        Regions in reading order: what stands above a strip, left of it, right of it, below it.
    """
    cutter = _Cutter(sheet)
    regions: list[Region] = []
    for leaf in part_sheet(pieces, sheet):
        if leaf.foot:
            regions.append(Region((leaf.pieces,), foot=True))
        else:
            regions += cutter.unfold(leaf.pieces, sheet.drawn.frames)
    return tuple(regions)


class _Cutter:
    """Cuts parts of a page; `folded` holds what stands in each frame, by the pieces that stand for it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.folded: dict[int, tuple[Box, tuple[Piece, ...]]] = {}
        self.read: set[int] = set()  # frames, so that one through which a cut went is read once

    def unfold(self, pieces: Sequence[Piece], frames: Sequence[Box]) -> list[Region]:
        """Cut the page, or what stands in a frame, each frame in it as one."""
        rest = list(pieces)
        for box in frames:
            inside = tuple(piece for piece in rest if id(piece) not in self.folded and is_inside(piece, box))
            if not inside or len(inside) == len(rest):
                continue
            taken = set(map(id, inside))
            tiles = fold_frame(inside, box)
            self.folded |= {id(tile): (box, inside) for tile in tiles}
            rest = [*(piece for piece in rest if id(piece) not in taken), *tiles]
        return self.cut(rest, 0)

    def cut(self, pieces: list[Piece], depth: int) -> list[Region]:
        """Cut a part of the page into regions, in reading order."""
        if not pieces:
            return []
        usual = self.sheet.usual
        if depth < _MAX_DEPTH and (found := find_side_heads(pieces, usual=usual)):
            return self._cut_side_heads(pieces, *found, depth)
        strip = find_gutter(pieces, self.sheet) if depth < _MAX_DEPTH else None
        if strip is None:
            return self._read(pieces)
        if (
            edges := self.sheet.drawn.cuts(pieces)
            or self._level_frames(pieces)
            or find_bands(pieces, strip, self.sheet)
        ):
            parted = [
                [piece for piece in pieces if low <= piece.middle < high] for low, high in pairwise([-inf, *edges, inf])
            ]
            if sum(map(bool, parted)) > 1:
                return [region for part in parted for region in self.cut(part, depth + 1)]
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
        if strip.height >= _LONG * self.sheet.height and self._is_margin(parts[1], parts[2]):
            parts[1], parts[2] = parts[2], parts[1]
        up, left, right, down = (self.cut(part, depth + 1) for part in parts)
        inset = [Region(tuple(tuple(row) for row in make_rows(strip.insets)), inset=True)] if strip.insets else []
        return [*up, *left, *right, *inset, *down]

    def _is_margin(self, left: Sequence[Piece], right: Sequence[Piece]) -> bool:
        """Tell whether a narrow column stands left of one broad one.

        It holds notes, boxes or who is who, and is read after the text: that may go on from the page before.
        """
        if not left or not right:
            return False
        wide = [max(piece.x1 for piece in side) - min(piece.x0 for piece in side) for side in (left, right)]
        return wide[0] <= _MARGIN * wide[1] and find_gutter(right, self.sheet) is None

    def _cut_side_heads(
        self, pieces: Sequence[Piece], strip: Strip, starts: Sequence[float], depth: int
    ) -> list[Region]:
        """Cut a part whose headings stand left of their texts: each heading, then what stands beside it."""
        middle = (strip.x0 + strip.x1) / 2
        regions = self.cut([piece for piece in pieces if piece.middle < strip.y0], depth + 1)
        beside = [piece for piece in pieces if strip.y0 <= piece.middle <= strip.y1]
        for top, bottom in pairwise([-inf, *starts, inf]):
            here = [piece for piece in beside if top <= piece.middle < bottom]
            if head := [piece for piece in here if piece.x0 < middle]:
                regions.append(Region(tuple(map(tuple, make_rows(head))), head=True))
            regions += self.cut([piece for piece in here if piece.x0 > middle], depth + 1)
        return [*regions, *self.cut([piece for piece in pieces if piece.middle > strip.y1], depth + 1)]

    def _level_frames(self, pieces: Sequence[Piece]) -> tuple[float, ...]:
        """Return the heights at which a frame and what stands beside it begin together, as cards in a grid do."""
        first = min(piece.y0 for piece in pieces)
        heads: dict[int, tuple[Box, Piece]] = {}
        for piece in sorted(pieces, key=lambda piece: piece.y0):
            if frame := self.folded.get(id(piece)):
                heads.setdefault(id(frame[0]), (frame[0], piece))
        return tuple(
            sorted(
                {
                    box.y0 - 0.1
                    for box, head in heads.values()
                    if box.y0 > first
                    and not any(piece.y0 < box.y0 - 0.1 < piece.base for piece in pieces)
                    and self._has_level(box, head, pieces)
                }
            )
        )

    def _has_level(self, box: Box, head: Piece, pieces: Sequence[Piece]) -> bool:
        """Tell whether the first thing beside a frame is a frame or heading level with it, and no chance."""
        usual = self.sheet.usual
        beside = [piece for piece in pieces if piece.middle > box.y0 and (piece.x1 < box.x0 or piece.x0 > box.x1)]
        other = min(beside, key=lambda piece: piece.y0, default=None)
        if other is None or min(other.y0 - box.y0, abs(other.base - head.base)) > _LEVEL * usual:
            return False
        uneven = max(white_above(piece, pieces, usual) for piece in (other, head)) >= _UNEVEN * usual
        if id(other) not in self.folded:
            return uneven and is_heading(other, usual)
        if not uneven and all(self._ends_column(piece, pieces) for piece in (other, head)):
            return False  # boxes at the foot of two long columns
        return other.y0 <= self.folded[id(other)][0].y0

    def _ends_column(self, head: Piece, pieces: Sequence[Piece]) -> bool:
        """Tell whether many lines outside of frames stand above a frame in its column."""
        above = [p for p in pieces if p.y1 <= head.y0 + 0.1 and p.x0 < head.x1 and p.x1 > head.x0]
        return sum(id(piece) not in self.folded for piece in above) >= _LONG_COLUMN

    def _read(self, pieces: list[Piece]) -> list[Region]:
        """Return a part without columns as a region, or as several where frames stand in it."""
        regions: list[Region] = []
        rows: list[tuple[Piece, ...]] = []
        for row in make_rows(pieces):
            plain = tuple(piece for piece in row if id(piece) not in self.folded)
            if plain:
                rows.append(plain)
            for piece in row:
                box, inside = self.folded.get(id(piece), (None, ()))
                if box is None or id(box) in self.read:
                    continue
                self.read.add(id(box))
                regions += [Region(tuple(rows))] if rows else []
                rows = []
                inner = [frame for frame in self.sheet.drawn.frames if frame != box and _holds(box, frame)]
                read = self.unfold(inside, inner)
                regions += [replace(region, framed=region is read[0]) for region in read]
        return [*regions, Region(tuple(rows))] if rows else regions


def _holds(box: Box, other: Box) -> bool:
    return box.x0 <= other.x0 and box.y0 <= other.y0 and box.x1 >= other.x1 and box.y1 >= other.y1


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
    centred = _end_of_centred(pieces, beside, middle, usual)
    top = centred or _peel_end(down, max(above, default=None), _TOP_ROWS, usual) or top
    bottom = -(_peel_end(up, max(below, default=None), _BOTTOM_ROWS, usual) or -bottom)
    return top, bottom


def _end_of_centred(pieces: Sequence[Piece], beside: Sequence[Piece], middle: float, usual: float) -> float | None:
    """Return where the rows above the columns end that are centred on them all, as of a masthead over three.

    None where there are none, or where they may as well be the text of the column below them.
    """
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)

    def is_centred(row: Sequence[Piece]) -> bool:
        one_side = row[-1].x1 < middle or row[0].x0 > middle
        is_title = row[0].size >= _TITLE * usual
        return one_side and (is_title or abs(row[0].x0 + row[-1].x1 - left - right) / 2 <= _LEVEL * usual)

    rows = make_rows(piece for piece in beside if any(map(str.isalnum, piece.text)))  # specks aside
    centred = list(takewhile(is_centred, rows))
    under = [piece for row in rows[len(centred) :] for piece in row]
    if not under or not 0 < len(centred) <= _TOP_ROWS[0]:
        return None
    bottom, top = max(piece.y1 for row in centred for piece in row), min(piece.y0 for piece in under)
    level = [[piece for piece in under if abs(piece.x0 - row[0].x0) <= _LEVEL * usual] for row in centred]
    flush = all(len(starts) >= _FLUSH * (len(rows) - len(centred)) for starts in level)
    return None if flush or top - bottom < _CENTRED_GAP * usual else (bottom + top) / 2


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
