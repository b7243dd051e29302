"""Which pieces of a badly read dump are several, whose headings were not read?

Blur and specks can leave nothing of a heading: what stood above and below it are two paragraphs like any others, and
the pieces stand joined. No line tells where, and whether two paragraphs belong together their words do not tell either
(those inside pieces of our own newsletters share no more of them than those of two pieces). So a piece that is far too
long, on pages where this happens, is cut at each of its paragraphs: a piece in parts is found, one in another is not.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import inf
from statistics import median

from archive.parsing.sections.heading import Heading, evidence_of
from archive.parsing.sections.openings import opens_paragraph, rows_of
from archive.parsing.sections.rows import Row

# Words of a piece that is too long. Where there are some others it is also so many times as long as half of these, and
# not far longer: where others were read, hardly three headings in a row were not, and it is a long piece.
_LONG, _LONGER, _FAR_LONGER, _LEAST_PIECES = 150, 2.0, 3.5, 3
_LEAST_WORDS = 30  # of a part
# Specks that were read as signs, for each long word: on none of our own newsletters as they were printed more than
# .023, of those that plain Tesseract reads with 5 % of the characters wrong on nine out of ten more than .029.
_BADLY_READ = 0.025
_USUAL_SIGNS = r"[-–—•·*&+/=%€…▪●◦]+(?!\S)"
_SPECK = re.compile(rf"(?<!\S)(?!{_USUAL_SIGNS})[^\w\s]{{1,3}}(?!\S)|\w[\\|}}{{~°©®»«_;]\w|\w[^\w\s.'’,-]{{2,}}\w")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# About so many of such cuts are right: of our own newsletters 14 of 17, with those that have one long piece 28 of 48.
_SURE = 0.5


def with_parts(rows: Sequence[Row], found: Sequence[Heading], raw: str) -> list[Heading]:
    """Return the headings found in an issue without layout, and the paragraphs that may each open a piece of their own.

    Args:
        rows: The rows of the issue.
        found: Its headings.
        raw: The text that the rows were cut from.
    """
    before = [0, *accumulate(len(row.text.split()) for row in rows)]
    pieces = _pieces(rows, found)
    words = [before[end] - before[first] for first, end in pieces]
    usual = median(words) if len(words) >= _LEAST_PIECES else 0.0
    least, most = max(_LONG, _LONGER * usual), _FAR_LONGER * usual or inf
    long = [piece for piece, size in zip(pieces, words, strict=True) if least < size <= most]
    if not long or not _is_badly_read(raw):
        return list(found)
    starts = (at for piece in long for at in _parts(rows, before, *piece))
    return [*found, *(Heading(at, at, "", evidence_of(_SURE)) for at in starts)]


def _pieces(rows: Sequence[Row], found: Sequence[Heading]) -> list[tuple[int, int]]:
    """Return the first row of each piece, its heading left out, and the row after its last."""
    taken = sorted((rows_of(heading).start, heading.last) for heading in found)
    ends = [*(first for first, _ in taken), len(rows)]
    return [(first, end) for first, end in zip([0, *(last for _, last in taken)], ends, strict=True) if first < end]


def _parts(rows: Sequence[Row], before: Sequence[int], first: int, end: int) -> Iterator[int]:
    """Yield the rows inside a piece at which a paragraph opens that leaves enough words before and behind it."""
    for at in range(first + 1, end):
        enough = min(before[at] - before[first], before[end] - before[at]) >= _LEAST_WORDS
        if enough and rows[at].opens_block and opens_paragraph(rows, at):
            yield at
            first = at


def _is_badly_read(raw: str) -> bool:
    """Tell whether so many specks stand between and inside the words that headings may be lost."""
    long_words = sum(1 for _ in _LONG_WORD.finditer(raw))
    return sum(1 for _ in _SPECK.finditer(raw)) > _BADLY_READ * max(1, long_words)
