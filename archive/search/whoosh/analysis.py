"""What does the index hold of a section?"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from archive.ids import slugify
from archive.search.forms import fold, tokens
from archive.search.ranges import days_of
from archive.search.whoosh.layout import HEADING_ROOM, MAX_POSITION

# How much a word of the heading counts beside one of the text.
HEADING_WEIGHT = 2.0


class Occurrences(NamedTuple):
    """Where and how weighty a word stands in a section; `printed` is one spelling of it."""

    weight: float
    times: int
    positions: list[int]
    printed: str


def section_words(heading: str, text: str) -> dict[str, Occurrences]:
    """Return the folded words of a section, headings at the first positions."""
    found: dict[str, Occurrences] = {}
    for source, first, room, weight in (
        (heading, 0, HEADING_ROOM, HEADING_WEIGHT),
        (text, HEADING_ROOM, MAX_POSITION, 1.0),
    ):
        for token in tokens(source):
            position = first + token.position
            before = found.get(token.text)
            positions = before.positions if before else []
            if position < room and (not positions or positions[-1] != position):
                positions.append(position)
            found[token.text] = Occurrences(
                (before.weight if before else 0.0) + weight,
                (before.times if before else 0) + (not token.whole),
                positions,
                before.printed if before else source[token.start : token.end],
            )
    return found


def section_facts(section: Mapping[str, object]) -> dict[str, list[str]]:
    """Return what a section can be filtered by; fields without a value are left out.

    Args:
        section: Field names of CONTRACT.md; `newsletter_slug`, where given, names the newsletter as in its ids.
    """
    date = str(section.get("issue_date") or "")
    newsletter = str(section.get("newsletter_slug") or slugify(str(section.get("newsletter") or "")))
    facts = {
        "category": [fold(str(section.get("category") or ""))],
        "newsletter": [newsletter],
        "language": [str(section.get("language") or "und")],
        "date": [date] if days_of(date) else [],
        "mention": list(_mentioned(section.get("dates"))),
        "place": [name for place in _strings(section.get("places")) for name in _names(place)],
        "tag": [name for tag in _strings(section.get("tags")) for name in _names(tag)],
        "page": [str(page) for page in _strings(section.get("pages"))],
    }
    return {name: [value for value in values if value] for name, values in facts.items() if any(values)}


def _names(name: str) -> list[str]:
    """Return a name in one piece and, where it has more than one word, each of its words."""
    words = [token.text for token in tokens(name) if not token.whole]
    return list(dict.fromkeys((" ".join(words), *words)))


def _mentioned(dates: object) -> Iterable[str]:
    """Yield `first day/last day` for each date that has a year."""
    for date in dates if isinstance(dates, Iterable) else ():
        if not isinstance(date, Mapping):
            continue
        first = days_of(str(date.get("date") or ""))
        last = days_of(str(date.get("end") or "")) or first
        if first and last:
            yield f"{first[0]}/{max(last[1], first[0])}"


def _strings(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, Iterable) and not isinstance(values, str) else []
