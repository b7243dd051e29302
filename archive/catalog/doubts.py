"""What may a person want to decide, and which scans would that be about?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.catalog.connect import ReadingConnection

_ISSUES = "FROM issues JOIN scans USING (scan)"
_SECTIONS = "FROM sections JOIN issues USING (issue) JOIN scans USING (scan)"
# What is of a missing scan, or of one that another scan of the same issue answers for, is not asked about.
_ANSWERS = "NOT scans.missing AND issues.double_of = ''"


class DoubtQuestions:
    """Questions about decisions: the machine's that are least sure, and where a person's would apply."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._connection = connection

    def unsure_boundaries(self, limit: int) -> list[tuple[str, float]]:
        """Return the sections whose start is least sure, with how sure it is (0 to 1); none that opens an issue."""
        sql = f"SELECT sections.id, boundary_confidence {_SECTIONS} WHERE {_ANSWERS} AND position > 1"
        return self._ask(f"{sql} ORDER BY boundary_confidence, sections.id LIMIT ?", (limit,))

    def unsure_categories(self, limit: int) -> list[tuple[str, float]]:
        """Return the sections whose two best categories are closest, with the share of the best in both (0.5 to 1)."""
        score = "(SELECT value FROM json_each(category_scores) ORDER BY value DESC LIMIT 1 OFFSET {})"
        best, second = score.format(0), score.format(1)
        sql = f"SELECT sections.id, {best} / ({best} + {second}) AS sure {_SECTIONS}"
        sql += f" WHERE {_ANSWERS} AND category_source != 'correction' AND {second} > 0"
        return self._ask(f"{sql} ORDER BY sure, sections.id LIMIT ?", (limit,))

    def issue_files(self) -> list[tuple[str, str, str]]:
        """Return of every issue its own id, the id that it answers under, and the file of its scan."""
        return self._ask(f"SELECT own_id, issues.id, scans.file {_ISSUES} WHERE NOT scans.missing")

    def issue_names(self, file: str) -> tuple[tuple[str, str], ...]:
        """Return of every issue in a scan its own id and the id that it answers under."""
        return tuple(self._ask(f"SELECT own_id, issues.id {_ISSUES} WHERE scans.file = ?", (file,)))

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection.rows(sql, values)
