"""What is to be seen in the pictures? Drawn scenes with grain or a printing screen; no words in them."""

import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

_SKY = ((205, 222, 235), (238, 226, 205), (190, 200, 208))


def draw(name: str, size: tuple[int, int], *, screened: bool) -> Image.Image:
    """Draw `kind:seed`, the same picture each time.

    Args:
        name: What to draw (group, portrait, building, field, table, boat, clip, stamp, skyline) and a seed.
        size: Width and height in pixels.
        screened: As a coarse newspaper screen instead of a photograph.
    """
    kind = name.split(":", maxsplit=1)[0]
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    if kind in ("clip", "stamp"):
        return _line_art(rng, size)
    image = Image.new("RGB", size, _SKY[rng.integers(len(_SKY))])
    {"group": _group, "portrait": _portrait, "building": _building, "table": _table}.get(kind, _field)(
        ImageDraw.Draw(image), size, rng
    )
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(size[0] / 220)), dtype="float32")
    grain = rng.normal(0, 11, soft.shape[:2])[..., None]
    light = np.linspace(1.12, 0.8, soft.shape[0])[:, None, None]
    image = Image.fromarray((soft * light + grain).clip(0, 255).astype("uint8"))
    return _screen(image) if screened else image


def _group(pen: ImageDraw.ImageDraw, size: tuple[int, int], rng: np.random.Generator) -> None:
    w, h = size
    pen.rectangle((0, int(h * 0.62), w, h), fill=(120, 110, 96))
    heads = int(rng.integers(4, 9))
    for row in (0.34, 0.5):
        for n in range(heads):
            x = w * (n + 0.5 + rng.uniform(-0.2, 0.2)) / heads
            y, r = h * (row + rng.uniform(-0.03, 0.03)), w * 0.035
            coat = tuple(int(v) for v in rng.integers(30, 170, 3))
            pen.ellipse((x - 2 * r, y + r, x + 2 * r, y + 9 * r), fill=coat)
            pen.ellipse((x - r, y - r, x + r, y + 1.3 * r), fill=(206, 170, 140))


def _portrait(pen: ImageDraw.ImageDraw, size: tuple[int, int], rng: np.random.Generator) -> None:
    w, h = size
    pen.ellipse((w * 0.1, h * 0.66, w * 0.9, h * 1.5), fill=tuple(int(v) for v in rng.integers(30, 150, 3)))
    pen.ellipse((w * 0.3, h * 0.18, w * 0.7, h * 0.72), fill=(204, 168, 138))
    pen.chord((w * 0.27, h * 0.12, w * 0.73, h * 0.6), 180, 360, fill=(80, 62, 48))


def _building(pen: ImageDraw.ImageDraw, size: tuple[int, int], rng: np.random.Generator) -> None:
    w, h = size
    pen.rectangle((0, h * 0.85, w, h), fill=(104, 108, 100))
    left = w * rng.uniform(0.1, 0.25)
    pen.rectangle((left, h * 0.35, w - left, h * 0.86), fill=(158, 92, 74))
    pen.polygon(((left * 0.7, h * 0.36), (w / 2, h * 0.1), (w - left * 0.7, h * 0.36)), fill=(84, 60, 58))
    for n in range(5):
        x = left + (w - 2 * left) * (n + 0.3) / 5
        pen.rectangle((x, h * 0.46, x + w * 0.06, h * 0.64), fill=(226, 226, 206))


def _table(pen: ImageDraw.ImageDraw, size: tuple[int, int], rng: np.random.Generator) -> None:
    w, h = size
    pen.polygon(((w * 0.05, h), (w * 0.25, h * 0.45), (w * 0.75, h * 0.45), (w * 0.95, h)), fill=(150, 116, 82))
    for _ in range(int(rng.integers(6, 14))):
        x, y, r = rng.uniform(w * 0.22, w * 0.78), rng.uniform(h * 0.5, h * 0.9), w * rng.uniform(0.02, 0.06)
        pen.ellipse((x - r, y - r * 0.6, x + r, y + r * 0.6), fill=tuple(int(v) for v in rng.integers(90, 240, 3)))


def _field(pen: ImageDraw.ImageDraw, size: tuple[int, int], rng: np.random.Generator) -> None:
    w, h = size
    for n, shade in enumerate(((120, 140, 110), (92, 118, 84), (66, 90, 60))):
        top = [
            (x, h * (0.45 + 0.15 * n) + h * 0.07 * np.sin(x / w * 6 + rng.uniform(0, 6))) for x in range(0, w + 9, 9)
        ]
        pen.polygon([*top, (w, h), (0, h)], fill=shade)
    for _ in range(int(rng.integers(3, 8))):
        x, y, r = rng.uniform(0, w), rng.uniform(h * 0.35, h * 0.6), h * rng.uniform(0.04, 0.12)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(56, 84, 50))
        pen.rectangle((x - r * 0.15, y + r * 0.8, x + r * 0.15, y + r * 2), fill=(76, 56, 40))


def _line_art(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    w, h = size
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    stroke = max(2, w // 60)
    pen.ellipse((w * 0.1, h * 0.1, w * 0.9, h * 0.9), outline="black", width=stroke)
    points = [(w / 2 + w * 0.33 * np.cos(a), h / 2 + h * 0.33 * np.sin(a)) for a in rng.uniform(0, 6.28, 6)]
    pen.line([*points, points[0]], fill="black", width=stroke)
    for x, y in points:
        pen.ellipse((x - stroke * 2, y - stroke * 2, x + stroke * 2, y + stroke * 2), fill="black")
    return image


def _screen(image: Image.Image) -> Image.Image:
    """Dots of ink whose size follows the tone, at 45 degrees."""
    gray = np.asarray(image.convert("L"), dtype="float32") / 255
    yy, xx = np.mgrid[0 : gray.shape[0], 0 : gray.shape[1]]
    step = max(5, gray.shape[1] // 130)
    wave = (np.cos((xx + yy) * np.pi / step) + np.cos((xx - yy) * np.pi / step)) / 4 + 0.5
    return Image.fromarray(((gray > 1 - wave * 0.9 - 0.05) * 255).astype("uint8")).convert("RGB")
