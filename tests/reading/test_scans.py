"""Tests for which files are scans."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import StorageError, UnreadableScanError
from archive.model.pages import ScanKind
from archive.reading.copying import copy_in
from archive.reading.scans import hash_scan, list_scans, natural_key


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())


def files(root: Path) -> list[str]:
    return [found.file for found in list_scans(root, root / "raw")[0]]


def faults(root: Path) -> dict[str, str]:
    return {fault.path: fault.message for fault in list_scans(root, root / "raw")[1]}


def test_scans_come_in_natural_order_of_their_names(root):
    put(root, "nr 10.pdf", "nr 9.pdf", "Énkele.PDF", "aap.txt", "map/2.tif", "map/brief.pdf")
    assert files(root) == [
        "raw/aap.txt",
        "raw/Énkele.PDF",
        "raw/map/2.tif",
        "raw/map/brief.pdf",
        "raw/nr 9.pdf",
        "raw/nr 10.pdf",
    ]


def test_a_folder_with_only_images_is_one_scan_with_its_pages_in_natural_order(root):
    put(root, "jaargang/juni/p10.png", "jaargang/juni/p2.JPG", "jaargang/juni/.verborgen", "jaargang/mei.pdf")
    (found, other), refused = list_scans(root, root / "raw")
    assert (found.file, found.kind, found.members) == ("raw/jaargang/juni", ScanKind.FOLDER, ("p2.JPG", "p10.png"))
    assert (other.file, refused) == ("raw/jaargang/mei.pdf", ())


def test_a_folder_with_images_and_a_text_file_is_a_shelf(root):
    put(root, "plank/1.png", "plank/1.txt")
    assert files(root) == ["raw/plank/1.png", "raw/plank/1.txt"]


def test_images_that_lie_in_raw_itself_are_scans_of_their_own(root):
    put(root, "1.png", "2.png")
    assert files(root) == ["raw/1.png", "raw/2.png"]


def test_another_kind_of_file_is_refused_with_what_an_archive_takes(root):
    put(root, "brief.docx")
    (fault,) = list_scans(root, root / "raw")[1]
    assert (fault.path, fault.message) == ("raw/brief.docx", "is not a kind of scan")
    assert "PDF" in fault.hint


def test_files_of_copying_programs_are_passed_over_in_silence(root):
    put(root, ".DS_Store", "a.pdf.part", "b.pdf.crdownload", "c.tmp", "~$d.pdf", "Thumbs.db", "e.pdf~", ".map/f.pdf")
    assert list_scans(root, root / "raw") == ((), ())


def test_a_link_out_of_the_archive_is_refused_and_one_within_is_followed(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("elders") / "buiten.pdf"
    outside.write_bytes(b"x")
    put(root, "echt.pdf")
    (root / "raw" / "buiten.pdf").symlink_to(outside)
    (root / "raw" / "weg.pdf").symlink_to(root / "nergens.pdf")
    (root / "raw" / "zelf.pdf").symlink_to(root / "raw" / "echt.pdf")
    assert files(root) == ["raw/echt.pdf", "raw/zelf.pdf"]
    assert faults(root) == {
        "raw/buiten.pdf": "is a link that leads out of the archive",
        "raw/weg.pdf": "is a link that leads nowhere",
    }


def test_a_link_to_a_folder_above_itself_does_not_go_round(root):
    put(root, "map/a.pdf")
    (root / "raw" / "map" / "rond").symlink_to(root / "raw", target_is_directory=True)
    assert faults(root) == {"raw/map/rond": "is a link to a folder that it lies in"}


def test_raw_may_itself_be_a_link_to_a_share(root, tmp_path_factory):
    share = tmp_path_factory.mktemp("schijf")
    (share / "a.pdf").write_bytes(b"x")
    (root / "raw").rmdir()
    (root / "raw").symlink_to(share, target_is_directory=True)
    assert files(root) == ["raw/a.pdf"]


def test_a_name_that_is_no_utf8_is_refused_under_a_printable_name(root):
    Path(os.fsdecode(os.fsencode(root / "raw") + b"/caf\xe9.pdf")).write_bytes(b"x")
    assert faults(root) == {"raw/caf\\udce9.pdf": "has a name that is not UTF-8 text"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give up its rights for a while")
def test_what_this_user_may_not_read_is_named_and_the_rest_is_found(root):
    put(root, "dicht.pdf", "open.pdf", "map/a.pdf")
    for path in (root, *root.parents):
        if path.stat().st_uid == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    (root / "raw" / "dicht.pdf").chmod(0)
    (root / "raw" / "map").chmod(0)
    code = (
        "import os, pathlib, sys; root = pathlib.Path(sys.argv[1]); from archive.reading.scans import list_scans;"
        "os.setuid(65534); found, faults = list_scans(root, root / 'raw');"
        "print([each.file for each in found], [(each.path, each.code) for each in faults])"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True)
    assert ran.stdout == "['raw/open.pdf'] [('raw/dicht.pdf', 'storage'), ('raw/map', 'storage')]\n"


def test_a_missing_raw_is_an_error_and_not_an_empty_archive(tmp_path):
    with pytest.raises(StorageError, match="folder of scans cannot be read"):
        list_scans(tmp_path, tmp_path / "raw")


def test_a_folder_changes_its_sha256_with_the_name_of_an_image(root):
    put(root, "nr/1.png", "nr/2.png")
    (found,) = list_scans(root, root / "raw")[0]
    before = hash_scan(root, found)
    (root / "raw" / "nr" / "2.png").rename(root / "raw" / "nr" / "3.png")
    (found,) = list_scans(root, root / "raw")[0]
    assert hash_scan(root, found) != before


def test_natural_order_counts_numbers_and_disregards_case_and_accents():
    names = ["b2", "B10", "b1", "é1", "f", "a/10", "a/9", "a"]
    assert sorted(names, key=natural_key) == ["a", "a/9", "a/10", "b1", "b2", "B10", "é1", "f"]


def test_a_scan_from_elsewhere_is_copied_in_once(root, tmp_path):
    scan = tmp_path / "juni.pdf"
    scan.write_bytes(b"een")
    target = copy_in(scan, root / "raw")
    assert target == copy_in(scan, root / "raw") == root / "raw" / "juni.pdf"
    assert target.read_bytes() == b"een"
    assert [path.name for path in (root / "raw").iterdir()] == ["juni.pdf"]


def test_a_name_taken_by_other_bytes_gets_the_start_of_the_sha256(root, tmp_path):
    put(root, "juni.pdf")
    scan = tmp_path / "juni.pdf"
    scan.write_bytes(b"anders")
    assert copy_in(scan, root / "raw").name == "juni-19ea4ac2.pdf"
    assert (root / "raw" / "juni.pdf").read_bytes() == b"juni.pdf"


def test_a_folder_of_images_is_copied_in_whole(root, tmp_path):
    (tmp_path / "nr 3").mkdir()
    for name in ("1.png", "2.png", ".part"):
        (tmp_path / "nr 3" / name).write_bytes(name.encode())
    target = copy_in(tmp_path / "nr 3", root / "raw")
    assert target == copy_in(tmp_path / "nr 3", root / "raw")
    assert [found.members for found in list_scans(root, root / "raw")[0]] == [("1.png", "2.png")]


def test_what_is_no_scan_is_not_copied_in(root, tmp_path):
    other = tmp_path / "notes.docx"
    other.write_bytes(b"x")
    with pytest.raises(UnreadableScanError, match="not a kind of scan"):
        copy_in(other, root / "raw")
    assert list((root / "raw").iterdir()) == []


def test_a_scan_in_raw_stays_where_it_is(root):
    put(root, "a.pdf")
    assert copy_in(root / "raw" / "a.pdf", root / "raw") == root / "raw" / "a.pdf"


def test_a_link_to_the_archive_itself_is_not_walked(root):
    put(root, "a.pdf")
    (root / "raw" / "up").symlink_to("..", target_is_directory=True)
    assert faults(root) == {"raw/up": "is a link to a folder that it lies in"}
