"""What do the files of earlier OCR beside a scan say of its pages?"""

from collections.abc import Iterable
from pathlib import Path

from archive.reading.earlier import EarlierPage
from archive.reading.earlier.alto import read_alto
from archive.reading.earlier.hocr import read_hocr
from archive.reading.earlier.names import HOCR, page_of


def read_beside(files: Iterable[Path], scan: str) -> dict[int, EarlierPage]:
    """Read ALTO and hOCR files, by the number of the page in the scan or image that they belong to.

    Args:
        files: Those that belong to it.
        scan: Its name.

    Raises:
        UnreadableScanError: One of the files is damaged, or not what its name says.
        StorageError: One of them cannot be read.
    """
    found: dict[int, EarlierPage] = {}
    for path in sorted(files):
        number = page_of(path.name, scan)
        pages = read_earlier(path)
        if number:
            found |= {number: pages[0]} if pages else {}
        else:
            found = {page.number: page for page in pages} | found  # a file of its own for a page goes before
    return found


def read_earlier(path: Path) -> tuple[EarlierPage, ...]:
    """Read a file of earlier OCR of either kind."""
    return read_hocr(path) if path.name.casefold().endswith(HOCR) else read_alto(path)
