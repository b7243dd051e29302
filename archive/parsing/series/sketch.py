"""What of one issue is kept to tell its series, and its place in it?

A sketch holds no running text: what the first page may share with others, the names that it may print, and every number
and date that somebody might take for that of the issue, each with the words that it stands behind.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

from archive.model.pages import Block, BlockRole, Line, Page
from archive.parsing.dates.grammar import read_dates
from archive.parsing.head_lines import type_size
from archive.parsing.numbering import part_figures
from archive.parsing.series.signature import Trait, paper_words
from archive.tuples import NamedTuple

_HEAD_SHARE = 0.4  # of a page, from the top, in which number and day are looked for
_LARGE, _AS_LARGE = 1.4, 0.8
_APART = 1.3  # heights of a line between two lines of a name
_SURE = 0.6
_LEAST_LETTERS, _LETTERS = 3, 0.6
_MOST_NAME_WORDS = 8
_MOST_KEPT = 24
_LABELLED = re.compile(r"(?<![^\W_])([^\W\d_]{2,})\s?[.:°#]*\s?(\d{1,4})(?:\s?/\s?((?:19|20)\d\d))?(?![\w.:/-]*\d)")
_ONLY_FIGURES = re.compile(r"[\d\s/.-]+")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_NUMBERING = frozenset(
    ("nr", "no", "nummer", "number", "num", "issue", "editie", "edition", "aflevering", "uitgave", "afl", "ausgabe")
)
_GENRE_END = (
    *("blad", "krant", "brief", "bulletin", "nieuws", "bode", "post", "orgaan"),
    *("letter", "news", "info", "magazine"),
)


class PrintedNumber(NamedTuple):
    """A number near the top of a first page and the word before it in small letters, empty for figures alone."""

    value: int
    label: str


class PrintedDay(NamedTuple):
    """A date that may be that of the issue as ISO text (`--08-24` where the year is not printed), and who says so."""

    date: str
    source: str
    evidence: str


class IssueSketch(NamedTuple):
    """One issue as its series sees it.

    `parts` is how many issues its scan holds, `known` the slug that the owner gave; `printed_name` is true where `name`
    stands in the masthead or a running head; `doubt` says which pages may start another issue.
    """

    file: str
    first_page: int
    parts: int
    name: str
    printed_name: bool
    known: str
    names: tuple[str, ...]
    number: str
    number_source: str
    numbers: tuple[PrintedNumber, ...]
    volume: str
    days: tuple[PrintedDay, ...]
    traits: tuple[Trait, ...]
    doubt: str = ""


def pack_sketch(sketch: IssueSketch) -> bytes:
    """Pack a sketch for the catalogue."""
    return zlib.compress(json.dumps(sketch, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))


def unpack_sketch(packed: bytes) -> IssueSketch:
    """Return what `pack_sketch` packed."""
    fields: dict[str, Any] = dict(zip(IssueSketch._fields, json.loads(zlib.decompress(packed)), strict=True))
    fields["names"] = tuple(fields["names"])
    fields["numbers"] = tuple(PrintedNumber(*each) for each in fields["numbers"])
    fields["days"] = tuple(PrintedDay(*each) for each in fields["days"])
    fields["traits"] = tuple(Trait(*each) for each in fields["traits"])
    return IssueSketch(**fields)


def large_name(page: Page) -> str:
    """Return the largest words in the head of a page, joined where they stand below each other; empty without any."""
    lines = [line for line in _head_lines(page) if _may_name(line)]
    sizes = [size for block in page.blocks for line in block.lines if (size := type_size(line)) for _ in line.words]
    largest = max((type_size(line) or 0.0 for line in lines), default=0.0)
    if not sizes or largest < _LARGE * median(sizes):
        return ""
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.box.y0, line.box.x0) if line.box else (0.0, 0.0)):
        if (type_size(line) or 0.0) < _AS_LARGE * largest or line.box is None:
            continue
        below = found[-1].box if found else None
        if below and line.box.y0 - below.y1 > _APART * largest:
            break
        found.append(line)
    name = " ".join(" ".join(line.text.split()) for line in found)
    return name if len(name.split()) <= _MOST_NAME_WORDS else ""


def printed_numbers(page: Page) -> tuple[PrintedNumber, ...]:
    """Return the numbers in the head of a page that may number the issue, in the order of the page."""
    found: dict[PrintedNumber, None] = {}
    for line in _head_lines(page):
        text = part_figures(" ".join(line.text.split()))
        if _ONLY_FIGURES.fullmatch(text):
            figures = [figure for figure in re.split(r"[\s/.-]+", text) if figure and not _YEAR.fullmatch(figure)]
            if len(set(figures)) == 1 and len(figures[0]) < 5:  # noqa: PLR2004 - no telephone
                found[PrintedNumber(int(figures[0]), "")] = None
            continue
        for match in _LABELLED.finditer(text):
            if not _YEAR.fullmatch(match[2]) and _labels(match[1].casefold()):
                found[PrintedNumber(int(match[2]), match[1].casefold())] = None
    return tuple(found)[:_MOST_KEPT]


def printed_days(page: Page, language: str) -> Iterator[PrintedDay]:
    """Yield the days and months on lines of their own in the head of a page, with a year that is printed by itself."""
    years = sorted(set(_years_alone(page)))
    for line in _head_lines(page):
        text = part_figures(" ".join(line.text.split()))
        for found in read_dates(text, language):
            first = found.first
            if first.month is None or text[: found.start].strip(" .,|-–") or text[found.end :].strip(" .,|-–"):
                continue
            year = first.year or (years[0] if len(years) == 1 else None)
            day = "" if first.day is None else f"-{first.day:02}"
            beside = "" if first.year or year is None else f" and {year}"
            told = f"{year or '-'}-{first.month:02}{day}"
            yield PrintedDay(told, "masthead", f"the head of the page says '{text[found.start : found.end]}'{beside}")


def _labels(word: str) -> bool:
    return word in _NUMBERING or word in paper_words() or word.endswith(_GENRE_END)


def _years_alone(page: Page) -> Iterator[int]:
    for line in _head_lines(page):
        text = " ".join(line.text.split())
        if not _ONLY_FIGURES.fullmatch(text):
            continue
        whole = "".join(text.split())
        yield from (
            int(each) for each in ([whole] if _YEAR.fullmatch(whole) else text.split()) if _YEAR.fullmatch(each)
        )


def _head_lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if block.role is BlockRole.PICTURE or not _is_high(block, page):
            continue
        yield from (
            line for line in block.lines if line.box is None or line.box.y0 < _HEAD_SHARE * (page.height or 0.0)
        )


def _is_high(block: Block, page: Page) -> bool:
    return bool(page.height and block.box and block.box.y0 < _HEAD_SHARE * page.height)


def _may_name(line: Line) -> bool:
    letters = sum(map(str.isalpha, line.text))
    sure = [word.confidence for word in line.words if word.confidence is not None]
    is_text = letters >= _LEAST_LETTERS and letters >= _LETTERS * len(line.text.replace(" ", ""))
    return is_text and (not sure or sum(sure) >= _SURE * len(sure))


def whole_names(found: Iterable[str], *, most: int = _MOST_KEPT) -> tuple[str, ...]:
    """Return names without doubles and empty ones, in order."""
    return tuple(dict.fromkeys(name for name in found if name))[:most]


def first_line(page: Page) -> str:
    """Return the line that stands highest on a page."""
    lines = [line for line in _head_lines(page) if line.box and _may_name(line)]
    return " ".join(min(lines, key=lambda line: line.box.y0 if line.box else 0.0).text.split()) if lines else ""
