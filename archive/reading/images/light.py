"""How does the light on a page become even, and does its ink stand apart from its paper?"""

from dataclasses import replace

import numpy as np
from PIL import Image, ImageFilter

from archive.reading.images.picture import Picture, reduce

_PAPER_DPI = 50.0
# Paper is the lightest tone within so many dots at 50 dpi: further than from letter to letter, nearer than a shadow is
# wide. The median takes out specks of light.
_REACH, _SOFT = 9, 4.0
# Where most paper differs less than this in tone, the light is even.
_EVEN = 0.08
# What is darker than this share of the page's paper is no paper in shadow but a picture or a dark ground.
_DARKEST_PAPER = 0.5
# Ink and paper that one threshold parts leave this share of the page's variance, or more, between the two.
_APART = 0.72
_GRAIN = 1 / 300  # in inches


def even_light(picture: Picture) -> Picture:
    """Divide out the tone of the paper, so that it is white all over: shadows, folds, stains, brown paper, the back."""
    small = reduce(picture, _PAPER_DPI).pixels
    paper = small.filter(ImageFilter.MaxFilter(_REACH)).filter(ImageFilter.MedianFilter(_REACH))
    paper = paper.filter(ImageFilter.GaussianBlur(_SOFT))
    dark, usual, light = np.percentile(np.asarray(paper), (10, 75, 90))
    if light - dark < _EVEN * usual:
        return picture
    least = max(1, round(_DARKEST_PAPER * usual))
    paper = paper.point(lambda tone: max(least, tone)).resize(picture.pixels.size, Image.Resampling.BILINEAR)
    tones = np.asarray(picture.pixels, dtype=np.float32)
    tones = np.minimum(tones * (255.0 / np.asarray(paper, dtype=np.float32)), 255.0)
    return replace(picture, pixels=Image.fromarray(tones.astype(np.uint8)))


def smooth(picture: Picture) -> Picture:
    """Take the grain out of a faint page; letters lose no more of their edges than they can bear."""
    return replace(picture, pixels=picture.pixels.filter(ImageFilter.GaussianBlur(_GRAIN * picture.dpi)))


def is_faint(picture: Picture) -> bool:
    """Tell whether ink and paper overlap in tone, so that no one threshold parts them all over the page.

    Source: the measure of separability of a threshold's two classes (Otsu, IEEE Transactions SMC 9, 1979).
    """
    counts = np.array(picture.pixels.histogram()[:256], dtype=np.float64)
    tones = np.arange(256) - float((counts * np.arange(256)).sum() / counts.sum())
    share = np.cumsum(counts / counts.sum())
    moment = np.cumsum(counts / counts.sum() * tones)
    inner = (share > 0) & (share < 1)
    if not inner.any():
        return False
    between = np.square(moment[inner]) / (share[inner] * (1 - share[inner]))
    within_all = float((counts * np.square(tones)).sum() / counts.sum())
    return bool(between.max() < _APART * within_all)
