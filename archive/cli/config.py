"""Which settings are in force, and where does each come from?"""

from pathlib import Path
from typing import Any

import click

from archive.cli.output import SCHEMA_VERSION, say, show_table, to_json, write_json
from archive.cli.run import Run, command
from archive.errors import UsageError
from archive.settings import explain_settings


@command(
    ("archive config", "All settings."),
    ("archive config languages", "One setting, its value alone."),
    ("archive config --json", "All settings, for a program."),
)
@click.argument("key", required=False)
@click.pass_obj
def config(run: Run, key: str | None) -> None:
    """Show the settings in force and where each comes from.

    With KEY, only the value of that one. They are changed by editing archive.toml in the archive's folder.
    """
    settings = run.settings()
    rows = [("archive", str(settings.root.resolve()), "-C, ARCHIVE_DIR or the current folder")]
    rows += [(name, _plain(value), origin) for name, value, origin in explain_settings(settings)]
    if key is not None:
        rows = [row for row in rows if row[0] == key]
        if not rows:
            raise UsageError(None, f"no setting `{key}`", hint="`archive config` lists them.")
    if run.json:
        listed = [{"key": name, "value": value, "origin": origin} for name, value, origin in rows]
        write_json({"schema_version": SCHEMA_VERSION, "settings": listed})
    elif key is not None:
        say(_text(rows[0][1]))
    else:
        show_table([(name, _text(value), origin) for name, value, origin in rows], ("key", "value", "from"))


def _plain(value: Any) -> Any:  # noqa: ANN401 - a setting of any type
    """Turn a setting into what JSON knows."""
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _text(value: Any) -> str:  # noqa: ANN401 - a setting of any type
    if isinstance(value, list):
        return " ".join(part if isinstance(part, str) else to_json(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
