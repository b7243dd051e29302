"""What does an ingest cost that finds nothing new? Run: python -m tests.benchmarks.reingest [SCANS]

Compared with `find raw -ls` and the start of the interpreter. Also counted: files changed, and starts of Tesseract.
"""

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.pages import make_dump
from tests.benchmarks.timing import ARCHIVE, machine, median_s, run

_TIMES = 5


def main(scans: int) -> None:
    """Print the times, their ratio, and what was touched."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "archive"
        (root / "raw").mkdir(parents=True)
        (root / "archive.toml").write_text("", encoding="utf-8")
        for n in range(scans):
            (root / "raw" / f"proefdruk-{n:05}.txt").write_text(make_dump(n, sections=2), encoding="utf-8")
        first = run([*ARCHIVE, "-C", str(root), "ingest"])
        before = take_stock(root)
        env, starts = _counting_tesseract(Path(folder))
        again = [run([*ARCHIVE, "-C", str(root), "ingest"], env=env) for _ in range(_TIMES + 1)][1:]
        changed = set(before.items()) ^ set(take_stock(root).items())
        find_s = median_s(["find", str(root / "raw"), "-ls"], _TIMES)
        python_s = median_s([sys.executable, "-c", "pass"], _TIMES)
        started = len(starts.read_text().splitlines()) if starts.exists() else 0
    ours = median(r.seconds for r in again)
    times = {
        "first_s": round(first.seconds, 2),
        "again_s": round(ours, 3),
        "find_s": round(find_s, 3),
        "python_s": round(python_s, 3),
    }
    touched = {
        "files_changed": len({name for name, _ in changed}),
        "tesseract_starts": started,
        "exit_code": again[-1].code,
    }
    print(json.dumps({"scans": scans, **times, "ratio": round(ours / (find_s + python_s), 2), **touched, **machine()}))


def take_stock(root: Path) -> dict[str, tuple[int, str]]:
    """Time of change and sha256 of every file of an archive."""
    files = sorted(p for p in root.rglob("*") if p.is_file())
    return {str(p): (p.stat().st_mtime_ns, hashlib.sha256(p.read_bytes()).hexdigest()) for p in files}


def _counting_tesseract(folder: Path) -> tuple[dict[str, str], Path]:
    """An environment in which each start of Tesseract writes a line."""
    shim, starts = folder / "bin" / "tesseract", folder / "starts"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho start >> "{starts}"\nexit 1\n', encoding="utf-8")
    shim.chmod(0o755)
    return {"PATH": f"{shim.parent}:{os.environ['PATH']}"}, starts


if __name__ == "__main__":
    main(*[int(x) for x in sys.argv[1:]] or [1000])
