"""What issues are there, and what do we know of each?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.catalog.connect import ReadingConnection
    from archive.catalog.rows import StoredIssue, StoredTranscript

_COLUMNS = (
    "issues.id, newsletter, slug, title, number, volume, date, newsletter_source, number_source, date_source, "
    "date_evidence, language, first_page, scans.file, scans.sha256, "
    "(SELECT count(*) FROM sections WHERE sections.issue = issues.issue), "
    "(SELECT count(*) FROM pages WHERE pages.issue = issues.issue)"
)
_ORDER = "slug, date = '', date, issues.id"  # undated issues come last
_FROM = "FROM issues JOIN scans USING (scan)"


class IssueQuestions:
    """Questions about issues; those of a missing scan are left out of lists, but found by their id."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._connection = connection

    def issues(self) -> tuple[StoredIssue, ...]:
        """Return every issue by newsletter, date and id, undated ones last."""
        from archive.catalog.rows import StoredIssue

        found = self._ask(f"SELECT {_COLUMNS} {_FROM} WHERE NOT scans.missing ORDER BY {_ORDER}")
        return tuple(StoredIssue(*row) for row in found)

    def issue(self, issue_id: str) -> StoredIssue | None:
        """Return one issue; None for an id that holds nothing (any more)."""
        from archive.catalog.rows import StoredIssue

        found = self._ask(f"SELECT {_COLUMNS} {_FROM} WHERE issues.id = ?", (issue_id,))
        return StoredIssue(*found[0]) if found else None

    def transcript(self, issue_id: str) -> StoredTranscript | None:
        """Return an issue's raw text with its words and edits; None for an id that holds nothing."""
        from archive.catalog.pack import unpack_transcript

        packed = self.packed_transcript(issue_id)
        return unpack_transcript(*packed) if packed else None

    def packed_transcript(self, issue_id: str) -> tuple[bytes, bytes, bytes] | None:
        """Return raw text, words and edits as they are kept: for a search, which needs little of them."""
        sql = "SELECT raw, words, edits FROM transcripts JOIN issues USING (issue) WHERE issues.id = ?"
        found = self._ask(sql, (issue_id,))
        return found[0] if found else None

    def is_missing(self, issue_id: str) -> bool:
        """Tell whether an issue is of a scan that is gone from raw/."""
        return bool(self._ask(f"SELECT 1 {_FROM} WHERE issues.id = ? AND scans.missing", (issue_id,)))

    def issues_of(self, file: str) -> tuple[str, ...]:
        """Return the ids of the issues in a scan, in order of their pages."""
        sql = f"SELECT issues.id {_FROM} WHERE scans.file = ? ORDER BY first_page"
        return tuple(row[0] for row in self._ask(sql, (file,)))

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection.rows(sql, values)
