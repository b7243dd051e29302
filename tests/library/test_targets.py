"""Is there never half an export?"""

import os
import zipfile

import pytest

from archive.errors import StorageError, UsageError
from archive.library.targets import bytes_file, many_files, text_file


def left_over(folder):
    return [path.name for path in folder.iterdir() if "part" in path.name]


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_many_files_appear_together(tmp_path, name):
    target = tmp_path / name
    with many_files(target) as files:
        with files.open("a/b.txt") as out:
            out.write(b"twee")
        with files.open("c.txt") as out:
            out.write(b"drie ")
            out.write(b"vier")
        assert not target.exists()
        assert [(name, size) for name, size, _ in files.written()] == [("a/b.txt", 4), ("c.txt", 9)]
    if name == "out":
        assert (target / "a" / "b.txt").read_bytes() == b"twee"
    else:
        with zipfile.ZipFile(target) as packed:
            assert packed.read("c.txt") == b"drie vier"
            assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_an_export_of_many_files_that_is_broken_off_leaves_nothing(tmp_path, name):
    def break_off() -> None:
        with many_files(tmp_path / name) as files, files.open("a.txt") as out:
            out.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(UsageError, match="is there already"), many_files(tmp_path):
        pytest.fail("it must not begin")
    (tmp_path / "empty").mkdir()
    with many_files(tmp_path / "empty") as files, files.open("a.txt") as out:
        out.write(b"a")
    assert (tmp_path / "empty" / "a.txt").exists()


@pytest.mark.parametrize("opened", [text_file, bytes_file])
def test_a_file_that_is_broken_off_leaves_the_one_before(tmp_path, opened):
    target = tmp_path / "out"
    target.write_text("before")
    with pytest.raises(KeyboardInterrupt), opened(target):
        raise KeyboardInterrupt
    assert target.read_text() == "before"
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("opened", [text_file, bytes_file, many_files])
def test_a_place_that_cannot_be_written_is_said(tmp_path, opened):
    with pytest.raises(StorageError, match="cannot be written"), opened(tmp_path / "none" / "out"):
        pytest.fail("it must not begin")


def test_what_was_written_is_on_disk_before_it_has_its_name(tmp_path, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append((tmp_path / "out").exists()), real(handle)))
    with text_file(tmp_path / "out") as out:
        out.write("a")
    assert synced == [False, True]
