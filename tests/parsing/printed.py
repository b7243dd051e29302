"""Pages as a source would give them: with boxes, sizes and weights, or as the lines of a dump."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.model.issues import Cleaned, Section, Transcript
from archive.model.pages import Block, BlockRole, Box, Line, Page, TextSource, Word
from archive.parsing.cleaning import clean, set_aside
from archive.parsing.furniture import mark_furniture
from archive.parsing.rules import RULES
from archive.parsing.sections import find_sections
from archive.parsing.transcript import build_transcript

WIDTH, HEIGHT = 595.0, 842.0


@dataclass(frozen=True)
class Print:
    """A block to be printed: its lines, and how."""

    text: str
    size: float = 10.0
    weight: float = 1.0
    role: BlockRole = BlockRole.BODY
    above: float = 8.0  # white above it in points
    x0: float = 50.0
    reason: str = ""  # the layout's, for its role
    y0: float | None = None  # instead of below the block before
    sure: float | None = 0.9  # how sure an engine was of each word; None for a text layer, whose sizes are exact


def page_of(number: int, *prints: Print | str) -> Page:
    """A printed page, its blocks below each other."""
    at, blocks = 50.0, []
    for given in prints:
        block = given if isinstance(given, Print) else Print(given)
        at = block.y0 if block.y0 is not None else at + block.above
        lines = []
        for text in block.text.split("\n"):
            lines.append(_line(text, block, at))
            at += block.size * 1.3
        box = Box(block.x0, lines[0].box.y0, max(line.box.x1 for line in lines), lines[-1].box.y1)
        blocks.append(Block(tuple(lines), box, block.role, block.reason))
    return Page(number, tuple(blocks), TextSource.TEXT_LAYER, width=WIDTH, height=HEIGHT)


def _line(text: str, block: Print, y0: float) -> Line:
    words, x0 = [], block.x0
    for piece in text.split():
        letters = piece.replace("*", "")
        x1 = x0 + 0.5 * block.size * len(letters)
        weight = 1.5 if piece.startswith("*") else block.weight
        words.append(Word(letters, Box(x0, y0, x1, y0 + block.size), block.sure, block.size, weight))
        x0 = x1 + 0.25 * block.size
    return Line(tuple(words), Box(block.x0, y0, x0, y0 + block.size))


def dump_of(*texts: str) -> tuple[Page, ...]:
    """Pages of a dump: an empty line parts blocks."""
    return tuple(
        Page(number, tuple(_dumped(part) for part in text.strip("\n").split("\n\n")), TextSource.TEXT_FILE)
        for number, text in enumerate(texts, 1)
    )


def _dumped(part: str) -> Block:
    return Block(tuple(Line(tuple(map(Word, line.split()))) for line in part.split("\n") if line.strip()))


def parsed(pages: Sequence[Page]) -> tuple[Transcript, Cleaned, tuple[Section, ...]]:
    """What the stages make of pages, one after the other."""
    transcript = build_transcript(mark_furniture(pages))
    cleaned = clean(transcript.raw, RULES, first=set_aside(transcript))
    return transcript, cleaned, find_sections(transcript, cleaned, languages=("nl", "en"))


def sections_of(*pages: Page) -> tuple[Section, ...]:
    return parsed(pages)[2]


def heading(text: str, **how: float) -> Print:
    """A bold heading with white above it."""
    return replace(Print(text, size=14, weight=1.5, above=20, role=BlockRole.HEADING), **how)


def body(*lines: str, **how: float) -> Print:
    return Print("\n".join(lines), **how)
