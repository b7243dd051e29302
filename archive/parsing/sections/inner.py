"""Which lines that look like headings say that they only head a part of a piece?

The days of a programme, points and steps with numbers, the questions of an interview; some issues are made of such
pieces, so these are left out only where they come in rows and there are other headings. And the labels of an
invitation (`Waar:`), a recipe or a photo, and results of matches.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median

from archive.parsing.dates.calendar import load_calendar
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.numbered import number_of

_ROW, _OTHERS = 2, 3  # so many of them make a row, where there are so many other headings
_INTERVIEW = 3  # questions
_POINTS, _MOST_NUMBERED = 3, 0.5  # so many numbers that follow each other make a row, if so few headings are numbered
_ALIKE = 0.08  # so much above or below the other headings in rank
_NEVER = re.compile(
    r"(?:ingredi[eë]nten|bereiding(?:swijze)?|benodigdheden|ingredients|preparation|directions)\W*"
    r"|.{3,40}\s[-–]\s.{3,40}\s\d{1,2}\s?[-–]\s?\d{1,2}\W*"  # a result: De Zwaluwen - Olympia 3-1
    r"|(?:waar|wanneer|wat|wie|hoe|datum|tijd|aanvang|plaats|locatie|adres|kosten|prijs|entree|toegang|opgave|aanmelden"
    r"|inlichtingen|informatie|meenemen|where|when|date|time|place|venue|costs?|price|admission|tickets|bring)\s?:"
    r"|(?:foto|photo|illustratie|tekening|bron|source)(?:'?s)?(?:\s?[:©]|\sdoor\b|\sby\b).*",
    flags=re.IGNORECASE,
)
_STEP = re.compile(r"(?:stap|tip|vraag|punt|ronde|step|question|round)\s\d", flags=re.IGNORECASE)


def without_inner(found: Sequence[Heading]) -> list[Heading]:
    """Leave out headings, in order, that by their words head only a part of a piece."""
    found = [heading for heading in found if not _NEVER.fullmatch(heading.text)]
    days = {heading.first for heading in found if is_day(heading.text)}
    questions = set(_questions_in_rows(found))
    steps = {heading.first for heading in found if _STEP.match(heading.text)}
    points = set(_points_in_rows(found))
    rows = [
        some for some in (days, questions, steps, points) if len(some) >= _ROW and len(found) - len(some) >= _OTHERS
    ]
    inside = frozenset().union(*rows)
    return [heading for heading in found if heading.first not in inside]


def is_day(text: str) -> bool:
    """Tell whether a line is nothing but a day, by its date or its name, perhaps with a time."""
    return _day_pattern().fullmatch(text) is not None


@cache
def _day_pattern() -> re.Pattern[str]:
    words = load_calendar()
    date = rf"\d{{1,2}}\s+(?:{words.months})\b\.?(?:\s+\d{{4}})?"
    time = r"(?:,?\s+(?:om\s+|van\s+|at\s+)?\d{1,2}(?:[.:]\d{2})?(?:\s?(?:u\b\.?|uur|h|am|pm))?)"
    return re.compile(rf"(?:(?:{words.weekdays})\.?,?(?:\s+{date})?|{date}){time}?\W?", re.IGNORECASE)


def _questions_in_rows(found: Sequence[Heading]) -> Iterator[int]:
    """Yield where questions begin of which some follow each other, and that stand out no more than the others.

    Two are enough where they stand out less: else they may be the headings of a piece in two languages.
    """
    others = [heading.rank for heading in found if not heading.text.endswith("?")]
    usual = median(others) if others else 0.0
    row: list[Heading] = []
    for heading in [*found, None]:
        if heading is not None and heading.text.endswith("?") and heading.rank <= usual + _ALIKE:
            row.append(heading)
            continue
        lower = all(question.rank < usual - _ALIKE for question in row)
        if len(row) >= (_ROW if lower else _INTERVIEW):
            yield from (question.first for question in row)
        row = []


def _points_in_rows(found: Sequence[Heading]) -> Iterator[int]:
    """Yield where points begin whose numbers follow each other, where most headings have none."""
    numbers = [number_of(heading.text) for heading in found]
    if sum(number > 0 for number in numbers) > _MOST_NUMBERED * len(found):
        return
    row: list[Heading] = []
    for heading, number, before in zip([*found, None], [*numbers, 0], [0, *numbers], strict=True):
        if row and number != before + 1:
            if len(row) >= _POINTS:
                yield from (point.first for point in row)
            row = []
        if heading is not None and number:
            row.append(heading)
