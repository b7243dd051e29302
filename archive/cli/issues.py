"""Which issues are there, and which are not?"""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.output import SCHEMA_VERSION, count, say, show_table, tell, write_json
from archive.cli.run import Run, command, force_option, option

if TYPE_CHECKING:
    from archive.library.issues import Holdings, Series
    from archive.library.series import Cell

_MONTHS = "J F M A M J J A S O N D  ?"
_MOST_SHOWN = 9


@command(
    ("archive issues", "Every issue, by newsletter and date, with the numbers that are missing."),
    ("archive issues --calendar --newsletter kerngroep-oost", "One newsletter's run as a calendar."),
    ("archive issues --svg run.svg", "The calendar as a drawing, for a report or a web page."),
    ("archive issues --doubles", "Issues that were scanned twice, and which scan answers."),
    ('archive issues --holding box=12 --holding "rights=CC*"', "By what issues.csv says of them."),
    ("archive issues --json", "The same for a program, with the source of each fact."),
)
@option("--newsletter", "newsletters", multiple=True, metavar="SLUG", help="Keep this newsletter; repeat it for more.")
@option(
    "--holding",
    "holdings",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Keep issues of which issues.csv says so; * stands for any letters.",
)
@option("--calendar", is_flag=True, help="A picture of each run: years down, months across.")
@option("--doubles", is_flag=True, help="Only the issues that were scanned more than once.")
@option(
    "--svg", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg", help="Draw the calendar to a file."
)
@force_option
@click.pass_obj
def issues(
    run: Run, /, newsletters: tuple[str, ...], holdings: tuple[str, ...], svg: Path | None, *, force: bool, **how: bool
) -> None:
    """List the issues of each newsletter.

    Also numbers that are missing between them, scans in which no issue was found, issues and files that are there
    twice, and scans that are gone.
    """
    from archive.library.issues import list_issues

    found = list_issues(run.settings(), newsletters, holdings)
    if svg is not None:
        from archive.library.series import draw_series
        from archive.library.svg import write_svg
        from archive.settings.outputs import claimed

        with claimed(run.settings(), svg, force=force):
            write_svg(draw_series(found.series), svg)
        if not run.quiet:
            tell(f"{svg}: {count(len(found.series), 'newsletter')}.")
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, **_answer(found)})
        return
    if svg is None:
        _print(found, **how)
        if how["doubles"] and not run.quiet and not any(series.doubles for series in found.series):
            tell("No issue was scanned twice.")
    if not run.quiet and not found.series:
        some = " of these newsletters." if newsletters else " of which issues.csv says so." if holdings else ""
        tell("There are no issues" + (some or "; `archive ingest` takes in scans."))


def _print(found: "Holdings", *, calendar: bool, doubles: bool) -> None:
    for number, series in enumerate(found.series):
        if doubles:
            _print_doubles(series)
            continue
        say(("\n" if number else "") + f"{series.newsletter} ({series.slug}): {count(len(series.issues), 'issue')}")
        if calendar:
            _print_calendar(series)
        else:
            _print_list(series)
    if calendar and found.series and not doubles:
        say("\n# one issue, 2 and more: so many, = scanned twice, . none; ? is for issues whose month is not known")
    elif not doubles:
        _print_oddities(found)


def _print_list(series: "Series") -> None:
    from archive.library.series import spans

    columns = tuple(next(iter(series.holdings.values()), {}))
    rows = [
        (
            issue.id,
            issue.date or "undated",
            issue.date_source,
            issue.number,
            issue.pages,
            issue.sections,
            issue.file,
            *(series.holdings[issue.id][column] for column in columns),
        )
        for issue in series.issues
    ]
    show_table(rows, ("issue", "date", "from", "number", "pages", "sections", "scan", *columns))
    for gap in series.gaps:
        say(f"Missing numbers{f' of {gap.run}' if gap.run else ''}: {spans(gap.numbers)}")
    _print_doubles(series)


def _print_doubles(series: "Series") -> None:
    answering = {issue.id: issue for issue in series.issues}
    for double in series.doubles:
        scan = f"{answering[double.double_of].file} answers for it" if double.double_of in answering else ""
        say(f"Scanned twice: {double.double_of}: {scan}; {double.file} is kept as {double.id}")


def _print_calendar(series: "Series") -> None:
    from archive.library.series import make_calendar, spans

    calendar = make_calendar(series)
    say(f"      {_MONTHS}" if calendar.years else "No issue with a year.")
    for row in calendar.years:
        months = " ".join(_mark(cell) for cell in row.months)
        missing = f"   missing: {spans(row.missing)}" if row.missing else ""
        say(f"{row.year}  {months}  {_mark(row.no_month)}{missing}".rstrip())
    if calendar.undated.issues:
        say(f"undated: {', '.join(calendar.undated.issues)}")


def _mark(cell: "Cell") -> str:
    if cell.doubled:
        return "="
    number = len(cell.issues)
    return "." if not number else "#" if number == 1 else str(min(number, _MOST_SHOWN))


def _print_oddities(found: "Holdings") -> None:
    for title, states in (
        ("No issue found in", found.without_issue),
        ("There twice", found.doubles),
        ("Gone from raw/", found.missing),
    ):
        if states:
            say(f"\n{title}:")
            for state in states:
                say(f"    {state.file}" + (f": {state.message}" if state.message else ""))
    if found.replaced:
        say("\nReplaced:")
        for old in found.replaced:
            say(f"    {old.id}: {old.reason}" + (f" ({old.moved_to})" if old.moved_to else ""))
    if found.unheld:
        say("\nIn issues.csv, of no issue that is there (`archive show ID` tells why):")
        for name in found.unheld:
            say(f"    {name}")


def _answer(found: "Holdings") -> dict[str, object]:
    from archive.library.series import make_calendar

    answer = asdict(found)
    for said, series in zip(answer["series"], found.series, strict=True):
        said["calendar"] = asdict(make_calendar(series))
    return answer
