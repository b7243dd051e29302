"""What is printed in the pictures of a page that was born digital?

A clipping or a scanned letter that was pasted into a page is an image without words in the text layer.
"""

from collections.abc import Sequence
from dataclasses import replace

from archive.model.pages import Box, Word
from archive.reading import evidence
from archive.reading.pdf.layer import PdfPage

# A picture of print is at least so wide and high, in points: a column, and some lines.
_LEAST_WIDTH, _LEAST_HEIGHT = 100.0, 50.0
# Letters that were made curves are so many or more; a drawing of fewer is looked at by nobody.
_MOST_CURVES = 100
# As much print as the fewest words that are taken has, in square points.
_LEAST_PRINT = 1500.0
# What was read is taken with so many words and so large a share of its letters in known ones; a logo has fewer.
_LEAST_WORDS, _KNOWN_SHARE = 12, 0.7


def may_hide_print(page: PdfPage) -> bool:
    """Tell whether a page shows something large enough that may be print, and is no text of its layer."""
    return page.curves >= _MOST_CURVES or any(_is_large(box) for box in _join_touching(page.images))


def find_unread(page: PdfPage, unread: Sequence[Box]) -> tuple[Box, ...]:
    """Find the parts of a page in which print stands that its text layer does not have (boxes in points).

    That is a picture with areas of unread print; pictures that touch each other, such as the strips of one scan, are
    one. Print outside pictures, whose letters were made curves, is taken by itself.
    """
    shown = [_within(box, page) for box in _join_touching(page.images)]
    found = [box for box in shown if _is_large(box) and _area(unread, box) >= _LEAST_PRINT]
    loose = [box for box in _join_touching(unread) if _is_large(box) and not any(_touch(box, each) for each in shown)]
    return (*found, *(box for box in loose if _area(unread, box) >= _LEAST_PRINT))


def _join_touching(boxes: Sequence[Box]) -> list[Box]:
    joined: list[Box] = []
    for each in boxes:
        box = each
        for other in [one for one in joined if _touch(box, one)]:
            joined.remove(other)
            box = Box(min(box.x0, other.x0), min(box.y0, other.y0), max(box.x1, other.x1), max(box.y1, other.y1))
        joined.append(box)
    return joined


def _within(box: Box, page: PdfPage) -> Box:
    return Box(max(0.0, box.x0), max(0.0, box.y0), min(page.width, box.x1), min(page.height, box.y1))


def _is_large(box: Box) -> bool:
    return box.x1 - box.x0 >= _LEAST_WIDTH and box.y1 - box.y0 >= _LEAST_HEIGHT


def _area(boxes: Sequence[Box], within: Box) -> float:
    """Return how much of a box others cover, in square points; they do not lap over each other."""
    return sum(
        max(0.0, min(box.x1, within.x1) - max(box.x0, within.x0))
        * max(0.0, min(box.y1, within.y1) - max(box.y0, within.y0))
        for box in boxes
    )


def is_print(found: Sequence[Word], languages: Sequence[str]) -> bool:
    """Tell whether what an engine read in a picture is a text, and not a logo or what it saw in a photo."""
    measured = evidence.measure(found, languages)
    return measured.words >= _LEAST_WORDS and measured.share >= _KNOWN_SHARE


def place(found: Sequence[Word], box: Box, layered: Sequence[Word]) -> tuple[Word, ...]:
    """Put the words read in a picture where it stands on the page; those that the text layer has too are left out."""
    on_picture = [word.box for word in layered if word.box and _on(word, box)]
    shown = [_moved(each, box) for each in found]
    return tuple(each for each in shown if each.box and not any(_touch(each.box, other) for other in on_picture))


def _moved(word: Word, box: Box) -> Word:
    """Put a word that was read in a part of a page where it stands on the page; `box` is that of the part."""
    own = word.box
    if own is None:
        return word
    return replace(word, box=Box(own.x0 + box.x0, own.y0 + box.y0, own.x1 + box.x0, own.y1 + box.y0))


def _touch(one: Box, other: Box) -> bool:
    return one.x0 <= other.x1 and other.x0 <= one.x1 and one.y0 <= other.y1 and other.y0 <= one.y1


def _on(word: Word, box: Box) -> bool:
    if word.box is None:
        return False
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
