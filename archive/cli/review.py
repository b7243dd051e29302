"""How does a person judge what the machine was least sure of?"""

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from archive.cli.output import SCHEMA_VERSION, count, printable, say, tell, write_json
from archive.cli.progress import Bar
from archive.cli.run import Run, command, option
from archive.errors import ExitCode
from archive.model.issues import Correction

if TYPE_CHECKING:
    from archive.library.review import Doubt
    from archive.pipeline.correct import Corrected
    from archive.settings import Settings

_QUESTIONS = {
    "date": "When did this issue appear?",
    "newsletter": "Which newsletter is this?",
    "boundary": "Does a section begin here?",
    "category": "Which category is this section?",
}
_FACTS = {"date": "issue_date", "newsletter": "newsletter"}


@command(
    ("archive review", "Judge the twenty decisions that the machine was least sure of, one key each."),
    ("archive review --limit 100", "Judge a hundred."),
)
@option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="How many to ask.")
@click.pass_obj
def review(run: Run, /, limit: int) -> int:
    """Walk through the least certain decisions.

    Each comes with its evidence and takes one key: y for right, another for what it should be, s to skip, q to stop.
    What you decide is a line of corrections.csv as soon as the key is pressed; the texts follow at the end.
    """
    from archive.library.review import find_doubts

    settings = run.settings()
    doubts = find_doubts(settings, limit=limit)
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "doubts": [asdict(doubt) for doubt in doubts]})
        return ExitCode.OK
    if not doubts:
        say("Nothing is in doubt.")
        return ExitCode.OK
    return _walk(settings, doubts, quiet=run.quiet)


def _walk(settings: "Settings", doubts: "tuple[Doubt, ...]", *, quiet: bool) -> int:
    """Ask about one doubt after the other, write down each answer at once, and apply them all at the end."""
    from archive.cli.correct import exit_code, tell_corrected
    from archive.pipeline.correct import Corrected, apply, note

    noted = Corrected(())
    try:
        for number, doubt in enumerate(doubts, start=1):
            say(f"\n{number} of {len(doubts)}: {_QUESTIONS[doubt.kind]}")
            answer = _ask(doubt)
            if answer is None:
                break
            if answer:
                noted = _with(noted, note(settings, answer))
    except KeyboardInterrupt:
        apply(settings, noted)
        raise
    corrected = apply(settings, noted, progress=Bar("pages", quiet=True))
    say()
    tell_corrected(replace(corrected, made=corrected.unplaced), quiet=True)
    if not quiet:
        say(f"Decided: {count(len(corrected.made), 'correction')}.")
    return exit_code(corrected)


def _with(noted: "Corrected", more: "Corrected") -> "Corrected":
    for refused in more.refused:
        tell(f"Not written down: {refused.error}")
    return replace(noted, made=(*noted.made, *more.made))


def _ask(doubt: "Doubt") -> tuple[Correction, ...] | None:
    """Show a doubt and return what the person decided: nothing when skipped, None to stop."""
    say(f"{'decided':<12}{doubt.value or 'nothing'}, {doubt.sure:.0%} sure ({doubt.id})")
    for name, text in doubt.evidence:
        say(f"{name:<12}{text}")
    choices = _choices(doubt)
    say("  ".join(f"[{key}] {meaning}" for key, meaning in choices.items()))
    while True:
        key = _key()
        if key in {"", "q"}:
            return None
        if key == "s":
            return ()
        if key in choices:
            return _decide(doubt, key)
        tell(f"Keys: {', '.join(choices)}.")


def _choices(doubt: "Doubt") -> dict[str, str]:
    choices = {}
    if doubt.value or doubt.kind == "boundary":
        choices["y"] = f"yes, {doubt.value}" if doubt.kind == "category" else "yes"
    if doubt.kind == "category":
        choices |= {str(n): f"{name} {score:.2f}" for n, (name, score) in enumerate(doubt.options[:9], start=1)}
    elif doubt.kind == "boundary":
        choices["j"] = "no, join it to the section above"
    else:
        choices["e"] = "enter it"
    return choices | {"s": "skip", "q": "stop"}


def _decide(doubt: "Doubt", key: str) -> tuple[Correction, ...]:
    if doubt.kind == "category":
        value = doubt.value if key == "y" else doubt.options[int(key) - 1][0]
        return (_correction(doubt.id, "category", value),)
    if doubt.kind == "boundary":
        if key == "j":
            return (_correction(doubt.before, "join", doubt.id),)
        return (_correction(doubt.id, "split", doubt.opening),)  # it begins here, whatever a later rule says
    value = doubt.value if key == "y" else _line(f"{doubt.kind}: ")
    return (_correction(doubt.id, _FACTS[doubt.kind], value),) if value else ()


def _correction(given: str, field: str, value: str) -> Correction:
    return Correction(given, field, value, "", "", "", "reviewed")


def _key() -> str:
    """Return one key; from what is no terminal, the first character of a line; empty at the end."""
    if sys.stdin.isatty():
        return click.getchar().lower()
    line = sys.stdin.readline()
    return line.strip()[:1].lower() or ("s" if line else "")


def _line(prompt: str) -> str:
    sys.stdout.write(printable(prompt))
    sys.stdout.flush()
    return sys.stdin.readline().strip()
