"""How does a scan come in, change or go?

Each method is one transaction. Whatever changes what can be found raises the generation; sections that come carry its
number, sections that go are written down with it, so that an index that is behind can be brought up to date.
"""

# ruff: noqa: S608 - only names that stand in this file are put into SQL; values are bound

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archive.catalog import doubles, unchanged, withdrawals
from archive.catalog.connect import WritingConnection, explained, transaction
from archive.catalog.ledger import IS_UNREAD, STATUSES
from archive.catalog.migrate import migrate
from archive.catalog.moved import forget_renamed, trace_replaced
from archive.catalog.pack import PackedIssue, as_json
from archive.catalog.questions import Catalog
from archive.catalog.rows import PageRow, ScanState
from archive.catalog.sketches import ToldIssue, put_sketches, tell_issue
from archive.errors import ArchiveWriteError, BrokenArchiveError
from archive.model.issues import OldId

_IN_FILES = "scan IN (SELECT scan FROM scans WHERE file IN (SELECT value FROM json_each(?)))"


class CatalogWriter(Catalog):
    """The catalogue of one archive, for the one process that writes."""

    def __init__(self, path: Path) -> None:
        connection = WritingConnection(path)
        self.path = path
        self._connection = connection
        self._db = connection.writer
        with ExitStack() as undo:
            undo.callback(connection.close)
            migrate(self._db, path)
            undo.pop_all()

    def put_scan(
        self,
        state: ScanState,
        pages: Sequence[PageRow],
        issues: Sequence[PackedIssue],
        *,
        withdrawn: Mapping[str, str] = MappingProxyType({}),
        sketches: Sequence[bytes] = (),
    ) -> None:
        """Put in what a scan holds, in place of what its file held before.

        Args:
            state: What is known of the file.
            pages: A row for each of its pages.
            issues: Its issues, with their ids (PackedIssue.with_ids). An issue that another file held moves here.
            withdrawn: The ids of issues and sections that are not to be shown, each with the reason.
            sketches: What may tell the series of each issue, packed.
        """
        with transaction(self._db, self.path):
            self._check_ids(state.sha256, issues)
            after = {section.id for issue in issues for section in issue.sections}
            hidden = withdrawn.keys() & (after | {issue.id for issue in issues})
            if not hidden and unchanged.is_as_it_was(self._db, state, pages, issues):
                self._put_state(state, sketches)
                return
            generation = self._generation()
            parted = doubles.part(self._db, state.file, [issue.id for issue in issues], generation + 1)
            before = self._section_ids_of_file(state.file) | self._section_ids_of_issues(issues)
            known = {} if parted else unchanged.look_at(self, self._db, before)  # doubles are settled anew
            scan = self._put_state(state, sketches)
            self._drop_issues(scan, issues)
            self._put_pages(scan, pages)
            for issue in issues:
                self._put_issue(scan, issue, generation + 1)
            after -= withdrawals.hide(self._db, withdrawn)
            came = after - unchanged.keep_generations(self, self._db, known)
            self._count(scan)
            self._note_change(gone=before - after, came=bool(came), generation=generation + 1)

    def put_fault(self, state: ScanState) -> None:
        """Note that a scan could not be taken in.

        What its file held stays while the bytes are the same (or cannot be told); what other bytes held goes.
        """
        with transaction(self._db, self.path):
            known = self._db.execute("SELECT sha256 FROM scans WHERE file = ?", (state.file,)).fetchone()
            keeps = known is not None and state.sha256 in {"", known[0]}
            generation = self._generation()
            if not keeps:
                doubles.part(self._db, state.file, (), generation + 1)
            before = set() if keeps else self._section_ids_of_file(state.file)
            if keeps and not state.sha256:
                state = ScanState(**(asdict(state) | {"sha256": known[0]}))
            scan = self._put_state(state, None if keeps else ())
            if not keeps:
                self._db.execute("DELETE FROM pages WHERE scan = ?", (scan,))
                self._drop_issues(scan, ())
            self._count(scan)
            self._note_change(gone=before, came=False, generation=generation + 1)

    def mark_missing(self, files: Iterable[str]) -> None:
        """Note that these files are gone from raw/: their sections leave the search, their ids stay."""
        with self._change_of(files, missing=0) as wanted:
            self._db.execute(f"UPDATE scans SET missing = 1 WHERE {_IN_FILES}", (wanted,))

    def mark_back(self, files: Iterable[str]) -> None:
        """Note that these files, missing until now, are there again with the same bytes."""
        with self._change_of(files, missing=1) as wanted:
            generation = self._generation() + 1
            issues = f"SELECT issue FROM issues WHERE {_IN_FILES}"
            self._db.execute(f"UPDATE sections SET generation = ? WHERE issue IN ({issues})", (generation, wanted))
            self._db.execute(f"UPDATE scans SET missing = 0 WHERE {_IN_FILES}", (wanted,))

    def forget_lost(self, unopened: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Forget files that are gone while the scan is there under another name, and these, of which nothing is known.

        Returns:
            The names that scans had, each with the name that it has now.
        """
        with transaction(self._db, self.path):
            moved = forget_renamed(self._db)
            self._db.execute(f"DELETE FROM scans WHERE sha256 = '' AND {_IN_FILES}", (as_json(sorted(unopened)),))
            return moved

    def settle(self, pairs: Sequence[doubles.Pair]) -> bool:
        """Let one scan of each issue answer, and keep the others beside it; what was settled before is forgotten.

        Args:
            pairs: The doubles, each with the issue that answers in its place; by the ids of their own scans.

        Returns:
            Whether anything changed.
        """
        with transaction(self._db, self.path):
            generation = self._generation() + 1
            scans, gone, came = doubles.settle(self._db, pairs, generation)
            for scan in scans:
                self._count(scan)
            self._note_change(gone=gone, came=came, generation=generation)
            self._db.execute("UPDATE state SET value = ? WHERE name = 'doubles'", (self._generation(),))
            self._forget_categories()
            return bool(gone) or came

    def date_issues(self, dates: Mapping[str, tuple[str, str]]) -> bool:
        """Date issues anew, by their own ids: date (empty: none) and evidence; return whether there were any."""
        with transaction(self._db, self.path):
            generation = self._generation() + 1
            for own_id, (date, evidence) in dates.items():
                told = (date, evidence, own_id)
                self._db.execute("UPDATE issues SET date = ?, date_evidence = ? WHERE own_id = ?", told)
                issue = "SELECT issue FROM issues WHERE own_id = ?"
                self._db.execute(f"UPDATE sections SET generation = ? WHERE issue = ({issue})", (generation, own_id))
            self._note_change(gone=set(), came=bool(dates), generation=generation)
            return bool(dates)

    def tell_issues(self, told: Mapping[str, ToldIssue]) -> None:
        """Set what their series tell of issues, by their own ids."""
        with transaction(self._db, self.path):
            generation = self._generation() + 1
            for own_id, facts in told.items():
                tell_issue(self._db, own_id, facts, generation)
            self._note_change(gone=set(), came=bool(told), generation=generation)

    def withdraw(self, reasons: Mapping[str, str]) -> None:
        """Take issues and sections out: `reasons` has the ids that their scans know them by, each with the reason."""
        with transaction(self._db, self.path):
            generation = self._generation() + 1
            found = "SELECT DISTINCT scan, file FROM issues JOIN scans USING (scan) "
            found += "WHERE own_id IN (SELECT value FROM json_each(?))"
            scans = self._db.execute(found, (as_json(list(reasons)),)).fetchall()
            for _, file in scans:
                doubles.part(self._db, file, (), generation)
            gone = withdrawals.hide(self._db, reasons)
            for scan, _ in scans:
                self._count(scan)
            self._note_change(gone=gone, came=bool(scans), generation=generation)

    def erase(self, files: Sequence[str]) -> bool:
        """Take scans out and overwrite what they left behind in the file; return False if a reader was in the way."""
        with transaction(self._db, self.path):
            withdrawals.erase(self._db, files)
        with explained(self.path, ArchiveWriteError):
            return withdrawals.wipe(self._db)

    @contextmanager
    def _change_of(self, files: Iterable[str], *, missing: int) -> Iterator[str]:
        """Change whether scans count as missing, those only that do not yet; nothing happens when there are none."""
        asked = as_json(sorted(files))
        with transaction(self._db, self.path):
            sql = f"SELECT file FROM scans WHERE missing = ? AND {_IN_FILES}"
            wanted = [row[0] for row in self._db.execute(sql, (missing, asked))]
            sections = set[str]().union(*(self._section_ids_of_file(file, missing=missing) for file in wanted))
            yield as_json(wanted)
            leaving = missing == 0
            generation = self._generation() + 1
            self._note_change(gone=sections if leaving else set(), came=bool(sections), generation=generation)

    def _check_ids(self, sha256: str, issues: Sequence[PackedIssue]) -> None:
        """Refuse an id that another scan has: its issue would be lost. It means that ids.csv was lost or changed."""
        sql = "SELECT scans.file FROM issues JOIN scans USING (scan) WHERE own_id = ? AND sha256 != ?"
        for issue in issues:
            if row := self._db.execute(sql, (issue.id, sha256)).fetchone():
                hint = "Put ids.csv back from a backup, or remove the catalogue and run `archive ingest`."
                raise BrokenArchiveError(self.path, f"the id {issue.id} already belongs to {row[0]}", hint)

    def _generation(self) -> int:
        return int(self._db.execute("SELECT value FROM state WHERE name = 'generation'").fetchone()[0])

    def _note_change(self, *, gone: set[str], came: bool, generation: int) -> None:
        if not gone and not came:
            return
        self._db.execute("UPDATE state SET value = ? WHERE name = 'generation'", (generation,))
        rows = [(section_id, generation) for section_id in sorted(gone)]
        self._db.executemany("INSERT OR REPLACE INTO departures VALUES (?, ?)", rows)

    def _section_ids_of_file(self, file: str, *, missing: int = 0) -> set[str]:
        sql = "SELECT sections.id FROM sections JOIN issues USING (issue) JOIN scans USING (scan)"
        return {row[0] for row in self._db.execute(f"{sql} WHERE file = ? AND missing = ?", (file, missing))}

    def _section_ids_of_issues(self, issues: Sequence[PackedIssue]) -> set[str]:
        sql = "SELECT sections.id FROM sections JOIN issues USING (issue) JOIN scans USING (scan) WHERE NOT missing"
        return {row[0] for issue in issues for row in self._db.execute(f"{sql} AND issues.id = ?", (issue.id,))}

    def _put_state(self, state: ScanState, sketches: Sequence[bytes] | None = None) -> int:
        columns = asdict(state) | {"missing": 0}
        names = ", ".join(columns)
        updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "file")
        sql = f"INSERT INTO scans ({names}) VALUES ({_named(columns)}) ON CONFLICT (file) DO UPDATE SET {updates}"
        row = self._db.execute(f"{sql} RETURNING scan", columns).fetchone()
        if sketches is not None:
            put_sketches(self._db, row[0], sketches)
        return int(row[0])

    def _drop_issues(self, scan: int, issues: Sequence[PackedIssue]) -> None:
        """Take out what the file held, and what another file held of these issues; old ids keep an answer."""
        for old in list(trace_replaced(self._db, scan, issues)):
            self._put_old_id(old)
        self._db.execute("DELETE FROM issues WHERE scan = ?", (scan,))
        for issue in issues:
            row = self._db.execute("DELETE FROM issues WHERE id = ? RETURNING scan", (issue.id,)).fetchone()
            if row:
                self._count(row[0])

    def _put_pages(self, scan: int, pages: Sequence[PageRow]) -> None:
        self._db.execute("DELETE FROM pages WHERE scan = ?", (scan,))
        for page in pages:
            self._insert("pages", {"scan": scan, **asdict(page)})

    def _put_issue(self, scan: int, issue: PackedIssue, generation: int) -> None:
        row = self._insert("issues", {"id": issue.id, "own_id": issue.id, "scan": scan, **issue.columns})
        blobs = {"raw": issue.raw, "words": issue.words, "edits": issue.edits}
        self._insert("transcripts", {"issue": row, **blobs})
        self._db.executemany(
            "UPDATE pages SET issue = ? WHERE scan = ? AND number = ?", [(row, scan, number) for number in issue.pages]
        )
        for section in issue.sections:
            columns = {"id": section.id, "own_id": section.id, "issue": row, **section.columns}
            columns["generation"] = generation
            self._insert("sections", columns)
            scores = "INSERT OR IGNORE INTO categories SELECT key FROM json_each(?)"
            self._db.execute(scores, (section.columns["category_scores"],))
        back = [(each,) for each in (issue.id, *(section.id for section in issue.sections))]
        self._db.executemany("DELETE FROM old_ids WHERE id = ?", back)
        for old in issue.old_ids:
            self._put_old_id(old)

    def _put_old_id(self, old: OldId) -> None:
        self._db.execute("INSERT OR REPLACE INTO old_ids VALUES (?, ?, ?)", (old.id, old.moved_to, old.reason))

    def _forget_categories(self) -> None:
        """Forget the categories that no section is scored for any more; those of the latest section are in use."""
        latest = "SELECT category_scores FROM sections ORDER BY section DESC LIMIT 1"
        unsure = f"SELECT name FROM categories WHERE name NOT IN (SELECT key FROM json_each(({latest})))"
        scored = "EXISTS (SELECT 1 FROM json_each(category_scores) WHERE key = ?)"
        for row in self._db.execute(unsure).fetchall():
            if not self._db.execute(f"SELECT 1 FROM sections WHERE {scored} LIMIT 1", row).fetchone():
                self._db.execute("DELETE FROM categories WHERE name = ?", row)

    def _count(self, scan: int) -> None:
        """Count a scan's issues and pages anew, for the coverage."""
        counts = ", ".join(
            f"{status} = (SELECT count(*) FROM pages WHERE scan = ?1 AND status = '{status}')" for status in STATUSES
        )
        unread = f"unread = (SELECT count(*) FROM pages WHERE scan = ?1 AND {IS_UNREAD})"
        issues = "issues = (SELECT count(*) FROM issues WHERE scan = ?1 AND double_of = '')"
        self._db.execute(f"UPDATE scans SET {counts}, {unread}, {issues} WHERE scan = ?1", (scan,))

    def _insert(self, table: str, columns: dict[str, Any]) -> int:
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_named(columns)})"
        return int(self._db.execute(sql, columns).lastrowid or 0)


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in columns)
