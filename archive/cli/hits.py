"""How are the hits of a search told: on the screen, as a table, as JSON?"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive.cli.filters import told_filters
from archive.cli.output import SCHEMA_VERSION, count, highlight, printable, say, show_counts, show_table, tell
from archive.library.hidden import tell_hidden
from archive.library.opened import Opened
from archive.model.search import Coverage, Hit, Results, SearchRequest

COLUMNS = (
    *("rank", "score", "id", "issue_id", "newsletter", "issue_date", "category"),
    *("pages", "heading", "snippet", "matched", "how"),
)
_MARK = " | "
_MOST_MISSING = 12  # words that are named; a pasted page lacks many
_MOST_EMPTY_YEARS = 2  # that have a line each
_BEHIND = "The index is behind the catalogue: run `archive reindex` to search everything."


def print_results(results: Results, request: SearchRequest, *, quiet: bool) -> None:
    """Print the hits, those of a part of the query apart, the facets, and to standard error what there is to know."""
    for hit in results.hits:
        _print_hit(hit)
    if results.partial:
        say("With only a part of the query:")
        for hit in results.partial:
            _print_hit(hit)
    for place, (name, counts) in enumerate((name, counts) for name, counts in results.facets.items() if counts):
        if place or results.hits or results.partial:
            say()
        if name in {"year", "month"}:
            show_counts(_without_gaps(name, counts), (name, "sections"))
        else:
            show_table(counts.items(), (name, "sections"))
    if not quiet:
        _tell_summary(results, request)


def table(hits: Iterable[Hit]) -> Iterator[tuple[object, ...]]:
    """Yield the header and a row for each hit, as for CSV."""
    yield COLUMNS
    for hit in hits:
        words = dict.fromkeys((match.matched, match.how.value) for match in hit.matches)
        yield (
            *(hit.rank, hit.score, hit.id, hit.issue_id, hit.newsletter, hit.issue_date, hit.category),
            *(_MARK.join(map(str, hit.pages)), hit.heading, hit.snippet),
            *(_MARK.join(matched for matched, _ in words), _MARK.join(dict.fromkeys(how for _, how in words))),
        )


def tell_nothing(parsed: str, request: SearchRequest) -> None:
    """Say that nothing was found: for what, and under which filters."""
    new = "" if request.within is None else "new "
    asked = f" for: {parsed}" if request.query.strip() else ""
    filters = told_filters(request)
    tell(f"Nothing {new}found{asked}{f' with {filters}' if filters else ''}")


def tell_gaps(reading: Opened, request: SearchRequest) -> None:
    """Say which values of filters the archive does not know, and where the index lacks something."""
    from archive.library.unknown import find_unknown

    for notice in find_unknown(reading, request):
        tell(notice)
    if reading.backend.stamp() != reading.catalog.generation():
        tell(_BEHIND)


def as_answer(results: Results) -> dict[str, Any]:
    """Return the answer under the names of docs/json-answers.md."""
    answer = {
        "schema_version": SCHEMA_VERSION,
        "query": results.query,
        "parsed": results.parsed,
        "total": results.total,
        "took_ms": round(results.took_ms, 1),
        "coverage": results.coverage._asdict(),
        "hidden": results.hidden,
        "suggestions": list(results.suggestions),
        "notices": list(results.notices),
        "facets": results.facets,
        "hits": [_hit(hit) for hit in results.hits],
        "partial": [_hit(hit) for hit in results.partial],
    }
    if results.hidden is None:
        answer["hidden_reason"] = results.hidden_reason
    return answer


def _hit(hit: Hit) -> dict[str, Any]:
    answer: dict[str, Any] = {name: value for name, value in hit._asdict().items() if name != "marks"}
    each = (meant for match in hit.matches for meant in (match[:3], *match.also))
    answer["matches"] = [{"term": term, "matched": matched, "how": how} for term, matched, how in each]
    return answer


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
        more = len(hit.missing) - _MOST_MISSING
        rest = f" and {more} more" if more > 0 else ""
        say(f"    without: {printable(', '.join(hit.missing[:_MOST_MISSING]))}{rest}")


def _without_gaps(name: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Return a histogram of years with those in between that have none; months and undated ones as they are.

    More than two empty years stand together, as a screen full of them hides the others.
    """
    filled: dict[str, int] = {}
    before = 0
    for when, number in sorted(counts.items()):
        year = int(when) if name == "year" and when else 0
        gap = range(before + 1, year) if before else range(0)
        filled |= {f"{gap[0]}–{gap[-1]}": 0} if len(gap) > _MOST_EMPTY_YEARS else dict.fromkeys(map(str, gap), 0)
        filled[when or "undated"] = number
        before = year
    return filled


def _tell_summary(results: Results, request: SearchRequest) -> None:
    shown = len(results.hits)
    missed = tell_hidden(results.hidden, results.hidden_reason)
    if results.total == 0:
        tell_nothing(results.parsed, request)
        tell(_covered(results.coverage, misread=bool(missed) and results.hidden is None))
    elif not shown:
        behind = f", none of them after the first {request.offset:,}" if request.offset else ""
        tell(f"{count(results.total, 'section')}{behind}.")
    elif shown < results.total:
        last = request.offset + shown
        following = f"; more with --offset {last}" if last < results.total else ""
        if request.within is not None:  # those that were shown are not new any more, so that no offset leads on
            following = "; ask again for the others"
        tell(f"{count(results.total, 'section')}; these are {request.offset + 1} to {last}{following}.")
    else:
        tell(f"{count(results.total, 'section')}.")
    for notice in results.notices:
        tell(notice)
    if missed:
        tell(missed)
    if waiting := results.coverage.waiting:
        wait = "waits" if waiting == 1 else "wait"
        tell(
            f"Not in the search: {count(waiting, 'file')} {wait} in raw/; run `archive ingest` to take in what is new."
        )
    if results.suggestions:
        tell(f"Did you mean: {', '.join(results.suggestions)}?")
    if results.coverage.index_behind:
        tell(_BEHIND)


def _covered(coverage: Coverage, *, misread: bool) -> str:
    """Say what was looked at; pages whose text is `misread` were not read well, however sure the engine was."""
    looked = f"Looked at {count(coverage.issues, 'issue')} with {count(coverage.pages, 'page')}"
    weak = {
        "read with little confidence": coverage.low - coverage.unread,
        "read in part": coverage.unread,
        "empty": coverage.empty,
        "failed": coverage.failed,
        "timed out": coverage.timed_out,
    }
    parts = [f"{number:,} {name}" for name, number in weak.items() if number]
    if parts:
        looked += f", of which {', '.join(parts)}: see `archive pages`"
    elif coverage.pages and not misread:
        looked += ", all of them read well"
    shut = count(coverage.unopened, "file")
    return f"{looked}." + (f" Not in the search: {shut} of raw/, see `archive issues`." if coverage.unopened else "")
