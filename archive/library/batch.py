"""How many sections match each query of a list, year by year?"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.bounded import read_own_text
from archive.errors import QuerySyntaxError, UsageError
from archive.library.opened import Opened, opened, read_query
from archive.library.unknown import find_unknown
from archive.model.search import SearchRequest
from archive.settings import Settings

COLUMNS = ("name", "query", "year", "sections", "of_sections")
_MOST_QUERIES = 10_000
_MOST_BYTES = 10 * 1024 * 1024
_FEWEST_COLUMNS = 2
# What a column of queries, or one beside it, is called where nobody looked up what it should be called.
_USUAL_NAMES = frozenset({"name", "naam", "label", "id", "nr", "queries", "search", "term", "terms", "word", "words"})
_USUAL_NAMES |= {"vraag", "vragen", "zoekvraag", "zoekterm", "zoekopdracht", "termen", "woord", "woorden", "trefwoord"}
_USUAL_NAMES |= {"keyword", "keywords", "thema", "theme", "topic", "onderwerp", "category", "categorie"}
_HINT = "Write one query a line; or columns `name` and `query`, named so in the first line."


@dataclass(frozen=True, slots=True)
class ListedQuery:
    """A query of the list, the line that it stands on, and the name that it has there."""

    line: int
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many sections match a query as a whole, in all and in each year of the archive ("" for undated issues)."""

    asked: ListedQuery
    parsed: str
    total: int
    years: dict[str, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """The counts of all queries; `sections` are those of each year that pass the filters, whatever they say.

    `notices` say which values of filters and fields the archive does not know.
    """

    sections: dict[str, int]
    queries: tuple[Counted, ...]
    index_behind: bool = False
    notices: tuple[str, ...] = ()


def read_queries(path: Path) -> tuple[ListedQuery, ...]:
    """Read a list of queries: one a line as it is typed, or CSV whose first line names a column `query`.

    Raises:
        UsageError: It is no such list, or too long.
        StorageError: It cannot be read.
    """
    if path.is_dir() or not path.exists():
        raise UsageError(path, "is no file", hint="Check the path.")
    text = read_own_text(path, _MOST_BYTES, hint=_HINT)
    found = tuple(_listed(text, path))
    if not found:
        raise UsageError(path, "holds no query", hint=_HINT)
    if len(found) > _MOST_QUERIES:
        raise UsageError(path, f"holds more than {_MOST_QUERIES:,} queries", hint="Split it.")
    return found


def count_queries(settings: Settings, path: Path, request: SearchRequest) -> Batch:
    """Count what each query of a list finds, year by year; all are read before the first is asked.

    Args:
        settings: The archive.
        path: The list; see `read_queries`.
        request: The filters that go with every query. Sections that match a query in part are not counted.

    Raises:
        UsageError: The list, or a query in it, cannot be read; the message names the line.
        BrokenArchiveError: There is no archive, or its catalogue or index is missing or damaged.
        ArchiveBusyError: It is changed each time before the last query is asked.
    """
    listed = read_queries(path)
    for each in listed:
        _check(settings, path, request._replace(query=each.query), each.line)
    with opened(settings) as reading:
        return reading.at_once(lambda: _count(reading, listed, request._replace(limit=0, offset=0, facets=True)))


def _count(reading: Opened, listed: Sequence[ListedQuery], counting: SearchRequest) -> Batch:
    query, every = reading.read(counting._replace(query=""))
    sections = reading.backend.search(query, every).facets["year"]
    counts: list[Counted] = []
    notices = dict.fromkeys(find_unknown(reading, every))
    for each in listed:
        request = every._replace(query=each.query)
        if ":" in each.query:
            notices |= dict.fromkeys(find_unknown(reading, request))
        query = read_query(reading.settings, request)
        found = reading.backend.search(query, request)
        years = {year: found.facets["year"].get(year, 0) for year in sections}
        counts.append(Counted(each, query.parsed, found.total, years))
    return Batch(sections, tuple(counts), reading.backend.stamp() != reading.catalog.generation(), tuple(notices))


def table(batch: Batch) -> Iterator[tuple[str | int, ...]]:
    """Yield a row for each query and year, under COLUMNS."""
    for each in batch.queries:
        for year, count in each.years.items():
            yield each.asked.name, each.asked.query, year, count, batch.sections[year]


def _check(settings: Settings, path: Path, request: SearchRequest, line: int) -> None:
    try:
        read_query(settings, request)
    except QuerySyntaxError as error:
        raise UsageError(path, f"line {line}: {error}".rstrip("."), hint="No query was asked.") from error


def _listed(text: str, path: Path) -> Iterator[ListedQuery]:
    lines = text.splitlines()
    first = lines[0] if lines else ""
    delimiter = max(",;\t", key=first.count)
    names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if "query" not in names:  # plain lines, in which quotes are those of a phrase
        if _is_head(names, lines[1:], delimiter):
            raise UsageError(path, f"line 1: of the columns {', '.join(names)} none is named `query`", hint=_HINT)
        yield from (ListedQuery(number, "", line.strip()) for number, line in enumerate(lines, 1) if line.strip())
        return
    if twice := [name for name in ("query", "name") if names.count(name) > 1]:
        raise UsageError(path, f"line 1: the column `{twice[0]}` is there twice", hint=_HINT)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in rows:
            given = dict(zip(names, (cell.strip() for cell in row), strict=False))
            if rows.line_num > 1 and given.get("query"):
                yield ListedQuery(rows.line_num, given.get("name", ""), given["query"])
            elif given.get("name") and rows.line_num > 1:
                raise UsageError(path, f"line {rows.line_num}: {given['name']} has no query", hint=_HINT)
    except csv.Error as error:
        raise UsageError(path, f"line {rows.line_num}: is no CSV ({error})", hint=_HINT) from error


def _is_head(names: Sequence[str], lines: Sequence[str], delimiter: str) -> bool:
    """Tell whether a first line names columns, and is no query with commas in it.

    It does if all of it are usual names; or if one is, or if columns are parted by what no query holds, and all lines
    have as many.
    """
    if len(names) < _FEWEST_COLUMNS or not all(re.fullmatch(r"[^\W\d][\w -]*", name) for name in names):
        return False
    if _USUAL_NAMES.issuperset(names):
        return True
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    even = bool(rows) and all(len(row) == len(names) for row in rows)
    return even and (delimiter != "," or not _USUAL_NAMES.isdisjoint(names))
