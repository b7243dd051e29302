"""What do all commands share: which archive, --json, -v and -q, and how a command is declared?"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.settings import Settings, load_settings

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

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


class Option(click.Option):
    """An option whose help is taken as it is written: to have click clean it takes a library that is slow to load."""

    def __init__(self, *args: Any, help: str | None = None, **kwargs: Any) -> None:  # noqa: A002, ANN401 - click's
        super().__init__(*args, **kwargs)
        self.help = help


option = partial(click.option, cls=Option)
# For each command that writes to a place that a person names.
force_option = option("--force", is_flag=True, help="Replace a file that this program did not write.")


class Helpful(click.Command):
    """A command, or group of them, with a help option that is as quick to make as the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's
        super().__init__(*args, **kwargs)
        self._help = help_option()

    def get_help_option(self, ctx: click.Context) -> Option:  # noqa: ARG002 - click's
        """Return the option that shows the help."""
        return self._help


class Command(Helpful):
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

    def noted(*names: str, **kwargs: Any) -> Option:  # noqa: ANN401 - click's
        return Option(names, expose_value=False, callback=_note_option, **kwargs)

    return [
        noted(
            "-C",
            "root",
            metavar="DIR",
            type=Path,
            shell_complete=complete_path,
            envvar="ARCHIVE_DIR" if environment else None,
            help="The archive's folder; else ARCHIVE_DIR, else the current folder.",
        ),
        noted("-v", "--verbose", "verbose", count=True, help="Say more; -vv adds where in the program an error arose."),
        noted("-q", "--quiet", "quiet", is_flag=True, help="Say nothing but the answer and errors."),
        noted("--json", "json", is_flag=True, help="Answer with one JSON object."),
    ]


def complete_path(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":  # noqa: ARG001 - click's
    """Let the shell complete a path: for options of type Path, as click.Path looks its name up in a translation."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def help_option() -> Option:
    """Make the option that shows the help; click's own looks it up in a translation, which takes a while."""
    return Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help="Show this message and exit.",
    )


def write_shared_options(options: list[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the help of the options that every command takes."""
    with formatter.section("Options of every command"):
        formatter.write_dl([record for param in options if (record := param.get_help_record(ctx))])


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001 - click's
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


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
