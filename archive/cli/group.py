"""Which command is meant, and how does it end?

The one place where an error becomes an exit code and words on standard error.
"""

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from archive.cli import COMMANDS
from archive.cli.output import tell, to_json
from archive.cli.run import Helpful, Option, Run, shared_options, write_shared_options
from archive.errors import ArchiveError, ExitCode, QuerySyntaxError, StorageError, UsageError

_COMPLETE_VARIABLE = "_ARCHIVE_COMPLETE"  # set by the shell's completion script


class Commands(Helpful, click.Group):
    """The commands of COMMANDS, each imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Name the commands in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Load a command from the file of its name."""
        if cmd_name not in COMMANDS:
            return None
        loaded: click.Command = getattr(import_module(f"archive.cli.{cmd_name}"), cmd_name)
        return loaded

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a slip of the pen, say which one is near."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        import difflib

        near = difflib.get_close_matches(name, COMMANDS, n=1)
        raise click.UsageError(f"no command `{name}`" + (f". Did you mean `{near[0]}`?" if near else ""), ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands first, then the options that go with each."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        shown = [param for param in self.get_params(ctx) if param.name not in {"version", "help"}]
        write_shared_options(shown, ctx, formatter)
        with formatter.section("More"):
            rows = [("COMMAND --help", "A command's options, with examples."), ("--version", "The program's version.")]
            formatter.write_dl(rows)


def make_group() -> Commands:
    """Make the command line: the group, its options, its help."""
    version = Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
    return Commands(
        "archive",
        params=[*shared_options(environment=True), version],
        help="Search and export decades of scanned newsletters.",
        no_args_is_help=False,
    )


def run_command(args: Sequence[str]) -> int:
    """Run one command line and return its exit code; errors become words on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal's encoding may lack a character; that is no error
    if _COMPLETE_VARIABLE in os.environ:
        make_group().main(list(args), "archive", _COMPLETE_VARIABLE)
    run = Run()
    if sys.stdout is None:
        hint = "Send it to a file, or to /dev/null."
        return _report(StorageError(None, "standard output is closed, so that no answer can be given", hint), run, args)
    try:
        code = _invoke(list(args), run)
        sys.stdout.flush()
    except BrokenPipeError:
        return _close_quietly()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last catch of all: a traceback helps no reader
        return _report(explain_error(error), run, args)
    return code


def explain_error(error: BaseException) -> ArchiveError:
    """Turn whatever ended a command into what happened, to which file, and what to do next."""
    match error:
        case ArchiveError():
            return error
        case click.UsageError():
            where = error.ctx.command_path if error.ctx else "archive"
            hint = f"`{where} --help` shows how it is used."
            if isinstance(error, click.NoSuchOption) and not error.option_name.startswith("--"):
                hint = f"Put -- before words with a leading hyphen. {hint}"
            return UsageError(None, error.format_message().rstrip("."), hint)
        case KeyboardInterrupt() | click.Abort():
            return _StoppedError(None, "stopped; what was finished stays")
        case click.FileError():
            return StorageError(error.ui_filename, error.message)
        case OSError():
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            what = "the disk is full" if full else (error.strerror or str(error)).lower()
            hint = "Free some space, then run the command again." if full else "Check the path and its permissions."
            return StorageError(error.filename, what, hint)
    what = f"the program itself failed ({type(error).__name__}: {error})"
    return _BugError(None, what, "Run it again with -vv and report what it shows.")


class _StoppedError(ArchiveError):
    """Ctrl-C."""

    exit_code = ExitCode.INTERRUPTED
    code = "interrupted"


class _BugError(ArchiveError):
    """A mistake of ours."""

    code = "bug"


def _invoke(args: list[str], run: Run) -> int:
    try:
        with make_group().make_context("archive", args, obj=run) as ctx:
            code = ctx.command.invoke(ctx)
    except click.exceptions.Exit as done:
        return done.exit_code
    return code if isinstance(code, int) else ExitCode.OK


def _report(error: ArchiveError, run: Run, args: Sequence[str]) -> int:
    options = args[: args.index("--")] if "--" in args else args  # a usage error may come before they were read
    if run.traces or "-vv" in options:
        import traceback

        traceback.print_exc()
    if run.json or "--json" in options:
        message = error.message
        if isinstance(error, QuerySyntaxError):
            message += f", at character {error.position + 1} of: {error.query}"
        said = {"code": error.code, "message": message, "path": error.path, "hint": error.hint}
        sys.stderr.write(to_json({"error": said}) + "\n")
    else:
        tell("Error: " + str(error).replace("?.", "?"))
    return error.exit_code


def _close_quietly() -> int:
    """End well when whoever read our output (`head`, `less`) wants no more of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.OK


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001 - click's
    if value and not ctx.resilient_parsing:
        from archive import __version__

        click.echo(f"newsletter-archive {__version__}")
        ctx.exit()
