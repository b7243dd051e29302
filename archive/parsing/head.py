"""Which lines at the top of a page are the masthead, and what do they say?

A masthead is believed only where something speaks for it: a line of number, volume or date, or a name that the archive
knows. A large heading alone may be the first heading of a page without masthead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from archive.model.issues import Precision
from archive.model.pages import Block, BlockRole, Line, Page
from archive.parsing.browser_lines import is_printing_day
from archive.parsing.dates.record import PrintedDate
from archive.parsing.numbering import Numbering, part_figures, read_numbering, year_alone
from archive.parsing.title import is_mail_line, is_subtitle, known_name, lettered, names_no_paper

# How far down a page a masthead may reach, as a share of its height, and in lines where there are no boxes.
_HEAD_SHARE = 0.36
_HEAD_LINES = 14
_USUAL_TOP = 0.12
_MAX_WORDS = 20
_LARGE = 1.5
_LEAST_PICTURED = 4
# Words beside number and date on a line that names place and publisher too.
_MOST_BESIDE = 12
_MOST_ECHOED = 6  # words of a publisher's name that is said again
_NOTHING = Numbering("", "", (), 0)
_CONTENTS = re.compile(
    r"^\W*(?:in dit nummer|in deze (?:nieuwsbrief|editie|uitgave)|inhoud\w*|in this issue|contents)\b", re.IGNORECASE
)
_SALUTATION = re.compile(r"^\W*(?:beste|geachte|waarde|lieve|hallo|dear|hello|best)\s", re.IGNORECASE)
_PUBLISHER = re.compile(
    r"\b(?:uitgave|uitgegeven|nieuwsbrief|mededelingenblad|maandblad|kwartaalblad|contactblad|clubblad|wijkblad|buurtkrant|"
    r"bewonersblad|ledenblad|orgaan|tijdschrift|bulletin|krant|periodiek|infoblad|huis-aan-huis|verschijnt|newsletter|news|published|"
    r"quarterly|monthly|magazine|journal|v\.?z\.?w|stichting|vereniging|society|association|foundation|club|postbus|oplage|"
    r"redactie\w*|issn|www\.\S+|\S+@\S+|\d{4}\s?[A-Z]{2})\b",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(r"\b(?:bekijk|lees|view|open|read)\b.*\b(?:online|browser|webversie)\b.*", re.IGNORECASE)
_TAIL = re.compile(
    r"\b(?:nummer|nr|no|jaargang|jrg|issue|vol(?:ume)?)\b\.?\s*\d.*$|\b\d+\s?e\s+jaargang.*$", re.IGNORECASE
)


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


@dataclass(frozen=True, slots=True)
class Head:
    """The masthead of a page: its lines, title, and the facts that it prints."""

    lines: tuple[HeadLine, ...]
    title: str
    known: str = ""
    number: str = ""
    volume: str = ""
    date: PrintedDate | None = None
    year: int | None = None
    date_text: str = ""
    other_lines: tuple[str, ...] = ()
    confidence: float | None = None  # of the title's words
    pictured: tuple[str, ...] = ()  # large words above, read out of what looks like a picture


def find_head(page: Page, known: Sequence[str], language: str = "nl", *, called: str = "") -> Head | None:
    """Find the masthead at the top of a page.

    Args:
        page: The page, furniture marked.
        known: Names and variants of newsletters that the archive knows.
        language: ISO 639-1 code of the newsletter.
        called: The name that the file has: which line is the title where no type tells.
    """
    seen = _head_lines(page, language)
    lines = [line for line in seen if not line.picture]
    named = {line.place: name for line in lines if (name := known_name(line.text, known))}
    titles = [line for line in lines if line.place in named][:1] or _large_lines(lines, page)
    facts = [line for line in lines if _is_fact(line, titled=bool(titles))]
    if not facts and not named:
        return None
    if not titles or (facts and not named and titles[0].block > facts[-1].block + 1):
        titles = _plain_title(lines, facts, called)
    inside = _inside(page, lines, [*titles, *facts])
    pictured = tuple(line.text for line in seen if line.picture and _is_large(line, titles))
    return replace(_read_head(inside, titles, facts, list(named.values())), pictured=pictured)


def _head_lines(page: Page, language: str) -> list[HeadLine]:
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
                found.append(HeadLine(number, at, text, _size(line), says, _confidence(line)))
    return found


def _picture_lines(block: Block, number: int) -> list[HeadLine]:
    """The lines of a picture that may be a name printed on a coloured ground."""
    return [
        HeadLine(number, at, line.text, _size(line), _NOTHING, _confidence(line), picture=True)
        for at, line in enumerate(block.lines)
        if sum(c.isalpha() for c in line.text) >= _LEAST_PICTURED
    ]


def _is_large(line: HeadLine, titles: Sequence[HeadLine]) -> bool:
    """Tell whether a line of a picture is larger than what was taken for the title."""
    largest = max((title.size or 0 for title in titles), default=0)
    return (line.size or 0) > largest


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
    if first.dates and (first.number or first.volume) and first.other_words <= _MOST_BESIDE:
        return False
    most = _MOST_BESIDE if second.dates and (second.number or second.volume) else 4
    return second.other_words > most or not (second.number or second.volume or second.dates)  # a place, a publisher


def _is_fact(line: HeadLine, *, titled: bool) -> bool:
    """A line of number, volume and date; beside them a few words, such as place or publisher."""
    says = line.says
    dated = any(date.first.year is not None and date.first.month is not None for date in says.dates)
    numbered = bool(says.number or says.volume)
    if (dated and numbered) or (says.number and says.volume):
        return says.other_words <= (_MOST_BESIDE if titled else 6)
    if dated:
        place = re.match(r"^[A-ZÀ-Þ][\w'’ -]+,\s", line.text) is not None
        edge = any(date.start == 0 or date.end == len(line.text) for date in says.dates)
        return says.other_words <= (4 if place else 3 if titled and edge else 1)
    words = sum(any(map(str.isalnum, word)) for word in line.text.split())
    return numbered and says.other_words <= 3 and words <= 6  # noqa: PLR2004 - Nieuwsbrief 12


def _large_lines(lines: Sequence[HeadLine], page: Page) -> list[HeadLine]:
    """The lines of the largest type on the page, if they stand in the head and are clearly larger than the text."""
    body = _body_size(page)
    sized = [line for line in lines if line.size and sum(c.isalpha() for c in line.text) > 2]  # noqa: PLR2004
    sized = [line for line in sized if not names_no_paper(line.text)]
    if body is None or not sized:
        return []
    largest = max(line.size or 0 for line in sized)
    if largest < _LARGE * body:
        return []
    first = next(line for line in sized if (line.size or 0) >= 0.93 * largest)
    run = [line for line in sized if 0 <= line.block - first.block <= 1 and (line.size or 0) >= 0.85 * largest]
    return run[:3]


def _plain_title(lines: Sequence[HeadLine], facts: Sequence[HeadLine], called: str) -> list[HeadLine]:
    """Without large type: the line that the file is called by, that above a subtitle, or the first above the facts.

    Else what a line of facts says besides.
    """
    last = facts[-1].place if facts else (0, 0)
    words = [line for line in lines if line.place <= last and sum(c.isalpha() for c in line.text) > 2]  # noqa: PLR2004
    free = [line for line in words if line not in facts]
    mailed = any(is_mail_line(line.text) for line in free)
    below = [line for line in lines if mailed and line.place > last]
    free = [line for line in (*free, *below) if not names_no_paper(line.text)] or free
    named = [line for line in free if known_name(line.text, [called])]
    titled = [line for line, under in pairwise(lines) if line in free and is_subtitle(under.text)]
    return named[:1] or titled[:1] or free[:1] or [line for line in words if line.says.other_words][:1]


def _inside(page: Page, lines: Sequence[HeadLine], told: Sequence[HeadLine]) -> list[HeadLine]:
    """Lines from the title down to the last fact that belongs to it, and the publisher's line right after."""
    marked = sorted({line.place for line in told})
    spoken = (number for number, block in enumerate(page.blocks) if block.role is not BlockRole.PICTURE)
    nth = {number: at for at, number in enumerate(spoken)}
    reach = marked[0]
    for place in marked:
        if nth[place[0]] <= nth[reach[0]] + 4:  # a fact further down belongs to something else
            reach = place
    inside = [line for line in lines if line.place <= reach]
    for line in lines:
        if line.place > reach and nth[line.block] <= nth[reach[0]] + 1:
            if not (_PUBLISHER.search(line.text) or is_subtitle(line.text) or _echoes(line, inside)):
                break
            inside.append(line)
    return inside


def _echoes(line: HeadLine, inside: Sequence[HeadLine]) -> bool:
    """Tell whether a short line says again what the masthead says: who publishes it."""
    words, said = lettered(line.text).split(), set(lettered(" ".join(other.text for other in inside)).split())
    return 1 < len(words) <= _MOST_ECHOED and said.issuperset(words)


def _read_head(
    inside: Sequence[HeadLine], titles: Sequence[HeadLine], facts: Sequence[HeadLine], named: Sequence[str]
) -> Head:
    told = [line for line in facts if line in inside] + [line for line in titles if line not in facts]
    dated = [(date, line) for line in told for date in line.says.dates if date.first.year and date.first.month]
    # `lente 2022` beside `mei 2022`: the closer one tells more.
    closer = [(date, line) for date, line in dated if date.precision is not Precision.SEASON]
    date, line = (closer or dated)[0] if dated else (None, None)
    return Head(
        lines=tuple(inside),
        title=_title(titles),
        known=named[0] if named else "",
        number=next((line.says.number for line in told if line.says.number), ""),
        volume=next((line.says.volume for line in told if line.says.volume), ""),
        date=date,
        year=next((year for line in told if (year := year_alone(line.text))), None),
        date_text=line.text[date.start : date.end] if date and line else "",
        other_lines=tuple(line.text for line in inside if line not in titles and line not in facts),
        confidence=min((line.confidence for line in titles if line.confidence is not None), default=None),
    )


def _title(lines: Sequence[HeadLine]) -> str:
    """The title's lines joined, without number and date that may stand on the same line."""
    parts = []
    for line in lines:
        text = line.text
        for date in reversed(line.says.dates):
            text = text[: date.start] + text[date.end :]
        plain = _NOT_A_TITLE.sub("", _TAIL.sub("", text)).strip(" -–—|·,:.*~_\"'")
        parts.append(f"'{plain}" if re.match(r"t\s[A-ZÀ-Þ]", plain) else plain)
    return " ".join(part for part in parts if part)


def _size(line: Line) -> float | None:
    sizes = [word.size for word in line.words if word.size]
    return median(sizes) if sizes else (line.box.y1 - line.box.y0 if line.box else None)


def _confidence(line: Line) -> float | None:
    known = [word.confidence for word in line.words if word.confidence is not None]
    return sum(known) / len(known) if known else None


def _body_size(page: Page) -> float | None:
    sizes = [size for block in page.blocks for line in block.lines if (size := _size(line)) for _ in line.words]
    return median(sizes) if sizes else None
