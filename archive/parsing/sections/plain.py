"""Which rows are headings where headings look like the text?

Some issues set their headings in the type of the text: white above them and none below is all there is, and on a worn
page less than that. Once most of the headings found look so, a line that ends early over a line that opens a sentence
is one as well. Where an underline was lost, as much white is below such a line as above it: more than parts two
paragraphs.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from archive.model.pages import BlockRole
from archive.parsing.lines import ends_full, ends_sentence, is_capitals, is_list_item, starts_small
from archive.parsing.sections.flow import had_room, prints_small
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row, column_signs
from archive.parsing.sections.visual import headline_at

_LEAST_HABIT, _MOST = 3, 0.6  # headings that show a habit; the share of them in the type of the text
_LARGER = 1.14
_SHORT = 0.75  # of a full line
_WHITE, _LEANS = 0.3, 0.2  # white above beside that above the others; how much more that is than below, in lines
_LEVEL = 1.2  # lines of white on both sides of one whose underline was lost
_READS = 0.5
_CONFIDENCE = 0.6
_NO_TEXT = {BlockRole.LIST, BlockRole.TABLE, BlockRole.CAPTION}


def plain_headings(rows: Sequence[Row], found: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the rows that are headings by the habit of the found ones, none where those stand out by their type."""
    white = [heading.gap for heading in found if heading.gap]
    alike = [heading for heading in found if _is_plain(heading, rows)]
    if len(alike) < max(_LEAST_HABIT, _MOST * len(found)) or not white or prints_small(rows):
        return
    taken = {at for heading in found for at in range(heading.first, heading.last + 1)}
    for at, (row, below) in enumerate(pairwise(rows)):
        far = row.gap is None or row.gap >= _WHITE * median(white)
        close = below.gap is not None and (row.gap is None or row.gap - below.gap >= _LEANS)
        if at not in taken and far and (close or _is_level(row, below)) and _ends_early(rows, at):
            yield Heading(at, at + 1, row.text, _CONFIDENCE, gap=row.gap, below=below.gap)


def _is_level(row: Row, below: Row) -> bool:
    """Tell whether a row stands alone in much white, as one does whose underline was not read."""
    return row.opens_block and below.opens_block and min(row.gap or 0.0, below.gap or 0.0) >= _LEVEL


def _is_plain(heading: Heading, rows: Sequence[Row]) -> bool:
    bold = any(row.bold for row in rows[heading.first : heading.last])
    return heading.size < _LARGER and not bold and not is_capitals(heading.text)


def _ends_early(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row below the end of a text is short, reads like a heading and has text or a list below it."""
    row, below = rows[at], rows[at + 1]
    if not row.opens_block or row.role in _NO_TEXT or len(row.text) > _SHORT * column_signs(rows, at):
        return False
    ended = at == 0 or row.new_page or ends_sentence(rows[at - 1].text) or rows[at - 1].role in _NO_TEXT
    room = had_room(row, below, rows[at + 2] if at + 2 < len(rows) else None)
    text = not starts_small(below.text) and (room or (ends_full(below.text) and len(below.text) > len(row.text)))
    return ended and (text or is_list_item(below.text)) and headline_at(rows, at, at + 1, small=False) >= _READS
