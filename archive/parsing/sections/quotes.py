"""Which lines that look like headings are quotes, set large or bold inside a piece?

A quote has white on both sides, cuts through a sentence or stands in the text once more; a heading stands near the text
below it.
"""

from collections.abc import Sequence
from statistics import median

from archive.model.pages import BlockRole
from archive.parsing.lines import is_capitals, plain_words
from archive.parsing.sections.flow import runs_on
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row
from archive.parsing.wording import is_byline

_QUOTE_WORDS = 5
_MOST, _LONELIER = 0.7, 1.5  # the share of headings that are heavy where they all are; white below beside theirs
_LEAST_HABIT = 3  # headings that show how sections open
_EVEN, _UNLIKE_QUOTE = 0.8, 1.12  # white below a quote beside that above it; its size beside that of headings
_LONE_WHITE = 2.6  # more white than this below a heading parts it from the text
_QUOTE_WHITE, _PULLED_WORDS = 0.8, 3


def without_quotes(found: Sequence[Heading], rows: Sequence[Row]) -> list[Heading]:
    """Leave out quotes: sentences that stand in the text of the issue too, and those that are unlike its headings."""
    in_headings = {at for heading in found for at in range(heading.first, heading.last)}
    running = [plain_words(row.text) for at, row in enumerate(rows) if at not in in_headings]
    heavy = [_is_heavy(heading, rows) for heading in found]
    below = [heading.below for heading in found if heading.below is not None]
    lone = _LONELIER * median(below) if below and sum(heavy) >= max(_LEAST_HABIT, _MOST * len(found)) else _LONE_WHITE
    usual = median([heading.size for heading in found]) if found else 1.0, median(below) if below else 0.0
    return [
        heading
        for heading in found
        if not (_is_quoted(heading, rows, running) or _is_heavy_quote(heading, rows, running, *usual))
        and not _is_light_and_lone(heading, rows, lone)
    ]


def _is_heavy(heading: Heading, rows: Sequence[Row]) -> bool:
    return any(row.bold for row in rows[heading.first : heading.last]) or is_capitals(heading.text)


def _is_light_and_lone(heading: Heading, rows: Sequence[Row], lone: float) -> bool:
    """Tell whether a heading is a light sentence with more white below it than the others have, which are heavy."""
    words = len(heading.text.split())
    return not _is_heavy(heading, rows) and words >= _QUOTE_WORDS and (heading.below or 0.0) > lone


def _is_quoted(heading: Heading, rows: Sequence[Row], running: Sequence[str]) -> bool:
    return not _is_heavy(heading, rows) and _is_in_text(heading, running)


def _is_heavy_quote(heading: Heading, rows: Sequence[Row], running: Sequence[str], size: float, white: float) -> bool:
    """Tell whether a heavy sentence with even white around it is a quote: it is in the text, or unlike the headings.

    Args:
        heading: The heading that it may be.
        rows: The rows of the issue.
        running: Its text but for the headings, row by row in plain words.
        size: The usual size of its headings.
        white: The usual white below them, in lines.
    """
    gap, below = heading.gap, heading.below
    if gap is None or below is None or not _is_heavy(heading, rows):
        return False
    if below < _EVEN * gap or below <= _LONELIER * white or len(heading.text.split()) < _QUOTE_WORDS:
        return False
    unlike = not size / _UNLIKE_QUOTE <= heading.size <= size * _UNLIKE_QUOTE
    return unlike or _is_in_text(heading, running)


def _is_in_text(heading: Heading, running: Sequence[str]) -> bool:
    """Tell whether the words of a heading, if they are more than a few, stand in the text of the issue too."""
    words = plain_words(heading.text)
    if len(heading.text.split()) < _QUOTE_WORDS:
        return False
    # A line that opens with the heading's own words is an entry of a table of contents. Words may be broken at its end.
    others = [text for text in running if not words.startswith(text) and not text.startswith(words)]
    return words.replace(" ", "") in "".join(others).replace(" ", "")


def is_pull_quote(rows: Sequence[Row], first: int, last: int, *, bold: bool) -> bool:
    """Tell whether a group of rows is a sentence set large inside a piece."""
    above, below = rows[first - 1] if first else None, rows[last]
    if bold or is_capitals(rows[first].text) or above is None or above.page != below.page or is_byline(below.text):
        return False
    if runs_on(above, below):
        return True
    gap_above, gap_below = rows[first].gap, below.gap
    if gap_above is None or gap_below is None:
        return False
    if above.role is BlockRole.HEADING and above.opens_block:  # a kicker: the white is above it
        gap_above = max(gap_above, above.gap or _LONE_WHITE)
    even = gap_below > _QUOTE_WHITE and gap_below >= _QUOTE_WHITE * gap_above
    return even and sum(len(row.text.split()) for row in rows[first:last]) >= _PULLED_WORDS
