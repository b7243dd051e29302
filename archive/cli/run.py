"""What do all commands share: which archive, --json, -v and -q, and how a command is declared?"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from archive.settings import Settings, load_settings

_NORMAL, _TRACES = 0, 2
_HERE = Path()


class Run:
    """One call of the program: what the options that every command takes have said so far."""

    def __init__(self, root: Path = _HERE, *, json: bool = False, verbosity: int = _NORMAL) -> None:
        self.root = root
        self.json = json
        self.verbosity = verbosity

    @property
    def quiet(self) -> bool:
        """Whether only errors are wanted."""
        return self.verbosity < _NORMAL

    @property
    def verbose(self) -> bool:
        """Whether more is wanted than usual."""
        return self.verbosity > _NORMAL

    @property
    def traces(self) -> bool:
        """Whether an error shall come with where in the program it arose."""
        return self.verbosity >= _TRACES

    def settings(self) -> Settings:
        """Read the archive's settings."""
        return load_settings(self.root)


class Command(click.Command):
    """A command that also takes the options of the whole program, and whose help ends with examples.

    Args:
        examples: Command lines, each with what it does.
    """

    def __init__(self, *args: Any, examples: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self._shared = shared_options(environment=False)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the command's own parameters and those of the whole program."""
        return [*super().get_params(ctx), *self._shared]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, those of the whole program apart."""
        options = [param for param in super().get_params(ctx) if isinstance(param, click.Option)]
        own = [record for param in options if (record := param.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(own)
        write_shared_options(self._shared, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        with formatter.section("Examples"):
            for line, meaning in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
                with formatter.indentation():
                    formatter.write_text(meaning)
        super().format_epilog(ctx, formatter)


def command(*examples: tuple[str, str]) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command by its function and the examples that its help shows: a command line and what it does."""
    return click.command(cls=Command, examples=examples)


def shared_options(*, environment: bool) -> list[click.Parameter]:
    """Make the options that stand before or after the command; `environment`: whether ARCHIVE_DIR is looked at."""

    def option(*names: str, **kwargs: Any) -> click.Option:  # noqa: ANN401 - click's
        return click.Option(names, expose_value=False, callback=_note_option, **kwargs)

    return [
        option(
            "-C",
            "root",
            metavar="DIR",
            type=click.Path(path_type=Path),
            envvar="ARCHIVE_DIR" if environment else None,
            help="The archive's folder; else ARCHIVE_DIR, else the current folder.",
        ),
        option(
            "-v", "--verbose", "verbose", count=True, help="Say more; -vv adds where in the program an error arose."
        ),
        option("-q", "--quiet", "quiet", is_flag=True, help="Say nothing but the answer and errors."),
        option("--json", "json", is_flag=True, help="Answer with one JSON object."),
    ]


def write_shared_options(options: list[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the help of the options that every command takes."""
    with formatter.section("Options of every command"):
        formatter.write_dl([record for param in options if (record := param.get_help_record(ctx))])


def _note_option(ctx: click.Context, param: click.Parameter, value: Any) -> None:  # noqa: ANN401 - click's
    run = ctx.ensure_object(Run)
    match param.name:
        case "root" if value is not None:
            run.root = value
        case "json" if value:
            run.json = True
        case "verbose" if value:
            run.verbosity = max(run.verbosity, 0) + value
        case "quiet" if value:
            run.verbosity = -1
