"""Which issues are there, and which are not?"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive.cli.output import SCHEMA_VERSION, count, say, show_table, tell, write_json
from archive.cli.run import Run, command

if TYPE_CHECKING:
    from archive.library.issues import Gap, Holdings


@command(
    ("archive issues", "Every issue, by newsletter and date, with the numbers that are missing."),
    ("archive issues --newsletter kerngroep-oost", "One newsletter."),
    ("archive issues --json", "The same for a program, with the source of each fact."),
)
@click.option(
    "--newsletter", "newsletters", multiple=True, metavar="SLUG", help="Keep this newsletter; repeat it for more."
)
@click.pass_obj
def issues(run: Run, /, newsletters: tuple[str, ...]) -> None:
    """List the issues of each newsletter.

    Also numbers that are missing between them, scans in which no issue was found, scans that are there twice, and scans
    that are gone.
    """
    from archive.library.issues import list_issues

    holdings = list_issues(run.settings(), newsletters)
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, **asdict(holdings)})
        return
    _print_series(holdings)
    _print_oddities(holdings)
    if not run.quiet and not holdings.series:
        tell(
            "There are no issues" + (" of these newsletters." if newsletters else "; `archive ingest` takes in scans.")
        )


def _print_series(holdings: "Holdings") -> None:
    for number, series in enumerate(holdings.series):
        say(("\n" if number else "") + f"{series.newsletter} ({series.slug}): {count(len(series.issues), 'issue')}")
        rows = [
            (
                issue.id,
                issue.date or "undated",
                issue.date_source,
                issue.number,
                issue.pages,
                issue.sections,
                issue.file,
            )
            for issue in series.issues
        ]
        show_table(rows, ("issue", "date", "from", "number", "pages", "sections", "scan"))
        for gap in series.gaps:
            say(f"Missing numbers{f' of {gap.run}' if gap.run else ''}: {', '.join(_runs(gap))}")


def _print_oddities(holdings: "Holdings") -> None:
    for title, states in (
        ("No issue found in", holdings.without_issue),
        ("There twice", holdings.doubles),
        ("Gone from raw/", holdings.missing),
    ):
        if states:
            say(f"\n{title}:")
            for state in states:
                say(f"    {state.file}" + (f": {state.message}" if state.message else ""))


def _runs(gap: "Gap") -> Iterator[str]:
    """Write numbers that follow each other as `5-7`."""
    run: list[int] = []
    for number in gap.numbers:
        if run and number != run[-1] + 1:
            yield _span(run)
            run = []
        run.append(number)
    if run:
        yield _span(run)


def _span(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
