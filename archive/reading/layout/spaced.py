"""Which letters that are printed apart are one word?

Typists set headings as `N O T U L E N`, with more white between two words than between two letters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from archive.model.pages import Word
from archive.reading.layout.lines import Piece, box_of

_LEAST = 4  # letters in a row
_MOST = 1000  # letters by themselves on a page; more are a puzzle or a table
_DIFFERENT = 3  # so that a row of stars or bullets is no word
_STARS = frozenset("cokx")  # what stars are misread as
_WIDEST = 2.2  # between two letters of a row, in type sizes
_USUAL = 1.1  # the most that is usual between them
_WIDER, _MORE = 1.4, 0.2  # white between two words: so many times that between letters, and so much more in type sizes
_SAME_BASE = 0.35  # how far letters of a row stand apart in height, in type sizes


def join_letters(words: Sequence[Piece]) -> tuple[Piece, ...]:
    """Join letters printed apart to words, each word by itself; the other words stay as they are."""
    letters = [word for word in words if len(word.text) == 1 and word.text.isalpha()]
    joined: dict[int, Piece | None] = {}
    for row in _rows(letters) if _LEAST <= len(letters) <= _MOST else ():
        for word in _words(row):
            joined |= {id(letter): None for letter in word[1:]} | {id(word[0]): _join(word)}
    return tuple(new for word in words if (new := joined.get(id(word), word)) is not None)


def _rows(letters: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the rows of letters that are set apart."""
    rows: list[list[Piece]] = []
    for letter in sorted(letters, key=lambda piece: (piece.x0, piece.base)):
        row = next((row for row in rows if _follows(row[-1], letter)), None)
        if row is None:
            rows.append([letter])
        else:
            row.append(letter)
    for row in rows:
        if len(row) >= _LEAST and _is_worded(row):
            yield row


def _follows(left: Piece, right: Piece) -> bool:
    small = min(left.size, right.size)
    return abs(left.base - right.base) <= _SAME_BASE * small and 0 < right.x0 - left.x1 <= _WIDEST * small


def _is_worded(row: Sequence[Piece]) -> bool:
    """Tell whether letters are words: different ones, close enough, not stars, and not the alphabet."""
    text = "".join(letter.text for letter in row).casefold()
    different = set(text)
    alphabet = all(ord(after) - ord(before) == 1 for before, after in pairwise(text))
    close = median(_gaps(row)) <= _USUAL * median(letter.size for letter in row)
    return len(different) >= _DIFFERENT and bool(different - _STARS) and close and not alphabet


def _words(row: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Cut a row where there is more white than between its letters."""
    gaps = _gaps(row)
    usual = sorted(gaps)[len(gaps) // 3]
    least = _WIDER * usual + _MORE * median(letter.size for letter in row)
    word = [row[0]]
    for gap, letter in zip(gaps, row[1:], strict=True):
        if gap >= least:
            yield word
            word = []
        word.append(letter)
    yield word


def _gaps(row: Sequence[Piece]) -> list[float]:
    return [right.x0 - left.x1 for left, right in pairwise(row)]


def _join(letters: Sequence[Piece]) -> Piece:
    """Make one word of letters."""
    first, text, box = letters[0], "".join(letter.text for letter in letters), box_of(letters)
    sure = sum(letter.sure for letter in letters) / len(letters)
    given = first.words[0]
    word = Word(text, box, None if given.confidence is None else sure, given.size, given.weight)
    return replace(
        first,
        words=(word,),
        y0=box.y0,
        x1=box.x1,
        y1=box.y1,
        base=median(letter.base for letter in letters),
        size=median(letter.size for letter in letters),
        weight=median(letter.weight for letter in letters),
        sure=sure,
        text=text,
    )
