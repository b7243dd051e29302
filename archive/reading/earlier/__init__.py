"""What did somebody else's OCR read on these pages, before us? Text sources that lie beside the scans.

names.py       which files belong to a scan?
beside.py      what do they say of its pages?
alto.py        how is ALTO read?
hocr.py        how is hOCR read?
paperless.py   how does an export of paperless-ngx come in?
"""

from dataclasses import dataclass, replace
from pathlib import Path

from archive.bounded import read_bounded
from archive.model.pages import Box, Word

# What a page is taken to be scanned at where nothing tells.
USUAL_DPI = 300.0
POINTS_PER_INCH = 72.0
LIMIT_BYTES = 64 * 1024 * 1024
# Two sizes of one page differ by a cut edge at the most.
_SAME_SHAPE = 0.08


@dataclass(frozen=True, slots=True)
class EarlierPage:
    """The words of one page in reading order, and its size, in points; `reader` names the program that read them.

    `number` is that of the page in its file, from 1. A file may count in pixels and not say how many there are to an
    inch, so that sizes and boxes hold only beside each other: `fit` brings them to the scan's own page.
    """

    number: int
    words: tuple[Word, ...]
    width: float
    height: float
    reader: str


def read_markup(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> str:
    """Return what a file of markup holds, in UTF-8; what cannot be decoded stands as U+FFFD.

    Raises:
        UnreadableScanError: It is too large.
        StorageError: It cannot be read.
    """
    return read_bounded(path, limit_bytes, hint="Cut it into pages.").decode("utf-8-sig", "replace")


def fit(page: EarlierPage, width: float, height: float) -> EarlierPage | None:
    """Return the page with its words where they are on a page of that size, in points.

    None where its sides are of another proportion, as when the scan was turned since then, or a word has no place.
    """
    if not page.width or not page.height or not width or not height:
        return None
    across, down = width / page.width, height / page.height
    if abs(across / down - 1) > _SAME_SHAPE:
        return None
    words = []
    for word in page.words:
        if word.box is None:
            return None
        box = Box(word.box.x0 * across, word.box.y0 * down, word.box.x1 * across, word.box.y1 * down)
        words.append(replace(word, box=box))
    return replace(page, words=tuple(words), width=width, height=height)
