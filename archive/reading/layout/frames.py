"""Which of the rules, outlines and tints drawn on a page say what belongs together?

A frame is an outline or a tint around text: what stands in it is read as one, whatever stands beside it. A rule across
parts what is above it from what is below it; a rule down parts columns, however narrow the white on both sides of it.
Photos hold no words, a bar behind one line of text is no frame, and neither is a border around the whole page.

Source: white space is looked for between obstacles, rules among them, as Breuel describes (Two geometric algorithms
for layout analysis, DAS 2002); that a frame is read as a whole is our own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.model.pages import Box, Word
from archive.reading.layout.lines import Piece, is_heading, make_rows, merge_pieces

_THIN = 4.0  # points; what is thicker is no rule
_LEAST_RULE = 3.0  # in type sizes
_LEAST_FRAME = (6.0, 2.5)  # width and height, in type sizes
_LEAST_ROWS = 2  # of text in a frame
_BAR_ROWS = 3  # of nothing but headings: a bar behind them
_WHOLE = 0.9  # of the words of the page: a frame around so many is its border
_OVER_EDGE = 0.5  # how far text may stand over the edge of a frame, in type sizes
_CORNER = 0.6  # how far apart rules may end that meet in a corner, in type sizes
_SPANS = 0.85  # of the width of what it parts
_CELLS = 6  # rows of text: frames side by side without white between them are cells of a table if they have fewer
_BESIDE = 0.6  # of the length of a strip, along which a rule down stands in it


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page: rules across and down, and frames, the outermost first."""

    across: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()

    def bars(self) -> tuple[Piece, ...]:
        """Return the rules across as pieces without words: columns do not run through them."""
        return tuple(Piece((), box.x0, box.y0, box.x1, box.y1, box.y1, 1.0, 1.0, 1.0, "") for box in self.across)

    def parts(self, strip: tuple[float, float], down: tuple[float, float]) -> bool:
        """Tell whether a rule down stands in a white strip, given from side to side and from top to bottom."""
        return any(
            strip[0] <= (box.x0 + box.x1) / 2 <= strip[1]
            and min(box.y1, down[1]) - max(box.y0, down[0]) >= _BESIDE * (down[1] - down[0])
            for box in self.down
        )

    def cuts(self, pieces: Sequence[Piece]) -> tuple[float, ...]:
        """Return the heights at which rules run right across a part of the page, from top to bottom.

        A rule that strikes through words is none of these.
        """
        if not self.across:
            return ()
        left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
        found = []
        for box in self.across:
            middle = (box.y0 + box.y1) / 2
            spans = min(box.x1, right) - max(box.x0, left) >= _SPANS * (right - left)
            if spans and not any(piece.y0 < middle < piece.base for piece in pieces):
                found.append(middle)
        return tuple(sorted(found))


def sort_drawn(boxes: Iterable[Box], pieces: Sequence[Piece], *, usual: float) -> Drawn:
    """Sort what is drawn on a page into rules and frames; what says nothing about its text is left out.

    Args:
        boxes: The boxes of all that is drawn, in points; thin ones are rules.
        pieces: All text of the page.
        usual: The page's type size in points.
    """
    across: list[Box] = []
    down: list[Box] = []
    areas: list[Box] = []
    for box in boxes:
        wide, high = box.x1 - box.x0, box.y1 - box.y0
        if min(wide, high) > _THIN:
            areas.append(box)
        elif max(wide, high) >= _LEAST_RULE * usual:
            (across if wide > high else down).append(box)
    areas = _joined(areas)
    areas += _outlined(across, down, _CORNER * usual)
    held = [(box, inside) for box in areas if (inside := _text_in(box, pieces, usual))]
    frames = [box for at, (box, inside) in enumerate(held) if not _is_cell(at, held) and inside]
    frames = sorted(set(frames), key=lambda box: (box.y0 - box.y1) * (box.x1 - box.x0))
    return Drawn(tuple(across), tuple(down), tuple(frames))


def part_at_rules(pieces: Iterable[Piece], boxes: Iterable[Box]) -> tuple[Piece, ...]:
    """Part pieces through which a rule down runs between two words."""
    rules = [box for box in boxes if box.x1 - box.x0 <= _THIN < box.y1 - box.y0]
    parted: list[Piece] = []
    for piece in pieces:
        middles = [(box.x0 + box.x1) / 2 for box in rules if box.y0 <= piece.middle <= box.y1]
        inner = sorted(x for x in middles if piece.x0 < x < piece.x1)
        parted += _cut_at(piece, inner) if inner else [piece]
    return tuple(parted)


def is_inside(piece: Piece, box: Box) -> bool:
    """Tell whether a piece stands in a frame."""
    return box.x0 <= (piece.x0 + piece.x1) / 2 <= box.x1 and box.y0 <= piece.middle <= box.y1


def fold_frame(inside: Sequence[Piece], box: Box) -> tuple[Piece, ...]:
    """Return full lines of text that stand for a frame: one for each of its rows, without white between them."""
    rows = [merge_pieces(row) for row in make_rows(inside)]
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    edges = [box.y0, *((high.y1 + low.y0) / 2 for high, low in pairwise(rows)), box.y1]
    return tuple(
        replace(row, x0=left, x1=right, y0=top, y1=bottom)
        for row, (top, bottom) in zip(rows, pairwise(edges), strict=True)
    )


def _cut_at(piece: Piece, places: Sequence[float]) -> list[Piece]:
    """Cut a piece at places between its words; a place within a word is none."""
    runs: list[list[Word]] = [[]]
    waiting = list(places)
    for word in piece.words:
        if word.box is None:
            return [piece]
        while waiting and waiting[0] <= word.box.x0:
            waiting.pop(0)
            runs.append([])
        runs[-1].append(word)
    edges = [[word.box for word in run if word.box] for run in runs if run]
    return [
        replace(piece, words=tuple(run), x0=sides[0].x0, x1=sides[-1].x1, text=" ".join(word.text for word in run))
        for run, sides in zip((run for run in runs if run), edges, strict=True)
    ]


def _text_in(box: Box, pieces: Sequence[Piece], usual: float) -> int:
    """Return how many rows of text stand in a frame; 0 if it is none."""
    if box.x1 - box.x0 < _LEAST_FRAME[0] * usual or box.y1 - box.y0 < _LEAST_FRAME[1] * usual:
        return 0
    near = [piece for piece in pieces if box.y0 < piece.middle < box.y1]
    inside = [piece for piece in near if is_inside(piece, box)]
    reach = _OVER_EDGE * usual
    if not inside or sum(len(p.text) for p in inside) > _WHOLE * sum(len(p.text) for p in pieces):
        return 0
    if any(_crosses(piece, box, reach) for piece in near):
        return 0
    rows = len(make_rows(inside))
    is_bar = rows <= _BAR_ROWS and all(is_heading(piece, usual) for piece in inside)
    return rows if rows >= _LEAST_ROWS and not is_bar else 0


def _crosses(piece: Piece, box: Box, reach: float) -> bool:
    """Tell whether text runs over the left or right edge of a frame."""
    shared = min(piece.x1, box.x1) - max(piece.x0, box.x0)
    return shared > reach and (piece.x0 < box.x0 - reach or piece.x1 > box.x1 + reach)


def _is_cell(at: int, held: Sequence[tuple[Box, int]]) -> bool:
    """Tell whether a frame is one of several small ones that touch: the cells of a table."""
    box, rows = held[at]
    if rows >= _CELLS:
        return False
    return any(
        abs(other.y0 - box.y0) < _THIN
        and abs(other.y1 - box.y1) < _THIN
        and min(abs(other.x0 - box.x1), abs(box.x0 - other.x1)) < _THIN
        for other, _ in held
    )


def _joined(areas: Sequence[Box]) -> list[Box]:
    """Join tints that are drawn as strips, one below the other."""
    joined: list[Box] = []
    for box in sorted(areas, key=lambda box: (round(box.x0), round(box.x1), box.y0)):
        last = joined[-1] if joined else None
        if last and abs(last.x0 - box.x0) < 1 and abs(last.x1 - box.x1) < 1 and last.y0 < box.y0 <= last.y1 + 1:
            joined[-1] = Box(last.x0, last.y0, last.x1, max(last.y1, box.y1))
        else:
            joined.append(box)
    return joined


def _outlined(across: Sequence[Box], down: Sequence[Box], corner: float) -> list[Box]:
    """Return the frames whose four sides are rules."""
    found = []
    for top, bottom in _level_pairs(across, corner):
        left, right = min(top.x0, bottom.x0), max(top.x1, bottom.x1)
        sides = [
            any(
                abs(rule.x0 - x) < corner and rule.y0 < top.y1 + corner and rule.y1 > bottom.y0 - corner
                for rule in down
            )
            for x in (left, right)
        ]
        if all(sides):
            found.append(Box(left, top.y0, right, bottom.y1))
    return found


def _level_pairs(across: Sequence[Box], corner: float) -> Iterable[tuple[Box, Box]]:
    """Yield each two neighbouring rules across that begin and end at the same places."""
    groups: list[list[Box]] = []
    for rule in sorted(across, key=lambda box: box.y0):
        alike = (g for g in groups if abs(g[0].x0 - rule.x0) < corner and abs(g[0].x1 - rule.x1) < corner)
        group = next(alike, None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    for group in groups:
        yield from pairwise(group)
