"""What is a picture of a page, and how is it turned, straightened and brought to size?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from archive.model.pages import Box, PageImage

POINTS_PER_INCH = 72.0
# Letters of a page under the least, a fax, are enlarged before they are read, over the most made smaller.
LEAST_DPI = 180.0
MOST_DPI = 410.0
_READING_DPI = 300.0
_FRAME = 1.5  # points
_RAGGED = 5  # a median of so many dots smooths the steps of enlarged letters


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as grey pixels; `dpi` is true to its size on paper."""

    pixels: Image.Image
    dpi: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.pixels.width / self.dpi * POINTS_PER_INCH

    @property
    def height(self) -> float:
        """Height in points."""
        return self.pixels.height / self.dpi * POINTS_PER_INCH


def resize(picture: Picture) -> Picture:
    """Bring a picture to a resolution that engines read well; one that is near to it stays as it is."""
    if LEAST_DPI <= picture.dpi <= MOST_DPI:
        return picture
    scale = _READING_DPI / picture.dpi
    size = (round(picture.pixels.width * scale), round(picture.pixels.height * scale))
    if scale < 1:
        return Picture(picture.pixels.resize(size, Image.Resampling.BOX), _READING_DPI)
    larger = picture.pixels.resize(size, Image.Resampling.BICUBIC)
    return Picture(larger.filter(ImageFilter.MedianFilter(_RAGGED)), _READING_DPI)


def turn(picture: Picture, degrees: int) -> Picture:
    """Turn a picture clockwise by 0, 90, 180 or 270 degrees."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return replace(picture, pixels=picture.pixels.transpose(ways[degrees])) if degrees else picture


def straighten(picture: Picture, degrees: float, *, finely: bool = True) -> Picture:
    """Turn a picture clockwise by a few degrees, keeping its size; what comes in at the corners is white.

    `finely`: so that letters stay sharp, at twice the cost.
    """
    if not degrees:
        return picture
    how = Image.Resampling.BICUBIC if finely else Image.Resampling.BILINEAR
    return replace(picture, pixels=picture.pixels.rotate(-degrees, how, fillcolor=255))


def cut(picture: Picture, box: Box) -> Picture:
    """Cut a part out of a picture; `box` is in points."""
    scale = picture.dpi / POINTS_PER_INCH
    sides = (round(box.x0 * scale), round(box.y0 * scale), round(box.x1 * scale), round(box.y1 * scale))
    return replace(picture, pixels=picture.pixels.crop(sides))


def reduce(picture: Picture, dpi: float) -> Picture:
    """Return the picture at about `dpi`, by whole steps."""
    factor = max(1, round(picture.dpi / dpi))
    return Picture(picture.pixels.reduce(factor), picture.dpi / factor) if factor > 1 else picture


def save(picture: Picture, path: Path, number: int) -> PageImage:
    """Write a picture for an engine to read, without spending time on packing it."""
    picture.pixels.save(path, dpi=(picture.dpi, picture.dpi))
    return PageImage(number, str(path), picture.dpi)


def frame(picture: Picture, boxes: Sequence[Box], width: float | None) -> Picture:
    """Draw boxes on a picture in red; they are in points of a page that is `width` points wide."""
    if not boxes or not width:
        return picture
    scale, pixels = picture.pixels.width / width, picture.pixels.convert("RGB")
    thick = max(1, round(scale * _FRAME))
    for box in boxes:
        sides = (box.x0 - _FRAME, box.y0 - _FRAME, box.x1 + _FRAME, box.y1 + _FRAME)
        ImageDraw.Draw(pixels).rectangle([side * scale for side in sides], outline="red", width=thick)
    return replace(picture, pixels=pixels)


def at_most(picture: Picture, dpi: float) -> Picture:
    """Return the picture at `dpi`, or as it is where it has less."""
    if picture.dpi <= dpi:
        return picture
    size = (round(picture.pixels.width * dpi / picture.dpi), round(picture.pixels.height * dpi / picture.dpi))
    return Picture(picture.pixels.resize(size, Image.Resampling.LANCZOS), dpi)
