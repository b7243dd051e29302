"""What issues are there, and what do we know of each?"""

# ruff: noqa: S608 - only names that stand in this file are put into SQL; values are bound

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.catalog.sections import passing_issues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.catalog.connect import ReadingConnection
    from archive.catalog.rows import StoredIssue, StoredTranscript
    from archive.model.search import SearchRequest

_COLUMNS = (
    "issues.id, newsletter, slug, title, number, volume, date, newsletter_source, number_source, date_source, "
    "date_evidence, language, first_page, scans.file, scans.sha256, "
    "(SELECT count(*) FROM sections WHERE sections.issue = issues.issue), "
    "(SELECT count(*) FROM pages WHERE pages.issue = issues.issue), double_of, own_id"
)
_ORDER = "slug, date = '', date, issues.id"  # undated issues come last
_FROM = "FROM issues JOIN scans USING (scan)"


class IssueQuestions:
    """Questions about issues; those of a missing scan are left out of lists, but found by their id."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._connection = connection

    def issues(self, request: SearchRequest | None = None) -> tuple[StoredIssue, ...]:
        """Return every issue by newsletter, date and id, undated ones last; doubles among them.

        Of those only that pass the filters of a request as far as these are of issues.
        """
        from archive.catalog.rows import StoredIssue

        conditions, values = passing_issues(request)
        where = " AND ".join(("NOT scans.missing", *conditions))
        found = self._ask(f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY {_ORDER}", values)
        return tuple(StoredIssue(*row) for row in found)

    def issue(self, issue_id: str) -> StoredIssue | None:
        """Return one issue; None for an id that holds nothing (any more)."""
        from archive.catalog.rows import StoredIssue

        found = self._ask(f"SELECT {_COLUMNS} {_FROM} WHERE issues.id = ?", (issue_id,))
        return StoredIssue(*found[0]) if found else None

    def sketches(self) -> tuple[tuple[str, bytes], ...]:
        """Return the file and the packed sketch of every issue of a scan that is there."""
        sql = "SELECT file, packed FROM sketches JOIN scans USING (scan) WHERE NOT missing ORDER BY file, part"
        return tuple(self._ask(sql))

    def transcript(self, issue_id: str) -> StoredTranscript | None:
        """Return an issue's raw text with its words and edits; None for an id that holds nothing."""
        from archive.catalog.pack import unpack_transcript

        sql = "SELECT raw, words, edits FROM transcripts JOIN issues USING (issue) WHERE issues.id = ?"
        found = self._ask(sql, (issue_id,))
        return unpack_transcript(*found[0]) if found else None

    def is_missing(self, issue_id: str) -> bool:
        """Tell whether an issue is of a scan that is gone from raw/."""
        return bool(self._ask(f"SELECT 1 {_FROM} WHERE issues.id = ? AND scans.missing", (issue_id,)))

    def issues_of(self, file: str) -> tuple[str, ...]:
        """Return the ids of the issues in a scan, in order of their pages."""
        sql = f"SELECT issues.id {_FROM} WHERE scans.file = ? ORDER BY first_page"
        return tuple(row[0] for row in self._ask(sql, (file,)))

    def settled(self) -> int:
        """Return up to which change the catalogue was looked through for issues that were scanned twice."""
        return int(self._ask("SELECT value FROM state WHERE name = 'doubles'")[0][0])

    def changed_issues(self, generation: int) -> frozenset[str]:
        """Return the own ids of the issues of which sections came after a change with that number."""
        sql = "SELECT DISTINCT issues.own_id FROM sections JOIN issues USING (issue) WHERE generation > ?"
        return frozenset(row[0] for row in self._ask(sql, (generation,)))

    def own_sections(self) -> dict[str, tuple[str, ...]]:
        """Return the own ids of the sections of each issue that is there, by its own id, in reading order."""
        sql = f"SELECT issues.own_id, sections.own_id {_FROM} JOIN sections USING (issue) WHERE NOT scans.missing"
        found: dict[str, list[str]] = {}
        for issue, section in self._ask(f"{sql} ORDER BY issue, position"):
            found.setdefault(issue, []).append(section)
        return {issue: tuple(sections) for issue, sections in found.items()}

    def own_texts(self, own_id: str) -> list[tuple[str, int, str]]:
        """Return own id, first page and text (heading, newline, body) of the sections of an issue, by its own id."""
        text = "CASE heading WHEN '' THEN text ELSE heading || char(10) || text END"
        sql = f"SELECT sections.own_id, json_extract(pages, '$[0]'), {text} FROM sections JOIN issues USING (issue)"
        found = self._ask(f"{sql} WHERE issues.own_id = ? ORDER BY position", (own_id,))
        return [(section, page or 1, text) for section, page, text in found]

    def reading_figures(self, own_id: str) -> tuple[int, int, float | None, float | None]:
        """Return how well an issue was read: its pages with words, its words, how sure they are, and what was not read.

        The last is the share of its print that no word covers, on the average of the pages where it was measured.

        The words of a page that was born digital, of which no engine had to read anything, are sure; those of which
        nobody said how sure they are do not count.
        """
        born = "pages.text_source = 'text_layer' AND pages.confidence IS NULL AND json_array_length(candidates) = 1"
        sure = f"CASE WHEN {born} THEN 1.0 ELSE pages.confidence END"
        known = f"sum(words) FILTER (WHERE {sure} IS NOT NULL)"
        columns = (
            f"count(*) FILTER (WHERE words > 0), coalesce(sum(words), 0), sum({sure} * words) / nullif({known}, 0), "
            "avg(unread)"
        )
        found = self._ask(f"SELECT {columns} FROM pages JOIN issues USING (issue) WHERE issues.own_id = ?", (own_id,))
        pages, words, confidence, unread = found[0]
        return pages, words, confidence, unread

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection.rows(sql, values)
