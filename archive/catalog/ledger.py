"""What became of each scan and page?"""

# ruff: noqa: S608 - only names that stand in this file are put into SQL; values are bound

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive import ids
from archive.catalog.sections import passing_issues
from archive.model.search import MUCH_UNREAD, Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.catalog.connect import ReadingConnection
    from archive.catalog.rows import LedgerPage, ScanState
    from archive.model.search import SearchRequest

_SCAN_COLUMNS = (
    "file, sha256, size, mtime_ns, CASE WHEN missing THEN 'missing' ELSE status END, reading_key, parsing_key, "
    "version, first_seen, code, message, hint"
)
_PAGE_COLUMNS = (
    "scans.file, scans.sha256, coalesce(issues.id, ''), pages.number, pages.label, width, height, turned, skew, "
    "pages.language, text_source, reader, pages.status, reason, confidence, words, candidates, pages.unread, "
    "unread_boxes"
)
_PAGES = "FROM pages JOIN scans USING (scan) LEFT JOIN issues ON issues.issue = pages.issue"
# How the reading of a page can end (PageStatus); scans count their pages by it.
STATUSES = ("ok", "low", "empty", "failed", "timed_out")
# A page in part of which nothing was read, and why.
IS_UNREAD = f"status = 'low' AND coalesce(unread, 0) >= {MUCH_UNREAD}"
_CHUNK = 500


class LedgerQuestions:
    """Questions about scans and pages."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._connection = connection

    def generation(self) -> int:
        """Return the number of the last change to what can be found; an index is stamped with it."""
        return int(self._ask("SELECT value FROM state WHERE name = 'generation'")[0][0])

    def coverage(self) -> Coverage:
        """Count the issues, and the pages by their status, of all scans that are there."""
        columns = f"issues, unopened, unread, {', '.join(STATUSES)}"
        issues, unopened, unread, *pages = self._ask(f"SELECT {columns} FROM coverage")[0]
        by_status = dict(zip(STATUSES, pages, strict=True))
        return Coverage(issues=issues, pages=sum(pages), unopened=unopened, unread=unread, **by_status)

    def coverage_of(self, request: SearchRequest) -> Coverage:
        """Count the issues, and the pages by their status, that pass the filters as far as these are of issues.

        Those are newsletters, dates of issues, and `within` where holdings are asked for. Pages of no issue count as
        well: nobody knows that they would not pass.
        """
        conditions, values = passing_issues(request)
        everything = self.coverage()
        if not conditions:
            return everything
        passing = f"issues JOIN scans USING (scan) WHERE NOT missing AND {' AND '.join(conditions)}"
        issues = self._ask(f"SELECT count(*) FROM {passing} AND double_of = ''", values)[0][0]
        loose = "issue IS NULL AND scan IN (SELECT scan FROM scans WHERE NOT missing)"
        pages = f"FROM pages WHERE issue IN (SELECT issue FROM {passing}) OR {loose}"
        rows = self._ask(f"SELECT status, count(*), sum({IS_UNREAD}) {pages} GROUP BY status", values)
        counts = {status: count for status, count, _ in rows}
        by_status = {name: counts.get(name, 0) for name in STATUSES}
        unread = sum(count or 0 for _, _, count in rows)
        return everything._replace(issues=issues, pages=sum(by_status.values()), unread=unread, **by_status)

    def files_seen(self) -> frozenset[str]:
        """Return the files, and the folders of page images, that are there and were looked at."""
        return frozenset(file for (file,) in self._ask("SELECT file FROM scans WHERE NOT missing"))

    def scan_states(self) -> dict[str, ScanState]:
        """Return every scan by its file, missing ones included."""
        from archive.catalog.rows import ScanState

        found = self._ask(f"SELECT {_SCAN_COLUMNS} FROM scans ORDER BY file")
        return {row[0]: ScanState(*row) for row in found}

    def pages(self, statuses: Sequence[str] = ()) -> Iterator[LedgerPage]:
        """Yield the pages of all scans that are there, by file and number; only those of a status in `statuses`."""
        where, values = "NOT scans.missing", list(statuses)
        if statuses:
            where += f" AND pages.status IN ({','.join('?' * len(values))})"
        last: tuple[str, int] = ("", 0)
        while True:
            after = f"(scans.file, pages.number) > (?, ?) ORDER BY scans.file, pages.number LIMIT {_CHUNK}"
            found = self._ask(f"SELECT {_PAGE_COLUMNS} {_PAGES} WHERE {where} AND {after}", (*values, *last))
            yield from map(_to_page, found)
            if len(found) < _CHUNK:
                return
            last = (found[-1][0], found[-1][3])

    def page(self, page_id: str) -> LedgerPage | None:
        """Return one page by its id, which names its issue or, by its sha256, its scan; None if there is none."""
        given = ids.parse_id(page_id)
        for where in ("issues.id = ?", "issues.id IS NULL AND substr(scans.sha256, 1, 8) = ?"):
            sql = f"SELECT {_PAGE_COLUMNS} {_PAGES} WHERE {where} AND pages.number = ? ORDER BY missing"
            if found := self._ask(sql, (given.issue_id, given.number)):
                return _to_page(found[0])
        return None

    def pages_of_issue(self, issue_id: str) -> tuple[LedgerPage, ...]:
        """Return the pages of an issue in order."""
        sql = f"SELECT {_PAGE_COLUMNS} {_PAGES} WHERE issues.id = ? ORDER BY pages.number"
        return tuple(map(_to_page, self._ask(sql, (issue_id,))))

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection.rows(sql, values)


def _to_page(row: Sequence[Any]) -> LedgerPage:
    from archive.catalog.rows import LedgerPage, PageRow

    file, sha256, issue_id, number, *rest = row
    page_id = ids.make_page_id(issue_id or sha256[:8], number)
    return LedgerPage(page_id, file, sha256, issue_id, PageRow(number, *rest))
