"""What repeats on the pages of this scan, and what only points to other pages?

Running heads and feet, page numbers, tables of contents and jump lines get the role FURNITURE with a reason; they keep
their words and their place. What is not sure to be furniture stays text.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from rapidfuzz import fuzz

from archive.model.pages import Block, BlockRole, Box, Line, Page
from archive.parsing.contents import find_contents
from archive.parsing.wording import jump_from, jump_to

RUNNING, PAGE_NUMBER, CONTENTS, JUMP_TO, JUMP_FROM = (
    "running head or foot",
    "page number",
    "table of contents",
    "jump to another page",
    "jump from another page",
)

_BAND = 0.12  # share of the page's height in which heads and feet stand
_EDGE_LINES = 2  # of a page without boxes
_MOST_LINES = 3  # of a block that holds a running line
_LEAST_LINES = 4  # a page without boxes and with fewer lines has no edges
_SAME_PLACE = 0.03  # share of the page's height that a running line may move
_ALIKE = 84
_LEAST_SIGNS = 3
_LONGEST_RUNNING = 110
_REACH_PAGES = 100  # how far off a line that runs over the pages must stand again
_HEADING_SIZE = 1.25  # beside the usual size; larger lines are headings or mastheads
_JUMP_LINES = 3  # a jump line may be broken this often
_NUMBER_ALONE = re.compile(
    r"\W*(?:(?:pagina|pag|blz|bladzijde|blad|page|p|seite)\b\W*)?(?P<number>\d{1,3})(?:\s*(?:van|of|/|von|de)\s*\d{1,3})?\W*",
    flags=re.IGNORECASE,
)
_NUMBER_BESIDE = re.compile(
    r"(?P<text>.*?\D)\s*(?:[-–—|•·:,]|pagina|pag\.?|blz\.?|page|p\.|\s)\s*(?P<number>\d{1,3})(?:\s*(?:van|of|/)\s*\d{1,3})?\W*"
    r"|\W*(?P<first>\d{1,3})\s*(?:[-–—|•·]|\s)\s*(?P<rest>\D.*)",
    flags=re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(r"\b(?:pagina|pag|blz|bladzijde|blad|page|seite)\b\.?\s*\d{1,3}\W*\Z", flags=re.IGNORECASE)
_COUNT = re.compile(r"\b(\d{1,3})\s*(?:van|of|/|von|de)\s*(\d{1,3})\W*\Z", flags=re.IGNORECASE)


def mark_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Give running heads, page numbers, contents and jump lines the role FURNITURE, and pages their printed labels.

    Args:
        pages: The pages of one scan in order, blocks in reading order.

    Returns:
        The same pages and words; a block that is furniture in part is cut in two or three.
    """
    rows = [[_Row(page, where, line) for where, line in _lines_of(page)] for page in pages]
    marks: dict[tuple[int, int, int], str] = {}
    labels: dict[int, str] = {}
    printed = {row.text.casefold() for page_rows in rows for row in page_rows}
    for page, page_rows in zip(pages, rows, strict=True):
        for where, reason in _jumps(page_rows, printed):
            marks[page.number, *where] = reason
    for page_number, where in find_contents(
        [[(page.number, row.where, row.line) for row in r] for page, r in zip(pages, rows, strict=True)]
    ):
        marks.setdefault((page_number, *where), CONTENTS)
    for row, reason, label in _running(rows):
        marks.setdefault((row.page.number, *row.where), reason)
        if label:
            labels.setdefault(row.page.number, label)
    return tuple(_rebuilt(page, marks, label=labels.get(page.number, page.label)) for page in pages)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line and where it stands: which block of its page, which line of that block."""

    page: Page
    where: tuple[int, int]
    line: Line

    @property
    def text(self) -> str:
        """What it says."""
        return self.line.text

    @property
    def size(self) -> float | None:
        """Its type size in points; None where the source has none."""
        sizes = [word.size for word in self.line.words if word.size]
        return median(sizes) if sizes else None


def _lines_of(page: Page) -> Iterator[tuple[tuple[int, int], Line]]:
    for block_number, block in enumerate(page.blocks):
        for line_number, line in enumerate(block.lines):
            yield (block_number, line_number), line


def _jumps(rows: Sequence[_Row], printed: Collection[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where jump lines stand, each line of one that is broken over lines of a block."""
    at = 0
    while at < len(rows):
        for count in range(_JUMP_LINES, 0, -1):
            group = rows[at : at + count]
            if len(group) < count or len({row.where[0] for row in group}) > 1:
                continue
            reason = _jump_reason(" ".join(row.text for row in group))
            if reason and (count == 1 or _jump_reason(group[0].text) != reason or _is_rest(group, printed)):
                yield from ((row.where, reason) for row in group)
                at += count - 1
                break
        at += 1


def _is_rest(group: Sequence[_Row], printed: Collection[str]) -> bool:
    """Tell whether the lines under a jump line are the rest of the heading that it names, broken over lines.

    They are not where the first line already names a heading that is printed as a line of its own.
    """
    named = jump_from(" ".join(row.text for row in group))
    first = jump_from(group[0].text)
    if first is not None and first[1].casefold() in printed:
        return False
    own_block = len(group[0].page.blocks[group[0].where[0]].lines) == len(group)
    return named is not None and bool(named[1]) and own_block


def _jump_reason(text: str) -> str:
    if jump_to(text) is not None:
        return JUMP_TO
    return JUMP_FROM if jump_from(text) is not None else ""


def _running(rows: Sequence[Sequence[_Row]]) -> Iterator[tuple[_Row, str, str]]:
    """Yield the lines that run over the pages and the page numbers: each with its reason and the label it prints."""
    by_page = [_edge_rows(page_rows) for page_rows in rows]
    edges = _Edges(by_page)
    usual = _usual_size(rows)
    own = [page_rows for page_rows, some in zip(rows, by_page, strict=True) for _ in some]
    for row, page_rows in zip((row for some in by_page for row in some), own, strict=True):
        if _NUMBER_ALONE.fullmatch(row.text):
            if _is_outermost(row, page_rows) and not _is_large(row, usual):
                yield row, PAGE_NUMBER, _number_of(row.text)
            continue
        if not _LEAST_SIGNS <= len(row.text) <= _LONGEST_RUNNING:
            continue
        twins = edges.twins(row)
        keeps_masthead = _is_top(row) and all(row.page.number < other.page.number for other in twins)
        numbered = _NUMBER_BESIDE.fullmatch(row.text) is not None
        if twins and not (keeps_masthead and not numbered) and not (_is_large(row, usual) and len(twins) < _EDGE_LINES):
            yield row, RUNNING, _number_of(row.text) if numbered else ""
        elif (numbered and _is_outermost(row, page_rows) and _prints_own_number(row)) and (
            _is_dashed(row) or _counts_pages(row, len(rows)) or _NAMED_NUMBER.search(row.text)
        ):
            yield row, RUNNING, _number_of(row.text)


def _edge_rows(rows: Sequence[_Row]) -> list[_Row]:
    """Return the lines at the top and bottom of a page."""
    if rows and all(row.line.box is None for row in rows):
        if len(rows) < _LEAST_LINES:
            return []
        # A dump may give a foot before the last column: one that prints its own page's number is known anywhere.
        inner = [row for row in rows[_EDGE_LINES:-_EDGE_LINES] if _prints_own_number(row)]
        return [*rows[:_EDGE_LINES], *inner, *rows[-_EDGE_LINES:]]
    short = [row for row in rows if len(row.page.blocks[row.where[0]].lines) <= _MOST_LINES]
    return [row for row in short if _is_top(row) or _is_bottom(row)]


def _is_top(row: _Row) -> bool:
    if row.line.box is None or not row.page.height:
        return row.where[0] == 0 or (row.where[0] == 1 and len(row.page.blocks[0].lines) < _EDGE_LINES)
    return row.line.box.y1 < _BAND * row.page.height


def _is_bottom(row: _Row) -> bool:
    if row.line.box is None or not row.page.height:
        return not _is_top(row)
    return row.line.box.y0 > (1 - _BAND) * row.page.height


def _is_outermost(row: _Row, page_rows: Sequence[_Row]) -> bool:
    """Tell whether no other line stands further out on its page, of which all lines are given."""
    if row.line.box is None:
        return row is page_rows[0] or row is page_rows[-1]
    others = [other for other in page_rows if other is not row]
    boxes = [other.line.box for other in others if other.line.box is not None and other.text.strip()]
    if _is_top(row):
        return all(box.y1 >= row.line.box.y0 for box in boxes)
    return all(box.y0 <= row.line.box.y1 for box in boxes)


class _Edges:
    """The lines at the top and bottom of each page of a scan, and what is compared of them, found out once."""

    def __init__(self, by_page: Sequence[Sequence[_Row]]) -> None:
        self._by_page = [[(row, _edge_of(row)) for row in rows] for rows in by_page]
        self._at = {rows[0].page.number: at for at, rows in enumerate(by_page) if rows}

    def twins(self, row: _Row) -> list[_Row]:
        """Return what is the same running line on other pages near its own, numbers and misread letters aside."""
        at, one = self._at[row.page.number], _edge_of(row)
        if len(one.text) < _LEAST_SIGNS:
            return []
        near = range(max(0, at - _REACH_PAGES), min(len(self._by_page), at + _REACH_PAGES + 1))
        others = (each for page in near if page != at for each in self._by_page[page])
        return [other for other, two in others if _is_twin(one, two) and _same_place(row, other)]


@dataclass(frozen=True, slots=True)
class _Edge:
    """What of an edge is compared: its words without numbers, whether it is a top, whether it numbers its page."""

    text: str
    top: bool
    numbered: bool


def _edge_of(row: _Row) -> _Edge:
    text = _without_number(row.text) if len(row.text) <= _LONGEST_RUNNING else ""
    return _Edge(text, _is_top(row), row.line.box is None and _prints_own_number(row))


def _is_twin(one: _Edge, two: _Edge) -> bool:
    if one.top != two.top and not (one.numbered and two.numbered):
        return False
    return len(two.text) >= _LEAST_SIGNS and fuzz.ratio(one.text, two.text, score_cutoff=_ALIKE) > 0


def _same_place(row: _Row, other: _Row) -> bool:
    if row.line.box is None or other.line.box is None or not row.page.height or not other.page.height:
        return row.line.box is None and other.line.box is None
    return abs(row.line.box.y0 / row.page.height - other.line.box.y0 / other.page.height) <= _SAME_PLACE


def _without_number(text: str) -> str:
    return re.sub(r"[\W\d_]+", " ", text).strip().casefold()


def _number_of(text: str) -> str:
    match = _NUMBER_ALONE.fullmatch(text)
    if match:
        return match["number"]
    match = _NUMBER_BESIDE.fullmatch(text)
    return (match["number"] or match["first"]) if match else ""


def _prints_own_number(row: _Row) -> bool:
    """Tell whether a line of its own prints the number of its page beside other words: `De Brug - 1`."""
    alone = len(row.page.blocks[row.where[0]].lines) == 1
    return alone and _NUMBER_BESIDE.fullmatch(row.text) is not None and _number_of(row.text) == str(row.page.number)


def _is_dashed(row: _Row) -> bool:
    return re.search(r"\s[-–—|•·]\s", row.text) is not None


def _counts_pages(row: _Row, count: int) -> bool:
    """Tell whether a line ends with the number of its page and that of all pages: `pagina 1 van 1`."""
    match = _COUNT.search(row.text)
    return match is not None and (int(match[1]), int(match[2])) == (row.page.number, count)


def _usual_size(rows: Sequence[Sequence[_Row]]) -> float | None:
    sizes = [size for page_rows in rows for row in page_rows if (size := row.size) for _ in row.line.words]
    return median(sizes) if sizes else None


def _is_large(row: _Row, usual: float | None) -> bool:
    return usual is not None and row.size is not None and row.size > _HEADING_SIZE * usual


def _rebuilt(page: Page, marks: dict[tuple[int, int, int], str], *, label: str) -> Page:
    """Return the page with its marked lines as blocks of furniture."""
    blocks: list[Block] = []
    for block_number, block in enumerate(page.blocks):
        reasons = [marks.get((page.number, block_number, line_number), "") for line_number in range(len(block.lines))]
        if not any(reasons):
            blocks.append(block)
            continue
        for reason, group in groupby(zip(reasons, block.lines, strict=True), key=lambda pair: pair[0]):
            lines = tuple(line for _, line in group)
            part = replace(block, lines=lines, box=_box_of(lines) or block.box)
            blocks.append(replace(part, role=BlockRole.FURNITURE, reason=reason) if reason else part)
    return replace(page, blocks=tuple(blocks), label=label)


def _box_of(lines: Sequence[Line]) -> Box | None:
    boxes = [line.box for line in lines if line.box is not None]
    if not boxes:
        return None
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
