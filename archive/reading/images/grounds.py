"""Where do light letters stand on a dark ground, and how do they become dark on light?

A dark ground is one patch of dark dots, straight along its top and bottom (a bar, a banner) or large and well filled.
The letters in it are holes of the patch, so each column is filled from the first dark dot to the last.
"""

from dataclasses import replace

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from archive.model.pages import Box
from archive.reading.images.patches import Column, Patch, find_patches
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
_SOLID = 0.97  # dark share of a ground without letters, and without the light parts of a photo
_WHITE = 255
_INSIDE, _OUTSIDE = 3, 5  # twice the width of the edge of a ground inside and outside it, in dots, and 1


def lighten_grounds(picture: Picture) -> tuple[Picture, tuple[Box, ...], tuple[Box, ...]]:
    """Turn light letters on a dark ground (banners, bars) into dark letters on a light one, where there are any.

    A bar (wide, with straight edges) becomes as light as the paper, and so does a strip along its edge, where soft
    corners and half covered dots would be read as letters. Other grounds, photos among them, are inverted only.

    Returns:
        The picture, the boxes of its bars in points, and those of grounds so solid that nothing shows on them.
    """
    small = reduce(picture, _DPI)
    tones, paper, scale = np.asarray(small.pixels), _paper_tone(small.pixels), small.dpi / _DPI
    dark, step = tones < paper * _DARK_SHARE, round(picture.dpi / small.dpi)
    patches = [patch for patch in find_patches(dark, least_run=_LEAST_RUN * scale) if _is_ground(patch, scale)]
    if not patches:
        return picture, (), ()
    bars = [patch for patch in patches if _is_bar(patch, scale)]
    barred, pixels = Image.new("L", small.pixels.size), picture.pixels.copy()
    for patch in patches:
        left, top, right, bottom = patch.sides
        rows = np.arange(top, bottom)[:, None]
        inside = (rows >= patch.top) & (rows < patch.bottom)
        mask, gain = Image.fromarray(inside.astype(np.uint8) * _WHITE), 1.0
        if any(patch is bar for bar in bars):
            barred.paste(_WHITE, (left, top), mask)
            part = slice(top, bottom), slice(left, right)
            gain = paper / (_WHITE - float(np.median(tones[part][inside & dark[part]])))
        large = mask.resize((mask.width * step, mask.height * step), Image.Resampling.NEAREST)
        _invert(pixels, (left * step, top * step), large, gain)
    inner, outer = (barred.filter(each) for each in (ImageFilter.MinFilter(_INSIDE), ImageFilter.MaxFilter(_OUTSIDE)))
    edge = ImageChops.subtract(outer, inner).resize(pixels.size, Image.Resampling.NEAREST)
    pixels.paste(paper, mask=edge)
    solid = [patch for patch in patches if patch.dark >= _SOLID * (patch.bottom - patch.top).sum()]
    boxes = [tuple(_box(patch, POINTS_PER_INCH / small.dpi) for patch in some) for some in (bars, solid)]
    return replace(picture, pixels=pixels), boxes[0], boxes[1]


def _invert(pixels: Image.Image, at: tuple[int, int], mask: Image.Image, gain: float) -> None:
    """Invert a part of a picture in place, from its left top corner on, and make it so many times lighter."""
    part = pixels.crop((*at, at[0] + mask.width, at[1] + mask.height))
    turned = part.point([min(_WHITE, round((_WHITE - tone) * gain)) for tone in range(_WHITE + 1)])
    pixels.paste(turned, at, mask)


def _box(patch: Patch, scale: float) -> Box:
    """Return the box of a bar, which may be tilted, in points."""
    left, right = patch.left * scale, (patch.left + len(patch.top)) * scale
    return Box(left, float(np.median(patch.top)) * scale, right, float(np.median(patch.bottom)) * scale)


def _is_ground(patch: Patch, scale: float) -> bool:
    heights = patch.bottom - patch.top
    height, fill = float(np.median(heights)), patch.dark / heights.sum()
    if height < _LEAST_HEIGHT * scale:
        return False
    return _is_bar(patch, scale) or (min(height, len(heights)) >= _BLOCK * scale and fill >= _BLOCK_FILL)


def _is_bar(patch: Patch, scale: float) -> bool:
    heights = patch.bottom - patch.top
    height, width, fill = float(np.median(heights)), len(heights), patch.dark / heights.sum()
    return bool(
        height >= _LEAST_HEIGHT * scale
        and width >= _LEAST_WIDTH * height
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


def _paper_tone(pixels: Image.Image) -> int:
    """Return the tone that a quarter of the page is lighter than: its paper, whatever stands on the rest."""
    lighter, counts = 0, pixels.histogram()
    for tone in range(255, -1, -1):
        lighter += counts[tone]
        if lighter * 4 >= pixels.width * pixels.height:
            return tone
    return 0
