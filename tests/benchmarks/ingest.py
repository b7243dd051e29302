"""What does ingest cost beside bare Tesseract? Run: python -m tests.benchmarks.ingest [PAGES [WORKERS]]

Both read the same page images at 300 dpi, in this one run, with the same number of single-threaded workers.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.pages import DPI, draw_page, make_scan
from tests.benchmarks.timing import ARCHIVE, machine, run

_PAGES_A_SCAN = 4


def main(pages: int, workers: int) -> None:
    """Print both times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "raw").mkdir()
        (root / "archive.toml").write_text('languages = ["nl", "en"]\n', encoding="utf-8")
        images = []
        for n in range(pages // _PAGES_A_SCAN):
            make_scan(root / "raw" / f"proefdruk-{n:03}.pdf", _PAGES_A_SCAN, seed=n)
            for page in range(_PAGES_A_SCAN):
                images.append(root / f"{n}-{page}.png")
                draw_page(n * 1000 + page).save(images[-1], dpi=(DPI, DPI))
        bare = time_tesseract(images, workers)
        ours = run([*ARCHIVE, "-C", folder, "--json", "ingest", "--jobs", str(workers)])
    ingest = {"ingest_s": round(ours.seconds, 2), "exit_code": ours.code, "main_process_peak_mb": round(ours.peak_mb)}
    figures = {"pages": len(images), "workers": workers, "tesseract_s": round(bare, 2), **ingest}
    print(json.dumps({**figures, "ratio": round(ours.seconds / bare, 3), **machine()}))


def time_tesseract(images: Sequence[Path], workers: int) -> float:
    """Seconds that `workers` processes of Tesseract, each with one thread, take for the images."""
    env = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    def read(image: Path) -> None:
        command = ["tesseract", str(image), "stdout", "-l", "nld+eng", "--psm", "3"]
        subprocess.run(command, env=env, check=True, capture_output=True)

    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(read, images))
    return time.perf_counter() - start


if __name__ == "__main__":
    given = [int(x) for x in sys.argv[1:]]
    main(*[*given, *[40, os.cpu_count() or 1][len(given) :]])
