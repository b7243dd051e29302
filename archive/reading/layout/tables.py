"""Which rows of a column are those of a table?"""

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.reading.layout.lines import Piece

_LEAST_GAP, _MEAN_GAP, _WIDE_GAP = 0.4, 1.2, 2.0  # white before a cell, in type sizes: of any, of most, of one
_ALIGNED = 0.4  # how exactly cells start at the same place, in type sizes
_FULL_SHARE = 0.6  # of rows that run to the right edge, in running text
_FEW, _MANY = 3, 4  # rows: with a wide gap among them, without
_MARK = re.compile(r"\W{1,2}|o|\(?\d{1,2}[.):]?|[a-zA-Z][.)]")


def find_tables(rows: Sequence[Sequence[Piece]], *, usual: float) -> tuple[bool, ...]:
    """Tell of each row whether it belongs to a table: cells of rows below each other start at the same place.

    Args:
        rows: The rows of one region from top to bottom.
        usual: The page's type size in points.
    """
    starts = [_cell_starts(row, usual) for row in rows]
    found = [False] * len(rows)
    for first in range(len(rows)):
        for start, gap in starts[first]:
            gaps = [gap]
            at = last = first
            while at + 1 < len(rows):
                at += 1
                same = [white for other, white in starts[at] if abs(other - start) < _ALIGNED * usual]
                if same:
                    gaps.append(max(same))
                    last = at
                elif rows[at][0].x0 < start - _ALIGNED * usual:  # not the second line of a cell
                    break
            if _is_table(gaps, usual) and not _is_justified(rows[first : last + 1], usual):
                found[first : last + 1] = [True] * (last + 1 - first)
    return tuple(found)


def _is_table(gaps: Sequence[float], usual: float) -> bool:
    if sum(gaps) < _MEAN_GAP * usual * len(gaps):
        return False
    return len(gaps) >= (_FEW if max(gaps) >= _WIDE_GAP * usual else _MANY)


def _is_justified(rows: Sequence[Sequence[Piece]], usual: float) -> bool:
    """Tell whether rows are lines of running text stretched to the column's edges, without numbers at either end."""
    right = max(row[-1].x1 for row in rows)
    full = sum(right - row[-1].x1 < _ALIGNED * usual for row in rows)
    if full < _FULL_SHARE * len(rows):
        return False
    texts = [[word.text for piece in row for word in piece.words] for row in rows]
    return all(
        2 * sum(any(map(str.isdigit, "".join(words[part]))) for words in texts) <= len(rows)
        for part in (slice(2), slice(-2, None))
    )


def _cell_starts(row: Sequence[Piece], usual: float) -> list[tuple[float, float]]:
    """Return where a cell may start in a row, and the white before it; what follows a bullet or number is none."""
    words = [(word.text, word.box) for piece in row for word in piece.words if word.box]
    starts = [(box.x0, box.x0 - before.x1) for (_, before), (_, box) in pairwise(words)]
    if words and _MARK.fullmatch(words[0][0]):
        starts = starts[1:]
    return [(start, gap) for start, gap in starts if gap >= _LEAST_GAP * usual]
