"""What is a block on its page?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from archive.model.pages import Block, BlockRole, Box
from archive.reading.layout.blocks import Part, is_item, is_mark
from archive.reading.layout.lines import box_of, line_of

_PAGE_NUMBER = re.compile(
    r"(?:[-–—~|(\[ ]*\d{1,3}[-–—~|)\]. ]*|(?:blz|bladzijde|pagina|pag|page|p)\.? ?\d{1,3}(?: (?:van|of|/) \d{1,3})?"
    r"|.{2,60}? [-–—|•·*]+ (?:(?:blz|pagina|page|pag|p)\.? ?)?\d{1,3}|\d{1,3} [-–—|•·*]+ .{2,60})",
    re.IGNORECASE,
)
_MARGIN = 0.09  # share of the page's height in which a page number stands
_END = re.compile(r"[.;,]$")
_HEADING_LINES, _HEADING_WORDS, _HEADING_LETTERS = 3, 16, 3
_NARROW_LINES = 6  # of a headline in a narrow column
_LARGE, _LARGER, _VERY_LARGE = 1.16, 1.22, 1.5  # type size against the usual one
_UNSTEADY = 2.5  # how many times the spread of sizes measured from ink a heading must stand out
_BOLD = 0.25  # heavier than the usual weight by this
_CAPITALS = 0.9
_SMALL = 0.93
_CAPTION_LINES, _PICTURE_GAP = 4, 4.0
_OWN_LINE = (0.75, 0.6)  # a short line above text: widest share of the column, most white below against above
_OWN_GAP = 0.9  # least white above it, in type sizes
_OWN_WORDS = 9
_OWN_BELOW = 0.75  # white below a quote against that above it
_QUOTE_GAP = 1.1  # least white below it, in its own type size
_BAR = 4.0  # points; what is drawn thinner is a rule
_BAR_HEIGHT = 2.4  # of a bar behind a heading, in type sizes for each of its lines
_BAR_WIDTH = (0.8, 1.3)  # of the same, against that of the text below it
_BAR_GAP = 2.0  # the most between the two, in type sizes
_BAR_SIZE, _BAR_TEXT = 0.95, 40  # least type size on it, against the usual, and letters below it
_UNDER = (0.35, 0.8)  # of the height of a line: how far above and below its foot an underline lies
_UNDER_ENDS = 0.8  # type sizes by which an underline may be shorter or longer than its line at either end
_UNDER_WIDTH = 0.9  # the most of the width of the column
_UNDERLINED = "underlined"
_FRAMED, _TEXT = "opens a frame", {BlockRole.BODY, BlockRole.LIST, BlockRole.TABLE}
_LINK = re.compile(r"@|://|www\.")
_REPEATED = 16  # letters of a quote that the text has too


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual on a page: type size, its spread as a share, stroke weight; its height, its bars and its rules."""

    size: float
    spread: float
    weight: float
    height: float
    bars: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()


def measure_page(parts: Sequence[Part], drawn: Iterable[Box], *, usual: float, height: float) -> Usual:
    """Return what is usual on a page on which these boxes are drawn, in points."""
    lines = [line for part in parts for line in part.lines]
    long = [line.size for line in lines if len(line.text) >= 2 * _REPEATED and line.size < _LARGE * usual]
    spread = median(abs(size - usual) for size in long) / usual if long else 0.0
    weights = sorted(line.weight for line in lines for _ in line.words)
    boxes = tuple(drawn)
    bars = tuple(box for box in boxes if min(box.x1 - box.x0, box.y1 - box.y0) > _BAR)
    rules = tuple(box for box in boxes if box.y1 - box.y0 <= _BAR < box.x1 - box.x0)
    return Usual(usual, spread, weights[len(weights) // 2] if weights else 1.0, height, bars, rules)


def name_blocks(parts: Sequence[Part], usual: Usual) -> tuple[Block, ...]:
    """Give each part its role and the reason; `parts` are in reading order."""
    prose = ["".join(_letters(part.text)).casefold() for part in parts if not part.head and _runs_on(part)]
    blocks: list[Block] = []
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        role, reason = _role(part, after, usual)
        if role is BlockRole.HEADING and _is_quote(part, prose):
            role, reason = BlockRole.ASIDE, "repeats a sentence of the text in larger type"
        blocks.append(Block(tuple(line_of(line) for line in part.lines), box_of(part.lines), role, reason))
    return tuple(blocks)


def _role(part: Part, after: Part | None, usual: Usual) -> tuple[BlockRole, str]:
    candidates = (
        (BlockRole.FURNITURE, "page number at the edge of the page", _is_page_number(part, usual)),
        (BlockRole.CAPTION, "alone at the foot of the page", part.foot),
        (BlockRole.HEADING, reason := _heading_reason(part, after, usual), reason == _UNDERLINED),
        (BlockRole.TABLE, "cells below each other", part.table),
        (BlockRole.HEADING, reason, bool(reason)),
        (BlockRole.LIST, "starts with a mark", part.item and len(part.text) >= _HEADING_LETTERS),
        (BlockRole.ASIDE, "stands between columns", part.inset),
        (BlockRole.CAPTION, "small type below a picture", _is_caption(part, usual)),
    )
    role, reason = next(((role, why) for role, why, holds in candidates if holds), (BlockRole.BODY, ""))
    return (role, _FRAMED) if part.framed and role in _TEXT else (role, reason)


def _is_page_number(part: Part, usual: Usual) -> bool:
    line = part.lines[0]
    at_edge = line.y0 > (1 - _MARGIN) * usual.height or line.y1 < _MARGIN * usual.height
    return len(part.lines) == 1 and at_edge and bool(_PAGE_NUMBER.fullmatch(part.text))


def _is_caption(part: Part, usual: Usual) -> bool:
    small = _size(part) < _SMALL * usual.size
    return small and len(part.lines) <= _CAPTION_LINES and part.above > _PICTURE_GAP * usual.size


def _heading_reason(part: Part, after: Part | None, usual: Usual) -> str:
    """Say why a part is a heading; nothing if it is none."""
    if part.head:
        return "stands left of its text"
    text, letters, size = part.text, _letters(part.text), _size(part) / usual.size
    large = size >= max(_LARGE, 1 + _UNSTEADY * usual.spread)
    lines = _NARROW_LINES if size >= _VERY_LARGE else _HEADING_LINES
    if len(part.lines) > lines or text.count(" ") >= _HEADING_WORDS or len(letters) < _HEADING_LETTERS:
        return ""
    if (text[0].islower() or _is_alone(part, usual)) and size < _VERY_LARGE:
        return ""
    capitals = sum(letter.isupper() for letter in letters) >= _CAPITALS * len(letters)
    if (_END.search(text) and size < _LARGER and not capitals) or is_mark(text):
        return ""
    reasons = {
        _UNDERLINED: any(_is_underline(rule, part) for rule in usual.rules),
        "larger type": large,
        "bold type": min(line.weight for line in part.lines) >= usual.weight + _BOLD,
        "capitals": capitals,
        "stands on a bar": any(_is_bar(bar, part, after, usual) for bar in usual.bars),
        "a short line of its own above text": _stands_above(part, after, usual),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _is_alone(part: Part, usual: Usual) -> bool:
    return min(part.above, part.below) > _PICTURE_GAP * usual.size


def _is_underline(rule: Box, part: Part) -> bool:
    """Tell whether a rule underlines the last line of a part, from its start to its end.

    Links are no headings, and a rule from side to side of a column parts more than it underlines, as below a masthead.
    """
    line = part.lines[-1]
    above, below = (share * (line.y1 - line.y0) for share in _UNDER)
    ends = _UNDER_ENDS * line.size
    return (
        line.y1 - above <= (rule.y0 + rule.y1) / 2 <= line.y1 + below
        and abs(rule.x0 - line.x0) <= ends
        and abs(rule.x1 - line.x1) <= ends
        and line.x1 - line.x0 <= _UNDER_WIDTH * (part.right - part.left)
        and not _LINK.search(part.text)
    )


def _is_bar(bar: Box, part: Part, after: Part | None, usual: Usual) -> bool:
    """Tell whether a box is a bar behind a part and nothing else, as wide as the text right below it."""
    if after is None or len(after.text) < _BAR_TEXT or _size(part) < _BAR_SIZE * usual.size:
        return False
    own, below = box_of(part.lines), box_of(after.lines)
    narrowest, widest = (share * (after.right - after.left) for share in _BAR_WIDTH)
    return (
        bar.x0 <= own.x0 <= own.x1 <= bar.x1
        and all(bar.y0 <= line.middle <= bar.y1 for line in part.lines)
        and bar.y1 - bar.y0 <= _BAR_HEIGHT * _size(part) * len(part.lines)
        and narrowest <= bar.x1 - bar.x0 <= widest
        and below.x0 < bar.x1
        and below.x1 > bar.x0
        and -_BAR < below.y0 - bar.y1 <= _BAR_GAP * usual.size
    )


def _stands_above(part: Part, after: Part | None, usual: Usual) -> bool:
    """Tell whether a part is one short line, nearer to the text below it than to that above."""
    if len(part.lines) > 1 or after is None or after.left != part.left or after.lines[0].y0 < part.lines[0].y0:
        return False
    line = part.lines[0]
    widest, nearer = _OWN_LINE
    return (
        line.x1 - line.x0 < widest * (part.right - part.left)
        and part.above > _OWN_GAP * usual.size
        and part.below < nearer * part.above
        and line.text.count(" ") < _OWN_WORDS
        and len(after.lines) > 1
        and not is_item(line.text)
        and after.lines[0].x1 - after.lines[0].x0 > line.x1 - line.x0
    )


def _is_quote(part: Part, prose: Iterable[str]) -> bool:
    """Tell whether a part stands apart, and running text of the page holds the same words."""
    letters = "".join(_letters(part.text)).casefold()
    if part.inset:
        return True
    if part.below < max(_OWN_BELOW * part.above, _QUOTE_GAP * part.lines[0].size):
        return False
    return len(letters) >= _REPEATED and any(letters in text for text in prose)


def _runs_on(part: Part) -> bool:
    """Tell whether a part is running text: some of its lines go on with a small letter."""
    return len(part.lines) > 1 and any(line.text[:1].islower() for line in part.lines[1:])


def _letters(text: str) -> list[str]:
    return [letter for letter in text if letter.isalpha()]


def _size(part: Part) -> float:
    return sum(line.size * len(line.text) for line in part.lines) / sum(len(line.text) for line in part.lines)
