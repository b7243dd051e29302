"""How much is there of what?"""

import csv
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.filters import filter_options, make_request
from archive.cli.output import SCHEMA_VERSION, count, printable, say, show_table, tell, write_json
from archive.cli.run import Run, command, force_option, option
from archive.errors import UsageError

if TYPE_CHECKING:
    from archive.library.stats import Stats, YearFigures
    from archive.library.trends import Share, Trend
    from archive.model.exports import Agreement

_TOLD = 0.0005  # a tenth of a percent


@command(
    ("archive stats", "What the archive holds, by category and year."),
    ("archive stats --by year --term vluchteling*", "How often a word occurs, year by year, with 95 % intervals."),
    ("archive stats --by category,year --format csv", "The share of each category in each year, as a table."),
    ("archive stats --by year --term opvang --plot opvang.svg", "The same as a drawing, with query and source on it."),
    ("archive stats --by year --term opvang --holding box=12", "Only the issues of which issues.csv says so."),
    ("archive stats --agreement coded.xlsx", "How far a filled-in coding sheet agrees with the machine."),
    ("archive stats --json", "The same for a program."),
)
@option("--by", default="", metavar="FIELDS", help="Count by year, category or newsletter; more with a comma.")
@option("--term", default="", metavar="QUERY", help="Count the sections that match, and the words that do.")
@filter_options
@option("--format", "form", type=click.Choice(["text", "csv"]), default="text", help="With --by: a table as CSV.")
@option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.svg|png",
    help="With --by: draw the shares of sections.",
)
@force_option
@option(
    "--agreement",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE.xlsx",
    help="Cohen's kappa between a filled-in coding sheet and the machine.",
)
@click.pass_obj
def stats(run: Run, /, by: str, plot: Path | None, agreement: Path | None, **options: Any) -> None:  # noqa: ANN401 - click's
    """Count issues, pages, sections and categories.

    Or how often something occurs: with --by or --term, each count comes as a share of the sections and of the words,
    with its 95 % interval, and with a warning where the years differ in how they were kept or read.
    """
    if agreement is not None:
        _show_agreement(run, agreement)
    elif by or options["term"]:
        _tell_trend(run, by or "year", plot, options)
    elif plot or options["form"] == "csv" or make_request((), options) != make_request((), {}):
        hint = "As in: --by year --term opvang."
        raise UsageError(None, "--plot, --format and filters such as --holding need --by or --term", hint)
    else:
        _tell_all(run)


def _tell_all(run: Run) -> None:
    from archive.library.stats import count_all

    found = count_all(run.settings())
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, **asdict(found), "coverage": found.coverage._asdict()})
        return
    _print_totals(found)
    for name, counts in (
        ("newsletter", found.newsletters),
        ("category", found.categories),
        ("language", found.languages),
        ("text from", found.text_sources),
    ):
        if counts:
            say()
            show_table(counts.items(), (name, "sections"))
    if found.years:
        say()
        _print_years(found.years, list(found.categories))


def _tell_trend(run: Run, by: str, plot: Path | None, options: dict[str, Any]) -> None:
    from archive.library.trends import TrendRequest, find_trend, table

    fields = tuple(name.strip() for name in by.split(",") if name.strip())
    asked = TrendRequest(fields, options["term"], make_request((), options))
    trend = find_trend(run.settings(), asked)
    if plot is not None:
        _draw(run, trend, plot, force=options["force"])
    for warning in trend.warnings if not run.quiet else ():
        tell(f"Mind: {warning}")
    if run.json:
        rows = [
            asdict(row) | {"of_sections": row.of_sections._asdict(), "of_words": row.of_words._asdict()}
            for row in trend.rows
        ]
        write_json({"schema_version": SCHEMA_VERSION, **asdict(trend), "rows": rows})
    elif options["form"] == "csv":
        writer = csv.writer(_Plain(), lineterminator="\r\n")
        writer.writerows(table(trend))
    elif plot is None:
        _print_trend(trend)


class _Plain:
    """Standard output; on a terminal nothing passes that could steer it."""

    def write(self, text: str) -> int:
        """Write a row."""
        return sys.stdout.write(printable(text, keep="\r\n\t") if sys.stdout.isatty() else text)


def _draw(run: Run, trend: "Trend", path: Path, *, force: bool) -> None:
    from archive import __version__
    from archive.library.plot import draw_trend
    from archive.library.svg import write_svg
    from archive.settings.outputs import claimed

    settings = run.settings()
    sections = sum(row.sections for row in trend.rows) if trend.term else sum(row.matching for row in trend.rows)
    source = f"{settings.root.resolve().name}, {count(sections, 'section')}; newsletter-archive {__version__}"
    drawing = draw_trend(trend, source)
    with claimed(settings, path, force=force):
        if path.suffix.casefold() == ".png":
            from archive.pipeline.drawings import write_png

            write_png(drawing, path)
        else:
            write_svg(drawing, path)
    if not run.quiet:
        tell(f"{path}: {trend.by[0]}, {count(len(trend.rows), 'row')}.")


def _print_trend(trend: "Trend") -> None:
    rows = [
        (
            *(value or "undated" for value in row.group),
            row.matching,
            row.sections,
            _percent(row.of_sections),
            row.occurrences,
            row.words,
            f"{row.of_words.value * 100_000:.0f} ({row.of_words.low * 100_000:.0f}-{row.of_words.high * 100_000:.0f})",
            row.confidence,
        )
        for row in trend.rows
    ]
    if trend.term:
        say(f"Sections that match {trend.parsed}")
    header = (*trend.by, "matching", "of sections", "share (95 %)", "words", "of words", "per 100,000", "confidence")
    show_table(rows, header)


def _percent(share: "Share") -> str:
    return f"{share.value:.1%} ({share.low:.1%}-{share.high:.1%})"


def _show_agreement(run: Run, path: Path) -> None:
    from archive.library.agreement import agree_on_sheet

    found = agree_on_sheet(path)
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "file": str(path), **asdict(found)})
    else:
        tell_agreement(found)


def tell_agreement(found: "Agreement") -> None:
    """Say how far people and the machine agree on categories."""
    say(f"{count(found.coded, 'section')} coded by hand, {found.agreed:.1%} as the machine has it.")
    if abs(found.agreed_weighted - found.agreed) >= _TOLD:
        say(f"In the archive as a whole, by the size of the strata: {found.agreed_weighted:.1%}.")
    if found.kappa is not None:
        say(f"Cohen's kappa {found.kappa:.2f} (95 % interval {found.low:.2f} to {found.high:.2f}).")
    say()
    names = [each.category for each in found.categories]
    rows = [
        (each.category, each.by_hand, each.by_machine, each.both, each.precision, each.recall, *each.machine_said)
        for each in found.categories
    ]
    show_table(
        rows, ("category", "by hand", "machine", "both", "precision", "recall", *(f"→ {name}" for name in names))
    )


def _print_totals(found: "Stats") -> None:
    covered = found.coverage
    numbers = (
        (found.scans - covered.unopened, "scan"),
        (covered.issues, "issue"),
        (found.sections, "section"),
        (found.words, "word"),
    )
    say(", ".join(count(number, noun) for number, noun in numbers))
    names = ("ok", "low", "empty", "failed", "timed_out")
    ends = [(name.replace("_", " "), getattr(covered, name)) for name in names]
    say(f"{count(covered.pages, 'page')}: " + ", ".join(f"{number:,} {name}" for name, number in ends if number))
    if covered.unopened:
        say(f"{count(covered.unopened, 'file')} more in raw/: no scans, or not to be opened; see `archive doctor`")
    if found.confidence is not None:
        say(f"mean confidence of the words: {found.confidence:.2f}")


def _print_years(years: Sequence["YearFigures"], categories: Sequence[str]) -> None:
    rows = [
        (
            each.year or "undated",
            each.issues,
            each.sections,
            each.words,
            each.confidence,
            *(each.categories.get(name, 0) for name in categories),
        )
        for each in years
    ]
    show_table(rows, ("year", "issues", "sections", "words", "confidence", *categories))
