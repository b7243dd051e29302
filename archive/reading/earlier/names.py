"""Which files of earlier OCR belong to a scan, by their names?

They lie beside it and are called as it is: `x.pdf` has `x.alto.xml`, `x.xml` or `x.hocr` for all its pages, or
`x-0001.xml`, `x_0001.hocr` and so on for one page each, or `x.ocr.pdf`, the same pages with a text layer; a folder of
page images has such a file for each image. They are no scans themselves.
"""

import re
from collections.abc import Iterable

from archive.arrivals import WITH_LAYER

ALTO = (".alto.xml", ".alto", ".xml")
HOCR = (".hocr", ".hocr.html", ".hocr.htm")
# Longest first: `x.alto.xml` is not the file `x.alto` in XML.
_ENDINGS = tuple(sorted((*ALTO, *HOCR, WITH_LAYER), key=len, reverse=True))
_NUMBERED = re.compile(r"[-_. ](?:p|page|pagina|pag)?[-_. ]?0*(\d{1,5})", re.IGNORECASE)


def is_earlier(name: str) -> bool:
    """Tell whether a file is one of earlier OCR, by its name."""
    return stem_of(name) != ""


def stem_of(name: str) -> str:
    """Return the name without the ending of a file of earlier OCR; empty for any other file."""
    folded = name.casefold()
    ending = next((each for each in _ENDINGS if folded.endswith(each)), "")
    return name[: -len(ending)] if ending else ""


def page_of(name: str, scan: str) -> int | None:
    """Return which page of a scan a file of earlier OCR is about, by their names; 0: all, None: another scan's."""
    stem = stem_of(name)
    owns = (scan, scan.rpartition(".")[0] or scan)
    if stem in owns:
        return 0
    numbered = (_NUMBERED.fullmatch(stem[len(own) :]) for own in owns if stem.startswith(own))
    return next((int(found[1]) for found in numbered if found), None)


def share_out(files: Iterable[str], scans: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give each file of earlier OCR to the scan in the same folder that it belongs to; some may belong to none.

    A file called as a scan is goes to that one, though its name may also mean a page of another.
    """
    owners: dict[str, str] = {}
    for scan in scans:
        for own in (scan, scan.rpartition(".")[0] or scan):
            owners.setdefault(own, scan)
    shares: dict[str, list[str]] = {}
    for name in sorted(files):
        stem = stem_of(name)
        owner = owners.get(stem)
        starts = (at for at in range(len(stem) - 1, 0, -1) if owner is None and _NUMBERED.fullmatch(stem[at:]))
        owner = owner or next((owners[stem[:at]] for at in starts if stem[:at] in owners), None)
        if owner is not None:
            shares.setdefault(owner, []).append(name)
    return {owner: tuple(names) for owner, names in shares.items()}


def under_name(name: str, scan: str, given: str) -> str:
    """Return what a file of earlier OCR must be called where its scan is called otherwise."""
    for own, other in ((scan, given), (scan.rpartition(".")[0] or scan, given.rpartition(".")[0] or given)):
        if name.startswith(own):
            return other + name[len(own) :]
    return name
