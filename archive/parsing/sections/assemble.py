"""What is in a section: its words, boxes, pages, source and how sure they are?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.languages import detect_language
from archive.model.issues import BoxOnPage, Cleaned, Section, Transcript, WordSpan
from archive.model.pages import BlockRole, Box, TextSource

_SAME_COLUMN = 0.5  # of the narrower of two blocks
_LEAST_WORDS_FOR_LANGUAGE = 6


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a section starts and ends in the raw text, where its heading does, and how sure its start is."""

    start: int
    heading_start: int
    heading_end: int
    end: int
    confidence: float
    comma: bool = True  # a comma at the heading's end stays


def make_sections(
    transcript: Transcript, cleaned: Cleaned, bounds: Sequence[Bounds], *, languages: Sequence[str]
) -> tuple[Section, ...]:
    """Make a section of each piece of the raw text; pieces that show nothing are left out."""
    whole = detect_language(cleaned.between(0, len(cleaned.raw)), languages)
    sections: list[Section] = []
    for piece in bounds:
        section = _section(transcript, cleaned, piece, languages=languages)
        if section is None:
            continue
        language = section.language
        if language == "und" and len(section.text.split()) < _LEAST_WORDS_FOR_LANGUAGE * 5:
            language = whole
        sections.append(_numbered(section, len(sections) + 1, language))
    return tuple(sections)


def _numbered(section: Section, position: int, language: str) -> Section:
    return replace(section, position=position, language=language)


def _section(transcript: Transcript, cleaned: Cleaned, piece: Bounds, *, languages: Sequence[str]) -> Section | None:
    words = transcript.words_between(piece.start, piece.end)
    shown = [word for word in words if word.role is not BlockRole.FURNITURE]
    heading = " ".join(cleaned.between(piece.heading_start, piece.heading_end).split())
    heading = heading if piece.comma else heading.rstrip(",")
    kicker = cleaned.between(piece.start, piece.heading_start).strip()
    body = cleaned.between(piece.heading_end, piece.end).strip()
    text = f"{kicker}\n\n{body}".strip() if any(sign.isalnum() for sign in kicker) else body
    if not shown or not (heading or text):
        return None
    pages = tuple(sorted({word.page for word in shown}))
    return Section(
        id="",
        issue_id="",
        position=0,
        heading=heading,
        text=text,
        raw_text=transcript.raw[piece.start : piece.end],
        start=piece.start,
        end=piece.end,
        heading_span=(piece.heading_start, piece.heading_end),
        pages=pages,
        boxes=_boxes(shown),
        text_source=_source(transcript, pages),
        language=detect_language(f"{heading}\n{text}", languages),
        confidence=_confidence(shown),
        boundary_confidence=round(piece.confidence, 3),
    )


def _source(transcript: Transcript, pages: Sequence[int]) -> TextSource:
    sources = {page.text_source for page in transcript.pages if page.number in pages}
    return sources.pop() if len(sources) == 1 else TextSource.MIXED


def _confidence(words: Sequence[WordSpan]) -> float | None:
    """Return the mean confidence, each word weighted by its length; None where no word has one."""
    known = [(word.confidence, word.end - word.start) for word in words if word.confidence is not None]
    length = sum(signs for _, signs in known)
    return sum(confidence * signs for confidence, signs in known) / length if length else None


def _boxes(words: Sequence[WordSpan]) -> tuple[BoxOnPage, ...]:
    """Return a box for each piece on a page: blocks of one column that follow each other go in one box."""
    pieces: list[tuple[int, Box]] = []
    block: tuple[int, int] | None = None
    for word in words:
        if word.box is None:
            continue
        if pieces and (block == (word.page, word.block) or _continues(pieces[-1], word.page, word.box)):
            pieces[-1] = (word.page, _union(pieces[-1][1], word.box))
        else:
            pieces.append((word.page, word.box))
        block = (word.page, word.block)
    return tuple(BoxOnPage(page, box.x0, box.y0, box.x1, box.y1) for page, box in pieces)


def _continues(piece: tuple[int, Box], page: int, box: Box) -> bool:
    """Tell whether a word stands below a piece, within its column."""
    number, before = piece
    if page != number or box.y0 < before.y0:
        return False
    inside = min(box.x1, before.x1) - max(box.x0, before.x0)
    return inside >= _SAME_COLUMN * (box.x1 - box.x0)


def _union(one: Box, two: Box) -> Box:
    return Box(min(one.x0, two.x0), min(one.y0, two.y0), max(one.x1, two.x1), max(one.y1, two.y1))
