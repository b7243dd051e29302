"""Which thin strokes are drawn under lines of print? Engines take them for letters, so that they are wiped out first.

Typewriters and matrix printers underline with a rule, a row of underscores or a row of hyphens. Long thin runs of ink,
and short ones that touch no letter, are joined along the row; where print stands right above and none right below, the
row is an underline. Letters that reach through it keep their strokes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from archive.model.pages import Box
from archive.reading.images.patches import Mask, Patch, find_patches
from archive.reading.images.picture import POINTS_PER_INCH, Picture, reduce

_DPI = 150.0
_DARK = 0.8  # of the light of the paper
_RULE = 12.0  # points: longer than strokes of letters
_HYPHEN = 2.5  # points: the least of a stroke that touches nothing
_THICKEST = 2.2  # points
_GAP, _STEP = 6.0, 1.3  # points along and across between one piece of an underline and the next
_LEAST = 26.0  # points in all
_FILLED = 0.5  # share of its length that is ink
_PRINT, _PRINT_SHARE = (1.0, 9.0), 0.5  # points above it, and the share of its length that has ink there
_WHITE, _WHITE_SHARE = (1.2, 3.2), 0.75  # points below it, and the share of its length that is paper there
_SHORT, _BESIDE = 50.0, 10.0  # points of a short stroke, which underlines a line alone; where none goes on beside it
_OVER = 8.0  # points that it may reach over the print at either end
_MOST, _MOST_HYPHENS = 200, 2000
_PAPER = 255


@dataclass(frozen=True, slots=True)
class _Stroke:
    """Pieces of a stroke along a row, in dots; `patches` from left to right."""

    patches: tuple[Patch, ...]

    @property
    def left(self) -> int:
        """Its first column."""
        return self.patches[0].left

    @property
    def right(self) -> int:
        """The column after its last."""
        return self.patches[-1].right


def wipe_underlines(picture: Picture) -> tuple[Picture, tuple[Box, ...]]:
    """Return a page, whose light is even, without its underlines, and their boxes in points."""
    small = reduce(picture, _DPI)
    tones = np.asarray(small.pixels)
    dark = tones < _DARK * np.percentile(tones[::8, ::8], 75)
    dots = small.dpi / POINTS_PER_INCH
    strokes = [stroke for stroke in _strokes(dark, dots) if _is_underline(stroke, dark, dots)][:_MOST]
    if not strokes:
        return picture, ()
    wiped = np.zeros(dark.shape, dtype=np.uint8)
    for stroke in strokes:
        _mark(wiped, stroke, dark, dots)
    pixels = picture.pixels.copy()
    pixels.paste(_PAPER, mask=Image.fromarray(wiped).resize(pixels.size, Image.Resampling.NEAREST))
    return replace(picture, pixels=pixels), tuple(_box(stroke, dots) for stroke in strokes)


def _strokes(dark: Mask, dots: float) -> list[_Stroke]:
    """Return rows of thin pieces that are long enough together."""
    thick = _THICKEST * dots
    rules = find_patches(dark, shortest=_RULE * dots)
    thin = [patch for patch in rules if np.median(patch.bottom - patch.top) <= thick]
    loose = find_patches(dark, least_run=_HYPHEN * dots, most_height=thick)
    hyphens = [patch for patch in loose if len(patch.top) < _RULE * dots]
    if len(hyphens) <= _MOST_HYPHENS:  # a page with more is full of grain or screened pictures
        thin += hyphens
    return [stroke for stroke in _joined(thin, dots) if _is_long(stroke, dots)]


def _joined(patches: Sequence[Patch], dots: float) -> Iterator[_Stroke]:
    """Join pieces that go on along the row; a stroke is done where no piece can follow it any more."""
    open_rows: list[list[Patch]] = []
    for patch in sorted(patches, key=lambda each: each.left):
        near = [row for row in open_rows if patch.left - row[-1].right <= _GAP * dots]
        yield from (_Stroke(tuple(row)) for row in open_rows if patch.left - row[-1].right > _GAP * dots)
        open_rows = near
        last = next((row for row in open_rows if _goes_on(row[-1], patch, dots)), None)
        if last is None:
            open_rows.append([patch])
        else:
            last.append(patch)
    yield from (_Stroke(tuple(row)) for row in open_rows)


def _goes_on(before: Patch, after: Patch, dots: float) -> bool:
    apart = abs(int(after.bottom[0]) - int(before.bottom[-1]))
    return -_STEP * dots <= after.left - before.right <= _GAP * dots and apart <= _STEP * dots


def _is_long(stroke: _Stroke, dots: float) -> bool:
    length = stroke.right - stroke.left
    return length >= _LEAST * dots and sum(len(patch.top) for patch in stroke.patches) >= _FILLED * length


def _is_underline(stroke: _Stroke, dark: Mask, dots: float) -> bool:
    """Tell whether print stands right above a stroke, about as long as it, and paper is right below it."""
    columns, tops, feet = _courses(stroke.patches)
    near, far = (round(points * dots) for points in _PRINT)
    above = _ink(dark, columns, tops - far, far - near)
    close, wide = (round(points * dots) for points in _WHITE)
    below = _ink(dark, columns, feet + close, wide - close)
    if above.mean() < _PRINT_SHARE or 1 - below.mean() < _WHITE_SHARE:
        return False
    held = columns[above]
    over = _OVER * dots
    if held[0] - columns[0] > over or columns[-1] - held[-1] > over:
        return False
    return stroke.right - stroke.left >= _SHORT * dots or not _goes_on_beside(stroke, dark, dots)


def _goes_on_beside(stroke: _Stroke, dark: Mask, dots: float) -> bool:
    """Tell whether the line of print goes on left or right of a stroke: joined feet of typed letters look like one."""
    near, far = (round(points * dots) for points in _PRINT)
    reach = round(_BESIDE * dots)
    first, last = stroke.patches[0], stroke.patches[-1]
    left = dark[max(0, first.top[0] - far) : first.top[0] - near, max(0, stroke.left - reach) : stroke.left - near]
    right = dark[max(0, last.top[-1] - far) : last.top[-1] - near, stroke.right + near : stroke.right + reach]
    return bool(left.any() or right.any())


def _courses(patches: Sequence[Patch]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = np.concatenate([np.arange(patch.left, patch.left + len(patch.top)) for patch in patches])
    return columns, np.concatenate([p.top for p in patches]), np.concatenate([p.bottom for p in patches])


def _ink(dark: Mask, columns: np.ndarray, tops: np.ndarray, height: int) -> np.ndarray:
    """Tell of each column whether there is ink in so many rows from its top on."""
    found = np.zeros(len(columns), dtype=np.bool_)
    for step in range(height):
        rows = tops + step
        inside = (rows >= 0) & (rows < dark.shape[0])
        found[inside] |= dark[rows[inside], columns[inside]]
    return found


def _mark(wiped: np.ndarray, stroke: _Stroke, dark: Mask, dots: float) -> None:
    """Mark the dots of a stroke and their grey edge; not where a letter reaches through it, nor the feet of letters."""
    columns, tops, feet = _courses(stroke.patches)
    touched = _ink(dark, columns, tops - 2, 2)
    thin = feet - tops <= _THICKEST * dots
    through = touched & _ink(dark, columns, feet + 1, 1) | ~thin
    firsts = np.where(touched, tops, tops - 1)
    for column, first, foot in zip(*(each[~through].tolist() for each in (columns, firsts, feet)), strict=True):
        wiped[max(0, first) : foot + 1, column] = 255


def _box(stroke: _Stroke, dots: float) -> Box:
    _, tops, feet = _courses(stroke.patches)
    return Box(stroke.left / dots, float(np.median(tops)) / dots, stroke.right / dots, float(np.median(feet)) / dots)
