"""Where does a masthead return on the pages of one scan: a bound volume, of which each such page opens an issue?

A running head returns too. But a masthead is set larger than the text, and the number beside it goes up from one to the
next. Where both are so on most pages, a page with the same large words at the same place opens an issue as well, though
its number was misread; one between number 10 and number 12 on the next pages is number 11.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from archive.model.pages import Line, Page, Word
from archive.parsing.head_lines import type_size
from archive.parsing.numbering import part_figures
from archive.parsing.series.order import longest_rise
from archive.tuples import NamedTuple

_TOP = 0.3  # of a page, in which a masthead stands
_LARGER = 1.25  # than the text
_LEAST = 4  # numbered pages that show what returns
_RISING = 0.8  # of them in one rising run
_COMMON = 0.5
_NEAR = 0.12  # of the page's width and height
_MOST_APART = 3  # numbers, on the average, from one masthead to the next
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(
    r"(?<![^\W_])(nr|no|nummer|number|issue|aflevering|ausgabe)\s?[.:°#]*\s?(\d{1,4})(?![\w:/-]*\d)", re.IGNORECASE
)
_OF_PAGES = re.compile(r"(?:blad|pag\w*|page|blz|seite|programma|art\w*|tel\w*|post\w*)\W*$", re.IGNORECASE)
_Place = tuple[float, float]


def find_returns(pages: Sequence[Page]) -> dict[int, str]:
    """Return the pages, from 0, on which a masthead returns, each with its number; empty where that is not known.

    Args:
        pages: All pages of a scan; nothing is found on pages without boxes, or where no number goes up with them.
    """
    numbered = {at: number for at, page in enumerate(pages) if (number := _number(page)) is not None}
    pages_with = list(numbered)
    rise = longest_rise([number.value for number in numbered.values()], strictly=True)
    rising = {pages_with[nth]: numbered[pages_with[nth]].value for nth in rise}
    if len(rising) < _LEAST or len(rising) < _RISING * len(numbered):
        return {}
    if max(rising.values()) - min(rising.values()) > _MOST_APART * len(pages):
        return {}
    words = [_large_words(page) for page in pages]
    masthead = _common(words, rising)
    if not masthead:
        return {}
    usual = _middle([numbered[at].place for at in rising])
    beside = {at for at in rising if _is_near(numbered[at].place, usual)}
    found = beside | {at for at, each in enumerate(words) if _shares(each, masthead) >= _COMMON}
    if len(found & rising.keys()) < _RISING * len(rising):
        return {}
    return {at: _number_of(at, sorted(found), rising) for at in sorted(found)}


class _Number(NamedTuple):
    value: int
    place: _Place


def _number(page: Page) -> _Number | None:
    """Return the first number in the head of a page that may be that of an issue."""
    for line in _head_lines(page):
        text = part_figures(" ".join(line.text.split()))
        for match in _NUMBER.finditer(text):
            if not _OF_PAGES.search(text[: match.start()]):
                figures = next((word for word in line.words if match[2] in word.text and word.box), line.words[0])
                return _Number(int(match[2]), _place(figures, page) or (0.0, 0.0))
    return None


def _head_lines(page: Page) -> Iterator[Line]:
    low = _TOP * (page.height or 0.0)
    return (line for block in page.blocks for line in block.lines if line.box and line.box.y0 < low)


def _place(word: Word, page: Page) -> _Place | None:
    if word.box is None or not page.height or not page.width:
        return None
    return (word.box.x0 + word.box.x1) / 2 / page.width, (word.box.y0 + word.box.y1) / 2 / page.height


def _large_words(page: Page) -> dict[str, _Place]:
    """Return the words at the top of a page that are set larger than its text, those in pictures too, and where."""
    sizes = [size for block in page.blocks for line in block.lines if (size := type_size(line)) for _ in line.words]
    least, found = _LARGER * median(sizes) if sizes else 0.0, dict[str, _Place]()
    for line in _head_lines(page):
        if (type_size(line) or 0.0) < least:
            continue
        for word in line.words:
            if place := _place(word, page):
                found |= {letters.casefold(): place for letters in _WORD.findall(word.text)}
    return found


def _common(words: Sequence[Mapping[str, _Place]], rising: Mapping[int, int]) -> dict[str, _Place]:
    """Return the large words that stand at the same place of most of the numbered pages."""
    counted = Counter(word for at in rising for word in words[at])
    places: dict[str, list[_Place]] = defaultdict(list)
    for at in rising:
        for word, place in words[at].items():
            places[word].append(place)
    common: dict[str, _Place] = {}
    for word, times in counted.items():
        middle = _middle(places[word])
        near = sum(_is_near(middle, place) for place in places[word])
        if min(times, near) >= _COMMON * len(rising):
            common[word] = middle
    return common


def _middle(places: Sequence[_Place]) -> _Place:
    return median(x for x, _ in places), median(y for _, y in places)


def _shares(words: Mapping[str, _Place], masthead: Mapping[str, _Place]) -> float:
    return sum(word in words and _is_near(words[word], place) for word, place in masthead.items()) / len(masthead)


def _is_near(one: _Place, other: _Place) -> bool:
    return abs(one[0] - other[0]) <= 2 * _NEAR and abs(one[1] - other[1]) <= _NEAR


def _number_of(at: int, found: Sequence[int], rising: Mapping[int, int]) -> str:
    """Return the number on a page, or that which alone fits between those before and after it."""
    if at in rising:
        return str(rising[at])
    nth = found.index(at)
    known = [(place, rising[page]) for place, page in enumerate(found) if page in rising]
    before = next(((place, number) for place, number in reversed(known) if place < nth), None)
    after = next(((place, number) for place, number in known if place > nth), None)
    if before and after and after[1] - before[1] == after[0] - before[0]:
        return str(before[1] + nth - before[0])
    return ""
