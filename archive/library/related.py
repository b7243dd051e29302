"""Which sections are about the same? Those that share a section's most telling words."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import Any

from archive.errors import UsageError
from archive.library.opened import Opened, opened
from archive.likeness import fingerprint, likeness
from archive.model.search import Or, Query, SearchRequest, Term
from archive.search.forms import tokens
from archive.search.query import describe
from archive.search.snippets import Finder
from archive.search.stems import is_closed, stems
from archive.settings import Settings

_ASKED_ABOUT = 80  # words of the section of which it is asked how often the archive holds them
_TELLING = 16  # words that are looked for
_MIN_LETTERS = 4
_MOST_SHARE = 0.08  # of the sections; a word that stands in more tells little
_FEW = 5  # sections that a word may stand in, however small the archive
_HEADING = 2.0  # how much a word of the heading counts beside one of the text
_FEWEST_SHARED = 2
_SAME_TEXT = 0.8  # of the words in either: the same text printed again
_LOOKED_AT = 4  # sections for each one that is wanted


@dataclass(frozen=True, slots=True)
class Related:
    """A section about the same: how near (1 is the nearest), and the telling words it shares, most telling first."""

    id: str
    score: float
    newsletter: str
    issue_date: str
    heading: str
    shared: tuple[str, ...]


def find_related(settings: Settings, section_id: str, *, limit: int = 10) -> tuple[Related, ...]:
    """Find the sections that share a section's most telling words, the nearest first.

    Telling are words that stand often in the section and seldom in the archive. The same text printed again, and the
    sections of the same issue's doubles, are left out.

    Args:
        settings: The archive.
        section_id: The section.
        limit: How many at the most.

    Raises:
        UsageError: There is no such section.
        BrokenArchiveError: There is no archive, or its catalogue or index is missing or damaged.
    """
    with opened(settings) as reading:
        return reading.at_once(lambda: _related_to(reading, section_id, limit))


def _related_to(reading: Opened, section_id: str, limit: int) -> tuple[Related, ...]:
    section = reading.catalog.section(section_id)
    if section is None:
        raise UsageError(None, f"{section_id} is no section", hint="Sections alone have related ones.")
    words = _telling_words(reading, section)
    if len(words) < _FEWEST_SHARED:
        return ()
    root = Or(tuple(Term(word) for word in words))
    request = SearchRequest(describe(root), limit=_LOOKED_AT * limit + _LOOKED_AT)
    found = reading.backend.search(Query(root, request.query), request)
    finder = Finder(found.forms)
    own = fingerprint(_text(section))
    scores = dict(found.ids)
    related: list[Related] = []
    for fields in reading.catalog.sections(ids=[each for each in scores if each != section_id]):
        shared = {match.term for match in finder.find(_text(fields))}
        if len(shared) >= _FEWEST_SHARED and likeness(own, fingerprint(_text(fields))) < _SAME_TEXT:
            in_order = tuple(word for word in words if word in shared)
            related.append(_related(fields, scores[fields["id"]] / max(scores.values()), in_order))
    return tuple(related[:limit])


def _related(fields: Mapping[str, Any], score: float, shared: tuple[str, ...]) -> Related:
    return Related(fields["id"], round(score, 3), fields["newsletter"], fields["issue_date"], fields["heading"], shared)


def _telling_words(reading: Opened, section: Mapping[str, Any]) -> list[str]:
    """Return the words of a section that tell most of what it is about, each in one form, the most telling first."""
    language = section["language"]
    often: dict[str, float] = {}
    forms: dict[str, str] = {}  # one form of each stem
    for text, weight in ((section["heading"], _HEADING), (section["text"], 1.0)):
        for token in tokens(text):
            word = token.text
            if len(word) >= _MIN_LETTERS and word.isalpha() and not is_closed(word, language):
                form = forms.setdefault(stems(word, language)[0], word)
                often[form] = often.get(form, 0.0) + weight
    tells: dict[str, float] = {}
    for word in nlargest(_ASKED_ABOUT, often, key=lambda each: (often[each], len(each))):
        found = reading.backend.search(Query(Term(word), word), SearchRequest(word, limit=0))
        sections = found.readings[-1].sections
        if 1 < found.total <= max(_FEW, _MOST_SHARE * sections):
            tells[word] = often[word] * log(sections / found.total)
    return sorted(tells, key=lambda each: (-tells[each], each))[:_TELLING]


def _text(fields: Mapping[str, Any]) -> str:
    return f"{fields['heading']}\n{fields['text']}"
