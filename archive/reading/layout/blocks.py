"""Which lines of a column form one block?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from archive.reading.layout.lines import Piece, merge_pieces
from archive.reading.layout.order import Region
from archive.reading.layout.tables import find_tables

_MARK = re.compile(r"(?:[-–—•*·>»¢°]+|o(?= [A-Z])|\(?[a-z]\))(?= |$)|[•·»>](?=\w)")
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.)]|[A-Z]\.)(?= |$)")
_BULLET = re.compile(r"[eoc°¢©®*«»•·.+]")
_BULLET_GAP = 0.35  # in type sizes
_END = re.compile(r"[.!?:;]['\"’”)]*$")
_END_OF_COLUMN = 10.0  # white at the ends of a page, in type sizes
_PARAGRAPH_GAP = 1.3  # distance of base lines that parts paragraphs, in usual distances
_TIGHT_LEAD = 1.15  # distance of base lines in type sizes
# As a share; sizes measured from ink are less exact, those of a few letters least; in mid-sentence
# only a great change counts.
_OTHER_SIZE, _OTHER_SIZE_INK, _OTHER_SIZE_FEW, _OTHER_SIZE_MID = 0.12, 0.15, 0.3, 0.5
_FEW_LETTERS = 8
_OTHER_WEIGHT = 0.25
_INDENT = (0.7, 4.0)  # in type sizes
_ROOM, _ROOM_UNENDED = 1.0, 1.5  # left over beside the next word: after the end of a sentence, without one
_WINDOW = 6  # lines to look at for the right edge


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together, before a role is given; each line is one merged piece."""

    lines: tuple[Piece, ...]
    table: bool
    item: bool  # of a list
    above: float  # white above it in its column, in points
    below: float
    left: float  # the column's edges
    right: float
    inset: bool
    head: bool
    foot: bool
    framed: bool = False  # the first of a frame

    @property
    def text(self) -> str:
        """The lines with a space between each two."""
        return " ".join(line.text for line in self.lines)


def cut_blocks(region: Region, page: Sequence[Piece], *, usual: float) -> tuple[Part, ...]:
    """Cut a region into the parts that are printed as one unit, from top to bottom.

    Args:
        region: What is read line by line.
        page: All lines of the page, which tell how much white is above and below the region.
        usual: The page's type size in points.
    """
    lines = [merge_pieces(row) for row in region.rows]
    table = find_tables(region.rows, usual=usual)
    column = _Column(lines, usual)
    breaks = (at for at in range(1, len(lines)) if table[at] != table[at - 1] or column.breaks(at, table=table[at]))
    starts = [0] if region.head else [0, *breaks]
    parts: list[Part] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        above = lines[start].y0 - lines[start - 1].y1 if start else _white_above(lines[0], page, usual)
        below = lines[end].y0 - lines[end - 1].y1 if end < len(lines) else _white_below(lines[-1], page, usual)
        item = is_item(lines[start].text) or start in column.bullets
        edges = (column.left, column.right)
        kinds = (region.inset, region.head, region.foot)
        framed = region.framed and start == 0
        parts.append(Part(tuple(lines[start:end]), table[start], item, above, below, *edges, *kinds, framed=framed))
    return tuple(parts)


def _white_above(line: Piece, page: Sequence[Piece], usual: float) -> float:
    """Return the white between a line and what stands above it on the page."""
    return min(
        (line.y0 - other.y1 for other in page if other.base < line.base and other.x0 < line.x1 and other.x1 > line.x0),
        default=_END_OF_COLUMN * usual,
    )


def _white_below(line: Piece, page: Sequence[Piece], usual: float) -> float:
    """Return the white between a line and what stands below it on the page."""
    return min(
        (other.y0 - line.y1 for other in page if other.base > line.base and other.x0 < line.x1 and other.x1 > line.x0),
        default=_END_OF_COLUMN * usual,
    )


def is_item(text: str) -> bool:
    """Tell whether a line starts as the item of a list does."""
    return is_mark(text) or bool(_NUMBER.match(text))


def is_mark(text: str) -> bool:
    """Tell whether a line starts with a bullet, a dash or the like."""
    return bool(_MARK.match(text))


class _Column:
    """The lines of one column and where a new block starts among them."""

    def __init__(self, lines: Sequence[Piece], usual: float) -> None:
        self.lines = lines
        self.left = min(line.x0 for line in lines)
        self.right = max(line.x1 for line in lines)
        steps = [low.base - high.base for high, low in pairwise(lines)]
        close = [step for step in steps if 0 < step < 2.2 * usual]
        self.lead = median(close) if close else 1.25 * usual
        self.bullets = _misread_bullets(lines)

    def breaks(self, at: int, *, table: bool) -> bool:
        """Tell whether a new block starts at a line."""
        before, line = self.lines[at - 1], self.lines[at]
        taller = max(0.0, line.size - before.size)
        lead = max(self.lead, _TIGHT_LEAD * min(line.size, before.size))  # large type has lines further apart
        if line.base - before.base > _PARAGRAPH_GAP * lead + taller or self._changes(before, line):
            return True
        if table:
            return False
        return (
            at in self.bullets
            or self._starts_item(before, line)
            or self._is_indented(before, line)
            or self._had_room(at)
        )

    def _changes(self, before: Piece, line: Piece) -> bool:
        """Tell whether size or weight change."""
        if abs(line.weight - before.weight) > _OTHER_WEIGHT:
            return True
        change = abs(line.size - before.size) / min(before.size, line.size)
        if before.sure == line.sure == 1:
            return change > _OTHER_SIZE
        if not _may_start(before, line):
            return change > _OTHER_SIZE_MID
        few = min(len(before.text), len(line.text)) < _FEW_LETTERS
        return change > (_OTHER_SIZE_FEW if few else _OTHER_SIZE_INK)

    def _starts_item(self, before: Piece, line: Piece) -> bool:
        if _MARK.match(line.text):
            return True
        # A number at the start of a line may belong to the sentence before it.
        return bool(_NUMBER.match(line.text)) and (bool(_END.search(before.text)) or is_item(before.text))

    def _is_indented(self, before: Piece, line: Piece) -> bool:
        size = min(before.size, line.size)
        least, most = _INDENT
        if not least * size < line.x0 - before.x0 or line.x0 - self.left > most * size:
            return False
        return not is_item(before.text) and not line.text[:1].islower()

    def _had_room(self, at: int) -> bool:
        """Tell whether the next word would still have fitted on the line before: its end was meant."""
        before, line = self.lines[at - 1], self.lines[at]
        if not _may_start(before, line):
            return False
        near = self.lines[max(0, at - _WINDOW) : at + _WINDOW]
        right = max(other.x1 for other in near if abs(other.x0 - before.x0) <= _INDENT[1] * before.size)
        box = line.words[0].box
        first = box.x1 - box.x0 if box else 0.0
        spare = right - before.x1 - first
        return spare > (_ROOM if _END.search(before.text) else _ROOM_UNENDED) * before.size


def _misread_bullets(lines: Sequence[Piece]) -> frozenset[int]:
    """Return which lines start with a bullet that OCR took for a letter: alone, at one place, set off from the text."""
    found: list[int] = []
    for at, line in enumerate(lines):
        boxes = [word.box for word in line.words[:2]]
        if len(boxes) > 1 and boxes[0] and boxes[1] and _BULLET.fullmatch(line.words[0].text):
            gap = boxes[1].x0 - boxes[0].x1
            if gap > _BULLET_GAP * line.size and line.sure < 1:
                found.append(at)
    alike = [at for at in found if any(at != o and abs(lines[at].x0 - lines[o].x0) < lines[at].size / 3 for o in found)]
    return frozenset(alike)


def _may_start(before: Piece, line: Piece) -> bool:
    """Tell whether a line can be the first of a block by its letters: no small letter, no number within a sentence."""
    first = line.text[:1]
    return not first.islower() and (not first.isdigit() or bool(_END.search(before.text)))
