"""How does an archive begin?"""

import os
from pathlib import Path

import click

from archive.cli.output import SCHEMA_VERSION, say, tell, to_json, write_json
from archive.cli.run import Run, command
from archive.errors import UsageError
from archive.settings import FILE_NAME, Settings
from archive.settings.keys import KEYS

_OPENING = """\
# The settings of this newsletter archive. A line without # is in force; the others show the defaults.
"""
_TABLES = {
    "newsletters": """\
#   [[newsletters]]
#   slug = "kerngroep-oost"
#   name = "Kerngroep Oost"
#   variants = ["Nieuwsbrief Kerngroep Oost", "KERNGROEP-OOST"]
""",
    "categories": """\
#   [[categories]]
#   name = "volunteers"
#   headings = ["vrijwilligers gezocht"]
#   terms = ["vrijwilliger", "vrijwilligerswerk"]
#   weight = 1.0
""",
}


@command(
    ("archive init", "Make the current folder an archive."),
    ("archive init ~/nieuwsbrieven", "Make an archive in a folder, which is made when it is not there."),
)
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def init(run: Run, directory: Path | None) -> None:
    """Make an archive.

    It gets an archive.toml, in which each setting is explained, and a folder raw/ for the scans.
    """
    root = run.root / (directory or Path())
    path = root / FILE_NAME
    raw = root / "raw"
    if os.path.lexists(path):
        raise UsageError(path, "there is an archive here already", hint="Nothing was changed.")
    raw.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(settings_text())
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "archive": str(root), "created": [str(path), str(raw)]})
        return
    if not run.quiet:
        say(f"Made {path} and {raw}")
        tell("Next: put scans into raw/, then run `archive ingest`.")


def settings_text() -> str:
    """Return an archive.toml that changes nothing and explains each key with its default."""
    defaults = Settings(Path())
    parts = [_OPENING]
    for key in KEYS:
        example = _TABLES.get(key.name)
        if example is None:
            value = getattr(defaults, key.name)
            example = f"#   {key.name} = {to_json(str(value) if isinstance(value, Path) else value)}\n"
        parts.append(f"# {key.meaning}\n{example}")
    return "\n".join(parts)
