"""How large is the paper that a page of a PDF shows, and how finely is it to be drawn?

Phone apps and viewers write a picture into a PDF at one dot a point, whatever paper it shows: an A4 photographed in
1654 x 2339 dots becomes a page of 58 x 83 cm. What is known of print (type sizes, strokes, rules) holds on the paper,
so such a page is read at the size of its paper, and its boxes are brought back to the page when they are arranged.
"""

from collections.abc import Iterable
from dataclasses import replace

from archive.model.pages import Block, Box, Line, Word
from archive.reading.images.loading import LEAST_TRUE_DPI
from archive.reading.images.picture import LEAST_DPI, MOST_DPI, Picture
from archive.reading.pdf.layer import PdfPage

_A4_PT = (595.3, 841.9)


def find_scale(page: PdfPage) -> float:
    """Return how many points of a page make one of its paper.

    That is 1 where the page can be true. Where an image fills it at a resolution that no scanner gives, it is at most
    an A4, as an image file that states such a resolution is; long strips are measured by their width.
    """
    if page.image_dpi is None or page.image_dpi >= LEAST_TRUE_DPI:
        return 1.0
    sides = sorted((page.width, page.height))
    return max(1.0, min(side / of_a4 for side, of_a4 in zip(sides, _A4_PT, strict=True)))


def drawing_dpi(page: PdfPage, usual: float) -> float:
    """Return the resolution, in dots an inch of the page, at which it is drawn; `usual` is that of pages without image.

    An image too coarse for print is a ground for what else is on the page, which is drawn as one without it. Where it
    stands alone, it is drawn as it is: it is enlarged better before it is read than while it is drawn.
    """
    if page.image_dpi is None or page.image_dpi >= LEAST_TRUE_DPI:
        return page.image_dpi or usual
    scale = find_scale(page)
    own = page.image_dpi * scale
    return (min(own, MOST_DPI) if page.bare or own >= LEAST_DPI else usual) / scale


def on_paper(picture: Picture, scale: float) -> Picture:
    """Return the picture of a page with the resolution that it has on paper."""
    return replace(picture, dpi=picture.dpi * scale)


def scale_words(words: Iterable[Word], factor: float) -> tuple[Word, ...]:
    """Return words with boxes and type sizes so many times as large."""
    return tuple(
        replace(word, box=_scaled(word.box, factor), size=None if word.size is None else word.size * factor)
        for word in words
    )


def scale_boxes(boxes: Iterable[Box], factor: float) -> tuple[Box, ...]:
    """Return boxes so many times as large."""
    return tuple(Box(box.x0 * factor, box.y0 * factor, box.x1 * factor, box.y1 * factor) for box in boxes)


def scale_blocks(blocks: Iterable[Block], factor: float) -> tuple[Block, ...]:
    """Return blocks with all that they hold so many times as large."""
    return tuple(
        replace(
            block,
            box=_scaled(block.box, factor),
            lines=tuple(Line(scale_words(line.words, factor), _scaled(line.box, factor)) for line in block.lines),
        )
        for block in blocks
    )


def _scaled(box: Box | None, factor: float) -> Box | None:
    return None if box is None else scale_boxes((box,), factor)[0]
