"""How does a shell learn to complete our commands?"""

import click
from click.shell_completion import get_completion_class

from archive.cli.output import SCHEMA_VERSION, write_json
from archive.cli.run import Run, command

_SHELLS = ("bash", "zsh", "fish")


@command(
    (
        "archive completion bash > ~/.local/share/bash-completion/completions/archive",
        "For bash, from the next shell on.",
    ),
    ("archive completion fish > ~/.config/fish/completions/archive.fish", "For fish."),
    ('eval "$(archive completion zsh)"', "For zsh: a line for ~/.zshrc."),
)
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    SHELL is bash, zsh or fish.
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows the three
    maker = kind(ctx.find_root().command, {}, "archive", "_ARCHIVE_COMPLETE")
    script = kind.source_template % maker.source_vars()
    if ctx.ensure_object(Run).json:
        write_json({"schema_version": SCHEMA_VERSION, "shell": shell, "script": script})
    else:
        click.echo(script)
