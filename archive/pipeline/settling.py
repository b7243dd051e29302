"""What do the issues of an archive tell of each other, once all have come in?

Which issues are of one series, and what that tells of each, is asked before issues are named, and again at the end of
each ingest for those that were there before; then which date an issue has that prints none, by its neighbours in the
series, and which issues were scanned twice. None of these changes a text or an id.
"""

from collections.abc import Iterator, Mapping, Sequence

from archive.catalog.rows import StoredIssue
from archive.catalog.sketches import ToldIssue, told_of
from archive.catalog.write import CatalogWriter
from archive.model.issues import FactSource, PartialDate
from archive.parsing.neighbours import NeighbourDate, SeriesIssue, dates_from_neighbours
from archive.parsing.series.sketch import IssueSketch, unpack_sketch
from archive.parsing.series.told import Told, tell_series
from archive.pipeline.doubles import is_settled, settle_doubles
from archive.pipeline.intake import Taken
from archive.settings import Settings

__all__ = ["AllTold", "is_settled", "settle", "tell_taken"]

# What is only inferred of an issue tells its neighbours nothing.
_SPEAK = {FactSource.MASTHEAD, FactSource.TEXT, FactSource.FILENAME, FactSource.CORRECTION}
_UNDATED = "neither the issue nor its neighbours in the series tell its date"


AllTold = Mapping[tuple[str, int], Told]  # by file and first page


def settle(catalog: CatalogWriter, settings: Settings, told: AllTold | None = None) -> None:
    """Tell the facts of issues by their series, date those left by their neighbours, then find doubles.

    A date that neighbours tell keeps the source `none`, for nothing in its own scan says it; the evidence names them.
    """
    by_series = tell_series(_stored(catalog)) if told is None else told
    catalog.tell_issues(dict(_told_anew(catalog.issues(), by_series)))
    issues = catalog.issues()
    by_neighbours = dates_from_neighbours([_in_series(issue) for issue in issues if not issue.double_of])
    catalog.date_issues(dict(_changes(issues, by_neighbours, by_series)))
    settle_doubles(catalog, settings)


def tell_taken(catalog: CatalogWriter, taken: Sequence[Taken]) -> AllTold:
    """Set what the series tell of the issues of scans that are to be parsed; return what they tell of all."""
    files = {each.found.file for each in taken}
    came = [sketch for each in taken for sketch in each.sketches]
    told = tell_series([*came, *(sketch for sketch in _stored(catalog) if sketch.file not in files)])
    for each in taken:
        each.told = {sketch.first_page: told[sketch.file, sketch.first_page] for sketch in each.sketches}
    return told


def _stored(catalog: CatalogWriter) -> list[IssueSketch]:
    return [unpack_sketch(packed)._replace(file=file) for file, packed in catalog.sketches()]


def _told_anew(issues: Sequence[StoredIssue], told: Mapping[tuple[str, int], Told]) -> Iterator[tuple[str, ToldIssue]]:
    """Yield the issues of which their series tells something else than what is stored; what people corrected stays."""
    for issue in issues:
        found = told.get((issue.file, issue.first_page))
        if found is None:
            continue
        now, facts = told_of(issue), found.facts
        then = now
        if issue.newsletter_source != FactSource.CORRECTION:
            then = then._replace(newsletter=found.newsletter, slug=found.slug)
        if issue.number_source != FactSource.CORRECTION:
            then = then._replace(number=facts.number, number_source=facts.number_source.value)
        if issue.date_source != FactSource.CORRECTION and {facts.date_source, issue.date_source} != {FactSource.NONE}:
            date = "" if facts.date is None else str(facts.date)
            then = then._replace(date=date, date_source=facts.date_source.value, date_evidence=facts.date_evidence)
        if then != now:
            yield issue.own_id, then


def _in_series(issue: StoredIssue) -> SeriesIssue:
    date = _date(issue.date) if issue.date and issue.date_source in _SPEAK else None
    return SeriesIssue(issue.own_id, issue.slug, issue.number, issue.volume, date)


def _changes(
    issues: tuple[StoredIssue, ...], told: Mapping[str, NeighbourDate], series: Mapping[tuple[str, int], Told]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the issues without a date of their own that are dated otherwise than before: date and evidence.

    What neighbours tell is surer than what is inferred from the days in the text.
    """
    for issue in issues:
        if issue.date_source != FactSource.NONE:
            continue
        found = told.get(issue.own_id)
        date, evidence = _inferred(series.get((issue.file, issue.first_page))) or ("", _UNDATED)
        if found:
            date, evidence = str(found.date), f"inferred: {found.evidence}"
        if date != issue.date or (date and evidence != issue.date_evidence):
            yield issue.own_id, (date, evidence)


def _inferred(told: Told | None) -> tuple[str, str] | None:
    facts = told.facts if told else None
    if facts is None or facts.date is None or facts.date_source is not FactSource.NONE:
        return None
    return str(facts.date), facts.date_evidence


def _date(text: str) -> PartialDate:
    return PartialDate(*(int(part) for part in text.split("-")))
