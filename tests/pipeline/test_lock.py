"""Does an error of the disk come with what to do about it, whatever was done while the archive was held?"""

import errno
import os

import pytest

from archive.errors import ArchiveWriteError
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
