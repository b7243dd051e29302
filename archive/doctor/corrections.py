"""Can the corrections be read, and did each find its place?"""

from collections.abc import Iterable, Iterator, Sequence

from archive.catalog.store import Catalog, open_catalog
from archive.corrections import (
    describe,
    digest,
    in_force,
    is_cut,
    read_corrections,
    read_key,
    standing,
    to_remember,
    without_line,
    without_place,
)
from archive.doctor.finding import Finding, fine, note, problem
from archive.errors import BrokenArchiveError
from archive.ids import parse_id
from archive.model.issues import Correction
from archive.remembered import load_remembered
from archive.settings import Settings

_KIND = "corrections"
_ERASING = "erase"  # what a withdrawal's line says until the erasure is done


def find(settings: Settings) -> Iterator[Finding]:
    """Look at corrections.csv: every line, whether its id is one of this archive, and whether it could be applied."""
    path = settings.corrections_path
    corrections = read_corrections(path)
    yield from _lost(settings, corrections)
    if not path.exists():
        return
    yield from _half_erased(settings, corrections)
    if not settings.catalog_path.exists():
        return
    with open_catalog(settings.catalog_path) as catalog:
        keys = [state.parsing_key for state in catalog.scan_states().values()]
        tried = frozenset[str]().union(*(read_key(key)[1] for key in keys))
        lost = [(each, _why(catalog, each, tried)) for each in without_place(corrections, keys)]
        lost += [
            (each, _unknown(each)) for each in corrections if each.field == "withdraw" and not _holds(catalog, each)
        ]
    hint = "Take the line out, or write what it undoes above it again."
    lost += [(each, ("it undoes a line that is not there", hint)) for each in without_line(corrections)]
    for correction, (why, hint) in lost:
        yield note(_KIND, f"{why}: {describe(correction)}", hint=hint, path=path)
    if not lost:
        yield fine(_KIND, f"corrections: {len(corrections)}, {len(in_force(corrections))} in force", path=path)


def _lost(settings: Settings, corrections: Sequence[Correction]) -> Iterator[Finding]:
    """Name what was decided and has no line any more, and what decisions.csv, which remembers it, lost itself."""
    remembered = load_remembered(settings.decisions_path)
    if not remembered.whole:
        hint = "Run `archive doctor --repair`: its whole lines are kept, and the others taken from corrections.csv."
        error = BrokenArchiveError(settings.decisions_path, "lines of it cannot be read", hint)
        yield problem(_KIND, error, remedy="decisions")
    if lost := remembered.missing(to_remember(corrections), cut=is_cut(settings.corrections_path)):
        message = f"decisions that stood in it are gone: {len(lost)}, as {lost[0].field} of {lost[0].id}"
        hint = "Put it back from a backup, or run `archive doctor --repair`, which writes them into it again; "
        hint += "if they were meant to go, run `archive correct --accept-removed`."
        error = BrokenArchiveError(settings.corrections_path, message, hint)
        yield problem(_KIND, error, remedy="decisions")


def _half_erased(settings: Settings, corrections: Iterable[Correction]) -> Iterator[Finding]:
    """Name what was to be erased and may still stand somewhere: whatever stopped that, the command completes it."""
    latest = {each.id: each for each in standing(corrections) if each.field == "withdraw"}
    for given, line in latest.items():
        if line.value.casefold() == _ERASING:
            hint = f"Run `archive withdraw {given} --erase` again, with the same reason: it completes it."
            error = BrokenArchiveError(settings.corrections_path, f"erasing {given} was begun and not completed", hint)
            yield problem(_KIND, error)


def _why(catalog: Catalog, correction: Correction, tried: frozenset[str]) -> tuple[str, str]:
    """Say why a correction has no place, and what to do."""
    if digest(correction) in tried:
        hint = "See `archive show` for how it reads now, and mend the line or take it out."
        return "a correction finds no place", hint
    if _holds(catalog, correction):
        return "a correction was not applied yet", "Run `archive ingest`."
    return _unknown(correction)


def _unknown(correction: Correction) -> tuple[str, str]:
    return f"nothing is called {correction.id}", "Look for the id in ids.csv, or take the line out."


def _holds(catalog: Catalog, correction: Correction) -> bool:
    """Tell whether the issue that a correction is about is, or was, in the archive."""
    issue_id = parse_id(correction.id).issue_id
    return catalog.issue(issue_id) is not None or catalog.old_id(issue_id) is not None
