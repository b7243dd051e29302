import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archive.catalog import schema
from archive.catalog.connect import ReadingConnection, explained
from archive.catalog.store import open_catalog
from archive.errors import ArchiveBusyError, ArchiveWriteError, BrokenArchiveError, StorageError
from tests.conftest import files_under, put_issues
from tests.factories import make_issue, make_section

ROOT = Path(__file__).parents[2]
# Takes in a scan, begins another change and dies.
KILLED = """
import os, sys
from pathlib import Path
from archive.catalog.rows import PageRow, ScanState
from archive.catalog.store import open_catalog
catalog = open_catalog(Path(sys.argv[1]), write=True)
catalog.put_scan(ScanState("raw/b.pdf", "b" * 64, 1, 1, "failed"), [PageRow(1, status="failed")], [])
catalog._db.execute("BEGIN IMMEDIATE")
catalog._db.execute("DELETE FROM sections")
os.kill(os.getpid(), 9)
"""


def test_a_missing_catalogue_is_said_with_what_to_do(tmp_path):
    with pytest.raises(BrokenArchiveError, match=r"missing.*archive ingest"):
        open_catalog(tmp_path / "catalog.db")
    assert not list(tmp_path.iterdir())


def test_reading_leaves_every_file_and_time_alone(archive_of):
    settings = archive_of(make_issue(), index=False)
    before = files_under(settings.root)
    with open_catalog(settings.catalog_path) as catalog:
        assert catalog.scan_states()
        assert list(catalog.sections())
        during = files_under(settings.root)
    assert during == before
    assert files_under(settings.root) == before


def test_writing_leaves_one_file_when_it_has_ended(archive_of):
    settings = archive_of(make_issue(), index=False)
    assert [path.name for path in settings.index_dir.iterdir()] == ["catalog.db"]


def test_an_archive_that_nobody_may_write_can_be_read(archive_of):
    settings = archive_of(make_issue(), index=False)
    settings.catalog_path.chmod(0o444)
    settings.index_dir.chmod(0o555)
    try:
        with open_catalog(settings.catalog_path) as catalog:
            assert catalog.coverage().issues == 1
    finally:
        settings.index_dir.chmod(0o755)


def test_what_every_search_says_of_the_scans_is_not_counted_anew(archive_of, monkeypatch):
    settings = archive_of(make_issue(), index=False)
    asked = []
    with open_catalog(settings.catalog_path) as catalog:
        ask = catalog._ask
        monkeypatch.setattr(catalog, "_ask", lambda sql, values=(): asked.append(sql) or ask(sql, values))
        assert catalog.coverage().issues == 1
        plan = [row[3] for sql in asked for row in ask(f"EXPLAIN QUERY PLAN {sql}")]
    assert plan == ["SCAN coverage"]  # which has one row


COUNTED = """SELECT coalesce(sum(issues), 0), coalesce(sum(ok), 0), coalesce(sum(low), 0), coalesce(sum(empty), 0),
    coalesce(sum(failed), 0), coalesce(sum(timed_out), 0),
    (SELECT count(*) FROM scans WHERE NOT missing AND status = 'failed' AND ok + low + empty + failed + timed_out = 0),
    coalesce(sum(unread), 0) FROM scans WHERE NOT missing"""


def test_what_is_said_of_the_scans_is_what_they_add_up_to_whatever_becomes_of_them(archive_of):
    settings = archive_of(make_issue(date="2020-01-01"), make_issue(date="2021-01-01"), index=False)
    changes = (
        "UPDATE scans SET missing = 1 WHERE scan = 1",
        "UPDATE scans SET ok = 3, low = 2, unread = 1, timed_out = 1, issues = 5",  # one that is missing too
        "UPDATE scans SET missing = 0",
        "UPDATE scans SET ok = 0, low = 0, empty = 0, timed_out = 0, issues = 0, status = 'failed' WHERE scan = 2",
        "UPDATE scans SET missing = 1 WHERE scan = 1",
        "DELETE FROM scans WHERE scan = 1",  # which is missing
        "DELETE FROM scans",
    )
    said = []
    with sqlite3.connect(settings.catalog_path) as db:
        for change in changes:
            db.execute(change)
            said += db.execute("SELECT * FROM coverage").fetchall()
            assert said[-1] == db.execute(COUNTED).fetchone(), change
    db.close()
    assert len(set(said)) == len(changes) - 1
    assert {unopened for *_, unopened, _ in said} == {0, 1}
    assert max(unread for *_, unread in said) == 2


_TO_THE_SECOND_VERSION = """
DROP TRIGGER scans_comes; DROP TRIGGER scans_goes; DROP TRIGGER scans_changes;
DROP TABLE coverage; DROP TABLE sketches; DROP VIEW page_ledger;
ALTER TABLE pages DROP COLUMN unread; ALTER TABLE pages DROP COLUMN unread_boxes; ALTER TABLE scans DROP COLUMN unread;
CREATE INDEX scans_coverage ON scans (missing, issues, ok, low, empty, failed, timed_out);
PRAGMA user_version = 2;
"""


def test_a_catalogue_of_before_is_told_what_its_scans_add_up_to(archive_of):
    settings = archive_of(make_issue(date="2020-01-01"), make_issue(date="2021-01-01"), index=False)
    with closing(sqlite3.connect(settings.catalog_path)) as db:
        db.executescript(_TO_THE_SECOND_VERSION)
    with open_catalog(settings.catalog_path, write=True) as catalog:
        assert (catalog.coverage().issues, catalog.coverage().ok) == (2, 2)


def test_a_reader_sees_what_a_writer_that_is_still_at_work_has_finished(archive_of):
    settings = archive_of(make_issue(date="2020-01-01"), index=False)
    with open_catalog(settings.catalog_path) as reader:
        assert reader.coverage().issues == 1
        with open_catalog(settings.catalog_path, write=True):
            put_issues(settings, (make_issue(date="2021-01-01"),))
            assert reader.coverage().issues == 2


def test_a_reader_sees_what_a_writer_that_came_and_went_has_finished(archive_of):
    settings = archive_of(make_issue(date="2020-01-01"), index=False)
    with open_catalog(settings.catalog_path) as reader:
        assert [issue.date for issue in reader.issues()] == ["2020-01-01"]
        put_issues(settings, (make_issue(date="2021-01-01"),))
        assert [issue.date for issue in reader.issues()] == ["2020-01-01", "2021-01-01"]


def test_a_question_during_which_a_writer_came_and_went_is_asked_again(archive_of, monkeypatch):
    settings = archive_of(make_issue(date="2020-01-01"), index=False)
    look = ReadingConnection._state
    looks = []

    def write_before_the_second_look(connection):
        looks.append(1)
        if len(looks) == 2:
            put_issues(settings, (make_issue(date="2021-01-01"),))
        return look(connection)

    with open_catalog(settings.catalog_path) as reader:
        monkeypatch.setattr(ReadingConnection, "_state", write_before_the_second_look)
        assert reader.coverage().issues == 2
    assert len(looks) == 4


def test_a_reader_that_outlives_a_writer_leaves_nothing_for_others_to_mend(archive_of):
    settings = archive_of(make_issue(date="2020-01-01"), index=False)
    with open_catalog(settings.catalog_path) as reader:
        with open_catalog(settings.catalog_path, write=True) as writer:
            _put(writer, settings, make_issue(date="2021-01-01"))
            assert reader.coverage().issues == 2
        assert reader.coverage().issues == 2
    before = files_under(settings.root)
    with open_catalog(settings.catalog_path) as reader:
        assert reader.coverage().issues == 2
    assert files_under(settings.root) == before
    assert not any(data for name, (_, data) in before.items() if name.endswith("-wal"))


def test_what_a_writer_that_was_killed_had_finished_is_there(archive_of):
    settings = archive_of(make_issue(date="2020-01-01"), index=False)
    done = subprocess.run([sys.executable, "-c", KILLED, settings.catalog_path], check=False, cwd=ROOT)
    assert done.returncode == -9
    for write in (False, True, False):
        with open_catalog(settings.catalog_path, write=write) as catalog:
            assert "raw/b.pdf" in catalog.scan_states()
            assert len(list(catalog.sections())) == 1


def test_a_list_that_is_being_read_goes_on_while_a_writer_changes_the_catalogue(archive_of, monkeypatch):
    monkeypatch.setattr("archive.catalog.sections._CHUNK", 1)
    issues = [make_issue(date=f"20{year}-01-01") for year in (18, 19, 20)]
    settings = archive_of(*issues, index=False)
    with open_catalog(settings.catalog_path) as reader:
        sections = reader.sections()
        first = next(sections)
        put_issues(settings, (make_issue(date="2021-01-01"),))
        rest = list(sections)
    assert [each["issue_date"] for each in [first, *rest]] == ["2018-01-01", "2019-01-01", "2020-01-01"]


def test_a_damaged_catalogue_is_said_to_be_damaged(archive_of):
    settings = archive_of(make_issue(), index=False)
    data = settings.catalog_path.read_bytes()
    settings.catalog_path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    with open_catalog(settings.catalog_path) as catalog, pytest.raises(BrokenArchiveError, match=r"damaged.*doctor"):
        list(catalog.sections())


def test_a_file_that_is_no_catalogue_is_refused(tmp_path):
    path = tmp_path / "catalog.db"
    path.write_text("a shopping list, long enough to be taken for a header of SQLite" * 20)
    for write in (False, True):
        with pytest.raises(BrokenArchiveError):
            open_catalog(path, write=write)


def test_a_catalogue_of_a_newer_program_is_refused_and_left_alone(archive_of):
    settings = archive_of(make_issue(), index=False)
    with sqlite3.connect(settings.catalog_path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = settings.catalog_path.read_bytes()
    for write in (False, True):
        with pytest.raises(BrokenArchiveError, match="newer version"):
            open_catalog(settings.catalog_path, write=write)
    assert settings.catalog_path.read_bytes() == before


def test_an_older_catalogue_is_copied_and_brought_up_to_date(archive_of, monkeypatch):
    settings = archive_of(make_issue([make_section(heading="Oud")]), index=False)
    before = len(schema.MIGRATIONS)
    second = "ALTER TABLE issues ADD COLUMN colour TEXT NOT NULL DEFAULT 'green';\nCREATE TABLE more (x) STRICT;\n"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second.replace("(x)", "(x TEXT)")))
    for module in ("questions", "migrate"):
        monkeypatch.setattr(f"archive.catalog.{module}.MIGRATIONS", schema.MIGRATIONS)
    with pytest.raises(BrokenArchiveError, match="older version"):
        open_catalog(settings.catalog_path)
    with open_catalog(settings.catalog_path, write=True) as catalog:
        assert catalog.version() == before + 1
        assert [each["heading"] for each in catalog.sections()] == ["Oud"]
    with sqlite3.connect(f"{settings.catalog_path}.v{before}") as copy:
        assert copy.execute("SELECT heading FROM sections").fetchall() == [("Oud",)]
        assert copy.execute("PRAGMA user_version").fetchone() == (before,)
    copy.close()


def test_a_migration_that_the_disk_has_no_room_for_is_refused(archive_of, monkeypatch):
    settings = archive_of(make_issue(), index=False)
    for module in ("schema", "questions", "migrate"):
        monkeypatch.setattr(f"archive.catalog.{module}.MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE more (x TEXT);"))
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10})())
    before = files_under(settings.root)
    with pytest.raises(ArchiveWriteError, match="no room"):
        open_catalog(settings.catalog_path, write=True)
    assert files_under(settings.root)["index/catalog.db"][1] == before["index/catalog.db"][1]


def test_a_migration_that_fails_changes_nothing(archive_of, monkeypatch):
    settings = archive_of(make_issue(), index=False)
    known = schema.MIGRATIONS
    for module in ("schema", "questions", "migrate"):
        broken = "CREATE TABLE more (x TEXT);\nDROP TABLE no_such_table;\n"
        monkeypatch.setattr(f"archive.catalog.{module}.MIGRATIONS", (*known, broken))
    with pytest.raises(BrokenArchiveError):
        open_catalog(settings.catalog_path, write=True)
    with sqlite3.connect(settings.catalog_path) as db:
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'more'").fetchone() == (0,)
    db.close()


def test_a_full_disk_is_said_and_what_was_finished_stays(archive_of):
    settings = archive_of(make_issue(date="2020-01-01"), index=False)
    with open_catalog(settings.catalog_path, write=True) as catalog:
        pages = catalog._db.execute("PRAGMA page_count").fetchone()[0]
        catalog._db.execute(f"PRAGMA max_page_count = {pages}")
        long = make_issue([make_section(text="lang" * 500_000)], date="2021-01-01")
        with pytest.raises(ArchiveWriteError, match="disk is full"):
            _put(catalog, settings, long)
        assert [issue.date for issue in catalog.issues()] == ["2020-01-01"]
        catalog._db.execute("PRAGMA max_page_count = 1000000")
        _put(catalog, settings, long)
        assert [issue.date for issue in catalog.issues()] == ["2020-01-01", "2021-01-01"]


@pytest.mark.parametrize("name", ["50% #1?", "a b", "é", "x?mode=rwc"])
def test_a_folder_may_have_any_name(tmp_path, name):
    path = tmp_path / name / "catalog.db"
    with open_catalog(path, write=True):
        pass
    with open_catalog(path) as catalog:
        assert catalog.coverage().issues == 0
    assert [each.name for each in path.parent.iterdir()] == ["catalog.db"]


def test_a_second_writer_is_told_to_wait(archive_of, monkeypatch):
    monkeypatch.setattr("archive.catalog.connect._BUSY_S", 0.05)
    settings = archive_of(make_issue(date="2020-01-01"), index=False)
    with open_catalog(settings.catalog_path, write=True) as first:
        first._db.execute("BEGIN IMMEDIATE")
        with open_catalog(settings.catalog_path, write=True) as second, pytest.raises(ArchiveBusyError):
            _put(second, settings, make_issue(date="2021-01-01"))
        first._db.execute("ROLLBACK")


def test_a_catalogue_that_may_not_be_read_is_said(archive_of):
    settings = archive_of(make_issue(), index=False)
    settings.catalog_path.unlink()
    settings.catalog_path.mkdir()
    with pytest.raises((StorageError, BrokenArchiveError)):
        open_catalog(settings.catalog_path)


def test_the_readable_views_show_what_is_there(archive_of):
    settings = archive_of(make_issue([make_section("events", heading="Open dag")]), index=False)
    with sqlite3.connect(settings.catalog_path) as db:
        assert db.execute("SELECT id, heading, category FROM section_list").fetchall() == [
            ("kerngroep-oost-2022-06-15-a-s0001", "Open dag", "events")
        ]
        assert db.execute("SELECT number, status, issue_id FROM page_ledger").fetchall() == [
            (1, "ok", "kerngroep-oost-2022-06-15-a")
        ]
    db.close()


def _put(catalog, settings, parsed) -> None:
    from archive.register import Register
    from tests.conftest import put_scan

    put_scan(catalog, Register.load(settings.ids_path), (parsed,), file=f"raw/{parsed.issue.date}.pdf")


@pytest.mark.parametrize(("free", "said"), [(0, "the disk is full"), (1 << 20, "the disk cannot be read or written")])
def test_a_disk_without_room_is_told_as_full_whatever_sqlite_calls_it(tmp_path, monkeypatch, free, said):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR | (19 << 8)  # SQLITE_IOERR_SHMSIZE
    room = os.statvfs_result((1, 1, free, free, free, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: room)
    with pytest.raises(StorageError, match=said), explained(tmp_path / "catalog.db"):
        raise error
