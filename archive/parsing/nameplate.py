"""Which blocks of a first page say nothing but what a masthead says, wherever they stand?

A masthead need not come first in reading order: it may stand at the top of the second column, or its number and date
beside the name. A block in the head of the page that holds nothing but the paper's name, its genre (`Newsletter`), a
number, a volume and a date is part of it, and no piece.
"""

import re
from collections.abc import Sequence

from archive.model.pages import Block, BlockRole, Page
from archive.parsing.dates.grammar import read_dates
from archive.parsing.series.sketch import large_name

_HEAD_SHARE = 0.45  # of a page, from the top
_NEAR = 2.5  # heights of a line between two blocks of one masthead
_LEAST_NAME = 2  # words of a name that tell it from a heading
_WORD = re.compile(r"[^\W\d_]+|\d+")
_NUMBERING = frozenset(
    (
        *("nr", "no", "nummer", "number", "issue", "editie", "edition", "aflevering", "uitgave", "afl", "ausgabe"),
        *("jaargang", "jrg", "volume", "vol", "year", "jahrgang"),
    )
)
_GENRE_END = ("blad", "krant", "brief", "bulletin", "bode", "orgaan", "letter", "magazine")
_TEXT = {BlockRole.BODY, BlockRole.HEADING, BlockRole.CAPTION, BlockRole.ASIDE}


def nameplate_blocks(page: Page, title: str, *, language: str) -> frozenset[int]:
    """Return which blocks of an issue's first page, counted from 0, belong to its masthead by what they say.

    Args:
        page: The page with the masthead.
        title: The title that was found in it; empty for none.
        language: ISO 639-1 code of the newsletter, for its dates.
    """
    names = [words for name in (title, large_name(page)) if len(words := set(_words(name))) >= _LEAST_NAME]
    high = {number: block for number, block in enumerate(page.blocks) if block.role in _TEXT and _is_high(block, page)}
    says = {number: _Said(block.text, names, language, believed=bool(title)) for number, block in high.items()}
    sure = {number for number, said in says.items() if said.is_masthead}
    grown = sure
    while grown:
        near = [high[number] for number in grown]
        grown = {
            number
            for number, said in says.items()
            if number not in sure and said.is_nothing_else and any(_is_near(high[number], other) for other in near)
        }
        sure |= grown
    return frozenset(sure)


class _Said:
    """What a block says: `is_nothing_else` than a masthead does, and enough of it to be one by itself.

    A name alone is enough where a masthead is `believed`: else it may be the first heading of the page.
    """

    def __init__(self, text: str, names: Sequence[set[str]], language: str, *, believed: bool) -> None:
        line = " ".join(text.split())
        dates = list(read_dates(line, language))
        bare = line
        for date in reversed(dates):
            bare = bare[: date.start] + " " + bare[date.end :]
        words = _words(bare)
        named = next((name for name in names if name <= set(words)), set())
        genre = any(word.endswith(_GENRE_END) for word in words)
        figures = any(map(str.isdigit, words))
        left = [word for word in words if not (word in named or word in _NUMBERING or word.isdigit())]
        self.is_nothing_else = bool(line) and all(word.endswith(_GENRE_END) for word in left)
        if named:
            enough = believed or genre or bool(dates)
        else:
            enough = (figures and any(word in _NUMBERING for word in words)) or (genre and (figures or bool(dates)))
        self.is_masthead = self.is_nothing_else and enough


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _is_high(block: Block, page: Page) -> bool:
    return bool(page.height and block.box and block.box.y1 < _HEAD_SHARE * page.height)


def _is_near(block: Block, other: Block) -> bool:
    """Tell whether two blocks stand right below or beside each other."""
    one, two = block.box, other.box
    if one is None or two is None:
        return False
    white = _NEAR * min((box.y1 - box.y0) / len(each.lines) for box, each in ((one, block), (two, other)))
    across = max(one.x0, two.x0) - min(one.x1, two.x1)
    down = max(one.y0, two.y0) - min(one.y1, two.y1)
    return across <= white and down <= white
