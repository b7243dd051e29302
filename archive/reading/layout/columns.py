"""Which white strip parts two columns, and which only the cells of a table or two words?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise, takewhile
from statistics import median

from archive.reading.layout.grid import is_on
from archive.reading.layout.lines import Piece, make_rows
from archive.reading.layout.sheet import Sheet
from archive.reading.layout.strips import MIN_ROWS, MIN_ROWS_ON_GRID, Strip, find_strips, settle_inset

_LOOKED_AT = 60  # strips, longest first
_NUMBERED = re.compile(r"\d")
_ITEM = re.compile(r"[-–—•*·>»]|\(?\d{1,2}[.)] ")
_MARK = re.compile(r"(?:\W{1,2}|o|\(?\d{1,3}[.):]?|[a-zA-Z][.)])$")
_ITEMS = 0.3  # share of rows that start an item, in two lists side by side
_MARKS = 0.6  # share of rows from which a column is one of bullets or numbers
# White this narrow (in type sizes) may be chance in fewer lines than this, and where fewer lines start at its edge.
_CHANCE = ((0.9, 8, 0.7), (1.2, 6, 0.5), (2.0, 4, 0.25))
_MANY_TIMES = 4
_NARROW_ON_GRID = 4  # least lines where narrow white ends at a line of the page's grid
# It is measured against the gaps between words: these in usual text, and how far they may be above that to count.
_SPACING, _LOOSEST = 0.5, 2.0
_EDGE = 0.5  # how exactly lines start at the same place, in type sizes
_MOST_REACHING = 2  # lines one below the other that reach into a strip
_CUT_GAP = 0.8  # white between lines that a cut leaves whole, in type sizes
_TORN = 0.5  # what a strip counts whose end tears a column in two
_FULL_LINE = 0.75  # share of the column's width
_FULL_SHARE = 0.55  # share of full lines in running text
_PROSE_WORDS, _PROSE_LETTERS = 3, 18  # in a line of running text
_CELL_WORDS = 4  # most words in a cell with a number
_CELL_GAP = 2.0  # white that ends a cell, in type sizes
_PAIRED = 0.75  # share of rows that have one beside them, in a table
_SAME_BASE = 0.25  # in type sizes
_NUMBERED_SHARE = 0.5
_HEAD = 1.12  # type size of a heading against that of its text
_LABEL_WIDTH = 10.0  # widest column of labels beside running text, in type sizes


def find_gutter(pieces: Sequence[Piece], sheet: Sheet) -> Strip | None:
    """Find the longest white strip that parts two columns of text.

    Args:
        pieces: What stands in a part of the page.
        sheet: The page: a rule across stops a strip, a rule down or a line of the grid makes one a gutter sooner.

    Returns:
        The strip, or None where the part is to be read line by line.
    """
    if len(pieces) < 2 * MIN_ROWS_ON_GRID:
        return None
    best, best_length, looked_at, usual = None, 0.0, 0, sheet.usual
    strips = [*_ruled_strips(pieces, sheet), *find_strips(pieces, sheet.drawn.bars(), usual=usual)]
    for strip in sorted(strips, key=lambda strip: -strip.height):
        if strip.height <= best_length or looked_at == _LOOKED_AT:
            break
        if not _has_text_beside(pieces, strip):
            continue
        looked_at += 1
        settled = settle_inset(pieces, strip, usual=usual) if strip.insets else strip
        if settled is None or not _parts_columns(pieces, settled, sheet):
            continue
        length = strip.height * (_TORN if _tears(pieces, settled, usual) else 1.0)
        if length > best_length:
            best, best_length = settled, length
    return best and _stretch(pieces, best, sheet)


def _stretch(pieces: Sequence[Piece], strip: Strip, sheet: Sheet) -> Strip:
    """Let a strip go on past the few lines that only reach into it, as one with a speck read before it does."""
    usual = sheet.usual
    touching = [p for p in (*pieces, *sheet.drawn.bars()) if p.x1 > strip.x0 and p.x0 < strip.x1]
    ends = [min(piece.y0 for piece in pieces), max(piece.y1 for piece in pieces)]
    below = sorted((piece for piece in touching if piece.middle > strip.y1), key=lambda piece: piece.y0)
    above = sorted((piece for piece in touching if piece.middle < strip.y0), key=lambda piece: -piece.y1)
    past = [sum(1 for _ in takewhile(partial(_reaches_in, pieces, strip, usual), side)) for side in (above, below)]
    if 0 < past[0] <= _MOST_REACHING:
        top = above[past[0]].y1 if len(above) > past[0] else ends[0]
        if above[past[0] - 1].y0 - top >= MIN_ROWS * usual:
            strip = replace(strip, y0=top)
    if 0 < past[1] <= _MOST_REACHING:
        bottom = below[past[1]].y0 if len(below) > past[1] else ends[1]
        if bottom - below[past[1] - 1].y1 >= MIN_ROWS * usual:
            strip = replace(strip, y1=bottom)
    return strip


def _reaches_in(pieces: Sequence[Piece], strip: Strip, usual: float, piece: Piece) -> bool:
    """Tell whether a piece is a line of the column on one side of a strip and only its end stands in the strip."""
    if not piece.words or (piece.x0 > strip.x0) == (piece.x1 < strip.x1):
        return False
    column = [p for p in pieces if p is not piece and (p.x0 >= strip.x1 if piece.x0 > strip.x0 else p.x1 <= strip.x0)]
    return any(
        _goes_on(other, piece, usual) if other.y0 < piece.y0 else _goes_on(piece, other, usual) for other in column
    )


def _ruled_strips(pieces: Sequence[Piece], sheet: Sheet) -> list[Strip]:
    """Return a strip for each rule down a part of the page, however narrow the white beside it."""
    top, bottom = min(piece.y0 for piece in pieces), max(piece.y1 for piece in pieces)
    found = []
    for box in sheet.drawn.down:
        strip = Strip(box.x0, box.x1, max(box.y0, top), min(box.y1, bottom))
        middle = (box.x0 + box.x1) / 2
        crossed = any(p.x0 < middle < p.x1 and strip.y0 < p.middle < strip.y1 for p in pieces)
        if strip.height > 0 and not crossed:
            found.append(strip)
    return found


def _has_text_beside(pieces: Sequence[Piece], strip: Strip) -> bool:
    """Tell quickly whether enough stands on both sides of a strip."""
    middle = (strip.x0 + strip.x1) / 2
    sides = [piece.x0 > middle for piece in pieces if strip.y0 < piece.middle < strip.y1]
    return MIN_ROWS_ON_GRID <= sum(sides) <= len(sides) - MIN_ROWS_ON_GRID


def _tears(pieces: Sequence[Piece], strip: Strip, usual: float) -> bool:
    """Tell whether cutting a part of the page at the ends of a strip goes through a column beside it."""
    for edge in (strip.y0, strip.y1):
        near = [piece for piece in pieces if abs(piece.middle - edge) < 2.5 * usual]
        above = [piece for piece in near if piece.middle < edge]
        below = [piece for piece in near if piece.middle > edge]
        if any(_goes_on(high, low, usual) for high in above for low in below):
            return True
    return False


def _goes_on(high: Piece, low: Piece, usual: float) -> bool:
    """Tell whether a line looks like the next one of the same column."""
    if low.y0 - high.y1 > _CUT_GAP * usual or abs(low.size - high.size) > 0.12 * high.size:
        return False
    return abs(low.x0 - high.x0) < _EDGE * usual or abs(low.x1 - high.x1) < _EDGE * usual


def _parts_columns(pieces: Sequence[Piece], strip: Strip, sheet: Sheet) -> bool:
    """Tell whether there is running text on both sides of a strip, and not the cells of a table."""
    middle, usual = (strip.x0 + strip.x1) / 2, sheet.usual
    insets = set(map(id, strip.insets))
    beside = [p for p in pieces if strip.y0 - 0.1 <= p.middle <= strip.y1 + 0.1 and id(p) not in insets]
    left = _Side(make_rows(p for p in beside if p.x1 <= middle), usual, end=-1)
    right = _Side(make_rows(p for p in beside if p.x0 >= middle), usual, end=0)
    if min(len(left.rows), len(right.rows)) < MIN_ROWS_ON_GRID:
        return False
    ruled = sheet.drawn.parts((left.ends[-1], right.starts[0]), (strip.y0, strip.y1))
    if not ruled and not _is_long(left, right, sheet):
        return False
    if left.share_like(_MARK) >= _MARKS or min(left.width, right.width) < 1.5 * usual:
        return False
    starts = (left.common_start()[0], right.common_start()[0])
    return sheet.has_columns(*starts, outside=(strip.y0, strip.y1)) or not _is_table(left, right, usual)


class _Side:
    """What stands on one side of a strip; `end` is the index of the piece of a row next to the strip."""

    def __init__(self, rows: Sequence[Sequence[Piece]], usual: float, *, end: int) -> None:
        self.rows = rows
        self.usual = usual
        self.starts = sorted(row[0].x0 for row in rows)
        self.ends = sorted(row[-1].x1 for row in rows)
        self.width = self.ends[-1] - self.starts[0] if rows else 0.0
        self.bases = [row[0].base for row in rows]
        self._end = end

    @cached_property
    def texts(self) -> list[str]:
        """The text of each row."""
        return [" ".join(piece.text for piece in row) for row in self.rows]

    @cached_property
    def cells(self) -> list[Sequence[Piece]]:
        """What stands next to the strip in each row."""
        return [_cell(row, self.usual, self._end) for row in self.rows]

    @property
    def cell_width(self) -> float:
        """The width of the widest cell."""
        return max(cell[-1].x1 - cell[0].x0 for cell in self.cells)

    @property
    def has_head(self) -> bool:
        """Whether it begins with a line in larger type than those below it: two such sides are two stories."""
        first = self.rows[0][0].size
        return first >= _HEAD * self.usual and all(row[0].size <= first / _HEAD for row in self.rows[1:])

    @property
    def spacing(self) -> float:
        """How wide the gaps between words are: four in five are narrower; in type sizes."""
        gaps = [
            after.x0 - before.x1
            for row in self.rows
            for before, after in pairwise(word.box for piece in row for word in piece.words if word.box)
        ]
        near = sorted(gap for gap in gaps if gap < _CELL_GAP * self.usual)
        return near[len(near) * 4 // 5] / self.usual if near else 0.0

    @property
    def numbered(self) -> float:
        """The share of cells that hold little but a number, a time, a price."""
        return sum(_is_numbered(" ".join(piece.text for piece in cell)) for cell in self.cells) / len(self.rows)

    @property
    def is_labels(self) -> bool:
        """Whether most cells are one word, or end in a colon."""
        cells = [" ".join(piece.text for piece in cell) for cell in self.cells]
        return 2 * sum(" " not in cell or cell.endswith(":") for cell in cells) > len(cells)

    def share_like(self, pattern: re.Pattern[str]) -> float:
        """Return the share of rows that begin with a pattern."""
        return sum(bool(pattern.match(text)) for text in self.texts) / len(self.rows)

    @cached_property
    def is_prose(self) -> bool:
        """Whether most lines run through to the edge and hold several words."""
        full = sum(row[-1].x1 - row[0].x0 >= _FULL_LINE * self.width for row in self.rows)
        return (
            full >= _FULL_SHARE * len(self.rows)
            and median(text.count(" ") + 1 for text in self.texts) >= _PROSE_WORDS
            and median(map(len, self.texts)) >= _PROSE_LETTERS
        )

    def common_start(self) -> tuple[float, float]:
        """Return where most lines start and which share of them does."""
        best, at = 0, self.starts[0]
        low = 0
        for high, start in enumerate(self.starts):
            while start - self.starts[low] > _EDGE * self.usual:
                low += 1
            if high - low + 1 > best:
                best, at = high - low + 1, self.starts[low]
        return at, best / len(self.starts)


def _cell(row: Sequence[Piece], usual: float, end: int) -> Sequence[Piece]:
    """Return what stands next to the strip in a row, up to the next wide gap."""
    cuts = [at for at in range(1, len(row)) if row[at].x0 - row[at - 1].x1 > _CELL_GAP * usual]
    if not cuts:
        return row
    return row[: cuts[0]] if end == 0 else row[cuts[-1] :]


def _is_numbered(cell: str) -> bool:
    return bool(_NUMBERED.search(cell)) and cell.count(" ") < _CELL_WORDS


def _is_long(left: _Side, right: _Side, sheet: Sheet) -> bool:
    """Tell whether a strip is long enough for its width: narrow white in a few lines is chance."""
    usual = sheet.usual
    top, bottom = max(left.bases[0], right.bases[0]) - usual, min(left.bases[-1], right.bases[-1]) + usual
    shared = min(sum(top <= base <= bottom for base in side.bases) for side in (left, right))
    start, share = right.common_start()
    white = start - left.ends[-1 - len(left.ends) // 10]
    wide = usual * max(1.0, min(_LOOSEST, (left.spacing + right.spacing) / 2 / _SPACING))
    least, aligned = next(((rows, part) for width, rows, part in _CHANCE if white < width * wide), (MIN_ROWS, 0.0))
    if is_on(sheet.grid, start, usual=usual):
        least = min(least, _NARROW_ON_GRID if white < _CHANCE[0][0] * wide else MIN_ROWS_ON_GRID)
    if shared >= _MANY_TIMES * least:  # so long that chance is out of the question
        aligned = min(aligned, _CHANCE[-1][-1])
    return (shared >= least or _are_apart(left, right, sheet)) and share >= aligned


def _are_apart(left: _Side, right: _Side, sheet: Sheet) -> bool:
    """Tell whether the sides are columns though one may end above where the other starts, as below a picture."""
    rows = min(len(left.rows), len(right.rows))
    starts = (left.common_start()[0], right.common_start()[0])
    on_grid = all(is_on(sheet.grid, start, usual=sheet.usual) for start in starts)
    return rows >= MIN_ROWS and left.is_prose and right.is_prose and on_grid


def _is_table(left: _Side, right: _Side, usual: float) -> bool:
    """Tell whether the two sides are cells of the same rows."""
    few, many = sorted((left, right), key=lambda side: len(side.rows))
    if (left.is_prose and right.is_prose) or (left.has_head and right.has_head):
        return False
    paired = sum(min(abs(base - other) for other in many.bases) <= _SAME_BASE * usual for base in few.bases)
    if paired < _PAIRED * len(few.rows):
        return False
    if left.numbered >= _NUMBERED_SHARE or right.numbered >= _NUMBERED_SHARE:
        return True
    if min(left.share_like(_ITEM), right.share_like(_ITEM)) >= _ITEMS:
        return False
    if left.is_prose or right.is_prose:
        # Words in the margin right of running text are notes.
        return (
            right.is_prose
            and few is left
            and left.cell_width <= _LABEL_WIDTH * usual
            and len(few.rows) < 0.8 * len(many.rows)
        )
    return left.is_labels or left.cell_width < 0.6 * right.cell_width
