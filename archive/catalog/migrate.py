"""How is an older catalogue brought up to date?"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.catalog.connect import explained, transaction
from archive.catalog.questions import check_version
from archive.catalog.schema import MIGRATIONS
from archive.errors import ArchiveWriteError


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that a catalogue still lacks, all or none, after copying one that holds something."""
    with explained(path):
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version == len(MIGRATIONS):
        return
    if version > len(MIGRATIONS):
        check_version(path, version)
    if version:
        _copy_aside(db, path, version)
    # In one transaction: a run that is ended in between leaves no catalogue that looks like an older one.
    with transaction(db, path):
        for script in MIGRATIONS[version:]:
            for statement in _statements(script):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _copy_aside(db: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the catalogue beside itself, if the disk has room for the copy and for what the migration writes."""
    need = 3 * path.stat().st_size
    if shutil.disk_usage(path.parent).free < need:
        hint = f"Free {need // 1_000_000 + 1} MB on that disk, then run the same command again."
        raise ArchiveWriteError(path, "no room to bring the catalogue up to date", hint=hint)
    with explained(path, ArchiveWriteError), closing(sqlite3.connect(f"{path}.v{version}")) as copy:
        db.backup(copy)


def _statements(script: str) -> Iterator[str]:
    """Part a script into its statements: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
