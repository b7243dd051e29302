"""Which rows open sections where there is no layout, only lines and empty lines?

A heading is a short line that reads like one, stands alone or right above text, and does not go on in it. In a row of
short lines only the last can be one: the others are signatures, captions or lists.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.parsing.headlines import headline_score
from archive.parsing.lines import ends_full, ends_sentence, is_capitals, is_link_row, is_list_item, is_row, starts_small
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row
from archive.parsing.wording import is_colophon_heading, is_salutation, is_sender, is_sign_off

_LEAST = 0.55
_SURE_SALUTATION = 0.6
_FIRST_ROWS = 5  # a salutation opens a section only up here
_NEAR = 12  # rows on both sides that show how wide the column is
_FULL, _WIDE, _NARROW = 0.8, 0.6, 0.45
_FIRM = 0.9
_BODY_SIGNS = 45
_HABIT_SHARE, _LEAST_HABIT = 0.6, 4
_LONGEST_BROKEN = 120
_USUAL_SIGNS = 60
# A long line with one of these is a sentence.
_VERB = re.compile(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|had|kan|kunnen|are|were|has|have|had|can|will)\b"
)


def textual_headings(rows: Sequence[Row]) -> tuple[Heading, ...]:
    """Return the headings among the rows of an issue without layout.

    Where most are in capitals, others are subheadings and left out.
    """
    found = tuple(_without_rows(tuple(_headings(rows))))
    capitals = [heading for heading in found if is_capitals(heading.text)]
    if len(found) < _LEAST_HABIT or len(capitals) < _HABIT_SHARE * len(found):
        return found
    return tuple(h for h in found if h in capitals or is_salutation(f"{h.text},") or is_colophon_heading(h.text))


def _without_rows(found: Sequence[Heading]) -> Iterator[Heading]:
    """Leave out lines that follow each other without text between them; of two, the first goes with the second."""
    run: list[Heading] = []
    for heading in [*found, None]:
        if heading is not None and (not run or run[-1].last == heading.first):
            run.append(heading)
            continue
        if len(run) == 1:
            yield run[0]
        elif len(run) == 2:  # noqa: PLR2004
            first, second = run
            yield first if is_list_item(second.text) else replace(second, kicker=first.first)
        run = [] if heading is None else [heading]


def _headings(rows: Sequence[Row]) -> Iterator[Heading]:
    at = 0
    while at < len(rows):
        last, score = _heading_at(rows, at)
        if score >= _LEAST:
            text = " ".join(row.text for row in rows[at:last])
            yield Heading(at, last, text.rstrip(",") if is_salutation(text) else text, min(_FIRM, score))
        at = last


def _heading_at(rows: Sequence[Row], at: int) -> tuple[int, float]:
    """Return where a heading that starts at a row ends, and how sure it is one."""
    row = rows[at]
    if is_salutation(row.text):
        return at + 1, _SURE_SALUTATION if at < _FIRST_ROWS and row.page == rows[0].page else 0.0
    for last in (at + 2, at + 1):
        if last < len(rows) and (last == at + 1 or _is_broken(rows[at], rows[at + 1], rows[last])):
            score = _score(rows, at, last)
            if score >= _LEAST:
                return last, score
    return at + 1, 0.0


def _score(rows: Sequence[Row], at: int, last: int) -> float:
    """Tell how sure rows `at` to `last` are a heading, from 0 to 1."""
    row, below = rows[at], rows[last]
    above = rows[at - 1] if at else None
    width = _width(rows, at)
    text = " ".join(other.text for other in rows[at:last])
    score = headline_score(text, below.text, full=min(_BODY_SIGNS, _WIDE * width))
    if score == 0.0 or not _is_body(below, width):
        return 0.0
    if is_list_item(text) and any(is_list_item(other.text) for other in (below, above) if other is not None):
        return 0.0
    if starts_small(below.text) and not is_list_item(below.text) and not is_row(below.text):
        if not is_capitals(text):
            return 0.0
        score -= 0.1
    if row.opens_block and below.opens_block:
        score += 0.1
    elif not row.opens_block and above is not None:
        if not (ends_full(above.text) or len(above.text) < _WIDE * width):
            return 0.0
        score -= 0.1
    if len(row.text) > _FULL * width and not is_capitals(row.text):
        score -= 0.25
    if len(text) > _USUAL_SIGNS:
        score -= 0.15 + 0.15 * (_VERB.search(text) is not None)
    if above is not None and _is_open(above, width):
        score -= 0.2
    return min(1.0, score)


def _is_open(row: Row, width: float) -> bool:
    """Tell whether a full line stops in the middle of a sentence."""
    return len(row.text) > _FULL * width and not ends_sentence(row.text) and not is_link_row(row.text)


def _width(rows: Sequence[Row], at: int) -> float:
    """Return how many signs a full line has around a row."""
    lengths = sorted(len(row.text) for row in rows[max(0, at - _NEAR) : at + _NEAR])
    return float(lengths[len(lengths) * 3 // 4])


def _is_broken(first: Row, second: Row, below: Row) -> bool:
    """Tell whether two rows are one heading broken over two lines."""
    if second.opens_block or not below.opens_block or ends_sentence(first.text):
        return False
    short = len(first.text) + len(second.text) < _LONGEST_BROKEN
    return first.opens_block and short and not is_row(second.text) and not is_list_item(second.text)


def _is_body(row: Row, width: float) -> bool:
    """Tell whether a row is what stands under a heading: running text, a list or a table."""
    if is_sign_off(row.text) or is_sender(row.text):
        return False
    if is_list_item(row.text) or is_row(row.text) or is_salutation(row.text):
        return True
    return len(row.text) >= _NARROW * width or ends_sentence(row.text)
