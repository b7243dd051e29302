"""Which headings does a row of numbers lack?

Where most headings are numbered (`4. Actie`, `6. Jubilea`), a short line with the number between is one of them,
however little it stands out.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.parsing.headlines import headline_score
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row

# The side of a box may have been read as a letter before it.
_NUMBER = re.compile(r"(?:[^\w\s]\s?|[lI1]\s)?(\d{1,2})[.,)]\s+\S")
_LEAST_NUMBERED, _MOST = 3, 0.6
_READS = 0.3
_CONFIDENCE = 0.75


def are_numbered(found: Sequence[Heading]) -> bool:
    """Tell whether most headings of an issue are numbered."""
    numbers = sum(_number(heading.text) > 0 for heading in found)
    return numbers >= max(_LEAST_NUMBERED, _MOST * len(found))


def is_numbered(text: str) -> bool:
    """Tell whether a heading opens with a number."""
    return _number(text) > 0


def numbered_headings(rows: Sequence[Row], found: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the headings that are missing between numbered ones, and before and after them."""
    if not are_numbered(found):
        return
    numbers = [(heading, number) for heading in found if (number := _number(heading.text))]
    ends = [(0, 0), *((heading.last, number) for heading, number in numbers)]
    starts = [*((heading.first, number) for heading, number in numbers), (len(rows), 100)]
    for (first, low), (last, high) in zip(ends, starts, strict=True):
        yield from _between(rows[:last], first, low, high)


def _between(rows: Sequence[Row], first: int, low: int, high: int) -> Iterator[Heading]:
    wanted = low + 1
    for at, (row, below) in enumerate(pairwise(rows[first:]), first):
        number = _number(row.text)
        fits = wanted <= number < high and row.opens_block and below.opens_block and _number(below.text) != number + 1
        if fits and (number == wanted or number == high - 1) and headline_score(row.text, below.text) >= _READS:
            yield Heading(at, at + 1, row.text, _CONFIDENCE, gap=row.gap, below=below.gap)
            wanted = number + 1


def _number(text: str) -> int:
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0
