"""Which line ends are only the edge of the column?

Inside a paragraph a line end becomes a space; an empty line parts paragraphs. A paragraph that an empty line, a column
or a page cuts in the middle of a sentence is made whole. Items of a list, rows of an agenda and rows of links keep
their own lines. A short last line before a capital ends a paragraph, even without an empty line below it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.model.issues import Edit
from archive.parsing.lines import (
    RawLine,
    ends_full,
    ends_sentence,
    is_link_row,
    is_list_item,
    opens_with_time,
    raw_lines,
    starts_small,
)

ID = "hard-wraps"

_SHOWN = re.compile(r"[^\s\ue000]")
# A line narrower than this share of the widest one beside it was ended by its writer, not by the column.
_SHORT, _VERY_SHORT = 0.72, 0.5
_COLUMN_SIGNS = 22  # in narrower blocks every line is short


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each break between two lines that is not already the one the clean text wants."""
    lines = raw_lines(raw)
    widths = _widths(lines)
    for number, (above, below) in enumerate(pairwise(lines)):
        start, end = _gap(raw, above, below)
        after = _between(above, below, widths[number])
        if raw[start:end] != after:
            yield Edit(start, end, raw[start:end], after, ID)


def _gap(raw: str, above: RawLine, below: RawLine) -> tuple[int, int]:
    """Return the span from the last sign shown above to the first shown below."""
    start = above.end
    while start > above.start and not _SHOWN.match(raw[start - 1]):
        start -= 1
    first = _SHOWN.search(raw, below.start)
    return start, first.start() if first else below.end


def _widths(lines: Sequence[RawLine]) -> list[int]:
    """Return for each line the width of the widest line of its block."""
    widths: list[int] = []
    block: list[int] = []
    for line in lines:
        if line.gap and block:
            widths += [max(block)] * len(block)
            block = []
        block.append(len(line.shown))
    return widths + [max(block, default=0)] * len(block)


def _between(above: RawLine, below: RawLine, width: int) -> str:
    """Return what stands between two lines in the clean text."""
    own_line = is_list_item(below.shown) or is_link_row(below.shown) or is_link_row(above.shown)
    if below.gap:
        runs_on = not ends_sentence(above.shown) and starts_small(below.shown)
        return " " if runs_on and not own_line and not opens_with_time(below.shown) else "\n\n"
    if own_line:
        return "\n"
    length = len(above.shown)
    if starts_small(below.shown) and not opens_with_time(below.shown):
        return " "
    if ends_full(above.shown) and length < _SHORT * width and width > _COLUMN_SIGNS:
        return "\n\n"
    row = opens_with_time(below.shown) and (length < _SHORT * width or opens_with_time(above.shown))
    if row:
        return "\n"
    ended = length < _VERY_SHORT * width
    return "\n" if ended and width > _COLUMN_SIGNS else " "
