"""What did the doctor find? The record of one finding."""

from dataclasses import dataclass
from enum import StrEnum

from archive.errors import ArchiveError, ExitCode


class Level(StrEnum):
    """How a finding weighs."""

    FINE = "fine"
    NOTE = "note"  # worth knowing; the archive works
    PROBLEM = "problem"  # something does not work until it is mended


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is about, how it stands, and what to do.

    `kind` is the name of the file here that looked; `exit_code` is what a problem makes of the whole examination;
    `remedy` is what archive.pipeline.repair can do about it, for the thing at `path`.
    """

    kind: str
    level: Level
    message: str
    hint: str = ""
    path: str = ""
    exit_code: ExitCode = ExitCode.OK
    remedy: str = ""


def fine(kind: str, message: str, *, path: object = "") -> Finding:
    """Make a finding that all is well."""
    return Finding(kind, Level.FINE, message, path=str(path))


def note(kind: str, message: str, *, hint: str, path: object = "", remedy: str = "") -> Finding:
    """Make a finding that is worth knowing."""
    return Finding(kind, Level.NOTE, message, hint, str(path), remedy=remedy)


def problem(kind: str, error: ArchiveError, *, remedy: str = "") -> Finding:
    """Make a finding of the error that a command would end with."""
    return Finding(kind, Level.PROBLEM, error.message, error.hint, error.path or "", error.exit_code, remedy)
