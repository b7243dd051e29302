"""What is read on the pages of the samples in raw/?

Keeps it for the tests, so that they need no OCR. Run after a change in raw/: python scripts/record_pages.py
"""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archive.cli.group import run_command

PROJECT = Path(__file__).resolve().parents[1]
RECORDED = PROJECT / "tests" / "recorded" / "pages"


def main() -> int:
    """Read all samples anew and keep their pages; return the exit code of the ingest."""
    with tempfile.TemporaryDirectory() as work:
        root = Path(work)
        shutil.copytree(PROJECT / "raw", root / "raw")
        shutil.copy(PROJECT / "archive.toml", root)
        code = run_command(["-C", work, "ingest"])
        shutil.rmtree(RECORDED, ignore_errors=True)
        shutil.copytree(root / "index" / "pages", RECORDED)
    return code


if __name__ == "__main__":
    sys.exit(main())
