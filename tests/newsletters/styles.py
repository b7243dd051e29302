"""How does a printed newsletter look? Reads styles.toml; the names there are the fields here."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Head:
    """How headings are set."""

    family: str
    size: float
    look: str = "plain"  # plain, underline, banner, boxed, ruled, smallcaps, square, dashes
    align: str = "left"
    cut: str = "bold"
    colour: str = "#111111"
    caps: bool = False
    tracking: float = 0
    before: float = 12
    after: float = 4


@dataclass(frozen=True, slots=True)
class Style:
    """A design. Pages and margins in millimetres, type in points."""

    name: str
    family: str
    size: float
    leading: float
    head: Head
    masthead: tuple[dict, ...]  # rows: fields, and family, size, align, cut, colour, ground, rule, before, after
    page: tuple[float, float] = (210, 297)
    margins: tuple[float, float, float, float] = (18, 18, 20, 18)  # top, right, bottom, left
    columns: int = 1
    gutter: float = 7
    column_rule: bool = False
    bands: tuple[tuple[int, ...], ...] = ()  # columns of the pieces that stand side by side; empty: one flow
    align: str = "left"  # left, full, or mono (full by whole spaces)
    hyphenate: bool = True
    indent: float = 0  # first lines; 0: white space between paragraphs instead
    para_gap: float = 5
    bullet: str = "•"
    sub_look: str = "bold"  # bold, italic, underline
    drop_cap: int = 0
    section_end: str = ""  # rule, stars, dashes, double
    boxes: str = "side"  # side, all, alternate or none
    accent: str = "#222222"
    tint: str = "#eeeeee"
    sidebar: float = 0
    lead_span: bool = False  # the first section over the whole width
    contents: bool = False
    cover: bool = False  # the masthead and the contents have a page of their own
    top_line: str = ""  # {title} {page} {pages} {date} {numbering}
    bottom_line: str = ""
    line_align: str = "center"
    spread: bool = False  # each column is a page of a folded sheet, with a number of its own
    typed: float = 0  # how far a struck letter may stand beside its place, in points
    strokes: str = ""  # ink: stencil, ribbon, matrix
    picture_width: float = 1  # share of the column


@cache
def load_styles() -> dict[str, Style]:
    """All designs by name."""
    raw = tomllib.loads(Path(__file__).with_name("styles.toml").read_text(encoding="utf-8"))
    return {name: _style(name, given) for name, given in raw.items()}


def _style(name: str, given: dict) -> Style:
    fixed = {
        k: tuple(map(tuple, v)) if k == "bands" else tuple(v) if isinstance(v, list) else v for k, v in given.items()
    }
    return Style(**{"name": name, **fixed, "head": Head(**given["head"])})
