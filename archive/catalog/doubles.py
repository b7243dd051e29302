"""How is the same issue, scanned twice, kept so that one scan of it answers?

The scan that answers does so under the ids given first: where it came in later, the two issues and those of their
sections that are the same change ids, and `own_id` remembers what the register gave.
"""

# ruff: noqa: S608 - only names that stand in this file are put into SQL; values are bound

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_THESE = "issue IN (SELECT value FROM json_each(?1))"


@dataclass(frozen=True, slots=True)
class Pair:
    """A double and the issue that answers in its place, by the ids of their own scans.

    `first` is the id under which it answers: that of the two, or of more, which was given first. `sections` are pairs
    of their sections' own ids: one of the issue that answers, and the section of `first` that it is.
    """

    double: str
    answers: str
    first: str
    sections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Under which id something answers, and instead of it what (of a section: its issue's)."""

    id: str
    double_of: str


def part(db: sqlite3.Connection, file: str, issue_ids: Iterable[str], generation: int) -> bool:
    """Give the doubles of a scan that changes, and those that answer for it, their own ids back.

    Args:
        db: The catalogue, in a transaction.
        file: The scan.
        issue_ids: The issues that it holds now.
        generation: Noted at the sections that answer anew.

    Returns:
        Whether there were any.
    """
    asked = "SELECT CASE double_of WHEN '' THEN id ELSE double_of END FROM issues"
    asked += " WHERE scan IN (SELECT scan FROM scans WHERE file = ?)"
    asked += " OR own_id IN (SELECT value FROM json_each(?))"
    heads = [row[0] for row in db.execute(asked, (file, json.dumps(list(issue_ids))))]
    grouped = "SELECT issue FROM issues WHERE double_of IN (SELECT value FROM json_each(?1))"
    if not db.execute(grouped, (json.dumps(heads),)).fetchone():
        return False
    grouped += " OR id IN (SELECT value FROM json_each(?1))"
    rows = json.dumps([row[0] for row in db.execute(grouped, (json.dumps(heads),))])
    for table in ("sections", "issues"):
        owns = db.execute(f"SELECT own_id FROM {table} WHERE {_THESE} AND id != own_id", (rows,)).fetchall()
        _rename(db, table, {own: own for (own,) in owns})
    db.execute(f"UPDATE issues SET double_of = '' WHERE {_THESE}", (rows,))
    db.execute(f"UPDATE sections SET generation = ?2 WHERE {_THESE}", (rows, generation))
    return True


def settle(db: sqlite3.Connection, pairs: Sequence[Pair], generation: int) -> tuple[frozenset[int], set[str], bool]:
    """Bring ids and doubles to where they belong.

    Args:
        db: The catalogue, in a transaction.
        pairs: All doubles there are.
        generation: Noted at sections that answer under an id that they did not answer under before.

    Returns:
        The scans of which other issues answer now, the ids under which nothing answers any more, and whether any came.
    """
    issues = _issues(db)
    wanted = dict.fromkeys(issues, "") | {pair.double: pair.answers for pair in pairs}
    names = _issue_names(issues, pairs)
    heads = {own: names[answers] if answers else "" for own, answers in wanted.items()}
    moved = {own for own in issues if issues[own] != _Place(names[own], heads[own])}
    section_names = {ours: theirs for pair in pairs for ours, theirs in _swapped(pair)}
    before = _sections(db)
    after: dict[str, _Place] = {}
    for own, _, issue_own in _all_sections(db):
        after[own] = _Place(section_names.get(own, own), heads[issue_own])
    changed = [own for own in after if before[own] != after[own]]
    _rename(db, "issues", {own: names[own] for own in moved})
    for own in moved:
        db.execute("UPDATE issues SET double_of = ? WHERE own_id = ?", (heads[own], own))
    _rename(db, "sections", {own: after[own].id for own in changed if before[own].id != after[own].id})
    answering = [own for own in changed if not after[own].double_of]
    db.executemany("UPDATE sections SET generation = ? WHERE own_id = ?", [(generation, own) for own in answering])
    there = {place.id for place in after.values() if not place.double_of}
    gone = {before[own].id for own in changed if not before[own].double_of} - there
    of_moved = "SELECT scan FROM issues WHERE own_id IN (SELECT value FROM json_each(?))"
    scans = frozenset(row[0] for row in db.execute(of_moved, (json.dumps(sorted(moved)),)))
    return scans, gone, bool(answering)


def _issue_names(issues: Iterable[str], pairs: Sequence[Pair]) -> dict[str, str]:
    """Return the id of each issue: the one that answers has that given first, and the first one has its."""
    names = {own: own for own in issues}
    for pair in pairs:
        if pair.answers != pair.first:
            names[pair.answers], names[pair.first] = pair.first, pair.answers
    return names


def _swapped(pair: Pair) -> Iterable[tuple[str, str]]:
    for ours, theirs in pair.sections:
        yield ours, theirs
        yield theirs, ours


def _issues(db: sqlite3.Connection) -> dict[str, _Place]:
    return {own: _Place(*place) for own, *place in db.execute("SELECT own_id, id, double_of FROM issues")}


def _sections(db: sqlite3.Connection) -> dict[str, _Place]:
    sql = "SELECT sections.own_id, sections.id, double_of FROM sections JOIN issues USING (issue)"
    return {own: _Place(*place) for own, *place in db.execute(sql)}


def _all_sections(db: sqlite3.Connection) -> list[tuple[str, int, str]]:
    sql = "SELECT sections.own_id, issue, issues.own_id FROM sections JOIN issues USING (issue)"
    return db.execute(sql).fetchall()


def _rename(db: sqlite3.Connection, table: str, names: dict[str, str]) -> None:
    """Give rows other ids, by way of ids that nobody has: each id is there once."""
    db.executemany(f"UPDATE {table} SET id = '~' || own_id WHERE own_id = ?", [(own,) for own in names])
    db.executemany(f"UPDATE {table} SET id = ? WHERE own_id = ?", [(name, own) for own, name in names.items()])
