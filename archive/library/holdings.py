"""What does the owner's `issues.csv` say of an issue: inventory number, box, rights, columns of one's own?

A row names an issue by its id (column `issue`, `issue_id` or `id`) or by its scan (`file`); all other columns are
holdings. Commas, semicolons or tabs may part the columns.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from archive.catalog.rows import StoredIssue
from archive.catalog.store import Catalog
from archive.errors import StorageError, UsageError
from archive.fields import markup_safe
from archive.model.search import SearchRequest
from archive.settings import Settings

FILE_NAME = "issues.csv"
_ISSUE_COLUMNS = ("issue", "issue_id", "id")
_FILE_COLUMNS = ("file", "scan")
_HINT = "Its first line names the columns: issue or file, then any of your own, as inventory_number,box,rights."


@dataclass(frozen=True, slots=True)
class HoldingsTable:
    """The rows of issues.csv by issue and by scan; `columns` are those of the owner, in their order."""

    columns: tuple[str, ...] = ()
    by_issue: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_file: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, issue_id: str, file: str, *other_ids: str) -> dict[str, str]:
        """Return what is said of an issue, under every column; empty where nothing is.

        Args:
            issue_id: The issue.
            file: Its scan, relative to the archive.
            other_ids: Ids that it has or had beside.
        """
        found = dict.fromkeys(self.columns, "")
        for row in (self.by_file.get(_plain(file)), *(self.by_issue.get(each) for each in (*other_ids, issue_id))):
            found |= {column: value for column, value in (row or {}).items() if value}
        return found

    def without_issue(self, issues: Iterable[StoredIssue]) -> tuple[str, ...]:
        """Return the issues and files of the rows that fit none of the issues that are there."""
        there = {name for issue in issues for name in (issue.id, issue.own_id, issue.double_of, _plain(issue.file))}
        return tuple(name for name in (*self.by_issue, *self.by_file) if name not in there)


def load_holdings(settings: Settings) -> HoldingsTable:
    """Read the archive's issues.csv; an archive without one has no holdings.

    Raises:
        UsageError: The file cannot be read as such a table.
        StorageError: The file cannot be read.
    """
    return read_holdings(settings.root / FILE_NAME)


def read_holdings(path: Path) -> HoldingsTable:
    """Read a table of holdings; see `load_holdings`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return HoldingsTable()
    except UnicodeDecodeError:
        raise UsageError(path, "this is not UTF-8 text", hint="Save it as CSV in UTF-8.") from None
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", "Check its permissions.") from error
    first = text.lstrip().partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        numbered = [(rows.line_num, cells) for cells in rows if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise UsageError(path, f"line {rows.line_num} cannot be read ({error})", hint="Mend that line.") from error
    return _to_table(path, numbered) if numbered else HoldingsTable()


def parse_holding(given: str) -> tuple[str, str]:
    """Take `COLUMN=VALUE` apart.

    Raises:
        UsageError: It has no `=`, or nothing before it.
    """
    column, equals, value = given.partition("=")
    if not equals or not column.strip():
        raise UsageError(None, f"`{given}` is no holding to look for", hint="Write COLUMN=VALUE, as box=12.")
    return column.strip().casefold(), value.strip()


def holding_filter(table: HoldingsTable, wanted: Iterable[str]) -> "HoldingFilter":
    """Make a filter of `COLUMN=VALUE` pairs: of a column given twice either value will do, all columns must fit.

    `*` stands for any letters, an empty value for a column that is not filled in; case does not matter.

    Raises:
        UsageError: There is no such column.
    """
    values: dict[str, list[str]] = {}
    for column, value in map(parse_holding, wanted):
        if column not in table.columns:
            has = f"It has: {', '.join(table.columns)}." if table.columns else "The archive has no issues.csv yet."
            raise UsageError(None, f"issues.csv has no column `{column}`", hint=has)
        values.setdefault(column, []).append(value.casefold())
    return HoldingFilter(table, values)


def bounded(settings: Settings, catalog: Catalog, request: SearchRequest) -> SearchRequest:
    """Return a request that is bounded to the sections of the issues that its `holdings` keep.

    Raises:
        UsageError: issues.csv has no such column, or cannot be read.
    """
    if not request.holdings:
        return request
    held = holding_filter(load_holdings(settings), request.holdings)
    kept = [each.id for each in catalog.issues() if held.keeps(each.id, each.file, each.own_id)]
    return request._replace(within=catalog.sections_of(kept))


@dataclass(frozen=True, slots=True)
class HoldingFilter:
    """Tells which issues have the holdings that are asked for."""

    table: HoldingsTable
    values: Mapping[str, Sequence[str]]

    def keeps(self, issue_id: str, file: str, *other_ids: str) -> bool:
        """Tell whether an issue passes."""
        held = self.table.of(issue_id, file, *other_ids) if self.values else {}
        return all(
            any(fnmatchcase(held[column].casefold(), value) for value in values)
            for column, values in self.values.items()
        )


def _to_table(path: Path, rows: Sequence[tuple[int, Sequence[str]]]) -> HoldingsTable:
    header = [_clean(cell).casefold() for cell in rows[0][1]]
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise UsageError(path, f"the column `{twice}` is there twice", hint="Give each column a name of its own.")
    issue = next((header.index(name) for name in _ISSUE_COLUMNS if name in header), None)
    file = next((header.index(name) for name in _FILE_COLUMNS if name in header), None)
    if issue is None and file is None:
        raise UsageError(path, "no column names the issue", hint=_HINT)
    own = [(at, name) for at, name in enumerate(header) if at not in {issue, file} and name]
    by_issue: dict[str, dict[str, str]] = {}
    by_file: dict[str, dict[str, str]] = {}
    for line, cells in rows[1:]:
        padded = [*map(_clean, cells), *[""] * (len(header) - len(cells))]
        row = {name: padded[at] for at, name in own}
        given = padded[issue] if issue is not None else ""
        scan = _plain(padded[file]) if file is not None else ""
        if not given and not scan:
            raise UsageError(path, f"line {line} names no issue", hint="Give its id or its file.")
        if given:
            by_issue[given] = row
        else:
            by_file[scan] = row
    return HoldingsTable(tuple(name for _, name in own), by_issue, by_file)


def _clean(cell: str) -> str:
    """Return a cell without what could steer a terminal, or what no workbook or web page could hold."""
    return markup_safe(cell.strip().replace("\r\n", "\n").replace("\r", "\n"))


def _plain(file: str) -> str:
    """Return a scan's name as rows are found by: with or without `raw/` before it."""
    return file.removeprefix("./").removeprefix("raw/")
