"""How does an image file become a picture of a page?"""

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from archive.errors import UnreadableScanError
from archive.reading.images.picture import Picture, reduce
from archive.reading.images.print_ink import letter_height

# Scanners give 75 to 1200; screens write 72 or 96 into pictures whose paper they never saw.
LEAST_TRUE_DPI, _MOST_TRUE_DPI = 100.0, 1300.0
_A4_LONG_SIDE_IN = 11.69
# No page is longer than an A1; paper shorter than an A6 is rare, and small letters (an x) of a type of four points are
# two points high, the least that is printed.
_LARGEST_PAPER_IN, _SMALL_PAPER_IN, _SMALLEST_LETTER_PT = 33.5, 5.8, 2.0
_HINT = "Scan the page again, or save it anew in an image editor, then run `archive ingest`."
# A picture may be this much larger than the bound on drawn pages: it is scaled down while it is read.
_LEEWAY = 2.5


def count_frames(path: Path) -> int:
    """Count the pages in an image file: one, but for a TIFF that holds more.

    Raises:
        UnreadableScanError: it is damaged or no image.
    """
    with _opened(path) as image:
        return int(getattr(image, "n_frames", 1))


def load(path: Path, frame: int, *, max_megapixels: float) -> Picture:
    """Load one page (from 0) of an image file in grey; the size is checked before anything is decoded.

    Raises:
        UnreadableScanError: it is damaged, cut off or too large.
    """
    with _opened(path) as image:
        try:
            image.seek(frame)
            _refuse_huge(path, image.size, max_megapixels * _LEEWAY)
            stated = _stated_dpi(image)
            with _own_bound():
                grey = _in_grey(ImageOps.exif_transpose(image) or image)
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            raise UnreadableScanError(path, "is cut off or damaged", hint=_HINT) from error
    return _fitting(at_true_size(Picture(grey, stated)), max_megapixels * 1e6)


def from_pixels(data: bytes, size: tuple[int, int], *, stride: int, mode: str, dpi: float) -> Picture:
    """Make a picture of raw pixels: `mode` is L, BGR, BGRX or BGRA, `size` (width, height), `stride` bytes a row."""
    colour = {"L": "L", "BGRA": "RGBA"}.get(mode, "RGB")
    return Picture(_in_grey(Image.frombuffer(colour, size, data, "raw", mode, stride, 1)), dpi)


def _opened(path: Path) -> Image.Image:
    try:
        with warnings.catch_warnings(), _own_bound():
            warnings.simplefilter("ignore")  # on odd tags
            return Image.open(path)
    except (OSError, ValueError, SyntaxError) as error:
        raise UnreadableScanError(path, "is a damaged image", hint=_HINT) from error


@contextmanager
def _own_bound() -> Iterator[None]:
    """Lift the library's bound on pixels, which is lower than an owner may set ours and whose error names no size."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _refuse_huge(path: Path, size: tuple[int, int], most_megapixels: float) -> None:
    width, height = size
    megapixels = width * height / 1e6
    if megapixels <= most_megapixels:
        return
    message = (
        f"is a picture of {width} x {height} pixels ({megapixels:,.0f} million), too large to read:"
        f" at most {most_megapixels:,.0f} million are"
    )
    enough = math.ceil(megapixels / _LEEWAY)
    hint = f"Scan the page again at 300 dpi, or set max_page_megapixels to {enough} in archive.toml"
    raise UnreadableScanError(path, message, hint=f"{hint}, then run `archive ingest`.")


def at_true_size(picture: Picture) -> Picture:
    """Return a picture with the resolution that is stated of it if that can be true, else with that of an A4.

    It is not true if no scanner has it, if no paper is so large, or if paper so small has letters that nobody can read.
    """
    long_in = max(picture.pixels.size) / picture.dpi if picture.dpi else 0.0
    small = long_in < _SMALL_PAPER_IN
    true = LEAST_TRUE_DPI <= picture.dpi <= _MOST_TRUE_DPI and long_in <= _LARGEST_PAPER_IN
    if true and not (small and 0 < letter_height(picture) < _SMALLEST_LETTER_PT):
        return picture
    return replace(picture, dpi=max(picture.pixels.size) / _A4_LONG_SIDE_IN)


def _stated_dpi(image: Image.Image) -> float:
    stated = image.info.get("dpi", (0, 0))
    try:
        return float(stated[0])
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return 0.0


def _in_grey(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        return paper.convert("L")
    if image.mode.startswith("I;16"):
        deep = np.asarray(image, dtype=np.uint16)
        return Image.fromarray((deep >> 8).astype(np.uint8))
    return image if image.mode == "L" else image.convert("L")


def _fitting(picture: Picture, most: float) -> Picture:
    excess = picture.pixels.width * picture.pixels.height / most
    return reduce(picture, picture.dpi / (int(excess**0.5) + 1)) if excess > 1 else picture
