"""Where did the text of ids go that a file held, when other bytes took its name, or its bytes took another name?

A better scan of the same issue under the same name has ids of its own; the old ids then lead to where most of their
words are. Of another issue's words none are there, and the old ids hold nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.likeness import find_holders, fingerprint
from archive.model.issues import OldId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from archive.catalog.pack import PackedIssue

# Two issues of one newsletter share a quarter of their words, two scans of one section half and more.
_LEAST_SHARE = 0.5
_REPLACED = "the file was replaced; its text is in the scan that took its place"
_GONE = "other bytes took the name of its file"
REPLACED = (_REPLACED, _GONE)  # how the reasons begin of all ids that a replaced file had
# A row that is missing, and the row of the same bytes that has all of it; a double is no such row: it has nothing.
_RENAMED = (
    "FROM scans AS old JOIN scans AS new ON new.sha256 = old.sha256 WHERE old.missing AND old.sha256 != '' "
    "AND NOT new.missing AND new.status != 'double' AND NOT EXISTS (SELECT 1 FROM issues WHERE scan = old.scan)"
)


def forget_renamed(db: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Take out the rows of files that are gone while their scan is there under another name, and return both names.

    Their issues went over to the other name when that was taken in; a row that still has any is left alone.
    """
    renamed = db.execute(f"SELECT old.file, min(new.file) {_RENAMED} GROUP BY old.file ORDER BY old.file").fetchall()
    db.executemany("DELETE FROM scans WHERE file = ?", [(old,) for old, _ in renamed])
    return tuple((old, new) for old, new in renamed)


def trace_replaced(db: sqlite3.Connection, scan: int, issues: Sequence[PackedIssue]) -> Iterator[OldId]:
    """Yield the ids that a scan's row held and holds no more, with where their text is now.

    Args:
        db: The catalogue, in a transaction, still with what the row held.
        scan: The row.
        issues: What it holds from now on, ids given; ids whose fate they tell themselves are left out.
    """
    now = ", ".join(issue.id for issue in issues)
    gone = f"{_GONE}, which now holds {now}" if now else f"{_GONE}, in which no issue was found"
    new = [(section, issue.id) for issue in issues for section in issue.sections]
    known = {issue.id for issue in issues} | {section.id for section, _ in new}
    known |= {old.id for issue in issues for old in issue.old_ids}
    text = "CASE heading WHEN '' THEN text ELSE heading || char(10) || text END"
    held = f"SELECT sections.id, issues.id, {text} FROM sections JOIN issues USING (issue) WHERE scan = ?"  # noqa: S608 - no values
    rows = [row for row in db.execute(held, (scan,)).fetchall() if row[0] not in known]
    old = [fingerprint(row[2]) for row in rows]
    holders = find_holders(old, [section.fingerprint for section, _ in new]) if old else ()
    moved: dict[str, list[str]] = {}
    for (given, of_issue, _), (share, place) in zip(rows, holders, strict=True):
        found = share >= _LEAST_SHARE
        moved.setdefault(of_issue, []).extend([new[place][1]] if found else [])
        yield OldId(given, new[place][0].id if found else "", _REPLACED if found else gone)
    for (given,) in db.execute("SELECT id FROM issues WHERE scan = ?", (scan,)).fetchall():
        if given not in known:
            places = moved.get(given, [])
            target = max(places, key=places.count, default="")
            yield OldId(given, target, _REPLACED if target else gone)
