"""How does a program or a notebook ask an archive? `archive.open_archive` gives an Archive, which only reads."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Self, TypedDict, TypeVar, Unpack

from archive.errors import UsageError
from archive.library.given import day, names, number, text
from archive.library.opened import Opened, open_reading, sections_let_through
from archive.model.search import SearchRequest, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from types import TracebackType

    from archive.catalog.rows import StoredIssue
    from archive.library.context import Line
    from archive.library.related import Related
    from archive.library.show import ShownIssue, ShownPage, ShownSection
    from archive.model.search import Hit, Results
    from archive.settings import Settings


_T = TypeVar("_T")
_LISTS = frozenset({"categories", "newsletters", "languages", "tags", "holdings"})
_DATES = frozenset({"since", "until", "mentions_since", "mentions_until"})


class Filters(TypedDict, total=False):
    """Which sections are kept; the names are those of the options, but for dates.

    `since` and `until` are dates of issues, `mentions_since` and `mentions_until` dates in the text: ISO, cut to what
    is known, inclusive; or a year as a number, or a day as Python has it. `exact` leaves only the words as typed. What
    is None is not asked for.
    """

    categories: Sequence[str]
    newsletters: Sequence[str]
    since: str | int | date
    until: str | int | date
    mentions_since: str | int | date
    mentions_until: str | int | date
    languages: Sequence[str]
    tags: Sequence[str]
    holdings: Sequence[str]
    exact: bool


class Archive:
    """An archive that is open for reading. Nothing on disk is changed; it may be used from several threads at once.

    Use it in a `with` block, or close it. Each thread has a connection of its own, so that none waits for another.

    Args:
        settings: The archive's settings.

    Raises:
        BrokenArchiveError: Its catalogue is missing or damaged.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._mine = threading.local()
        self._opened: list[Opened] = []
        self._lock = threading.Lock()
        self._closed = False
        self._reading()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Archive {self.settings.root}>"

    def close(self) -> None:
        """Let go of all files; what comes after is an error."""
        with self._lock:
            self._closed = True
            for reading in self._opened:
                reading.close()
            self._opened.clear()

    def search(
        self, query: str = "", *, limit: int = 10, offset: int = 0, facets: bool = False, **filters: Unpack[Filters]
    ) -> Results:
        """Find the sections that match, best first: `results.total`, `results.hits`, `results.partial` and more.

        Args:
            query: In the query language of docs/query-language.md; empty for every section.
            limit: How many hits.
            offset: How many hits to skip first.
            facets: Also count all that match by category, newsletter, year, language and tag.
            filters: See Filters.

        Raises:
            QuerySyntaxError: The query cannot be read.
            UsageError: There is no such filter, or what is given for one, or for `limit` or `offset`, is of no use.
        """
        from archive.library.search import search_opened

        limit, offset = number("limit", limit), number("offset", offset)
        request = _request(query, filters)._replace(limit=limit, offset=offset, facets=bool(facets))
        return search_opened(self._reading(), request)

    def hits(self, query: str = "", *, by_date: bool = False, **filters: Unpack[Filters]) -> Iterator[Hit]:
        """Yield every hit, best or oldest first, a few in memory at a time.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        from archive.library.search import each_hit

        request = _request(query, filters)._replace(boxes=False, sort=Sort.DATE if by_date else Sort.SCORE)
        yield from each_hit(self._reading(), request)

    def contexts(
        self, query: str, *, sort: str = "hits", width: int = 50, **filters: Unpack[Filters]
    ) -> Iterator[Line]:
        """Yield every match with what stands left and right of it: keyword in context.

        Args:
            query: In the query language.
            sort: `hits`, or by the words to the `left` or `right`.
            width: Most characters on either side.
            filters: See Filters.

        Raises:
            QuerySyntaxError: The query cannot be read.
            UsageError: There is no such order, or the width is none.
        """
        from archive.library.context import By, find_contexts

        if sort not in list(By):
            raise UsageError(None, f"cannot sort by {sort!r}", hint=f"Sort by {', '.join(By)}.")
        request, width = _request(query, filters), number("width", width)
        yield from find_contexts(self._reading(), request, by=By(sort), width=width).lines

    def sections(self, query: str = "", **filters: Unpack[Filters]) -> Iterator[dict[str, Any]]:
        """Yield the sections that match as records (docs/section-record.md), by newsletter, date and position.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        reading = self._reading()
        read, request = reading.read(_request(query, filters))
        catalog = reading.catalog
        if not query.strip():
            yield from catalog.sections(ids=sections_let_through(catalog, request))
            return
        found = reading.find_every(read, request)
        yield from catalog.sections(ids=catalog.in_order(section_id for section_id, _ in found.ids))

    def section(self, section_id: str) -> ShownSection:
        """Return a section with its record in `.fields`; an id that has moved leads to where its text is now.

        Raises:
            UsageError: No section has this id.
        """
        from archive.library.show import ShownSection

        return self._show(section_id, ShownSection)

    def issue(self, issue_id: str) -> ShownIssue:
        """Return an issue: its facts, sections, pages and text.

        Raises:
            UsageError: No issue has this id.
        """
        from archive.library.show import ShownIssue

        return self._show(issue_id, ShownIssue)

    def page(self, page_id: str) -> ShownPage:
        """Return a page: how it was read, and its text, clean and raw.

        Raises:
            UsageError: No page has this id.
        """
        from archive.library.show import ShownPage

        return self._show(page_id, ShownPage)

    def issues(self) -> tuple[StoredIssue, ...]:
        """Return every issue, by newsletter and date."""
        return tuple(self._reading().catalog.issues())

    def related(self, section_id: str, *, limit: int = 10) -> tuple[Related, ...]:
        """Return the sections that share a section's most telling words, the nearest first.

        Raises:
            UsageError: There is no such section.
        """
        from archive.library.related import find_related

        return find_related(self.settings, text("section_id", section_id), limit=number("limit", limit))

    def _show(self, given: str, kind: type[_T]) -> _T:
        from archive.library.show import show

        shown = show(self.settings, text("id", given))
        if not isinstance(shown, kind):
            raise UsageError(None, f"{given} is no {kind.__name__.removeprefix('Shown').lower()}", hint=shown.notice)
        return shown

    def _reading(self) -> Opened:
        """Return this thread's own connection."""
        with self._lock:
            if self._closed:
                raise UsageError(None, "this archive was closed", hint="Open it anew with open_archive.")
            reading: Opened | None = getattr(self._mine, "reading", None)
            if reading is None:
                reading = self._mine.reading = open_reading(self.settings)
                self._opened.append(reading)
            return reading


def _request(query: str, filters: Filters) -> SearchRequest:
    """Make the record of what was asked; a list may be given as such, or as the one name that is in it."""
    given: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
    if unknown := sorted(given.keys() - Filters.__annotations__):
        raise UsageError(
            None, f"there is no filter {unknown[0]!r}", hint=f"There are: {', '.join(Filters.__annotations__)}."
        )
    for name in _LISTS.intersection(given):
        given[name] = names(name, given[name])
    for name in _DATES.intersection(given):
        given[name] = day(name, given[name])
    return SearchRequest(query=text("query", query), **given)
