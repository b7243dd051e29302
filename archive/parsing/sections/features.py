"""What can be seen of rows that may be a heading, where there are only lines and empty lines?

Each feature is a number from 0 to 1 with a name that says what it stands for, so that a weight beside it is a reason
that can be read (weights.py). Rows are looked at without the specks at their ends (shorn.py). Features hold with
misread letters too: lengths, places and neighbours count more than signs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.parsing.headlines import headline_score, is_left_open
from archive.parsing.lines import (
    ends_full,
    ends_sentence,
    is_capitals,
    is_link_row,
    is_list_item,
    is_row,
    opens_with_time,
    starts_small,
)
from archive.parsing.sections.names import like_usual_name
from archive.parsing.sections.rows import Row
from archive.parsing.sections.shorn import ShornRows
from archive.parsing.wording import is_colophon_heading, is_salutation, is_sender, is_sign_off

_MOST_ROWS = 3
_MOST_SIGNS = 150
_MOST_PARTED = 40  # signs of a heading's second line that white parts from the first
_NEAR = (1, 2)  # rows away
_KNOWN = 4  # so many likely headings make a habit
_FULL, _SHORT, _WIDE, _NARROW = 0.8, 0.7, 0.6, 0.45
_QUOTED = re.compile(r"""['‘"“„].{6,}['’"”]""")
_LONG_WORD = 4  # letters
_BELOW = 4  # rows that show how much text there is below
_ITEMS = 3  # rows that show that a list stands below
_LONG_LINE = 45.0
_SPECK_INSIDE, _MOST_SPECKS = re.compile(r"\w[^\w\s'’-]\w"), 3
_FEW_WORDS, _USUAL_WORDS, _MANY_WORDS = 2, 5, 9
# A line with one of these is a sentence more often than a heading.
_VERB = re.compile(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|had|kan|kunnen|zal|zullen|are|were|has|have|can|will)\b"
)
_ITEM = re.compile(
    r"\W*(?:(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|\d|[-•*+»«]\s)", flags=re.IGNORECASE
)
_NUMBERED = re.compile(r"\d{1,2}[.,)]\s+\S")
_CONTACT = re.compile(r"\S@\S|www|https?:|\d{3,}[-\s]?\d{4,}|\b\d{4}\s?[A-Z]{2}\b")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the headings of this issue look, as shares from 0 to 1: what is likely one so far."""

    capitals: float
    stands_apart: float
    white_below: float
    numbered: float
    known: float  # 0 where nothing is known yet
    starts: Mapping[int, float]  # how likely a heading starts at a row
    ends: Mapping[int, float]  # how likely one ends before a row

    def features(self, rows: Sequence[Row], first: int, last: int) -> Iterator[tuple[str, float]]:
        """Yield how far rows go with these habits or against them."""
        shares = (self.capitals, self.stands_apart, self.white_below, self.numbered)
        for (name, own), share in zip(_habitual(rows, first, last), shares, strict=True):
            yield f"as usual: {name}", self.known * (share if own else 0.0)
            yield f"unusual: {name}", self.known * (0.0 if own else share)
        yield "likely heading right above", self.ends.get(first, 0.0)
        yield "likely heading right below", self.starts.get(last, 0.0)
        yield "likely heading near above", max(self.ends.get(first - step, 0.0) for step in _NEAR)
        yield "likely heading near below", max(self.starts.get(last + step, 0.0) for step in _NEAR)


NO_HABITS = Habits(0.0, 0.0, 0.0, 0.0, 0.0, {}, {})


def habits_of(rows: Sequence[Row], groups: Sequence[tuple[int, int, float]]) -> Habits:
    """Return the habits that likely headings show: first row, row after the last, and how likely each is."""
    total = sum(sure for *_, sure in groups)
    if total < 1:
        return NO_HABITS
    shares = [0.0, 0.0, 0.0, 0.0]
    for first, last, sure in groups:
        for place, (_, own) in enumerate(_habitual(rows, first, last)):
            shares[place] += sure / total if own else 0.0
    capitals, apart, white, numbered = shares
    starts = {first: sure for first, _, sure in groups}
    ends = {last: sure for _, last, sure in groups}
    return Habits(capitals, apart, white, numbered, min(1.0, total / _KNOWN), starts, ends)


def _habitual(rows: Sequence[Row], first: int, last: int) -> tuple[tuple[str, bool], ...]:
    text = _text(rows, first, last)
    return (
        ("capitals", is_capitals(text)),
        ("stands apart", rows[first].opens_block),
        ("white below", rows[last].opens_block),
        ("numbered", _NUMBERED.match(text) is not None),
    )


def groups_at(rows: Sequence[Row], at: int) -> Iterator[tuple[int, int]]:
    """Yield the groups of rows (first, after the last) that start at a row and may be a heading."""
    for last in range(at + 1, min(at + _MOST_ROWS, len(rows) - 1) + 1):
        if last > at + 1 and not _may_end_with(rows, at, last):
            return
        text = _text(rows, at, last)
        if len(text) > _MOST_SIGNS:
            return
        if sum(sign.isalpha() for sign in text) > 1:
            yield at, last


def _may_end_with(rows: Sequence[Row], at: int, last: int) -> bool:
    """Tell whether a group goes on to the row before `last`: engines see white between two lines in large type."""
    added = rows[last - 1]
    if added.page != rows[at].page:
        return False
    is_second = last == at + 2 and rows[at].opens_block and rows[last].opens_block
    return not added.opens_block or (is_second and len(added.text) <= _MOST_PARTED)


def features(lines: ShornRows, first: int, last: int) -> dict[str, float]:
    """Return the features of rows `first` up to `last` as a heading by themselves; those that are 0 are left out."""
    rows, width = lines.rows, lines.widths[first]
    text = " ".join(lines.texts[first:last])
    above = lines.texts[first - 1] if first and not rows[first].opens_block else ""
    found: dict[str, float] = {"always": 1.0}
    found.update(_of_size(text, lines.texts[last - 1], last - first, width))
    found.update(_of_words(text, _text(rows, first, last)))
    found.update(_of_place(rows, first, last))
    found.update(_of_above(lines, first))
    found.update(_of_below(lines, last))
    found.update(_of_list_below(lines, last))
    found.update(_of_room(lines, first, last))
    found.update(_of_room_inside(lines, first, last))
    found.update(lines.echoes.of(first, last))
    found.update(lines.elsewhere(first))
    found["usual name"] = like_usual_name(text)
    found.update(_where_apart(found))
    score = headline_score(text, lines.texts[last], above=above, full=_full(width))
    found["reads like a heading"] = score
    found["cannot be a heading"] = float(score == 0.0)
    return {name: value for name, value in found.items() if value}


def _text(rows: Sequence[Row], first: int, last: int) -> str:
    return " ".join(row.text for row in rows[first:last])


def _full(width: float) -> float:
    return min(_LONG_LINE, _WIDE * width)


def _of_size(text: str, line: str, count: int, width: float) -> Iterator[tuple[str, float]]:
    words = len(text.split())
    yield "one word or two", float(words <= _FEW_WORDS)
    yield "some words", float(_FEW_WORDS < words <= _USUAL_WORDS)
    yield "many words", float(words > _MANY_WORDS)
    yield "length of its last line", min(1.0, len(line) / width)
    yield "full line", float(len(line) > _FULL * width)
    yield "signs", min(1.0, len(text) / _MOST_SIGNS)
    yield "two lines", float(count == 2)  # noqa: PLR2004 - lines
    yield "three lines", float(count > 2)  # noqa: PLR2004 - lines


def _of_words(text: str, raw: str) -> Iterator[tuple[str, float]]:
    letters = [sign for sign in text if sign.isalpha()]
    words = text.split()
    yield "capitals", float(is_capitals(text))
    yield "opens small", float(starts_small(text))
    yield "opens with a digit", float(text[:1].isdigit())
    yield "opens with a sign", float(not raw[:1].isalnum())
    yield "letters", len(letters) / len(text)
    long = [len(word) for word in words if len(word) >= _LONG_WORD]
    yield "letters in long words", sum(long) / len(text)
    yield "short words only", float(not long)
    yield "specks inside words", min(1.0, len(_SPECK_INSIDE.findall(text)) / _MOST_SPECKS)
    yield "capitalised words", sum(word[:1].isupper() for word in words[1:]) / max(1, len(words) - 1)
    yield "ends with a stop", float(text.endswith("."))
    yield "ends with ? or !", float(text.rstrip("'’\"”").endswith(("?", "!")))
    yield "ends with a comma or hyphen", float(text.endswith((",", ";", "-")))
    yield "ends with a colon", float(text.endswith(":"))
    yield "left open", float(is_left_open(text))
    yield "specks beside it", float(raw != text)
    yield "a stop inside", float(re.search(r"[a-z]{3,}[.!?] [A-Z]", text) is not None)
    yield "in quotes", float(_QUOTED.fullmatch(raw.strip(" .:-_—")) is not None)
    yield "a verb", float(_VERB.search(text) is not None)
    yield "item of a list", float(is_list_item(raw) and not _NUMBERED.match(raw))
    yield "numbered", float(_NUMBERED.match(raw) is not None)
    yield "row of a table", float(is_row(text))
    yield "opens with a time", float(opens_with_time(text))
    yield "address or number", float(_CONTACT.search(text) is not None or is_link_row(text))
    yield "greeting", float(is_salutation(text))
    yield "leave-taking or sender", float(is_sign_off(text) or is_sender(text))
    yield "colophon", float(is_colophon_heading(text))


def _of_place(rows: Sequence[Row], first: int, last: int) -> Iterator[tuple[str, float]]:
    row, below = rows[first], rows[last]
    yield "stands apart", float(row.opens_block)
    yield "white below", float(below.opens_block)
    yield "white above alone", float(row.opens_block and not below.opens_block)
    yield "white above and below", float(row.opens_block and below.opens_block)
    yield "opens a page", float(row.new_page)
    yield "a rule above", float(row.parted)
    yield "ends a page", float(below.new_page)
    yield "white inside", float(any(row.opens_block for row in rows[first + 1 : last]))


def _of_above(lines: ShornRows, first: int) -> Iterator[tuple[str, float]]:
    if not first:
        yield "nothing above", 1.0
        return
    above, width, row = lines.texts[first - 1], lines.widths[first - 1], lines.rows[first - 1]
    full = lines.is_full(first - 1)
    yield "above ends full", float(ends_full(above))
    yield "above is short", float(len(above) < _WIDE * width)
    yield "above ends full and short", float(ends_full(above) and not full)
    yield "above is open", float(full and not ends_sentence(above))
    yield "above is a list", float(is_list_item(row.text) or is_row(above))
    yield "above stands alone", float(row.opens_block and len(above) < _WIDE * width)
    yield "above ends with a hyphen", float(above.endswith(("-", ",")))
    yield "above ends small", float(above[-1:].islower())


def _of_below(lines: ShornRows, last: int) -> Iterator[tuple[str, float]]:
    below, width, rows = lines.texts[last], lines.widths[last], lines.rows
    full = lines.is_full(last)
    yield "below is full", float(full)
    yield "below is short", float(len(below) < _NARROW * width)
    yield "below opens small", float(starts_small(below))
    yield "below ends full", float(ends_full(below))
    yield "below is a list", float(is_list_item(rows[last].text) or is_row(below))
    yield "below is a greeting", float(is_salutation(below))
    yield "below takes leave", float(is_sign_off(below) or is_sender(below))
    yield "text below", min(1.0, sum(len(text) for text in lines.texts[last : last + _BELOW]) / (_BELOW * width))
    if last + 1 < len(rows):
        goes_on, second = not rows[last + 1].opens_block, lines.texts[last + 1]
        yield "below goes on", float(goes_on)
        yield "below is full and goes on", float(goes_on and full)
        yield "second below is full", float(lines.is_full(last + 1))
        yield "second below is short", float(len(second) < _NARROW * width)
        yield "second below opens small", float(starts_small(second))


def _of_list_below(lines: ShornRows, last: int) -> Iterator[tuple[str, float]]:
    """Yield whether days, figures or bullets open the rows below, and whether these are short, as no text is."""
    below = range(last, min(last + _ITEMS, len(lines.texts)))
    items = [_ITEM.match(lines.texts[at]) is not None for at in below]
    yield "items below", sum(items) / _ITEMS
    yield "item right below", float(items[0])
    yield "short rows below", float(len(below) == _ITEMS and not any(lines.is_full(at) for at in below))


def _of_room(lines: ShornRows, first: int, last: int) -> Iterator[tuple[str, float]]:
    """Yield whether the line above, and the last of these, had room for the word that follows."""
    room, below = lines.had_room(last - 1), lines.texts[last]
    yield "had room", float(room)
    yield "had room and goes on", float(room and below[:1].islower() and len(below) < _SHORT * lines.widths[first])
    if first and lines.had_room(first - 1):
        yield "above had room", 1.0
        yield "above had room and goes on", float(lines.texts[first][:1].islower())
        yield "above had room and ends full", float(ends_full(lines.texts[first - 1]))
        yield "above had room and is open", float(not ends_sentence(lines.texts[first - 1]))


def _of_room_inside(lines: ShornRows, first: int, last: int) -> Iterator[tuple[str, float]]:
    """Yield whether these rows had room for the word that follows in them: what is broken early is in larger type."""
    room = [lines.had_room(at) for at in range(first, last - 1)]
    if room:
        yield "room inside", float(all(room))
        yield "no room inside", float(not any(room))
        small = any(text[:1].islower() for text in lines.texts[first + 1 : last])
        yield "room inside, goes on small", float(all(room) and small)
        yield "lines short", float(all(len(text) < _WIDE * lines.widths[first] for text in lines.texts[first:last]))


def _where_apart(found: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Yield what counts more, or less, of rows that stand apart."""
    if found["stands apart"]:
        for name in ("usual name", "one word or two", "some words", "above ends full", "opens small", "full line"):
            yield f"stands apart: {name}", found.get(name, 0.0)
