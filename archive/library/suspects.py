"""Which pages most likely hide the words of a query? A work list: to look at, to scan again or to correct.

Two things speak against a page: a word on it that no list knows and that is something like a word asked for, though
too unlike to count as found; and bad reading, which hides words altogether. A section that was found is no suspect.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from archive.errors import UsageError
from archive.ids import make_page_id
from archive.library.hidden import LOSS, asked_words, missed_share, page_error
from archive.library.opened import opened, read_query
from archive.model.search import Reading, SearchRequest
from archive.search.misread import allowed_cost
from archive.search.query import parse_query
from archive.settings import Settings

# For a word: what was read, how unlike it is, and in which sections it stands.
NearMisses = Callable[[str], Iterable[tuple[str, float, Sequence[str]]]]

_LIKELY = 0.6  # how often an unknown word just too unlike to count is the word asked for
_FADES = 0.07  # and how much more change, for each letter of the word, makes that e times as rare
_BEFORE = 0.3
_LOOKED_AT = 40  # sections for each page that is wanted
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """A page that may hide the words: how likely, and what was read there that is nearest to which of them."""

    page_id: str
    probability: float
    nearest: tuple[tuple[str, str], ...]  # word asked for, word read
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspects:
    """The work list for a query, worst page first."""

    query: str
    parsed: str
    pages: tuple[Suspect, ...]


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
        query, request = reading.read(request)
        backend, catalog = reading.backend, reading.catalog
        matching = reading.find_every(query, request)
        total, found = matching.total, {each[0] for each in matching.ids}
        every = request._replace(query="", limit=0)
        open_query = parse_query("")
        count = backend.search(open_query, every).total
        allowed = {each[0] for each in backend.search(open_query, every._replace(limit=count, offset=0)).ids}
        nearest = _nearest(words, backend.near_misses)
        chances = _chances(words, nearest, backend.read_how(), total, backend.hazards())
        chances = {section: chance for section, chance in chances.items() if section in allowed - found}
        wanted = request.offset + request.limit
        best = sorted(chances, key=lambda section: (-chances[section], section))[: wanted * _LOOKED_AT]
        pages = _by_page(catalog.sections(ids=best), chances, nearest)
    return Suspects(request.query, query.parsed, tuple(pages[request.offset : wanted]))


def _nearest(words: Sequence[Sequence[str]], near_misses: NearMisses) -> dict[str, list[tuple[float, str, str]]]:
    """Return for each section what is something like a word asked for: chance, that word, what was read."""
    found: dict[str, list[tuple[float, str, str]]] = {}
    for word in (word for some in words for word in some):
        for read, cost, sections in near_misses(word):
            beyond = max(0.0, cost - allowed_cost(word)) / len(word)
            for section in sections:
                found.setdefault(section, []).append((_LIKELY * exp(-beyond / _FADES), word, read))
    return {section: sorted(some, reverse=True)[:_SHOWN] for section, some in found.items()}


def _chances(
    words: Sequence[Sequence[str]],
    nearest: Mapping[str, Sequence[tuple[float, str, str]]],
    read_how: Iterable[tuple[str, Reading]],
    total: int,
    hazards: Mapping[str, float],
) -> dict[str, float]:
    """Return for each section how likely it hides the words."""
    readings = dict(read_how)
    whole = Reading(sum(r.words for r in readings.values()), sum(r.signs for r in readings.values()), len(readings))
    often = (total + _BEFORE) / max(1, len(readings))
    chances: dict[str, float] = {}
    for section, reading in readings.items():
        unread = often * missed_share(words, page_error(reading, whole), LOSS, hazards)
        alike = nearest.get(section, [(0.0, "", "")])[0][0]
        chances[section] = 1 - (1 - min(1.0, unread)) * (1 - alike)
    return chances


def _by_page(
    sections: Iterable[Mapping[str, object]],
    chances: Mapping[str, float],
    nearest: Mapping[str, Sequence[tuple[float, str, str]]],
) -> list[Suspect]:
    """Join the sections of each page, the likeliest page first."""
    pages: dict[str, Suspect] = {}
    for fields in sections:
        section, numbers = str(fields["id"]), list(fields["pages"])  # type: ignore[call-overload]
        for number in numbers:
            page_id = make_page_id(str(fields["issue_id"]), number)
            before = pages.get(page_id, Suspect(page_id, 0.0, (), ()))
            seen = tuple((word, read) for _, word, read in nearest.get(section, ()))
            pages[page_id] = Suspect(
                page_id,
                1 - (1 - before.probability) * (1 - chances[section] / len(numbers)),
                tuple(dict.fromkeys((*before.nearest, *seen)))[:_SHOWN],
                (*before.sections, section),
            )
    return sorted(pages.values(), key=lambda page: (-page.probability, page.page_id))
