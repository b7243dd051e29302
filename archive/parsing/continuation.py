"""Which later part belongs to which piece that goes on on another page?

`Lees verder op pagina 3` and `Vervolg van pagina 1` are paired by the pages they name and, where several could be
meant, by the heading that the second names. The part moves up behind its first. Where only `Vervolg van pagina 1: …` is
printed, the heading it names finds the piece.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from archive.model.pages import BlockRole, Line
from archive.parsing.headlines import headline_score
from archive.parsing.wording import jump_from, jump_to

_ALIKE = 80
_A_HEADLINE = 0.5
# How far back the first part of a piece is looked for: more lines, and more jumps, than any issue has.
_REACH_LINES, _REACH_JUMPS = 5_000, 500


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of an issue: its page and that page's printed label, its block counted over the issue, its role."""

    page: int
    label: str
    block: int
    line: Line
    role: BlockRole
    reason: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A later part: lines `start` to `end`, the page it says it comes from, the heading it names."""

    start: int
    end: int
    source_page: int
    title: str


def join_continued(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Move each later part of a piece behind its first part; lines that belong to none keep their order."""
    parts = [part for at in range(len(lines)) if (part := _part_at(lines, at)) is not None]
    if not parts:
        return list(lines)
    jumps = _jumps_of(lines)
    targets: dict[int, list[_Part]] = {}
    used: set[int] = set()
    for part in parts:
        place = _first_part_end(lines, part, jumps, used)
        if place is not None:
            used.add(place)
            targets.setdefault(place, []).append(part)
    moved = {at for group in targets.values() for part in group for at in range(part.start, part.end)}
    joined: list[PlacedLine] = []
    for first in range(len(lines)):
        waiting = [] if first in moved else [first]  # a stack: parts may follow parts without end
        while waiting:
            at = waiting.pop()
            joined.append(lines[at])
            behind = [inner for part in targets.get(at, ()) for inner in range(part.start, part.end)]
            waiting += reversed(behind)
    return joined


def _jumps_of(lines: Sequence[PlacedLine]) -> list[tuple[int, int]]:
    """Return the lines that point on to another page, each with the page that it names."""
    furniture = ((at, line) for at, line in enumerate(lines) if line.role is BlockRole.FURNITURE)
    named = ((at, jump_to(line.line.text)) for at, line in furniture)
    return [(at, target) for at, target in named if target is not None]


def _part_at(lines: Sequence[PlacedLine], at: int) -> _Part | None:
    """Return the part that starts with the jump line at `at`, or None if there stands none."""
    line = lines[at]
    if line.role is not BlockRole.FURNITURE or (at and _same_jump(lines[at - 1], line)):
        return None
    end = at + 1
    while end < len(lines) and _same_jump(line, lines[end]):
        end += 1
    source = jump_from(" ".join(other.line.text for other in lines[at:end]))
    if source is None:
        return None
    while end < len(lines) and lines[end].page == line.page and not opens_piece(lines, end):
        end += 1
        if jump_to(lines[end - 1].line.text) is not None:
            break
    return _Part(at, end, *source)


def _same_jump(one: PlacedLine, two: PlacedLine) -> bool:
    return one.block == two.block and one.role is two.role and one.reason == two.reason


def opens_piece(lines: Sequence[PlacedLine], at: int) -> bool:
    """Tell whether another piece starts at a line: a heading, a box, another continued part."""
    line = lines[at]
    if line.role is BlockRole.FURNITURE:
        return jump_from(line.line.text) is not None
    if line.role in {BlockRole.HEADING, BlockRole.ASIDE}:
        return True
    if line.line.box is not None:
        return False
    below = lines[at + 1].line.text if at + 1 < len(lines) else ""
    opens_block = lines[at - 1].block != line.block
    return opens_block and headline_score(line.line.text, below) > _A_HEADLINE


def _first_part_end(
    lines: Sequence[PlacedLine], part: _Part, jumps: Sequence[tuple[int, int]], used: set[int]
) -> int | None:
    """Return the line behind which a part belongs, or None."""
    here = lines[part.start]
    best, best_likeness = None, -1.0
    before = bisect_left(jumps, (part.start, -1))
    for at, target in jumps[max(0, before - _REACH_JUMPS) : before]:
        if at in used or not _means(target, here) or not _means(part.source_page, lines[at]):
            continue
        likeness = fuzz.ratio(part.title.casefold(), _heading_above(lines, at).casefold()) if part.title else 50.0
        if likeness > best_likeness:
            best, best_likeness = at, likeness
    return best if best is not None else _piece_named(lines, part)


def _means(number: int, line: PlacedLine) -> bool:
    """Tell whether a printed page number, 0 if it could not be read, is the page of a line."""
    return number in {0, line.page} or str(number) == line.label


def _heading_above(lines: Sequence[PlacedLine], at: int) -> str:
    """Return the last heading above a line, all its lines."""
    last = max(-1, at - _REACH_LINES)
    while at > last and lines[at].role is not BlockRole.HEADING:
        at -= 1
    if at == last:
        return ""
    start = end = at
    while start and lines[start - 1].block == lines[at].block:
        start -= 1
    while end < len(lines) and lines[end].block == lines[at].block:
        end += 1
    return " ".join(line.line.text for line in lines[start:end])


def _piece_named(lines: Sequence[PlacedLine], part: _Part) -> int | None:
    """Return the last line of the piece on an earlier page whose heading the part names, or None."""
    if not part.title:
        return None
    for at in range(max(0, part.start - _REACH_LINES), part.start):
        line = lines[at]
        if line.page == lines[part.start].page or not _means(part.source_page, line):
            continue
        if fuzz.ratio(line.line.text.casefold(), part.title.casefold()) < _ALIKE or line.role is BlockRole.FURNITURE:
            continue
        end = at + 1
        while (
            end < part.start
            and lines[end].page == line.page
            and not (opens_piece(lines, end) and lines[end].block != line.block)
        ):
            end += 1
        return end - 1
    return None
