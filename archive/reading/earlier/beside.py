"""Which files of earlier OCR belong to a scan?

They lie beside it and are called as it is: `x.pdf` has `x.alto.xml`, `x.xml` or `x.hocr` for all its pages, or
`x-0001.xml`, `x_0001.hocr` and so on for one page each; a folder of page images has such a file for each image. They
are no scans themselves.
"""

import re
from pathlib import Path

from archive.reading.earlier import EarlierPage
from archive.reading.earlier.alto import read_alto
from archive.reading.earlier.hocr import read_hocr

_ALTO = (".alto.xml", ".alto", ".xml")
_HOCR = (".hocr", ".hocr.html", ".hocr.htm")
# Longest first: `x.alto.xml` is not the file `x.alto` in XML.
_ENDINGS = tuple(sorted((*_ALTO, *_HOCR), key=len, reverse=True))
_NUMBERED = re.compile(r"[-_. ](?:p|page|pagina|pag)?[-_. ]?0*(\d{1,5})", re.IGNORECASE)


def is_earlier(name: str) -> bool:
    """Tell whether a file is one of earlier OCR, by its name."""
    return _stem(name) != ""


def belongs_to(name: str, scan: str) -> bool:
    """Tell whether a file of earlier OCR belongs to a scan in the same folder, by their names."""
    stem, own = _stem(name), scan.rpartition(".")[0] or scan
    return bool(stem) and (
        stem in {own, scan} or (stem.startswith(own) and bool(_NUMBERED.fullmatch(stem[len(own) :])))
    )


def read_beside(scan: Path) -> dict[int, EarlierPage]:
    """Read what lies beside a scan, by the number of the page.

    Raises:
        UnreadableScanError: One of the files is damaged, or not what its name says.
        StorageError: One of them cannot be read.
    """
    stems = {scan.name, scan.stem if scan.suffix else scan.name}
    found: dict[int, EarlierPage] = {}
    files = sorted(path for path in scan.parent.iterdir() if path.is_file())
    others = {path.stem for path in files if not is_earlier(path.name)} - stems
    for path in files:
        if not belongs_to(path.name, scan.name) or _stem(path.name) in others:
            continue
        pages = read_earlier(path)
        stem = _stem(path.name)
        if stem in stems:
            found = {page.number: page for page in pages} | found  # a file of its own for a page goes before
            continue
        match = _NUMBERED.fullmatch(stem[len(scan.stem) :])
        if match and pages:
            found[int(match[1])] = pages[0]
    return found


def read_earlier(path: Path) -> tuple[EarlierPage, ...]:
    """Read a file of earlier OCR of either kind."""
    return read_hocr(path) if path.name.casefold().endswith(_HOCR) else read_alto(path)


def _stem(name: str) -> str:
    """Return the name without the ending of a file of earlier OCR; empty for any other file."""
    folded = name.casefold()
    ending = next((each for each in _ENDINGS if folded.endswith(each)), "")
    return name[: -len(ending)] if ending else ""
