"""What did an earlier OCR read of this page, and is that better than our own reading of it?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from archive.arrivals import WITH_LAYER
from archive.errors import ArchiveError
from archive.model.pages import Candidate, ScanKind, TextSource, Word
from archive.reading import evidence
from archive.reading.earlier import EarlierPage, fit
from archive.reading.earlier.beside import read_beside
from archive.reading.earlier.names import page_of
from archive.reading.page.looks import Reading
from archive.reading.pdf import documents, layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.model.pages import Scan
    from archive.reading.page.how import ReadingSettings
    from archive.reading.page.places import Place

# Whose confidences are known to mean what ours do.
_OUR_ENGINE = "tesseract"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What lies beside a scan about one page; `fault` says why it is of no use, and `file` which file that is about."""

    page: EarlierPage | None = None
    file: str = ""
    fault: str = ""

    @property
    def digest(self) -> str:
        """What tells it from what lay there when the page was kept; empty for nothing."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16] if self.file else ""


NOTHING = Earlier()


def find_earlier(root: Path, scan: Scan, number: int, place: Place) -> Earlier:
    """Find what an earlier OCR read of a page; a damaged file is told of, and harms nothing else."""
    within = f"{scan.file}/"
    inner = [file for file in scan.beside if file.startswith(within)]
    outer = [file for file in scan.beside if not file.startswith(within)]
    sides = [(outer, Path(scan.file).name, number)]
    if scan.kind is ScanKind.FOLDER:
        mine = [file for file in inner if page_of(Path(file).name, place.path.name) is not None]
        sides.insert(0, (mine, place.path.name, place.frame))
    for files, name, wanted in sides:
        for with_layer in (False, True):
            some = [file for file in files if file.casefold().endswith(WITH_LAYER) is with_layer]
            found = _look(root, some, name, wanted) if some else NOTHING
            if found.file:
                return found
    return NOTHING


def compete(
    readings: Sequence[Reading], scores: Sequence[Candidate], earlier: Earlier, how: ReadingSettings
) -> tuple[tuple[Reading, ...], tuple[Candidate, ...]]:
    """Let an earlier reading compete with our own ones, by the measure that these competed by.

    A page that was born digital needs none: no engine looked at it. Of two that are nearly as good, ours is taken.

    Returns:
        Readings and scores in the order in which they are to be taken; ours, too, as shares of the fullest reading.
    """
    ours = [evidence.measure(each.words, how.languages) for each in readings]
    seen = next((each for each in readings if each.source is TextSource.OCR), None)
    fitted = fit(earlier.page, seen.width, seen.height) if earlier.page and seen else None
    if fitted is None:
        return tuple(readings), (*evidence.rescore(scores, ours), *_refused(earlier, born_digital=seen is None))
    assert seen is not None  # noqa: S101 - what was fitted was fitted to it
    size = (fitted.width, fitted.height)
    reading = Reading(
        TextSource.TEXT_FILE, _believed(fitted), *size, fitted.reader, turned=seen.turned, scale=seen.scale
    )
    theirs = evidence.measure(reading.words, how.languages)
    told = Candidate(
        TextSource.TEXT_FILE, 0.0, f"{evidence.reason_of(theirs)}, read by {fitted.reader}: {earlier.file}"
    )
    is_first = evidence.is_better(theirs, ours[0])
    at = 0 if is_first else len(readings)
    measures = [*ours[:at], theirs, *ours[at:]]
    ordered = evidence.rescore([*scores[:at], told, *scores[at:]], measures)
    return (*readings[:at], reading, *readings[at:]), tuple(ordered)


def _look(root: Path, files: Sequence[str], name: str, number: int) -> Earlier:
    told = ", ".join(Path(file).name for file in files)
    try:
        if files[0].casefold().endswith(WITH_LAYER):
            page = _of_pdf(root / files[0], number)
        else:
            page = _of_files(tuple(root / file for file in files), name, _times(root, files)).get(number)
    except (ArchiveError, OSError) as error:
        return Earlier(None, told, str(getattr(error, "message", error)))
    return Earlier(page, told) if page else NOTHING


def _times(root: Path, files: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return what tells changed files from those that were read."""
    states = [(root / file).stat() for file in files]
    return tuple((state.st_size, state.st_mtime_ns) for state in states)


@lru_cache(maxsize=2)
def _of_files(files: tuple[Path, ...], name: str, times: tuple[tuple[int, int], ...]) -> Mapping[int, EarlierPage]:
    del times
    return read_beside(files, name)


def _of_pdf(path: Path, number: int) -> EarlierPage | None:
    if number > documents.count_pages(path):
        return None
    page = layer.read_page(path, number)
    reader = f"{documents.version()}, from the text layer"
    return EarlierPage(number, page.words, page.width, page.height, reader) if page.words else None


def _believed(page: EarlierPage) -> tuple[Word, ...]:
    """Return the words of a page without what another engine says of how sure it was: it means something of its own."""
    if _OUR_ENGINE in page.reader.casefold():
        return page.words
    return tuple(replace(word, confidence=None) for word in page.words)


def _refused(earlier: Earlier, *, born_digital: bool) -> tuple[Candidate, ...]:
    """Say why an earlier reading did not compete; nothing where there is none."""
    if not earlier.file:
        return ()
    shape = "its page has another shape than the scan's, or words without a place"
    why = earlier.fault or ("the page was born digital" if born_digital else shape)
    return (Candidate(TextSource.TEXT_FILE, 0.0, f"not used: {earlier.file}: {why}"),)
