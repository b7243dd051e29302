"""How is text hidden over the picture of a PDF page, and how is text that was hidden there before taken away?

Each word is set without ink, stretched to the width of its box, on the base line of its line, with a space after it
that fills the gap: so a reader marks, copies and finds the words where they are seen.
"""

from collections.abc import Iterator
from importlib.resources import files
from math import cos, radians, sin
from statistics import median
from typing import Any

import pikepdf

from archive.fields import markup_safe
from archive.model.exports import PrintedPage, PrintedWord
from archive.model.pages import Box

# Of the font in archive/data/blank.ttf, in shares of the type size.
_LETTER_WIDTH = 0.5
# A line of type is a little higher than its ink.
_TYPE_SIZE = 1.15
_DESCENT = 0.2
_NO_INK = 3
_LEAST_GAP_PT = 0.5
# An image over so much of the page hides what was drawn before it.
_COVERING = 0.5
_SHOWS_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_PAINTS = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"))
# What the codes of the font mean as letters: themselves. Only those that occur, since readers unroll the list.
_MAP_HEAD = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
"""
_MAP_FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end\n"
_MAP_ROWS = 100
_Matrix = tuple[float, float, float, float, float, float]


class HiddenText:
    """Hides text over the pages of one document."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._font: Any = None
        self._codes = {ord(" "), ord("-")}

    def replace(self, page: pikepdf.Page, printed: PrintedPage, *, keep_visible: bool) -> None:
        """Turn a page upright, take its old hidden text away, and put its words where they stand.

        With `keep_visible`, a page without hidden text is taken to say in its own visible text what was read.
        """
        turned = (int(_inherited(page.obj, "/Rotate", 0)) + printed.turned) % 360
        if printed.turned:
            page.obj.Rotate = turned
        stripped = self._strip(page)
        if keep_visible and not stripped:
            return
        if printed.width and printed.height and (shown := list(_shown(printed, _to_page(page, printed, turned)))):
            self._add(page, shown)

    def finish(self) -> None:
        """Say which letters the font has, when all pages have their text."""
        if self._font is not None:
            self._font.ToUnicode = self._document.make_stream(_letter_map(sorted(self._codes)))

    def _add(self, page: pikepdf.Page, shown: list[str]) -> None:
        if self._font is None:
            self._font = _make_font(self._document)
        for line in shown:
            codes = line[line.index("<") + 1 : line.index(">")]
            self._codes.update(int(codes[at : at + 4], 16) for at in range(0, len(codes), 4))
        name = page.add_resource(self._font, pikepdf.Name.Font, self._free_name(page))
        # What the page does to its own drawing must not move our words.
        page.contents_add(b"q", prepend=True)
        page.contents_add("\n".join([f"Q q BT {_NO_INK} Tr {name} 1 Tf", *shown, "ET Q"]).encode("ascii"))

    def _free_name(self, page: pikepdf.Page) -> pikepdf.Name:
        """Return a name for our font that the page does not use for another one."""
        fonts: Any = page.resources.get("/Font", {})
        number = 1
        while (held := fonts.get(f"/Hidden{number}")) is not None and held.objgen != self._font.objgen:
            number += 1
        return pikepdf.Name(f"/Hidden{number}")

    def _strip(self, page: pikepdf.Page) -> bool:
        """Take away text without ink and text under an image that covers the page; tell whether there was any."""
        try:
            kept, gone = _without_hidden(page.obj, _area(page), depth=0)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError):
            return False  # a page that cannot be taken apart stays as it is
        if gone:
            page.obj.Contents = self._document.make_stream(pikepdf.unparse_content_stream(kept))
        return gone


def _without_hidden(holder: Any, area: float, *, depth: int) -> tuple[list[Any], bool]:  # noqa: ANN401 - a page or a form
    """Return what a page or a form draws without its hidden text, and whether there was any."""
    operations = list(pikepdf.parse_content_stream(holder))
    covered = _last_cover(operations, holder, area)
    kept: list[Any] = []
    modes = [0]
    for place, operation in enumerate(operations):
        operands, sign = operation.operands, str(operation.operator)
        if sign == "q":
            modes.append(modes[-1])
        elif sign == "Q" and len(modes) > 1:
            modes.pop()
        elif sign == "Tr":
            modes[-1] = int(operands[0])
        hidden = modes[-1] == _NO_INK or place < covered
        if sign in _SHOWS_TEXT and hidden:
            continue
        if sign == "Do" and not depth and _hides(_form(holder, operands[0]), area, covered=place < covered):
            continue
        kept.append(operation)
    return kept, len(kept) < len(operations)


def _hides(form: Any, area: float, *, covered: bool) -> bool:  # noqa: ANN401 - pikepdf's objects
    """Tell whether a form (OCRmyPDF puts its text in one) is there for hidden text only."""
    if form is None:
        return False
    kept, gone = _without_hidden(form, area, depth=1)
    left = {str(operation.operator) for operation in kept}
    if covered:
        return gone or bool(left & _SHOWS_TEXT)
    return gone and not left & (_SHOWS_TEXT | _PAINTS)


def _last_cover(operations: list[Any], holder: Any, area: float) -> int:  # noqa: ANN401 - a page or a form
    """Return where the last image that covers the page is drawn; 0 if none is."""
    matrix: _Matrix = (1, 0, 0, 1, 0, 0)
    saved: list[_Matrix] = []
    found = 0
    for place, operation in enumerate(operations):
        operands, sign = operation.operands, str(operation.operator)
        if sign == "q":
            saved.append(matrix)
        elif sign == "Q" and saved:
            matrix = saved.pop()
        elif sign == "cm":
            a, b, c, d, e, f = (float(each) for each in operands)
            matrix = _times((a, b, c, d, e, f), matrix)
        elif sign == "Do" and _is_opaque_image(holder, operands[0]):
            a, b, c, d = matrix[:4]
            if abs(a * d - b * c) > _COVERING * area:
                found = place
    return found


def _xobject(holder: Any, name: Any) -> Any:  # noqa: ANN401 - pikepdf's objects
    return _inherited(holder, "/Resources", {}).get("/XObject", {}).get(str(name))


def _inherited(holder: Any, key: str, default: Any) -> Any:  # noqa: ANN401 - pikepdf's objects
    """Return what an object says, or the nodes of the page tree above it."""
    while holder is not None:
        if key in holder:
            return holder[key]
        holder = holder.get("/Parent")
    return default


def _is_opaque_image(holder: Any, name: Any) -> bool:  # noqa: ANN401 - pikepdf's objects
    found = _xobject(holder, name)
    if found is None or found.get("/Subtype") != "/Image":
        return False
    return not any(key in found for key in ("/SMask", "/Mask")) and not bool(found.get("/ImageMask", False))


def _form(holder: Any, name: Any) -> Any:  # noqa: ANN401 - pikepdf's objects
    found = _xobject(holder, name)
    return found if found is not None and found.get("/Subtype") == "/Form" else None


def _area(page: pikepdf.Page) -> float:
    x0, y0, x1, y1 = (float(side) for side in page.cropbox)
    return abs((x1 - x0) * (y1 - y0))


def _shown(printed: PrintedPage, matrix: _Matrix) -> Iterator[str]:
    """Yield what sets each word and the space after it; the lines of a block have one size, as readers expect."""
    for block in printed.blocks:
        lines = [[(word, word.box) for word in line if word.box and word.box.x1 > word.box.x0] for line in block.lines]
        lines = [line for line in lines if line]
        if lines:
            heights = [max(box.y1 for _, box in line) - min(box.y0 for _, box in line) for line in lines]
            size = max(1.0, _TYPE_SIZE * median(heights))
            for line in lines:
                yield from _line(line, size, matrix)


def _line(words: list[tuple[PrintedWord, Box]], size: float, matrix: _Matrix) -> Iterator[str]:
    base = max(box.y1 for _, box in words) - _DESCENT * size
    for place, (word, box) in enumerate(words):
        text = _coded(word.text + ("-" if word.joined and not word.text.endswith("-") else ""))
        following = words[place + 1][1].x0 if place + 1 < len(words) else box.x1 + size / 4
        gap = max(_LEAST_GAP_PT, following - box.x1)
        letters = len(text) // 4
        yield f"{_set_at(matrix, box.x0, base, size)} Tm {_stretch(box.x1 - box.x0, letters, size)} Tz <{text}> Tj"
        yield f"{_set_at(matrix, box.x1, base, size)} Tm {_stretch(gap, 1, size)} Tz <0020> Tj"


def _coded(text: str) -> str:
    """Write letters as the font has them: their numbers in 16 bits; the few beyond those as a question mark."""
    return "".join(f"{ord(char) if ord(char) <= 0xFFFF else 0xFFFD:04X}" for char in markup_safe(text))  # noqa: PLR2004


def _stretch(width: float, letters: int, size: float) -> str:
    return f"{100 * width / (_LETTER_WIDTH * size * letters):.2f}"


def _set_at(matrix: _Matrix, x: float, y: float, size: float) -> str:
    """Return the text matrix for letters of a size at a point of the page as it was read (down from the top)."""
    a, b, c, d, e, f = _times((size, 0, 0, -size, x, y), matrix)
    return f"{a:.4f} {b:.4f} {c:.4f} {d:.4f} {e:.3f} {f:.3f}"


def _to_page(page: pikepdf.Page, printed: PrintedPage, turned: int) -> _Matrix:
    """Return the matrix from the page as it was read, upright and straight, to the page's own coordinates."""
    x0, y0, x1, y1 = (float(side) for side in page.cropbox)
    wide, high = (x1 - x0, y1 - y0) if turned % 180 == 0 else (y1 - y0, x1 - x0)
    width, height = printed.width or wide, printed.height or high
    # Undo the straightening about the middle of the page, then bring the page to its size.
    angle = radians(-printed.skew)
    across, down = width / 2, height / 2
    tilt = _times((1, 0, 0, 1, -across, -down), (cos(angle), sin(angle), -sin(angle), cos(angle), across, down))
    sized = _times(tilt, (wide / width, 0, 0, high / height, 0, 0))
    # From the top left corner of what is seen, down, to the corner of the paper, up.
    upright: dict[int, _Matrix] = {
        0: (1, 0, 0, -1, x0, y1),
        90: (0, 1, 1, 0, x0, y0),
        180: (-1, 0, 0, 1, x1, y0),
        270: (0, -1, -1, 0, x1, y1),
    }
    return _times(sized, upright[turned % 360])


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _letter_map(codes: list[int]) -> bytes:
    parts = [_MAP_HEAD]
    for at in range(0, len(codes), _MAP_ROWS):
        rows = [f"<{code:04X}> <{code:04X}>" for code in codes[at : at + _MAP_ROWS]]
        parts.append("\n".join([f"{len(rows)} beginbfchar", *rows, "endbfchar", ""]))
    return "".join([*parts, _MAP_FOOT]).encode("ascii")


def _make_font(document: pikepdf.Pdf) -> Any:  # noqa: ANN401 - pikepdf's objects
    """Put the font without ink into a document."""
    program = files("archive.data").joinpath("blank.ttf").read_bytes()
    name = pikepdf.Name("/Blank")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=5,
        FontBBox=[0, -200, 500, 800],
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=800,
        StemV=80,
        FontFile2=document.make_stream(program, Length1=len(program)),
    )
    glyphs = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=document.make_stream(b"\0\1" * 0x10000),
        DW=round(1000 * _LETTER_WIDTH),
        FontDescriptor=document.make_indirect(descriptor),
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=[document.make_indirect(glyphs)],
    )
    return document.make_indirect(font)
