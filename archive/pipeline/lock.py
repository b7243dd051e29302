"""Who holds the archive?

One process at a time writes. The lock is the operating system's own (flock), so that it ends with its process however
that ends; the file itself stays empty and is never changed, so that a run with nothing to do writes nothing.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveBusyError, ArchiveWriteError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk cannot be read or written",
}


@contextmanager
def hold_archive(lock: Path) -> Iterator[None]:
    """Hold the archive for as long as the block runs; what the disk says meanwhile is told in words.

    Args:
        lock: The lock file; it and its folder are made when they are not there.

    Raises:
        ArchiveBusyError: another process holds it.
        ArchiveWriteError: the lock file cannot be made, or the disk is full, read-only or broken.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise ArchiveWriteError(lock, _why(error), "Free some space or make the folder writable.") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            hint = "Wait until it has finished, then try again."
            raise ArchiveBusyError(lock.parent.parent, "another run is writing to this archive", hint) from error
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        hint = "Free some space or mend the disk, then run the same command again: what was finished is kept."
        raise ArchiveWriteError(error.filename or lock.parent.parent, _why(error), hint) from error
    finally:
        os.close(descriptor)


def _why(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, f"cannot be written ({error.strerror})")
