"""What do years and machines do to a page? Ink, paper and scanners, drawn by seed.

Pages are Pillow images; arrays are (height, width) or (height, width, 3), float32, 0 black to 255 white.
"""

import numpy as np
from PIL import Image, ImageFilter

Rng = np.random.Generator


def ink(image: Image.Image, kind: str, dpi: int, rng: Rng) -> Image.Image:
    """Print as the machine did: stencil (uneven), ribbon (worn letters), matrix (dots)."""
    gray = np.asarray(image.convert("L"), dtype="float32")
    if kind == "matrix":
        yy, xx = np.mgrid[0 : gray.shape[0], 0 : gray.shape[1]]
        pitch = dpi / 72 * 1.05
        holes = (np.cos(xx * 2 * np.pi / pitch) + np.cos(yy * 2 * np.pi / pitch)) < -0.75
        gray = np.where(holes & (gray < 128), gray + 95, gray)
        return (
            Image.fromarray(gray.clip(0, 255).astype("uint8"))
            .filter(ImageFilter.GaussianBlur(dpi / 380))
            .convert("RGB")
        )
    spread = {"stencil": 0.9, "ribbon": 0.55}[kind] * dpi / 300
    soft = np.asarray(Image.fromarray(gray.astype("uint8")).filter(ImageFilter.GaussianBlur(spread)), dtype="float32")
    supply = _cloud(rng, soft.shape, 7, 14) + _cloud(rng, soft.shape, 110, 13 if kind == "stencil" else 8)
    level = {"stencil": 168, "ribbon": 186}[kind] + supply
    dark = {"stencil": 38, "ribbon": 52}[kind]
    out = dark + (250 - dark) / (1 + np.exp(-(soft - level) / 17))
    return Image.fromarray(out.clip(0, 255).astype("uint8")).convert("RGB")


def scan(image: Image.Image, rng: Rng, *, aged: bool) -> Image.Image:
    """A good flatbed scan: slightly aslant, faint noise; old paper is yellow and has holes for a binder."""
    turned = _aslant(image, rng.uniform(-0.45, 0.45))
    x = np.asarray(turned, dtype="float32")
    paper = np.array([246, 238, 216] if aged else [252, 252, 250], dtype="float32") / 255
    x = x * paper * (0.985 + _cloud(rng, x.shape[:2], 5, 0.008))[..., None] + 3
    x += rng.normal(0, 3.2, x.shape[:2]).astype("float32")[..., None]
    if aged and rng.random() < 0.6:
        _punch(x, rng)
    return Image.fromarray(x.clip(0, 255).astype("uint8"))


def poor(image: Image.Image, back: Image.Image, rng: Rng) -> Image.Image:
    """A copy of a copy, scanned in a hurry: a bent page, folds, stains, the back showing through, a dark edge."""
    w, h = image.size
    x = np.asarray(_aslant(image, rng.uniform(0.5, 1.4) * rng.choice([-1, 1])).convert("L"), dtype="float32")
    ghost = (
        back.convert("L")
        .resize((w, h))
        .transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        .filter(ImageFilter.GaussianBlur(2.2))
    )
    x = x - (255 - np.asarray(ghost, dtype="float32")) * rng.uniform(0.05, 0.1)
    x = _bent(x, rng)
    yy, xx = np.mgrid[0:h, 0:w].astype("float32")
    light = 0.96 + _cloud(rng, x.shape, 4, 0.03) - 0.14 * np.abs(yy / h - rng.uniform(0, 1))
    edge = rng.choice([0, w])
    light -= 0.55 * np.exp(-np.abs(xx - edge) / (w * 0.014))
    for at in (h / 3, 2 * h / 3) if rng.random() < 0.5 else (h / 2,):
        light -= 0.16 * np.exp(-(((yy - at - xx * rng.uniform(-0.004, 0.004)) / 2.6) ** 2))
    cx, cy, r = rng.uniform(0.2, 0.8) * w, rng.uniform(0.2, 0.8) * h, w * rng.uniform(0.1, 0.16)
    light -= 0.09 * np.exp(-(((np.hypot(xx - cx, yy - cy) - r) / 5) ** 2))
    x = x * light.clip(0.12, 1) + rng.normal(0, 9, x.shape).astype("float32")
    _specks(x, rng, int(w * h / 11000))
    return Image.fromarray(x.clip(0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(0.55))


def fax(image: Image.Image, rng: Rng) -> Image.Image:
    """Black and white at 150 dpi, with a few shifted and lost lines and a smear down the page."""
    x = np.asarray(_aslant(image, rng.uniform(-0.6, 0.6)).convert("L"), dtype="float32")
    x = x + rng.normal(0, 15, x.shape) + _cloud(rng, x.shape, 12, 6)
    bits = np.where(x > rng.uniform(160, 176), 255, 0).astype("uint8")
    for _ in range(int(rng.integers(2, 6))):
        at = int(rng.integers(0, bits.shape[0] - 3))
        bits[at] = 255
        bits[at + 1] = np.roll(bits[at + 1], int(rng.integers(-4, 5)))
    at = int(rng.integers(30, bits.shape[1] - 30))
    bits[rng.random(bits.shape[0]) < 0.5, at] = 0
    return Image.fromarray(bits).convert("1")


def _aslant(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")


def _cloud(rng: Rng, shape: tuple[int, ...], cells: int, scale: float) -> np.ndarray:
    """Slow variation over the page."""
    small = Image.fromarray(rng.normal(0, 1, (cells, cells)).astype("float32"))
    return np.asarray(small.resize((shape[1], shape[0]), Image.Resampling.BICUBIC)) * scale


def _bent(x: np.ndarray, rng: Rng) -> np.ndarray:
    """Lines that rise and fall a little, as on a page near the spine."""
    h, w = x.shape
    depth, phase = h * rng.uniform(0.0008, 0.0024), rng.uniform(0, 3)
    shift = np.rint(depth * np.sin(np.linspace(0, np.pi, w) + phase)).astype(int)
    rows = (np.arange(h)[:, None] + shift[None, :]).clip(0, h - 1)
    return x[rows, np.arange(w)[None, :]]


def _punch(x: np.ndarray, rng: Rng) -> None:
    """Two holes at the left, dark as the scanner's lid; `x` is changed."""
    h, w = x.shape[:2]
    r, cx = h * 0.0105, w * rng.uniform(0.028, 0.04)
    yy, xx = np.mgrid[0:h, 0 : int(w * 0.1)]
    for cy in (h * 0.36, h * 0.64):
        x[:, : int(w * 0.1)][np.hypot(xx - cx, yy - cy) < r] = 70


def _specks(x: np.ndarray, rng: Rng, count: int) -> None:
    """Dust and toner; `x` is changed."""
    h, w = x.shape
    for _ in range(count):
        y0, x0, r = rng.integers(0, h - 4), rng.integers(0, w - 4), rng.integers(1, 4)
        x[y0 : y0 + r, x0 : x0 + int(rng.integers(1, 4))] = rng.choice([30, 70, 245])
