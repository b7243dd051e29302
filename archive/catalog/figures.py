"""How much is there of what?"""

from collections.abc import Iterator, Sequence
from typing import Any

from archive.catalog.connect import ReadingConnection
from archive.catalog.sections import passing_issues
from archive.model.search import SearchRequest

_THERE = "FROM sections JOIN issues USING (issue) JOIN scans USING (scan) WHERE NOT scans.missing AND double_of = ''"
# An undated issue has no year: an empty one.
_YEAR = "substr(issues.date, 1, 4)"
_CHUNK = 2000


class FigureQuestions:
    """Questions about numbers; what is of a missing scan, or of a double, does not count."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._connection = connection

    def section_count(self) -> int:
        """Count the sections."""
        return int(self._ask(f"SELECT count(*) {_THERE}")[0][0])

    def word_count(self) -> int:
        """Count the words of all sections, headings included."""
        return int(self._ask(f"SELECT coalesce(sum(word_count), 0) {_THERE}")[0][0])

    def counts_by(self, column: str) -> dict[str, int]:
        """Count the sections by `category`, `language`, `text_source` or `newsletter`, most first."""
        if column not in {"category", "language", "text_source", "newsletter"}:
            raise ValueError(column)
        table = "issues" if column == "newsletter" else "sections"
        name = f"{table}.{column}"
        return dict(self._ask(f"SELECT {name}, count(*) {_THERE} GROUP BY {name} ORDER BY count(*) DESC, {name}"))

    def categories_by_year(self) -> list[tuple[str, str, int]]:
        """Return year, category and number of sections."""
        sql = f"SELECT {_YEAR}, category, count(*) {_THERE} GROUP BY 1, 2 ORDER BY 1, 2"
        return [(year, category, count) for year, category, count in self._ask(sql)]

    def figures_by_year(self, request: SearchRequest | None = None) -> list[tuple[str, int, int, int, float | None]]:
        """Return year, numbers of issues, sections and words, and the mean confidence weighted by words.

        Of the issues that pass the filters of a request as far as these are of issues.
        """
        conditions, values = passing_issues(request)
        there = " AND ".join((_THERE, *conditions))
        known = "sum(word_count) FILTER (WHERE ocr_confidence IS NOT NULL)"
        mean = f"sum(ocr_confidence * word_count) / nullif({known}, 0)"
        issues = "count(DISTINCT sections.issue)"
        sql = f"SELECT {_YEAR}, {issues}, count(*), sum(word_count), {mean} {there} GROUP BY 1 ORDER BY 1"
        return [tuple(row) for row in self._ask(sql, values)]

    def section_figures(self) -> Iterator[tuple[str, str, str, str, int, float | None]]:
        """Yield id, category, newsletter (as its ids have it), year, words and confidence of each section."""
        columns = f"section, sections.id, category, slug, {_YEAR}, word_count, ocr_confidence"
        last = 0
        while found := self._ask(f"SELECT {columns} {_THERE} AND section > ? ORDER BY section LIMIT {_CHUNK}", (last,)):
            yield from (tuple(row[1:]) for row in found)
            last = found[-1][0]

    def pages_by_year(self) -> list[tuple[str, str, int, int]]:
        """Return year, newsletter (as its ids have it), number of pages, and how many of them were read well."""
        well = "count(*) FILTER (WHERE pages.status IN ('ok', 'empty'))"
        pages = "FROM pages JOIN issues USING (issue) JOIN scans ON scans.scan = pages.scan"
        where = "WHERE NOT scans.missing AND double_of = ''"
        found = self._ask(f"SELECT {_YEAR}, slug, count(*), {well} {pages} {where} GROUP BY 1, 2 ORDER BY 1, 2")
        return [tuple(row) for row in found]

    def issues_by_year(self) -> list[tuple[str, str, int]]:
        """Return year, newsletter (as its ids have it) and number of issues."""
        issues = "FROM issues JOIN scans USING (scan) WHERE NOT scans.missing AND double_of = ''"
        return [tuple(row) for row in self._ask(f"SELECT {_YEAR}, slug, count(*) {issues} GROUP BY 1, 2 ORDER BY 1, 2")]

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection.rows(sql, values)
