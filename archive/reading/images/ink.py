"""What does the ink on a page tell: how it lies, where it is print, and how heavy each word is?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import ImageFilter

from archive.model.pages import Box, Word
from archive.reading.images.picture import POINTS_PER_INCH, Picture, reduce, straighten

_INK_DPI = 100.0
_MOST_SKEW = 6.0
_MOST_SAMPLES = 60_000
_STRIPS = 8
# Lines of print follow each other at 5 to 22 points: in pixels at 100 dpi.
_LINE_SPACING = (7.0, 30.0)
# How much more energy one way needs than the other, and how much more ink above than below; a page of few lines of
# large print has some energy both ways, and most pages lie right.
_CLEAR_ALONG = 1.5
_CLEAR_SIDE = 4.0
_CLEAR_RISE = 0.15
# Print has so much more energy along its lines than across them, so large a share of all energy there, and so large a
# share of paper of one tone; a photo or a drawing lacks one of these.
_PRINT_ALONG, _PRINT_SHARE = 3.0, 0.25
_PRINT_PAPER, _PAPER_TONES = 0.5, 25

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Turn:
    """By how many degrees clockwise a page seems to have to be turned, and its share of ink.

    `unsure_side`: it may as well lie on its side, or not. `unsure_way`: it may as well have to be turned the other way.
    """

    turned: int
    unsure_side: bool
    unsure_way: bool
    ink: float


def guess_turn(picture: Picture) -> Turn:
    """Guess which way a page is up from its ink alone.

    Lines of print make rows of ink alternate more sharply than columns do; and more rises above the small letters
    (b, d, h, capitals) than hangs below them (g, j, p). Where up and down look alike, up is taken.
    """
    mask = _ink(picture)
    skew = _tilt(mask)
    if abs(skew) > 0.5:  # noqa: PLR2004 - a tilted page has soft rows
        mask = _ink(straighten(reduce(picture, _INK_DPI), -skew))
    along, across = _line_energy(mask), _line_energy(mask.T)
    on_its_side = across > along
    needed = _CLEAR_SIDE if on_its_side else _CLEAR_ALONG
    rise = _rise(np.rot90(mask, -1) if on_its_side else mask)
    unsure_side = max(along, across) <= needed * max(1.0, min(along, across))
    # A page on its side was turned for certain, but which way? One that lies level was most likely laid down right.
    unsure_way = on_its_side and abs(rise) < _CLEAR_RISE
    turned = 90 * int(on_its_side) + 180 * int(rise < -_CLEAR_RISE)
    return Turn(turned, unsure_side, unsure_way, float(mask.mean()))


def holds_print(picture: Picture) -> bool:
    """Tell whether a part of a page looks like lines of print on paper, and not like a photo or a drawing."""
    tones = np.array(reduce(picture, _INK_DPI).pixels.histogram()[:256], dtype=np.float64)
    paper = np.convolve(tones, np.ones(_PAPER_TONES), "same").max() / tones.sum()
    if paper < _PRINT_PAPER:
        return False
    mask = _ink(picture)
    along, everything = _energies(mask)
    return along > _PRINT_ALONG * max(1.0, _line_energy(mask.T)) and along > _PRINT_SHARE * everything


def find_skew(picture: Picture) -> float:
    """Return by how many degrees clockwise a page must be turned for its lines to run level."""
    return -_tilt(_ink(picture))


def weigh(picture: Picture, words: Sequence[Word]) -> tuple[Word, ...]:
    """Give each word its weight: how thick its strokes are for their size, beside the page's usual ones."""
    pixels = np.asarray(picture.pixels)
    scale = picture.dpi / POINTS_PER_INCH
    ratios = np.array([_stroke_ratio(_cut(pixels, word.box, scale), word, scale) for word in words])
    letters = np.array([len(word.text) for word in words])
    known = np.isfinite(ratios)
    if not known.any():
        return tuple(words)
    order = np.argsort(ratios[known])
    middle = np.searchsorted(np.cumsum(letters[known][order]), letters[known].sum() / 2)
    usual = ratios[known][order][min(middle, len(order) - 1)]
    return tuple(
        replace(word, weight=round(float(ratio / usual), 2) if np.isfinite(ratio) else None)
        for word, ratio in zip(words, ratios, strict=True)
    )


def _ink(picture: Picture) -> Mask:
    """Return where ink is (rows, columns), at about 100 dpi: what is darker than the paper around it."""
    small = reduce(picture, _INK_DPI).pixels
    paper = np.asarray(small.filter(ImageFilter.BoxBlur(10)), dtype=np.float32)
    mask: Mask = np.asarray(small, dtype=np.float32) < paper * 0.86 - 4
    return mask


def _tilt(mask: Mask) -> float:
    """Return the angle in degrees by which lines sink to the right: rows along it part ink and paper most sharply."""
    rows, columns = np.nonzero(mask)
    if rows.size > _MOST_SAMPLES:
        every = rows.size // _MOST_SAMPLES + 1
        rows, columns = rows[::every], columns[::every]
    height, width = mask.shape
    margin = int(width * np.tan(np.radians(_MOST_SKEW + 1))) + 1
    offsets = columns - width / 2

    def sharpness(angle: float) -> float:
        along = np.rint(rows - offsets * np.tan(np.radians(angle))).astype(np.intp) + margin
        profile = np.bincount(along, minlength=height + 2 * margin).astype(np.float64)
        return float(np.square(np.diff(profile)).sum())

    best = 0.0
    for reach, step in ((_MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.025)):
        angles = best + np.arange(-round(reach / step), round(reach / step) + 1) * step
        found = np.array([sharpness(angle) for angle in angles])
        best = float(angles[found >= found.max() * 0.9995].mean()) if found.max() else 0.0
    return best


def _line_energy(mask: Mask) -> float:
    """Return how strongly rows of ink alternate at the spacing of lines of print, summed over strips of the page."""
    return _energies(mask)[0]


def _energies(mask: Mask) -> tuple[float, float]:
    """Return how strongly rows of ink alternate at the spacing of lines of print, and at any, summed over strips."""
    energy = everything = 0.0
    for strip in np.array_split(mask, _STRIPS, axis=1):
        profile = strip.sum(axis=1, dtype=np.float64)
        if not profile.any():
            continue
        profile = np.minimum(profile, np.percentile(profile[profile > 0], 95))  # rules and borders are no print
        spectrum = np.square(np.abs(np.fft.rfft(profile - profile.mean())))
        period = len(profile) / np.maximum(np.arange(len(spectrum)), 1)
        energy += float(spectrum[(period > _LINE_SPACING[0]) & (period < _LINE_SPACING[1])].sum())
        everything += float(spectrum[1:].sum())
    return energy, everything


def _rise(mask: Mask) -> float:
    """Weigh the ink above the cores of the lines (b, d, h, capitals) against that below (g, j, p): from -1 to 1."""
    above = below = 0.0
    for strip in np.array_split(mask, max(6, mask.shape[1] // 100), axis=1):
        profile = strip.sum(axis=1, dtype=np.float64)
        inked = profile[profile > 0]
        if not inked.size:
            continue
        core = (profile >= np.percentile(inked, 70) / 2).astype(np.int8)
        edges = np.flatnonzero(np.diff(core, prepend=0, append=0))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if 3 <= end - start <= 14:  # noqa: PLR2004 - small letters of 5 to 20 points, in pixels at 100 dpi
                reach = max(1, (end - start) // 2)
                above += profile[max(0, start - reach) : start].sum()
                below += profile[end : end + reach].sum()
    return float((above - below) / max(1.0, above + below))


def _cut(pixels: npt.NDArray[np.uint8], box: Box | None, scale: float) -> npt.NDArray[np.uint8]:
    if box is None:
        return pixels[:0, :0]
    return pixels[round(box.y0 * scale) : round(box.y1 * scale), round(box.x0 * scale) : round(box.x1 * scale)]


def _stroke_ratio(cut: npt.NDArray[np.uint8], word: Word, scale: float) -> float:
    """Return the mean thickness of a word's strokes as a share of its type size, or NaN where that cannot be told."""
    if cut.shape[0] < 6 or cut.shape[1] < 6 or not word.size or not any(sign.isalnum() for sign in word.text):  # noqa: PLR2004
        return float("nan")
    low, high = int(cut.min()), int(cut.max())
    ink = cut < (low + high) / 2
    share = ink.mean()
    if high - low < 40 or share > 0.6:  # noqa: PLR2004 - no contrast, or light letters on a dark ground
        return float("nan")
    edges = int(np.count_nonzero(ink[:, 1:] != ink[:, :-1])) + int(np.count_nonzero(ink[1:] != ink[:-1]))
    # A stroke of thickness t and length l has an area of t·l and an outline of about 2·l.
    return 2.0 * float(np.count_nonzero(ink)) / max(1, edges) / (word.size * scale)
