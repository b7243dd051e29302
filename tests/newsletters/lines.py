"""How is running text broken into lines and set? Words with their fonts in, pieces of print out."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pyphen

from tests.newsletters.fonts import face, width

_LEAST_TO_BREAK = 7  # letters of a word that may be hyphenated


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in one font; x and y (of the baseline) in points from the piece's top left."""

    x: float
    y: float
    text: str
    font: str
    size: float
    colour: str = "#111111"
    tracking: float = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A rect (filled or only its frame), line or image, in points from the piece's top left."""

    kind: str
    x: float
    y: float
    w: float
    h: float
    colour: str = "#111111"
    name: str = ""  # of an image: "kind:seed"


@dataclass(frozen=True, slots=True)
class Piece:
    """What no page break may cut; `marks` are (key of the block, printed letters) for the truth."""

    height: float
    runs: tuple[Run, ...] = ()
    shapes: tuple[Shape, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    before: float = 0
    after: float = 0
    keep: bool = False  # stays with the next piece


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set."""

    family: str
    size: float
    leading: float
    align: str = "left"  # left, center, right, full, mono
    cut: str = "regular"
    colour: str = "#111111"
    tracking: float = 0
    hyphenate: str = ""  # language, or nothing
    first_indent: float = 0
    indent: float = 0


@dataclass(frozen=True, slots=True)
class Token:
    """A word to be set, and the block it belongs to."""

    text: str
    font: str
    key: str
    tracking: float = 0

    def width(self, size: float) -> float:
        """Its width in points."""
        return width(self.text, self.font, size, self.tracking)


def tokens(text: str, key: str, how: Type) -> list[Token]:
    """The words of a text; `**` starts and ends bold ones."""
    out, bold = [], how.cut == "bold"
    for part in re.split(r"(\*\*)", text):
        if part == "**":
            bold = not bold
        else:
            font = face(how.family, "bold" if bold else how.cut)
            out += [Token(w, font, key, how.tracking) for w in part.split()]
    return out


def set_lines(
    words: Sequence[Token], wide: float, how: Type, *, notch: Callable[[int], float] = lambda _: 0
) -> list[Piece]:
    """Set words in lines `wide` points wide; `notch(n)` points of line n are left free at the left."""
    space = width(" ", face(how.family), how.size, how.tracking)
    rows, rest = [], list(words)
    while rest:
        left = (how.first_indent if not rows else how.indent) + notch(len(rows))
        taken, rest = _take(rest, wide - left, space, how)
        rows.append((left, taken))
    last = len(rows) - 1
    made = [
        _row(taken, left, wide, replace(how, align="left") if n == last and how.align in ("full", "mono") else how)
        for n, (left, taken) in enumerate(rows)
    ]
    return [replace(p, keep=n != last and n in (0, last - 1)) for n, p in enumerate(made)]


def set_text(text: str, key: str, wide: float, how: Type) -> list[Piece]:
    """Set a text; its own line ends stay."""
    return [p for line in text.split("\n") for p in set_lines(tokens(line, key, how), wide, how)]


def _take(rest: list[Token], room: float, space: float, how: Type) -> tuple[list[Token], list[Token]]:
    taken, used = [], 0.0
    for i, word in enumerate(rest):
        more = word.width(how.size) + (space if taken else 0)
        if used + more <= room + 0.01:
            taken.append(word)
            used += more
            continue
        first, second = _split(word, room - used - (space if taken else 0), how, forced=not taken)
        if first:
            return [*taken, first], [second, *rest[i + 1 :]]
        return taken, rest[i:]
    return taken, []


def _split(word: Token, room: float, how: Type, *, forced: bool) -> tuple[Token | None, Token]:
    """The part of a word that fits into `room`, with its hyphen, and the rest."""
    for at, hyphen in sorted(_places(word.text, how.hyphenate or ("nl" if forced else "")), reverse=True):
        first = replace(word, text=word.text[:at] + hyphen)
        if first.width(how.size) <= room:
            return first, replace(word, text=word.text[at:])
    if forced:  # an address wider than the column
        fits = [n for n in range(1, len(word.text)) if replace(word, text=word.text[:n]).width(how.size) <= room]
        at = max((n for n in fits if word.text[n - 1] in "@./-"), default=max(fits, default=1))
        return replace(word, text=word.text[:at]), replace(word, text=word.text[at:])
    return None, word


def _places(text: str, language: str) -> Iterable[tuple[int, str]]:
    if re.search(r"[@/\d]|\.\w", text):
        return
    for m in re.finditer(r"(?<=\w{2})-(?=\w{2})", text):
        yield m.end(), ""
    letters = re.search(r"[^\W\d_]+", text)
    if language and letters and "-" not in text and len(letters[0]) >= _LEAST_TO_BREAK:
        for at in _hyphens(language).positions(letters[0]):
            yield letters.start() + int(at), "-"


@cache
def _hyphens(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang={"nl": "nl_NL", "en": "en_GB"}[language], left=2, right=3)


def _row(taken: Sequence[Token], left: float, wide: float, how: Type) -> Piece:
    space = width(" ", face(how.family), how.size, how.tracking)
    gaps = [space] * (len(taken) - 1)
    spare = wide - left - sum(t.width(how.size) for t in taken) - sum(gaps)
    if how.align == "full" and gaps and spare < space * 4 * len(gaps):
        gaps = [g + spare / len(gaps) for g in gaps]
    elif how.align == "mono":
        for n in range(int(spare / space + 0.01) if gaps else 0):
            gaps[-1 - n % len(gaps)] += space
    x = left + {"center": spare / 2, "right": spare}.get(how.align, 0)
    runs, base = [], how.leading * 0.5 + how.size * 0.34
    for word, gap in zip(taken, [*gaps, 0.0], strict=True):
        runs.append(Run(x, base, word.text, word.font, how.size, how.colour, word.tracking))
        x += word.width(how.size) + gap
    return Piece(
        how.leading,
        _joined(runs, space) if how.align in ("left", "center", "right") else tuple(runs),
        marks=_marks(taken),
    )


def _joined(runs: list[Run], space: float) -> tuple[Run, ...]:
    """Words of one font with plain spaces become one run, so that the PDF holds real spaces."""
    out: list[Run] = []
    for run in runs:
        if out and (out[-1].font, out[-1].colour) == (run.font, run.colour) and space:
            out[-1] = replace(out[-1], text=f"{out[-1].text} {run.text}")
        else:
            out.append(run)
    return tuple(out)


def _marks(taken: Sequence[Token]) -> tuple[tuple[str, str], ...]:
    marks: dict[str, str] = {}
    for word in taken:
        marks[word.key] = f"{marks.get(word.key, '')} {word.text}".strip()
    return tuple(marks.items())
