"""How is an issue read as one string, and which word stands at offset n?

Words are parted by a space, lines by a newline, blocks by an empty line; a form feed stands wherever the page changes.
A piece that goes on on a later page (`Lees verder op pagina 3` … `Vervolg van pagina 1`) is read in one go: its later
part follows its first, whatever is printed between them.
"""

from collections.abc import Iterator, Sequence

from archive.model.issues import Transcript, WordSpan
from archive.model.pages import Page
from archive.parsing.continuation import PlacedLine, join_continued
from archive.parsing.loose_ends import join_loose_ends


def build_transcript(pages: Sequence[Page]) -> Transcript:
    """Write the pages of an issue as one string.

    Args:
        pages: The pages of one issue, furniture marked (see furniture.py).

    Returns:
        The text with the place of every word in it. `WordSpan.block` counts the blocks of `pages` in their own order,
        so that it finds the block again where a continued piece was moved.
    """
    lines = join_loose_ends(join_continued(list(_placed_lines(pages))))
    parts: list[str] = []
    words: list[WordSpan] = []
    at = 0
    before: PlacedLine | None = None
    for line in lines:
        between = _between(before, line)
        parts.append(between)
        at += len(between)
        for number, word in enumerate(line.line.words):
            if number:
                parts.append(" ")
                at += 1
            parts.append(word.text)
            words.append(WordSpan(at, at + len(word.text), line.page, word.box, word.confidence, line.role, line.block))
            at += len(word.text)
        before = line
    return Transcript("".join(parts), tuple(words), tuple(pages))


def _placed_lines(pages: Sequence[Page]) -> Iterator[PlacedLine]:
    count = 0
    for page in pages:
        for block in page.blocks:
            for line in block.lines:
                if line.words:
                    yield PlacedLine(page.number, page.label, count, line, block.role, block.reason)
            count += 1


def _between(before: PlacedLine | None, line: PlacedLine) -> str:
    if before is None:
        return ""
    if before.page != line.page:
        return "\f"
    return "\n" if before.block == line.block else "\n\n"
