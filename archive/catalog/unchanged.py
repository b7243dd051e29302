"""What of a scan came back just as it was? There is nothing to do about it.

A scan that is parsed anew and has nothing new is left as it stands, with what other scans told of it: the date that its
neighbours gave it, and which scan of the same issue answers. Else it is put in whole, and sections that an index would
take in as it did before keep the generation in which they came: after a rule that touches few texts an index reads few.
"""

# ruff: noqa: S608 - only names of columns, which stand in pack.py, are put into SQL; values are bound

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from archive.catalog.pack import PackedIssue
from archive.catalog.rows import PageRow, ScanState
from archive.catalog.sections import SectionQuestions
from archive.tuples import NamedTuple

_TOLD = frozenset({"date", "date_evidence"})  # of an issue that prints no date: by its neighbours
_TRANSCRIPT = "raw", "words", "edits"


class Known(NamedTuple):
    """A section as an index takes it, and the generation in which it came."""

    fields: dict[str, Any]
    generation: int


def look_at(catalog: SectionQuestions, db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Known]:
    """Return sections as they are now, by id; ids that hold none are left out."""
    generations = {
        found: db.execute("SELECT generation FROM sections WHERE id = ?", (found,)).fetchone() for found in ids
    }
    there = sorted(found for found, row in generations.items() if row)
    return {row["id"]: Known(row, int(generations[row["id"]][0])) for row in catalog.for_index(ids=there)}


def keep_generations(catalog: SectionQuestions, db: sqlite3.Connection, before: dict[str, Known]) -> set[str]:
    """Give the sections that are as they were their generation back; return their ids."""
    now = look_at(catalog, db, before)
    same = {found for found, known in now.items() if known.fields == before[found].fields}
    db.executemany(
        "UPDATE sections SET generation = ? WHERE id = ?", [(before[found].generation, found) for found in sorted(same)]
    )
    return same


def is_as_it_was(
    db: sqlite3.Connection, state: ScanState, pages: Sequence[PageRow], issues: Sequence[PackedIssue]
) -> bool:
    """Tell whether a scan, its pages and its issues stand in the catalogue already, under the same ids."""
    found = db.execute(
        "SELECT scan FROM scans WHERE file = ? AND sha256 = ? AND status = ? AND NOT missing",
        (state.file, state.sha256, state.status),
    ).fetchone()
    if found is None:
        return False
    held = db.execute("SELECT issue, own_id FROM issues WHERE scan = ? ORDER BY issue", found).fetchall()
    return (
        [own_id for _, own_id in held] == [issue.id for issue in issues]
        and _holds(db, "pages", "scan = ? ORDER BY number", found, [asdict(page) for page in pages])
        and all(_is_same_issue(db, row, issue) for (row, _), issue in zip(held, issues, strict=True))
    )


def _is_same_issue(db: sqlite3.Connection, row: int, issue: PackedIssue) -> bool:
    own = issue.columns
    printed = {name: value for name, value in own.items() if name not in _TOLD or own["date_source"] != "none"}
    transcript = {name: getattr(issue, name) for name in _TRANSCRIPT}
    sections = [{"own_id": section.id, **section.columns} for section in issue.sections]
    return (
        _holds(db, "issues", "issue = ?", (row,), [printed])
        and _holds(db, "pages", "issue = ? ORDER BY number", (row,), [{"number": number} for number in issue.pages])
        and _holds(db, "transcripts", "issue = ?", (row,), [transcript])
        and _holds(db, "sections", "issue = ? ORDER BY section", (row,), sections)
        and all(_holds(db, "old_ids", "id = ?", (each.id,), [asdict(each)]) for each in issue.old_ids)
    )


def _holds(
    db: sqlite3.Connection, table: str, where: str, values: tuple[Any, ...], rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Tell whether some rows of a table are these, in order; all have the same columns."""
    names = ", ".join(rows[0]) if rows else "1"
    held = db.execute(f"SELECT {names} FROM {table} WHERE {where}", values).fetchall()
    return [tuple(row) for row in held] == [tuple(row.values()) for row in rows]
