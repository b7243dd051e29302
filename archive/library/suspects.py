"""Which pages most likely hide the words of a query? A work list: to look at, to scan again or to correct.

Two things speak against a page: a word on it that no list knows and that is something like a word asked for, though
too unlike to count as found; and bad reading, which hides words altogether. A section hides them the sooner the longer
it is, if it is in the language of those that were found, and if it holds the other words of the query. A section that
was found is no suspect.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, prod
from typing import Any

from archive.errors import UsageError
from archive.ids import make_page_id
from archive.library.hidden import asked_words, damage, missed_share
from archive.library.opened import Opened, opened, read_query
from archive.library.unknown import find_unknown
from archive.model.search import Found, Reading, SearchRequest
from archive.search.misread import allowed_cost
from archive.search.query import parse_query
from archive.settings import Settings
from archive.tuples import NamedTuple

# For a word: what was read, how unlike it is, and in which sections it stands.
NearMisses = Callable[[str], Iterable[tuple[str, float, Sequence[str]]]]

_LIKELY = 0.6  # how often an unknown word just too unlike to count is the word asked for
_FADES = 0.07  # and how much more change, for each letter of the word, makes that e times as rare
_BEFORE = 0.3
_LOOKED_AT = 40  # sections for each page that is wanted
_SHOWN = 3
_LEAST = 0.0005  # less likely than this, a page is not worth a look


@dataclass(frozen=True, slots=True)
class Suspect:
    """A page that may hide the words: how likely, and what was read there that is nearest to which of them."""

    page_id: str
    probability: float
    nearest: tuple[tuple[str, str], ...]  # word asked for, word read
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspects:
    """The work list for a query, worst page first.

    Attributes:
        query: As it was typed.
        parsed: How it was understood.
        pages: The pages.
        notices: Which values of filters and fields the archive does not know.
        pictured: The first of the pages that has a picture; empty where none of the first does.
    """

    query: str
    parsed: str
    pages: tuple[Suspect, ...]
    notices: tuple[str, ...] = ()
    pictured: str = ""


class _Asked(NamedTuple):
    """A word that a section must hold, or several of which one will do: where it stands, and something like it.

    `missed` is of the sections that hold it the share that is not found, by section.
    """

    found: Collection[str]
    nearest: Mapping[str, Sequence[tuple[float, str, str]]]
    missed: Mapping[str, float]


def find_suspects(settings: Settings, request: SearchRequest) -> Suspects:
    """List the pages that most likely hide the words of a query, worst first; `limit` says how many.

    Raises:
        QuerySyntaxError: The query cannot be read.
        UsageError: It asks for no word.
        BrokenArchiveError: There is no archive, or its catalogue or index is missing or damaged.
    """
    words = [list(some) for some in asked_words(read_query(settings, request).root)]
    if not words:
        raise UsageError(None, "This query asks for no word that could be misread", hint="Give a word to look for.")
    with opened(settings) as reading:
        return reading.at_once(lambda: _find(reading, request, words))


def _find(reading: Opened, request: SearchRequest, words: Sequence[Sequence[str]]) -> Suspects:
    notices = find_unknown(reading, request)
    query, request = reading.read(request)
    matching = reading.find_every(query, request._replace(facets=True))
    every = reading.find_every(parse_query(""), request._replace(query="", facets=True))
    found = {section for section, _ in matching.ids}
    asked = _look_for(words, found, reading)
    often = _how_often(matching.total, [section for section, _ in every.ids if section not in found], asked)
    first = {section: _chance(section, asked, often[section]) for section in often}
    wanted = request.offset + request.limit
    best = sorted(first, key=lambda section: (-first[section], section))[: wanted * _LOOKED_AT]
    sections = list(reading.catalog.sections(ids=best))
    holds = _hold(sections, matching, every)
    chances = {section: _chance(section, asked, often[section] * holds[section]) for section in holds}
    pages = tuple(_by_page(sections, chances, asked)[request.offset : wanted])
    return Suspects(request.query, query.parsed, pages, notices, _first_pictured(reading, pages))


def _first_pictured(reading: Opened, pages: Sequence[Suspect]) -> str:
    """Return the id of the first page that is of no text file, as nobody can look at one of these."""
    for page in pages[:_LOOKED_AT]:
        found = reading.catalog.page(page.page_id)
        if found is not None and not found.file.lower().endswith(".txt"):
            return page.page_id
    return ""


def _look_for(words: Sequence[Sequence[str]], found: Collection[str], reading: Opened) -> list[_Asked]:
    """Return where each of some words stands; `found` are the sections that hold them all."""
    readings, hazards = dict(reading.backend.read_how()), reading.backend.hazards()
    whole = Reading(sum(r.words for r in readings.values()), sum(r.signs for r in readings.values()), len(readings))
    worn = {section: damage(each, whole) for section, each in readings.items()}
    asked = []
    for some in words:
        if len(words) > 1:
            either = " OR ".join(f'"{word}"' for word in some)
            found = {section for section, _ in reading.find_every(parse_query(either), SearchRequest(either)).ids}
        missed = {section: missed_share([some], each, hazards) for section, each in worn.items()}
        asked.append(_Asked(found, _nearest(some, reading.backend.near_misses), missed))
    return asked


def _nearest(words: Sequence[str], near_misses: NearMisses) -> dict[str, list[tuple[float, str, str]]]:
    """Return for each section what is something like a word asked for: chance, that word, what was read."""
    found: dict[str, list[tuple[float, str, str]]] = {}
    for word in words:
        for read, cost, sections in near_misses(word):
            beyond = max(0.0, cost - allowed_cost(word)) / len(word)
            for section in sections:
                found.setdefault(section, []).append((_LIKELY * exp(-beyond / _FADES), word, read))
    return {section: sorted(some, reverse=True)[:_SHOWN] for section, some in found.items()}


def _how_often(total: int, sections: Collection[str], asked: Sequence[_Asked]) -> dict[str, float]:
    """Return how many sections were found for each in which the same words were found; by section."""
    found_in = {section: tuple(section in each.found for each in asked) for section in sections}
    as_many = Counter(found_in.values())
    return {section: (total + _BEFORE) / as_many[words] for section, words in found_in.items()}


def _chance(section: str, asked: Sequence[_Asked], often: float) -> float:
    """Return how likely a section hides those words that were not found in it, if so often one like it holds them."""
    lacking = [each for each in asked if section not in each.found] or asked
    unread = min(1.0, often) * prod(each.missed[section] for each in lacking)
    alike = prod(each.nearest[section][0][0] if section in each.nearest else 0.0 for each in lacking)
    return 1 - (1 - unread) * (1 - alike)


def _hold(sections: Sequence[Mapping[str, Any]], matching: Found, every: Found) -> dict[str, float]:
    """Return for each section how many times as likely as another one it holds a word of the query.

    That goes with how much text it holds, and with how many of the sections that were found are in its language.
    """
    mean = sum(len(fields["text"]) for fields in sections) / max(1, len(sections))
    holds = {}
    for fields in sections:
        share = every.facets["language"].get(fields["language"], 1) / max(1, every.total)
        seen = (matching.facets["language"].get(fields["language"], 0) + share) / (matching.total + 1)
        holds[str(fields["id"])] = len(fields["text"]) / max(1.0, mean) * seen / share
    return holds


def _by_page(
    sections: Iterable[Mapping[str, Any]], chances: Mapping[str, float], asked: Sequence[_Asked]
) -> list[Suspect]:
    """Join the sections of each page, the likeliest page first."""
    pages: dict[str, Suspect] = {}
    for fields in sections:
        section, numbers = str(fields["id"]), list(fields["pages"])
        nearest = sorted((near for each in asked for near in each.nearest.get(section, ())), reverse=True)
        for number in numbers:
            page_id = make_page_id(str(fields["issue_id"]), number)
            before = pages.get(page_id, Suspect(page_id, 0.0, (), ()))
            pages[page_id] = Suspect(
                page_id,
                1 - (1 - before.probability) * (1 - chances[section] / len(numbers)),
                tuple(dict.fromkeys((*before.nearest, *((word, read) for _, word, read in nearest))))[:_SHOWN],
                (*before.sections, section),
            )
    worth = (page for page in pages.values() if page.probability >= _LEAST)
    return sorted(worth, key=lambda page: (-page.probability, page.page_id))
