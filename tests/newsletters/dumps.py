"""How does a newsletter of ours look as a dump of earlier OCR: wrapped, with or without empty lines, misread?"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyphen

from tests.newsletters.texts import Issue, Section

_DICTIONARIES = {"nl": pyphen.Pyphen(lang="nl_NL"), "en": pyphen.Pyphen(lang="en_GB")}
_WIDTHS = (36, 40, 44, 50, 58, 66, 74, 84, 96, 400)
_RATES = (0.0, 0.0, 0.0, 0.01, 0.03, 0.08)
_RUBBISH = ("-| _ ~ .", "’ i j", "| | |", "a .. , ;", "§ == _", "EE nn Ok")
_LONG_WORD, _SHORTEST_PART = 6, 3
_PARTED = 3  # lines of a heading beside other lines, in how often white comes between them
_LOST = 0.3  # the share of empty lines that an engine drops where white is uneven
# What specks beside a line are read as, and pieces of a picture or of a line that cannot be read.
_SPECKS_BEFORE = ("'", "‘", "_", '"', ": ", ". ", "… ", "= ", "- ", "| ", "* ", "i ", "„", "; ", "a ")
_SPECKS_BEHIND = (" :", " .", " _", " —", " ;", " -", " : :", ":", ".", " a", " i", " ee", " oe", " '", " ©", ",")
_SCRAPS = ("ee te", "be en a", "a", ": .", "nn ie", "oe Se", "i", "Ek an", "EE", "wi tn de", "eran i", "' : ;", "at")
_SCRAP = 0.15  # of the lines beside which there are specks
_RULES = ("-" * 40, "* * *", "_" * 30, "=" * 36, "~~~~~")
# What engines take for each other.
_LIKE = {
    "e": "co",
    "c": "e",
    "l": "1i",
    "i": "l",
    "o": "0",
    "n": "u",
    "u": "n",
    "h": "b",
    "a": "o",
    "t": "f",
    "f": "t",
    "s": "5",
    "S": "5",
    "B": "8",
    "g": "q",
    "r": "t",
    "v": "y",
    "I": "l",
    "E": "F",
    "D": "O",
    "G": "C",
    "é": "e",
    "ï": "i",
    ".": ",",
    ",": ".",
}
_PAIRS = {"rn": "m", "cl": "d", "vv": "w", "ij": "y"}
_OPENS, _GOES_ON = "\x01", "\x02"  # mark the lines of a heading while a dump is made


@dataclass(frozen=True, slots=True)
class Shape:
    """How a dump is set: signs in a line, words broken at its end, empty lines, capitals, running feet, rubbish.

    `larger` is how much wider the letters of headings are, so that their lines hold fewer; `masthead` says whether it
    is there, `rate` is the share of misread characters, `page` the signs after which a page ends. `uneven` is how
    engines see white: some empty lines are lost, others come in below so many of the lines. `specks` is the share of
    lines with a speck before or behind them that was read as a sign, `rules` the signs between two pieces, `contents`
    says whether the headings stand below the masthead too.
    """

    width: int
    hyphens: bool
    white_above: int
    white_below: bool
    paragraphs_apart: bool
    capitals: bool
    numbering_beside: bool
    feet: bool
    rubbish: bool
    larger: float
    masthead: bool
    page: int
    rate: float
    uneven: float
    specks: float
    rules: str
    contents: bool


def draw_shape(rng: random.Random) -> Shape:
    """Draw one of the shapes that dumps have."""
    return Shape(
        width=rng.choice(_WIDTHS),
        hyphens=rng.random() < 0.5,
        white_above=rng.choice((0, 1, 1, 1, 2)),
        white_below=rng.random() < 0.4,
        paragraphs_apart=rng.random() < 0.75,
        capitals=rng.random() < 0.25,
        numbering_beside=rng.random() < 0.4,
        feet=rng.random() < 0.5,
        rubbish=rng.random() < 0.3,
        larger=rng.choice((1.0, 1.0, 1.4, 2.0)),
        masthead=rng.random() < 0.7,
        page=rng.choice((1500, 2800, 5000)),
        rate=rng.choice(_RATES),
        uneven=rng.choice((0.0, 0.0, 0.0, 0.06, 0.15)),
        specks=rng.choice((0.0, 0.0, 0.1, 0.3)),
        rules=rng.choice((*[""] * 20, *_RULES)),
        contents=rng.random() < 0.15,
    )


def write_dump(issue: Issue, shape: Shape, rng: random.Random) -> tuple[str, tuple[str, ...]]:
    """Return an issue as the text of a dump, and its headings as they read there."""
    lines = _lines(issue, shape, rng)
    seen = _speckled(_uneven(lines, shape.uneven, rng) if shape.uneven else lines, shape.specks, rng)
    marked = _misread("".join(_joined(seen)), shape.rate, rng)
    headings: list[str] = []
    for line in re.split(r"[\n\f]", marked):
        if line.startswith(_OPENS):
            headings.append(line[1:])
        elif line.startswith(_GOES_ON):
            headings[-1] += " " + line[1:]
    return marked.replace(_OPENS, "").replace(_GOES_ON, ""), tuple(headings)


def _joined(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line == "\f" else f"{line}\n"


def _uneven(lines: Iterator[str], share: float, rng: random.Random) -> Iterator[str]:
    for line in lines:
        if line.startswith(_GOES_ON) and rng.random() < _PARTED * share:
            yield ""
        if line or rng.random() >= _LOST:
            yield line
        if line not in {"", "\f"} and line[0] != _OPENS and rng.random() < share:
            yield ""


def _speckled(lines: Iterator[str], share: float, rng: random.Random) -> Iterator[str]:
    """Yield the lines with specks beside some of them, and now and then a line of which only scraps were read."""
    for line in lines:
        if line in {"", "\f"}:
            yield line
            continue
        mark = line[0] if line[0] in _OPENS + _GOES_ON else ""
        before = rng.choice(_SPECKS_BEFORE) if rng.random() < share * 0.7 else ""
        behind = rng.choice(_SPECKS_BEHIND) if rng.random() < share else ""
        yield f"{mark}{before}{line.removeprefix(mark)}{behind}"
        if rng.random() < share * _SCRAP and not mark:
            yield from rng.choice((("", rng.choice(_SCRAPS), ""), ("", rng.choice(_SCRAPS)), (rng.choice(_SCRAPS),)))


def _lines(issue: Issue, shape: Shape, rng: random.Random) -> Iterator[str]:
    front = issue.front
    if shape.masthead:
        yield front["title"].upper() if shape.capitals else front["title"]
        yield front["subtitle"]
        told = [front["numbering"], front["date_text"]]
        yield from [" ".join(told)] if shape.numbering_beside else told
        yield from (front["publisher"], "")
    if shape.contents:
        yield from _contents(issue)
    page, signs = 1, 0
    for section in issue.sections:
        yield from (["", shape.rules, ""] if shape.rules else [""] * shape.white_above)
        for line in _section(section, shape):
            signs += len(line)
            yield line
        if shape.rubbish and rng.random() < 0.4:
            yield from ("", rng.choice(_RUBBISH), "")
        if signs > shape.page:
            yield from ("", f"{front['title']} - {page}" if shape.feet else "", "\f")
            page, signs = page + 1, 0


def _contents(issue: Issue) -> Iterator[str]:
    yield "In this issue" if issue.language == "en" else "In dit nummer"
    yield from (section.heading for section in issue.sections if section.heading)
    yield ""


def _section(section: Section, shape: Shape) -> Iterator[str]:
    blocks = [block for block in section.blocks if block.kind != "break"]
    yield from (block.plain for block in blocks if block.kind == "kicker")
    if section.heading and not section.run_in:
        heading = section.heading.upper() if shape.capitals else section.heading
        for number, line in enumerate(_wrapped(heading, int(shape.width / shape.larger))):
            yield (_GOES_ON if number else _OPENS) + line
        yield from [""] * shape.white_below
    for block in blocks:
        if block.kind == "kicker":
            continue
        for part in block.plain.split("\n"):
            yield from _wrapped(part, shape.width, section.lang if shape.hyphens else "")
        yield from [""] * shape.paragraphs_apart


def _wrapped(text: str, width: int, language: str = "") -> Iterator[str]:
    """Yield the lines of a paragraph; words are broken if the language is given."""
    line = ""
    for word in text.split():
        if len(line) + len(word) < width or not line:
            line = f"{line} {word}".strip()
            continue
        head, tail = _broken(word, width - len(line) - 2, language)
        yield f"{line} {head}-" if head else line
        line = tail
    if line:
        yield line


def _broken(word: str, room: int, language: str) -> tuple[str, str]:
    """Return the part of a word that fits in the room before a hyphen, and the rest."""
    if language and len(word) > _LONG_WORD:
        for head, tail in _DICTIONARIES.get(language, _DICTIONARIES["nl"]).iterate(word):
            if _SHORTEST_PART <= len(head) <= room:
                return head, tail
    return "", word


def _misread(text: str, rate: float, rng: random.Random) -> str:
    """Return a text with a share of its characters misread, lost, put in or run together."""
    parts, at = [], 0
    while at < len(text):
        sign, step = text[at], 1
        if sign not in f"\n\f{_OPENS}{_GOES_ON}" and rng.random() < rate:
            pair = text[at : at + 2]
            draw = rng.random()
            if sign == " ":
                sign = "" if draw < 0.35 else " "
            elif draw < 0.62 and (pair in _PAIRS or sign in _LIKE):
                sign, step = (_PAIRS[pair], 2) if pair in _PAIRS else (rng.choice(_LIKE[sign]), 1)
            elif draw < 0.75:
                sign = ""
            else:
                sign = sign + rng.choice("',.-_|i ") if draw < 0.85 else rng.choice("abcdeghiklmnoprstuvwz.,'")
        parts.append(sign)
        at += step
    return "".join(parts)
