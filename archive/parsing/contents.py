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
_MOST_UNLIKE = 0.3  # lengths further apart are less than 88 of 100 alike
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
                count = _before_repetition(rows[at + 1 :], _entries(rows[at + 1 :], later))
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
    """Yield three lines and more in a row that all stand again further on as the opening of a block."""
    rows = pages[index]
    opening = [(page, where, _bare(line.text)) for more in pages[index:] for page, where, line in more if not where[1]]
    seen: set[str] = set()
    run: list[_Row] = []
    odd: list[_Row] = []  # a line inside a run that stands nowhere else: the rest of an entry broken in two
    for row in [*rows, None]:
        if row and _is_echo(row, seen, opening):
            run += [*odd, row]
            odd = []
            continue
        if row and run and not odd and len(row[2].text) < _LONGEST_ENTRY / 2:
            odd = [row]
            continue
        if len(run) >= _LEAST_ECHOES:
            yield from ((page, where) for page, where, _ in run)
        run, odd = [], []


def _is_echo(row: _Row, seen: set[str], opening: Sequence[tuple[int, _Where, str]]) -> bool:
    """Tell whether a line that was not seen before opens a block further on."""
    page, where, line = row
    entry = _bare(line.text)
    sentence = line.text.rstrip().endswith(".") and _LEADER.fullmatch(line.text) is None
    if len(line.text) > _LONGEST_ENTRY or len(line.text.split()) < 2 or entry in seen or sentence:  # noqa: PLR2004
        return False
    seen.add(entry)
    return any(
        fuzz.ratio(entry, other, score_cutoff=_ALIKE) > 0
        for on, place, other in opening
        if (on, place) > (page, where) and abs(len(other) - len(entry)) <= _MOST_UNLIKE * len(entry) + 1
    )


def _bare(text: str) -> str:
    return re.sub(r"^\W+|[\W\d]+$", "", text).casefold()


def _entries(rows: Sequence[_Row], later: Sequence[str]) -> int:
    """Return how many of the lines below a contents heading belong to the table."""
    last, pending = 0, 0
    for count, (_, _, line) in enumerate(rows[:_MOST_LINES], 1):
        text = line.text.strip()
        if not any(sign.isalnum() for sign in text):
            continue  # the rule beside or below an entry
        if len(text) <= _LONGEST_ENTRY and (_NUMBERED.fullmatch(text) or _stands_again(text, count, later)):
            last, pending = count, 0
            continue
        pending += 1
        if pending >= _LINES_AN_ENTRY or len(text) > _LONGEST_ENTRY:
            break
    return last


def _before_repetition(rows: Sequence[_Row], count: int) -> int:
    """Return how many entries stand before the first one again: that is the heading of the first piece."""
    first = _bare(rows[0][2].text) if count else ""
    again = (at for at in range(1, count) if first and fuzz.ratio(first, _bare(rows[at][2].text)) >= _ALIKE)
    return next(again, count)


def _stands_again(text: str, count: int, later: Sequence[str]) -> bool:
    """Tell whether an entry says what a line further on says."""
    entry = re.sub(r"^\W+|\W+$", "", text).casefold()
    if len(entry) < _LEAST_SIGNS:
        return False
    return any(fuzz.ratio(entry, re.sub(r"^\W+|\W+$", "", other).casefold()) >= _ALIKE for other in later[count:])
