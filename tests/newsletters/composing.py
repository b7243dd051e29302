"""How is a section set in a design? Its heading, its blocks and its box, as pieces of print."""

from dataclasses import replace

from tests.newsletters.blocks import Desk, moved, set_block
from tests.newsletters.fonts import face, width
from tests.newsletters.lines import Piece, Run, Shape, Type, set_lines, set_text, tokens
from tests.newsletters.styles import Head
from tests.newsletters.texts import Block, Section

_PAD = 7.0  # white between a box and its text
_WORDS = {"nl": ("Lees verder op pagina", "Vervolg van pagina"), "en": ("Continued on page", "Continued from page")}


def compose(section: Section, wide: float, desk: Desk) -> tuple[list[Piece], list[Piece]]:
    """The section's own part and, for one that jumps, the part that stands further on."""
    boxed = desk.style.boxes == "all" or (desk.style.boxes != "none" and section.side)
    boxed = boxed or (desk.style.boxes == "alternate" and section.n % 3 == 0)
    inner = wide - 2 * _PAD if boxed else wide
    desk = replace(desk, language=section.lang, seed=f"{desk.seed}#{section.n}")
    parts: tuple[list[Piece], list[Piece]] = ([], [])
    if section.heading and not section.run_in:
        parts[0].extend(_heading(section, inner, desk, boxed=boxed))
    where, first = 0, True
    for key, block in [(f"s{section.n}b{i}", b) for i, b in enumerate(section.blocks)]:
        if block.kind == "break":
            if desk.jumps:
                where = 1
                _jump(section, parts, inner, desk)
        elif block.kind == "kicker":
            parts[0].insert(0, _kicker(block, key, inner, desk))
        else:
            parts[where].extend(set_block(section, (key, block), inner, desk, first=first))
            first = False
    own, later = parts
    return (_box(own, wide, desk) if boxed else own), (_box(later, wide, desk) if boxed and later else later)


def rule(wide: float, kind: str, desk: Desk) -> list[Piece]:
    """What stands between two sections."""
    if kind == "stars":
        how = desk.body(align="center", hyphenate="")
        return [replace(p, before=4, after=6) for p in set_text("*  *  *", "", wide, how)]
    if kind == "dashes":
        sign = width("-", face(desk.style.family), desk.style.size)
        return [
            replace(p, before=3, after=3) for p in set_text("-" * int(wide / sign), "", wide, desk.body(hyphenate=""))
        ]
    lines = (Shape("line", 0, 3, wide, 0.8, desk.style.accent),)
    if kind == "double":
        lines += (Shape("line", 0, 5.5, wide, 0.4, desk.style.accent),)
    return [Piece(7, shapes=lines, before=4, after=3)] if kind else []


def _kicker(block: Block, key: str, wide: float, desk: Desk) -> Piece:
    how = Type(
        desk.style.head.family,
        desk.style.size * 0.85,
        desk.style.size * 1.25,
        cut="bold",
        colour=desk.style.accent,
        tracking=0.6,
    )
    return replace(set_text(block.text, key, wide, how)[0], before=desk.style.head.before, keep=True)


def _heading(section: Section, wide: float, desk: Desk, *, boxed: bool) -> list[Piece]:
    head, key = desk.style.head, f"s{section.n}h"
    dark = head.look == "banner"
    inner = wide - (10 if dark or head.look == "boxed" else 0) - (head.size if head.look == "square" else 0)
    how = Type(
        head.family, head.size, head.size * 1.2, head.align, head.cut, "#ffffff" if dark else head.colour, head.tracking
    )
    words = tokens(section.heading.upper() if head.caps else section.heading, key, how)
    rows = set_lines(words, inner, how)
    if head.look == "smallcaps":
        rows = [replace(p, runs=tuple(_small_caps(p.runs))) for p in rows]
    made = [_dress(p, wide, head, desk) for p in rows]
    before = 2 if boxed else desk.style.head.before if not _has_kicker(section) else 1
    made[0] = replace(made[0], before=before)
    if head.look == "ruled":
        made.insert(0, Piece(4, shapes=(Shape("line", 0, 1, wide, 1.6, desk.style.accent),), before=before, keep=True))
        made[1] = replace(made[1], before=0)
    made[-1] = replace(made[-1], after=head.after)
    return [replace(p, keep=True) for p in made]


def _has_kicker(section: Section) -> bool:
    return any(b.kind == "kicker" for b in section.blocks)


def _dress(piece: Piece, wide: float, head: Head, desk: Desk) -> Piece:
    if head.look == "underline":
        lines = tuple(
            Shape("line", r.x, r.y + 2.2, width(r.text, r.font, r.size, r.tracking), 0.9, head.colour)
            for r in piece.runs
        )
        return replace(piece, shapes=lines)
    if head.look in ("banner", "boxed"):
        kind = "rect" if head.look == "banner" else "frame"
        return replace(
            piece, runs=moved(piece, 5).runs, shapes=(Shape(kind, 0, -1.5, wide, piece.height + 3, desk.style.accent),)
        )
    if head.look == "square":
        side = head.size * 0.62
        return replace(
            piece,
            runs=moved(piece, head.size).runs,
            shapes=(Shape("rect", 0, piece.runs[0].y - side, side, side, desk.style.accent),),
        )
    return piece


def _small_caps(runs: tuple[Run, ...]) -> list[Run]:
    """Capitals in two sizes; the room of the words stays about the same."""
    out = []
    for run in runs:
        x, size = run.x, run.size
        for word in run.text.split(" "):
            for n, part in enumerate((word[:1], word[1:])):
                at = size if n == 0 else size * 0.8
                if part:
                    out.append(replace(run, x=x, text=part.upper(), size=at))
                x += width(part.upper(), run.font, at)
            x += width(" ", run.font, size)
    return out


def _jump(section: Section, parts: tuple[list[Piece], list[Piece]], wide: float, desk: Desk) -> None:
    onward, back = _WORDS[desk.language]
    n, how = section.n, desk.body(align="right", cut="italic", hyphenate="")
    target = desk.page_of.get(f"f-back{n}", 2)
    parts[0].extend(set_text(f"{onward} {target}", f"f-to{n}", wide, how))
    text = f"{back} {desk.page_of.get(f's{n}h', 1)}: {section.heading}"
    rows = set_text(text, f"f-back{n}", wide, replace(how, align="left"))
    parts[1].extend(replace(p, keep=True, before=8 if i == 0 else 0) for i, p in enumerate(rows))


def _box(pieces: list[Piece], wide: float, desk: Desk) -> list[Piece]:
    """Lay a ground behind the pieces, with a line above and below; the ground goes on over a page break."""
    out = []
    for n, piece in enumerate(pieces):
        top = _PAD if n == 0 else piece.before
        bottom = _PAD if n == len(pieces) - 1 else piece.after
        tall = top + piece.height + bottom
        ground = [Shape("rect", 0, -0.3, wide, tall + 0.6, desk.style.tint)]
        edges = [(n == 0, 0.0), (n == len(pieces) - 1, tall)]
        lines = [Shape("line", 0, y, wide, 0.8, desk.style.accent) for there, y in edges if there]
        inside = moved(piece, _PAD)
        runs = tuple(replace(r, y=r.y + top) for r in inside.runs)
        shapes = tuple(replace(s, y=s.y + top) for s in inside.shapes)
        out.append(
            replace(
                piece,
                height=tall,
                runs=runs,
                shapes=(*ground, *shapes, *lines),
                before=6 if n == 0 else 0,
                after=4 if n == len(pieces) - 1 else 0,
            )
        )
    return out
