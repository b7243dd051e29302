"""Which headings does a row of numbers show?

Short lines whose numbers go up through the issue (`1. Van de bestuurstafel`, text, `2. Ledenvergadering`, text) are its
headings, however little they stand out. Where most headings are numbered, a short line between two of them is one that
they lack, with its number or with a misread one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from archive.parsing.headlines import headline_score
from archive.parsing.lines import ends_sentence
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row, column_signs

# The side of a box may have been read as a letter before it.
_NUMBER = re.compile(r"(?:[^\w\s]\s?|[lI1]\s)?(\d{1,2})[.,)]\s+\S")
_LEAST_NUMBERED, _MOST = 3, 0.6
_READS = 0.3
_CONFIDENCE = 0.75
_SCRATCH = 2  # signs of a scratch that was read as a line
_SHORT = 0.75  # of a full line
_WHITE = 0.5  # above a numbered line that opens a section, in lines
_LIKE, _UNREAD = 0.9, 0.4  # white above beside that above the others, and length, of a line whose number was not read
_SHARE = 0.6  # of the issue that lies below the first number where the numbers are those of its sections


@dataclass(frozen=True, slots=True)
class _Line:
    """A numbered line that may be a heading, or one that was found."""

    first: int
    last: int
    number: int
    found: bool


def are_numbered(found: Sequence[Heading]) -> bool:
    """Tell whether most headings of an issue are numbered."""
    numbers = sum(number_of(heading.text) > 0 for heading in found)
    return numbers >= max(_LEAST_NUMBERED, _MOST * len(found))


def is_numbered(text: str) -> bool:
    """Tell whether a heading opens with a number."""
    return number_of(text) > 0


def opens_numbered_list(text: str, below: str) -> bool:
    """Tell whether a line and the one below it are items of a list: they have numbers that follow each other."""
    return 0 < number_of(text) == number_of(below) - 1


def numbered_headings(rows: Sequence[Row], found: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the headings that numbers show among the rows and that were not found by their look."""
    lines = list(_lines(rows, found))
    chain = _rising(lines)
    numbered = sum(line.found for line in lines)
    if not are_numbered(found) and not _goes_through(chain, len(found) - numbered, len(rows)):
        return
    known = chain if len(chain) >= _LEAST_NUMBERED else [line for line in lines if line.found]
    known = sorted([*known, *_between(lines, known)], key=lambda line: line.first)
    for line in sorted([*known, *_unread(rows, known)], key=lambda line: line.first):
        if not line.found:
            row, below = rows[line.first], rows[line.last]
            yield Heading(line.first, line.last, row.text, _CONFIDENCE, gap=row.gap, below=below.gap)


def _lines(rows: Sequence[Row], found: Sequence[Heading]) -> Iterator[_Line]:
    """Yield the numbered headings that were found and the numbered lines that may be some, in order."""
    headings = {heading.first: heading for heading in found}
    taken = {at for heading in found for at in range(heading.first, heading.last)}
    for at, (row, below) in enumerate(pairwise(rows)):
        number = number_of(row.text)
        if at in headings and number:
            yield _Line(at, headings[at].last, number, found=True)
        elif number and at not in taken and _stands_alone(rows, at) and below.opens_block:
            yield _Line(at, at + 1, number, found=False)


def _stands_alone(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a numbered line is short, reads like a heading, has white above it and is no item of a list."""
    row, below = rows[at], rows[at + 1]
    if opens_numbered_list(row.text, below.text) or (at and opens_numbered_list(rows[at - 1].text, row.text)):
        return False
    scratch = at > 0 and len(rows[at - 1].text) <= _SCRATCH
    white = scratch or (row.opens_block and (row.gap is None or row.gap >= _WHITE))
    short = len(row.text) < _SHORT * column_signs(rows, at)
    return white and short and headline_score(row.text, below.text, small=True) >= _READS


def _rising(lines: Sequence[_Line]) -> list[_Line]:
    """Return the longest chain of lines whose numbers rise, none more than twice as fast as the lines."""
    best: list[list[_Line]] = []
    for at, line in enumerate(lines):
        before = [chain for chain in best[:at] if chain[-1].number < line.number and chain[-1].last < line.first]
        best.append([*max(before, key=len, default=[]), line])
    chain = max(best, key=len, default=[])
    return chain if chain and chain[-1].number - chain[0].number < 2 * len(chain) else []


def _goes_through(chain: Sequence[_Line], others: int, rows: int) -> bool:
    """Tell whether a chain of numbers goes through an issue that has hardly any headings but these."""
    if len(chain) < _LEAST_NUMBERED or others * 2 > len(chain):
        return False
    return rows - chain[0].first >= _SHARE * rows and chain[-1].last >= (1 - _SHARE) * rows


def _between(lines: Sequence[_Line], known: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines that the numbers between known ones lack: as many as are missing, misread numbers included."""
    for low, high in pairwise([_Line(0, 0, 0, found=True), *known]):
        missing = [line for line in lines if low.last <= line.first < high.first and line not in known]
        if len(missing) < high.number - low.number:
            yield from missing
    if known:
        wanted = known[-1].number + 1
        for line in lines:
            if line.first >= known[-1].last and line.number == wanted:
                yield line
                wanted += 1


def _unread(rows: Sequence[Row], known: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines whose number was not read: short, with the white of the known ones, as many as are missing."""
    white = [row.gap for line in known if (row := rows[line.first]).gap is not None]
    least = _LIKE * median(white) if white else 0.0
    for low, high in pairwise(known):
        short = [at for at in range(low.last + 1, high.first - 1) if _is_short_between(rows, at, least)]
        if len(short) < high.number - low.number:
            yield from (_Line(at, at + 1, 0, found=False) for at in short)


def _is_short_between(rows: Sequence[Row], at: int, least: float) -> bool:
    """Tell whether a row stands alone between two texts, with so much white above it and some below."""
    row, below = rows[at], rows[at + 1]
    apart = row.opens_block and below.opens_block and row.gap is not None and row.gap >= least
    white = below.gap is not None and below.gap >= _WHITE
    return apart and white and ends_sentence(rows[at - 1].text) and len(row.text) < _UNREAD * column_signs(rows, at)


def number_of(text: str) -> int:
    """Return the number that a line opens with; 0 for one that opens with none."""
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0
