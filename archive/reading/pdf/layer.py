"""Which words does the text layer of a PDF page hold, and how much of the page do images cover?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_words

from archive.errors import UnreadableScanError
from archive.model.pages import Box, Word
from archive.reading.pdf.documents import DAMAGED_HINT, for_text
from archive.reading.pdf.rules import find_drawn

_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b", re.IGNORECASE)
_BOLD_WEIGHT = 1.4
_UNMAPPED = re.compile(r"\(cid:\d+\)")
# Letters further apart than this share of the type size belong to two words; wider where the line holds its spaces.
# Programs that stretch lines to the column's edge leave the spaces out of just those lines.
_WORD_GAP = 0.18
_WORD_GAP_SPACED = 0.5
_SPACED_SHARE = 0.08
# Letters set apart for show: at least this many gaps, of which three in four are at least so wide.
_LETTERSPACED = (5, 0.08)
_NEXT_LINE = 0.5  # how far a letter stands below or above the one before it, or back from it, in type sizes
_RAISED, _SAME_FOOT = 3.0, 0.15  # points by which letters of a word stand level; as a share of type size at their feet
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
    for char in _once(characters):
        if char["x1"] >= 0 and char["bottom"] >= 0 and char["x0"] <= width and char["top"] <= height:
            groups.setdefault(_direction(char), []).append(char)
    for direction, group in groups.items():
        level = [_turned(char, direction, width, height) for char in group] if direction else group
        # Letters in the order they are drawn: in tilted old layers, sorted ones would mix neighbouring lines.
        spaced, free = list(_spaced(level)), {"x_tolerance_ratio": _NO_GAP, "y_tolerance": _NO_GAP}
        found = extract_words(spaced, use_text_flow=True, return_chars=True, **free)
        size = (height, width) if direction % _HALF_TURN else (width, height)
        for each in found:
            back = _turned_box(each, (360 - direction) % 360, *size)
            if (word := _word(each, Box(*map(float, back)))).text:
                yield word


def _spaced(characters: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Put a space between lines, and where the gap between two letters of a line is that between words."""
    last: dict[str, Any] | None = None
    for line in _lines(characters):
        gaps = [_gap(one, other) for one, other in pairwise(line) if " " not in {one["text"], other["text"]}]
        spaced = sum(char["text"] == " " for char in line) > _SPACED_SHARE * len(line)
        least = (_WORD_GAP_SPACED if spaced else _WORD_GAP) + _letter_space(gaps)
        if last and abs(last["top"] - line[0]["top"]) > _RAISED:
            yield line[0] | {"text": " "}
        yield line[0]
        for before, char in pairwise(line):
            if _gap(before, char) > least or _is_raised(before, char):
                yield before | {"text": " "}
            yield char
        last = line[-1]


def _lines(characters: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the characters that are drawn one after another on one line."""
    line: list[dict[str, Any]] = []
    for char in characters:
        if line:
            before, reach = line[-1], _NEXT_LINE * max(1.0, float(char["size"]))
            if abs(char["bottom"] - before["bottom"]) > reach or char["x0"] < before["x0"] - reach:
                yield line
                line = []
        line.append(char)
    if line:
        yield line


def _gap(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return the white between two characters in type sizes."""
    return float((other["x0"] - one["x1"]) / max(1.0, other["size"]))


def _is_raised(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether a character stands higher or lower than the one before it; small capitals only end lower."""
    top, foot = abs(one["top"] - other["top"]), abs(one["bottom"] - other["bottom"])
    return bool(top > _RAISED and foot > _SAME_FOOT * max(one["size"], other["size"]))


def _letter_space(gaps: Sequence[float]) -> float:
    """Return by how much the letters of a line are set apart, in type sizes."""
    least, wide = _LETTERSPACED
    if len(gaps) < least:
        return 0.0
    low = sorted(gaps)[len(gaps) // 4]
    return median(gaps) if low >= wide else 0.0


def _once(characters: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Leave out letters that are printed a second time a hair apart, which some programs do for bold print."""
    seen: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for char in characters:
        text, x, y, cell = char["text"], char["x0"], char["top"], int(char["x0"])
        near = (place for side in (-1, 0, 1) for place in seen.get((text, cell + side), ()))
        if text == " " or not any(abs(x - left) + abs(y - top) < _TWICE for left, top in near):
            seen.setdefault((text, cell), []).append((x, y))
            yield char


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
