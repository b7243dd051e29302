"""What is a picture of a page, and how is it turned, straightened and brought to size?"""

from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from archive.model.pages import PageImage

POINTS_PER_INCH = 72.0
# Letters of a page under the least are enlarged before they are read, over the most made smaller.
LEAST_DPI = 250.0
MOST_DPI = 410.0
_READING_DPI = 300.0
# Under this, pages are faxes: their ragged edges want a stronger filter than specks do.
_FAX_DPI = 180.0
# The tone of the ground is looked at in dots of 1/25 inch.
_GROUND_DPI = 25.0
# A ground is dark if it has less than this share of the light that the page's paper has.
_DARK_SHARE = 0.53


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
    return Picture(larger.filter(ImageFilter.MedianFilter(5 if picture.dpi < _FAX_DPI else 3)), _READING_DPI)


def lighten_ground(picture: Picture) -> Picture:
    """Turn light letters on a dark ground (banners, bars) into dark letters on a light one, where there are any.

    A spot belongs to a dark ground if most of the half inch around it is dark, or if it is in a dark strip that goes on
    to both sides; large dark letters on paper are neither.
    """
    small = reduce(picture, _GROUND_DPI)
    limit = _paper_tone(small.pixels) * _DARK_SHARE
    dark = small.pixels.point([255 * (tone < limit) for tone in range(256)])
    banner = _where(dark, (6, 6), 0.5)
    bar = _where(dark, (8, 2), 0.62).filter(ImageFilter.MaxFilter(17))
    ground = ImageChops.lighter(banner, ImageChops.darker(bar, _where(dark, (2, 2), 0.62)))
    if ground.getbbox() is None:
        return picture
    mask = ground.resize(picture.pixels.size, Image.Resampling.NEAREST)
    return replace(picture, pixels=Image.composite(ImageChops.invert(picture.pixels), picture.pixels, mask))


def turn(picture: Picture, degrees: int) -> Picture:
    """Turn a picture clockwise by 0, 90, 180 or 270 degrees."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return replace(picture, pixels=picture.pixels.transpose(ways[degrees])) if degrees else picture


def straighten(picture: Picture, degrees: float) -> Picture:
    """Turn a picture clockwise by a few degrees, keeping its size; what comes in at the corners is white."""
    if not degrees:
        return picture
    return replace(picture, pixels=picture.pixels.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255))


def reduce(picture: Picture, dpi: float) -> Picture:
    """Return the picture at about `dpi`, by whole steps."""
    factor = max(1, round(picture.dpi / dpi))
    return Picture(picture.pixels.reduce(factor), picture.dpi / factor) if factor > 1 else picture


def save(picture: Picture, path: Path, number: int) -> PageImage:
    """Write a picture for an engine to read, without spending time on packing it."""
    picture.pixels.save(path, dpi=(picture.dpi, picture.dpi))
    return PageImage(number, str(path), picture.dpi)


def at_most(picture: Picture, dpi: float) -> Picture:
    """Return the picture at `dpi`, or as it is where it has less."""
    if picture.dpi <= dpi:
        return picture
    size = (round(picture.pixels.width * dpi / picture.dpi), round(picture.pixels.height * dpi / picture.dpi))
    return Picture(picture.pixels.resize(size, Image.Resampling.LANCZOS), dpi)


def _where(dark: Image.Image, reach: tuple[int, int], least: float) -> Image.Image:
    """Return where at least so much of the dots within reach (across, down) is dark, as 255 on 0."""
    return dark.filter(ImageFilter.BoxBlur(reach)).point([255 * (share > 255 * least) for share in range(256)])


def _paper_tone(pixels: Image.Image) -> int:
    """Return the tone that a quarter of the page is lighter than: its paper, whatever stands on the rest."""
    lighter, counts = 0, pixels.histogram()
    for tone in range(255, -1, -1):
        lighter += counts[tone]
        if lighter * 4 >= pixels.width * pixels.height:
            return tone
    return 0
