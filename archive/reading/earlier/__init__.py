"""What did somebody else's OCR read on these pages, before us? Text sources that lie beside the scans.

beside.py      which files belong to a scan?
alto.py        how is ALTO read?
hocr.py        how is hOCR read?
paperless.py   how does an export of paperless-ngx come in?
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.model.pages import Box, Word

# What a page is taken to be scanned at where nothing tells.
USUAL_DPI = 300.0
POINTS_PER_INCH = 72.0
LIMIT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """The words of one page in reading order, and its size, in points; `reader` names the program that read them.

    `number` is that of the page in its file, from 1. `is_to_scale` is False where the file counts in pixels and does
    not say how many there are to an inch; then `fit` should be asked, with the size of the scan's own page.
    """

    number: int
    words: tuple[Word, ...]
    width: float
    height: float
    reader: str
    is_to_scale: bool


def fit(page: EarlierPage, width: float, height: float) -> EarlierPage:
    """Return the page with its words where they are on a page of that size, in points.

    A page that was turned in the meantime is left as it is: its sides are of another proportion.
    """
    if not page.width or not page.height or not width or not height:
        return page
    across, down = width / page.width, height / page.height
    if abs(across / down - 1) > _SAME_SHAPE:
        return page
    words = tuple(_scaled(word, across, down) for word in page.words)
    return replace(page, words=words, width=width, height=height, is_to_scale=True)


def mean_confidence(words: Sequence[Word]) -> float | None:
    """Return how sure the earlier program was of its words, by their length; None where it did not say."""
    known = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    letters = sum(length for _, length in known)
    return sum(sure * length for sure, length in known) / letters if letters else None


# Two sizes of one page differ by a cut edge at the most.
_SAME_SHAPE = 0.08


def _scaled(word: Word, across: float, down: float) -> Word:
    box = word.box
    if box is not None:
        box = Box(box.x0 * across, box.y0 * down, box.x1 * across, box.y1 * down)
    return replace(word, box=box, size=None if word.size is None else word.size * down)
