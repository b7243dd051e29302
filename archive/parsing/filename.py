"""Which newsletter, number and date does the name of a scan's file tell?"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from archive.model.issues import PartialDate
from archive.parsing.dates.grammar import read_dates
from archive.parsing.dates.record import Day, is_possible
from archive.parsing.numbering import read_numbering

_FIRST_YEAR = 1850
_DATES = (
    re.compile(r"(?<!\d)(?P<y>(?:18|19|20)\d\d)[ ._-]?(?P<m>\d\d)[ ._-]?(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d\d)[ ._-](?P<m>\d\d)[ ._-](?P<y>(?:18|19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:18|19|20)\d\d)[ ._-]?(?P<m>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<m>\d\d)[ ._-](?P<y>(?:18|19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:18|19|20)\d\d)(?!\d)"),
)
# Names that scanners and exports give: they name no newsletter.
_MACHINE_NAME = re.compile(
    r"^(?:scan|img|image|doc|document|page|pagina|untitled|naamloos|output|ocr|file|dsc|pdf|nieuw|kopie|copy|mfp|xerox)?[\s_-]*[\da-f]*[\s_-]*"
    r"(?:[\da-f]{6,}|\d+)?$",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"\((?:\d+|kopie|copy)\)|\b(?:kopie|copy|def|definitief|final|scan|ocr|web|lr|hr|versie\s?\d+|v\d)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file's name tells; empty or None where it tells nothing."""

    name: str
    number: str
    date: PartialDate | None


def read_filename(file: str) -> FileFacts:
    """Read name, number and date from a path such as `raw/kerngroep-oost-2022-06.pdf` or `NB_1998_03.tif`."""
    path = PurePosixPath(file)
    stem = path.stem if path.suffix else path.name
    spaced = re.sub(r"[_+]+", " ", stem)
    date, span = _find_date(spaced)
    rest = spaced if span is None else f"{spaced[: span[0]]} {spaced[span[1] :]}"
    number = read_numbering(rest.replace("-", " ")).number
    # What stands after the date (`-def`, `_scan 2`) rarely belongs to the name.
    before = _name(spaced[: span[0]]) if span else ""
    return FileFacts(before or _name(rest), number, date)


def _find_date(text: str) -> tuple[PartialDate | None, tuple[int, int] | None]:
    for pattern in _DATES[:-1]:
        if (match := pattern.search(text)) and (date := _date(match)):
            return date, match.span()
    words = text.replace("-", " ").replace(".", " ")
    for found in read_dates(words, "nl"):
        if found.first.year is not None:
            return PartialDate(found.first.year, found.first.month, found.first.day), (found.start, found.end)
    match = _DATES[-1].search(text)
    return (PartialDate(int(match["y"])), match.span()) if match else (None, None)


def _date(match: re.Match[str]) -> PartialDate | None:
    groups = match.groupdict()
    year, month, day = (int(groups[key]) if groups.get(key) else None for key in ("y", "m", "d"))
    if year is None or month is None or not is_possible(Day(year, month, day)):
        return None
    return PartialDate(year, month, day)


def _name(rest: str) -> str:
    """What is left of a file's name without its date, as words; empty for names that a machine gave."""
    plain = _COPY.sub(" ", re.sub(r"[-._]+", " ", rest))
    plain = re.sub(r"\b(?:nr|no|nummer|issue|jrg|jaargang|vol)\s*\d+\b", " ", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\s+", " ", plain).strip(" -_.,()")
    if _MACHINE_NAME.match(plain) or sum(c.isalpha() for c in plain) < 2:  # noqa: PLR2004
        return ""
    if any(c.isupper() for c in plain):
        return plain
    name = " ".join(_capital(word) for word in plain.split())
    return name[:1].upper() + name[1:]


def _capital(word: str) -> str:
    return (
        word
        if word in {"van", "de", "het", "der", "den", "en", "in", "of", "the", "for", "and", "voor"}
        else word[:1].upper() + word[1:]
    )
