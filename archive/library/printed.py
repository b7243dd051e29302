"""How does a page read, word by word, as cleaned?

The catalogue keeps an issue's raw text, its words with their places, and the edits. Here the edits are carried over to
the words: a word that was mended reads as mended, two that were joined on one line are one, and one that a line's end
broke stays two halves that know of each other. Running heads and the like are words of the page; only letters read out
of pictures are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.catalog.rows import LedgerPage, StoredTranscript
from archive.model.exports import PrintedBlock, PrintedPage, PrintedWord
from archive.model.issues import Edit, WordSpan
from archive.model.pages import BlockRole, Box

# Words set aside for these reasons are still printed on the page.
_STILL_PRINTED = "furniture"
_HYPHENS = ("-", "‐", "¬", "\u00ad")


@dataclass(slots=True)
class _Piece:
    """A word on its way: where it stands, what it reads, and whether the next word follows without a space."""

    span: WordSpan
    text: str
    glued: bool


def printed_pages(transcript: StoredTranscript, pages: Sequence[LedgerPage]) -> Iterator[PrintedPage]:
    """Yield the pages of an issue as cleaned.

    Args:
        transcript: The issue's text with its words and edits.
        pages: The ledger's rows of its pages, in order.
    """
    by_page: dict[int, list[tuple[WordSpan, PrintedWord]]] = {}
    for span, word in _words(transcript):
        by_page.setdefault(span.page, []).append((span, word))
    for page in pages:
        blocks = tuple(_blocks(by_page.pop(page.page.number, []), transcript.raw))
        yield _page(page, blocks)


def text_of(blocks: Sequence[PrintedBlock]) -> str:
    """Return the words line by line, an empty line between blocks; a broken word is whole on its first line."""
    return "\n\n".join(filter(None, map(_block_text, blocks)))


def _block_text(block: PrintedBlock) -> str:
    lines: list[str] = []
    glued = False
    for line in block.lines:
        words = [word.text for word in line]
        if glued and lines and words:
            lines[-1] += words.pop(0)
        if words:
            lines.append(" ".join(words))
        glued = line[-1].joined
    return "\n".join(lines)


def _page(page: LedgerPage, blocks: tuple[PrintedBlock, ...]) -> PrintedPage:
    row = page.page
    return PrintedPage(
        id=page.id,
        issue_id=page.issue_id,
        file=page.file,
        sha256=page.sha256,
        number=row.number,
        label=row.label,
        width=row.width,
        height=row.height,
        turned=row.turned,
        skew=row.skew,
        language=row.language,
        text_source=row.text_source,
        reader=row.reader,
        status=row.status,
        confidence=row.confidence,
        text=text_of(blocks),
        blocks=blocks,
    )


def _words(transcript: StoredTranscript) -> Iterator[tuple[WordSpan, PrintedWord]]:
    """Yield the words that are left after the edits, in the order of the transcript."""
    raw = transcript.raw
    before: _Piece | None = None
    for piece in _pieces(transcript):
        if before is None or not before.text:
            before = piece
        elif before.glued and _same_line(before.span, piece.span, raw):
            before = _merged(before, piece)
        elif not piece.text:
            before.glued = before.glued and piece.glued
        else:
            yield from _finished(before, raw)
            before = piece
    if before is not None and before.text:
        before.glued = False
        yield from _finished(before, raw)


def _pieces(transcript: StoredTranscript) -> Iterator[_Piece]:
    """Yield every word with the edits that touch it carried out."""
    edits = [edit for edit in transcript.edits if edit.rule != _STILL_PRINTED]
    words = [word for word in transcript.words if word.role is not BlockRole.PICTURE]
    first = 0
    for place, word in enumerate(words):
        while first < len(edits) and edits[first].end < word.start:
            first += 1
        last = first
        while last < len(edits) and edits[last].start <= word.end:
            last += 1
        near = edits[first:last]
        following = words[place + 1] if place + 1 < len(words) else None
        glued = following is not None and any(_closes(edit, word, following) for edit in near)
        yield _Piece(word, _edited(word, near, transcript.raw), glued)


def _edited(word: WordSpan, edits: Sequence[Edit], raw: str) -> str:
    """Return what a word reads after the edits; an edit over several words counts for the first of them."""
    parts: list[str] = []
    at = word.start
    for edit in edits:
        touches = edit.start < word.end and edit.end > word.start
        if touches:
            parts.append(raw[at : max(at, edit.start)])
            begins = edit.start >= word.start or not raw[edit.start : word.start].strip()
            parts.append(edit.after if begins else "")
            at = min(word.end, edit.end)
        elif edit.start == word.end and edit.after.strip() and not edit.before.strip():
            parts.append(raw[at : word.end] + edit.after)  # what joins two words goes with the first
            at = word.end
    parts.append(raw[at : word.end])
    return "".join(parts).strip()


def _closes(edit: Edit, word: WordSpan, following: WordSpan) -> bool:
    """Tell whether an edit takes away all that parts two words."""
    covers = edit.start <= word.end and edit.end >= following.start
    return covers and not any(char.isspace() for char in edit.after)


def _same_line(one: WordSpan, other: WordSpan, raw: str) -> bool:
    same = one.page == other.page and one.block == other.block
    return same and not set("\n\f") & set(raw[one.end : other.start])


def _merged(one: _Piece, other: _Piece) -> _Piece:
    boxes = [span.box for span in (one.span, other.span) if span.box is not None]
    box = None
    if boxes:
        x0, y0 = min(box.x0 for box in boxes), min(box.y0 for box in boxes)
        box = Box(x0, y0, max(box.x1 for box in boxes), max(box.y1 for box in boxes))
    span = replace(one.span, end=other.span.end, box=box)
    return _Piece(span, one.text + other.text, other.glued)


def _finished(piece: _Piece, raw: str) -> Iterator[tuple[WordSpan, PrintedWord]]:
    """Yield a word, or the words that it was parted into, each with its share of the box."""
    span, parts = piece.span, piece.text.split()
    letters = sum(map(len, parts)) + len(parts) - 1
    at = 0
    for number, part in enumerate(parts, start=1):
        box = span.box
        if box is not None and len(parts) > 1:
            wide = box.x1 - box.x0
            box = replace(box, x0=box.x0 + wide * at / letters, x1=box.x0 + wide * (at + len(part)) / letters)
        at += len(part) + 1
        joined = piece.glued and number == len(parts) and raw[span.start : span.end].endswith(_HYPHENS)
        source = raw[span.start : span.end] if len(parts) == 1 else part
        yield span, PrintedWord(part, source, box, span.confidence, joined)


def _blocks(words: Sequence[tuple[WordSpan, PrintedWord]], raw: str) -> Iterator[PrintedBlock]:
    """Group the words of a page into its blocks, in the page's own order, and these into lines."""
    ordered = sorted(words, key=lambda each: each[0].block)
    for _, group in groupby(ordered, key=lambda each: each[0].block):
        lines: list[list[PrintedWord]] = []
        before: WordSpan | None = None
        role = BlockRole.BODY
        for span, word in group:
            role = span.role if before is None else role
            if before is None or (before.start != span.start and not _same_line(before, span, raw)):
                lines.append([])
            lines[-1].append(word)
            before = span
        yield PrintedBlock(role, tuple(map(tuple, lines)))
