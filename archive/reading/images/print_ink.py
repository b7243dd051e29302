"""Where on a page is ink that looks like print, and which of it stands under no word that was kept?

Ink is taken as patches that touch, and print as those of the size of letters and words (Fletcher and Kasturi, A robust
algorithm for text string separation from mixed text/graphics images, IEEE PAMI 10, 1988). Where no word was read, an
area of such patches without the regular lines of print is a drawing or a photo. Print is counted by cells of six
points, so that heavy type weighs no more than the room it takes; a dark ground without a word counts whole, as nobody
knows what stands under it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import ImageFilter

from archive.model.pages import Box, Word
from archive.model.search import MUCH_UNREAD
from archive.reading.images.ink import holds_print
from archive.reading.images.patches import Column, find_extents
from archive.reading.images.picture import POINTS_PER_INCH, Picture, cut, reduce, straighten

CELL_PT = 6.0
_DPI = 100.0
# Ink is so much darker than the paper around it: as a share of its tone, and in tones.
_DARKER, _TONES = 0.8, 8.0
# Points: letters are so high, and words that touch so wide; specks are lower, what is drawn is higher or wider.
_HIGH, _WIDE = (3.5, 36.0), 150.0
_FILL, _THICK = 0.12, 10.0  # share of its box that a letter darkens; of larger ones, of so many points
_LEAST_UNREAD = 2000.0  # square points: on a page with little print, less than some lines is no large share
_SPECK = 4  # dots
_LINES = 25  # of print on a page, at least
_SURE = 0.6  # an engine that sees letters in a drawing is less sure of them
_REACH = 2  # cells from line to line
_FEW = 8  # cells: a speck, an ornament
_AREA = 48.0  # points wide and high, in which lines show
_DARK_AREA = 72.0  # points wide and high
_EDGE = 12.0  # points
_DARK_WORDS = 0.05  # share of a dark ground under words that were read on it

Cells = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PrintInk:
    """Where print seems to be on a page: rows of cells from the top, the bits of each row in hexadecimal."""

    columns: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """The share (0 to 1) of a page's print that stands under no word, its area in square points, and its boxes."""

    share: float
    area: float
    boxes: tuple[Box, ...]


NO_PRINT = PrintInk(0, ())


def find_print(picture: Picture, words: Sequence[Word], skew: float = 0.0) -> PrintInk:
    """Find the print on an upright page, straightened by `skew` degrees first; `words` are those seen on it."""
    small = straighten(reduce(picture, _DPI), skew, finely=False)
    cells = _letters(small)
    sure = [word.box for word in words if word.box and _is_sure(word)]
    unseen = cells & ~_cover(sure, cells.shape)
    for box in _areas(unseen):
        part = _part(box)
        few = np.count_nonzero(unseen[part]) < _FEW
        if few or (min(two - one for one, two in _spans(box)) >= _AREA and not holds_print(cut(small, box))):
            cells[part] &= ~unseen[part]
    packed = np.packbits(cells, axis=1)
    return PrintInk(cells.shape[1], tuple(row.tobytes().hex() for row in packed))


def letter_height(picture: Picture) -> float:
    """Return how high the letters on a picture are that hold most of its ink, in points; 0 without any."""
    left, top, right, bottom, dark = _ink(picture)
    width, height = right - left, bottom - top
    # Specks are lower than the letters of any picture that can be read; rules and words that touch are wider.
    letters = (height >= _SPECK) & (width <= 2 * height) & (height <= picture.pixels.height / _LINES)
    if not letters.any():
        return 0.0
    order = np.argsort(height[letters])
    ink = np.cumsum(dark[letters][order])
    middle = height[letters][order][np.searchsorted(ink, ink[-1] / 2)]
    return float(middle) / picture.dpi * POINTS_PER_INCH


def find_unread(
    ink: PrintInk, words: Iterable[Word], *, pictures: Sequence[Box] = (), dark: Sequence[Box] = ()
) -> Unread:
    """Measure the print on a page that stands under none of the words.

    Args:
        ink: The print.
        words: The words that were kept.
        pictures: The photos of the page; what stands in them is none.
        dark: Its dark grounds, which count whole unless words were read on them.
    """
    cells = _unpack(ink)
    read = _cover([word.box for word in words if word.box], cells.shape)
    ground = _cover([box for box in dark if _is_unread(box, read)], cells.shape)
    printed = (cells | ground) & ~(_cover(pictures, cells.shape) & ~read)
    unread = printed & ~read
    left, total = int(np.count_nonzero(unread)), int(np.count_nonzero(printed))
    boxes = tuple(box for box in _areas(unread) if np.count_nonzero(unread[_part(box)]) >= _FEW)
    return Unread(round(left / max(1, total), 4), left * CELL_PT**2, boxes)


def is_much(unread: Unread) -> bool:
    """Tell whether so much of the print on a page was not read that it is not chance."""
    return unread.share >= MUCH_UNREAD and unread.area >= _LEAST_UNREAD


def _letters(small: Picture) -> Cells:
    """Return the cells that hold ink of the size of letters."""
    left, top, right, bottom, dark = _ink(small)
    scale = POINTS_PER_INCH / small.dpi
    width, height, area = (right - left) * scale, (bottom - top) * scale, dark * scale**2
    fit = (height >= _HIGH[0]) & (height <= _HIGH[1]) & (width <= _WIDE)
    fit &= area >= _FILL * np.minimum(height, _THICK) * np.minimum(width, _THICK)
    shape = (int(np.ceil(small.height / CELL_PT)), int(np.ceil(small.width / CELL_PT)))
    sides = np.stack([left, top, right, bottom], axis=1)[fit].astype(np.float64) * scale
    return _painted(sides, shape)


def _ink(picture: Picture) -> tuple[Column, Column, Column, Column, Column]:
    """Return left, top, right, bottom and the number of dots of all that is darker than the paper around it."""
    tones = np.asarray(picture.pixels, dtype=np.float32)
    paper = np.asarray(picture.pixels.filter(ImageFilter.BoxBlur(10)), dtype=np.float32)
    return find_extents(tones < paper * _DARKER - _TONES)


def _is_sure(word: Word) -> bool:
    return (word.confidence is None or word.confidence >= _SURE) and any(sign.isalnum() for sign in word.text)


def _areas(cells: Cells) -> list[Box]:
    """Return the boxes of cells that stand together, in points."""
    high, wide = cells.shape
    near = np.zeros((high + 2 * _REACH, wide + 2 * _REACH), dtype=np.bool_)
    for down in range(2 * _REACH + 1):
        for across in range(2 * _REACH + 1):
            near[down : down + high, across : across + wide] |= cells
    left, top, right, bottom, _ = find_extents(near)
    sides = (left, top, right - 2 * _REACH, bottom - 2 * _REACH)
    return [Box(*(float(side) * CELL_PT for side in box)) for box in zip(*sides, strict=True)]


def _cover(boxes: Sequence[Box], shape: tuple[int, int]) -> Cells:
    """Return the cells that boxes touch."""
    sides = np.array([(box.x0, box.y0, box.x1, box.y1) for box in boxes], dtype=np.float64)
    return _painted(sides.reshape(-1, 4), shape)


def _painted(sides: npt.NDArray[np.float64], shape: tuple[int, int]) -> Cells:
    """Return the cells that boxes touch; a row of `sides` is left, top, right and bottom of one, in points."""
    high, wide = shape
    left, top = (
        np.clip(np.floor(sides[:, at] / CELL_PT).astype(np.intp), 0, most) for at, most in ((0, wide), (1, high))
    )
    right, bottom = (
        np.clip(np.ceil(sides[:, at] / CELL_PT).astype(np.intp), 0, most) for at, most in ((2, wide), (3, high))
    )
    # A box adds one from its corner on, and takes it back where it ends: sums over rows and columns count the boxes.
    steps = np.zeros((high + 1, wide + 1), dtype=np.intp)
    for rows, columns, step in ((top, left, 1), (bottom, left, -1), (top, right, -1), (bottom, right, 1)):
        np.add.at(steps, (rows, columns), step)
    counted: Cells = steps.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
    return counted


def _unpack(ink: PrintInk) -> Cells:
    if not ink.rows:
        return np.zeros((0, 0), dtype=np.bool_)
    packed = np.array([list(bytes.fromhex(row)) for row in ink.rows], dtype=np.uint8).reshape(len(ink.rows), -1)
    return np.unpackbits(packed, axis=1, count=ink.columns).astype(np.bool_)


def _part(box: Box) -> tuple[slice, ...]:
    """Return rows and columns of a box that ends with cells."""
    return tuple(slice(round(start / CELL_PT), round(end / CELL_PT)) for start, end in _spans(box))


def _spans(box: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    return (box.y0, box.y1), (box.x0, box.x1)


def _is_unread(dark: Box, read: Cells) -> bool:
    """Tell whether a dark ground is large, reaches the edge of the page and has no words that were read.

    What is black inside a page is a picture; light that failed, a fold or another sheet come in from the edge.
    """
    part = read[tuple(slice(max(0, int(start / CELL_PT)), max(0, round(end / CELL_PT))) for start, end in _spans(dark))]
    large = all(end - start >= _DARK_AREA for start, end in _spans(dark))
    high, wide = (count * CELL_PT for count in read.shape)
    inside = min(dark.x0, dark.y0, wide - dark.x1, high - dark.y1) > _EDGE
    return large and not inside and bool(part.size) and bool(part.mean() < _DARK_WORDS)
