"""Which decisions were ever obeyed, though their lines are gone? Reads and appends decisions.csv.

corrections.csv is a file that people edit, and so it may be lost, emptied or cut. What stood in it is remembered line
by line, each with a checksum, so that what was withdrawn or decided stays so until a person says otherwise.
"""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from archive.errors import ArchiveWriteError, StorageError
from archive.model.issues import Correction

_FIELDS = ("id", "field", "value", "expected", "context", "date", "note")
_COLUMNS = ("check", "state", *_FIELDS)
_KEPT, _GONE = "kept", "gone"
_WITHDRAW, _BACK = "withdraw", "no"
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What decisions.csv holds: the decisions in force by what tells them apart, and whether lines of it are damaged.

    `rows` are its whole lines, and `whole` is true where the file is these and nothing else.
    """

    decisions: dict[_Key, Correction] = field(default_factory=dict)
    rows: tuple[tuple[str, ...], ...] = ()
    whole: bool = True

    def missing(self, corrections: Sequence[Correction], *, cut: bool = False) -> tuple[Correction, ...]:
        """Return the decisions that corrections.csv lost: not those that a person took out one by one.

        A withdrawal is missing where no line tells of its id any more. Other decisions are where none of all that is
        remembered is left, or where the file was cut off.

        Args:
            corrections: What corrections.csv holds.
            cut: Its last line has no end.
        """
        there = {_key(each) for each in corrections}
        gone = [each for key, each in self.decisions.items() if key not in there]
        if cut or len(gone) == len(self.decisions):
            return tuple(gone)
        return tuple(each for each in gone if each.field == _WITHDRAW and each.value.casefold() != _BACK)


def load_remembered(path: Path) -> Remembered:
    """Read decisions.csv; an absent one remembers nothing.

    Raises:
        StorageError: It cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return Remembered()
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", "Check its permissions.") from error
    lines = _parted(text)
    rows = tuple(row for row in lines if len(row) == len(_COLUMNS) and row[0] == _check(row[1:]))
    decisions: dict[_Key, Correction] = {}
    for row in rows:
        correction = Correction(*row[2:])
        decisions.pop(_key(correction), None)
        if row[1] == _KEPT:
            decisions[_key(correction)] = correction
    return Remembered(decisions, rows, _written([_COLUMNS, *rows]) == text)


def remember(path: Path, corrections: Iterable[Correction], *, let_go: Iterable[Correction] = ()) -> None:
    """Write down what corrections.csv holds now, and that what it holds no more is let go; return when it is on disk.

    Lines that cannot be read are left out.

    Args:
        path: decisions.csv.
        corrections: What corrections.csv holds.
        let_go: What else is let go.

    Raises:
        StorageError, ArchiveWriteError: It cannot be read or written; it is left as it was.
    """
    known = load_remembered(path)
    latest: dict[_Key, Correction] = {}
    for each in corrections:
        latest.pop(_key(each), None)  # so that it counts where its last line stands
        latest[_key(each)] = each
    gone = {_key(each): each for each in (*known.decisions.values(), *let_go) if _key(each) not in latest}
    same = [key for key, each in known.decisions.items() if latest.get(key) == each]
    order = list(latest)
    first = next((at for at, key in enumerate(order) if at == len(same) or same[at] != key), len(order))
    fresh = [_row(_KEPT, latest[key]) for key in order[first:]]  # a later line may undo or replace an earlier one
    fresh += [_row(_GONE, each) for each in gone.values()]
    if fresh or not known.whole:
        begun = path.stat().st_size if known.rows and known.whole else None
        rows = fresh if begun else [_COLUMNS, *known.rows, *fresh]
        try:
            _append(path, rows) if begun else _replace(path, rows)
        except OSError as error:
            hint = "Free some space or make the folder writable, then run the same command again."
            raise ArchiveWriteError(path, f"cannot be written ({error.strerror})", hint) from error


def _key(correction: Correction) -> _Key:
    """Return what tells a decision from others: of a withdrawal its id alone, for its latest line counts."""
    if correction.field == _WITHDRAW:
        return (correction.id, correction.field)
    return tuple(getattr(correction, name) for name in _FIELDS[:5])


def _row(state: str, correction: Correction) -> tuple[str, ...]:
    said = (state, *(getattr(correction, name) for name in _FIELDS))
    return (_check(said), *said)


def _check(said: Sequence[str]) -> str:
    return blake2b("\0".join(said).encode(errors="replace"), digest_size=6).hexdigest()


def _parted(text: str) -> list[tuple[str, ...]]:
    """Part a file into rows; a cell may hold line ends, and what a row lost must not take the next ones along."""
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error:
        return [tuple(row) for line in text.splitlines() for row in csv.reader([line])]


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _append(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("ab", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            left = memoryview(_written(rows).encode(errors="replace"))
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise


def _replace(path: Path, rows: Sequence[Sequence[str]]) -> None:
    passing = path.with_name(f".{path.name}.part")
    with passing.open("wb") as file:
        file.write(_written(rows).encode(errors="replace"))
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
