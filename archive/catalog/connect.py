"""How is the catalogue's file opened, and what does an error of SQLite mean?

A reader must leave no trace. SQLite itself would write `-wal` and `-shm` files beside a catalogue that nobody is
writing, so a file with nothing in its `-wal` is opened as one that cannot change, and after each question we look
whether it did: a writer that came in between shows by its `-wal` or the file's time, and the question is asked again.
Questions that belong together are asked of one state: a transaction of SQLite keeps it while somebody writes; where
nobody does, it lasts until a writer moves what is in its `-wal` into the file.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from archive.errors import ArchiveBusyError, ArchiveError, ArchiveWriteError, BrokenArchiveError, StorageError

_T = TypeVar("_T")
_BUSY_S = 10.0
_TRIES = 50
_CLOSING_MS = 500  # for which a writer that has ended waits for readers
_REBUILD = "Run `archive doctor --repair`: it is set aside and made anew from the pages as read, without OCR."
_BUSY_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_LEAST_FREE = 64 * 1024  # bytes; SQLite's shared memory grows by half of that
_STORAGE_CODES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_PERM: "access is not allowed",
    sqlite3.SQLITE_NOLFS: "is too large for this disk",
}


class ChangedError(ArchiveBusyError):
    """The catalogue was changed between questions that were to be answered from one state of it."""


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
        self._held: tuple[int, ...] = ()  # the state that is held; empty while none is

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Ask one question; all rows of the answer are from one state of the catalogue."""
        if self._held:
            return self._held_rows(sql, values)
        for _ in range(_TRIES):
            before = self._state()
            connection = self._connected(before)
            try:
                found = self._execute(connection, sql, values)
            except BrokenArchiveError:
                if before == self._state():
                    raise
            else:
                if _is_live(before) or before == self._state():
                    return found
        raise self._changing()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Have all questions of the block answered from one state of the catalogue.

        Raises:
            ChangedError: It was changed meanwhile, and nothing kept the state: ask all of them again.
        """
        if self._held:  # a block within the block
            yield
            return
        state = self._state()
        connection = self._connected(state)
        if _is_live(state):
            with explained(self._path):
                connection.execute("BEGIN")
        self._held = state
        try:
            yield
        finally:
            self._held = ()
            if connection.in_transaction:
                connection.rollback()

    def at_once(self, questions: Callable[[], _T]) -> _T:
        """Return what some questions give when all are answered from one state; they may be asked more than once."""
        for _ in range(_TRIES):
            try:
                with self.one_state():
                    return questions()
            except ChangedError:
                continue
        raise self._changing()

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
        return self._marks()

    def _marks(self) -> tuple[int, ...]:
        """Return what changes when the file itself is written."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 - as above
        except FileNotFoundError:
            hint = "Run `archive ingest` to make it from the scans."
            raise BrokenArchiveError(self._path, "the catalogue is missing", hint=hint) from None
        except OSError as error:
            raise StorageError(
                self._path, f"cannot be read ({error.strerror})", hint="Check its permissions."
            ) from error
        return (0, found.st_ino, found.st_size, found.st_mtime_ns)

    def _held_rows(self, sql: str, values: Sequence[Any]) -> list[Any]:
        try:
            return self._execute(self._connected(self._held), sql, values)
        finally:  # also after an error: a file that changes while it is read may look damaged
            if not _is_live(self._held) and self._marks() != self._held:
                hint = "Run the same command again."
                raise ChangedError(self._path, "was changed while it was read", hint=hint)

    def _execute(self, connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> list[Any]:
        try:
            with explained(self._path):
                return connection.execute(sql, values).fetchall()
        except UnicodeEncodeError:  # asked for half a character, which no row holds
            return []

    def _changing(self) -> ArchiveBusyError:
        hint = "Try again when the ingest has ended."
        return ArchiveBusyError(self._path, "is being changed all the time", hint=hint)

    def _connected(self, state: tuple[int, ...]) -> sqlite3.Connection:
        """Return the connection for a state of the file, opened anew when it was another one."""
        if self._connection is not None and state == self._seen:
            return self._connection
        self.close()
        mode = "mode=ro" if _is_live(state) else "mode=ro&immutable=1"
        with explained(self._path):
            self._connection = sqlite3.connect(
                f"file:{_in_uri(self._path)}?{mode}", uri=True, timeout=_BUSY_S, check_same_thread=False
            )
        self._seen = state
        return self._connection


class WritingConnection(ReadingConnection):
    """Asks through the connection that writes, so that a writer reads what it just wrote.

    Args:
        path: The catalogue; an absent one is made, still without tables.

    Raises:
        ArchiveWriteError: It cannot be made or written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.writer = _open_for_writing(path)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Ask one question."""
        with explained(self._path):
            return self.writer.execute(sql, values).fetchall()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Nobody else writes, so that there is one state at a time."""
        yield

    def close(self) -> None:
        """Write what is still in the log into the catalogue itself, and let go of it.

        Where a reader is in the way for long, or the disk is full, it stays in the log, from which it is read too.
        """
        with explained(self._path, ArchiveWriteError):
            with suppress(sqlite3.OperationalError):
                self.writer.execute(f"PRAGMA busy_timeout = {_CLOSING_MS}")
                self.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.writer.close()


def _open_for_writing(path: Path) -> sqlite3.Connection:
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
            # What was withdrawn may go in and out again, and nothing of it may stay in what the file frees.
            connection.execute("PRAGMA secure_delete = ON")
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
        # SQLite says the same where the disk has no locks left.
        hint = "Try again when it has finished; if there is none, the disk of `index_dir` gives no locks."
        return ArchiveBusyError(path, "another run holds the catalogue", hint)
    if code == sqlite3.SQLITE_IOERR and _is_full(path):
        code = sqlite3.SQLITE_FULL  # SQLite says so of its log, but not of the index of that
    if code in _STORAGE_CODES:
        hint = "Free some space, then run the same command again: what was finished is kept."
        if code != sqlite3.SQLITE_FULL:
            hint = "Check the disk and the permissions of the folder, then run the same command again."
        return storage_error(path, _STORAGE_CODES[code], hint=hint)
    return BrokenArchiveError(path, f"the catalogue is damaged ({error})", hint=_REBUILD)


def _is_full(path: Path) -> bool:
    try:
        found = os.statvfs(path.parent)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < _LEAST_FREE


def _in_uri(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _is_live(state: tuple[int, ...]) -> bool:
    return state == (1,)
