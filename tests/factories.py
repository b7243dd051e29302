"""Makes the records that tests arrange: small, whole, and the same on every run.

An issue of the factory is one that ingesting could have made: its transcript, edits, spans and boxes fit its sections.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.model.issues import (
    BoxOnPage,
    Cleaned,
    Edit,
    FactSource,
    Issue,
    Mention,
    MentionedDate,
    Mentions,
    ParsedIssue,
    PartialDate,
    Precision,
    Section,
    Transcript,
    Verdict,
    VerdictSource,
    WordSpan,
    YearSource,
)
from archive.model.pages import Block, BlockRole, Box, Line, Page, PageStatus, TextSource, Word

CATEGORIES = ("campaigns", "events", "refugees", "meetings", "other")
_LINE_PT = 14.0
_LETTER_PT = 6.0
_MARGIN_PT = 50.0


def make_word(text: str, *, x0: float = _MARGIN_PT, y0: float = _MARGIN_PT, confidence: float | None = 0.95) -> Word:
    return Word(text, Box(x0, y0, x0 + _LETTER_PT * len(text), y0 + 10), confidence, size=10, weight=1)


def make_line(text: str, *, y0: float = _MARGIN_PT, confidence: float | None = 0.95) -> Line:
    words: list[Word] = []
    x0 = _MARGIN_PT
    for piece in text.split():
        words.append(make_word(piece, x0=x0, y0=y0, confidence=confidence))
        x0 += _LETTER_PT * (len(piece) + 1)
    return Line(tuple(words), Box(_MARGIN_PT, y0, x0, y0 + 10))


def make_block(
    text: str, *, y0: float = _MARGIN_PT, role: BlockRole = BlockRole.BODY, confidence: float | None = 0.95
) -> Block:
    lines = tuple(
        make_line(line, y0=y0 + _LINE_PT * place, confidence=confidence) for place, line in enumerate(text.split("\n"))
    )
    return Block(lines, Box(_MARGIN_PT, y0, 545, y0 + _LINE_PT * len(lines)), role, "made by a test")


def make_page(number: int = 1, blocks: Sequence[Block] = (), *, status: PageStatus = PageStatus.OK) -> Page:
    words = [word for block in blocks for line in block.lines for word in line.words]
    sure = [word.confidence for word in words if word.confidence is not None]
    return Page(
        number,
        tuple(blocks),
        TextSource.OCR,
        status=status,
        reason="" if status is PageStatus.OK else "made so by a test",
        label=str(number),
        width=595,
        height=842,
        language="nl",
        reader="tesseract 5.3.4 nld+eng 300dpi",
        confidence=sum(sure) / len(sure) if sure else None,
    )


def make_section(  # noqa: PLR0913 - a test names what it is about
    category: str = "other",
    text: str = "De zaal is open.",
    *,
    heading: str = "",
    page: int = 1,
    language: str = "nl",
    dates: Iterable[str] = (),
    places: Iterable[str] = (),
    tags: tuple[str, ...] = (),
) -> Section:
    """Make a section that is not yet in an issue; `make_issue` fills in its place there.

    `dates` are ISO dates, or spans with a slash; they need not stand in the text.
    """
    full = f"{heading}\n{text}" if heading else text
    found = tuple(Mention(place, full.index(place), full.index(place) + len(place)) for place in places)
    verdict = Verdict(
        category,
        tuple((name, 0.8 if name == category else 0.05) for name in CATEGORIES),
        f"made {category} by a test",
        VerdictSource.RULES,
    )
    return Section(
        id="",
        issue_id="",
        position=0,
        heading=heading,
        text=text,
        raw_text="",
        start=0,
        end=0,
        heading_span=(0, 0),
        pages=(page,),
        boxes=(),
        text_source=TextSource.OCR,
        language=language,
        confidence=0.95,
        verdict=verdict,
        mentions=Mentions(dates=tuple(map(_make_date, dates)), places=found),
        tags=tags,
    )


def make_issue(  # noqa: PLR0913 - a test names what it is about
    sections: Sequence[Section] | None = None,
    *,
    newsletter: str = "Kerngroep Oost",
    slug: str = "kerngroep-oost",
    date: str = "2022-06-15",
    number: str = "6",
    scan: str = "",
    masthead: str = "",
) -> ParsedIssue:
    """Make an issue as parsing leaves it: no ids yet, the masthead set aside, paragraphs broken after six words."""
    given = tuple(sections) if sections is not None else (make_section(),)
    typed = _Typed(given, masthead)
    issue = Issue(
        id="",
        newsletter=newsletter,
        slug=slug,
        title=masthead or newsletter,
        scan=scan or sha_of(f"{newsletter} {date} {number} {[section.full_text for section in given]}"),
        pages=tuple(typed.pages),
        number=number,
        date=PartialDate(*(int(part) for part in date.split("-"))) if date else None,
        newsletter_source=FactSource.MASTHEAD,
        number_source=FactSource.MASTHEAD if number else FactSource.NONE,
        date_source=FactSource.MASTHEAD if date else FactSource.NONE,
        date_evidence="printed in full" if date else "",
        language="nl",
    )
    transcript = Transcript(typed.raw, tuple(typed.words), issue.pages)
    return ParsedIssue(issue, transcript, Cleaned(typed.raw, tuple(typed.edits)), tuple(typed.sections))


def sha_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Typed:
    """An issue as it comes off the press: pages, raw text, words, edits, and the sections with their places."""

    def __init__(self, sections: Sequence[Section], masthead: str) -> None:
        self.raw = ""
        self.words: list[WordSpan] = []
        self.edits: list[Edit] = []
        self.pages: list[Page] = []
        self.sections: list[Section] = []
        self._blocks: list[Block] = []
        self._y0 = _MARGIN_PT
        self._number = min((section.pages[0] for section in sections), default=1)
        self._count = 0
        if masthead:
            start = self._block(masthead, BlockRole.FURNITURE)
            self.edits.append(Edit(start, len(self.raw), self.raw[start:], "", "furniture"))
        for position, section in enumerate(sections, start=1):
            self._turn_to(section.pages[0])
            self._section(section, position)
        self._end_page()

    def _turn_to(self, number: int) -> None:
        while self._number < number:
            self._end_page()
            self.raw += "\f"
            self._number += 1

    def _end_page(self) -> None:
        self.pages.append(make_page(self._number, self._blocks))
        self._blocks, self._y0 = [], _MARGIN_PT

    def _section(self, section: Section, position: int) -> None:
        y0, heading = self._y0, (0, 0)
        if section.heading:
            start = self._block(section.heading, BlockRole.HEADING)
            heading = (start, len(self.raw))
        starts = [heading[0]] if section.heading else []
        for paragraph in section.text.split("\n\n"):
            starts.append(self._block(_break_lines(paragraph), BlockRole.BODY))
            at = starts[-1]
            while (at := self.raw.find("\n", at)) >= 0:
                self.edits.append(Edit(at, at + 1, "\n", " ", "hard-wrap"))
                at += 1
        self.sections.append(
            replace(
                section,
                position=position,
                raw_text=self.raw[starts[0] :],
                start=starts[0],
                end=len(self.raw),
                heading_span=heading if section.heading else (starts[0], starts[0]),
                boxes=(BoxOnPage(section.pages[0], _MARGIN_PT, y0, 545, self._y0),),
            )
        )

    def _block(self, text: str, role: BlockRole) -> int:
        block = make_block(text, y0=self._y0, role=role)
        if self.raw and not self.raw.endswith("\f"):
            self.raw += "\n\n"
        start = len(self.raw)
        for place, line in enumerate(block.lines):
            self.raw += "\n" if place else ""
            for nth, word in enumerate(line.words):
                self.raw += " " if nth else ""
                at = len(self.raw)
                self.raw += word.text
                span = (at, len(self.raw), self._number, word.box, word.confidence, role, self._count)
                self.words.append(WordSpan(*span))
        self._blocks.append(block)
        self._count += 1
        self._y0 += _LINE_PT * (len(block.lines) + 1)
        return start


def _break_lines(paragraph: str, *, words_a_line: int = 6) -> str:
    words = paragraph.split()
    return "\n".join(" ".join(words[at : at + words_a_line]) for at in range(0, len(words), words_a_line))


def _make_date(span: str) -> MentionedDate:
    first, _, last = span.partition("/")
    precision = {4: Precision.YEAR, 7: Precision.MONTH}.get(len(first), Precision.DAY)
    return MentionedDate(span, 0, 0, first, last, precision, YearSource.PRINTED)
