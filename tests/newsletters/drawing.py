"""How do placed pieces become a PDF? Through reportlab; typed letters stand a little beside their place."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.newsletters.fonts import width
from tests.newsletters.lines import Run, Shape
from tests.newsletters.pictures import draw
from tests.newsletters.sheets import Sheet
from tests.newsletters.styles import Style

_PIXELS_PER_POINT = 150 / 72


def draw_pdf(sheets: Sequence[Sheet], style: Style, *, seed: int, screened: bool) -> bytes:
    """The born-digital PDF; the same bytes for the same input."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(sheets[0].width, sheets[0].height), invariant=1, pageCompression=1)
    pen = _Pen(canvas, style, np.random.default_rng(seed), screened)
    for sheet in sheets:
        pen.page(sheet)
    canvas.save()
    return out.getvalue()


class _Pen:
    def __init__(self, canvas: Canvas, style: Style, rng: np.random.Generator, screened: bool) -> None:  # noqa: FBT001 - one caller, above
        self.canvas, self.style, self.rng, self.screened = canvas, style, rng, screened
        self.tall = 0.0

    def page(self, sheet: Sheet) -> None:
        self.tall = sheet.height
        placed = [*sheet.placed, *sheet.aside]
        if self.style.column_rule and self.style.columns > 1:
            self._column_rules(sheet)
        for x, y, piece in placed:  # grounds first, or one would cover the line above it
            for shape in piece.shapes:
                self._shape(shape, x, y)
        for x, y, piece in placed:
            for run in piece.runs:
                self._run(run, x, y)
        for _, run in sheet.running:
            self._run(run, 0, 0)
        self.canvas.showPage()

    def _shape(self, shape: Shape, x: float, y: float) -> None:
        colour, left, top = HexColor(shape.colour), x + shape.x, self.tall - y - shape.y
        if shape.kind == "line":
            self.canvas.setStrokeColor(colour)
            self.canvas.setLineWidth(shape.h)
            wobble = self.rng.normal(0, self.style.typed) if self.style.typed else 0
            self.canvas.line(left, top, left + shape.w, top + wobble)
        elif shape.kind == "image":
            size = (max(8, int(shape.w * _PIXELS_PER_POINT)), max(8, int(shape.h * _PIXELS_PER_POINT)))
            picture = _as_jpeg(draw(shape.name, size, screened=self.screened))
            self.canvas.drawImage(ImageReader(picture), left, top - shape.h, shape.w, shape.h)
        else:
            self.canvas.setFillColor(colour)
            self.canvas.setStrokeColor(colour)
            self.canvas.setLineWidth(1)
            self.canvas.rect(
                left, top - shape.h, shape.w, shape.h, stroke=shape.kind == "frame", fill=shape.kind == "rect"
            )

    def _run(self, run: Run, x: float, y: float) -> None:
        text = self.canvas.beginText()
        text.setFont(run.font, run.size)
        text.setFillColor(HexColor(run.colour))
        if self.style.typed and run.font.startswith("Courier"):
            at = x + run.x
            for letter in run.text:
                dx, dy = self.rng.normal(0, self.style.typed, 2)
                text.setTextOrigin(at + dx, self.tall - y - run.y + dy)
                text.textOut(letter)
                at += width(letter, run.font, run.size, run.tracking)
        else:
            text.setTextOrigin(x + run.x, self.tall - y - run.y)
            text.setCharSpace(run.tracking)
            text.textOut(run.text)
        self.canvas.drawText(text)

    def _column_rules(self, sheet: Sheet) -> None:
        tops: dict[float, list[float]] = {}
        for x, y, piece in sheet.placed:
            if piece.marks and not piece.marks[0][0].startswith("f-"):
                tops.setdefault(x, []).extend((y, y + piece.height))
        xs = sorted(x for x in tops if len(tops[x]) > 8)
        self.canvas.setLineWidth(0.5)
        for x in xs[1:]:
            at = x - self.style.gutter * 72 / 25.4 / 2
            self.canvas.line(at, sheet.height - min(tops[x]), at, sheet.height - max(tops[x]))


def _as_jpeg(image: Image.Image) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    out.seek(0)
    return out
