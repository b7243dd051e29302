"""What does `ingest --reparse` cost beside reading? Run: python -m tests.benchmarks.reparse [PAGES [FOLDER]]

Scans of tests/newsletters, clean, poor and faxed, one of each issue and then a second, are taken in once. Then their
pages are made into sections anew, and bare Tesseract reads the same page images at the resolution of the scan, each by
one process. Both are counted in processor time, the start of all processes included. No rule changed in between, so
that the index has nothing to do. The program is compiled before, as installing it does. FOLDER keeps the archive for
the next run.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.ingest import run_tesseract, timed
from tests.benchmarks.pages import DPI, FAX_DPI, POOR_DPI
from tests.benchmarks.timing import ARCHIVE, machine, run
from tests.newsletters.rendition import rasterise, render
from tests.newsletters.texts import list_issues, load_issue

_DPI = {"fax": FAX_DPI, "poor": POOR_DPI, "scan": DPI}


def main(pages: int, root: Path) -> None:
    """Print seconds of processor time a page for both, and the ratio."""
    if not (root / "archive.toml").exists():
        _fill(root, pages)
    scans = sorted((root / "raw").glob("*.pdf"))
    images = [image for scan in scans for image in _images(scan, root / "images")]
    ours = _reparse(root)
    _, theirs = timed(lambda: run_tesseract(images, 1))
    figures = {"reparse_cpu_s": round(ours / len(images), 4), "tesseract_cpu_s": round(theirs / len(images), 3)}
    print(
        json.dumps(
            {"pages": len(images), "scans": len(scans), **figures, "times": round(theirs / ours, 1), **machine()}
        )
    )


def _fill(root: Path, pages: int) -> None:
    """Make an archive of scans with at least so many pages, and take them in."""
    (root / "raw").mkdir(parents=True)
    made = 0
    for issue, style, condition in _renditions():
        if made < pages:
            made += render(issue, style, condition, root / "raw")
    for truth in (root / "raw").glob("*.truth.json"):
        truth.unlink()
    (root / "archive.toml").write_text('languages = ["nl", "en"]\n', encoding="utf-8")
    run([*ARCHIVE, "-C", str(root), "ingest"])


def _renditions() -> Iterator[tuple[str, str, str]]:
    """Yield one scan of each issue, the conditions in turn as far as the issues name them; then a second of each."""
    for time in range(2):
        for turn, issue in enumerate(list_issues()):
            renditions = dict.fromkeys(load_issue(issue).renditions)
            scanned = sorted((condition, style) for style, condition in renditions if condition in _DPI)
            if len(scanned) > time:
                condition, style = scanned[(turn + time) % len(scanned)]
                yield issue, style, condition


def _images(scan: Path, folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    images, dpi = [], _DPI[scan.stem.rpartition("_")[2]]
    for number, page in enumerate(rasterise(scan.read_bytes(), dpi), 1):
        images.append(folder / f"{scan.stem}-{number}.png")
        page.convert("L").save(images[-1], dpi=(dpi, dpi))
    return images


def _reparse(root: Path) -> float:
    """Return the seconds of a second run; the first compiles the program."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(root / "compiled")}
    command = [*ARCHIVE, "-C", str(root), "ingest", "--reparse", "--jobs", "1"]
    ended = []
    runs = [timed(lambda: ended.append(run(command, env=compiled).code)) for _ in range(2)]
    assert ended == [0, 0], f"the runs ended with {ended}"
    return runs[1][1]


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    if len(sys.argv) > 2:
        main(wanted, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as passing:
            main(wanted, Path(passing))
