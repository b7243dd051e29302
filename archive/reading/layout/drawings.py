"""Which letters are parts of what is drawn on a page: a photo, a rule, dashes, a row of stars?

An engine may be sure of them, so that how sure it is does not tell; what is drawn around them, their place and their
shape do.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from archive.languages import is_known, words_of
from archive.model.pages import Box
from archive.reading.layout.lines import Piece

_LANGUAGES = ("nl", "en")
# A dashed rule is read as short words that the engine is unsure of: so many in a row, low ones of signs like dashes
# (which share of them), or so many narrow and high ones below each other; in type sizes, height in widths.
_DASHES, _DASH_LETTERS, _DASH_SURE, _DASH_LINE = (4, 3), 2, 0.8, 0.25
_DASH_SIGNS, _DASH_SHARE, _DASH_LOW = frozenset("1Iil!|][tjrLT.,:;'’‘-–—=~_"), 0.7, 0.6
_DASH_NARROW, _DASH_HIGH = 0.4, 1.5
# How exactly numbers in a list stand on lines of text, in type sizes, and how many of them do.
_DASH_LEVEL, _DASH_LEVEL_SHARE = 0.15, 0.7
# A word on a rule down the page: so many letters, so wide in type sizes, such a share of it so near to it, in points.
_RULE_LETTERS, _RULE_WIDE, _RULE_SHARE, _RULE_NEAR = 3, 0.8, 0.6, 1.2
_RULE_HIGH = 8.0  # times as high as wide is a rule
# Letters that stars are mostly read as (`ok`, now and then `sk`), how many words in how long ones, their size beside
# that of the text, and how far stars of one row stand apart, and from a text that they belong to, in type sizes.
_STAR, _MOST_STARS, _STAR_LETTERS = re.compile(r"[oOcCkKxX*%¥+]{1,15}"), 5, 3
_STAR_SIZE, _STARS_APART = 0.85, 4.0
# A photo on which more known words of some letters are read is a ground for a text; so is one at the top of the page,
# down to this share of it, with a title of so many type sizes.
_GROUND_WORDS, _KNOWN_LETTERS, _KNOWN_SURE = 5, 3, 0.6
_TOP, _TITLE, _TITLE_SURE = 0.25, 2.0, 0.7
_EDGE = 3.0  # points that a word may reach over the edge of a photo


def find_on_rules(words: Sequence[Piece], drawn: Sequence[Box], *, usual: float) -> tuple[Piece, ...]:
    """Return the short narrow words that lie on rules down the page; `drawn` is what is drawn there."""
    rules = [box for box in drawn if box.y1 - box.y0 >= _RULE_HIGH * (box.x1 - box.x0)]
    slim = [word for word in words if len(word.text) <= _RULE_LETTERS and word.x1 - word.x0 <= _RULE_WIDE * usual]
    return tuple(word for word in slim if any(_lies_on(word, rule) for rule in rules))


def _lies_on(word: Piece, rule: Box) -> bool:
    shared = min(word.x1, rule.x1 + _RULE_NEAR) - max(word.x0, rule.x0 - _RULE_NEAR)
    return rule.y0 <= word.middle <= rule.y1 and shared >= _RULE_SHARE * (word.x1 - word.x0)


def find_stars(pieces: Sequence[Piece], *, usual: float) -> tuple[tuple[Piece, ...], ...]:
    """Return the pieces of each row of stars that parts texts: small, read as `ok cK ok`, and no text beside them."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if all(map(_is_star_like, piece.text.split())) and _type_size(piece) < _STAR_SIZE * usual:
            row = next((row for row in rows if _is_beside(piece, row, usual)), None)
            if row is None:
                rows.append([piece])
            else:
                row.append(piece)
    return tuple(tuple(row) for row in rows if _are_stars(row) and not _has_text_beside(row, pieces, usual))


def _is_star_like(word: str) -> bool:
    return len(word) <= _STAR_LETTERS or bool(_STAR.fullmatch(word))


def _are_stars(row: Sequence[Piece]) -> bool:
    words = [word for piece in row for word in piece.text.split()]
    stars = sum(bool(_STAR.fullmatch(word)) for word in words)
    return len(words) <= _MOST_STARS and stars >= len(words) / 2


def _type_size(piece: Piece) -> float:
    """Return the type size that the engine gives, which boxes of stars, half over each other, do not tell."""
    sizes = [word.size for word in piece.words if word.size]
    return median(sizes) if sizes else piece.size


def _has_text_beside(row: Sequence[Piece], pieces: Sequence[Piece], usual: float) -> bool:
    own = set(map(id, row))
    return any(id(piece) not in own and _is_beside(piece, row, usual) for piece in pieces)


def _is_beside(piece: Piece, row: Sequence[Piece], usual: float) -> bool:
    level = any(abs(piece.middle - each.middle) < usual / 2 for each in row)
    return level and max(row[0].x0 - piece.x1, piece.x0 - row[-1].x1) < _STARS_APART * usual


def find_in_photos(pieces: Sequence[Piece], photos: Iterable[Box], *, usual: float, height: float) -> tuple[Piece, ...]:
    """Return the pieces that were read out of photos; a photo that is the ground for a text or a title is none."""
    found: dict[int, Piece] = {}
    for photo in photos:
        inside = [piece for piece in pieces if _is_inside(piece, photo)]
        if not _is_ground(inside, usual=usual, top=_TOP * height):
            found |= {id(piece): piece for piece in inside}
    return tuple(found.values())


def _is_inside(piece: Piece, photo: Box) -> bool:
    across = photo.x0 - _EDGE <= piece.x0 and piece.x1 <= photo.x1 + _EDGE
    return across and photo.y0 - _EDGE <= piece.y0 and piece.y1 <= photo.y1 + _EDGE


def _is_ground(inside: Sequence[Piece], *, usual: float, top: float) -> bool:
    if any(piece.y1 < top and piece.size >= _TITLE * usual and piece.sure >= _TITLE_SURE for piece in inside):
        return True
    words = [word for piece in inside if piece.sure >= _KNOWN_SURE for word in words_of(piece.text)]
    return sum(len(word) >= _KNOWN_LETTERS and is_known(word, _LANGUAGES) for word in words) > _GROUND_WORDS


def find_dashes(words: Sequence[Piece], *, usual: float) -> tuple[Piece, ...]:
    """Return the words that are dashes of rules across or down the page, such as those around a form to be cut out."""
    short = [word for word in words if len(word.text) <= _DASH_LETTERS and word.sure < _DASH_SURE]
    low = sorted((word for word in short if word.y1 - word.y0 <= _DASH_LOW * usual), key=lambda word: word.middle)
    narrow = sorted((word for word in short if _is_upright_dash(word, usual)), key=lambda word: word.x0)
    found: dict[int, Piece] = {}
    for row in _in_line(low, [word.middle for word in low], _DASH_LINE * usual):
        signs = "".join(word.text for word in row)
        if len(row) >= _DASHES[0] and sum(sign in _DASH_SIGNS for sign in signs) >= _DASH_SHARE * len(signs):
            found |= {id(word): word for word in row}
    for column in _in_line(narrow, [word.x0 for word in narrow], _DASH_LINE * usual):
        if len(column) >= _DASHES[1] and not _are_level(column, words, usual):
            found |= {id(word): word for word in column}
    return tuple(found.values())


def _are_level(column: Sequence[Piece], words: Sequence[Piece], usual: float) -> bool:
    """Tell whether most of some words below each other each stand on a line of text, as the numbers of a list do."""
    taken = set(map(id, column))
    bases = sorted(word.base for word in words if id(word) not in taken and len(word.text) > _DASH_LETTERS)
    reach = _DASH_LEVEL * usual
    level = sum(bisect_left(bases, one.y1 - reach) < bisect_right(bases, one.y1 + reach) for one in column)
    return level > _DASH_LEVEL_SHARE * len(column)


def _is_upright_dash(word: Piece, usual: float) -> bool:
    width = word.x1 - word.x0
    return width <= _DASH_NARROW * usual and word.y1 - word.y0 >= _DASH_HIGH * width


def _in_line(words: Sequence[Piece], places: Sequence[float], reach: float) -> Iterator[Sequence[Piece]]:
    """Yield for each word those from it on whose places, which rise, are within reach."""
    for at, place in enumerate(places):
        yield words[at : bisect_right(places, place + reach)]
