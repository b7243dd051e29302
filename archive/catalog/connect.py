"""How is the catalogue's file opened, and what does an error of SQLite mean?

A reader must leave no trace. SQLite itself would write `-wal` and `-shm` files beside a catalogue that nobody is
writing, so a file with nothing in its `-wal` is opened as one that cannot change, and after each question we look
whether it did: a writer that came in between shows by its `-wal` or the file's time, and the question is asked again.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from archive.errors import ArchiveBusyError, ArchiveError, ArchiveWriteError, BrokenArchiveError, StorageError

_BUSY_S = 10.0
_TRIES = 50
_REBUILD = "Run `archive doctor --repair`: it is set aside and made anew from the pages as read, without OCR."
_BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_STORAGE_CODES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_PERM: "access is not allowed",
    sqlite3.SQLITE_NOLFS: "is too large for this disk",
}


class ReadingConnection:
    """Asks the catalogue questions without changing anything on disk.

    Args:
        path: The catalogue.

    Raises:
        BrokenArchiveError: It is missing, or no SQLite file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._seen: tuple[int, ...] | None = None

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Ask one question; all rows of the answer are from one state of the catalogue."""
        for _ in range(_TRIES):
            before = self._state()
            if self._connection is None or before != self._seen:
                self._open(before)
            try:
                with explained(self._path):
                    found = self._connection.execute(sql, values).fetchall() if self._connection else []
            except BrokenArchiveError:
                if before == self._state():
                    raise
            except UnicodeEncodeError:  # asked for half a character, which no row holds
                return []
            else:
                if _is_live(before) or before == self._state():
                    return found
        raise ArchiveBusyError(self._path, "is being changed all the time", hint="Try again when the ingest has ended.")

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _state(self) -> tuple[int, ...]:
        """Return what changes when somebody writes: `(1,)` while `-wal` holds something, else the file's own marks."""
        try:
            if os.stat(f"{self._path}-wal").st_size:  # noqa: PTH116 - asked before and after each question
                return (1,)
        except OSError:
            pass
        try:
            found = os.stat(self._path)  # noqa: PTH116 - the same
        except FileNotFoundError:
            hint = "Run `archive ingest` to make it from the scans."
            raise BrokenArchiveError(self._path, "the catalogue is missing", hint=hint) from None
        except OSError as error:
            raise StorageError(
                self._path, f"cannot be read ({error.strerror})", hint="Check its permissions."
            ) from error
        return (0, found.st_ino, found.st_size, found.st_mtime_ns)

    def _open(self, state: tuple[int, ...]) -> None:
        self.close()
        mode = "mode=ro" if _is_live(state) else "mode=ro&immutable=1"
        with explained(self._path):
            self._connection = sqlite3.connect(
                f"file:{_in_uri(self._path)}?{mode}", uri=True, timeout=_BUSY_S, check_same_thread=False
            )
        self._seen = state


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the catalogue for the one process that writes; an absent one is made, still without tables."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveWriteError(path.parent, f"cannot be made ({error.strerror})", hint="Make it writable.") from error
    with explained(path, ArchiveWriteError):
        # Transactions are begun and ended by hand (isolation_level None), so that Python adds none of its own.
        connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
        with ExitStack() as undo:
            undo.callback(connection.close)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            undo.pop_all()
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Make all changes of the block visible at once, or none of them."""
    with explained(path, ArchiveWriteError), connection:  # which commits or rolls back
        connection.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def explained(path: Path, storage_error: type[StorageError] = StorageError) -> Iterator[None]:
    """Turn errors of SQLite into those of this program.

    Args:
        path: The catalogue.
        storage_error: What an error of the disk becomes: ArchiveWriteError where the catalogue is written.

    Raises:
        ArchiveBusyError: Another process holds the catalogue.
        StorageError: The disk is full or cannot be read or written.
        BrokenArchiveError: The catalogue is damaged, or no catalogue.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _meaning(error, path, storage_error) from error


def _meaning(error: sqlite3.Error, path: Path, storage_error: type[StorageError]) -> ArchiveError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in _BUSY_CODES:
        return ArchiveBusyError(path, "another run holds the catalogue", hint="Try again when it has finished.")
    if code in _STORAGE_CODES:
        hint = "Free some space, then run the same command again: what was finished is kept."
        if code != sqlite3.SQLITE_FULL:
            hint = "Check the disk and the permissions of the folder, then run the same command again."
        return storage_error(path, _STORAGE_CODES[code], hint=hint)
    return BrokenArchiveError(path, f"the catalogue is damaged ({error})", hint=_REBUILD)


def _in_uri(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _is_live(state: tuple[int, ...]) -> bool:
    return state == (1,)
