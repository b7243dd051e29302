"""Which rows are the headings of sections?

numbered.py  those that a row of numbers lacks
visual.py    where there is layout: what stands out and reads like a heading
styles.py    and what is set in the type of those
textual.py   where there is none: what reads like a heading and stands above text
openings.py  and what opens the first line of its text, or stands below misread stars, where that is the habit
plain.py     those in the type of the text, where that is the habit
levels.py    which of them are of the second order, or name rubrics
quotes.py    which of them are quotes,
inner.py     and which say that they head a part of a piece: days, questions, labels
lost.py      those that were not read, by the room they take
unruled.py   pieces whose heading is no line of its own, or that have none
joined.py    and what may be pieces that stand joined, where pages were badly read
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from rapidfuzz import fuzz

from archive.model.pages import BlockRole, Box
from archive.parsing.lines import is_capitals
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.inner import is_day, without_inner
from archive.parsing.sections.joined import with_parts
from archive.parsing.sections.levels import levels_of
from archive.parsing.sections.lost import lost_headings
from archive.parsing.sections.numbered import are_numbered, is_numbered, numbered_headings
from archive.parsing.sections.openings import with_openings
from archive.parsing.sections.plain import plain_headings
from archive.parsing.sections.quotes import without_quotes
from archive.parsing.sections.rows import Row
from archive.parsing.sections.styles import styled_headings
from archive.parsing.sections.textual import textual_headings
from archive.parsing.sections.unruled import unruled_headings
from archive.parsing.sections.visual import usual_type, visual_headings
from archive.parsing.wording import is_colophon_heading

_ALIKE = 88
_SHORTER = 3
_MOST = 0.7  # the share of headings that stand in a margin where they all do
_LEAST_HABIT = 3  # headings that show how sections open
_LOWER_RANK = 0.15
_BARELY_LARGER = 1.06
_KICKER_WORDS, _KICKER_SIGNS = 3, 24
_LESS_WHITE = 0.8
_HARDLY, _HARDLY_SHARE, _WIDE = 1.3, 0.45, 1.8  # little white above, in lines and beside that of most, if that is wide
_LARGER, _MAIN_LARGER = 1.12, 1.25
_SAME_RANK = 0.12
_LONE_WHITE = 2.6  # more white than this below a heading parts it from the text
_UNLIKE_SIZE = 1.35
_LEVEL = 2.0  # how much higher or lower than a heading in the margin its text may start, in its heights


def find_headings(rows: Sequence[Row], contents: Sequence[str] = (), *, raw: str = "") -> tuple[Heading, ...]:
    """Find the headings that open sections.

    Args:
        rows: The rows of an issue in reading order.
        contents: The lines of its table of contents, as further witnesses.
        raw: The text that the rows were cut from; without it, headings that only open a row are not found.

    Returns:
        The headings in order, none overlapping.
    """
    if not any(row.box is not None for row in rows):
        found = [_with_contents(heading, contents) for heading in textual_headings(rows)]
        found = with_openings(rows, found, raw)
        found = with_parts(rows, [*found, *unruled_headings(rows, found, raw)], raw)
        return tuple(without_inner(_in_order(found)))
    found = [_with_contents(heading, contents) for heading in visual_headings(rows)]
    found = list(_without_picture_words(without_quotes(found, rows), rows))
    found = without_inner(_in_order([*found, *styled_headings(rows, found, usual_type(rows))]))
    inside, rubrics = levels_of(found)
    found = _without_those_over_text(list(_unstacked(found, inside, rubrics)), rows)
    found = [heading for heading in _without_subheadings(found, rows) if heading.first not in inside]
    found += numbered_headings(rows, found)
    found += plain_headings(rows, found)
    found += lost_headings(rows, found)
    return tuple(without_inner(_in_order([*found, *unruled_headings(rows, found, raw)])))


def _in_order(found: Iterable[Heading]) -> list[Heading]:
    return sorted(found, key=lambda heading: (heading.first, heading.last))


def _without_picture_words(found: Sequence[Heading], rows: Sequence[Row]) -> Iterator[Heading]:
    """Leave out letters of a picture: far larger or smaller than headings are here, and with white below them.

    What the program wrote that made the page is no picture, and its headlines stand above pictures.
    """
    size = median([heading.size for heading in found]) if found else 1.0
    for heading in found:
        alone = heading.below is None or heading.below > _LONE_WHITE
        unlike = not size / _UNLIKE_SIZE <= heading.size <= size * _UNLIKE_SIZE
        if not (alone and unlike and len(found) > _LEAST_HABIT and rows[heading.first].recognised):
            yield heading


def _unstacked(found: Iterable[Heading], inside: Container[int], rubrics: Container[int]) -> Iterator[Heading]:
    """Join what stands right above each other: a kicker or rubric with its heading, a heading with its subheading."""
    held: Heading | None = None
    for heading in found:
        if held is None or held.last != heading.first or (held.below is not None and held.below > _LONE_WHITE):
            if held is not None:
                yield held
            held = heading
        elif held.below is None:
            held = heading  # what ends a column right above a heading heads nothing: the end of a pull quote
        elif (
            heading.first in inside
            or is_day(heading.text)
            or (is_numbered(heading.text) and not is_numbered(held.text))
        ):
            pass  # the first of its points or days, whatever it looks like
        elif heading.rank >= held.rank + _SAME_RANK or _is_kicker(held.text) or held.first in rubrics:
            held = replace(heading, kicker=held.first if held.kicker is None else held.kicker)
    if held is not None:
        yield held


def _is_kicker(text: str) -> bool:
    return is_capitals(text) and len(text.split()) <= _KICKER_WORDS


def _without_subheadings(found: Sequence[Heading], rows: Sequence[Row]) -> Iterator[Heading]:
    """Leave out headings inside sections: smaller than most and with less white above, or with hardly any."""
    habit = len(found) >= _LEAST_HABIT
    rank = median([heading.rank for heading in found]) if habit else 0.0
    size = median([heading.size for heading in found]) if habit else 1.0
    gaps = [heading.gap for heading in found if heading.gap is not None and heading.rank >= rank - _LOWER_RANK]
    white = median(gaps) if gaps else 0.0
    numbered, close = are_numbered(found), _standing_close(found, rows)
    for heading in found:
        lower = heading.rank < rank - _LOWER_RANK and heading.size < _LARGER
        inside = heading.gap is not None and (heading.gap < _LESS_WHITE * white or size >= _MAIN_LARGER)
        inside = inside or (size >= _MAIN_LARGER and heading.size < _BARELY_LARGER)
        apart = rows[heading.first].role is BlockRole.ASIDE or (numbered and is_numbered(heading.text))
        if not ((lower and inside) or heading.first in close) or apart or is_colophon_heading(heading.text):
            yield heading


def _without_those_over_text(found: Sequence[Heading], rows: Sequence[Row]) -> list[Heading]:
    """Leave out headings over the text where most stand in a margin left of theirs, unless they outrank these."""
    beside = [box for heading in found if (box := _box_left_of_text(heading, rows)) is not None]
    if len(beside) < max(_LEAST_HABIT, _MOST * len(found)):
        return list(found)
    margin, rank = median([box.x1 for box in beside]), median([heading.rank for heading in found])
    boxes = [rows[heading.first].box for heading in found]
    return [
        heading
        for heading, box in zip(found, boxes, strict=True)
        if box is None or box.x0 <= margin or heading.rank > rank
    ]


def _box_left_of_text(heading: Heading, rows: Sequence[Row]) -> Box | None:
    """Return the box of a heading that stands left of its text, about as high; None if it stands elsewhere."""
    box, below = rows[heading.first].box, rows[heading.last]
    if box is None or below.box is None or below.page != rows[heading.first].page or below.box.x0 <= box.x1:
        return None
    return box if abs(below.box.y0 - box.y0) <= _LEVEL * (box.y1 - box.y0) else None


def _standing_close(found: Sequence[Heading], rows: Sequence[Row]) -> frozenset[int]:
    """Return the first rows of headings with hardly any white above them where most have much."""
    above = {heading.first: _white_above(heading, rows) for heading in found}
    usual = median([gap for gap in above.values() if gap is not None] or [0.0])
    most = min(_HARDLY, _HARDLY_SHARE * usual) if usual >= _WIDE else 0.0
    later = list(above.items())[1:]  # above the first stands no piece that it could be in
    return frozenset(first for first, gap in later if gap is not None and gap < most)


def _white_above(heading: Heading, rows: Sequence[Row]) -> float | None:
    """Return the white between a heading, with a small line above it, and the text before."""
    first = heading.first if heading.kicker is None else heading.kicker
    gap = heading.gap if heading.kicker is None else rows[first].gap
    above = rows[first - 1] if first else None
    if gap is None or above is None or not above.opens_block or len(above.text) > _KICKER_SIGNS:
        return gap
    return None if above.gap is None else gap + above.gap


def _with_contents(heading: Heading, contents: Sequence[str]) -> Heading:
    """Return the heading, surer if the table of contents names it."""
    text = heading.text.casefold()
    long = [entry.casefold() for entry in contents if len(entry) >= len(text) - _SHORTER]
    named = any(fuzz.partial_ratio(text, entry) >= _ALIKE for entry in long)
    return replace(heading, confidence=min(0.99, heading.confidence + 0.3)) if named else heading
