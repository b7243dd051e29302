"""Which sections match a query?"""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from archive.catalog.store import Catalog
from archive.library.hidden import Hidden, estimate_hidden
from archive.library.opened import Opened, opened
from archive.model.search import And, Hit, Match, Node, Phrase, Query, Range, Results, SearchRequest, Term
from archive.search.snippets import Finder, make_snippet
from archive.settings import Settings

_CHUNK = 200  # hits that are made at a time


def search(settings: Settings, request: SearchRequest) -> Results:
    """Find the sections that match, best first.

    Raises:
        QuerySyntaxError: The query cannot be read.
        UsageError: issues.csv has no column of that name, or words.toml cannot be understood.
        BrokenArchiveError: There is no archive, or its catalogue or index is missing or damaged.
    """
    with opened(settings) as reading:
        return search_opened(reading, request)


def search_opened(reading: Opened, request: SearchRequest) -> Results:
    """Search an archive that is open already; see `search`."""
    begun = time.perf_counter()
    query, request = reading.read(request)
    results = reading.at_once(lambda: _answer(reading, query, request))
    if results.hidden is not None and not results.hidden["high"]:  # "none was missed" holds for what was taken in
        from archive.arrivals import count_waiting

        waiting = count_waiting(reading.settings.root, reading.settings.raw_dir, reading.catalog.files_seen())
        results = results._replace(coverage=results.coverage._replace(waiting=waiting))
    return results._replace(took_ms=(time.perf_counter() - begun) * 1000)


def _answer(reading: Opened, query: Query, request: SearchRequest) -> Results:
    catalog, found = reading.catalog, reading.backend.search(query, request)
    asked = [(section_id, score, ()) for section_id, score in found.ids]
    finder = Finder(found.forms)
    hits = _make_hits(catalog, request, finder, asked)
    partial = _make_hits(catalog, request, finder, found.partial)
    hidden = estimate_hidden(query.root, found, exact=request.exact, hazards=reading.backend.hazards())
    looked_at = catalog.coverage() if found.total else catalog.coverage_of(narrowed(request, query.root))
    return Results(
        query=request.query,
        parsed=query.parsed,
        total=found.total,
        took_ms=0.0,
        coverage=looked_at._replace(index_behind=reading.backend.stamp() != catalog.generation()),
        hits=hits,
        partial=partial,
        facets=found.facets,
        suggestions=found.suggestions,
        hidden=hidden.as_fields() if isinstance(hidden, Hidden) else None,
        hidden_reason=hidden if isinstance(hidden, str) else "",
        notices=_unknown(reading, request),
    )


def narrowed(request: SearchRequest, root: Node) -> SearchRequest:
    """Return a request with the newsletter and the dates that its query asks of every section."""
    for part in root.parts if isinstance(root, And) else (root,):
        match part:
            case Term(name, "newsletter") if not request.newsletters:
                request = request._replace(newsletters=(name,))
            case Phrase(words, _, "newsletter") if not request.newsletters:
                request = request._replace(newsletters=(" ".join(words),))
            case Term(day, "date"):
                request = _between(request, day, day)
            case Range("date", low, high):
                request = _between(request, low, high)
    return request


def _between(request: SearchRequest, low: str, high: str) -> SearchRequest:
    """Return a request for issues between two dates that are also between those that it names already."""
    ends = [each for each in (request.until, high) if each]
    return request._replace(since=max(request.since, low), until=min(ends, key=_end_of, default=""))


def _end_of(date: str) -> str:
    """Return what compares as the last day of a year, month or day that is cut to what is known."""
    return date + "9999-99-99"[len(date) :]


def _unknown(reading: Opened, request: SearchRequest) -> tuple[str, ...]:
    """Return what is said of values that the archive does not know, where any are asked for."""
    if ":" in request.query or any((request.categories, request.newsletters, request.languages, request.tags)):
        from archive.library.unknown import find_unknown  # most searches ask for words alone

        return find_unknown(reading, request)
    return ()


def each_hit(reading: Opened, request: SearchRequest) -> Iterator[Hit]:
    """Yield every hit in order, a few in memory at a time; what the request says of paging is left aside."""
    query, request = reading.read(request)
    found = reading.find_every(query, request)
    finder = Finder(found.forms)
    for start in range(0, found.total, _CHUNK):
        asked = [(section_id, score, ()) for section_id, score in found.ids[start : start + _CHUNK]]
        yield from _make_hits(reading.catalog, request._replace(offset=start), finder, asked)


def find_all(settings: Settings, catalog: Catalog, request: SearchRequest) -> tuple[list[str], bool]:
    """Return the ids of all sections that match, and whether the index is behind the catalogue."""
    with opened(settings) as reading:
        query, request = reading.read(request)

        def ask() -> tuple[list[str], bool]:
            found = reading.find_every(query, request)
            return [section_id for section_id, _ in found.ids], reading.backend.stamp() != catalog.generation()

        return reading.backend.at_once(ask)


def _make_hits(
    catalog: Catalog, request: SearchRequest, finder: Finder, asked: Sequence[tuple[str, float, tuple[str, ...]]]
) -> tuple[Hit, ...]:
    """Make hits of what the index found; a section that the catalogue no longer has is none."""
    fields_of = {fields["id"]: fields for fields in catalog.sections(ids=[each[0] for each in asked])}
    return tuple(
        _make_hit(catalog, request, finder, fields_of[section_id])._replace(rank=rank, score=score, missing=missing)
        for rank, (section_id, score, missing) in enumerate(asked, start=request.offset + 1)
        if section_id in fields_of
    )


def _make_hit(catalog: Catalog, request: SearchRequest, finder: Finder, fields: dict[str, Any]) -> Hit:
    """Make the hit of one section; its place among the others is not known here."""
    heading, text = fields["heading"], fields["text"]
    full_text = f"{heading}\n{text}" if heading else text
    matches = finder.find(full_text, heading=len(heading))
    snippet, marks = make_snippet(text, _in_text(matches, len(full_text) - len(text)))
    boxes: tuple[dict[str, float], ...] = ()
    if request.boxes and fields["boxes"]:  # a section of a text file has none, and then its words have none
        from archive.library.places import find_boxes  # loaded where it is asked for

        boxes = find_boxes(catalog, fields, full_text, [match.span for match in matches])
    return Hit(
        rank=0,
        score=0.0,
        id=fields["id"],
        issue_id=fields["issue_id"],
        newsletter=fields["newsletter"],
        issue_date=fields["issue_date"],
        heading=heading,
        category=fields["category"],
        pages=tuple(fields["pages"]),
        snippet=snippet,
        marks=marks,
        matches=matches,
        boxes=boxes,
    )


def _in_text(matches: Sequence[Match], start: int) -> list[Match]:
    """Return the matches that stand in the text, not in the heading before it, their spans counted from its start."""
    return [
        match._replace(span=(match.span[0] - start, match.span[1] - start))
        for match in matches
        if match.span[0] >= start
    ]
