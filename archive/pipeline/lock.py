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


@contextmanager
def hold_archive(lock: Path) -> Iterator[None]:
    """Hold the archive for as long as the block runs.

    Args:
        lock: The lock file; it and its folder are made when they are not there.

    Raises:
        ArchiveBusyError: another process holds it.
        ArchiveWriteError: the lock file cannot be made.
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
    finally:
        os.close(descriptor)


def _why(error: OSError) -> str:
    reasons = {errno.ENOSPC: "the disk is full", errno.EROFS: "the disk is read-only"}
    return reasons.get(error.errno or 0, f"cannot be written ({error.strerror})")
