"""How is a block set in a design? Paragraphs, lists, tables, pictures, quotes and rows of links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.newsletters.fonts import face, width
from tests.newsletters.lines import Piece, Run, Shape, Token, Type, set_lines, set_text, tokens
from tests.newsletters.styles import Style
from tests.newsletters.texts import Block, Section

_CELL_GAP = 9.0


@dataclass(frozen=True, slots=True)
class Desk:
    """What a compositor needs beside the text."""

    style: Style
    language: str
    page_of: Mapping[str, int]  # key of a block: page it starts on, as laid out before
    seed: str = ""
    jumps: bool = True

    def body(self, **changes: object) -> Type:
        """The type of running text."""
        s = self.style
        return replace(
            Type(s.family, s.size, s.leading, s.align, hyphenate=self.language if s.hyphenate else ""), **changes
        )


def set_block(section: Section, keyed: tuple[str, Block], wide: float, desk: Desk, *, first: bool) -> list[Piece]:
    """Set one block of a section; `first` is the one that may have a drop capital or a heading in its line."""
    key, block = keyed
    gap = 0.0 if desk.style.indent and block.kind == "p" else desk.style.para_gap
    setters = {"caption": _picture, "table": _table, "list": _list, "quote": _quote, "sub": _sub, "links": _links}
    if block.kind == "p":
        made = _paragraph(section, keyed, wide, desk, first=first)
    else:
        made = setters[block.kind](block, key, wide, desk)
    made[-1] = replace(made[-1], after=made[-1].after + gap)
    return made


def moved(piece: Piece, by: float) -> Piece:
    """The piece, `by` points further to the right."""
    return replace(
        piece,
        runs=tuple(replace(r, x=r.x + by) for r in piece.runs),
        shapes=tuple(replace(s, x=s.x + by) for s in piece.shapes),
    )


def _paragraph(section: Section, keyed: tuple[str, Block], wide: float, desk: Desk, *, first: bool) -> list[Piece]:
    key, block = keyed
    made: list[Piece] = []
    for n, line in enumerate(block.text.split("\n")):
        numbered = re.match(r"\d{1,2}[.)] |[a-z]\) ", line)
        indent = desk.style.indent if not first and n == 0 and not numbered else 0
        how = desk.body(first_indent=indent, indent=desk.style.size * 1.4 if numbered else 0)
        words = tokens(line, key, how)
        if first and n == 0 and section.run_in:
            head = Type(desk.style.family, how.size, how.leading, cut="bold")
            words = tokens(section.heading, f"s{section.n}h", head) + words
        if first and n == 0 and desk.style.drop_cap and not section.run_in and block.text[0].isupper():
            made += _drop_cap(words, wide, desk, how)
        else:
            made += set_lines(words, wide, how)
    return made


def _drop_cap(words: list[Token], wide: float, desk: Desk, how: Type) -> list[Piece]:
    lines, font = desk.style.drop_cap, face(desk.style.head.family, "bold")
    letter, rest = words[0].text[0], words[0].text[1:]
    size = how.leading * lines * 1.02
    room = width(letter, font, size) + 4
    body = ([replace(words[0], text=rest)] if rest else []) + words[1:]
    made = set_lines(body, wide, how, notch=lambda n: room if n < lines else 0)
    if len(made) < lines:
        return set_lines(words, wide, how)
    big = Run(0, how.leading * (lines - 0.28), letter, font, size, desk.style.accent)
    key = words[0].key
    made[0] = replace(
        made[0], runs=(big, *made[0].runs), marks=tuple((k, (letter if k == key else "") + t) for k, t in made[0].marks)
    )
    return [replace(p, keep=p.keep or n < lines - 1) for n, p in enumerate(made)]


def _sub(block: Block, key: str, wide: float, desk: Desk) -> list[Piece]:
    look = desk.style.sub_look
    how = desk.body(
        align="left", cut="italic" if look == "italic" else "regular" if look == "underline" else "bold", hyphenate=""
    )
    made = set_text(block.text, key, wide, how)
    if look == "underline":
        made = [
            replace(p, shapes=tuple(Shape("line", r.x, r.y + 2, width(r.text, r.font, r.size), 0.7) for r in p.runs))
            for p in made
        ]
    return [replace(p, keep=True, before=2 if n == 0 else 0) for n, p in enumerate(made)]


def _list(block: Block, key: str, wide: float, desk: Desk) -> list[Piece]:
    made, sign = [], desk.style.bullet
    step = width(f"{sign} ", face(desk.style.family), desk.style.size) + (2 if desk.style.family != "courier" else 0)
    for row in block.text.split("\n"):
        how = desk.body(align="left" if desk.style.align == "full" else desk.style.align)
        rows = [moved(p, step) for p in set_lines(tokens(row, key, how), wide - step, how)]
        base = rows[0].runs[0].y
        rows[0] = replace(rows[0], runs=(Run(0, base, sign, face(desk.style.family), desk.style.size), *rows[0].runs))
        made += rows
    return made


def _table(block: Block, key: str, wide: float, desk: Desk) -> list[Piece]:
    rows = [line.split(" | ") for line in block.text.split("\n")]
    how = desk.body(align="left", hyphenate="")
    font = face(how.family)
    columns = max(map(len, rows))
    wides = [max(width(r[c], font, how.size) for r in rows if c < len(r)) + _CELL_GAP for c in range(columns)]
    while sum(wides) > wide + _CELL_GAP:
        widest = max(range(columns), key=wides.__getitem__)
        wides[widest] -= min(wides[widest] * 0.1, sum(wides) - wide)
    made = []
    for row in rows:
        cells, x = [], 0.0
        for cell, room in zip(row, wides, strict=False):
            cells.append([moved(p, x) for p in set_text(cell, key, room - _CELL_GAP + 1, how)])
            x += room
        made.append(_side_by_side(cells, key))
    return [replace(p, keep=n < len(made) - 1 and n != 5) for n, p in enumerate(made)]


def _side_by_side(cells: list[list[Piece]], key: str) -> Piece:
    """One row: the cells are read one after the other, line by line inside each."""
    runs, height = [], 0.0
    for cell in cells:
        y = 0.0
        for p in cell:
            runs += [replace(r, y=r.y + y) for r in p.runs]
            y += p.height
        height = max(height, y)
    return Piece(height, tuple(runs), marks=((key, " ".join(t for cell in cells for p in cell for _, t in p.marks)),))


def _picture(block: Block, key: str, wide: float, desk: Desk) -> list[Piece]:
    across = wide * desk.style.picture_width
    tall = across * (1.15 if block.picture == "portrait" else 0.62)
    if block.picture in ("clip", "stamp"):
        across = tall = min(wide, 70)
    left = (wide - across) / 2 if desk.style.head.align == "center" else 0
    image = Shape("image", left, 0, across, tall, name=f"{block.picture}:{desk.seed}{key}")
    how = Type(desk.style.family, desk.style.size * 0.84, desk.style.size * 1.05, cut="italic")
    rows = set_text(block.text, key, wide, how)
    return [
        Piece(tall + 3, shapes=(image,), before=3, keep=True),
        *[replace(p, keep=n < len(rows) - 1) for n, p in enumerate(rows)],
    ]


def _quote(block: Block, key: str, wide: float, desk: Desk) -> list[Piece]:
    big = desk.style.size * (1.1 if desk.style.family == "courier" else 1.45)
    how = Type(desk.style.head.family, big, big * 1.2, "center", "italic", desk.style.accent)
    line = Shape("line", 0, 1, wide, 0.9, desk.style.accent)
    rows = [replace(p, keep=True) for p in set_text(block.text, key, wide, how)]
    return [Piece(6, shapes=(line,), before=4, keep=True), *rows, Piece(6, shapes=(replace(line, y=4),), after=3)]


def _links(block: Block, key: str, wide: float, desk: Desk) -> list[Piece]:
    how = desk.body(align="left", cut="bold", colour=desk.style.accent, hyphenate="")
    return set_text(block.text.replace("\n", " "), key, wide, how)
