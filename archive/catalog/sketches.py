"""What of each issue may tell its series, and what do the series tell of issues that are there already?"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from archive.tuples import NamedTuple

_COLUMNS = ("newsletter", "slug", "number", "number_source", "date", "date_source", "date_evidence")


class ToldIssue(NamedTuple):
    """The facts that its series tells of an issue, in the columns of the catalogue."""

    newsletter: str
    slug: str
    number: str
    number_source: str
    date: str
    date_source: str
    date_evidence: str


def put_sketches(db: sqlite3.Connection, scan: int, sketches: Sequence[bytes]) -> None:
    """Keep the sketches of the issues of a scan, packed, in the order of its pages, in place of those kept before."""
    db.execute("DELETE FROM sketches WHERE scan = ?", (scan,))
    db.executemany("INSERT INTO sketches VALUES (?, ?, ?)", [(scan, at, packed) for at, packed in enumerate(sketches)])


def tell_issue(db: sqlite3.Connection, own_id: str, told: ToldIssue, generation: int) -> None:
    """Set what its series tells of an issue."""
    columns = ", ".join(f"{name} = ?" for name in _COLUMNS)
    db.execute(f"UPDATE issues SET {columns} WHERE own_id = ?", (*told, own_id))  # noqa: S608 - names of columns
    issue = "SELECT issue FROM issues WHERE own_id = ?"
    db.execute(f"UPDATE sections SET generation = ? WHERE issue = ({issue})", (generation, own_id))  # noqa: S608


def told_of(row: Any) -> ToldIssue:  # noqa: ANN401 - a stored issue
    """Return what is stored of an issue, in the same columns."""
    return ToldIssue(*(getattr(row, name) for name in _COLUMNS))
