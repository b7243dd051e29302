"""Does the text of a row go on in the row below it?"""

from collections.abc import Sequence
from itertools import pairwise

from archive.model.pages import BlockRole
from archive.parsing.lines import ends_full, ends_sentence, is_capitals, is_link_row, is_row, starts_small
from archive.parsing.sections.rows import Row, column_signs

_CLOSE = 1.0
_NEARLY_FULL = 0.75
_HAS_ROOM = 0.9  # of its column: less than this holds the row and the first word below it
_RUNS_IN = 0.7  # a row that a heading opens and text goes on in is this full
_LEAST_OPENINGS, _SMALL_HABIT = 5, 0.6  # openings of text that show whether an issue has capitals there
_NO_TEXT = {BlockRole.LIST, BlockRole.TABLE, BlockRole.CAPTION}


def runs_in(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row opens with a heading and goes on with the text below it."""
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else None
    if not row.lead_end or is_capitals(row.text) or below is None or below.page != row.page or below.bold:
        return False
    close = below.gap is not None and below.gap <= _CLOSE
    column, with_next = column_signs(rows, at), len(row.text) + len(below.text.split()[0])
    if below.opens_block and below.text[0].isupper() and with_next < _HAS_ROOM * column:
        return False  # it ended early
    full = len(row.text) >= _RUNS_IN * column or with_next >= column
    return row.lead_apart or (close and full and not ends_sentence(row.text))


def had_room(row: Row, below: Row, after: Row | None) -> bool:
    """Tell whether a line of text stands below a row whose end had room for its first word."""
    text = below.role is not BlockRole.HEADING and after is not None and not after.opens_block and not after.bold
    return text and len(row.text) + len(below.text.split()[0]) < _NEARLY_FULL * len(below.text)


def runs_on(above: Row, below: Row) -> bool:
    """Tell whether a sentence goes on from one row of running text to another."""
    texts = above.role not in _NO_TEXT and below.role not in _NO_TEXT
    return texts and starts_small(below.text) and not ends_sentence(above.text) and not is_link_row(above.text)


def fills_its_block(row: Row, below: Row) -> bool:
    """Tell whether a row is as long as the text that goes on below it in the same block."""
    return row.role is not BlockRole.HEADING and not below.opens_block and len(row.text) > _NEARLY_FULL * row.width


def opens_paragraph(rows: Sequence[Row], at: int, *, small: bool) -> bool:
    """Tell whether a paragraph in plain type that goes on in a row has its first line above it.

    Where sentences open small too, a line that had room for the next word says that it does not go on.
    """
    row, below = rows[at - 1], rows[at]
    if small and had_room(row, below, rows[at + 1] if at + 1 < len(rows) else None):
        return False
    return runs_on(row, below) and not is_row(below.text)


def prints_small(rows: Sequence[Row]) -> bool:
    """Tell whether an issue has small letters where others have capitals: its texts open with one."""
    openings = [row for above, row in pairwise(rows) if row.opens_block and ends_full(above.text)]
    small = sum(starts_small(row.text) for row in openings)
    return len(openings) >= _LEAST_OPENINGS and small >= _SMALL_HABIT * len(openings)
