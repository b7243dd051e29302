"""How does a person have new scans taken in by themselves?"""

import signal
import sys
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from archive.cli.output import SCHEMA_VERSION, count, say, tell, to_json
from archive.cli.progress import Bar
from archive.cli.run import Run, command, option
from archive.errors import ExitCode

if TYPE_CHECKING:
    from types import FrameType

    from archive.pipeline.ingest import IngestReport


class _EndedError(KeyboardInterrupt):
    """The system asks the program to end (SIGTERM)."""


@command(
    ("archive watch", "Take in what arrives in raw/ when nothing of it has changed for ten seconds; Ctrl-C ends it."),
    ("archive watch --settle 120 --every 30", "For a slow network share: wait longer, look less often."),
)
@option(
    "--settle",
    type=click.FloatRange(min=0),
    metavar="S",
    default=10,
    show_default=True,
    help="Seconds without change after which a scan is taken to be all there.",
)
@option(
    "--every",
    type=click.FloatRange(min=0.1),
    metavar="S",
    default=5,
    show_default=True,
    help="Seconds between two looks.",
)
@option("--jobs", type=click.IntRange(min=1), metavar="N", help="Pages to read side by side; else as in archive.toml.")
@option("--timeout", type=click.FloatRange(min=1), metavar="S", help="Seconds for one page; else as in archive.toml.")
@click.pass_obj
def watch(run: Run, /, settle: float, every: float, jobs: int | None, timeout: float | None) -> ExitCode:
    """Keep on taking in what arrives in raw/.

    Looks again and again, which works on network shares too. While another run holds the archive, or raw/ is away, it
    waits. Ctrl-C ends it; what was finished stays, and the next run goes on from there. With --json, each run that
    changed something is one line with an object.
    """
    from archive.pipeline.ingest import IngestOptions
    from archive.pipeline.watch import Told, WatchOptions
    from archive.pipeline.watch import watch as keep_watch

    signal.signal(signal.SIGTERM, _end)
    settings = run.settings()
    options = WatchOptions(every, settle, IngestOptions(jobs=jobs or 0, timeout_s=timeout or 0))
    bar = Bar("pages", quiet=run.quiet, notes=run.verbose)
    told = Told(lambda report: _print(report, run), tell if not run.quiet else lambda _: None, bar)
    if not run.quiet:
        tell(f"Watching {settings.raw_dir}; Ctrl-C ends it.")
    try:
        keep_watch(settings, told, options=options)
    except _EndedError:
        if not run.quiet:
            tell("Ended as asked; what was finished stays.")
    return ExitCode.OK


def _end(_number: int, _frame: "FrameType | None") -> None:
    raise _EndedError


def _print(report: "IngestReport", run: Run) -> None:
    now = datetime.now().astimezone().isoformat(" ", "seconds")
    if run.json:
        sys.stdout.write(to_json(_answer(report, now)) + "\n")
    elif not run.quiet:
        parts = []
        if report.finished:
            parts.append(f"took in {count(len(report.finished), 'scan')} with {count(report.sections, 'section')}")
        parts += [f"{file} is the same as {first}" for file, first in report.doubles]
        parts += [f"{file} is now {name}" for file, name in report.moved]
        parts += [f"{file} is gone" for file in report.gone]
        parts += [f"{file} is back" for file in report.plan.back]
        if parts:
            say(f"{now[:19]}  {'; '.join(parts)}.")
    for fault in report.faults if not run.json else ():
        tell(f"{now[:19]}  failed: {fault.path}: {fault.message}. {fault.hint}".rstrip())
    sys.stdout.flush()


def _answer(report: "IngestReport", now: str) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "time": now.replace(" ", "T"),
        "finished": report.finished,
        "missing": report.gone,
        "back": list(report.plan.back),
        "moved": [{"file": file, "to": name} for file, name in report.moved],
        "doubles": [{"file": file, "same_as": first} for file, first in report.doubles],
        "sections": report.sections,
        "pages": dict(report.pages),
        "faults": [asdict(fault) for fault in report.faults],
    }
