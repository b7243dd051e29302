"""How does an issue become a scan with its truth? Setting, printing, wearing down, scanning."""

import io
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageChops
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.newsletters import wear
from tests.newsletters.drawing import draw_pdf
from tests.newsletters.sheets import lay_out
from tests.newsletters.styles import Style, load_styles
from tests.newsletters.texts import load_issue
from tests.newsletters.truth import truth_of

CONDITIONS = ("born", "scan", "poor", "fax", "rotated", "mixed", "images")
_DPI = {"poor": 200, "fax": 150}
_OLD = 2000  # paper from before is yellow, its pictures are screened
_TURNS = ((180, 0, 90, 270), (90, 180, 0, 270), (0, 270, 180, 90))
_QUALITY = {"poor": 45, "mixed": 60}


def render(issue_id: str, style_name: str, condition: str, out: Path) -> int:
    """Write the rendition (NAME.pdf, or a folder NAME) and NAME.truth.json; give back its number of pages."""
    issue, style = load_issue(issue_id), load_styles()[style_name]
    name = f"{issue_id}_{style_name}_{condition}"
    seed = zlib.crc32(name.encode())
    year = int(issue.front["date"][:4])
    sheets = lay_out(issue, style)
    truth = truth_of(issue, style_name, condition, sheets)
    born = draw_pdf(sheets, style, seed=seed, screened=year < _OLD - 5)
    out.mkdir(parents=True, exist_ok=True)
    turns, digital = [0] * len(sheets), [condition == "born"] * len(sheets)
    if condition == "born":
        (out / f"{name}.pdf").write_bytes(born)
    elif condition == "images":
        pages = list(_worn(born, style, condition, seed=seed, year=year))
        (out / name).mkdir(exist_ok=True)
        for n, page in enumerate(pages, 1):
            page.save(out / name / f"page-{n}.png", dpi=(300, 300))
    else:
        if condition == "rotated":
            turns = [_TURNS[seed % 3][n % 4] for n in range(len(sheets))]
        digital = [condition == "mixed" and (n + seed) % 2 == 0 for n in range(len(sheets))]
        pages = list(_worn(born, style, condition, seed=seed, year=year))
        _write_scan(out / f"{name}.pdf", pages, turns, (born, digital), _QUALITY.get(condition, 68))
    for page, turn, plain in zip(truth["pages"], turns, digital, strict=True):
        page.update(turned=turn, kind="digital" if plain else "image")
    (out / f"{name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(sheets)


def rasterise(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    """Pages of a PDF as images."""
    for page in pypdfium2.PdfDocument(pdf):
        yield page.render(scale=dpi / 72).to_pil().convert("RGB")


def _worn(born: bytes, style: Style, condition: str, *, seed: int, year: int) -> Iterator[Image.Image]:
    rng, dpi = np.random.default_rng(seed), _DPI.get(condition, 300)
    pages = list(rasterise(born, dpi))
    if style.strokes:
        pages = [wear.ink(p, style.strokes, dpi, rng) for p in pages]
    for n, page in enumerate(pages):
        if condition == "poor":
            back = pages[(n + 1) % len(pages)] if len(pages) > 1 else ImageChops.offset(page, 90, 140)
            yield wear.poor(page, back, rng)
        elif condition == "fax":
            yield wear.fax(page, rng)
        else:
            worn = wear.scan(page, rng, aged=year < _OLD)
            yield worn.convert("L") if condition == "images" or style.strokes else worn


def _write_scan(
    path: Path, pages: Sequence[Image.Image], turns: Sequence[int], digital: tuple[bytes, Sequence[bool]], quality: int
) -> None:
    born, is_digital = pypdfium2.PdfDocument(digital[0]), digital[1]
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for n, (page, turn) in enumerate(zip(pages, turns, strict=True)):
        w, h = born[n].get_size()
        _add_page(canvas, page.rotate(-turn, expand=True), (h, w) if turn % 180 else (w, h), quality)
    canvas.save()
    if not any(is_digital):
        path.write_bytes(out.getvalue())
        return
    scanned, mixed = pypdfium2.PdfDocument(out.getvalue()), pypdfium2.PdfDocument.new()
    for n, plain in enumerate(is_digital):
        mixed.import_pages(born if plain else scanned, [n])
    mixed.save(str(path))  # pdfium gives each file an id of its own, so these bytes differ from run to run


def _add_page(canvas: Canvas, image: Image.Image, size: tuple[float, float], quality: int) -> None:
    """A page that holds nothing but the image; grey and colour as JPEG."""
    packed = io.BytesIO()
    if image.mode == "1":
        image.save(packed, "PNG")
    else:
        image.save(packed, "JPEG", quality=quality)
    packed.seek(0)
    canvas.setPageSize(size)
    canvas.drawImage(ImageReader(packed), 0, 0, *size)
    canvas.showPage()
