"""What does plain Tesseract read on pages that are worn until it errs as often as asked?

    python -m tests.benchmarks.worn_text FOLDER OUT 3 5 8

FOLDER holds born-digital PDF files in one column, each with its NAME.truth.json. For each rate (percent of characters)
the same pages are blurred and speckled, by seed, a little more or less until Tesseract comes near it; OUT/RATE/NAME.txt
is what it read (form feed between pages), OUT/RATE/pages.json how wrong each page is. What is there already is kept.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

_DPI = 200
_TRIES = 5
_SAMPLE = 6  # every so manieth page is looked at while a strength is sought
_NEAR_ENOUGH = 0.12  # of the rate
_PIECE, _LONG_PIECE = 12, 150  # characters
_TURN = 7919  # between the seeds of a page in one turn and in the next
_QUOTES = str.maketrans("’‘´`“”„–—‐", "''''\"\"\"---")


class PageTruth(NamedTuple):
    """A page as printed, and what stands on it."""

    name: str
    number: int
    image: Image.Image
    text: str
    dpi: int = _DPI


def main(folder: Path, out: Path, *rates: float) -> None:
    """Wear the pages and print the rates that came of it."""
    pages = list(load_pages(folder))
    for rate in rates:
        place = out / f"{rate:g}"
        if not (place / "pages.json").exists():
            _wear_until(pages, rate / 100, place)
        rows = json.loads((place / "pages.json").read_text(encoding="utf-8"))["pages"]
        wrong, letters = sum(r["wrong"] for r in rows), sum(r["letters"] for r in rows)
        print(json.dumps({"asked": rate, "read": round(100 * wrong / letters, 2), "pages": len(rows)}), flush=True)


def load_pages(folder: Path, dpi: int = _DPI) -> Iterable[PageTruth]:
    """Yield the pages of all issues in a folder, as a scanner of that resolution sees them."""
    for truth_file in sorted(folder.glob("*.truth.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        name = truth_file.name.removesuffix(".truth.json")
        for page, seen in zip(pypdfium2.PdfDocument(folder / f"{name}.pdf"), truth["pages"], strict=True):
            image = page.render(scale=dpi / 72).to_pil().convert("L")
            yield PageTruth(name, seen.get("page") or seen.get("number"), image, seen["text"], dpi)


def write_text(pages: Sequence[PageTruth], strength: float, place: Path, *, turn: int = 0) -> float:
    """Read worn pages and keep the text, page by page, with how wrong each is; return how wrong they are together.

    In another turn specks fall elsewhere.
    """
    place.mkdir(parents=True, exist_ok=True)
    read = _read_all(pages, strength, turn)
    rows, texts = [], {}
    for page, (text, confidence) in zip(pages, read, strict=True):
        wrong, letters = count_errors(page.text, text)
        row = {"name": page.name, "page": page.number, "wrong": wrong, "letters": letters, "confidence": confidence}
        rows.append(row)
        texts.setdefault(page.name, []).append(text.strip())
    for name, some in texts.items():
        (place / f"{name}.txt").write_text("\f".join(some), encoding="utf-8")
    known = {"strength": strength, "pages": rows}
    (place / "pages.json").write_text(json.dumps(known, indent=1), encoding="utf-8")
    return sum(row["wrong"] for row in rows) / sum(row["letters"] for row in rows)


def wear(image: Image.Image, strength: float, seed: int) -> Image.Image:
    """Blur and speckle a grey page: letters run out, dots of ink fall on it and pieces of letters fall off."""
    rng = np.random.default_rng(seed)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.5 + strength)), dtype=np.float32)
    height, width = soft.shape
    grain = rng.normal(0, 10 + 14 * strength, soft.shape)
    worn = soft + grain
    for shade, share in ((30, 0.0016), (255, 0.0030)):
        for _ in range(int(share * strength * height * width / 4)):
            y, x, size = rng.integers(height - 3), rng.integers(width - 3), rng.integers(1, 4)
            worn[y : y + size, x : x + size] = shade
    return Image.fromarray(np.clip(worn, 0, 255).astype(np.uint8))


def count_errors(truth: str, read: str) -> tuple[int, int]:
    """Return how many characters are misread, and how many there are.

    Pieces that are there or not (running lines, words in a picture, a caption in another place) are a matter of layout
    and not counted, nor are capitals; long ones that are gone are counted.
    """
    a, b = _plain(truth), _plain(read)
    wrong = 0
    for change in Levenshtein.opcodes(a, b):
        gone, come = change.src_end - change.src_start, change.dest_end - change.dest_start
        is_piece = (not (gone and come) and _PIECE <= max(gone, come) < _LONG_PIECE) or (
            come >= _LONG_PIECE and not gone
        )
        if change.tag != "equal" and not is_piece:
            wrong += max(gone, come)
    return wrong, len(a)


def _wear_until(pages: Sequence[PageTruth], rate: float, place: Path) -> None:
    """Read all pages at a strength that a few of them suggest; if that misses the rate, once or twice more."""
    tried = [(0.0, 0.0)]
    strength = 0.4
    for look in range(_TRIES):
        few = pages[:: _SAMPLE if look < _TRIES // 2 else 1]
        if look >= _TRIES // 2:
            found = write_text(pages, strength, place)
        else:
            errors = [count_errors(p.text, t) for p, (t, _) in zip(few, _read_all(few, strength), strict=True)]
            found = sum(e[0] for e in errors) / sum(e[1] for e in errors)
        if len(few) == len(pages) and abs(found - rate) < _NEAR_ENOUGH * rate:
            return
        tried.append((found, strength))
        strength = _between(sorted(tried), rate)


def _between(tried: Sequence[tuple[float, float]], rate: float) -> float:
    """Return the strength that should give a rate, by the line through the two tried ones around it."""
    above = next((n for n, (found, _) in enumerate(tried) if found >= rate), len(tried) - 1)
    (low, weak), (high, strong) = tried[above - 1], tried[above]
    return min(1.1, max(0.05, weak + (strong - weak) * (rate - low) / max(1e-4, high - low)))


def _read_all(pages: Sequence[PageTruth], strength: float, turn: int = 0) -> list[tuple[str, float]]:
    def read(page: PageTruth) -> tuple[str, float]:
        seed = zlib.crc32(f"{page.name} {page.number}".encode()) + turn * _TURN
        return _read(wear(page.image, strength, seed), page.dpi)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(read, pages))


def _read(image: Image.Image, dpi: int) -> tuple[str, float]:
    """Return what Tesseract reads, and its mean confidence (0 to 1)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        image.save(path / "page.png", dpi=(dpi, dpi))
        command = ["tesseract", "page.png", "page", "-l", "nld+eng", "--psm", "3", "txt", "tsv"]
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, cwd=folder, env=env, check=True, stderr=subprocess.DEVNULL)
        rows = [line.split("\t") for line in (path / "page.tsv").read_text(encoding="utf-8").splitlines()[1:]]
        sure = [float(row[10]) / 100 for row in rows if len(row) > 11 and row[11].strip() and float(row[10]) >= 0]
        return (path / "page.txt").read_text(encoding="utf-8"), round(mean(sure), 4) if sure else 0.0


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    text = re.sub(r"(?m)^[ \t]*[•▪●◦·*-][ \t]+", "", text)
    text = re.sub(r"(\w)-[ \t]*\n\s*([a-zà-ÿ])", r"\1\2", text)
    return " ".join(text.casefold().split())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(float, sys.argv[3:]))
