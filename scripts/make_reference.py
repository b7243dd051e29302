"""How does docs/commands.md come from the commands? Run: python scripts/make_reference.py."""

import sys
from importlib import import_module
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archive.cli import COMMANDS
from archive.cli.group import make_group

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
_OPENING = """\
# Commands

`archive [OPTIONS] COMMAND [OPTIONS] [ARGUMENTS]`. Answers go to standard output; progress, warnings and errors go to
standard error. What the exit codes mean is in [exit-codes.md](exit-codes.md).

This page is made from the commands themselves by `python scripts/make_reference.py`.
"""


def make_reference() -> str:
    """Return the page: each command with its usage, options and examples."""
    group = make_group()
    with click.Context(group, info_name="archive") as ctx:
        shared = [param for param in group.params if param.name != "version"]
        parts = [_OPENING, "## Options of every command\n\nBefore or after the command.\n", _options(shared, ctx)]
        for name in COMMANDS:
            command = getattr(import_module(f"archive.cli.{name}"), name)
            with click.Context(command, info_name=name, parent=ctx) as inner:
                parts += _command(name, command, inner)
    return "\n".join(parts)


def _command(name: str, command: click.Command, ctx: click.Context) -> list[str]:
    usage = " ".join(["archive", name, *command.collect_usage_pieces(ctx)])
    paragraphs = [" ".join(part.split()) for part in (command.help or "").split("\n\n")]
    parts = [f"## {name}\n", f"`{usage}`\n", "\n\n".join(paragraphs) + "\n"]
    options = [param for param in command.params if isinstance(param, click.Option)]
    if options:
        parts.append(_options(options, ctx))
    examples = getattr(command, "examples", ())
    lines = [f"- `{line}`: {meaning}" for line, meaning in examples]
    return [*parts, "Examples:\n", "\n".join(lines) + "\n"]


def _options(options: list[click.Parameter], ctx: click.Context) -> str:
    rows = [record for option in options if (record := option.get_help_record(ctx))]
    cells = [(f"`{names}`".replace("|", r"\|"), meaning.replace("|", r"\|")) for names, meaning in rows]
    return "\n".join(["| option | meaning |", "|---|---|", *(f"| {names} | {text} |" for names, text in cells)]) + "\n"


if __name__ == "__main__":
    REFERENCE.write_text(make_reference(), encoding="utf-8")
