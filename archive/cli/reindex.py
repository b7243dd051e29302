"""How is the full-text index made anew?"""

import time

import click

from archive.cli.output import SCHEMA_VERSION, count, say, write_json
from archive.cli.progress import Bar, duration
from archive.cli.run import Run, command


@command(
    ("archive reindex", "Make the index anew from the catalogue, for instance when `archive doctor` finds it damaged."),
)
@click.pass_obj
def reindex(run: Run) -> None:
    """Make the full-text index anew, without OCR.

    Everything comes from the catalogue. Searches go on in the old index until the new one is whole.
    """
    from archive.pipeline.reindex import reindex as rebuild

    begun = time.monotonic()
    sections = rebuild(run.settings(), Bar("sections", quiet=run.quiet))
    seconds = time.monotonic() - begun
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "sections": sections, "seconds": round(seconds, 2)})
    else:
        say(f"The index holds {count(sections, 'section')}; made in {duration(seconds)}.")
