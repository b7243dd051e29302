"""Did the last run end well, and can the next one take the lock?"""

import fcntl
from collections.abc import Iterator

from archive.doctor.finding import Finding, note, problem
from archive.errors import BrokenArchiveError, StorageError
from archive.search.whoosh.stamp import read_stamp
from archive.settings import Settings

_KIND = "leftovers"
_PASSING = ("pages/*/.*.part", "whoosh/.*.tmp", "whoosh/index-*/.*.tmp")


def find(settings: Settings) -> Iterator[Finding]:
    """Look for what a run left behind that was ended; says nothing while another run is under way."""
    lock = settings.lock_path
    if lock.exists() and not lock.is_file():
        error = BrokenArchiveError(lock, "is no plain file, so nobody can hold the archive", "Move it away.")
        yield problem(_KIND, error, remedy="lock")
        return
    try:
        if _is_held(settings):
            return
    except OSError as error:
        hint = "Make it readable, or put the index on a local disk with `index_dir` in archive.toml."
        yield problem(_KIND, StorageError(lock, f"cannot be locked ({error.strerror or error})", hint))
        return
    stamp = read_stamp(settings.whoosh_dir)
    left = [path for pattern in _PASSING for path in settings.index_dir.glob(pattern)]
    left += [path for path in settings.whoosh_dir.glob("index-*") if stamp and path != stamp.folder]
    left += [path for path in (settings.index_dir / "work",) if path.exists()]
    if left:
        hint = "The next `archive ingest` goes on where it stopped."
        yield note(_KIND, "a run was ended before it could tidy up", hint=hint, path=left[0], remedy="leftovers")


def _is_held(settings: Settings) -> bool:
    try:
        with settings.lock_path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
