"""What stands above and around the sections? Mastheads, tables of contents, running lines."""

from collections.abc import Sequence
from dataclasses import replace

from tests.newsletters.blocks import Desk
from tests.newsletters.fonts import face, width
from tests.newsletters.lines import Piece, Run, Shape, Type, set_text
from tests.newsletters.texts import Issue

MM = 72 / 25.4
_CONTENTS = {"nl": "In dit nummer", "en": "In this issue"}


def masthead(issue: Issue, wide: float, desk: Desk) -> list[Piece]:
    """The rows of the design's masthead, filled in from the issue's front."""
    out: list[Piece] = []
    for row in desk.style.masthead:
        if "picture" in row:
            left, across = _extent(row, wide, desk)
            tall = row["picture"] * MM
            out.append(
                Piece(
                    tall,
                    shapes=(Shape("image", left, 0, across, tall, name=f"{row.get('shows', 'skyline')}:{issue.id}"),),
                )
            )
        elif "rule" in row:
            out.append(
                Piece(
                    row["rule"] + 2,
                    shapes=(Shape("line", 0, 1, wide, row["rule"], row.get("colour", desk.style.accent)),),
                )
            )
        elif "print" in row:  # words of the letterhead or of the mail program, not of the masthead
            out += [
                _framed(p, row, wide, desk)
                for p in set_text(row["print"].format(**issue.front), "f-print", wide, _type(row, desk))
            ]
        elif len(row["fields"]) > 1:
            out.append(_framed(_strip(issue, row, wide, desk), row, wide, desk))
        else:
            field = row["fields"][0]
            text = issue.front[field].upper() if row.get("caps") else issue.front[field]
            inner = wide - 2 * row.get("inset", 0)
            pieces = set_text(text, f"f-{field.split('_')[0]}", inner, _type(row, desk))
            out += [_framed(p, row, wide, desk) for p in pieces]
    return out


def contents(issue: Issue, wide: float, desk: Desk) -> list[Piece]:
    """The table of contents, as a box."""
    s = desk.style
    title = Type(s.head.family, s.size * 1.1, s.leading * 1.2, cut="bold")
    rows = set_text(_CONTENTS[issue.language], "f-toc", wide - 12, title)
    how = Type(s.family, s.size * 0.92, s.leading)
    for section in issue.sections:
        if section.heading:
            number = str(desk.page_of.get(f"s{section.n}h", 1))
            own = set_text(section.heading, f"f-toc{section.n}", wide - 40, how)
            last = own[-1]
            x = wide - 12 - width(number, face(how.family), how.size)
            run = Run(x, last.runs[0].y, number, face(how.family), how.size)
            rows += [
                *own[:-1],
                replace(last, runs=(*last.runs, run), marks=(*last.marks, (f"f-toc{section.n}", number))),
            ]
    tall = sum(p.height for p in rows)
    frame = Shape("frame", 0, 0, wide, tall + 8, s.accent)
    made = [
        replace(p, runs=tuple(replace(r, x=r.x + 6, y=r.y + 4) for r in p.runs), keep=n < len(rows) - 1)
        for n, p in enumerate(rows)
    ]
    made[0] = replace(made[0], shapes=(frame,))
    made[-1] = replace(made[-1], after=14)
    return made


def running_lines(
    issue: Issue, desk: Desk, place: tuple[float, float], numbers: Sequence[int]
) -> list[tuple[str, Run]]:
    """Header and footer of a page: (as read, how it is set); `place` is (page width, page height) in points."""
    s = desk.style
    out = []
    for template, y in ((s.top_line, s.margins[0] * MM * 0.55), (s.bottom_line, place[1] - s.margins[2] * MM * 0.45)):
        for n, number in enumerate(numbers if template else ()):
            text = template.format(page=number, pages=max(desk.page_of.values(), default=1), **issue.front)
            font, size = face(s.family), s.size * 0.86
            part = place[0] / len(numbers)
            left, right = part * n + s.margins[3] * MM, part * (n + 1) - s.margins[1] * MM
            spare = right - left - width(text, font, size)
            shift = {"left": 0.0, "right": spare, "center": spare / 2, "outer": spare * (number % 2)}[s.line_align]
            out.append((text, Run(left + shift, y, text, font, size, "#333333")))
    return out


def _type(row: dict, desk: Desk) -> Type:
    size = row.get("size", desk.style.size)
    return Type(
        row.get("family", desk.style.head.family),
        size,
        size * row.get("leading", 1.25),
        row.get("align", "left"),
        row.get("cut", "regular"),
        row.get("colour", "#111111"),
        row.get("tracking", 0),
    )


def _strip(issue: Issue, row: dict, wide: float, desk: Desk) -> Piece:
    """Facts side by side: at the left, in the middle, at the right."""
    how, inset = _type(row, desk), row.get("inset", 0)
    font, base = face(how.family, how.cut), how.leading * 0.5 + how.size * 0.34
    runs, marks, last = [], [], len(row["fields"]) - 1
    for n, field in enumerate(row["fields"]):
        text = issue.front[field]
        spare = wide - 2 * inset - width(text, font, how.size, how.tracking)
        runs.append(Run(spare * n / last, base, text, font, how.size, how.colour, how.tracking))
        marks.append((f"f-{field.split('_')[0]}", text))
    return Piece(how.leading, tuple(runs), marks=tuple(marks))


def _extent(row: dict, wide: float, desk: Desk) -> tuple[float, float]:
    if row.get("bleed"):
        return -desk.style.margins[3] * MM, desk.style.page[0] * MM
    return 0.0, wide


def _framed(piece: Piece, row: dict, wide: float, desk: Desk) -> Piece:
    """Add white above and below, a ground, and the inset."""
    top, bottom, inset = row.get("before", 0), row.get("after", 0), row.get("inset", 0)
    tall = top + piece.height + bottom
    left, across = _extent(row, wide, desk)
    shapes: tuple[Shape, ...] = ()
    if "ground" in row:
        shapes = (Shape("rect", left, -0.4, across, tall + 0.8, row["ground"]),)
    if row.get("frame"):
        shapes += (Shape("frame", 0, 0, wide, tall, desk.style.accent),)
    if row.get("underline"):
        shapes += tuple(
            Shape("line", r.x + inset, r.y + top + 3, width(r.text, r.font, r.size, r.tracking), 1) for r in piece.runs
        )
    runs = tuple(replace(r, x=r.x + inset, y=r.y + top) for r in piece.runs)
    return replace(piece, height=tall, runs=runs, shapes=shapes)
