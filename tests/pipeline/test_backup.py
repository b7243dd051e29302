"""Does a backup hold all that must be kept, and does the archive come back from it?"""

import hashlib
import os
import shutil
import subprocess
import tarfile

import pytest

from archive.corrections import append_corrections
from archive.errors import ArchiveBusyError, StorageError, UsageError
from archive.model.issues import Correction
from archive.pipeline.backup import SUMS, back_up
from archive.pipeline.lock import hold_archive
from tests.conftest import files_under
from tests.pipeline.conftest import APRIL, MARCH, Archive

OWN = ("issues.csv", "names.txt", "pseudonyms.key", "queries.toml", "words.toml")
COMPOST = "de-moestuinder-2019-03-a-s0002"


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    root = tmp_path_factory.mktemp("backup") / "archive"
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text("jobs = 1\n")
    archive = Archive(root)
    archive.put("map é/moestuinder 2019-03.txt", MARCH)
    archive.put("moestuinder-2019-04.txt", APRIL)
    archive.ingest()
    append_corrections(archive.settings.corrections_path, [Correction(COMPOST, "tag", "tuin", "", "", "", "")])
    archive.ingest()
    for name in OWN:
        (root / name).write_text(f"# my {name}\n")
    (root / "other.txt").write_text("not of the archive")
    return archive


@pytest.fixture
def archive(taken_in, tmp_path):
    root = tmp_path / "archive"
    shutil.copytree(taken_in.root, root)
    return Archive(root)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out" / "newsletters.tar"


@pytest.fixture(autouse=True)
def _folder(target):
    target.parent.mkdir()


def names_in(target):
    with tarfile.open(target) as tar:
        return tar.getnames()


def test_the_archive_comes_back_with_the_same_ids_and_texts_and_without_reading_anew(archive, target):
    (archive.root / "raw" / "odd\nna\\me.docx").write_text("refused, and kept")
    before = archive.sections()
    done = back_up(archive.settings, target)
    shutil.rmtree(archive.root)
    archive.root.mkdir()
    subprocess.run(["tar", "-xf", str(target), "-C", str(archive.root)], check=True)
    pages = {path: path.read_bytes() for path in archive.settings.pages_dir.rglob("*.gz")}
    report = archive.ingest()
    assert archive.sections() == before
    assert before[1]["tags"] == ["tuin"]
    assert archive.found("compost") == [COMPOST]
    assert (len(report.finished), done.faults) == (2, ())
    assert len(list((archive.root / "raw").iterdir())) == 3
    assert {path: path.read_bytes() for path in archive.settings.pages_dir.rglob("*.gz")} == pages
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=archive.root, check=True)


def test_it_holds_what_must_be_kept_and_nothing_derived_but_the_pages(archive, target):
    back_up(archive.settings, target)
    names = names_in(target)
    assert names[:3] == ["archive.toml", "corrections.csv", "decisions.csv"]
    assert [name for name in names if not name.startswith("index/pages/")] == [
        *("archive.toml", "corrections.csv", "decisions.csv", "ids.csv", *OWN),
        *("raw/map é/moestuinder 2019-03.txt", "raw/moestuinder-2019-04.txt", SUMS),
    ]
    assert sum(name.startswith("index/pages/") for name in names) == 2


def test_the_same_archive_gives_the_same_bytes_with_times_to_the_nanosecond(archive, target):
    back_up(archive.settings, target)
    first = hashlib.sha256(target.read_bytes()).digest()
    back_up(archive.settings, target)
    assert hashlib.sha256(target.read_bytes()).digest() == first
    time = (archive.root / "archive.toml").stat().st_mtime_ns
    with tarfile.open(target) as tar:
        written = tar.getmember("archive.toml").pax_headers["mtime"]
    assert written == f"{time // 10**9}.{time % 10**9:09}"


def test_an_index_that_lies_elsewhere_is_backed_up_too(archive, target, tmp_path):
    shutil.move(archive.root / "index", tmp_path / "fast")
    (archive.root / "archive.toml").write_text(f'index_dir = "{tmp_path}/fast"\n')
    back_up(archive.settings, target)
    assert sum(name.startswith("index/pages/") for name in names_in(target)) == 2


def test_a_backup_changes_nothing_in_the_archive(archive, target):
    before = files_under(archive.root)
    back_up(archive.settings, target)
    assert files_under(archive.root) == before


def test_links_out_of_the_archive_are_not_followed(archive, target, tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.txt").write_text("secret")
    (archive.root / "raw" / "out").symlink_to(tmp_path / "secret")
    (archive.root / "raw" / "in.txt").symlink_to("moestuinder-2019-04.txt")
    back_up(archive.settings, target)
    names = names_in(target)
    assert not any(name.startswith("raw/out") for name in names)
    assert b"secret" not in target.read_bytes()
    with tarfile.open(target) as tar:
        assert tar.getmember("raw/in.txt").linkname == "moestuinder-2019-04.txt"


def test_a_held_archive_is_not_backed_up(archive, target):
    with hold_archive(archive.settings.lock_path), pytest.raises(ArchiveBusyError):
        back_up(archive.settings, target)
    assert not target.exists()


def test_an_archive_on_a_disk_that_became_read_only_can_still_be_saved(archive, target, monkeypatch):
    monkeypatch.setattr("archive.pipeline.lock.is_read_only", lambda _: True)
    monkeypatch.setattr("archive.pipeline.lock.hold_archive", None)  # the lock could not be opened there
    assert back_up(archive.settings, target).files > 4


@pytest.mark.parametrize("name", ["archive/raw/b.tar", "archive/index/b.tar", "out/b.zip"])
def test_a_place_that_makes_no_sense_is_refused(archive, tmp_path, name):
    with pytest.raises(UsageError):
        back_up(archive.settings, tmp_path / name)


def test_a_backup_that_fails_leaves_the_one_before_it(archive, target, monkeypatch):
    target.write_bytes(b"the one before")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        back_up(archive.settings, target, force=True)
    assert target.read_bytes() == b"the one before"
    assert list(target.parent.iterdir()) == [target]


def test_the_command_says_how_much_it_wrote(archive, target, run):
    ended = run("-C", archive.root, "backup", target)
    assert ended.exit_code == 0, ended.stderr
    assert ended.stdout.startswith(f"{target}: 13 files, ")
