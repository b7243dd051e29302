"""How does the light on a page become even, and does its ink stand apart from its paper?"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image, ImageFilter

from archive.reading.images.picture import Picture, reduce

_PAPER_DPI = 50.0
# Paper is the lightest tone within so many dots at 50 dpi: further than from letter to letter, nearer than a shadow is
# wide. The median of 3 by 3 of the means of so many takes out specks of light.
_REACH, _COARSE, _SOFT = 9, 3, 4.0
# Where most paper differs less than this in tone, the light is even.
_EVEN = 0.08
# What is darker than this share of the page's paper is no paper in shadow but a picture or a dark ground.
_DARKEST_PAPER = 0.5
# Ink and paper that one threshold parts leave this share of the page's variance, or more, between the two.
_APART = 0.72
_GRAIN = 1 / 300  # in inches

Tones = npt.NDArray[np.uint8]


def even_light(picture: Picture) -> Picture:
    """Divide out the tone of the paper, so that it is white all over: shadows, folds, stains, brown paper, the back."""
    small = reduce(picture, _PAPER_DPI)
    paper, scale = _paper(np.asarray(small.pixels)), small.dpi / picture.dpi / _COARSE
    dark, usual, light = np.percentile(np.asarray(paper), (10, 75, 90))
    if light - dark < _EVEN * usual:
        return picture
    least = max(1, round(_DARKEST_PAPER * usual))
    whole = (0, 0, min(paper.width, picture.pixels.width * scale), min(paper.height, picture.pixels.height * scale))
    paper = paper.point(lambda tone: max(least, tone)).resize(picture.pixels.size, Image.Resampling.BILINEAR, whole)
    return replace(picture, pixels=Image.fromarray(_divide(np.asarray(picture.pixels), np.asarray(paper))))


def _paper(tones: Tones) -> Image.Image:
    """Return the tone of the paper all over a page, a dot for each few of its tones."""
    for axis in (0, 1):
        wide = [(0, 0), (0, 0)]
        wide[axis] = (_REACH // 2, _REACH // 2)
        tones = sliding_window_view(np.pad(tones, wide, mode="edge"), _REACH, axis=axis).max(axis=-1)
    paper = Image.fromarray(tones).reduce(_COARSE).filter(ImageFilter.MedianFilter(3))
    return paper.filter(ImageFilter.GaussianBlur(_SOFT / _COARSE))


def _divide(tones: Tones, paper: Tones) -> Tones:
    """Return tones (rows, columns) as shares of the paper's, in 255ths, by whole numbers: that is quick."""
    gains = np.array([0, *(65280 // tone for tone in range(1, 256))], dtype=np.uint16)
    even = np.minimum(tones, paper) * gains[paper]
    even >>= 8
    return even.astype(np.uint8)


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
