"""What does a PDF page look like?"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from archive.errors import UnreadableScanError
from archive.reading.pdf.documents import DAMAGED_HINT, for_drawing

_POINTS_PER_INCH = 72.0
# Below this a page is too coarse to read, so one that does not fit the bound at this resolution is refused. Where less
# was asked, at which its letters are large enough, it may have so many times as many pixels as the bound.
_LEAST_DPI = 96.0
_LEEWAY = 2.5
# A fax or a book at 1200 dpi is a large picture and still a page.
_IMAGE_LEEWAY = 5.0
# A picture that differs from its page by less than this share is the page itself.
_CLOSE = 0.03
_MODES = {
    pdfium.FPDFBitmap_Gray: "L",
    pdfium.FPDFBitmap_BGR: "BGR",
    pdfium.FPDFBitmap_BGRx: "BGRX",
    pdfium.FPDFBitmap_BGRA: "BGRA",
}


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels, rows from the top, `stride` bytes from row to row; `mode` is L (grey), BGR, BGRX or BGRA."""

    data: bytes
    width: int
    height: int
    stride: int
    mode: str
    dpi: float


def render(path: Path, number: int, dpi: float, *, max_megapixels: float, password: str = "") -> Raster:
    """Draw a page in grey; at less than `dpi` where the picture would exceed `max_megapixels`.

    A page that is one upright image is that image, as it is, where it has about this resolution.

    Raises:
        UnreadableScanError: the page is too large to be drawn at a readable resolution, or cannot be drawn.
    """
    with for_drawing(path, password) as document:
        page = document[number - 1]
        try:
            width, height = page.get_size()
            fitting = _POINTS_PER_INCH * (max_megapixels * 1e6 / max(1.0, width * height)) ** 0.5
            _refuse_huge_images(page, path, number, max_megapixels)
            if own := _own_image(page, min(dpi, fitting)):
                return own
            if fitting < (least := min(_LEAST_DPI, dpi / _LEEWAY**0.5)):
                measure = f"page {number} measures {width / 72 * 2.54:.0f} x {height / 72 * 2.54:.0f} cm"
                raise _too_large(path, measure, least / fitting, max_megapixels)
            return _drawn(page, min(dpi, fitting))
        except pypdfium2.PdfiumError as error:
            raise UnreadableScanError(path, f"page {number} cannot be drawn", hint=DAMAGED_HINT) from error
        finally:
            page.close()


def hidden_share(path: Path, number: int, *, password: str = "") -> float:
    """Return which share of the pieces of text on a page is invisible (0 to 1): what a program read in its picture."""
    with for_drawing(path, password) as document:
        page = document[number - 1]
        try:
            modes = [
                pdfium.FPDFTextObj_GetTextRenderMode(each.raw)
                for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3)
            ]
        finally:
            page.close()
    return modes.count(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) / max(1, len(modes))


def _refuse_huge_images(page: Any, path: Path, number: int, max_megapixels: float) -> None:  # noqa: ANN401 - no types
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        width, height = each.get_px_size()
        megapixels = width * height / 1e6
        if megapixels > (most := max_megapixels * _IMAGE_LEEWAY):
            message = (
                f"page {number} holds a picture of {width} x {height} pixels ({megapixels:,.0f} million), too large to"
                f" read: at most {most:,.0f} million are"
            )
            enough = math.ceil(megapixels / _IMAGE_LEEWAY)
            hint = f"Make a smaller scan of it (300 dpi is enough), or set max_page_megapixels to {enough}"
            raise UnreadableScanError(path, message, hint=f"{hint} in archive.toml, then run `archive ingest`.")


def _too_large(path: Path, measure: str, excess: float, max_megapixels: float) -> UnreadableScanError:
    """Return the refusal of a page whose sides exceed what fits the bound by so many times."""
    message = f"{measure}, too large to read with max_page_megapixels = {max_megapixels:g}"
    enough = math.ceil(max_megapixels * excess**2)
    hint = f"Save the page anew at the size of its paper, or set max_page_megapixels to {enough} in archive.toml"
    return UnreadableScanError(path, message, hint=f"{hint}, then run `archive ingest`.")


def _own_image(page: Any, dpi: float) -> Raster | None:  # noqa: ANN401 - pypdfium2 has no types
    """Return the image that is the whole page, untouched, or None where the page has to be drawn."""
    found = list(page.get_objects(max_depth=2))
    images = [each for each in found if each.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    others = {each.type for each in found} - {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT}
    if len(images) != 1 or others or page.get_rotation():
        return None
    left, bottom, right, top = images[0].get_bounds() if hasattr(images[0], "get_bounds") else images[0].get_pos()
    width, height = page.get_size()
    a, b, c, d = images[0].get_matrix().get()[:4]
    fills = (
        min(right, width) - max(left, 0) > (1 - _CLOSE) * width
        and min(top, height) - max(bottom, 0) > (1 - _CLOSE) * height
    )
    exceeds = right - left > (1 + _CLOSE) * width or top - bottom > (1 + _CLOSE) * height
    if not fills or exceeds or a <= 0 or d <= 0 or abs(b) > 1e-3 * a or abs(c) > 1e-3 * d:
        return None
    columns, rows = images[0].get_px_size()
    own = columns / width * _POINTS_PER_INCH
    stretched = abs((rows / height) / (columns / width) - 1) > _CLOSE
    if stretched or own > dpi * (1 + _CLOSE):
        return None
    bitmap = images[0].get_bitmap(render=False)
    return _raster(bitmap, own) if bitmap.format in _MODES else None


def _drawn(page: Any, dpi: float) -> Raster:  # noqa: ANN401 - pypdfium2 has no types
    return _raster(page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True), dpi)


def _raster(bitmap: Any, dpi: float) -> Raster:  # noqa: ANN401 - pypdfium2 has no types
    return Raster(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, _MODES[bitmap.format], dpi)
