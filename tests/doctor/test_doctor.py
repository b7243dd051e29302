"""Is everything here and whole? Each finding, and what it makes of the exit code."""

import errno
import os
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.catalog.rows import PageRow, ScanState
from archive.catalog.store import open_catalog
from archive.corrections import append_corrections
from archive.doctor import CHECKS, check, exit_code, programs, storage
from archive.doctor.finding import Finding, Level
from archive.errors import ExitCode, MissingPartError
from archive.model.issues import Correction
from archive.reading.scans import hash_file
from archive.settings import load_settings
from tests.factories import make_issue

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil gives it


def found(root: Path, kind: str, level: Level = Level.PROBLEM) -> list[Finding]:
    return [finding for finding in check(root) if (finding.kind, finding.level) == (kind, level)]


@pytest.fixture
def scan(tmp_path):
    """An archive that has taken in one text file."""
    (tmp_path / "archive.toml").touch()
    (tmp_path / "raw").mkdir()
    path = tmp_path / "raw" / "a.txt"
    path.write_text("Open dag in de Vondelzaal.")
    take_in(tmp_path, path)
    return path


def take_in(root: Path, path: Path, *, status: str = "ok", pages: tuple[PageRow, ...] = (), **facts: str) -> None:
    state = path.stat()
    row = ScanState(
        f"raw/{path.name}", hash_file(path), state.st_size, state.st_mtime_ns, status, first_seen="2024-03-01", **facts
    )
    with open_catalog(load_settings(root).catalog_path, write=True) as catalog:
        catalog.put_scan(row, pages, ())


def test_each_check_has_its_file():
    here = {path.stem for path in Path(programs.__file__).parent.glob("*.py")} - {"__init__", "finding"}
    assert here == set(CHECKS)


@pytest.mark.ocr
def test_a_sound_archive_has_no_problem(archive_of):
    settings = archive_of(make_issue())
    (settings.raw_dir / "unseen.txt").write_text("x")
    problems = [finding for finding in check(settings.root) if finding.level is Level.PROBLEM]
    assert problems == []


def test_a_folder_without_settings_is_no_archive_but_programs_are_looked_at(tmp_path):
    findings = check(tmp_path)
    assert {finding.kind for finding in findings} == {"programs", "settings"}
    assert exit_code(findings) == ExitCode.BROKEN_ARCHIVE


def test_a_missing_program_is_named_with_what_to_install(tmp_path, monkeypatch):
    def absent(_languages):
        raise MissingPartError(None, "Tesseract is not installed", "Install it with `sudo apt install tesseract-ocr`.")

    monkeypatch.setattr(programs, "missing_languages", absent)
    (tmp_path / "archive.toml").touch()
    (tmp_path / "raw").mkdir()
    findings = check(tmp_path)
    assert "apt install" in next(finding.hint for finding in findings if finding.level is Level.PROBLEM)
    assert exit_code(findings) == ExitCode.MISSING_PART


@pytest.mark.ocr
def test_a_missing_language_pack_is_named(tmp_path):
    (tmp_path / "archive.toml").write_text('languages = ["nl", "xx"]')
    (tmp_path / "raw").mkdir()
    (problem,) = found(tmp_path, "programs")
    assert "`xx`" in problem.message
    assert problem.exit_code == ExitCode.MISSING_PART


@pytest.mark.parametrize(("free", "level"), [(10**7, Level.PROBLEM), (10**9, Level.NOTE), (10**11, Level.FINE)])
def test_a_full_disk_is_found_before_it_hurts(tmp_path, monkeypatch, free, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12 - free, free))
    (tmp_path / "archive.toml").touch()
    (finding,) = (each for each in found(tmp_path, "storage", level) if "B free" in each.message)
    assert finding.exit_code == (ExitCode.STORAGE if level is Level.PROBLEM else ExitCode.OK)


def test_a_disk_that_became_read_only_is_a_storage_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "is_read_only", lambda _: True)
    (tmp_path / "archive.toml").touch()
    (problem,) = found(tmp_path, "storage")
    assert "read-only" in problem.message
    assert problem.exit_code == ExitCode.STORAGE


def test_an_index_on_a_network_share_is_a_storage_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "network_type", lambda _: "nfs4")
    (tmp_path / "archive.toml").touch()
    (problem,) = found(tmp_path, "storage")
    assert "nfs4" in problem.message
    assert "index_dir" in problem.hint
    assert problem.exit_code == ExitCode.STORAGE


def test_a_missing_raw_folder_is_a_storage_problem(tmp_path):
    (tmp_path / "archive.toml").touch()
    assert [finding.exit_code for finding in found(tmp_path, "scans")] == [ExitCode.STORAGE]


def test_scans_that_are_as_they_came_in_are_fine(scan):
    (finding,) = found(scan.parents[1], "scans", Level.FINE)
    assert "1 of 1" in finding.message


def test_bytes_that_changed_behind_an_old_time_are_a_storage_problem(scan):
    state = scan.stat()
    scan.write_text("Open dag in de Vondelzaai.")
    os.utime(scan, ns=(state.st_atime_ns, state.st_mtime_ns))
    (problem,) = found(scan.parents[1], "scans")
    assert (problem.path, problem.exit_code) == ("raw/a.txt", ExitCode.STORAGE)
    assert "backup" in problem.hint


def test_a_scan_that_was_changed_is_a_note(scan):
    scan.write_text("Iets anders.")
    (finding,) = found(scan.parents[1], "scans", Level.NOTE)
    assert "archive ingest" in finding.hint


def test_a_scan_that_is_gone_is_named(scan):
    scan.rename(scan.with_name("b.txt"))
    messages = {finding.path: finding.message for finding in found(scan.parents[1], "scans", Level.NOTE)}
    assert "2024-03-01" in messages["raw/a.txt"]
    assert "raw/b.txt" in messages[""]


def test_a_damaged_catalogue_is_found_with_its_remedy(scan):
    path = load_settings(scan.parents[1]).catalog_path
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    path.write_bytes(content)
    findings = check(scan.parents[1])
    assert any(finding.kind == "catalogue" and finding.level is Level.PROBLEM for finding in findings)
    assert exit_code(findings) == ExitCode.BROKEN_ARCHIVE


@pytest.mark.parametrize(
    "change", ["UPDATE coverage SET issues = 7", "UPDATE coverage SET ok = 7", "DELETE FROM coverage"]
)
def test_a_coverage_that_is_not_what_the_scans_add_up_to_is_a_problem(scan, change):
    assert found(scan.parents[1], "catalogue") == []
    with closing(sqlite3.connect(load_settings(scan.parents[1]).catalog_path)) as db, db:
        db.execute(change)
    (problem,) = found(scan.parents[1], "catalogue")
    assert "damaged" in problem.message


def test_a_catalogue_that_is_lost_is_a_problem_only_if_there_was_one(scan):
    root = scan.parents[1]
    shutil.rmtree(root / "index")
    assert [finding.level for finding in check(root) if finding.kind == "catalogue"] == [Level.NOTE]
    (root / "ids.csv").write_text("id,kind,sha256,first_page,fingerprint,first_seen\n")
    assert [finding.exit_code for finding in found(root, "catalogue")] == [ExitCode.BROKEN_ARCHIVE]


def test_ids_that_the_register_does_not_know_are_a_problem(archive_of):
    settings = archive_of(make_issue(), index=False)
    settings.ids_path.write_text(settings.ids_path.read_text().splitlines(keepends=True)[0])
    (problem,) = found(settings.root, "register")
    assert "kerngroep-oost-2022-06-15-a" in problem.message


def test_failed_scans_and_pages_are_named(scan):
    pages = (PageRow(1, reader="tesseract 5.3.4 nld"), PageRow(2, status="failed", reason="no image"))
    take_in(scan.parents[1], scan, status="failed", pages=pages, message="page 2 holds no image", hint="Scan it again.")
    notes = {finding.message: finding.hint for finding in found(scan.parents[1], "pages", Level.NOTE)}
    assert notes["page 2 holds no image"] == "Scan it again."
    assert "archive pages --status failed" in notes["pages failed: 1"]


def test_pages_read_by_an_older_engine_are_named(scan):
    readers = ("tesseract 4.1.1 nld", "tesseract 5.3.4 nld", "tesseract 5.10.0 nld", "text layer")
    pages = tuple(PageRow(number, reader=reader) for number, reader in enumerate(readers, start=1))
    take_in(scan.parents[1], scan, pages=pages)
    messages = [finding.message for finding in found(scan.parents[1], "pages", Level.NOTE)]
    assert messages == ["pages read by tesseract 4.1.1: 1", "pages read by tesseract 5.3.4: 1"]


def test_the_worst_problem_gives_the_exit_code():
    codes = (ExitCode.MISSING_PART, ExitCode.STORAGE, ExitCode.BROKEN_ARCHIVE)
    problems = [Finding("x", Level.PROBLEM, "x", exit_code=code) for code in codes]
    assert exit_code(problems) == ExitCode.STORAGE
    assert exit_code(problems[::2]) == ExitCode.BROKEN_ARCHIVE
    assert exit_code([Finding("x", Level.NOTE, "x")]) == ExitCode.OK


def test_one_broken_part_is_told_once(scan):
    load_settings(scan.parents[1]).catalog_path.write_bytes(b"no database at all, but long enough to look at" * 100)
    told = [(finding.path, finding.message) for finding in check(scan.parents[1])]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(("latest", "levels"), [("erase", {Level.PROBLEM}), ("erased", set())])
def test_an_erasure_left_half_done_is_named(scan, latest, levels):
    root = scan.parents[1]
    line = Correction("a-2019-a", "withdraw", "erase", "", "", "2024-05-06", "asked for")
    append_corrections(root / "corrections.csv", [line, replace(line, value=latest)])
    named = [each for each in check(root) if "not completed" in each.message]
    assert {each.level for each in named} == levels
    assert all("archive withdraw a-2019-a --erase" in each.hint for each in named)


def test_a_lock_that_cannot_be_had_is_told_as_what_it_is(scan, monkeypatch):
    settings = load_settings(scan.parents[1])
    settings.lock_path.touch()

    def fail(*_args):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", fail)
    (finding,) = found(settings.root, "leftovers")
    assert "cannot be locked (No locks available)" in finding.message


def test_a_scan_that_was_cut_off_and_then_refused_is_not_said_to_have_its_old_time(scan):
    root = scan.parents[1]
    scan.write_text("Open")
    state = scan.stat()
    row = ScanState(  # as an ingest notes it: as it is now, with the sha256 that is known
        "raw/a.txt", "0" * 64, state.st_size, state.st_mtime_ns, "failed", code="unreadable_scan", message="is cut off"
    )
    with open_catalog(load_settings(root).catalog_path, write=True) as catalog:
        catalog.put_scan(row, (), ())
    (finding,) = found(root, "scans")
    assert finding.message == "has changed since it was taken in, and is cut off"
    assert finding.hint.startswith("Put it back")
