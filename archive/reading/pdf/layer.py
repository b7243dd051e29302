"""Which words does the text layer of a PDF page hold, and how much of the page do images cover?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_words

from archive.errors import UnreadableScanError
from archive.model.pages import Box, Word
from archive.reading.pdf.documents import DAMAGED_HINT, for_text
from archive.reading.pdf.gaps import spaced
from archive.reading.pdf.rules import find_drawn

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b", re.IGNORECASE)
_BOLD_WEIGHT = 1.4
_UNMAPPED = re.compile(r"\(cid:\d+\)")
# Accents that stand by themselves, as TeX draws them, and the marks that join with a letter.
_ACCENTS = dict(
    zip("¨´`ˆ^˜~ˇ¯¸˚˝", "\u0308\u0301\u0300\u0302\u0302\u0303\u0303\u030c\u0304\u0327\u030a\u030b", strict=True)
)
_NO_GAP = 1000.0
_POINTS_PER_INCH = 72.0
_WHOLE_PAGE = 0.9
_GRID = 48
_HALF_TURN = 180
# No paper is seven metres long; such a page is a slip or a trap.
_LARGEST_PT = 20_000
# Two letters of a kind closer than this, in points, are one letter printed twice.
_TWICE = 0.7


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What stands on a PDF page: the words of its text layer, how much of it images cover (0 to 1), what is drawn.

    `width` and `height` are in points. `turned` is how many degrees clockwise the page was turned so that most of its
    words run from left to right. `image_dpi` is the resolution of the one image that fills the page, else None. `drawn`
    are the boxes of rules, outlines and tints, `images` those of the images. `bare`: nothing is on the page but one
    image, and text. `curves`: how many curved shapes it draws.
    """

    words: tuple[Word, ...]
    width: float
    height: float
    turned: int
    image_cover: float
    image_dpi: float | None
    drawn: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    bare: bool = False
    curves: int = 0


def read_page(path: Path, number: int, *, password: str = "") -> PdfPage:
    """Read the text layer of a page and see what images it holds.

    Raises:
        UnreadableScanError: the page cannot be read.
    """
    with for_text(path, password) as document:
        page = document.pages[number - 1]
        width, height = page.cropbox[2] - page.cropbox[0], page.cropbox[3] - page.cropbox[1]
        if max(width, height) > _LARGEST_PT:
            message = f"page {number} measures {width / 72 * 2.54:.0f} x {height / 72 * 2.54:.0f} cm, too large to read"
            raise UnreadableScanError(path, message, hint="Save the page anew at the size of its paper.")
        try:
            characters = [_moved(char, page.cropbox) for char in page.chars]
            boxes = [_clipped(image, page.cropbox) for image in page.images]
            dpi = _image_dpi(page.images, page)
            drawn = find_drawn(page, page.cropbox)
            curves = len(page.curves)
            bare = len(page.images) == 1 and not (page.lines or page.rects or page.curves)
        except (PSException, PdfminerException, ValueError, KeyError, TypeError, IndexError) as error:
            raise UnreadableScanError(path, f"page {number} is damaged", hint=DAMAGED_HINT) from error
        finally:
            page.close()
    turned = _reading_turn(characters)
    cover = _cover(boxes, width, height)
    images = tuple(Box(*map(float, box)) for box in boxes)
    if turned:
        characters = [_turned(char, turned, width, height) for char in characters]
        drawn = tuple(Box(*_turned_box(_sides(each), turned, width, height)) for each in drawn)
        images = tuple(Box(*_turned_box(_sides(each), turned, width, height)) for each in images)
    if turned % 180:
        width, height = height, width
    words = tuple(_words(characters, width, height))
    return PdfPage(words, float(width), float(height), turned, cover, dpi, drawn, images, bare, curves)


def _moved(char: dict[str, Any], crop: Sequence[float]) -> dict[str, Any]:
    if not crop[0] and not crop[1]:
        return char
    shifts = {"x0": crop[0], "x1": crop[0], "top": crop[1], "bottom": crop[1], "doctop": crop[1]}
    return char | {key: char[key] - shift for key, shift in shifts.items()}


def _direction(char: dict[str, Any]) -> int:
    """Return how many degrees clockwise the page must be turned for this character to stand upright."""
    a, b, c, d = char["matrix"][:4]
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return 180 if a < 0 and d < 0 else 0
    return 90 if b > 0 else 270


def _reading_turn(characters: Iterable[dict[str, Any]]) -> int:
    counts = Counter(_direction(char) for char in characters if char["text"].strip())
    return counts.most_common(1)[0][0] if counts else 0


def _turned(char: dict[str, Any], degrees: int, width: float, height: float) -> dict[str, Any]:
    """Turn a character clockwise with its page, which is so wide and high before."""
    box = _turned_box(char, degrees, width, height)
    a, b, c, d, *rest = char["matrix"]
    matrix = {90: (b, -a, d, -c), 180: (-a, -b, -c, -d), 270: (-b, a, -d, c)}[degrees]
    upright = char["upright"] == (degrees == _HALF_TURN)
    moved = dict(zip(("x0", "top", "x1", "bottom"), box, strict=True))
    return char | moved | {"doctop": box[1], "matrix": (*matrix, *rest), "upright": upright}


def _turned_box(thing: dict[str, Any], degrees: int, width: float, height: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = thing["x0"], thing["top"], thing["x1"], thing["bottom"]
    return {
        0: (x0, top, x1, bottom),
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }[degrees]


def _sides(box: Box) -> dict[str, float]:
    return {"x0": box.x0, "top": box.y0, "x1": box.x1, "bottom": box.y1}


def _words(characters: Sequence[dict[str, Any]], width: float, height: float) -> Iterator[Word]:
    """Join characters to words, those of each direction of writing by themselves."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for char in _accented(list(_once(characters))):
        if char["x1"] >= 0 and char["bottom"] >= 0 and char["x0"] <= width and char["top"] <= height:
            groups.setdefault(_direction(char), []).append(char)
    for direction, group in groups.items():
        level = [_turned(char, direction, width, height) for char in group] if direction else group
        # Letters in the order they are drawn: in tilted old layers, sorted ones would mix neighbouring lines.
        parted, free = list(spaced(level)), {"x_tolerance_ratio": _NO_GAP, "y_tolerance": _NO_GAP}
        found = extract_words(parted, use_text_flow=True, return_chars=True, **free)
        size = (height, width) if direction % _HALF_TURN else (width, height)
        for each in found:
            back = _turned_box(each, (360 - direction) % 360, *size)
            if (word := _word(each, Box(*map(float, back)))).text:
                yield word


def _once(characters: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Leave out letters that are printed a second time a hair apart, which some programs do for bold print."""
    seen: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for char in characters:
        text, x, y, cell = char["text"], char["x0"], char["top"], int(char["x0"])
        near = (place for side in (-1, 0, 1) for place in seen.get((text, cell + side), ()))
        if text == " " or not any(abs(x - left) + abs(y - top) < _TWICE for left, top in near):
            seen.setdefault((text, cell), []).append((x, y))
            yield char


def _accented(characters: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Join an accent that is drawn by itself, over the letter after it or before it, with that letter."""
    last: dict[str, Any] | None = None
    for char in characters:
        joined = last and (_joined(last, char) or _joined(char, last))
        if last and not joined:
            yield last
        last = joined or char
    if last:
        yield last


def _joined(accent: dict[str, Any], letter: dict[str, Any]) -> dict[str, Any] | None:
    """Return a letter with the accent that stands over it; None where there is none, or no such letter."""
    mark = _ACCENTS.get(accent["text"])
    if mark is None or not letter["x0"] <= (accent["x0"] + accent["x1"]) / 2 <= letter["x1"]:
        return None
    whole = unicodedata.normalize("NFC", letter["text"].replace("ı", "i") + mark)
    return letter | {"text": whole} if len(whole) == 1 else None


def _word(found: dict[str, Any], box: Box) -> Word:
    chars = found["chars"]
    text = unicodedata.normalize("NFC", _UNMAPPED.sub("\ufffd", found["text"]))
    text = "".join(sign for sign in text if sign == "\u00ad" or unicodedata.category(sign)[0] not in "CZ")
    bold = sum(bool(_BOLD.search(char["fontname"])) for char in chars) * 2 > len(chars)
    size = sorted(float(char["size"]) for char in chars)[len(chars) // 2]
    return Word(text, box, None, size, _BOLD_WEIGHT if bold else 1.0)


def _clipped(image: dict[str, Any], crop: Sequence[float]) -> tuple[float, float, float, float]:
    return image["x0"] - crop[0], image["top"] - crop[1], image["x1"] - crop[0], image["bottom"] - crop[1]


def _cover(boxes: Sequence[tuple[float, float, float, float]], width: float, height: float) -> float:
    """Return the share of the page that images cover, counted on a grid so that overlaps count once."""
    if not boxes or width <= 0 or height <= 0:
        return 0.0
    covered: set[tuple[int, int]] = set()
    for x0, top, x1, bottom in boxes:
        columns = range(max(0, round(x0 / width * _GRID)), min(_GRID, round(x1 / width * _GRID)))
        rows = range(max(0, round(top / height * _GRID)), min(_GRID, round(bottom / height * _GRID)))
        covered.update((column, row) for column in columns for row in rows)
    return len(covered) / _GRID**2


def _image_dpi(images: Sequence[dict[str, Any]], page: Any) -> float | None:  # noqa: ANN401 - pdfplumber has no types
    """Return the resolution of the largest image where that fills the page."""
    if not images:
        return None
    largest = max(images, key=lambda image: image["width"] * image["height"])
    if largest["width"] < _WHOLE_PAGE * page.width or largest["height"] < _WHOLE_PAGE * page.height:
        return None
    across = max(float(side) for side in largest["srcsize"]) / max(largest["width"], largest["height"])
    return float(across * _POINTS_PER_INCH)
