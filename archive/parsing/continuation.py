"""Which later part belongs to which piece that goes on on another page?

`Lees verder op pagina 3` and `Vervolg van pagina 1` are paired by the pages they name and, where several could be
meant, by the heading that the second names. The part moves up behind its first. Where only `Vervolg van pagina 1: …` is
printed, the heading it names finds the piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from archive.model.pages import BlockRole, Line
from archive.parsing.headlines import headline_score
from archive.parsing.wording import jump_from, jump_to

_ALIKE = 80
_A_HEADLINE = 0.5


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
    targets: dict[int, list[_Part]] = {}
    used: set[int] = set()
    for part in parts:
        place = _first_part_end(lines, part, used)
        if place is not None:
            used.add(place)
            targets.setdefault(place, []).append(part)
    moved = {at for group in targets.values() for part in group for at in range(part.start, part.end)}
    joined: list[PlacedLine] = []

    def put(at: int) -> None:
        joined.append(lines[at])
        for part in targets.get(at, ()):
            for inner in range(part.start, part.end):
                put(inner)

    for at in range(len(lines)):
        if at not in moved:
            put(at)
    return joined


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


def _first_part_end(lines: Sequence[PlacedLine], part: _Part, used: set[int]) -> int | None:
    """Return the line behind which a part belongs, or None."""
    here = lines[part.start]
    best, best_likeness = None, -1.0
    for at in range(part.start):
        line = lines[at]
        target = jump_to(line.line.text) if line.role is BlockRole.FURNITURE else None
        if target is None or at in used:
            continue
        if not _means(target, here) or not _means(part.source_page, line):
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
    while at >= 0 and lines[at].role is not BlockRole.HEADING:
        at -= 1
    block = lines[at].block if at >= 0 else -1
    return " ".join(line.line.text for line in lines if line.block == block)


def _piece_named(lines: Sequence[PlacedLine], part: _Part) -> int | None:
    """Return the last line of the piece on an earlier page whose heading the part names, or None."""
    if not part.title:
        return None
    for at in range(part.start):
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
