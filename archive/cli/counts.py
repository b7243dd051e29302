"""How are the counts of a list of queries told: on the screen, as a table, as JSON?"""

from dataclasses import asdict
from pathlib import Path

from archive.cli.output import SCHEMA_VERSION, count, show_table, tell, write_csv, write_json
from archive.cli.run import Run
from archive.library.batch import COLUMNS, count_queries, table
from archive.model.search import SearchRequest


def show_query_counts(run: Run, path: Path, request: SearchRequest, *, form: str) -> None:
    """Count what each query of a list finds, year by year, and write it."""
    batch = count_queries(run.settings(), path, request)
    if run.json:
        queries = [
            {**asdict(each.asked), "parsed": each.parsed, "total": each.total, "years": each.years}
            for each in batch.queries
        ]
        answer = {"file": str(path), "sections": batch.sections, "notices": list(batch.notices), "queries": queries}
        write_json({"schema_version": SCHEMA_VERSION, **answer})
    elif form == "csv":
        write_csv([COLUMNS, *table(batch)])
    else:
        years = list(batch.sections)
        rows = [(each.asked.name or each.asked.query, each.total, *each.years.values()) for each in batch.queries]
        header = ("query", "sections", *(year or "undated" for year in years))
        show_table([*rows, ("(all sections)", sum(batch.sections.values()), *batch.sections.values())], header)
    if not run.quiet:
        for notice in () if run.json else batch.notices:
            tell(notice)
        tell(f"{count(len(batch.queries), 'query', 'queries')} in {count(sum(batch.sections.values()), 'section')}.")
    if batch.index_behind:
        tell("The index is behind the catalogue: run `archive reindex` to count everything.")
