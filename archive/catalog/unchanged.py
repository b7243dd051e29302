"""Which sections of a scan came back just as they were? An index has nothing to do about them.

A scan that is parsed anew is put in whole. Sections that an index would take in as it did before keep the generation in
which they came: after a rule that touches few texts, or none, an index reads few sections, or none.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from archive.catalog.sections import SectionQuestions


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
