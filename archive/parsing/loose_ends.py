"""Which text goes on where another column or page was read in between?

A side box at the end of a page is read before the next page, so that a piece which runs over the page is cut in two:
one part stops in the middle of a sentence before something else, the other starts in the middle of one after something
that was at its end. Such parts are put together. Nothing moves unless both ends are loose.
"""

from collections.abc import Sequence

from archive.model.pages import BlockRole, Box
from archive.parsing.continuation import PlacedLine, opens_piece
from archive.parsing.lines import ends_sentence, is_link_row, is_list_item, opens_with_time, starts_small

_LEAST_SIGNS = 12
_LONG_WORD = 4
_NO_TEXT = {BlockRole.FURNITURE, BlockRole.PICTURE, BlockRole.HEADING, BlockRole.CAPTION, BlockRole.TABLE}
_MOST_PAGES = 1
_REACH = 1_000  # lines, more than two pages have: a dump may be one page of any length


def join_loose_ends(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Move each part that starts in mid-sentence behind the part that stops in mid-sentence."""
    kept = list(lines)
    at = 1
    while at < len(kept):
        if _starts_loose(kept, at):
            end = _part_end(kept, at)
            place = _loose_end_before(kept, at)
            if place is not None:
                part = kept[at:end]
                del kept[at:end]
                kept[place + 1 : place + 1] = part
            at = end
        else:
            at += 1
    return kept


def _text_before(lines: Sequence[PlacedLine], at: int) -> int | None:
    """Return the nearest line before `at` that is neither furniture nor picture."""
    for before in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if lines[before].role not in {BlockRole.FURNITURE, BlockRole.PICTURE}:
            return before
    return None


def _text_after(lines: Sequence[PlacedLine], at: int) -> int | None:
    for after in range(at + 1, min(len(lines), at + 1 + _REACH)):
        if lines[after].role not in {BlockRole.FURNITURE, BlockRole.PICTURE}:
            return after
    return None


def _parted(above: PlacedLine, below: PlacedLine) -> bool:
    """Tell whether a column or a page ends between two lines."""
    if above.page != below.page:
        return True
    one, two = above.line.box, below.line.box
    if one is None or two is None:
        return False
    return two.y0 < one.y0 or min(one.x1, two.x1) <= max(one.x0, two.x0)


def _is_text(line: PlacedLine) -> bool:
    text = line.line.text
    return line.role not in _NO_TEXT and not is_list_item(text) and not is_link_row(text) and not opens_with_time(text)


def _starts_loose(lines: Sequence[PlacedLine], at: int) -> bool:
    """Tell whether a part starts at a line in the middle of a sentence, while the text before it is at its end."""
    line, before = lines[at], _text_before(lines, at)
    if before is None or not _is_text(line) or not starts_small(line.line.text) or lines[at - 1].block == line.block:
        return False
    above = lines[before]
    return _parted(above, line) and (ends_sentence(above.line.text) or not _is_text(above))


def _ends_loose(lines: Sequence[PlacedLine], at: int) -> bool:
    """Tell whether a part stops at a line in the middle of a sentence, while something else follows."""
    line, after = lines[at], _text_after(lines, at)
    text = line.line.text
    if after is None or not _is_text(line) or ends_sentence(text) or len(text) < _LEAST_SIGNS:
        return False
    below = lines[after]
    if below.block == line.block or not _parted(line, below) or starts_small(below.line.text):
        return False
    return not _is_name(text) and not _is_centred([other.line.box for other in _block_around(lines, at)])


def _block_around(lines: Sequence[PlacedLine], at: int) -> Sequence[PlacedLine]:
    """Return the lines of the block that a line stands in."""
    start, end = at, at + 1
    while start and lines[start - 1].block == lines[at].block:
        start -= 1
    while end < len(lines) and lines[end].block == lines[at].block:
        end += 1
    return lines[start:end]


def _is_name(text: str) -> bool:
    """Tell whether all words of a line have capitals, small ones aside: a publisher's name under a masthead."""
    words = [word for word in text.split() if word.isalpha() and len(word) >= _LONG_WORD]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _is_centred(boxes: Sequence[Box | None]) -> bool:
    """Tell whether lines of a block start at unlike places and have one middle: no running text, a masthead."""
    known = [box for box in boxes if box is not None]
    if len(known) <= 1:
        return False
    starts, middles = [box.x0 for box in known], [(box.x0 + box.x1) / 2 for box in known]
    high = max(box.y1 - box.y0 for box in known)
    return max(starts) - min(starts) > high / 2 > max(middles) - min(middles)


def _loose_end_before(lines: Sequence[PlacedLine], at: int) -> int | None:
    """Return the nearest loose end before a line, on its page or the one before."""
    for before in range(at - 2, max(-1, at - 2 - _REACH), -1):
        if lines[at].page - lines[before].page > _MOST_PAGES:
            return None
        if _ends_loose(lines, before):
            return before
    return None


def _part_end(lines: Sequence[PlacedLine], at: int) -> int:
    """Return where a part that starts at a line ends: before the next piece or at the end of the page."""
    end = at + 1
    while end < len(lines) and lines[end].page == lines[at].page and not opens_piece(lines, end):
        end += 1
    return end
