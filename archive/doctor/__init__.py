"""Is everything here and whole? One file per kind of finding; each only finds, none mends.

programs.py     is everything installed that reading needs?
storage.py      is there room on the disk, and is the index on a disk that can hold it?
scans.py        can the scans be read, and are they still what was taken in?
register.py     can the register of ids be read?
corrections.py  can the corrections be read, and does each find its place?
catalogue.py    is the catalogue there and whole?
leftovers.py    did the last run end well?
kept.py         are the pages as read there and whole?
index.py        does the full-text index show what the catalogue holds?
pages.py        which scans and pages were not read, and which by an older engine?
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import ArchiveError, ExitCode
from archive.settings import FILE_NAME, Settings, load_settings

if TYPE_CHECKING:
    from archive.doctor.finding import Finding

CHECKS = (
    *("programs", "storage", "leftovers", "catalogue", "register"),
    *("scans", "corrections", "kept", "index", "pages"),
)
# What must be mended first comes first: on a failing disk nothing else can be trusted.
_WORST = (ExitCode.STORAGE, ExitCode.BROKEN_ARCHIVE, ExitCode.MISSING_PART, ExitCode.BUSY, ExitCode.USAGE)


def check(root: Path) -> tuple["Finding", ...]:
    """Look at everything in the archive at `root`; one part that fails does not stop the others."""
    from archive.doctor.finding import fine, problem

    try:
        settings = load_settings(root)
    except ArchiveError as error:
        return (*_examine("programs", Settings(root)), problem("settings", error))
    findings = [fine("settings", f"{FILE_NAME} can be read", path=root / FILE_NAME)]
    told = set()
    for kind in CHECKS:
        for finding in _examine(kind, settings):
            if (finding.path, finding.message) not in told:  # a damaged catalogue stops more than one check
                findings.append(finding)
                told.add((finding.path, finding.message))
    return tuple(findings)


def exit_code(findings: Iterable["Finding"]) -> ExitCode:
    """Return the exit code of the worst problem; notes are no problems."""
    found = {finding.exit_code for finding in findings}
    return next((code for code in _WORST if code in found), ExitCode.OK)


def _examine(kind: str, settings: Settings) -> Iterator["Finding"]:
    from archive.doctor.finding import problem

    try:
        yield from import_module(f"archive.doctor.{kind}").find(settings)
    except ArchiveError as error:
        yield problem(kind, error)
