"""Which pieces lost their heading in reading?

A heading on a dark bar, underlined or set in odd type may be read as nothing at all. Then there is as much white above
a paragraph as a heading takes with the white around it: more than parts two paragraphs, less than a picture.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from archive.model.pages import BlockRole
from archive.parsing.lines import ends_full, is_list_item
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row, column_signs

_LEAST_HABIT = 3  # headings that show how much room one takes
_LEAST, _MOST = 0.8, 1.7  # of that room
_LEAST_ROOM, _MOST_ROOM = 2.5, 6.0  # white that parts pieces where no headings show how much that is, in lines
_WIDE = 2.0  # beside the white between paragraphs
_CONFIDENCE = 0.5
_FULL = 0.6  # of a line of its column
_CLOSED = {BlockRole.LIST, BlockRole.TABLE}


def lost_headings(rows: Sequence[Row], found: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the starts of pieces whose heading cannot be read, by the room that it took; they have no heading.

    Where hardly any heading is found, white alone can part pieces, if there is much of it and again and again, or as
    much as the few headings take.
    """
    rooms = [heading.gap + heading.size + heading.below for heading in found if heading.gap and heading.below]
    white = [row.gap for row in rows if row.opens_block and row.gap is not None]
    if not white:
        return
    taken = {at for heading in found for at in range(heading.first, heading.last + 1)}
    known = len(rooms) >= _LEAST_HABIT
    least, most = _LEAST_ROOM, _MOST_ROOM
    if rooms:
        least, most = max(_LEAST_ROOM * (not known), _LEAST * median(rooms)), _MOST * median(rooms)
    if known:
        least = max(least, _WIDE * median(white))
    places = [at for at in range(1, len(rows)) if at not in taken and _is_parted(rows, at, least, most)]
    often = len(places) >= max(_LEAST_HABIT, len(found)) and not known
    if known or (often and (rooms or not found)):
        yield from (Heading(at, at, "", _CONFIDENCE, gap=rows[at].gap) for at in places)


def _is_parted(rows: Sequence[Row], at: int, least: float, most: float) -> bool:
    """Tell whether so much white, in lines, stands between the end of a text and a row that opens one."""
    gap, full = rows[at].gap, column_signs(rows, at)
    return gap is not None and least <= gap <= most and _closes(rows[at - 1], full) and _opens_text(rows[at], full)


def _closes(row: Row, full: float) -> bool:
    """Tell whether a piece may end with a row; white below a caption is that of its picture."""
    short = len(row.text) < _FULL * full
    return row.role is not BlockRole.CAPTION and (ends_full(row.text) or short or row.role in _CLOSED)


def _opens_text(row: Row, full: float) -> bool:
    """Tell whether running text starts with a row, not a list and not letters of a picture."""
    text = row.role in {BlockRole.BODY, BlockRole.TABLE} and not is_list_item(row.text)
    return text and len(row.text) >= _FULL * full
