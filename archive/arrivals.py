"""Which files of raw/ may be scans that nobody has looked at yet?

A search asks this, so that nothing of reading/ is loaded and no file is opened: names are all that is looked at.
"""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

# What scans end in, and what earlier OCR of a scan does although it ends like one.
SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt")
WITH_LAYER = ".ocr.pdf"
# What copying, downloading and indexing programs leave behind while they work.
PASSING = re.compile(
    r"\..*|.*~|~\$.*|#.*#|.*\.(?:tmp|temp|part|partial|filepart|crdownload|download|swp|lock|bak)"
    r"|thumbs\.db|desktop\.ini|__macosx|lost\+found|\$recycle\.bin|system volume information|@eadir",
    re.IGNORECASE,
)


def count_waiting(root: Path, raw: Path, known: Collection[str]) -> int | None:
    """Count the files of `raw` that are called as scans are and that no ingest has seen; each page image is one.

    Links to folders are not followed, and names that cannot be shown are left to the ingest, which refuses them.

    Args:
        root: The folder of the archive.
        raw: The folder of its scans.
        known: Files and folders that were seen, relative to the archive.

    Returns:
        The number, or None where a folder cannot be read.
    """
    try:
        return sum(1 for _ in _unknown(str(raw), raw.relative_to(root).as_posix(), known))
    except OSError:
        return None


def _unknown(folder: str, base: str, known: Collection[str]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            file = f"{base}/{entry.name}".removeprefix("./")
            if file in known or PASSING.fullmatch(entry.name) or not entry.name.isprintable():
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _unknown(entry.path, file, known)
            elif entry.name.lower().endswith(SUFFIXES) and not entry.name.lower().endswith(WITH_LAYER):
                yield file
