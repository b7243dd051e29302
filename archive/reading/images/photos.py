"""Where are photos on a page, whose signs and shadows an engine takes for letters?

A photo is a large area without paper, of many tones; a tint, a bar or a banner has one tone and that of its letters. It
is looked for on the page as it was scanned: evening the light makes the light parts of a photo white.
"""

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from archive.model.pages import Box
from archive.reading.images.patches import find_patches
from archive.reading.images.picture import POINTS_PER_INCH, Picture, reduce

_DPI = 50.0
_REACH = 9  # dots: further than from letter to letter, so that each line of print has paper in reach
_PAPER = 0.85  # of the light of the page's paper
_LEAST = 40.0  # points wide and high
_FILL = 0.6  # share of its box
# In one tone, give or take a little, is no more than this share of a photo; a tint with letters on it has .6 and more.
_ONE_TONE, _TONES = 0.55, 21

Tones = npt.NDArray[np.uint8]


def find_photos(picture: Picture) -> tuple[Box, ...]:
    """Return the boxes of the photos on a page, in points."""
    small = reduce(picture, _DPI)
    tones, scale = np.asarray(small.pixels), POINTS_PER_INCH / small.dpi
    paper = np.percentile(tones, 75)
    wider = _REACH // 2
    found = []
    for patch in find_patches(_lightest(tones) < _PAPER * paper, least_run=_LEAST / scale - 2 * wider):
        left, top, right, bottom = patch.sides
        fill = patch.dark / ((right - left) * (bottom - top))
        left, top = max(0, left - wider), max(0, top - wider)
        part = tones[top : bottom + wider, left : right + wider]
        if min(part.shape) * scale >= _LEAST and fill >= _FILL and _share_of_one_tone(part) <= _ONE_TONE:
            found.append(Box(left * scale, top * scale, (left + part.shape[1]) * scale, (top + part.shape[0]) * scale))
    return tuple(found)


def _lightest(tones: Tones) -> Tones:
    """Return for each dot the lightest tone around it."""
    for axis in (0, 1):
        wide = [(0, 0), (0, 0)]
        wide[axis] = (_REACH // 2, _REACH // 2)
        tones = sliding_window_view(np.pad(tones, wide, mode="edge"), _REACH, axis=axis).max(axis=-1)
    return tones


def _share_of_one_tone(part: Tones) -> float:
    counts = np.bincount(part.ravel(), minlength=256)
    return float(np.convolve(counts, np.ones(_TONES), "same").max() / part.size)
