"""How is something withdrawn from the archive?"""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive.cli.output import SCHEMA_VERSION, count, say, tell, write_json
from archive.cli.progress import Bar
from archive.cli.run import Run, command, option

if TYPE_CHECKING:
    from archive.pipeline.withdraw import Withdrawn


@command(
    (
        'archive withdraw kerngroep-oost-2022-06-15-a-s0003 --reason "asked for by the person named"',
        "Hide a section everywhere.",
    ),
    ("archive withdraw kerngroep-oost-2022-06-15-a", "Hide a whole issue."),
    (
        'archive withdraw kerngroep-oost-2022-06-15-a --erase --reason "not ours to keep"',
        "Remove an issue: its scan, what was read on its pages and all text of it.",
    ),
)
@click.argument("given", metavar="ID...", nargs=-1, required=True)
@option("--reason", default="", metavar="TEXT", help="Why; kept, and shown to whoever asks for the id.")
@option("--erase", "erasing", is_flag=True, help="Also remove the scan, the pages as read and the text.")
@click.pass_obj
def withdraw(run: Run, /, given: tuple[str, ...], reason: str, *, erasing: bool) -> None:
    """Hide an issue or a section everywhere, or erase an issue.

    The id stays: whoever asks for it is told that it was withdrawn, and why. A withdrawal is a line of corrections.csv;
    a later line for the id with the value `no` brings the text back with the next ingest, unless it was erased. What
    was exported, printed or backed up before is not reached.
    """
    from archive.pipeline.withdraw import erase, withdraw

    names = [each.strip() for each in given]
    if erasing:
        done = erase(run.settings(), names, reason=reason, progress=Bar("sections", quiet=run.quiet))
    else:
        done = withdraw(run.settings(), names, reason=reason)
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "erased": erasing, **asdict(done)})
    elif not run.quiet:
        _print_done(done, erasing=erasing)


def _print_done(done: "Withdrawn", *, erasing: bool) -> None:
    for each in done.ids:
        say(f"{'Erased' if erasing else 'Withdrawn'}: {each}.")
    for each in done.also:
        say(f"With it, as another scan of the same text: {each}.")
    if not erasing:
        return
    for file in done.files:
        say(f"Removed: {file}.")
    for file in done.left:
        say(f"Left, for another scan has the very same page: {file}.")
    say(f"Removed: {count(done.pages, 'page')} as read, {count(done.corrections, 'line')} of corrections.csv.")
    tell("Backups, exports and other copies made before still hold the text: see docs/privacy.md.")
