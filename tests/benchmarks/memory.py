"""Does the main process grow with the pages of a scan? Run: python -m tests.benchmarks.memory [PAGES]

The peak of the main process alone, for a scanned PDF of PAGES small pages and for one of a tenth of that.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.pages import CARD_PX, make_scan
from tests.benchmarks.timing import ARCHIVE, Run, machine, run


def main(pages: int) -> None:
    """Print both peaks."""
    few, many = ingest_of(max(1, pages // 10)), ingest_of(pages)
    peaks = {"pages": pages, "peak_mb": round(many.peak_mb), "peak_of_a_tenth_mb": round(few.peak_mb)}
    print(json.dumps({**peaks, "seconds": round(many.seconds, 1), "exit_codes": [few.code, many.code], **machine()}))


def ingest_of(pages: int) -> Run:
    """An ingest of one scan of that many pages."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "raw").mkdir()
        (root / "archive.toml").write_text("", encoding="utf-8")
        make_scan(root / "raw" / "proefdruk.pdf", pages, size=CARD_PX)
        return run([*ARCHIVE, "-C", folder, "ingest", "--jobs", str(os.cpu_count() or 1)])


if __name__ == "__main__":
    main(*[int(x) for x in sys.argv[1:]] or [400])
