"""Which lines are set in the type that this issue sets its headings in?

Where several headings are sure and share a size that is larger than that of the text, a further line in this size is a
heading too: however its words read, though a picture stands below it, and though the text has the same words. A size
that stands in running text tells nothing. Sizes of a page that was made on a computer are exact, those measured from
ink are not.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from archive.model.pages import BlockRole
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row

_LARGER = 1.2  # than the text
_EXACT, _MEASURED = 0.01, 0.08  # how far sizes differ that are one, as a share
_LEAST_EXACT, _LEAST_MEASURED = 2, 4  # sure headings of one size
_MOST_ROWS, _MOST_SIGNS = 6, 170
_LEAST_LETTERS = 3
_CONFIDENCE = 0.7
_HEADS = {BlockRole.HEADING, BlockRole.ASIDE}


def styled_headings(rows: Sequence[Row], sure: Sequence[Heading], usual: float) -> Iterator[Heading]:
    """Yield the lines that were not found and are set as headings that were.

    Args:
        rows: The rows of an issue in reading order.
        sure: The headings found by their look and words, quotes left out.
        usual: The type size of running text, in points.
    """
    taken = {at for heading in sure for at in range(heading.first, heading.last)}
    heads = [rows[heading.first] for heading in sure if _is_large(rows[heading.first], usual)]
    text = [row for row in rows if row.role not in _HEADS and _is_large(row, usual)]
    at = 0
    while at < len(rows):
        last = at + 1
        if at not in taken and rows[at].opens_block and rows[at].role in _HEADS and _is_style(rows[at], heads, text):
            while last < len(rows) and last not in taken and _goes_on(rows[last - 1], rows[last], usual):
                last += 1
            if heading := _heading(rows, at, last, usual):
                yield heading
        at = last


def _is_large(row: Row, usual: float) -> bool:
    return row.size is not None and row.size >= _LARGER * usual


def _is_style(row: Row, heads: Sequence[Row], text: Sequence[Row]) -> bool:
    """Tell whether enough headings are set as a row is, and no text."""
    alike = sum(_is_alike(row, head) for head in heads)
    if row.recognised:
        return alike >= _LEAST_MEASURED and 2 * sum(_is_alike(row, other) for other in text) <= alike
    return alike >= _LEAST_EXACT and not any(_is_alike(row, other) for other in text)


def _is_alike(row: Row, other: Row) -> bool:
    """Tell whether two rows are set in the same size."""
    most = _MEASURED if row.recognised or other.recognised else _EXACT
    return bool(row.size and other.size) and abs((row.size or 0.0) - (other.size or 0.0)) <= most * (other.size or 0.0)


def _goes_on(row: Row, below: Row, usual: float) -> bool:
    """Tell whether a row is the next line of a heading in the same type."""
    near = below.gap is not None and below.gap <= (below.size or usual) / usual
    return row.page == below.page and near and _is_alike(row, below)


def _heading(rows: Sequence[Row], first: int, last: int, usual: float) -> Heading | None:
    """Return the heading that rows of one style make; None where they are too long, or nothing stands below them."""
    group = rows[first:last]
    text = " ".join(row.text for row in group)
    letters = sum(sign.isalpha() for sign in text)
    if last >= len(rows) or len(group) > _MOST_ROWS or len(text) > _MOST_SIGNS or letters < _LEAST_LETTERS:
        return None
    share = median([row.size or usual for row in group]) / usual
    gap = group[0].gap if group[0].opens_block else 0.0
    return Heading(first, last, text, _CONFIDENCE, size=share, rank=share, gap=gap, below=rows[last].gap)
