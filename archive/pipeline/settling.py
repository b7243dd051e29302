"""What do the issues of an archive tell of each other, once all have come in?

Asked anew at the end of each ingest: which date an issue has that prints none, by its neighbours in the series, and
which issues were scanned twice. Neither changes a text.
"""

from collections.abc import Iterator, Mapping

from archive.catalog.rows import StoredIssue
from archive.catalog.write import CatalogWriter
from archive.model.issues import FactSource, PartialDate
from archive.parsing.neighbours import NeighbourDate, SeriesIssue, dates_from_neighbours
from archive.pipeline.doubles import is_settled, settle_doubles
from archive.settings import Settings

__all__ = ["is_settled", "settle"]

# When a PDF was made says little of the issue in it: such dates tell the neighbours nothing.
_SPEAK = {FactSource.MASTHEAD, FactSource.TEXT, FactSource.FILENAME, FactSource.CORRECTION}
_UNDATED = "neither the issue nor its neighbours in the series tell its date"


def settle(catalog: CatalogWriter, settings: Settings) -> None:
    """Date issues by their neighbours, then find doubles.

    A date that neighbours tell keeps the source `none`, for nothing in its own scan says it; the evidence names them.
    """
    issues = catalog.issues()
    told = dates_from_neighbours([_in_series(issue) for issue in issues if not issue.double_of])
    catalog.date_issues(dict(_changes(issues, told)))
    settle_doubles(catalog, settings)


def _in_series(issue: StoredIssue) -> SeriesIssue:
    date = _date(issue.date) if issue.date and issue.date_source in _SPEAK else None
    return SeriesIssue(issue.own_id, issue.slug, issue.number, issue.volume, date)


def _changes(
    issues: tuple[StoredIssue, ...], told: Mapping[str, NeighbourDate]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the issues without a date of their own that are dated otherwise than before: date and evidence."""
    for issue in issues:
        if issue.date_source != FactSource.NONE:
            continue
        found = told.get(issue.own_id)
        date = str(found.date) if found else ""
        evidence = f"inferred: {found.evidence}" if found else _UNDATED
        if date != issue.date or (date and evidence != issue.date_evidence):
            yield issue.own_id, (date, evidence)


def _date(text: str) -> PartialDate:
    return PartialDate(*(int(part) for part in text.split("-")))
