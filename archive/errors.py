"""What can go wrong, and which exit code does it give?

ArchiveError                  anything this program says no to
├── UsageError                2  a wrong option or value
│   └── QuerySyntaxError      2  a query that cannot be read
├── MissingPartError          3  a program, language or extra is not installed
├── BrokenArchiveError        4  no archive here, or its catalogue or index is damaged or outdated
├── StorageError              5  a file cannot be read or written
│   ├── ArchiveWriteError     5  the archive's own folder cannot be written: disk full, read-only; ends the run
│   └── MachineFaultError     5  the machine ended the work on a scan, or had too little memory for it
├── UnreadableScanError       6  a scan is damaged, encrypted, or no scan at all
│   └── LockedScanError       6  a scan is encrypted, and the password that is set, if any, does not open it
└── ArchiveBusyError          7  another run holds the archive
"""

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What the shell is told; scripts rely on these numbers."""

    OK = 0
    PARTLY = 1
    USAGE = 2
    MISSING_PART = 3
    BROKEN_ARCHIVE = 4
    STORAGE = 5
    BAD_INPUT = 6
    BUSY = 7
    INTERRUPTED = 130


class ArchiveError(Exception):
    """Something a person can mend: what happened, to which file, what to do next.

    Args:
        path: The file or folder that it happened to, or None.
        message: What happened, in plain words, without a full stop.
        hint: What to do next, as a sentence; empty when there is nothing to do.
    """

    exit_code = ExitCode.PARTLY
    code = "error"

    def __init__(self, path: Path | str | None, message: str, hint: str = "") -> None:
        super().__init__(path, message, hint)  # all three, so that an error can cross to another process
        self.path = None if path is None else str(path)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.message}." + (f" {self.hint}" if self.hint else "")


class UsageError(ArchiveError):
    """A wrong option, value or name."""

    exit_code = ExitCode.USAGE
    code = "usage"


class QuerySyntaxError(UsageError):
    """A query that cannot be read; `position` counts characters of the query from 0."""

    code = "query"

    def __init__(self, query: str, message: str, *, position: int, hint: str = "") -> None:
        super().__init__(None, message, hint=hint)
        self.query = query
        self.position = position

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.message}, at character {self.position + 1} of: {self.query}.{hint}"


class MissingPartError(ArchiveError):
    """A program, a language pack or an extra is not installed."""

    exit_code = ExitCode.MISSING_PART
    code = "missing_part"


class BrokenArchiveError(ArchiveError):
    """There is no archive here, or its catalogue or index is missing, outdated or damaged."""

    exit_code = ExitCode.BROKEN_ARCHIVE
    code = "broken_archive"


class StorageError(ArchiveError):
    """A file cannot be read or written."""

    exit_code = ExitCode.STORAGE
    code = "storage"


class ArchiveWriteError(StorageError):
    """The archive's own files cannot be written: the disk is full, read-only or broken. Ends the run."""

    code = "archive_write"


class MachineFaultError(StorageError):
    """The machine ended the work on a scan, or had too little memory for it: no fault of the scan."""

    code = "machine"


class UnreadableScanError(ArchiveError):
    """A scan is damaged, encrypted, too large, or not a scan at all."""

    exit_code = ExitCode.BAD_INPUT
    code = "unreadable_scan"


class LockedScanError(UnreadableScanError):
    """A scan is encrypted, and the password that is set, if any, does not open it."""


class ArchiveBusyError(ArchiveError):
    """Another run holds the archive."""

    exit_code = ExitCode.BUSY
    code = "busy"
