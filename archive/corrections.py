"""What did people decide by hand? Reads and appends corrections.csv.

A correction that was made use of is marked in the state of its scan (`write_key`), so that the next ingest sees without
opening anything which scans a changed file concerns, and which corrections found no place.
"""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

from archive.disks import sync_folder
from archive.errors import ArchiveWriteError, StorageError, UsageError
from archive.ids import parse_id, without_edition
from archive.model.issues import Correction

COLUMNS = ("id", "field", "value", "expected", "context", "date", "note")
ISSUE_FIELDS = ("issue_date", "newsletter", "issue_number")
# What a person can correct, as `archive correct` takes it.
CORRECTABLE = ("category", "heading", *ISSUE_FIELDS, "word", "split", "join", "tag", "note")
FIELDS = (*CORRECTABLE, "withdraw", "undo")
_NEEDED = ("id", "field", "value")
_HINT = "Mend that line, or take it out."
# What else a line is told by, where a section or an issue may have more than one of its field.
_ONE_OF_MANY = {"word": ("expected", "context"), "split": ("value",), "join": ("value",)}
_ONE_OF_MANY |= {"tag": ("value",), "note": ("value",)}
_UNPLACED = "!"


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read the corrections in the order of their lines; an absent file holds none.

    Columns may stand in any order and be parted by commas, semicolons or tabs; empty lines, more columns, a byte-order
    mark and Windows line ends do no harm.

    Raises:
        UsageError: A line cannot be read; the message names it.
        StorageError: The file cannot be read.
    """
    text = _read(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    corrections: list[Correction] = []
    header: tuple[str, ...] = ()
    try:
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if header:
                corrections.append(_to_correction(dict(zip(header, cells, strict=False)), path, rows.line_num))
            else:
                header = _to_header(cells, path)
    except csv.Error as error:
        raise UsageError(path, f"line {rows.line_num} cannot be read ({error})", hint=_HINT) from error
    return tuple(corrections)


def append_corrections(path: Path, corrections: Sequence[Correction]) -> None:
    """Add corrections at the end of the file, and return when they are on the disk; its other lines stay as they are.

    Columns, their order and what parts them are those that the file has.

    Raises:
        UsageError: The file has no column for something that must be kept.
        ArchiveWriteError: The disk is full or cannot be written; the file is left as it was.
    """
    text = _read(path)
    header = _header_of(text, path)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=_delimiter(text), lineterminator="\r\n" if "\r\n" in text else "\n")
    if not text.strip():
        writer.writerow(COLUMNS)
    for correction in corrections:
        lost = [name for name in COLUMNS if name not in header and getattr(correction, name)]
        if lost:
            raise UsageError(path, f"the column `{lost[0]}` is missing", hint=f"Columns: {','.join(COLUMNS)}.")
        writer.writerow([getattr(correction, name, "") for name in header])
    begun = "\n" if text and not text.endswith("\n") else ""
    try:
        _append(path, (begun + lines.getvalue()).encode())
    except OSError as error:
        hint = "Free some space or make the folder writable, then run the same command again."
        raise ArchiveWriteError(path, f"cannot be written ({error.strerror})", hint) from error


def is_cut(path: Path) -> bool:
    """Tell whether the last line of the file has no end, as when something cut it off."""
    text = _read(path)
    return bool(text) and not text.endswith(("\n", "\r"))


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Leave out what a later line undoes or takes the place of, and withdrawals, which are no part of parsing."""
    latest: dict[tuple[str, ...], Correction] = {}
    for correction in standing(corrections):
        if correction.field in {"withdraw", "undo"}:
            continue
        key = (correction.id, correction.field)
        key += tuple(getattr(correction, name) for name in _ONE_OF_MANY.get(correction.field, ()))
        latest.pop(key, None)  # so that it counts where its last line stands
        latest[key] = correction
    return tuple(latest.values())


def mark(correction: Correction) -> str:
    """Name a correction by what it says; not by its date and note, which a spreadsheet may write otherwise.

    It begins with a letter, so that no spreadsheet takes it for a number.
    """
    said = "\0".join(getattr(correction, name) for name in COLUMNS[:5])
    return "c" + blake2b(said.encode(errors="replace"), digest_size=5).hexdigest()


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Leave out what a later line undoes: all lines before it that say what it names (`mark`).

    A line that says it again after that stands; so does one whose undoing is undone.
    """
    lines = tuple(corrections)
    if all(each.field != "undo" for each in lines):
        return lines
    marks = [mark(each) for each in lines]
    undoes = {name: each.value for name, each in zip(marks, lines, strict=True) if each.field == "undo"}
    stands: dict[str, bool] = {}
    for name in marks:
        changed: set[str] = set()  # by this line, down to what is undone in the end
        at, now = name, True
        while at and at not in changed:
            stands[at] = now
            changed.add(at)
            at, now = undoes.get(at, ""), not now
    return tuple(each for name, each in zip(marks, lines, strict=True) if stands[name])


def to_remember(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Leave out withdrawals that were undone: of these one line of an id is remembered, and it must be one in force."""
    lines = tuple(corrections)
    stands = set(standing(lines))
    return tuple(each for each in lines if each.field != "withdraw" or each in stands)


def without_line(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return the lines that undo a line which is not there."""
    marks = set(map(mark, corrections))
    return tuple(each for each in corrections if each.field == "undo" and each.value not in marks)


def issue_of(correction: Correction) -> str:
    """Return the id of the issue that a correction is about."""
    return parse_id(correction.id).issue_id


def concerning(corrections: Iterable[Correction], issue_ids: Iterable[str]) -> tuple[Correction, ...]:
    """Return the corrections that may be about these issues: of the same newsletter and date, whatever the scan."""
    wanted = {without_edition(each) for each in issue_ids}
    return tuple(each for each in corrections if without_edition(issue_of(each)) in wanted)


def by_issue(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """Sort corrections by what `concerning` tells them by: the id of the issue without its letter."""
    sorted_out: dict[str, list[Correction]] = {}
    bases: dict[str, str] = {}
    for each in corrections:
        issue_id = issue_of(each)
        base = bases.get(issue_id) or bases.setdefault(issue_id, without_edition(issue_id))
        sorted_out.setdefault(base, []).append(each)
    return {base: tuple(found) for base, found in sorted_out.items()}


def digest(correction: Correction) -> str:
    """Name a correction by all that it says."""
    said = "\0".join(getattr(correction, name) for name in COLUMNS)
    return blake2b(said.encode(errors="replace"), digest_size=5).hexdigest()


def write_key(parsing_key: str, concerned: Iterable[Correction], placed: Iterable[str]) -> str:
    """Return the key of a scan's state: what it was parsed under, corrections included.

    Args:
        parsing_key: Names the settings (Settings.parsing_key).
        concerned: The corrections that are about its issues.
        placed: Digests of those that found their place there.
    """
    found = set(placed)
    marks = sorted(each if each in found else each + _UNPLACED for each in map(digest, concerned))
    return ",".join([parsing_key, *marks])


def read_key(key: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """Take the key of a scan's state apart: the settings, the digests of its corrections, and of those in place."""
    parsing_key, *marks = key.split(",")
    placed = frozenset(mark for mark in marks if not mark.endswith(_UNPLACED))
    return parsing_key, frozenset(mark.rstrip(_UNPLACED) for mark in marks), placed


def without_place(corrections: Iterable[Correction], keys: Iterable[str]) -> tuple[Correction, ...]:
    """Return the corrections that found no place in any scan, by the keys of all scans' states."""
    placed = frozenset[str]().union(*(read_key(key)[2] for key in keys))
    return tuple(each for each in in_force(corrections) if digest(each) not in placed)


def describe(correction: Correction) -> str:
    """Say in a few words what a correction asks for."""
    if correction.field == "undo":
        return f"{correction.id}: undo {correction.expected or correction.value}"
    old = f" {correction.expected!r} to" if correction.field == "word" else ""
    return f"{correction.id}: {correction.field}{old} {correction.value!r}"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UsageError(path, "this is not UTF-8 text", hint="Save it as CSV in UTF-8.") from None
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", "Check the file's permissions.") from error


def _delimiter(text: str) -> str:
    """Return what parts the columns of the first line: spreadsheets write commas, semicolons or tabs."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _header_of(text: str, path: Path) -> tuple[str, ...]:
    """Return the columns of the file, those of a new one where it is empty."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    first = next((cells for cells in rows if any(cell.strip() for cell in cells)), None)
    return COLUMNS if first is None else _to_header(first, path)


def _to_header(cells: Sequence[str], path: Path) -> tuple[str, ...]:
    header = tuple(cell.strip().casefold() for cell in cells)
    if missing := [name for name in _NEEDED if name not in header]:
        hint = f"Its first line names the columns: {','.join(COLUMNS)}."
        raise UsageError(path, f"the column `{missing[0]}` is missing", hint=hint)
    return header


def _to_correction(cells: dict[str, str], path: Path, line: int) -> Correction:
    values = {name: cells.get(name, "").strip() for name in COLUMNS}
    values["field"] = values["field"].casefold()
    if not values["id"]:
        raise UsageError(path, f"line {line} names no id", hint=_HINT)
    if values["field"] not in FIELDS:
        hint = f"{_HINT} Fields: {', '.join(FIELDS)}."
        raise UsageError(path, f"line {line} corrects `{values['field']}`, which is no field", hint=hint)
    return Correction(**values)


def _append(path: Path, added: bytes) -> None:
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            left = memoryview(added)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
    if is_new:
        sync_folder(path.parent)
