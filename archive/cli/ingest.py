"""How does a person take in scans?"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.output import SCHEMA_VERSION, count, say, tell, write_json
from archive.cli.progress import Bar, duration
from archive.cli.run import Run, command, option
from archive.errors import ExitCode

if TYPE_CHECKING:
    from archive.pipeline.foretold import ForetoldIssue
    from archive.pipeline.ingest import IngestReport
    from archive.pipeline.plan import Plan

_READ = ("ok", "low", "empty")
_STATUSES = (*_READ, "failed", "timed_out")
_NAMED = 10  # files that a dry run names of each kind


@command(
    ("archive ingest", "Take in all that is new or changed in raw/."),
    ("archive ingest --dry-run", "Only say what would be done, and which issues there would be."),
    ("archive ingest ~/scans/2019", "Copy scans into raw/ and take them in."),
    ("archive ingest --jobs 2 --timeout 300", "Use two processor cores; give each page five minutes."),
    ("archive ingest --retry", "Also try again what failed before."),
    ("archive ingest --reparse", "Make sections anew from the pages as read, without OCR."),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@option("--jobs", type=click.IntRange(min=1), metavar="N", help="Pages to read side by side; else as in archive.toml.")
@option("--timeout", type=click.FloatRange(min=1), metavar="S", help="Seconds for one page; else as in archive.toml.")
@option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@option("--retry", "again", flag_value="retry", help="Also try again what failed and has not changed.")
@option("--reparse", "again", flag_value="reparse", help="Make sections anew from the pages as read.")
@option("--reread", "again", flag_value="reread", help="Read all pages again, with OCR where it is needed.")
@click.pass_obj
def ingest(run: Run, /, paths: tuple[Path, ...], again: str | None, **options: Any) -> int:  # noqa: ANN401 - click's
    """Take in all scans that are new or changed.

    PDF, PNG, JPEG and TIFF files, folders of page images, and .txt files of earlier OCR; ALTO, hOCR or x.ocr.pdf beside
    a scan, and exports of paperless-ngx. One bad scan does not stop the others; Ctrl-C keeps what is finished, and the
    next run goes on from there.
    """
    from archive.corrections import describe
    from archive.pipeline.ingest import IngestOptions
    from archive.pipeline.ingest import ingest as take_in
    from archive.pipeline.plan import Again

    chosen = IngestOptions(
        jobs=options["jobs"] or 0,
        timeout_s=options["timeout"] or 0,
        dry_run=options["dry_run"],
        again=Again(again or "nothing"),
    )
    bar = Bar("pages", quiet=run.quiet, notes=run.verbose)
    report = take_in(run.settings(), paths, options=chosen, progress=bar)
    if run.json:
        write_json(_answer(report, dry_run=chosen.dry_run))
    elif chosen.dry_run:
        _print_plan(report)
        _print_series(report.foretold)
    elif not run.quiet:
        _print_summary(report)
    for fault in report.faults if not run.json else ():
        tell(f"Failed: {fault.path}: {fault.message}. {fault.hint}".rstrip())
    for correction in report.unplaced:
        tell(f"No place found for a correction: {describe(correction)}. See `archive doctor`.")
    return exit_code(report)


def exit_code(report: "IngestReport") -> ExitCode:
    """Return what the shell is told: in part where anything succeeded beside what failed."""
    if not report.faults:
        return ExitCode.OK
    failed = {fault.path for fault in report.faults}
    succeeded = any(report.pages[status] for status in _READ) or bool({*report.finished, *report.plan.todo} - failed)
    if succeeded or report.doubles:
        return ExitCode.PARTLY
    codes = {fault.code for fault in report.faults}
    return ExitCode.STORAGE if codes == {"storage"} else ExitCode.BAD_INPUT


def _print_summary(report: "IngestReport") -> None:
    plan = report.plan
    if report.finished:
        pages = ", ".join(f"{report.pages[status]:,} {_word(status)}" for status in _STATUSES if report.pages[status])
        scans, all_pages = count(len(report.finished), "scan"), count(report.pages.total(), "page")
        failed = len({fault.path for fault in report.faults} & set(report.finished))
        scans += f" ({failed:,} with pages that failed)" if failed else ""
        say(f"Took in {scans} with {count(report.sections, 'section')} in {duration(report.seconds)}.")
        say(f"{all_pages}: {pages}.")
    elif not report.faults:
        say("Nothing new.")
    if plan.unchanged:
        say(f"Unchanged: {count(plan.unchanged, 'scan')}.")
    for files, how in ((plan.parsed_otherwise, "reparse"), (plan.read_otherwise, "reread")):
        if files:
            taken = f"{count(len(files), 'scan')} taken in under other settings"
            say(f"archive.toml has changed since: {taken}; `archive ingest --{how}` uses it for them.")
    for file, first in report.doubles:
        say(f"{file} holds the same bytes as {first} and is one scan with it.")
    for file, name in report.moved:
        say(f"{file} is gone; {name} is the same scan, under the same ids.")
    for old in report.replaced:
        say(f"{old.id} was replaced: {old.reason}" + (f" ({old.moved_to})." if old.moved_to else "."))
    for file in report.gone:
        say(f"{file} is gone: its sections leave the search, its ids stay.")
    for file in plan.back:
        say(f"{file} is back.")
    if plan.failed_before or plan.refused_before:
        before = [f"{len(plan.failed_before):,} of the unchanged"] if plan.failed_before else []
        before += [count(len(plan.refused_before), "refused file")] if plan.refused_before else []
        say(f"Failed before, not tried again: {' and '.join(before)}; `archive ingest --retry` tries.")


def _print_plan(report: "IngestReport") -> None:
    plan = report.plan
    for name, files in (dict(_lists(plan)) | {"missing": report.gone}).items():
        if files:
            say(f"{name.capitalize()}: {count(len(files), 'scan')}")
            for file in files[:_NAMED]:
                say(f"    {file}")
            if len(files) > _NAMED:
                say(f"    and {len(files) - _NAMED:,} more")
    for file, name in report.moved:
        say(f"{file} is gone; {name} is the same scan, under the same ids.")
    say(f"Unchanged: {count(plan.unchanged, 'scan')}")


def _print_series(issues: "Sequence[ForetoldIssue]") -> None:
    """Print the series that issues would be put in, what each fact rests on, and what speaks against it."""
    for (slug, name), found in groupby(issues, key=lambda issue: (issue.slug, issue.newsletter)):
        members = list(found)
        say(f"{name} ({slug}): {count(len(members), 'issue')}")
        for issue in members:
            number = f"number {issue.number} ({issue.number_source})" if issue.number else "no number"
            date = f"{issue.date} ({issue.date_source})" if issue.date else "undated"
            page = f", page {issue.first_page}" if issue.first_page > 1 else ""
            say(f"    {date}, {number}: {issue.file}{page}{'' if issue.read else ' (by its name; not read yet)'}")
            if issue.read:
                say(f"        {issue.date_evidence}")
            for doubt in issue.doubts:
                say(f"        doubted: {doubt}")


def _lists(plan: "Plan") -> Iterator[tuple[str, list[str]]]:
    yield "new", [found.file for found in plan.new]
    yield "changed", [found.file for found in plan.changed]
    yield "again", [found.file for found in plan.again]
    yield "missing", list(plan.missing)
    yield "back", list(plan.back)


def _word(status: str) -> str:
    return status.replace("_", " ")


def _answer(report: "IngestReport", *, dry_run: bool) -> dict[str, Any]:
    names = ("path", "code", "message", "hint")
    return {
        "schema_version": SCHEMA_VERSION,
        "dry_run": dry_run,
        **dict(_lists(report.plan)),
        "missing": report.gone,
        "moved": [{"file": file, "to": name} for file, name in report.moved],
        "replaced": [{"id": old.id, "moved_to": old.moved_to, "reason": old.reason} for old in report.replaced],
        "unchanged": report.plan.unchanged,
        "other_settings": [*report.plan.parsed_otherwise, *report.plan.read_otherwise],
        "finished": report.finished,
        "doubles": [{"file": file, "same_as": first} for file, first in report.doubles],
        "pages": {status: report.pages[status] for status in _STATUSES},
        "sections": report.sections,
        "faults": [{name: getattr(fault, name) for name in names} for fault in report.faults],
        "issues": [asdict(issue) for issue in report.foretold],
        "unplaced_corrections": [asdict(correction) for correction in report.unplaced],
        "seconds": round(report.seconds, 2),
    }
