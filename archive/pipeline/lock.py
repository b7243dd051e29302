"""Who holds the archive?

One process at a time writes. The lock is the operating system's own (flock), so that it ends with its process however
that ends; the file itself stays empty and is never changed, so that a run with nothing to do writes nothing.
"""

import errno
import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from archive.disks import is_read_only, network_type
from archive.errors import ArchiveBusyError, ArchiveWriteError, StorageError

_FULL = ("the disk is full", "Free some space, then")
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: ("the disk is read-only", "Make it writable, or set `index_dir` in archive.toml to another one, then"),
    errno.EIO: ("the disk cannot be read or written", "Mend or replace it, then"),
}
_NO_LOCKS = (
    "cannot be locked: its file system has no locks, or none left",
    "Put the index on a local disk with `index_dir` in archive.toml, or have its server mended, then",
)
_LOCK_REASONS = _REASONS | dict.fromkeys((errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS), _NO_LOCKS)


@contextmanager
def hold_archive(lock: Path) -> Iterator[None]:
    """Hold the archive for as long as the block runs; what the disk says meanwhile is told in words.

    Args:
        lock: The lock file; it and its folder are made when they are not there.

    Raises:
        ArchiveBusyError: another process holds it.
        ArchiveWriteError: the lock file cannot be made or locked, or the disk is full, read-only or broken.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise _told(lock, error, _REASONS, "written") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            hint = "Wait until it has finished, then try again."
            raise ArchiveBusyError(lock.parent.parent, "another run is writing to this archive", hint) from error
        except OSError as error:  # nobody holds it
            raise _told(lock, error, _LOCK_REASONS, "locked") from error
        yield
    except OSError as error:
        if error.errno not in _REASONS:
            raise
        why, hint = _REASONS[error.errno]
        hint = f"{hint} run the same command again: what was finished is kept."
        raise ArchiveWriteError(error.filename or lock.parent.parent, why, hint) from error
    finally:
        os.close(descriptor)


@contextmanager
def hold_still(lock: Path) -> Iterator[None]:
    """Keep others from changing the archive while it is only read; nothing need be held on a disk that is read-only.

    Raises:
        ArchiveBusyError, ArchiveWriteError: as `hold_archive`.
    """
    if lock.parent.exists() and is_read_only(lock.parent):
        yield
    else:
        with hold_archive(lock):
            yield


def _told(lock: Path, error: OSError, reasons: Mapping[int, tuple[str, str]], wanted: str) -> ArchiveWriteError:
    other = (f"cannot be {wanted} ({error.strerror or error})", "Make it writable, then")
    why, hint = reasons.get(error.errno or 0, other)
    return ArchiveWriteError(lock, why, f"{hint} run the same command again.")


def refuse_network(index_dir: Path) -> None:
    """Refuse a network share: SQLite cannot lock files there, and two runs would damage the catalogue.

    Raises:
        StorageError: `index_dir` lies on one.
    """
    if kind := network_type(index_dir):
        hint = 'Set index_dir in archive.toml to a folder on a local disk: index_dir = "/var/lib/archive/index".'
        raise StorageError(index_dir, f"lies on a network share ({kind})", hint)
