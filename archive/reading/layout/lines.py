"""Which words stand together on one line?

A piece is a run of words without a wide gap: the smallest thing that layout moves around. A line of a column is one or
more pieces (a row of a table has several).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from archive.model.pages import Box, Line, Word

# Widest gap within a piece and smallest gutter of columns, in type sizes. Justified lines leave gaps up to .7 of the
# type size, so a piece may end inside a line: harmless, lines are joined again inside their column.
REACH = 0.6
# A box that OCR drew tightly around letters is this share of the type size high.
_X_HEIGHT, _ASCENT, _DESCENT = 0.49, 0.70, 0.21
_TALL = frozenset("bdfhklt0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ!?&%$€#äëïöüéèêáàâóòôúùûíìîßÉÈËÏÖÜ/\\()[]{}|")
_DEEP = frozenset("gjpqyQ,;()[]{}|/\\ç")
_REACH_BACK = 0.6  # how far two words may overlap
_REACH_OVER_MARK = 1.5  # widest gap with a dash or the like in it
_JOINED_HEIGHT = 0.5  # share of the lower word's height that two words of a line have in common
_SAME_BASE = 0.35  # how far base lines of one row may lie apart, in type sizes
_USUAL_SIZE = 10.0  # of a page that does not tell
_LEAST_SIZE = 1.0  # points; smaller boxes are specks
# A heading: type size and weight against the usual, share of capitals, least letters.
_LARGE, _BOLD, _CAPITALS, _LETTERS = 1.12, 1.2, 0.9, 3
# Between these shares of the type size, a box is that of the font and not of the ink.
_FULL_BOX, _HIGHEST_BOX = 0.95, 2.5
_ALIKE = 1.25  # how far the type sizes of the words of a line may lie apart


@dataclass(frozen=True, slots=True)
class Piece:
    """Words side by side without a wide gap; positions and type size in points."""

    words: tuple[Word, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    base: float  # where the letters stand
    size: float  # type size
    weight: float
    sure: float  # mean confidence, weighted by letters; 1.0 where the source gives none
    text: str  # the words with a space between each two

    @property
    def middle(self) -> float:
        """The height of its middle, in points from the top."""
        return (self.y0 + self.y1) / 2


def measure_word(word: Word, box: Box, *, usual: float) -> Piece:
    """Make a piece of one word; `usual` is the type size to take where its letters do not tell."""
    height = box.y1 - box.y0
    letters = frozenset(word.text)
    deep = bool(letters & _DEEP)
    # A text layer knows its sizes; what OCR calls the size of a line is less steady than its ink.
    given = word.size if word.confidence is None else None
    if given and _FULL_BOX * given <= height < _HIGHEST_BOX * given:
        size, base = given, box.y1 - _DESCENT * height
    else:
        size, base = _size_by_ink(letters, height, usual), box.y1 - (_DESCENT * height if deep else 0.0)
    sure = 1.0 if word.confidence is None else word.confidence
    return Piece(
        (word,), box.x0, box.y0, box.x1, box.y1, base, max(size, _LEAST_SIZE), word.weight or 1.0, sure, word.text
    )


def usual_size(words: Iterable[Word]) -> float:
    """Return the type size of most of the letters, in points."""
    sizes = [
        (measure_word(word, word.box, usual=0.0).size, len(word.text))
        for word in words
        if word.box and word.text[:1].isalnum()
    ]
    sizes = sorted((size, count) for size, count in sizes if size)
    half = sum(count for _, count in sizes) / 2
    for size, count in sizes:
        half -= count
        if half <= 0:
            return max(size, _LEAST_SIZE)
    return _USUAL_SIZE


def join_words(words: Sequence[Piece], marks: Sequence[Piece] = (), *, usual: float) -> tuple[Piece, ...]:
    """Join words that stand side by side, whatever their order, into pieces.

    Marks (words without a letter or digit) are not joined, since a rule between two columns would join these; the
    room that one takes counts as text.
    """
    rows: dict[int, list[list[Piece]]] = defaultdict(list)
    marked: dict[int, list[Piece]] = defaultdict(list)
    for mark in marks:
        marked[int(mark.middle / usual)].append(mark)
    for word in sorted(words, key=lambda piece: piece.x0):
        band = int(word.base / usual)
        best: list[Piece] | None = None
        best_band, nearest = band, usual * 10
        for at in (band - 1, band, band + 1):
            for run in rows.get(at, ()):
                gap = word.x0 - run[-1].x1
                if gap < nearest and _follows(run[-1], word, gap - _marks_between(run[-1], word, gap, marked, usual)):
                    best, best_band, nearest = run, at, gap
        if best is None:
            rows[band].append([word])
            continue
        best.append(word)
        if best_band != band:
            rows[best_band].remove(best)
            rows[band].append(best)
    return tuple(merge_pieces(_settled(run)) for runs in rows.values() for run in runs)


def _settled(run: Sequence[Piece]) -> Sequence[Piece]:
    """Give words that got the box of their whole line the type size that the engine saw in it.

    On worn pages some words of a line have such a box: too high for their letters, so that their sizes differ.
    """
    sizes = [word.size for word in run]
    if max(sizes) <= _ALIKE * min(sizes):
        return run
    return [replace(word, size=given) if (given := _size_of_line(word)) else word for word in run]


def _size_of_line(piece: Piece) -> float:
    """Return the type size of the line that a word has the box of; 0 if its box is that of its letters."""
    word, letters = piece.words[0], frozenset(piece.text)
    if not word.size or word.confidence is None or (letters & _TALL and letters & _DEEP):
        return 0.0
    return word.size if piece.y1 - piece.y0 >= _FULL_BOX * word.size else 0.0


def merge_pieces(pieces: Sequence[Piece]) -> Piece:
    """Make one piece of several, words from left to right."""
    if len(pieces) == 1:
        return pieces[0]
    ordered = sorted(pieces, key=lambda piece: piece.x0)
    letters = [sum(len(word.text) for word in piece.words) for piece in ordered]
    total = sum(letters) or 1
    words = tuple(sorted((word for piece in ordered for word in piece.words), key=_left))
    return Piece(
        words,
        ordered[0].x0,
        min(piece.y0 for piece in ordered),
        max(piece.x1 for piece in ordered),
        max(piece.y1 for piece in ordered),
        median(piece.base for piece in ordered),
        _middle_size(ordered),
        sum(piece.weight * count for piece, count in zip(ordered, letters, strict=True)) / total,
        sum(piece.sure * count for piece, count in zip(ordered, letters, strict=True)) / total,
        " ".join(word.text for word in words),
    )


def make_rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Gather pieces into rows by their height: rows from top to bottom, pieces in a row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.base):
        row = next((row for row in reversed(rows[-3:]) if _same_row(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
    return rows


def is_heading(piece: Piece, usual: float) -> bool:
    """Tell whether a piece looks like a heading: large, bold or in capitals."""
    letters = [letter for letter in piece.text if letter.isalpha()]
    if len(letters) < _LETTERS:
        return False
    capitals = sum(letter.isupper() for letter in letters) >= _CAPITALS * len(letters)
    return piece.size >= _LARGE * usual or piece.weight >= _BOLD or capitals


def box_of(pieces: Iterable[Piece]) -> Box:
    """Return the box around pieces."""
    boxes = [(piece.x0, piece.y0, piece.x1, piece.y1) for piece in pieces]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def line_of(piece: Piece) -> Line:
    """Make the record of a line."""
    return Line(piece.words, Box(piece.x0, piece.y0, piece.x1, piece.y1))


def _left(word: Word) -> float:
    return word.box.x0 if word.box else 0.0


def _middle_size(pieces: Sequence[Piece]) -> float:
    """Return the middle size of the words; long words weigh little more than short ones, one may be stained."""
    return median(piece.size for piece in pieces for _ in range(min(len(piece.words) * 3, len(piece.text), 40)))


def _size_by_ink(letters: frozenset[str], height: float, usual: float) -> float:
    """Estimate the type size from how high a tight box is and which letters stand in it."""
    if not any(letter.isalnum() for letter in letters):
        return usual
    tall, deep = bool(letters & _TALL), bool(letters & _DEEP)
    return height / ((_ASCENT if tall else _X_HEIGHT) + (_DESCENT if deep else 0.0))


def _follows(left: Piece, right: Piece, gap: float) -> bool:
    """Tell whether a word continues the line of the word to its left."""
    small = min(left.size, right.size)
    if not -_REACH_BACK * small <= gap <= REACH * small:
        return False
    return _overlap(left, right) >= _JOINED_HEIGHT * min(left.y1 - left.y0, right.y1 - right.y0)


def _marks_between(left: Piece, right: Piece, gap: float, marked: Mapping[int, Sequence[Piece]], usual: float) -> float:
    """Return how much of the gap between two words dashes and the like take."""
    if not marked or not REACH * usual < gap <= _REACH_OVER_MARK * min(left.size, right.size):
        return 0.0
    bands = range(int(left.y0 / usual), int(left.y1 / usual) + 1)
    between = (mark for band in bands for mark in marked.get(band, ()) if left.y0 <= mark.middle <= left.y1)
    return sum(mark.x1 - mark.x0 for mark in between if left.x1 <= mark.x0 and mark.x1 <= right.x0)


def _same_row(row: Sequence[Piece], piece: Piece) -> bool:
    """Tell whether a piece stands on a row: beside its nearest piece, and over or under none of it."""
    nearest = min(row, key=lambda other: max(other.x0 - piece.x1, piece.x0 - other.x1))
    small = min(nearest.size, piece.size)
    if abs(nearest.base - piece.base) <= _SAME_BASE * small:
        return True
    apart = max(nearest.x0 - piece.x1, piece.x0 - nearest.x1) >= -0.5 * small
    return apart and _overlap(nearest, piece) >= 0.6 * min(nearest.y1 - nearest.y0, piece.y1 - piece.y0)


def _overlap(one: Piece, other: Piece) -> float:
    return min(one.y1, other.y1) - max(one.y0, other.y0)
