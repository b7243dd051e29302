"""Does an error of the disk come with what to do about it, whatever was done while the archive was held?"""

import errno
import fcntl
import os

import pytest

from archive.errors import ArchiveBusyError, ArchiveWriteError, ExitCode
from archive.pipeline.lock import hold_archive

SAID = {
    errno.ENOSPC: ("the disk is full", "Free some space"),
    errno.EROFS: ("the disk is read-only", "Make it writable"),
    errno.EIO: ("cannot be read or written", "Mend or replace it"),
}


@pytest.mark.parametrize("number", SAID)
def test_what_a_disk_says_comes_with_what_to_do(tmp_path, monkeypatch, number):
    def fail(*_args):
        raise OSError(number, os.strerror(number), "place")

    message, hint = SAID[number]
    with pytest.raises(ArchiveWriteError, match=message) as caught, hold_archive(tmp_path / "index" / ".lock"):
        fail()
    assert caught.value.hint.startswith(hint)
    assert caught.value.hint.endswith("what was finished is kept.")
    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(ArchiveWriteError, match=message) as caught, hold_archive(tmp_path / "index" / ".lock"):
        pass
    assert caught.value.hint.startswith(hint)
    assert "finished" not in caught.value.hint


@pytest.mark.parametrize(
    ("number", "message", "hint"),
    [
        (errno.ENOLCK, "has no locks, or none left", "Put the index on a local disk"),
        (errno.EOPNOTSUPP, "has no locks, or none left", "Put the index on a local disk"),
        (errno.EIO, "cannot be read or written", "Mend or replace it"),
        (errno.EINVAL, "cannot be locked", "Make it writable"),
    ],
)
def test_a_lock_that_cannot_be_had_is_no_other_run(tmp_path, monkeypatch, number, message, hint):
    def fail(*_args):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", fail)
    with pytest.raises(ArchiveWriteError, match=message) as caught, hold_archive(tmp_path / "index" / ".lock"):
        pass
    assert caught.value.hint.startswith(hint)
    assert caught.value.exit_code == ExitCode.STORAGE


def test_a_lock_that_another_run_has_is(tmp_path):
    lock = tmp_path / "index" / ".lock"
    with hold_archive(lock), pytest.raises(ArchiveBusyError), hold_archive(lock):
        pass
