"""Which large letter opens a paragraph?

A drop cap stands beside the first lines of its paragraph. It is moved onto the first of them, where it is read.
"""

from collections.abc import Sequence
from dataclasses import replace

from archive.languages import is_known
from archive.model.pages import Box, Word
from archive.reading.layout.lines import Piece

_LANGUAGES = ("nl", "en")
_LARGE, _HIGH, _HIGHEST = 1.7, 1.2, 7.0  # type size and height of the letter against those of the text
_NEAR, _CLOSE = 1.2, 0.5  # gap to the text: the widest, and from where on it may be a space; in type sizes
_OVERLAP = 0.3
_LOWER = 0.7  # the text's size against the letter's
_WITH_A_QUOTE = 2  # characters
_WORDS = ("I", "A", "O", "U")  # letters that are words, so that the next word may be one of its own


def set_capitals(words: Sequence[Piece], *, usual: float) -> tuple[Piece, ...]:
    """Join each drop cap with the word that it opens; the other words stay as they are."""
    changed: dict[int, Piece | None] = {}
    for capital in words:
        if not _may_open(capital, usual):
            continue
        beside = [word for word in words if word is not capital and _is_beside(word, capital, usual)]
        lines = {round(word.base / (0.6 * usual)) for word in beside}
        if len(lines) > 1:  # beside a single line it is a large number or a letter of its own
            top = min(word.base for word in beside)
            first = min((word for word in beside if word.base - top < usual / 2), key=lambda word: word.x0)
            changed |= _join(capital, first, usual)
    return tuple(new for word in words if (new := changed.get(id(word), word)) is not None)


def _may_open(word: Piece, usual: float) -> bool:
    if len(word.text) > _WITH_A_QUOTE or word.size <= _LARGE * usual:
        return False
    letters = [letter for letter in word.text if letter.isalnum()]
    return len(letters) == 1 and letters[0].isupper() and _HIGH <= (word.y1 - word.y0) / usual <= _HIGHEST


def _is_beside(word: Piece, capital: Piece, usual: float) -> bool:
    if not -_OVERLAP * usual <= word.x0 - capital.x1 <= _NEAR * usual or word.size >= _LOWER * capital.size:
        return False
    return capital.y0 - usual / 2 <= word.middle <= capital.y1 + usual / 4


def _join(capital: Piece, first: Piece, usual: float) -> dict[int, Piece | None]:
    """Return what becomes of a drop cap and of the word that it opens, by their ids."""
    word, letter = first.words[0], capital.words[0]
    joined = letter.text + word.text
    if _is_one_word(letter.text, word.text, close=first.x0 - capital.x1 < _CLOSE * usual):
        box = Box(capital.x0, first.y0, first.x1, first.y1)
        new = Word(joined, box, word.confidence, word.size, word.weight)
        return {id(first): replace(first, words=(new,), x0=capital.x0, text=joined), id(capital): None}
    moved = replace(first, words=(letter,), x0=capital.x0, x1=min(capital.x1, first.x0), sure=capital.sure)
    return {id(capital): replace(moved, text=letter.text)}


def _is_one_word(letter: str, rest: str, *, close: bool) -> bool:
    """Tell whether a drop cap and what follows it are one word; `close` if no space can be between them."""
    known = is_known((letter + rest).casefold(), _LANGUAGES)
    if letter in _WORDS and not (close and known):
        return False
    if not (close or known) and is_known(rest.casefold(), _LANGUAGES):
        return False  # letters between the two were not read
    return rest[:1].islower() or (rest.isupper() and len(rest) > 1)
