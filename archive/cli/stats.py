"""How much is there of what?"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive.cli.output import SCHEMA_VERSION, count, say, show_table, write_json
from archive.cli.run import Run, command

if TYPE_CHECKING:
    from archive.library.stats import Stats, YearFigures


@command(
    ("archive stats", "What the archive holds, by category and year."),
    ("archive stats --json", "The same for a program."),
)
@click.pass_obj
def stats(run: Run, /) -> None:
    """Count issues, pages, sections and categories."""
    from archive.library.stats import count_all

    found = count_all(run.settings())
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, **asdict(found)})
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


def _print_totals(found: "Stats") -> None:
    covered = found.coverage
    numbers = ((found.scans, "scan"), (covered.issues, "issue"), (found.sections, "section"), (found.words, "word"))
    say(", ".join(count(number, noun) for number, noun in numbers))
    names = ("ok", "low", "empty", "failed", "timed_out")
    ends = [(name.replace("_", " "), getattr(covered, name)) for name in names]
    say(f"{count(covered.pages, 'page')}: " + ", ".join(f"{number:,} {name}" for name, number in ends if number))
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
