"""How does a person get sections out, for other programs?"""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import click

from archive.cli.filters import filter_options, make_request
from archive.cli.output import SCHEMA_VERSION, count, printable, tell, to_json, write_json
from archive.cli.progress import Bar
from archive.cli.run import Run, command, force_option, option
from archive.errors import ExitCode, UsageError
from archive.export import FORMATS, load_format
from archive.model.exports import BY, Shape

if TYPE_CHECKING:
    from archive.library.export import Exported
    from archive.library.narrow import Narrowing
    from archive.model.exports import Original
    from archive.pipeline.originals import Originals
    from archive.settings import Settings


@command(
    ("archive export --output sections.jsonl", "Every section with all its fields, one JSON object a line."),
    (
        "archive export --format csv --excel --output events.csv --category events",
        "A table for Excel, of one category.",
    ),
    ("archive export vluchteling* --from 2015 --to 2016 --format md", "What a query finds, to read or to print."),
    (
        "archive export vluchteling* --format bundle --output study.zip --licence CC-BY-4.0",
        "All that is needed to cite and check it: sections, pages, the query, checksums, a paragraph on method.",
    ),
    (
        "archive export --sample 200 --by category,year --seed 1 --format coding --output sheet.xlsx",
        "A sample to code by hand; the filled-in sheet comes back by `archive correct --import`.",
    ),
    (
        "archive export --format csv --pseudonymise --output share.csv",
        "Addresses, phones, accounts and the names of names.txt as tokens; it says what stays.",
    ),
    ("archive export --format pdf --output scans/ --newsletter de-kademuur", "The scans, with our text to search in."),
    ("archive export --json", "All sections in one JSON object."),
)
@click.argument("query", nargs=-1)
@option("--format", "form", type=click.Choice(list(FORMATS)), help="Else as the name of the output ends, else jsonl.")
@option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file, a folder or a .zip; else standard output.",
)
@force_option
@option("--excel", is_flag=True, help="With csv: what Excel opens rightly where the comma is the decimal sign.")
@option(
    "--licence", default="", metavar="NAME", help="Of the texts, as CC-BY-4.0 or a web address; for bundle and tei."
)
@option("--sample", type=click.IntRange(1), metavar="N", help="Draw so many sections by lot.")
@option("--by", default="", metavar="FIELDS", help=f"Draw from each {', '.join(BY)}; more with a comma.")
@option("--seed", type=int, default=0, metavar="S", show_default=True, help="Another seed draws other sections.")
@option("--doubles", is_flag=True, help="Also the other scans of issues that were scanned more than once.")
@option(
    "--pseudonymise", is_flag=True, help="Put tokens for e-mail addresses, phones, bank accounts, names of names.txt."
)
@filter_options
@click.pass_obj
def export(run: Run, /, query: tuple[str, ...], form: str | None, output: Path | None, **options: Any) -> int:  # noqa: ANN401 - click's
    """Write sections to a file for other programs.

    All of them, or those that QUERY and the filters keep, by newsletter, date and place in the issue. alto, hocr, pdf
    and bundle make many files, for whole issues: in a folder, or in a zip if the name ends so. What is written appears
    when it is whole.
    """
    from archive.library.export import ExportOptions
    from archive.library.export import export as write_all

    form = form or _form_of(output)
    if options["excel"] and form != "csv":
        raise UsageError(None, "--excel goes with --format csv only")
    if output is None and load_format(form).SHAPE is not Shape.TEXT:
        raise UsageError(None, f"--format {form} makes no text to print", hint="Name a place for it with --output.")
    settings = run.settings()
    how = ExportOptions(form, options["excel"], options["licence"], _pictures(settings), _narrowing(options))
    how = replace(how, pseudonymise=options["pseudonymise"], force=options["force"])
    request = make_request(query, options)
    if request.query.strip() and getattr(load_format(form), "REPRODUCIBLE", False):
        _make_whole(run, settings)
    if options["pseudonymise"] and not run.quiet:
        _tell_what_stays()
    if output is not None:
        bar = Bar("sections", quiet=run.quiet)
        try:
            exported = write_all(settings, request, output, options=how, progress=_follow(bar))
        finally:
            bar.stop()
        _tell_written(run, exported, form, output)
        return ExitCode.PARTLY if exported.faults else ExitCode.OK
    if run.json:
        joined = _Joined()
        exported = write_all(settings, request, cast("IO[str]", joined), options=replace(how, form="jsonl"))
        joined.finish()
    else:
        exported = write_all(settings, request, _plain_stream(), options=how)
    _warn(run, exported)
    return ExitCode.OK


def _form_of(output: Path | None) -> str:
    """Return the format that the name of an output ends in; jsonl where it ends in none, as a pipe's.

    Raises:
        UsageError: It ends in something that is no format.
    """
    ending = output.suffix.lstrip(".").lower() if output else ""
    if not ending:
        return "jsonl"
    if ending not in FORMATS:
        hint = f"Name one with --format, or let the name end in one of: {', '.join(FORMATS)}."
        raise UsageError(output, f"the ending .{ending} is no format", hint)
    return ending


def _tell_what_stays() -> None:
    """Say it before anything is written, so that it can still be stopped."""
    from archive.library.pseudonyms import LIMITS

    tell(LIMITS)


def _make_whole(run: Run, settings: "Settings") -> None:
    """See to it that a query whose answer will be cited finds the same however the archive grew."""
    from archive.pipeline.reindex import make_whole

    if make_whole(settings, Bar("sections", quiet=run.quiet)) and not run.quiet:
        tell("The index was made anew first, so that the bundle does not hang on the order in which scans came.")


def _narrowing(options: dict[str, Any]) -> "Narrowing":
    from archive.library.narrow import Narrowing

    if (options["by"] or options["seed"]) and not options["sample"]:
        raise UsageError(None, "--by and --seed go with --sample only", "As in: --sample 200 --by category,year.")
    by = tuple(name.strip() for name in options["by"].split(",") if name.strip())
    return Narrowing(options["sample"] or 0, by, options["seed"], options["doubles"])


class _Guarded:
    """Standard output on a terminal: lets nothing through that could steer it."""

    def write(self, text: str) -> int:
        """Write the text, made harmless."""
        return sys.stdout.write(printable(text, keep="\r\n\t"))


class _Joined:
    """Makes one JSON list of JSON lines, as they come."""

    def __init__(self) -> None:
        self._between = to_json({"schema_version": SCHEMA_VERSION})[:-1] + ', "sections": [\n'

    def write(self, text: str) -> int:
        """Write lines, the last line's end only once another line follows."""
        sys.stdout.write(self._between + text.removesuffix("\n").replace("\n", ",\n"))
        self._between = ",\n" if text.endswith("\n") else ""
        return len(text)

    def finish(self) -> None:
        """Close the list."""
        sys.stdout.write(("\n" if self._between == ",\n" else self._between) + "]}\n")


def _pictures(settings: "Settings") -> "Callable[[str], Original]":
    """Return what finds the pictures of pages; only a format that asks for one pays for it."""

    @cache
    def originals() -> "Originals":
        from archive.pipeline.originals import Originals

        return Originals(settings)

    return lambda page_id: originals().find(page_id)


def _plain_stream() -> IO[str]:
    """Return standard output as UTF-8, which every format is."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return cast("IO[str]", _Guarded()) if sys.stdout.isatty() else sys.stdout


def _follow(bar: Bar) -> Callable[[int, int], None]:
    def follow(done: int, total: int) -> None:
        if done == 1:
            bar.start(total)
        bar.advance("")

    return follow


def _tell_written(run: Run, exported: "Exported", form: str, output: Path) -> None:
    if run.json:
        answer: dict[str, Any] = {"format": form, "output": str(output), "sections": exported.sections}
        faults = [
            {name: getattr(fault, name) for name in ("path", "code", "message", "hint")} for fault in exported.faults
        ]
        if exported.replaced is not None:
            answer["replaced"] = dict(exported.replaced)
        write_json(
            {"schema_version": SCHEMA_VERSION, **answer, "index_behind": exported.index_behind, "faults": faults}
        )
        return
    for fault in exported.faults:
        tell(f"{fault.path}: {fault.message}. {fault.hint}".rstrip())
    if not run.quiet:
        tell(f"{output}: {count(exported.sections, 'section')}.")
    _warn(run, exported)


def _warn(run: Run, exported: "Exported") -> None:
    if exported.index_behind and not run.quiet:
        tell("The index is behind the catalogue, so that the query may have missed some: run `archive reindex`.")
    if exported.replaced is not None and not run.quiet:
        from archive.library.pseudonyms import told

        tell(told(exported.replaced))
