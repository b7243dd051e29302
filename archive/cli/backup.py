"""How is everything that cannot be made again put into one file?"""

from dataclasses import asdict
from pathlib import Path

import click

from archive.cli.output import SCHEMA_VERSION, count, say, tell, write_json
from archive.cli.progress import Bar
from archive.cli.run import Run, command, force_option
from archive.errors import ExitCode

_KILO = 1000


@command(
    (
        "archive backup /media/usb/newsletters.tar",
        "Scans, settings, decisions, ids and the pages as read, in one file.",
    ),
)
@click.argument("target", metavar="FILE.tar", type=click.Path(path_type=Path, dir_okay=False))
@force_option
@click.pass_obj
def backup(run: Run, /, target: Path, *, force: bool) -> int:
    """Write all that cannot be derived, and the pages as read, into one file.

    To get the archive back, unpack the file (tar -xf) and run `archive ingest` in it: the same ids and texts, without
    OCR. The catalogue and the full-text index are made anew and are not in it.
    """
    from archive.pipeline.backup import back_up

    done = back_up(run.settings(), target, progress=Bar("files", quiet=run.quiet), force=force)
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "file": str(target), **asdict(done)})
    elif not run.quiet:
        say(f"{target}: {count(done.files, 'file')}, {_size(done.size)}.")
    for fault in done.faults if not run.json else ():
        tell(f"Not backed up: {fault.path}: {fault.message}. {fault.hint}".rstrip())
    return ExitCode.PARTLY if done.faults else ExitCode.OK


def _size(size: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < _KILO:
            return f"{size:.0f} {unit}"
        size /= _KILO
    return f"{size:.1f} TB"
