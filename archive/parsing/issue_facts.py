"""Which source gives each fact of an issue: masthead, running text, file name, metadata?

Each fact is taken from the first source that has it, in this order of trust. But the file's name is believed before a
year that was misread by a figure. A date that is only reckoned from the text comes last, with the source `none`: no id
is made of it. When a PDF was made dates no issue, for that is the day of its scan; but no issue is later.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.ids import slugify
from archive.model.issues import FactSource, PartialDate, Precision
from archive.parsing.dates.record import Day, is_possible
from archive.parsing.filename import FileFacts
from archive.parsing.head import Head
from archive.parsing.hints import Hints
from archive.parsing.issue_date import Reckoned, date_from_text
from archive.parsing.issue_name import name_from_text
from archive.parsing.running_heads import RunningFacts
from archive.parsing.title import (
    is_running_text,
    is_subtitle,
    known_name,
    mend_name,
    mend_running_name,
    reading_case,
    spelled,
)

_GENERIC = frozenset(
    {"nieuwsbrief", "newsletter", "bulletin", "mededelingen", "contactblad", "info", "nieuws", "news", "infoblad"}
    | {"krant", "clubblad", "update", "ledenblad", "maandblad", "magazine"}
)
_UNNAMED = "Newsletter"
NO_DATE = "no date found in masthead, text or file name"
# A printed date may lie a year after the scan was made: clocks and mastheads run ahead of each other.
_SLACK_YEARS = 1
# There is no PDF from before this year: a clock was not set.
_FIRST_PDF = 1993
_MADE = re.compile(r"\D*(\d{4})(\d\d)")
# Figures that worn print makes look alike.
_ALIKE = frozenset(map(frozenset, ("38", "56", "58", "59", "68", "06", "08", "09", "89", "69", "35", "17", "27", "14")))


@dataclass(frozen=True, slots=True)
class Clues:
    """All that may tell what an issue is.

    `as_printed` where its text is that of a PDF, not read from an image; `counted` is its number by its place among the
    issues of a bound volume.
    """

    text: str
    head: Head | None
    running: RunningFacts
    file: FileFacts
    hints: Hints
    as_printed: bool = False
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of an issue, who says so, and how it was found."""

    date: PartialDate | None
    source: FactSource
    evidence: str


def choose_number(clues: Clues) -> tuple[str, FactSource]:
    """Return the number of the issue and where it comes from; empty if none tells."""
    head = clues.head
    for number, source in (
        (clues.counted, FactSource.MASTHEAD),
        (head.number if head else "", FactSource.MASTHEAD),
        (clues.running.number, FactSource.TEXT),
        (clues.file.number, FactSource.FILENAME),
    ):
        if number:
            return number, source
    return "", FactSource.NONE


def choose_newsletter(clues: Clues) -> tuple[str, str, FactSource]:
    """Return the newsletter's name, its slug and where the name comes from."""
    for name, source in _names(clues):
        if name:
            known = _known_newsletter(name, clues.hints)
            return (*known, source) if known else (name, slugify(name), source)
    return _UNNAMED, slugify(_UNNAMED), FactSource.NONE


def choose_date(clues: Clues) -> Dated:
    """Return the date of the issue; without one the evidence says that none was found."""
    found = list(list_dates(clues))
    against = "".join(f"; {each.evidence}" for each in found if each.date is None)
    dated = next((each for each in found if each.date), Dated(None, FactSource.NONE, NO_DATE))
    return replace(dated, evidence=dated.evidence + against)


def _names(clues: Clues) -> Iterator[tuple[str, FactSource]]:
    head = clues.head
    yield head.known if head else "", FactSource.MASTHEAD
    file = spelled(clues.file.name, clues.text)
    witnesses = [name for name in (clues.running.name, file) if name]
    if head:
        yield _masthead_name(head, clues, witnesses), FactSource.MASTHEAD
    yield mend_running_name(clues.running.name, file, text=clues.text), FactSource.TEXT
    yield name_from_text(clues.text), FactSource.TEXT
    yield file, FactSource.FILENAME
    yield head.title if head else "", FactSource.MASTHEAD  # nothing but a subtitle
    yield clues.hints.metadata.get("Title", "").strip(), FactSource.METADATA


def list_dates(clues: Clues) -> Iterator[Dated]:
    """Yield every date that a source gives, most trusted source first; without a date, what speaks against one."""
    head, running, file = clues.head, clues.running, clues.file
    made = made_in(clues.hints)
    if head and head.date:
        yield from _misread(head.date.first, f"the masthead was read as '{head.date_text}'", clues)
    if head and head.date and head.date.first.year:
        first = head.date.first
        season = head.date.precision is Precision.SEASON
        note = f"the masthead says '{head.date_text}'" + ("; the first month of it" if season else "")
        date = PartialDate(head.date.first.year, first.month, first.day)
        yield _bounded(Dated(date, FactSource.MASTHEAD, note), made, slack=_SLACK_YEARS)
    if head and head.year:
        yield _bounded(Dated(PartialDate(head.year), FactSource.MASTHEAD, f"the masthead says {head.year}"), made)
    if running.date:
        read = Day(running.date.year, running.date.month, running.date.day)
        yield from _misread(read, f"a running head was read as '{running.date_text}'", clues)
        yield _bounded(Dated(running.date, FactSource.TEXT, f"a running head says '{running.date_text}'"), made)
    reckoned = date_from_text(clues.text, latest=made, named=file.date.year if file.date else None)
    if reckoned and reckoned.stated and not (file.date and _is_surer(file.date, reckoned)):
        yield Dated(reckoned.date, FactSource.TEXT, reckoned.evidence)
    if file.date:
        note = (
            f"; by its text it would be of {reckoned.date}: {reckoned.evidence}" if reckoned and reckoned.date else ""
        )
        yield _bounded(Dated(file.date, FactSource.FILENAME, f"the file is called {clues.hints.file}{note}"), made)
    if reckoned and not reckoned.stated:
        inferred = "inferred: " if reckoned.date else ""
        yield Dated(reckoned.date, FactSource.NONE, f"{inferred}{reckoned.evidence}")


def made_in(hints: Hints) -> PartialDate | None:
    """Return the month in which a PDF was made or last changed, by its metadata; None where they do not say."""
    found = (_MADE.match(hints.metadata.get(key, "")) for key in ("CreationDate", "ModDate"))
    months = [(int(match[1]), int(match[2])) for match in found if match]
    year, month = max((each for each in months if each[0] >= _FIRST_PDF and each[1] in range(1, 13)), default=(0, 0))
    return PartialDate(year, month) if year else None


def _bounded(dated: Dated, made: PartialDate | None, *, slack: int = 0) -> Dated:
    """Take a date back that lies after the year in which the scan was made, and say so."""
    if dated.date is None or made is None or dated.date.year <= made.year + slack:
        return dated
    return Dated(None, FactSource.NONE, f"{dated.evidence}, but the scan was made in {made}")


def _misread(read: Day, told: str, clues: Clues) -> Iterator[Dated]:
    """Yield the date that the file's name tells where the one that was read is that, but for a figure of its year."""
    named = clues.file.date
    made = made_in(clues.hints)
    if clues.as_printed or named is None or (made and named.year > made.year):
        return
    off = [frozenset(two) for two in zip(str(read.year), str(named.year), strict=False) if two[0] != two[1]]
    same_month = read.month and read.month == named.month and named.day in {None, read.day}
    meant = Day(named.year, named.month, read.day)
    if len(off) == 1 and off[0] in _ALIKE and same_month and is_possible(meant) and not _fits_weekday(read):
        note = f"the file is called {clues.hints.file}; {told}, a figure off"
        yield Dated(replace(named, day=read.day), FactSource.FILENAME, note)


def _is_surer(named: PartialDate, stated: Reckoned) -> bool:
    """Tell whether the file's name is believed before the text that states a date: where it names another year."""
    return stated.date is None or named.year != stated.date.year


def _fits_weekday(day: Day) -> bool:
    """Tell whether a weekday is printed beside a whole date, and is that day's."""
    if day.weekday is None or not (day.year and day.month and day.day):
        return False
    return dt.date(day.year, day.month, day.day).weekday() == day.weekday


def _known_newsletter(name: str, hints: Hints) -> tuple[str, str] | None:
    for slug, own, variants in hints.newsletters:
        if known_name(name, (own, *variants)):
            return own, slug
    return None


def _printed_name(head: Head | None, text: str) -> str:
    """The title in reading case; a title that only says `Nieuwsbrief` is joined with the line that says whose."""
    if head is None or not head.title:
        return ""
    title = reading_case(head.title, text) if head.title.isupper() or head.title.islower() else head.title
    if all(word.casefold() in _GENERIC for word in title.split()):
        whose = next((line for line in head.other_lines if any(c.isalpha() for c in line)), "")
        return f"{title} {whose}".strip() if len(whose.split()) <= 7 else title  # noqa: PLR2004 - a name, no sentence
    return title


def _masthead_name(head: Head, clues: Clues, witnesses: Sequence[str]) -> str:
    """The name that the masthead prints, spelled as witnesses have it; empty where only a subtitle could be read."""
    if is_running_text(head.title):
        return ""
    printed = _printed_name(head, clues.text)
    if not is_subtitle(printed):
        running = clues.running.name
        if running and _bare_in(printed, running):
            return printed
        return mend_name(printed, head.confidence, witnesses=witnesses, text=clues.text)
    for pictured in head.pictured:
        mended = mend_name(pictured, 0.0, witnesses=witnesses, text=clues.text)
        if mended != pictured or mended in witnesses:
            return mended
    return ""


def _bare_in(printed: str, running: str) -> bool:
    """Tell whether a running head prints the name among other words."""
    return bool(printed) and printed.casefold() in running.casefold()
