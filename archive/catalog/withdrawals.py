"""How does what was withdrawn leave the catalogue, and how is it wiped from its file?

What is withdrawn is not marked but taken out, so that nothing that asks the catalogue can show it. Where a section is
withdrawn, its stretch of the issue's text is blackened: `COVER` for each sign but the ends of lines and pages, so that
the places of all words, its own too, stay what they are: by them it is known which pages it stands on.
"""

# ruff: noqa: S608 - only names that stand in this file are put into SQL; values are bound

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from archive import ids

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from archive.catalog.connect import ReadingConnection

COVER = "\u2588"
# How the reason of an id begins that a person withdrew: what is left of it is in `old_ids`.
BY_HAND = "by hand"
_SEEN = r"[^\n\f]"
_RUN = re.compile(f"{COVER}+")
_TRANSCRIPT = "SELECT raw, words FROM transcripts JOIN issues USING (issue) WHERE issues.id = ?"


class WithdrawalQuestions:
    """Questions about what was withdrawn."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._connection = connection

    def withdrawn(self) -> dict[str, str]:
        """Return each id that a person withdrew, with the reason as it is shown."""
        sql = "SELECT id, reason FROM old_ids WHERE moved_to = '' AND reason LIKE ? ORDER BY id"
        return dict(self._ask(sql, (f"{BY_HAND}%",)))

    def held(self, given: Iterable[str]) -> frozenset[str]:
        """Return those of some ids under which an issue or a section stands, or stood in its own scan."""
        wanted = json.dumps(list(given))
        tables = "SELECT id, own_id FROM issues UNION ALL SELECT id, own_id FROM sections"
        sql = f"SELECT value FROM json_each(?) WHERE value IN (SELECT id FROM ({tables})"
        sql += f" UNION SELECT own_id FROM ({tables}))"
        return frozenset(row[0] for row in self._ask(sql, (wanted,)))

    def own_ids(self, given: str) -> tuple[str, ...]:
        """Return the ids by which the scans themselves know what stands under an id: more than one after a swap."""
        found = []
        for table in ("issues", "sections"):
            found += self._ask(f"SELECT own_id FROM {table} WHERE id = ?1 OR own_id = ?1 ORDER BY own_id", (given,))
        return tuple(row[0] for row in found)

    def page_counts(self) -> dict[str, int]:
        """Return how many pages each scan has, missing ones too, by its file."""
        return dict(self._ask("SELECT file, max(number) FROM pages JOIN scans USING (scan) GROUP BY file"))

    def is_blackened(self, issue_id: str, number: int) -> bool:
        """Tell whether a page shows something that was withdrawn from its issue, by the words that are blackened.

        What was blackened by a version that did not keep the places of these words may stand on any page.
        """
        from archive.catalog.words import unpack_words

        for raw, packed in self._ask(_TRANSCRIPT, (issue_id,)):
            text = zlib.decompress(raw).decode("utf-8", "surrogatepass")
            if COVER not in text or not self._has_withdrawn(issue_id):
                return False
            words = [word for word in unpack_words(packed) if COVER in text[word.start : word.end]]
            starts = [word.start for word in words]
            placed = (bisect_left(starts, run.end()) - bisect_left(starts, run.start()) for run in _RUN.finditer(text))
            return any(word.page == number for word in words) or not all(placed)
        return False

    def _has_withdrawn(self, issue_id: str) -> bool:
        owns = self._ask("SELECT own_id FROM issues WHERE id = ?", (issue_id,))
        names = {issue_id, *(row[0] for row in owns)}
        return any(ids.parse_id(each).issue_id in names for each in self.withdrawn())

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection.rows(sql, values)


def hide(db: sqlite3.Connection, reasons: Mapping[str, str]) -> set[str]:
    """Take issues and sections out of the catalogue.

    Args:
        db: The catalogue, in a transaction.
        reasons: The ids, of the scans' own, to take out, each with the reason that is shown for it.

    Returns:
        The ids under which nothing answers any more.
    """
    if not reasons:
        return set()
    wanted = json.dumps(list(reasons))
    match = "IN (SELECT value FROM json_each(?))"
    gone: set[str] = set()
    # What is kept of a first page to tell its series holds words of it.
    scans = "SELECT scan FROM issues LEFT JOIN sections USING (issue) "
    scans += f"WHERE issues.own_id {match} OR sections.own_id {match}"
    db.execute(f"DELETE FROM sketches WHERE scan IN ({scans})", (wanted, wanted))
    issues = db.execute(f"SELECT issue, id, own_id FROM issues WHERE own_id {match}", (wanted,)).fetchall()
    for issue, *names in issues:
        sections = db.execute("SELECT id, own_id FROM sections WHERE issue = ?", (issue,)).fetchall()
        gone.update(row[0] for row in sections)
        reason = reasons[names[1]]
        _remember(db, {each: reason for row in (names, *sections) for each in row} | dict(reasons))
        db.execute("DELETE FROM issues WHERE issue = ?", (issue,))
    found = f"SELECT section, id, own_id, issue, raw_start, raw_end FROM sections WHERE own_id {match}"
    for section, answers, own, issue, start, end in db.execute(found, (wanted,)).fetchall():
        gone.add(answers)
        _remember(db, {answers: reasons[own], own: reasons[own]})
        db.execute("DELETE FROM sections WHERE section = ?", (section,))
        _blacken(db, issue, start, end)
    _remember(db, reasons)
    return gone


def erase(db: sqlite3.Connection, files: Sequence[str]) -> None:
    """Take scans out of the catalogue, pages and all; in a transaction, with deleted rows overwritten."""
    db.execute("DELETE FROM scans WHERE file IN (SELECT value FROM json_each(?))", (json.dumps(files),))


def wipe(db: sqlite3.Connection) -> bool:
    """Write the catalogue's file anew without its freed pages and empty its log; outside a transaction.

    Returns:
        Whether all of it was done: a reader that has the catalogue open can keep the log from being emptied.
    """
    db.execute("VACUUM")
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _remember(db: sqlite3.Connection, reasons: Mapping[str, str]) -> None:
    rows = [(given, reason) for given, reason in reasons.items()]
    db.executemany("INSERT OR REPLACE INTO old_ids VALUES (?, '', ?)", rows)


def _blacken(db: sqlite3.Connection, issue: int, start: int, end: int) -> None:
    """Blacken a stretch of an issue's text, and drop the edits made in it; its words keep their places."""
    from archive.catalog.pack import unpack_transcript
    from archive.catalog.words import pack_changes

    packed = db.execute("SELECT raw, words, edits FROM transcripts WHERE issue = ?", (issue,)).fetchone()
    kept = unpack_transcript(*packed)
    raw = kept.raw[:start] + re.sub(_SEEN, COVER, kept.raw[start:end]) + kept.raw[end:]
    edits = [edit for edit in kept.edits if edit.end <= start or edit.start >= end]
    blobs = (zlib.compress(raw.encode("utf-8", "surrogatepass")), pack_changes(edits), issue)
    db.execute("UPDATE transcripts SET raw = ?, edits = ? WHERE issue = ?", blobs)
    overlap = "SELECT section, raw_start, raw_end FROM sections WHERE issue = ? AND raw_start < ? AND raw_end > ?"
    for section, first, last in db.execute(overlap, (issue, end, start)).fetchall():
        shown = raw[first:last].encode(errors="replace").decode()
        db.execute("UPDATE sections SET raw_text = ? WHERE section = ?", (shown, section))
