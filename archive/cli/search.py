"""Which sections match a query?"""

import sys
from dataclasses import replace
from typing import Any

import click

from archive.cli.filters import filter_options, make_request
from archive.cli.output import SCHEMA_VERSION, count, highlight, printable, say, show_table, tell, write_json
from archive.cli.run import Run, command
from archive.library.hidden import tell_hidden
from archive.model.search import Coverage, Hit, Results, SearchRequest


@command(
    ("archive search mensenhandel", "Sections with this word, its inflections and compounds."),
    ("archive search '\"open dag\" OR bijeenkomst' --category events", "A phrase or a word, in one category."),
    ("archive search vluchtelingen --from 2015 --to 2016 --sort date", "In the issues of two years, oldest first."),
    ("archive search -- opvang -tijdelijk", "With the first word, without the second."),
    ("archive search opvang --json", "The whole answer, for a program."),
)
@click.argument("query", nargs=-1)
@filter_options
@click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", default=10, show_default=True, help="How many hits to show."
)
@click.option("--offset", type=click.IntRange(min=0), metavar="N", default=0, help="How many hits to skip first.")
@click.option(
    "--sort", type=click.Choice(["score", "date"]), default="score", show_default=True, help="Best or oldest first."
)
@click.option("--suspects", is_flag=True, help="List the pages that most likely hide the words, worst first.")
@click.option("--facets", is_flag=True, help="Also count the hits by category, newsletter, year and language.")
@click.pass_obj
def search(run: Run, /, query: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click hands over the options
    """Find the sections that match QUERY, best first.

    Words are joined by AND. Also: OR, NOT or -word, ( ), "a phrase", prefix*, wi?dcard, word~ (misspelt), heading:word,
    category:events, date:2019, date:[2019-03 TO 2021], place:Enschede.
    """
    from archive.library.search import search as find

    request = make_request(query, options)
    if request == make_request((), {"limit": request.limit, "offset": request.offset, "sort": request.sort}):
        raise click.UsageError("give a query, or a filter such as --category.", click.get_current_context())
    if options["suspects"]:
        _show_suspects(run, request)
        return
    results = find(run.settings(), replace(request, boxes=run.json))
    if run.json:
        write_json(_answer(results))
    else:
        _print_results(results, request, run)


def _show_suspects(run: Run, request: SearchRequest) -> None:
    from archive.library.suspects import find_suspects

    found = find_suspects(run.settings(), request)
    if run.json:
        pages = [
            {
                "page_id": page.page_id,
                "probability": round(page.probability, 3),
                "nearest": [{"term": term, "read": read} for term, read in page.nearest],
                "sections": list(page.sections),
            }
            for page in found.pages
        ]
        write_json({"schema_version": SCHEMA_VERSION, "query": found.query, "parsed": found.parsed, "pages": pages})
        return
    for page in found.pages:
        nearest = ", ".join(f"{read} ({term}?)" for term, read in page.nearest)
        say(printable("  ".join(part for part in (f"{page.probability:4.0%}", page.page_id, nearest) if part)))
    if found.pages:
        tell(f"Look at one: archive show {found.pages[0].page_id} --image page.png")
    else:
        tell("No page is under suspicion.")


def _print_results(results: Results, request: SearchRequest, run: Run) -> None:
    for hit in results.hits:
        _print_hit(hit)
    if results.partial:
        say("With only a part of the query:")
        for hit in results.partial:
            _print_hit(hit)
    for place, (name, counts) in enumerate((name, counts) for name, counts in results.facets.items() if counts):
        if place or results.hits or results.partial:
            say()
        show_table(counts.items(), (name, "sections"))
    if not run.quiet:
        _tell_summary(results, request)


def _print_hit(hit: Hit) -> None:
    pages = "p. " + ", ".join(str(page) for page in hit.pages)
    line = "  ".join(
        part for part in (hit.id, hit.newsletter, hit.issue_date or "undated", pages, hit.category) if part
    )
    say(printable(line))
    if hit.heading:
        say(f"    {printable(hit.heading)}")
    sys.stdout.write(f"    {highlight(hit.snippet, hit.marks)}\n")
    if hit.missing:
        say(f"    without: {printable(', '.join(hit.missing))}")


def _tell_summary(results: Results, request: SearchRequest) -> None:
    shown = len(results.hits)
    if results.total == 0:
        tell(f"Nothing found for: {results.parsed}")
        tell(_covered(results.coverage))
    elif shown < results.total:
        last = request.offset + shown
        following = f"; more with --offset {last}" if last < results.total else ""
        tell(f"{count(results.total, 'section')}; these are {request.offset + 1} to {last}{following}.")
    else:
        tell(f"{count(results.total, 'section')}.")
    if sentence := tell_hidden(results.hidden, results.hidden_reason):
        tell(sentence)
    if results.suggestions:
        tell(f"Did you mean: {', '.join(results.suggestions)}?")
    if results.coverage.index_behind:
        tell("The index is behind the catalogue: run `archive reindex` to search everything.")


def _covered(coverage: Coverage) -> str:
    looked = f"Looked at {count(coverage.issues, 'issue')} with {count(coverage.pages, 'page')}"
    weak = {
        "read with little confidence": coverage.low,
        "empty": coverage.empty,
        "failed": coverage.failed,
        "timed out": coverage.timed_out,
    }
    parts = [f"{number:,} {name}" for name, number in weak.items() if number]
    return looked + (f", of which {', '.join(parts)}: see `archive pages`." if parts else ", all of them read well.")


def _answer(results: Results) -> dict[str, Any]:
    coverage = {name: getattr(results.coverage, name) for name in Coverage.__slots__}
    answer = {
        "schema_version": SCHEMA_VERSION,
        "query": results.query,
        "parsed": results.parsed,
        "total": results.total,
        "took_ms": round(results.took_ms, 1),
        "coverage": coverage,
        "hidden": results.hidden,
        "suggestions": list(results.suggestions),
        "facets": results.facets,
        "hits": [_hit(hit) for hit in results.hits],
        "partial": [_hit(hit) for hit in results.partial],
    }
    if results.hidden is None:
        answer["hidden_reason"] = results.hidden_reason
    return answer


def _hit(hit: Hit) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(hit, name) for name in Hit.__slots__ if name != "marks"}
    fields["matches"] = [{"term": match.term, "matched": match.matched, "how": match.how} for match in hit.matches]
    return fields
