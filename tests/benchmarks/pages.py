"""What do the benchmarks read? Pages of invented Dutch, drawn by seed, so that every run measures the same."""

import io
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.newsletters import wear
from tests.reading.made_pdfs import lines_of, make_pdf

DPI = 300
A4_PX = (2480, 3508)
POOR_DPI, FAX_DPI = 200, 150
CARD_PX = (900, 640)  # a small page, where only the number of pages matters

_SUBJECTS = (
    "Het bestuur",
    "De werkgroep",
    "Onze penningmeester",
    "Een groep bewoners",
    "De commissie",
    "Het buurthuis",
)
_VERBS = (
    "vergadert over",
    "vraagt aandacht voor",
    "organiseert iets rond",
    "schrijft over",
    "zoekt vrijwilligers voor",
)
_OBJECTS = (
    "de lampionoptocht",
    "het nieuwe speelplein",
    "de opvang van vluchtelingen",
    "een petitie tegen de sloop",
    "het jaarverslag",
)
_TAILS = (
    "op dinsdag 4 maart",
    "in het wijkgebouw",
    "en dat is hard nodig",
    "zoals ieder voorjaar",
    "samen met de kerken",
)
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_HEADINGS = ("Van de voorzitter", "Ledenvergadering", "Zomerfeest", "Wij tekenen bezwaar", "Nieuwe buren", "Te koop")


def make_text(seed: int, sentences: int) -> str:
    """A paragraph, the same for the same seed."""
    pick = random.Random(seed)  # noqa: S311 - text to read, no secret
    return " ".join(
        f"{pick.choice(_SUBJECTS)} {pick.choice(_VERBS)} {pick.choice(_OBJECTS)} {pick.choice(_TAILS)}."
        for _ in range(sentences)
    )


def make_dump(seed: int, sections: int = 6) -> str:
    """An issue as a text dump, with a masthead and `sections` sections; no two issues have the same date."""
    day = date(1950, 1, 1) + timedelta(days=seed)
    head = f"De Proefdruk\nnummer {seed % 12 + 1}, {day.day} {_MONTHS[day.month - 1]} {day.year}\n"
    parts = [f"{_HEADINGS[n % len(_HEADINGS)]}\n\n{make_text(seed * 31 + n, 6)}\n" for n in range(sections)]
    return "\n".join([head, *parts])


def make_scan(path: Path, pages: int, *, seed: int = 1, size: tuple[int, int] = A4_PX) -> None:
    """Write a scanned PDF of `pages` pages at 300 dpi: grey, noisy, two columns."""
    images = _images(pages, seed, size)
    next(images).save(path, "PDF", resolution=DPI, save_all=True, append_images=images)


def worn_page(condition: str, seed: int) -> tuple[Image.Image, int]:
    """A page as it comes out of a scanner (scan, images, rotated), a bad one (poor) or a fax, and its resolution."""
    page, chance = draw_page(seed), np.random.default_rng(seed)
    if condition == "poor":
        small = _at(page, POOR_DPI)
        return wear.poor(small.convert("RGB"), _at(draw_page(seed + 1), POOR_DPI).convert("RGB"), chance), POOR_DPI
    if condition == "fax":
        return wear.fax(_at(page, FAX_DPI).convert("RGB"), chance), FAX_DPI
    if condition == "rotated":
        return page.transpose((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180)[seed % 2]), DPI
    return page, DPI


def make_born(path: Path, pages: int, *, seed: int = 1) -> None:
    """Write a PDF of pages of text, as many words on each as on a scanned one."""
    make_pdf(path, [lines_of(make_text(seed * 97 + n, 62), width=95) for n in range(pages)])


def _at(page: Image.Image, dpi: int) -> Image.Image:
    return page.resize((page.width * dpi // DPI, page.height * dpi // DPI), Image.Resampling.LANCZOS)


def draw_page(seed: int, size: tuple[int, int] = A4_PX) -> Image.Image:
    """One page as the scanner saw it."""
    w, h = size
    page = Image.new("L", size, 250)
    pen = ImageDraw.Draw(page)
    font, bold, line = ImageFont.load_default(42), ImageFont.load_default(60), 58
    margin, gutter = w // 12, w // 24
    columns = 2 if w > CARD_PX[0] else 1
    wide = (w - 2 * margin - gutter * (columns - 1)) / columns
    for c in range(columns):
        x, y, n = margin + c * (wide + gutter), h // 14, 0
        while y < h - h // 10:
            pen.text((x, y), _HEADINGS[(seed + n + c) % len(_HEADINGS)], font=bold, fill=20)
            y += line * 2
            for row in _rows(make_text(seed * 97 + c * 13 + n, 7), font, wide):
                if y > h - h // 10:
                    break
                pen.text((x, y), row, font=font, fill=25)
                y += line
            y += line
            n += 1
    noise = np.random.default_rng(seed).normal(0, 3, (h, w))
    return Image.fromarray((np.asarray(page, dtype="float32") + noise).clip(0, 255).astype("uint8"))


def _images(pages: int, seed: int, size: tuple[int, int]) -> Iterator[Image.Image]:
    for n in range(pages):
        packed = io.BytesIO()
        draw_page(seed * 1000 + n, size).save(packed, "JPEG", quality=70)
        packed.seek(0)
        yield Image.open(packed)


def _rows(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, wide: float) -> Iterator[str]:
    row = ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if row and font.getlength(longer) > wide:
            yield row
            row = word
        else:
            row = longer
    yield row
