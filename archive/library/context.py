"""In which contexts do the words of a query stand? Every match of every hit on a line of its own."""

import heapq
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from enum import StrEnum
from itertools import islice
from typing import IO, Any

from archive.library.opened import Opened
from archive.library.places import find_pages
from archive.model.search import Found, SearchRequest
from archive.search.snippets import Context, Finder, by_left, by_right, keyword_in_context

COLUMNS = ("id", "date", "page", "left", "match", "right", "how")
_IN_MEMORY = 20_000  # lines that are sorted at a time; more are sorted on disk

_Key = tuple[str, ...]


class By(StrEnum):
    """What lines are sorted by: as the hits come, or by the words beside the match, the nearest first."""

    HITS = "hits"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """A match with what stands on either side of it; `page` is None where nobody knows, `how` as in a hit."""

    id: str
    date: str
    page: int | None
    left: str
    match: str
    right: str
    how: str


@dataclass(frozen=True, slots=True)
class Contexts:
    """How a query was understood, how many sections match it as a whole, and its lines, read while they are taken."""

    parsed: str
    sections: int
    lines: Iterator[Line]


def find_contexts(reading: Opened, request: SearchRequest, *, by: By = By.HITS, width: int = 50) -> Contexts:
    """Find every match of every section that matches the whole query, with its context.

    Args:
        reading: The archive, open as long as lines are taken.
        request: Query, filters and the order of the hits; what it says of paging is left aside.
        by: How the lines are sorted; by left or right, lines of one context stand in the order of the hits.
        width: Most characters of context on either side.

    Raises:
        QuerySyntaxError: The query cannot be read.
        UsageError: words.toml or issues.csv cannot be read.
    """
    query, request = reading.read(request)
    found = reading.find_every(query, request)
    lines = _lines(reading, found, width)
    if by is By.HITS:
        return Contexts(query.parsed, found.total, (line for line, _ in lines))
    side = by_left if by is By.LEFT else by_right
    return Contexts(query.parsed, found.total, _sorted((side(context), line) for line, context in lines))


def _lines(reading: Opened, found: Found, width: int) -> Iterator[tuple[Line, Context]]:
    finder = Finder(found.forms)
    for fields in reading.catalog.sections(ids=[section_id for section_id, _ in found.ids]):
        heading, text = fields["heading"], fields["text"]
        full_text = f"{heading}\n{text}" if heading else text
        matches = finder.find(full_text, heading=len(heading))
        pages = find_pages(reading.catalog, fields, full_text, [match.span for match in matches])
        for context, page in zip(keyword_in_context(full_text, matches, width), pages, strict=True):
            where = (fields["id"], fields["issue_date"], page)
            yield Line(*where, context.left, context.matched, context.right, context.match.how.value), context


def _sorted(lines: Iterable[tuple[_Key, Line]]) -> Iterator[Line]:
    """Sort lines; what is more than memory should hold is sorted in parts, which are kept in files and merged."""
    with ExitStack() as files:
        parts: list[Iterator[tuple[_Key, Line]]] = []
        rest = iter(lines)
        while part := sorted(islice(rest, _IN_MEMORY), key=_key):
            parts.append(iter(part) if len(part) < _IN_MEMORY else _on_disk(part, files))
        yield from (line for _, line in heapq.merge(*parts, key=_key))


def _key(keyed: tuple[_Key, Line]) -> _Key:
    return keyed[0]


def _on_disk(part: Sequence[tuple[_Key, Line]], files: ExitStack) -> Iterator[tuple[_Key, Line]]:
    out = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))  # noqa: SIM115 - `files` closes it
    for key, line in part:
        out.write(json.dumps([key, astuple(line)]) + "\n")
    out.seek(0)
    return _from_disk(out)


def _from_disk(file: IO[str]) -> Iterator[tuple[_Key, Line]]:
    for row in file:
        found: tuple[list[str], list[Any]] = json.loads(row)
        yield tuple(found[0]), Line(*found[1])
