"""What does the index hold of a section?"""

import re
from collections.abc import Iterable, Mapping

from archive.ids import slugify
from archive.search.forms import fold, names_in, tokens
from archive.search.ranges import days_of
from archive.search.whoosh.layout import GAP
from archive.search.whoosh.postings import Seen
from archive.tuples import NamedTuple

# How much a word of the heading counts beside one of the text.
HEADING_WEIGHT = 2


class SectionWords(NamedTuple):
    """The folded words of a section, one spelling of each, how many there are, and how far heading and text reach."""

    seen: dict[str, Seen]
    printed: dict[str, str]
    length: int
    extents: tuple[int, int]


def section_words(heading: str, text: str) -> SectionWords:
    """Return the words of a section; places count from the heading's first word, those of the text after a gap."""
    seen: dict[str, Seen] = {}
    printed: dict[str, str] = {}
    heading_length, heading_end = _read(heading, 0, HEADING_WEIGHT, seen, printed)
    text_length, text_end = _read(text, heading_end + GAP, 1, seen, printed)
    return SectionWords(seen, printed, heading_length + text_length, (heading_end, text_end - heading_end - GAP))


def _read(source: str, first: int, weight: int, seen: dict[str, Seen], printed: dict[str, str]) -> tuple[int, int]:
    """Note the words of heading or text, and return how many there are, and the place behind the last one."""
    length = end = 0
    for word, start, stop, position, whole in tokens(source):
        before = seen.get(word)
        place = first + position
        if before is None:
            seen[word] = Seen(weight, weight == HEADING_WEIGHT, [place])
            printed[word] = source[start:stop]
        else:
            places = before.places
            if places[-1] != place:
                places.append(place)
            before.weight += weight
        length += not whole
        end = position + 1
    return length, first + end


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
        "place": [name for place in _strings(section.get("places")) for name in names_in(place)],
        "tag": [name for tag in _strings(section.get("tags")) for name in names_in(tag)],
        "label": _strings(section.get("tags")),
        "note": [token.text for note in _strings(section.get("notes")) for token in tokens(note)],
        "number": re.findall(r"\d+", str(section.get("issue_number") or "")),
        "page": [str(page) for page in _strings(section.get("pages"))],
    }
    return {name: [value for value in values if value] for name, values in facts.items() if any(values)}


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
