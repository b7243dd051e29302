"""Is the register of ids there, and how is a lost or damaged one mended?

Whoever gives out ids loads the register here: without ids.csv the ids of a catalogue that is full would be given out
anew, to other texts.
"""

import csv
import io
import os
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from archive.catalog.connect import ReadingConnection
from archive.catalog.store import Catalog
from archive.errors import ArchiveError, ArchiveWriteError, BrokenArchiveError
from archive.ids import parse_id
from archive.likeness import fingerprint, is_fingerprint, shorten
from archive.register import Register
from archive.settings import Settings

_COLUMNS = ("id", "kind", "sha256", "first_page", "fingerprint", "first_seen")
_FACTS = "scans.sha256, scans.first_seen FROM scans JOIN issues USING (scan)"
_ISSUES = f"SELECT own_id, first_page, {_FACTS} ORDER BY issue"
_SECTIONS = (
    f"SELECT sections.own_id, sections.pages, heading, text, {_FACTS} JOIN sections USING (issue) ORDER BY section"
)
# Ids that hold nothing any more: of which scan they were is no longer known, but they must not be given out again.
_OLD = "SELECT id, (SELECT coalesce(min(first_seen), '1970-01-01') FROM scans WHERE first_seen != '') FROM old_ids"
_NO_SCAN = "0" * 64
_CHUNK = 500


def load_register(settings: Settings, catalog: Catalog) -> Register:
    """Read ids.csv.

    Raises:
        BrokenArchiveError: it is gone while the catalogue holds issues, or damaged.
    """
    if not settings.ids_path.exists() and catalog.coverage().issues:
        hint = "Put it back from a backup, or run `archive doctor --repair`, which makes it from the catalogue."
        raise BrokenArchiveError(settings.ids_path, "is gone, and with it the ids that were given out", hint)
    return Register.load(settings.ids_path)


def mend_register(settings: Settings) -> int:
    """Add to ids.csv what the catalogue holds of ids; set a damaged one aside and keep its whole lines.

    Returns:
        How many ids were added.
    """
    rows, damaged = _read(settings.ids_path)
    known = {row[0] for row in rows}
    added: list[tuple[str, ...]] = []
    with suppress(ArchiveError):  # of a damaged catalogue, as much as can be read
        for row in _from_catalogue(settings.catalog_path):
            if row[0] not in known:
                added.append(row)
                known.add(row[0])
    if damaged or added:
        if damaged:
            set_aside(settings.ids_path)
        _write(settings.ids_path, [*rows, *added])
    return len(added)


def set_aside(path: Path) -> Path:
    """Rename a damaged file, so that nothing of it is lost, and return its new name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    return aside


def _read(path: Path) -> tuple[list[tuple[str, ...]], bool]:
    """Return the whole rows of ids.csv, and whether there was anything else."""
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace").replace("\0", "")
    except OSError:
        return [], False
    lines = [row for line in text.splitlines() for row in csv.reader([line])]
    rows = [tuple(row) for row in lines if _is_row(row)]
    return rows, len(rows) + (tuple(lines[0]) == _COLUMNS if lines else 0) != len(lines) or "\ufffd" in text


def _is_row(cells: list[str]) -> bool:
    try:
        given, kind, sha256, first_page, words, seen = cells
        int(first_page)
        date.fromisoformat(seen)
    except ValueError:
        return False
    return bool(given and sha256) and (kind == "issue" or (kind == "section" and is_fingerprint(words)))


def _from_catalogue(path: Path) -> Iterator[tuple[str, ...]]:
    with closing(ReadingConnection(path)) as connection:
        for given, first_page, sha256, seen in connection.rows(_ISSUES):
            yield given, "issue", sha256, str(first_page), "", seen
        at = 0
        while rows := connection.rows(f"{_SECTIONS} LIMIT {_CHUNK} OFFSET {at}"):
            for given, pages, heading, text, sha256, seen in rows:
                words = shorten(fingerprint(f"{heading}\n{text}" if heading else text))
                yield given, "section", sha256, pages.strip("[]").split(",")[0] or "1", words, seen
            at += _CHUNK
        for given, seen in connection.rows(_OLD):
            is_section = parse_id(given).kind == "section"
            yield (
                given,
                "section" if is_section else "issue",
                _NO_SCAN,
                "1",
                fingerprint("") if is_section else "",
                seen,
            )


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([_COLUMNS, *rows])
    passing = path.with_name(f".{path.name}.part")
    try:
        with passing.open("w", encoding="utf-8", newline="") as file:
            file.write(text.getvalue())
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError as error:
        raise ArchiveWriteError(
            path, f"cannot be written ({error.strerror})", "Free some space, then try again."
        ) from error
