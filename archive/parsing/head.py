"""Which lines at the top of a page are the masthead, and what do they say?

A masthead is believed only where something speaks for it: a line of number, volume or date, or a name that the archive
knows. A large heading alone may be the first heading of a page without masthead.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from archive.model.issues import Precision
from archive.model.pages import BlockRole, Page
from archive.parsing.dates.record import PrintedDate
from archive.parsing.head_lines import MOST_BESIDE, HeadLine, list_head_lines, type_size
from archive.parsing.numbering import year_alone
from archive.parsing.openers import READS_LIKE_ONE, Openers, is_set_alike, reads_over_text
from archive.parsing.publisher import belongs_below, heads_first_piece
from archive.parsing.title import is_mail_line, is_subtitle, known_name, leads_to_date, names_no_paper

_NO_OPENERS: Openers = {}
_LARGE = 1.5
_MOST_OF_SUBTITLE = 12  # words
_LARGER = 1.08  # than a heading: what names the newsletter
_NOT_A_TITLE = re.compile(r"\b(?:bekijk|lees|view|open|read)\b.*\b(?:online|browser|webversie)\b.*", re.IGNORECASE)
_TAIL = re.compile(
    r"\b(?:nummer|nr|no|jaargang|jrg|issue|vol(?:ume)?)\b\.?\s*\d.*$|\b\d+\s?e\s+jaargang.*$", re.IGNORECASE
)


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


def find_head(
    page: Page, known: Sequence[str], language: str = "nl", *, called: str = "", openers: Openers = _NO_OPENERS
) -> Head | None:
    """Find the masthead at the top of a page.

    Args:
        page: The page, furniture marked.
        known: Names and variants of newsletters that the archive knows.
        language: ISO 639-1 code of the newsletter.
        called: The name that the file has: which line is the title where no type tells.
        openers: The headings over text of the whole scan; they are no part of a masthead.
    """
    seen = list_head_lines(page, language)
    lines = [line for line in seen if not line.picture]
    named = {line.place: name for line in lines if (name := known_name(line.text, known))}
    lines = _without_pieces(lines, page, openers, named)
    titles = [line for line in lines if line.place in named][:1] or _large_lines(lines, page)
    facts = [line for line in lines if _is_fact(line, titled=bool(titles))]
    if not facts and not named:
        return None
    if not titles or (facts and not named and titles[0].block > facts[-1].block + 1):
        titles = _plain_title(lines, facts, called)
    inside = _inside(page, lines, [*titles, *facts])
    inside += _below(page, lines, inside, openers)
    pictured = tuple(line.text for line in seen if line.picture and _is_large(line, titles))
    return replace(_read_head(inside, titles, facts, list(named.values())), pictured=pictured)


def _without_pieces(
    lines: Sequence[HeadLine], page: Page, openers: Openers, named: Collection[tuple[int, int]]
) -> list[HeadLine]:
    """Leave out pieces that stand above, beside or right below the masthead: a heading, and what is below it.

    What is larger than the heading, or numbers or dates the issue for the first time, ends such a piece.
    """
    largest = max((line.size or 0.0 for line in lines), default=0.0)
    kept, piece = list[HeadLine](), None
    for line in lines:
        first_fact = _is_fact(line, titled=True) and not any(_is_fact(before, titled=True) for before in kept)
        top = (piece.size if piece else None) or largest
        if line.place in named or first_fact or (line.size or 0.0) > _LARGER * top:
            piece = None
        elif _heads_piece(line, page, openers, largest=largest) or (kept and _is_later_day(line, page, kept)):
            piece = line
        if piece is None:
            kept.append(line)
    return kept


def _heads_piece(line: HeadLine, page: Page, openers: Openers, *, largest: float) -> bool:
    """Tell whether a line is set as the headings of the issue are, and smaller than what may be the title."""
    opener = openers.get((page.number, *line.place))
    return opener is not None and is_set_alike(opener, openers) and (line.size or 0.0) * _LARGER < largest


def _is_later_day(line: HeadLine, page: Page, above: Sequence[HeadLine]) -> bool:
    """Tell whether a line below a dated masthead names a day and opens a text: `Ledenvergadering 20 april 1978`."""
    dated = any(_is_fact(before, titled=True) and before.says.dates for before in above)
    says = line.says
    if not (dated and says.dates and says.other_words) or says.number or says.volume or says.dates[0].start == 0:
        return False
    return reads_over_text(page, line.block, line.line) >= READS_LIKE_ONE


def _is_large(line: HeadLine, titles: Sequence[HeadLine]) -> bool:
    """Tell whether a line of a picture is larger than what was taken for the title."""
    largest = max((title.size or 0 for title in titles), default=0)
    return (line.size or 0) > largest


def _is_fact(line: HeadLine, *, titled: bool) -> bool:
    """A line of number, volume and date; beside them a few words, such as place or publisher."""
    says = line.says
    dated = any(date.first.year is not None and date.first.month is not None for date in says.dates)
    numbered = bool(says.number or says.volume)
    if (dated and numbered) or (says.number and says.volume):
        return says.other_words <= (MOST_BESIDE if titled else 6)
    if dated:
        place = re.match(r"^[A-ZÀ-Þ][\w'’ -]+,\s", line.text) is not None
        edge = any(date.start == 0 or date.end == len(line.text) for date in says.dates)
        if leads_to_date(line.text[: says.dates[0].start]):
            return edge and says.other_words <= _MOST_OF_SUBTITLE
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
    """Lines from the top down to the last fact that belongs to the title."""
    marked = sorted({line.place for line in told})
    nth = _numbered(page)
    reach = marked[0]
    for place in marked:
        if nth[place[0]] <= nth[reach[0]] + 4:  # a fact further down belongs to something else
            reach = place
    return [line for line in lines if line.place <= reach]


def _below(page: Page, lines: Sequence[HeadLine], inside: Sequence[HeadLine], openers: Openers) -> list[HeadLine]:
    """Lines right after the last fact that name the publisher and head no piece."""
    nth, reach, found = _numbered(page), inside[-1].place, list[HeadLine]()
    for line in lines:
        if line.place > reach and nth[line.block] <= nth[reach[0]] + 1:
            if not belongs_below(line, [*inside, *found]) or heads_first_piece(line, page, openers):
                break
            found.append(line)
    return found


def _numbered(page: Page) -> dict[int, int]:
    """Number the blocks of a page that are no pictures."""
    spoken = (number for number, block in enumerate(page.blocks) if block.role is not BlockRole.PICTURE)
    return {number: at for at, number in enumerate(spoken)}


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


def _body_size(page: Page) -> float | None:
    sizes = [size for block in page.blocks for line in block.lines if (size := type_size(line)) for _ in line.words]
    return median(sizes) if sizes else None
