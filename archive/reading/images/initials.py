"""Which large letters stand before the first lines of a paragraph?

An initial is one patch of ink as high as two lines of print or more, with those lines right of it, paper left of it
and the next line of the paragraph below it. Engines read it together with these lines and then read it badly; alone
it is read well, and the lines without it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from PIL import Image, ImageFilter

from archive.model.pages import Box
from archive.reading.images.patches import Mask, Patch, find_patches
from archive.reading.images.picture import POINTS_PER_INCH, Picture, reduce

_DPI = 75.0
_POINT = _DPI / POINTS_PER_INCH
_DARK = 0.72  # of the light of the paper
_HEIGHTS = (15 * _POINT, 90 * _POINT)
_WIDTHS = (0.12, 1.7)  # in its heights
_FILL = (0.1, 0.8)  # share of its box that is ink
_MARGIN = round(3 * _POINT)  # paper left of it
_REACH, _GAP = round(54 * _POINT), round(11 * _POINT)  # how far lines are looked for, and the farthest that one starts
_LINE, _LEAST_LINE = 0.3, 3  # share of the ink of the fullest rows that a row of a line has; dots of its height
_HIGHEST_LINE = 0.62  # in heights of the initial
_TOP, _FOOT = 0.75, 0.6  # how far it may stand from the top of the first line and the foot of the last, in lines
_ALIKE = (0.7, 1.5)  # height of another letter of the same size, in heights of the one
_LONG = 0.5  # of the reach: a line has ink beyond
_NEXT = 1.7  # how far below it the next line may stand, in lines
_WHITE = 255
_LETTER, _ROUND = 48, 24  # dots of height for the engine, and of paper around


@dataclass(frozen=True, slots=True)
class Initial:
    """A large letter: its box in points, a picture of it alone, and where its ink is on the page (255, else 0)."""

    box: Box
    alone: Picture
    ink: Image.Image


def find_initials(picture: Picture) -> tuple[Initial, ...]:
    """Find the large letters before the first lines of paragraphs, on a page whose light is even."""
    small = reduce(picture, _DPI)
    tones = np.asarray(small.pixels)
    dark = tones < _DARK * np.percentile(tones[::4, ::4], 75)
    large = list(find_patches(dark, least_height=_ALIKE[0] * _HEIGHTS[0]))
    return tuple(
        _cut_out(picture, small.dpi, patch, dark.shape)
        for patch in large
        if _is_letter(patch)
        and not any(_is_alike(other, patch) for other in large if other is not patch)
        and _opens_paragraph(patch, dark)
    )


def erase(picture: Picture, initial: Initial) -> Picture:
    """Return the page without an initial."""
    pixels = picture.pixels.copy()
    pixels.paste(_WHITE, mask=initial.ink)
    return replace(picture, pixels=pixels)


def _is_letter(patch: Patch) -> bool:
    left, top, right, bottom = patch.sides
    height, width = bottom - top, right - left
    return (
        _HEIGHTS[0] <= height <= _HEIGHTS[1]
        and _WIDTHS[0] <= width / height <= _WIDTHS[1]
        and _FILL[0] <= patch.dark / (height * width) <= _FILL[1]
    )


def _is_alike(other: Patch, patch: Patch) -> bool:
    """Tell whether another patch is about as high and stands near on the same line: the next letter of a heading."""
    left, top, right, bottom = patch.sides
    least, most = (share * (bottom - top) for share in _ALIKE)
    x0, y0, x1, y1 = other.sides
    return y0 < bottom and y1 > top and x0 < right + _REACH and x1 > left - _REACH and least <= y1 - y0 <= most


def _opens_paragraph(patch: Patch, dark: Mask) -> bool:
    left, top, right, bottom = patch.sides
    if dark[top:bottom, max(0, left - _MARGIN) : left].any():
        return False
    above = max(0, top - _MARGIN)
    part = dark[above : bottom + _MARGIN, right + 1 : right + _REACH]
    lines = [(above + start, above + end) for start, end in _lines(part) if _is_long(part[start:end])]
    if len(lines) < 2 or max(end - start for start, end in lines) > _HIGHEST_LINE * (bottom - top):  # noqa: PLR2004
        return False
    pitch = float(np.median([low[0] - high[0] for high, low in pairwise(lines)]))
    beside = dark[lines[0][0] : lines[-1][1], right : right + _GAP]
    if abs(lines[0][0] - top) > _TOP * pitch or abs(lines[-1][1] - bottom) > _FOOT * pitch or not np.any(beside):
        return False
    next_line = dark[bottom + 1 : bottom + round(_NEXT * pitch), max(0, left - _MARGIN) : left + _GAP]
    return bool(np.any(next_line))


def _is_long(line: Mask) -> bool:
    return bool(np.any(line[:, round(_LONG * _REACH) :]))


def _lines(dark: Mask) -> Iterator[tuple[int, int]]:
    """Yield the first row and that after the last of each line of print in a part of a page."""
    profile = dark.sum(axis=1, dtype=np.float64)
    if not profile.any():
        return
    rows = (profile >= _LINE * np.percentile(profile, 90)) & (profile > 0)
    edges = np.flatnonzero(np.diff(rows.astype(np.int8), prepend=0, append=0))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= _LEAST_LINE:
            yield int(start), int(end)


def _cut_out(picture: Picture, dpi: float, patch: Patch, shape: tuple[int, ...]) -> Initial:
    left, top, right, bottom = patch.sides
    rows = np.arange(shape[0])[:, None]
    mask = np.zeros(shape, dtype=np.uint8)
    mask[:, left:right][(rows >= patch.top) & (rows < patch.bottom)] = _WHITE
    step = round(picture.dpi / dpi)
    spread = Image.fromarray(mask).filter(ImageFilter.MaxFilter(3))
    ink = spread.resize((shape[1] * step, shape[0] * step), Image.Resampling.NEAREST)
    ink = ink.crop((0, 0, *picture.pixels.size))
    around = ((left - 1) * step, (top - 1) * step, (right + 1) * step, (bottom + 1) * step)
    letter = Image.new("L", (around[2] - around[0], around[3] - around[1]), _WHITE)
    letter.paste(picture.pixels.crop(around), mask=ink.crop(around))
    letter = letter.resize((max(1, round(letter.width * _LETTER / letter.height)), _LETTER), Image.Resampling.LANCZOS)
    alone = Image.new("L", (letter.width + 2 * _ROUND, _LETTER + 2 * _ROUND), _WHITE)
    alone.paste(letter, (_ROUND, _ROUND))
    scale = POINTS_PER_INCH / dpi
    box = Box(left * scale, top * scale, right * scale, bottom * scale)
    return Initial(box, Picture(alone, 300.0), ink)
