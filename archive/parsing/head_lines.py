"""Which lines stand in the head of a page, and what does each say of number, volume and date?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from archive.model.pages import Block, BlockRole, Line, Page
from archive.parsing.browser_lines import is_printing_day
from archive.parsing.numbering import Numbering, part_figures, read_numbering

# How far down a page a masthead may reach, as a share of its height, and in lines where there are no boxes.
_HEAD_SHARE = 0.36
_HEAD_LINES = 14
_USUAL_TOP = 0.12
_MAX_WORDS = 20
_LEAST_PICTURED = 4
_NOTHING = Numbering("", "", (), 0)
_CONTENTS = re.compile(
    r"^\W*(?:in dit nummer|in deze (?:nieuwsbrief|editie|uitgave)|inhoud\w*|in this issue|contents)\b", re.IGNORECASE
)
_SALUTATION = re.compile(r"^\W*(?:beste|geachte|waarde|lieve|hallo|dear|hello|best)\s", re.IGNORECASE)
# Words beside number and date on a line that names place and publisher too.
MOST_BESIDE = 12


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line near the top of a page, where it stands (block and line from 0), and what it says."""

    block: int
    line: int
    text: str
    size: float | None
    says: Numbering
    confidence: float | None = None
    picture: bool = False  # read out of what looks like a picture: a name on a coloured ground may stand there

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands, to compare with others."""
        return self.block, self.line


def list_head_lines(page: Page, language: str) -> list[HeadLine]:
    """Collect the lines of the head of a page, up to where running text or a table of contents begins."""
    found: list[HeadLine] = []
    top = _top(page)
    for number, block in enumerate(page.blocks):
        if _is_below(block, page, top):
            continue
        if block.role is BlockRole.PICTURE:
            found += _picture_lines(block, number) if page.height else []
            continue
        if _is_contents(block):
            if page.height is None:
                return found
            continue
        for at, line in enumerate(block.lines):
            text = part_figures(" ".join(re.sub(r"[‘’“”\"`|_~*•]+", " ", line.text).split()))
            if page.height is None and (len(found) >= _HEAD_LINES or _is_running(block.lines, at)):
                return found
            if (
                _SALUTATION.match(text)
                or len(text.split()) > _MAX_WORDS
                or (page.height and _is_running(block.lines, at))
            ):
                if page.height is None:
                    return found
                break
            if any(c.isalnum() for c in text):
                says = _NOTHING if is_printing_day(line, page) else read_numbering(text, language)
                found.append(HeadLine(number, at, text, type_size(line), says, _confidence(line)))
    return found


def _picture_lines(block: Block, number: int) -> list[HeadLine]:
    """The lines of a picture that may be a name printed on a coloured ground."""
    return [
        HeadLine(number, at, line.text, type_size(line), _NOTHING, _confidence(line), picture=True)
        for at, line in enumerate(block.lines)
        if sum(c.isalpha() for c in line.text) >= _LEAST_PICTURED
    ]


def _is_below(block: Block, page: Page, top: float) -> bool:
    return bool(page.height and block.box and block.box.y0 > top + _HEAD_SHARE * page.height)


def _top(page: Page) -> float:
    """Return how far down the first words stand below a picture, in which words along a side may be; else 0."""
    beside = (BlockRole.PICTURE, BlockRole.FURNITURE, BlockRole.ASIDE)
    spoken = [block for block in page.blocks if block.role not in beside and block.box]
    first = min((block.box.y0 for block in spoken if block.box), default=0.0)
    return max(0.0, first - _USUAL_TOP * (page.height or 0.0))


def _is_contents(block: Block) -> bool:
    return "contents" in block.reason or bool(block.lines and _CONTENTS.match(block.lines[0].text))


def _is_running(lines: Sequence[Line], at: int) -> bool:
    """Two long lines one below the other are running text, unless one of them numbers or dates the issue."""
    if at + 1 == len(lines) or len(lines[at].words) < 7 or len(lines[at + 1].words) < 5:  # noqa: PLR2004 - words of a line
        return False
    first, second = (read_numbering(part_figures(line.text)) for line in lines[at : at + 2])
    if first.dates and (first.number or first.volume) and first.other_words <= MOST_BESIDE:
        return False
    most = MOST_BESIDE if second.dates and (second.number or second.volume) else 4
    return second.other_words > most or not (second.number or second.volume or second.dates)  # a place, a publisher


def type_size(line: Line) -> float | None:
    """Return the type size of a line in points, or how high it stands; None where the source has neither."""
    sizes = [word.size for word in line.words if word.size]
    return median(sizes) if sizes else (line.box.y1 - line.box.y0 if line.box else None)


def _confidence(line: Line) -> float | None:
    known = [word.confidence for word in line.words if word.confidence is not None]
    return sum(known) / len(known) if known else None
