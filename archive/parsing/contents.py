"""Where is the table of contents of an issue?

A line such as `In dit nummer` with entries below it, or rows of dots that lead to page numbers. An entry ends or starts
with a page number, or says the same as a line further on, which is how a list of subjects without numbers is known.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from rapidfuzz import fuzz

from archive.model.pages import Line
from archive.parsing.wording import is_contents_heading

_Where: TypeAlias = tuple[int, int]
_Row: TypeAlias = tuple[int, _Where, Line]

_LEADER = re.compile(r".*(?:\.{3,}|(?:\.\s){3,}|…|_{3,})\s*\d{1,3}\W*")
_NUMBERED = re.compile(
    r".*\D(?:p\.|pag\.|blz\.)?\s?\d{1,3}\W{0,2}|\W*(?:p\.|pag\.|blz\.|pagina)?\s?\d{1,3}\W*(?:\s.*)?",
    flags=re.IGNORECASE,
)
_ALIKE = 88
_LONGEST_ENTRY = 90
_MOST_LINES = 60
_LEAST_ENTRIES = 2
_LINES_AN_ENTRY = 3
_LEAST_SIGNS = 4
_LEAST_ECHOES = 3


def find_contents(pages: Sequence[Sequence[_Row]]) -> Iterator[tuple[int, _Where]]:
    """Yield page and place of each line of a table of contents, its heading included.

    Args:
        pages: For each page its lines in reading order: page number, place (block, line), line.
    """
    for index, rows in enumerate(pages):
        for at, (page, where, line) in enumerate(rows):
            if is_contents_heading(line.text.strip()):
                later = [
                    text
                    for _, _, other in [*rows[at + 1 :], *(row for more in pages[index + 1 :] for row in more)]
                    if (text := other.text)
                ]
                count = _entries(rows[at + 1 :], later)
                if count >= _LEAST_ENTRIES:
                    yield page, where
                    yield from ((entry[0], entry[1]) for entry in rows[at + 1 : at + 1 + count])
        yield from _leaders(rows)
        yield from _echoes(index, pages)


def _leaders(rows: Sequence[_Row]) -> Iterator[tuple[int, _Where]]:
    """Yield rows of dots that lead to a number, at least two of them near each other."""
    found = [at for at, (_, _, line) in enumerate(rows) if _LEADER.fullmatch(line.text)]
    for at in found:
        if any(0 < abs(at - other) <= _LINES_AN_ENTRY for other in found):
            yield rows[at][0], rows[at][1]


def _echoes(index: int, pages: Sequence[Sequence[_Row]]) -> Iterator[tuple[int, _Where]]:
    """Yield three lines and more in a row that all stand again further on as lines of their own block."""
    rows = pages[index]
    opening = [line.text for more in pages[index:] for _, where, line in more if where[1] == 0]
    run: list[_Row] = []
    for at, row in enumerate([*rows, None]):
        text = row[2].text if row else ""
        if row and len(text) <= _LONGEST_ENTRY and len(text.split()) > 1 and _times(text, opening, rows, at) > 1:
            run.append(row)
            continue
        if len(run) >= _LEAST_ECHOES:
            yield from ((page, where) for page, where, _ in run)
        run = []


def _times(text: str, opening: Sequence[str], rows: Sequence[_Row], at: int) -> int:
    """Return how often a line opens a block, itself included, if it does not do so above."""
    entry = _bare(text)
    if any(_bare(line.text) == entry for _, _, line in rows[:at]):
        return 0
    own = rows[at][1][1] != 0
    return own + sum(fuzz.ratio(entry, _bare(other)) >= _ALIKE for other in opening)


def _bare(text: str) -> str:
    return re.sub(r"^\W+|[\W\d]+$", "", text).casefold()


def _entries(rows: Sequence[_Row], later: Sequence[str]) -> int:
    """Return how many of the lines below a contents heading belong to the table."""
    last, pending = 0, 0
    for count, (_, _, line) in enumerate(rows[:_MOST_LINES], 1):
        text = line.text.strip()
        if len(text) <= _LONGEST_ENTRY and (_NUMBERED.fullmatch(text) or _stands_again(text, count, later)):
            last, pending = count, 0
            continue
        pending += 1
        if pending >= _LINES_AN_ENTRY or len(text) > _LONGEST_ENTRY:
            break
    return last


def _stands_again(text: str, count: int, later: Sequence[str]) -> bool:
    """Tell whether an entry says what a line further on says."""
    entry = re.sub(r"^\W+|\W+$", "", text).casefold()
    if len(entry) < _LEAST_SIGNS:
        return False
    return any(fuzz.ratio(entry, re.sub(r"^\W+|\W+$", "", other).casefold()) >= _ALIKE for other in later[count:])
