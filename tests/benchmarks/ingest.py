"""What does ingest cost beside bare Tesseract? Run: python -m tests.benchmarks.ingest [PAGES [WORKERS [CONDITION…]]]

Both read the same page images, in this one run, with the same number of single-threaded workers. The conditions are
those of tests/newsletters; `born` has no images, and its cost is told as a share of a scanned page's. `reparse` is the
cost of `ingest --reparse`, which works from the pages as read.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.pages import make_born, worn_page
from tests.benchmarks.timing import ARCHIVE, machine, run

CONDITIONS = ("scan", "images", "poor", "fax", "rotated", "born")
_PAGES_A_SCAN = 4


def main(pages: int, workers: int, conditions: Sequence[str]) -> None:
    """Print for each condition wall and processor time a page, and the ratios to those of bare Tesseract."""
    found: dict[str, dict[str, float]] = {}
    for condition in conditions:
        with tempfile.TemporaryDirectory() as folder:
            found[condition] = _measure(Path(folder), condition, pages, workers)
    if "born" in found and "scan" in found:
        found["born"]["share_of_a_scan"] = round(found["born"]["ingest_cpu_s"] / found["scan"]["ingest_cpu_s"], 3)
    print(json.dumps({"pages": pages, "workers": workers, **found, **machine()}))


def _measure(root: Path, condition: str, pages: int, workers: int) -> dict[str, float]:
    (root / "raw").mkdir()
    (root / "archive.toml").write_text('languages = ["nl", "en"]\n', encoding="utf-8")
    images = _make_scans(root, condition, pages)
    wall, cpu = timed(lambda: run([*ARCHIVE, "-C", str(root), "--json", "ingest", "--jobs", str(workers)]).code)
    figures = {"ingest_s": wall / pages, "ingest_cpu_s": cpu / pages}
    _, again = timed(lambda: run([*ARCHIVE, "-C", str(root), "--json", "ingest", "--reparse", "--jobs", "1"]).code)
    figures["reparse_cpu_s"] = again / pages
    if images:
        bare_wall, bare_cpu = timed(lambda: run_tesseract(images, workers))
        figures |= {"tesseract_s": bare_wall / pages, "tesseract_cpu_s": bare_cpu / pages}
        figures |= {"ratio": wall / bare_wall, "cpu_ratio": cpu / bare_cpu, "reparse_cpu_ratio": again / bare_cpu}
    return {name: round(value, 3) for name, value in figures.items()}


def _make_scans(root: Path, condition: str, pages: int) -> list[Path]:
    """Write issues of some pages each; return the page images, for Tesseract."""
    images: list[Path] = []
    for first in range(0, pages, _PAGES_A_SCAN):
        name = f"proefdruk-{first:03}"
        numbers = range(first, min(pages, first + _PAGES_A_SCAN))
        if condition == "born":
            make_born(root / "raw" / f"{name}.pdf", len(numbers), seed=first)
            continue
        made = [worn_page(condition, number) for number in numbers]
        folder = root / ("raw" if condition == "images" else "bare") / name
        folder.mkdir(parents=True)
        for number, (image, dpi) in zip(numbers, made, strict=True):
            images.append(folder / f"{number:03}.png")
            image.save(images[-1], dpi=(dpi, dpi))
        if condition != "images":
            sheets = [image for image, _ in made]
            packing = {} if sheets[0].mode == "1" else {"quality": 80}
            pdf = root / "raw" / f"{name}.pdf"
            sheets[0].save(pdf, resolution=made[0][1], save_all=True, append_images=sheets[1:], **packing)
    return images


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds that pass, and seconds of processor time that child processes take."""
    used, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    act()
    wall, more = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, more.ru_utime + more.ru_stime - used.ru_utime - used.ru_stime


def run_tesseract(images: Sequence[Path], workers: int) -> None:
    """Let `workers` processes of Tesseract, each with one thread, read the images."""
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(image: Path) -> None:
        command = ["tesseract", str(image), "stdout", "-l", "nld+eng", "--psm", "3"]
        subprocess.run(command, env=env, check=True, capture_output=True)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(read, images))


if __name__ == "__main__":
    given = [int(x) for x in sys.argv[1:3]]
    main(*[*given, *[40, os.cpu_count() or 1][len(given) :]], sys.argv[3:] or CONDITIONS)
