"""Where do light letters stand on a dark ground, and how do they become dark on light?

A dark ground is one patch of dark dots, straight along its top and bottom (a bar, a banner) or large and well filled.
The letters in it are holes of the patch, so each column is filled from the first dark dot to the last.
"""

from collections import deque
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

from archive.reading.images.picture import POINTS_PER_INCH, Picture, reduce

_DPI = 75.0
# A ground is dark if it has less than this share of the light that the page's paper has.
_DARK_SHARE = 0.53
_POINT = _DPI / POINTS_PER_INCH
# A patch holds a row of dark dots this long; so do rules and frames, which are too low or hold too little ink.
_LEAST_RUN = 24 * _POINT
_LEAST_HEIGHT = 9 * _POINT
_LEAST_WIDTH = 2.2  # of a bar, in heights: a large letter is narrower
_LEAST_FILL = 0.5  # dark share of a bar; white letters take up to half of it
_STRAIGHT, _STRAIGHT_SHARE = 1.6, 0.85  # how far the edge of a bar may wander, in dots, and along how much of it
_BLOCK, _BLOCK_FILL = 40 * _POINT, 0.62  # sides and dark share of a banner of any shape

Mask = npt.NDArray[np.bool_]
Column = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Patch:
    """Dark dots that touch each other; `top` and `bottom` (exclusive) of each column from `left` on."""

    left: int
    top: Column
    bottom: Column
    dark: int


def lighten_grounds(picture: Picture) -> Picture:
    """Turn light letters on a dark ground (banners, bars) into dark letters on a light one, where there are any."""
    small = reduce(picture, _DPI)
    dark = np.asarray(small.pixels) < _paper_tone(small.pixels) * _DARK_SHARE
    patches = [patch for patch in _patches(dark, _LEAST_RUN * small.dpi / _DPI) if _is_ground(patch, small.dpi / _DPI)]
    if not patches:
        return picture
    ground = np.zeros(dark.shape, dtype=np.uint8)
    rows = np.arange(dark.shape[0])[:, None]
    for patch in patches:
        ground[:, patch.left : patch.left + len(patch.top)][(rows >= patch.top) & (rows < patch.bottom)] = 255
    mask = Image.fromarray(ground).resize(picture.pixels.size, Image.Resampling.NEAREST)
    return replace(picture, pixels=Image.composite(ImageChops.invert(picture.pixels), picture.pixels, mask))


def _is_ground(patch: _Patch, scale: float) -> bool:
    heights = patch.bottom - patch.top
    height, width, fill = float(np.median(heights)), len(heights), patch.dark / heights.sum()
    if height < _LEAST_HEIGHT * scale:
        return False
    if min(height, width) >= _BLOCK * scale and fill >= _BLOCK_FILL:
        return True
    return bool(
        width >= _LEAST_WIDTH * height
        and fill >= _LEAST_FILL
        and _straight_share(patch.top) >= _STRAIGHT_SHARE
        and _straight_share(patch.bottom) >= _STRAIGHT_SHARE
    )


def _straight_share(edge: Column) -> float:
    """Return which share of an edge lies on one line, which may be tilted."""
    at = np.arange(len(edge))
    third = max(1, len(edge) // 3)
    slope = (np.median(edge[-third:]) - np.median(edge[:third])) / max(1, len(edge) - third)
    level = edge - slope * at
    return float((np.abs(level - np.median(level)) <= _STRAIGHT).mean())


def _patches(dark: Mask, least_run: float) -> list[_Patch]:
    """Find the patches that hold a row of at least so many dark dots."""
    edges = np.diff(dark.astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    long = np.flatnonzero(ends - starts >= least_run)
    if not long.size:
        return []
    first = np.searchsorted(rows, np.arange(dark.shape[0] + 1))
    seen = np.zeros(len(rows), dtype=np.bool_)
    return [
        _patch(_flood(int(seed), (rows, starts, ends), first, seen), (rows, starts, ends))
        for seed in long
        if not seen[seed]
    ]


def _flood(seed: int, runs: tuple[Column, Column, Column], first: Column, seen: Mask) -> list[int]:
    """Gather the runs of dark dots that touch each other, from one of them on."""
    rows, starts, ends = runs
    seen[seed] = True
    found, waiting = [seed], deque([seed])
    while waiting:
        at = waiting.popleft()
        for row in (rows[at] - 1, rows[at] + 1):
            if not 0 <= row < len(first) - 1:
                continue
            low, high = first[row], first[row + 1]
            low += np.searchsorted(ends[low:high], starts[at], side="right")
            high = first[row] + np.searchsorted(starts[first[row] : high], ends[at])
            for other in range(int(low), int(high)):
                if not seen[other]:
                    seen[other] = True
                    found.append(other)
                    waiting.append(other)
    return found


def _patch(found: list[int], runs: tuple[Column, Column, Column]) -> _Patch:
    rows, starts, ends = (each[found] for each in runs)
    left, right = int(starts.min()), int(ends.max())
    top = np.full(right - left, np.iinfo(np.intp).max)
    bottom = np.zeros(right - left, dtype=np.intp)
    for row, start, end in zip(rows, starts - left, ends - left, strict=True):
        top[start:end] = np.minimum(top[start:end], row)
        bottom[start:end] = np.maximum(bottom[start:end], row + 1)
    return _Patch(left, top, bottom, int((ends - starts).sum()))


def _paper_tone(pixels: Image.Image) -> int:
    """Return the tone that a quarter of the page is lighter than: its paper, whatever stands on the rest."""
    lighter, counts = 0, pixels.histogram()
    for tone in range(255, -1, -1):
        lighter += counts[tone]
        if lighter * 4 >= pixels.width * pixels.height:
            return tone
    return 0
