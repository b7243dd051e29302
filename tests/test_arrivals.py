"""Which files of raw/ wait, by their names; and that a search which says that nothing was missed names them."""

import json

import pytest

from archive.arrivals import SUFFIXES, count_waiting
from archive.reading.scans import KINDS, list_scans
from tests.factories import make_issue, make_section

SOUND = "De vergadering van de vereniging begint zaterdag in het dorpshuis aan de haven."


@pytest.fixture
def sound(archive_of):
    return archive_of(make_issue([make_section("meetings", SOUND)] * 30))


def test_a_scan_ends_in_what_reading_takes():
    assert set(SUFFIXES) == set(KINDS)


def test_what_is_no_scan_or_was_seen_does_not_wait(tmp_path):
    raw = tmp_path / "raw"
    names = ("a.pdf", "a.ocr.pdf", "a.xml", ".b.pdf", "b.pdf.part", "seen.PDF", "new.TIF", "note.docx", "old/1.png")
    for name in (*names, "shelf/c.txt", "@eadir/d.png"):
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).touch()
    assert count_waiting(tmp_path, raw, {"raw/seen.PDF", "raw/old"}) == 3  # a.pdf, new.TIF, shelf/c.txt
    found, _ = list_scans(tmp_path, raw)
    assert count_waiting(tmp_path, raw, {scan.file for scan in found}) == 0


def test_a_folder_that_cannot_be_listed_has_no_number(tmp_path):
    assert count_waiting(tmp_path, tmp_path / "raw", ()) is None


def test_a_search_that_missed_nothing_says_which_files_wait(sound, run):
    said = run("search", "vergadering").stderr
    assert "Probably no section was missed" in said
    assert "Not in the search" not in said
    for name in ("x.pdf", "y.png"):
        (sound.raw_dir / name).touch()
    said = run("search", "vergadering").stderr
    assert "Not in the search: 2 files wait in raw/; run `archive ingest`" in said
    assert json.loads(run("search", "vergadering", "--json").stdout)["coverage"]["waiting"] == 2


def test_files_are_not_counted_where_nothing_is_said_of_what_was_missed(sound, run):
    (sound.raw_dir / "x.pdf").touch()
    assert json.loads(run("search", "category:meetings", "--json").stdout)["coverage"]["waiting"] is None
