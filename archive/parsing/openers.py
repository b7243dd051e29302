"""Which lines of a page are set as headings over text of their own?

In the head of a page such a line is the first heading of the issue, or one of a page beside it on the same sheet,
whatever its words are: what a masthead takes is in no section, so that no search would find it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from statistics import median

from archive.model.pages import Block, BlockRole, Box, Line, Page
from archive.parsing.headlines import headline_score
from archive.parsing.lines import is_capitals
from archive.parsing.numbering import part_figures, read_numbering
from archive.parsing.title import is_subtitle

READS_LIKE_ONE = 0.5  # how much a line reads like a heading where its type does not tell
_LEAST_TEXT = 8  # words of the lines below that make a text
_LINES_BELOW = 3
_UNDERLINED = "underlined"
_AS_LARGE, _AS_HEAVY = 0.12, 0.25
_TEXT = (BlockRole.BODY, BlockRole.LIST)
_PASSED_OVER = (BlockRole.PICTURE, BlockRole.FURNITURE, BlockRole.CAPTION)


@dataclass(frozen=True, slots=True)
class Opener:
    """A line set as a heading right above text: its page, block and line, and how it is set."""

    place: tuple[int, int, int]
    size: float | None
    weight: float | None
    capitals: bool
    underlined: bool

    def is_like(self, other: "Opener") -> bool:
        """Tell whether another line is set alike."""
        alike = (self.capitals, self.underlined) == (other.capitals, other.underlined)
        if self.size and other.size and abs(self.size - other.size) > _AS_LARGE * max(self.size, other.size):
            return False
        return alike and (not self.weight or not other.weight or abs(self.weight - other.weight) <= _AS_HEAVY)


Openers = Mapping[tuple[int, int, int], Opener]  # by page number, block and line


def find_openers(pages: Iterable[Page]) -> dict[tuple[int, int, int], Opener]:
    """Return the lines of pages that the layout took for headings and that stand right above text, by their places."""
    found: list[Opener] = []
    for page in pages:
        for number, block in enumerate(page.blocks):
            if block.role is BlockRole.HEADING and reads_over_text(page, number, len(block.lines) - 1):
                found += _openers_of(block, page.number, number)
    return {opener.place: opener for opener in found}


def is_set_alike(opener: Opener, openers: Openers) -> bool:
    """Tell whether another heading of the scan is set as this one is."""
    return any(opener.is_like(other) for other in openers.values() if not _is_same_block(opener, other))


def is_large_enough(opener: Opener, openers: Openers) -> bool:
    """Tell whether a heading is set like another one of the scan, or as large as most; without others it counts."""
    sizes = [other.size for other in openers.values() if other.size and not _is_same_block(opener, other)]
    return not sizes or is_set_alike(opener, openers) or (opener.size or 0.0) >= median(sizes)


def reads_over_text(page: Page, block: int, line: int) -> float:
    """Tell from 0 to 1 how much a line reads like a heading over the text right below it, in its column.

    Without such text it is 0; a line that numbers or dates the issue is none.
    """
    own = page.blocks[block].lines[line]
    below = list(islice(_below(page, block, line), _LINES_BELOW))
    if not below or not _is_above(own.box, below[0].box):
        return 0.0
    texts = [part_figures(each.text) for each in below]
    if is_subtitle(texts[0]) or any(_numbers_issue(text) for text in texts):
        return 0.0
    words = sum(any(map(str.isalpha, word)) for text in texts for word in text.split())
    return headline_score(own.text, " ".join(texts), small=True) if words >= _LEAST_TEXT else 0.0


def _below(page: Page, block: int, line: int) -> Iterator[Line]:
    """Yield the lines of text that follow a line, up to the next heading."""
    yield from page.blocks[block].lines[line + 1 :]
    for after in page.blocks[block + 1 :]:
        if after.role in _TEXT:
            yield from after.lines
        elif after.role not in _PASSED_OVER:
            return


def _is_above(box: Box | None, below: Box | None) -> bool:
    if box is None or below is None:
        return True
    return below.y0 >= (box.y0 + box.y1) / 2 and below.x0 < box.x1 and box.x0 < below.x1


def _numbers_issue(text: str) -> bool:
    says = read_numbering(text)
    dated = any(date.first.year and date.first.month for date in says.dates)
    return bool(says.number or says.volume or dated) and says.other_words <= _LEAST_TEXT // 2


def _openers_of(block: Block, page: int, number: int) -> Iterator[Opener]:
    for at, line in enumerate(block.lines):
        sizes = [word.size for word in line.words if word.size]
        weights = [word.weight for word in line.words if word.weight]
        size, weight = median(sizes) if sizes else None, median(weights) if weights else None
        underlined = block.reason == _UNDERLINED
        yield Opener((page, number, at), size, weight, is_capitals(line.text), underlined)


def _is_same_block(one: Opener, two: Opener) -> bool:
    return one.place[:2] == two.place[:2]
