"""What does each line of an issue look like: its text, size, weight, place and neighbours?"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import median

from archive.model.issues import Cleaned, Transcript, WordSpan
from archive.model.pages import Block, BlockRole, Box, Word
from archive.parsing.lines import is_ornament
from archive.parsing.sections.sizes import size_of

_BREAK = re.compile(r"[\n\f]+")
_SET_ASIDE = {BlockRole.FURNITURE, BlockRole.PICTURE}
_STARS_MISREAD = re.compile(r"(?:[oOcCkKxX*%¥+]{1,3}\s*){1,5}")
_LOW, _LOWER = 0.8, 0.9  # beside the usual type size, of a star and of a row of them
_PICTURE_WHITE = 8.0  # so much white is that of a picture
# Bold beside the weights of the lines of its page: so many times their spread above the middle, within these bounds.
_HEAVY, _LEAST_HEAVY, _SPREADS = 1.25, 1.16, 8.0
_LEAST_LINES = 8  # lines of a page that show how far the weights of its text spread
_LEAD_HEAVIER = 1.22  # words that open a row as its heading beside those after them
_APART = 1.4  # white after the words that open a row, in type sizes, where they stand left of their text
_NEAR = 12  # rows on both sides that show how wide the column is
_COLUMN_ROWS = 6  # rows above that show how wide the column is
# What the layout gives as its reason to take a line for a heading, and for the first block of a frame.
_UNDERLINED, _FRAMED = "underlined", "opens a frame"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the transcript that shows something in the clean text.

    `start` and `end` bound the whole line in the raw text, rubbish included. `size` and `weight` are medians over its
    words, None where the source has none; `bold` says that it is heavier than the text of its page or underlined. `gap`
    is the white above it in lines of usual height (None where unknown or where a column starts), `opens_block` and
    `new_page` say how it is parted from the row before.
    """

    start: int
    end: int
    text: str
    page: int
    block: int
    role: BlockRole
    box: Box | None
    size: float | None
    weight: float | None
    opens_block: bool
    new_page: bool
    gap: float | None
    width: int  # signs of the widest line of its block
    lead_end: int = 0  # where heavy (or capital) words that open the row end in the raw text, if lighter ones follow
    parted: bool = False  # a line of nothing but signs (`* * *`, a rule) stands above it
    bold: bool = False
    lead_apart: bool = False  # those words stand left of their text, with white between
    framed: bool = False  # the first of a frame
    recognised: bool = False  # read from a picture, where letters may be none


def make_rows(transcript: Transcript, cleaned: Cleaned) -> tuple[Row, ...]:
    """Cut a transcript into rows, in reading order; lines that show nothing are left out."""
    printed = _printed_words(transcript)
    rows: list[Row] = []
    bare = list(_bare_lines(transcript, cleaned, printed))
    widths: dict[int, int] = defaultdict(int)
    for line in bare:
        widths[line.block] = max(widths[line.block], len(line.text))
    usual = usual_size([line.size for line in bare for _ in line.text.split() if line.size])
    bold_from = _bold_from(bare)
    reasons = [block.reason for page in transcript.pages for block in page.blocks]
    underlined = {number for number, reason in enumerate(reasons) if reason == _UNDERLINED}
    framed = {number for number, reason in enumerate(reasons) if reason == _FRAMED}
    for line, after in zip_longest(bare, bare[1:]):
        gap = line.gap_below(rows[-_COLUMN_ROWS:], usual) if usual else None
        row = line.row(rows[-1] if rows else None, gap=gap, width=widths[line.block])
        heavy = line.weight is not None and line.weight >= bold_from[line.page]
        apart = row.lead_apart and _has_text_right_of(line, after)
        opens = row.opens_block and line.block in framed
        rows.append(replace(row, bold=heavy or line.block in underlined, lead_apart=apart, framed=opens))
    return tuple(rows)


def _has_text_right_of(line: "_Line", after: "_Line | None") -> bool:
    """Tell whether a text that a line opens goes on further right, as beside a heading in a margin."""
    if after is None or after.block != line.block or after.box is None or line.box is None:
        return True
    return after.box.x0 > line.box.x0 + (line.size or 0.0)


def _bold_from(lines: Sequence["_Line"]) -> dict[int, float]:
    """Return for each page from which weight a line is bold there.

    Weights of text spread little on a clean page and more on a worn one: a median and a median distance from it, which
    headings do not shift, say how much. Where even that says nothing, the bound is the one for the worst of pages.
    """
    weights: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        weights[line.page] += [line.weight] if line.weight else []
    found = {line.page: _HEAVY for line in lines}
    for page, seen in weights.items():
        if len(seen) >= _LEAST_LINES:
            middle = median(seen)
            spread = median(abs(weight - middle) for weight in seen)
            found[page] = min(_HEAVY, max(_LEAST_HEAVY, middle + _SPREADS * spread))
    return found


def usual_size(sizes: Sequence[float]) -> float | None:
    """Return the type size of most words; None if there are none."""
    return median(sizes) if sizes else None


def column_signs(rows: Sequence[Row], at: int) -> float:
    """Return how many signs a full line has around a row."""
    lengths = sorted(len(row.text) for row in rows[max(0, at - _NEAR) : at + _NEAR])
    return float(max(1, lengths[len(lengths) * 3 // 4]))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it knows its neighbours."""

    start: int
    end: int
    text: str
    page: int
    block: int
    role: BlockRole
    box: Box | None
    size: float | None
    weight: float | None
    lead_end: int
    lead_apart: bool
    parted: bool
    recognised: bool

    def gap_below(self, above: Sequence[Row], usual: float) -> float | None:
        """Return the white between the last of the rows above and this line, in lines; None where a column starts."""
        before = above[-1] if above else None
        if before is None or before.page != self.page or not self.box or not before.box:
            return None
        if self.box.y0 < before.box.y0:
            return None
        # A heading in the middle may stand clear of the short line above it: the lines before that show the column.
        column: list[Box] = []
        for row in reversed(above):
            if row.page != self.page or not row.box or (column and row.box.y0 > column[-1].y0):
                break
            column.append(row.box)
        if not any(min(self.box.x1, box.x1) > max(self.box.x0, box.x0) for box in column):
            return None
        return (self.box.y0 - before.box.y1) / usual

    def row(self, before: Row | None, *, gap: float | None, width: int) -> Row:
        """Make a row of this line, which stands below another."""
        new_page = before is None or before.page != self.page
        opens = before is None or before.block != self.block
        return Row(
            self.start,
            self.end,
            self.text,
            self.page,
            self.block,
            self.role,
            self.box,
            self.size,
            self.weight,
            opens,
            new_page,
            gap,
            width,
            self.lead_end if opens else 0,
            self.parted and (gap is None or gap < _PICTURE_WHITE),
            lead_apart=self.lead_apart and opens,
            recognised=self.recognised,
        )


def _bare_lines(transcript: Transcript, cleaned: Cleaned, printed: Sequence[Word | None]) -> Iterator[_Line]:
    raw, words = transcript.raw, transcript.words
    at, start, parted = 0, 0, False
    text_of = _line_texts(cleaned)
    body = usual_size([word.size for word in printed if word is not None and word.size]) or 0.0
    for match in [*_BREAK.finditer(raw), None]:
        end = match.start() if match else len(raw)
        first = at
        while at < len(words) and words[at].start < end:
            at += 1
        kept = [n for n in range(first, at) if words[n].role not in _SET_ASIDE]
        if kept:
            line = _line(words, printed, kept, (start, end, text_of(start, end)))
            ornament = is_ornament(raw[start:end].strip()) or _is_misread_row_of_stars(line, body)
            if line.text and not ornament:
                yield replace(line, parted=parted)
            parted = ornament or (parted and not line.text)
        elif first < at and _is_row_of_stars(raw[start:end].strip()):
            parted = True  # the layout took them for a picture's rubbish
        start = match.end() if match else end


def _is_misread_row_of_stars(line: _Line, usual: float) -> bool:
    """Tell whether a low line of `o`, `k` and `c` stands for stars: `ok cK ok`."""
    low = line.size is not None and line.size < (_LOWER if " " in line.text else _LOW) * usual
    return low and _STARS_MISREAD.fullmatch(line.text) is not None


def _is_row_of_stars(text: str) -> bool:
    return is_ornament(text) or (" " in text and _STARS_MISREAD.fullmatch(text) is not None)


def _line_texts(cleaned: Cleaned) -> Callable[[int, int], str]:
    """Return a function that gives the clean text of one line after the other, each edit looked at once."""
    edits, place = cleaned.edits, 0

    def text_of(start: int, end: int) -> str:
        nonlocal place
        while place and edits[place - 1].end > start:
            place -= 1
        while place < len(edits) and edits[place].end <= start:
            place += 1
        parts, at, n = [], start, place
        while n < len(edits) and edits[n].start < end:
            edit = edits[n]
            if edit.start >= start:
                parts += [cleaned.raw[at : edit.start], edit.after]
            at = max(at, edit.end)
            n += 1
        parts.append(cleaned.raw[at:end])
        return "".join(parts).strip()

    return text_of


def _line(
    words: Sequence[WordSpan], printed: Sequence[Word | None], kept: Sequence[int], where: tuple[int, int, str]
) -> _Line:
    spans = [words[n] for n in kept]
    boxes = [span.box for span in spans if span.box is not None]
    sizes = [size for n in kept if (size := size_of(words[n], printed[n]))]
    weights = [word.weight for n in kept if (word := printed[n]) is not None and word.weight]
    box = (
        Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
        if boxes
        else None
    )
    lead = _lead([(words[n], printed[n]) for n in kept])
    return _Line(
        *where,
        spans[0].page,
        spans[0].block,
        spans[0].role,
        box,
        median(sizes) if sizes else None,
        median(weights) if weights else None,
        spans[lead - 1].end if lead else 0,
        lead_apart=lead > 0 and _are_apart(spans[lead - 1].box, spans[lead].box),
        parted=False,
        recognised=any(span.confidence is not None for span in spans),
    )


def _lead(words: Sequence[tuple[WordSpan, Word | None]]) -> int:
    """Return how many heavy words open a line; 0 if none do.

    The place that parts heavy words from light ones best (most between the two means, each word weighted by its
    letters): on a worn page single words are off, and all words of a line where its size was taken too large.
    """
    known = [(n, len(word.text), word.weight) for n, (_, word) in enumerate(words) if word is not None and word.weight]
    letters, ink = sum(count for _, count, _ in known), sum(count * weight for _, count, weight in known)
    best, lead, first, first_ink = 0.0, 0, 0, 0.0
    for (_, count, weight), (after, *_) in pairwise(known):
        first, first_ink = first + count, first_ink + count * weight
        rest = letters - first
        heavy, light = first_ink / first, (ink - first_ink) / rest
        parted = (heavy - light) ** 2 * first * rest / letters
        if heavy >= _LEAD_HEAVIER * light and light < _HEAVY and parted > best:
            best, lead = parted, after
    return lead


def _are_apart(left: Box | None, right: Box | None) -> bool:
    """Tell whether there is more white between two words of a line than between words of a text."""
    return left is not None and right is not None and right.x0 - left.x1 >= _APART * (left.y1 - left.y0)


def _printed_words(transcript: Transcript) -> list[Word | None]:
    """Return for each span the word as it was read, which knows its size and weight."""
    blocks: list[Block] = [block for page in transcript.pages for block in page.blocks]
    words = [[word for line in block.lines for word in line.words] for block in blocks]
    seen: dict[int, int] = defaultdict(int)
    printed: list[Word | None] = []
    for span in transcript.words:
        number = seen[span.block]
        seen[span.block] += 1
        known = span.block < len(words) and number < len(words[span.block])
        printed.append(words[span.block][number] if known else None)
    return printed
