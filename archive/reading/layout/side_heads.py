"""Which headings stand in a margin of their own, each left of the text that it opens?"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from archive.reading.layout.lines import Piece, is_heading, make_rows, merge_pieces
from archive.reading.layout.strips import Strip, find_strips

_LOOKED_AT = 12  # strips, longest first
_LEAST = 2  # headings
_WIDEST = 0.45  # of the width of the part, that the headings may take
_LEVEL = 0.6  # how far a heading may stand above the first line beside it, in type sizes
# And how far below it, where white is set above headings and not above text, if this share of the lines starts alike.
_LOWER, _ONE_COLUMN = 1.0, 0.6
_APART = 1.25  # distance from the line above to that first line, in usual distances
_NEXT_LINE = 1.7  # from line to line of one heading, in its type sizes
_LINES = 1.6  # of text, for each heading at least
_LEVEL_SHARE, _HEADS = 0.8, 0.7  # of the headings that are level, of their lines that look like headings
_MOST_LINES, _MOST_WORDS = 4, 14  # of a heading


def find_side_heads(pieces: Sequence[Piece], *, usual: float) -> tuple[Strip, tuple[float, ...]] | None:
    """Find a white strip that has nothing but headings left of it, each level with the start of a text right of it.

    Returns:
        The strip, and the height at which each heading with its text starts, from top to bottom; None if there is none.
    """
    if sum(_may_be_one(piece, pieces, usual) for piece in pieces) < _LEAST:
        return None
    for strip in find_strips(pieces, usual=usual)[:_LOOKED_AT]:
        if not strip.insets and (starts := _starts(pieces, strip, usual)):
            return strip, starts
    return None


def _may_be_one(piece: Piece, pieces: Sequence[Piece], usual: float) -> bool:
    """Tell quickly whether a piece is a heading with text right of it and none left of it."""
    if not is_heading(piece, usual):
        return False
    size = max(usual, piece.size)
    beside = [other for other in pieces if -_LOWER * size <= other.base - piece.base <= _LEVEL * size]
    return any(o.x0 > piece.x1 and not is_heading(o, usual) for o in beside) and all(o.x1 >= piece.x0 for o in beside)


def _starts(pieces: Sequence[Piece], strip: Strip, usual: float) -> tuple[float, ...]:
    middle = (strip.x0 + strip.x1) / 2
    beside = [piece for piece in pieces if strip.y0 <= piece.middle <= strip.y1]
    left = [merge_pieces(row) for row in make_rows(piece for piece in beside if piece.x1 <= middle)]
    right = [merge_pieces(row) for row in make_rows(piece for piece in beside if piece.x0 >= middle)]
    if len(left) < _LEAST or not right:
        return ()
    if sum(is_heading(row, usual) for row in left) < _HEADS * len(left):  # a worn line may look like text
        return ()
    ends = max(row.x1 for row in left), max(row.x1 for row in right)
    if ends[0] - left[0].x0 > _WIDEST * (ends[1] - min(row.x0 for row in left)):
        return ()
    heads = _heads(left)
    if len(heads) < _LEAST or len(right) < _LINES * len(heads) or not all(map(_is_worded, heads)):
        return ()
    edge = median(row.x0 for row in right)
    alike = sum(abs(row.x0 - edge) <= usual for row in right) >= _ONE_COLUMN * len(right)
    opened = [_opened_text(head[0], right, usual, _LOWER if alike else _LEVEL) for head in heads]
    if sum(map(bool, opened)) < _LEVEL_SHARE * len(heads):
        return ()
    return tuple(
        min(head[0].y0, text.y0 if text else head[0].y0) - 0.1 for head, text in zip(heads, opened, strict=True)
    )


def _heads(rows: Sequence[Piece]) -> list[list[Piece]]:
    """Gather the lines of each heading."""
    heads = [[rows[0]]]
    for before, row in pairwise(rows):
        if row.base - before.base <= _NEXT_LINE * min(before.size, row.size):
            heads[-1].append(row)
        else:
            heads.append([row])
    return heads


def _is_worded(head: Sequence[Piece]) -> bool:
    """Tell whether a heading is a few words, and neither a time nor a price."""
    text = " ".join(row.text for row in head)
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    return len(head) <= _MOST_LINES and text.count(" ") < _MOST_WORDS and letters > 2 * digits


def _opened_text(head: Piece, right: Sequence[Piece], usual: float, lower: float) -> Piece | None:
    """Return the line beside a heading, which may stand so much lower, that is set off from the line above it."""
    lead = median(low.base - high.base for high, low in pairwise(right)) if len(right) > 1 else usual
    size = max(usual, head.size)
    beside = [at for at, row in enumerate(right) if -lower * size <= row.base - head.base <= _LEVEL * size]
    opening = [right[at] for at in beside if at == 0 or right[at].base - right[at - 1].base >= _APART * lead]
    return min(opening, key=lambda row: abs(row.base - head.base), default=None)
