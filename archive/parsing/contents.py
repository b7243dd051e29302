"""Where is the table of contents of an issue?

A line such as `In dit nummer` with entries below it, or rows of dots that lead to page numbers. An entry ends or starts
with a page number, or says the same as a line further on, which is how a list of subjects without numbers is known.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from rapidfuzz import fuzz, process

from archive.model.pages import Line
from archive.parsing.wording import is_contents_heading

_Where: TypeAlias = tuple[int, int]
_Row: TypeAlias = tuple[int, _Where, Line]
# The places of the lines that open a block, in order, and the words of each.
_Openings: TypeAlias = tuple[list[tuple[int, _Where]], list[str]]

_NUMBERED = re.compile(
    r".*\D(?:p\.|pag\.|blz\.)?\s?\d{1,3}\W{0,2}|\W*(?:p\.|pag\.|blz\.|pagina)?\s?\d{1,3}\W*(?:\s.*)?",
    flags=re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_ALIKE = 88
_LONGEST_ENTRY = 90
_LONGEST_ECHO = 200  # of a line that says the same, with what stands around it
_MOST_DIGITS = 3
_MOST_LINES = 60
_LEAST_ENTRIES = 2
_LINES_AN_ENTRY = 3
_LEAST_SIGNS = 4
_LEAST_ECHOES = 3
# How far on an entry is looked for: more lines, and more openings of blocks, than any issue has.
_REACH_LINES, _REACH_BLOCKS = 5_000, 1_000


def find_contents(pages: Sequence[Sequence[_Row]]) -> Iterator[tuple[int, _Where]]:
    """Yield page and place of each line of a table of contents, its heading included.

    Args:
        pages: For each page its lines in reading order: page number, place (block, line), line.
    """
    texts = [line.text for rows in pages for _, _, line in rows]
    opening = _openings(pages)
    first = 0
    for rows in pages:
        for at, (page, where, line) in enumerate(rows):
            if is_contents_heading(line.text.strip()):
                below = first + at + 1
                later = [text for text in texts[below : below + _REACH_LINES] if text]
                count = _before_repetition(rows[at + 1 :], _entries(rows[at + 1 :], later))
                if count >= _LEAST_ENTRIES:
                    yield page, where
                    yield from ((entry[0], entry[1]) for entry in rows[at + 1 : at + 1 + count])
        yield from _leaders(rows)
        yield from _echoes(rows, opening)
        first += len(rows)


def _leaders(rows: Sequence[_Row]) -> Iterator[tuple[int, _Where]]:
    """Yield rows of dots that lead to a number, at least two of them near each other."""
    found = [at for at, (_, _, line) in enumerate(rows) if _is_leader(line.text)]
    far = -_LINES_AN_ENTRY - 1
    for before, at, after in zip([far, *found], found, [*found[1:], len(rows) - far], strict=False):
        if min(at - before, after - at) <= _LINES_AN_ENTRY:
            yield rows[at][0], rows[at][1]


def _is_leader(text: str) -> bool:
    """Tell whether a line ends with dots or a rule that lead to a number."""
    body = _rstrip(text, lambda sign: not _is_word_sign(sign))
    dots = _rstrip(body, str.isdecimal)
    if not 0 < len(body) - len(dots) <= _MOST_DIGITS:
        return False
    return dots.rstrip().endswith(("...", "…", "___")) or dots.endswith(". . . ")


def _openings(pages: Sequence[Sequence[_Row]]) -> _Openings:
    """Return the place and the words of each line that opens a block."""
    found = [row for rows in pages for row in rows if not row[1][1]]
    return [(page, where) for page, where, _ in found], [_bare(line.text) for _, _, line in found]


def _echoes(rows: Sequence[_Row], opening: _Openings) -> Iterator[tuple[int, _Where]]:
    """Yield three lines and more in a row that all stand again further on as the opening of a block."""
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


def _is_echo(row: _Row, seen: set[str], opening: _Openings) -> bool:
    """Tell whether a line that was not seen before opens a block further on."""
    page, where, line = row
    if len(line.text) > _LONGEST_ENTRY:
        return False
    entry = _bare(line.text)
    sentence = line.text.rstrip().endswith(".") and not _is_leader(line.text)
    if len(line.text.split()) < 2 or entry in seen or sentence:  # noqa: PLR2004
        return False
    seen.add(entry)
    places, words = opening
    start, numbers = bisect_right(places, (page, where)), _inner_numbers(entry)
    later = words[start : start + _REACH_BLOCKS]
    alike = process.extract_iter(entry, later, scorer=fuzz.ratio, score_cutoff=_ALIKE)  # one call for all of them
    return any(_inner_numbers(other) == numbers for other, _, _ in alike)


def _inner_numbers(entry: str) -> list[str]:
    """Return the numbers in an entry but for the one that it starts with: rows of a calendar are alike but for them."""
    return _NUMBER.findall(entry.lstrip("0123456789"))


def _bare(text: str) -> str:
    """Return a line in small letters without the signs at its ends, and without a number at its end."""
    return _rstrip(_lstrip(text), lambda sign: not _is_word_sign(sign) or sign.isdecimal()).casefold()


# A regular expression that ends in `+$` looks at each run of signs from each of its places: that is slow on long ones.
def _rstrip(text: str, is_off: Callable[[str], bool]) -> str:
    end = len(text)
    while end and is_off(text[end - 1]):
        end -= 1
    return text[:end]


def _lstrip(text: str) -> str:
    return text[next((at for at, sign in enumerate(text) if _is_word_sign(sign)), len(text)) :]


def _is_word_sign(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


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
    entry = _words_of(text)
    if len(entry) < _LEAST_SIGNS:
        return False
    return any(
        fuzz.ratio(entry, _words_of(other)) >= _ALIKE
        for other in islice(later, count, None)
        if len(other) <= _LONGEST_ECHO
    )


def _words_of(text: str) -> str:
    return _rstrip(_lstrip(text), lambda sign: not _is_word_sign(sign)).casefold()
