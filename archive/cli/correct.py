"""How does a person correct what the machine made of a scan?"""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.output import SCHEMA_VERSION, count, say, tell, write_json
from archive.cli.progress import Bar
from archive.cli.run import Run, command, option
from archive.corrections import CORRECTABLE, describe
from archive.errors import ExitCode, UsageError
from archive.model.issues import Correction

if TYPE_CHECKING:
    from archive.model.exports import Agreement
    from archive.pipeline.correct import Corrected


@command(
    ("archive correct kerngroep-oost-2022-06-15-a-s0003 category events", "Choose another category."),
    ("archive correct kerngroep-oost-2022-06-15-a issue_date 2022-06-18", "Set the date of an issue; its id stays."),
    (
        "archive correct kerngroep-oost-2022-06-15-a-s0003 word Vluchtelingen --expected Viuchtelingen",
        "Mend a misread word.",
    ),
    ('archive correct kerngroep-oost-2022-06-15-a-s0003 split "Open dag op"', "Begin a new section at these words."),
    (
        "archive correct kerngroep-oost-2022-06-15-a-s0003 join kerngroep-oost-2022-06-15-a-s0004",
        "Add a section to the one before it.",
    ),
    ("archive correct --import checked.csv", "Take over a table of corrections."),
    ("archive correct --last", "List the last ten, with number, date, id, field and value."),
    ("archive correct --undo", "Take the last correction back."),
    ("archive correct --undo 12", "Take back the one with that number in the list."),
    ("archive correct --import sheet.xlsx", "Take over a filled-in coding sheet, and say how far the machine agrees."),
)
@click.argument("given", metavar="[ID]", default="")
@click.argument("field", metavar="[FIELD]", default="")
@click.argument("value", metavar="[VALUE]", default=None)
@option("--expected", default="", metavar="WORD", help="For `word`: how the word reads now.")
@option("--context", default="", metavar="WORDS", help="For `word` and `split`: the words around it, or before it.")
@option("--note", default="", metavar="TEXT", help="Why; kept with the correction.")
@option(
    "--import",
    "table",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Take over a table with the columns of corrections.csv, or a coding sheet (.xlsx).",
)
@option(
    "--accept-removed", "accepting", flag_value="yes", default="", help="Let go of decisions that corrections.csv lost."
)
@option(
    "--undo",
    is_flag=False,
    flag_value="last",
    default="",
    metavar="[NUMBER]",
    help="Take back the last correction, or the one with this number.",
)
@option(
    "--last",
    is_flag=False,
    flag_value="10",
    default="",
    metavar="[COUNT]",
    help="List the last corrections (10), with their numbers.",
)
@click.pass_obj
def correct(run: Run, /, given: str, field: str, value: str | None, table: Path | None, **more: str) -> int:
    """Correct a section, an issue or a word by hand.

    FIELD is category, heading, issue_date, newsletter, issue_number, word, split, join, tag or note. The correction is
    a line of corrections.csv. It is applied at once, wins over the machine whenever the scan is read or parsed anew,
    and one that finds no place any more is named by every ingest. What was decided stays in force where corrections.csv
    is lost or emptied, and every command that writes says so until `archive doctor --repair` puts it back or
    --accept-removed lets it go. --undo takes back a correction, a withdrawal or an undoing, by one more line; an
    erasure cannot be taken back.
    """
    undoing, last = more.pop("undo"), more.pop("last")
    if more.pop("accepting"):
        return _accept_removed(run)
    if undoing or last:
        if given or table or (undoing and last):
            raise UsageError(None, "--undo and --last stand alone", "`archive correct --help` shows examples.")
        if last:
            return _list(run, _number(last))
        return _undo(run, None if undoing == "last" else _number(undoing), more["note"])
    if table is None:
        return _decide(run, (_correction(given, field, value, more),))
    if given:
        raise UsageError(None, "--import takes no ID", "Give either a table or one correction.")
    from archive.pipeline.correct import read_table

    return _decide(run, read_table(table), table)


def _decide(run: Run, wanted: tuple[Correction, ...], table: Path | None = None) -> int:
    """Make corrections, and tell what became of them."""
    from archive.pipeline.correct import correct as decide

    corrected = decide(run.settings(), wanted, progress=Bar("pages", quiet=True))
    if table is None and corrected.refused:
        raise corrected.refused[0].error
    agreement = _agreement(table)
    if run.json:
        write_json(_answer(corrected) | ({"agreement": asdict(agreement)} if agreement else {}))
    else:
        tell_corrected(corrected, quiet=run.quiet)
        if agreement:
            from archive.cli.stats import tell_agreement

            tell_agreement(agreement)
    return exit_code(corrected)


def _accept_removed(run: Run) -> int:
    """Let go of what corrections.csv lost, and tell what that was."""
    from archive.pipeline.correct import accept_removed

    gone = accept_removed(run.settings())
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, "accepted": [asdict(each) for each in gone]})
        return ExitCode.OK
    for each in gone:
        say(f"Let go of {describe(each)}.")
    tell("Run `archive ingest`: it does without them." if gone else "No decision is missing.")
    return ExitCode.OK


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise UsageError(None, f"`{text}` is no number from 1 on", "`archive correct --last` lists the numbers.")
    return int(text)


def _list(run: Run, last: int) -> int:
    """List the last lines of corrections.csv."""
    from archive.pipeline.undo import last_corrections

    lines = last_corrections(run.settings(), last)
    if run.json:
        found = [{"number": each.number, "in_force": each.stands, **asdict(each.correction)} for each in lines]
        write_json({"schema_version": SCHEMA_VERSION, "corrections": found})
        return ExitCode.OK
    for each in lines:
        undone = "" if each.stands else "  (undone)"
        say(f"{each.number:>5}  {each.correction.date or '-':<10}  {describe(each.correction)}{undone}")
    if not lines:
        tell("There are no corrections.")
    return ExitCode.OK


def _undo(run: Run, number: int | None, note: str) -> int:
    """Take a correction back."""
    from archive.pipeline.undo import undo

    done = undo(run.settings(), number, note=note, progress=Bar("pages", quiet=True))
    if run.json:
        write_json({"schema_version": SCHEMA_VERSION, **asdict(done)})
    elif not run.quiet:
        say(f"Undone: {describe(done.undone)}.")
    for each in done.unplaced:
        tell(f"No place found for a correction: {describe(each)}. See `archive doctor`.")
    for fault in done.faults:
        tell(f"Failed: {fault.path}: {fault.message}. {fault.hint}".rstrip())
    return ExitCode.PARTLY if done.unplaced or done.faults else ExitCode.OK


def _agreement(table: Path | None) -> "Agreement | None":
    """Compare a coding sheet with the machine; None where something else was taken over."""
    if table is None or table.suffix.casefold() != ".xlsx":
        return None
    from archive.library.agreement import agree_on_sheet

    return agree_on_sheet(table)


def tell_corrected(corrected: "Corrected", *, quiet: bool = False) -> None:
    """Say what became of corrections."""
    for correction in corrected.made if not quiet else ():
        if correction not in corrected.unplaced + corrected.waiting:
            say(f"Corrected {describe(correction)}.")
    if corrected.known and not quiet:
        say(f"Known before: {count(len(corrected.known), 'correction')}.")
    for correction in corrected.unplaced:
        tell(f"Written down, but no place found for it: {describe(correction)}. See `archive doctor`.")
    for correction in corrected.waiting:
        tell(f"Written down, but its scan could not be parsed again: {describe(correction)}.")
    for refused in corrected.refused:
        tell(f"Not written down: {describe(refused.correction)}: {refused.error}")
    for fault in corrected.faults:
        tell(f"Failed: {fault.path}: {fault.message}. {fault.hint}".rstrip())


def exit_code(corrected: "Corrected") -> ExitCode:
    """Return what the shell is told: in part where anything was refused, found no place or failed."""
    if corrected.refused and not corrected.made and not corrected.known:
        return ExitCode.USAGE
    return ExitCode.PARTLY if corrected.refused or corrected.unplaced or corrected.faults else ExitCode.OK


def _correction(given: str, field: str, value: str | None, more: dict[str, str]) -> Correction:
    if not given or not field or value is None:
        raise UsageError(None, "an ID, a FIELD and a VALUE are needed", "`archive correct --help` shows examples.")
    name = field.casefold().replace("-", "_")
    if name not in CORRECTABLE:
        raise UsageError(None, f"`{field}` cannot be corrected", f"Fields: {', '.join(CORRECTABLE)}.")
    return Correction(given.strip(), name, value.strip(), more["expected"], more["context"], "", more["note"])


def _answer(corrected: "Corrected") -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "made": [asdict(each) for each in corrected.made],
        "unplaced": [asdict(each) for each in corrected.unplaced],
        "waiting": [asdict(each) for each in corrected.waiting],
        "known": [asdict(each) for each in corrected.known],
        "refused": [asdict(each.correction) | {"reason": str(each.error)} for each in corrected.refused],
        "faults": [asdict(each) for each in corrected.faults],
    }
