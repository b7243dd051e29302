"""Which sections match a query?"""

import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from archive.cli.filters import filter_options, make_request
from archive.cli.output import write_csv, write_json
from archive.cli.run import Run, command, complete_path, option
from archive.model.search import Hit, SearchRequest
from archive.tuples import NamedTuple

if TYPE_CHECKING:
    from archive.library.saved import Since

_LIMIT = 10
_SIDES = ("left", "right")
# What each way of asking would leave aside.
_NOT_WITH = {
    "kwic": ("suspects", "queries", "facets"),
    "suspects": ("queries", "facets", "sort", "since_last", "save"),
    "queries": ("facets", "sort", "limit", "offset", "save"),
}


@command(
    ("archive search mensenhandel", "Sections with this word, its inflections and compounds."),
    ("archive search '\"open dag\" OR bijeenkomst' --category events", "A phrase or a word, in one category."),
    ("archive search vluchtelingen --from 2015 --to 2016 --sort date", "In the issues of two years, oldest first."),
    ("archive search -- opvang -tijdelijk", "With the first word, without the second."),
    ("archive search opvang --kwic --sort left", "Each match between its words, by the words before it."),
    ("archive search opvang --kwic --format csv", "All of them, as a table for a spreadsheet."),
    ("archive search --queries words.csv --format csv", "How many sections match each query of a list, by year."),
    ("archive search opvang --category refugees --save opvang", "Ask, and keep the question under a name."),
    ("archive search --saved opvang --since-last", "Only what is new and was not shown so before."),
    ("archive search opvang --facets", "Also how many by category, newsletter, language, tag and year."),
    ("archive search opvang --suspects", "Pages that may hide the word, to look at and correct."),
    ("archive search opvang --json", "The whole answer, for a program."),
)
@click.argument("query", nargs=-1)
@filter_options
@option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"How many hits (with --kwic: lines) to show; {_LIMIT}, and with --format csv all, unless it is given.",
)
@option("--offset", type=click.IntRange(min=0), metavar="N", default=0, help="How many to skip first.")
@option(
    "--sort",
    type=click.Choice(["score", "date", *_SIDES]),
    default="score",
    show_default=True,
    help="Best or oldest first; with --kwic also by the words to the left or right.",
)
@option("--kwic", is_flag=True, help="Show each match in its context (keyword in context).")
@option(
    "--format",
    "form",
    type=click.Choice(["text", "csv"]),
    default="text",
    help="csv: a table of all hits, lines, pages or counts.",
)
@option("--facets", is_flag=True, help="Also count the hits by category, newsletter, year or month, language, tag.")
@option("--suspects", is_flag=True, help="List the pages that most likely hide the words, worst first.")
@option(
    "--queries",
    type=Path,
    shell_complete=complete_path,
    metavar="FILE.csv",
    help="Count what each query of a list finds, by year: one a line, or CSV with a column `query`.",
)
@option("--save", metavar="NAME", help="Keep the query and its filters in queries.toml.")
@option("--saved", metavar="NAME", help="Ask a query that was kept.")
@option("--since-last", is_flag=True, help="With --saved: only what is new and was not shown so before.")
@click.pass_obj
def search(run: Run, /, query: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click hands over the options
    """Find the sections that match QUERY, best first.

    Words are joined by AND. Also: OR, NOT or -word, ( ), "a phrase", prefix*, wi?dcard, word~ (misspelt), heading:word,
    category:events, date:2019, date:[2019-03 TO 2021], place:Enschede, note:word.
    """
    asked = _understood(run, query, options)
    if options["queries"] is not None:
        from archive.cli.counts import show_query_counts

        show_query_counts(run, options["queries"], asked.request, form=options["form"])
    elif options["suspects"]:
        _show_suspects(run, asked)
    else:
        _answer(run, asked)


class _Asked(NamedTuple):
    """What the options come to; `limit` is None where none was given."""

    request: SearchRequest
    limit: int | None
    form: str
    kwic: bool
    side: str
    save: str | None
    since: "Since | None" = None


def _understood(run: Run, query: tuple[str, ...], options: dict[str, Any]) -> _Asked:
    """Make the request of the options, or of the saved query they name, and refuse what does not go together."""
    limit, sort, form = options["limit"], options["sort"], options["form"]
    options = options | {"limit": _LIMIT if limit is None else limit, "sort": "score" if sort in _SIDES else sort}
    request = make_request(query, options)
    paging = {name: options[name] for name in ("limit", "offset", "sort", "facets")}
    is_bare = request == make_request((), paging)
    if sort in _SIDES and not options["kwic"]:
        raise _misuse(f"--sort {sort} goes with --kwic")
    if options["since_last"] and options["saved"] is None:
        raise _misuse("--since-last needs --saved NAME")
    _check_ways(options, is_bare=is_bare, has_query=bool(request.query))
    if run.json and form == "csv":
        raise _misuse("--json and --format csv are two formats")
    side = sort if sort in _SIDES else "hits"
    asked = _Asked(request, limit, form, options["kwic"], side, options["save"])
    return asked if options["saved"] is None else _recalled(run, asked, options)


def _check_ways(options: dict[str, Any], *, is_bare: bool, has_query: bool) -> None:
    """Refuse two ways of asking at once, and none."""
    source = click.get_current_context().get_parameter_source
    for way, others in _NOT_WITH.items():
        for other in others if options[way] else ():
            if source(other) is ParameterSource.COMMANDLINE:
                raise _misuse(f"--{way} and --{other.replace('_', '-')} do not go together")
    if options["form"] == "csv" and options["facets"]:
        raise _misuse("--format csv and --facets do not go together")
    is_saved = options["saved"] is not None
    if is_saved and not is_bare:
        raise _misuse("--saved brings its own query and filters")
    if is_saved and options["save"] is not None:
        raise _misuse("--save goes with a query of your own")
    if options["queries"] and (has_query or is_saved):
        raise _misuse("--queries brings its own queries")
    if is_bare and not (is_saved or options["queries"]):
        raise _misuse("give a query, or a filter such as --category")


def _misuse(message: str) -> click.UsageError:
    return click.UsageError(f"{message}.", click.get_current_context())


def _recalled(run: Run, asked: _Asked, options: dict[str, Any]) -> _Asked:
    """Put the saved query in; since last, bound it to the sections that are new."""
    from archive.cli.saved import find_new, recall

    paging = {name: getattr(asked.request, name) for name in ("limit", "offset", "sort", "facets")}
    if not options["since_last"]:
        return asked._replace(request=recall(run, options["saved"])._replace(**paging))
    since = find_new(run, options["saved"])
    request = since.saved.request._replace(**paging, holdings=(), within=frozenset(since.new))
    return asked._replace(request=request, since=since)


def _answer(run: Run, asked: _Asked) -> None:
    """Keep the query if that is asked for, show what it finds, and keep what of that was new."""
    if asked.save is not None:
        from archive.cli.saved import keep

        keep(run, asked.save, asked.request)
    if asked.since is None:
        _show(run, asked)
        return
    from archive.cli.saved import note_seen, tell_new

    if not (run.quiet or run.json):
        tell_new(asked.since)
    note_seen(run, asked.since, _show(run, asked))


def _show(run: Run, asked: _Asked) -> Collection[str]:
    """Write the answer in the form that is asked for, and return the ids of the sections that it shows."""
    if asked.kwic:
        from archive.cli.contexts import show_contexts
        from archive.library.context import By

        return show_contexts(run, asked.request, By(asked.side), form=asked.form, limit=asked.limit)
    if asked.form == "csv":
        return _write_table(run, asked)
    return _show_hits(run, asked)


def _show_hits(run: Run, asked: _Asked) -> Collection[str]:
    from archive.cli.hits import as_answer, print_results
    from archive.library.search import search as find

    results = find(run.settings(), asked.request._replace(boxes=run.json))
    if run.json:
        answer = as_answer(results)
        if asked.since is not None:
            from archive.cli.saved import as_answer as told_since

            answer["since_last"] = told_since(asked.since)
        write_json(answer)
    else:
        print_results(results, asked.request, quiet=run.quiet)
    return [hit.id for hit in results.hits]


def _write_table(run: Run, asked: _Asked) -> Collection[str]:
    """Write all hits as CSV, as they are found."""
    from itertools import islice

    from archive.cli.hits import table, tell_gaps
    from archive.library.opened import opened
    from archive.library.search import each_hit

    first = asked.request.offset
    last = None if asked.limit is None else first + asked.limit
    shown: list[str] = []

    def noted(hits: Iterator[Hit]) -> Iterator[Hit]:
        for hit in hits:
            shown.append(hit.id)
            yield hit

    with opened(run.settings()) as reading, reading.catalog.one_state():
        hits = each_hit(reading, asked.request._replace(boxes=False))
        write_csv(table(noted(islice(hits, first, last))))
        tell_gaps(reading, asked.request)
    return shown


def _show_suspects(run: Run, asked: _Asked) -> None:
    from archive.cli.suspects import show_suspects

    every = asked.form == "csv" and asked.limit is None
    request = asked.request._replace(limit=sys.maxsize) if every else asked.request
    show_suspects(run, request, form=asked.form)
