"""How does a worker process live and die?

Started by workers.py, in a session of its own: what it starts (Tesseract) is in
its process group and ends with it. When the process that started it ends, by any way of ending, the lifeline pipe
closes and the worker kills its whole group.
"""

import contextlib
import errno
import fcntl
import gc
import os
import resource
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from importlib import import_module

from archive.errors import ArchiveError, ArchiveWriteError, MachineFaultError, UnreadableScanError

# What the disk says when nothing more can be written; a scan that cannot be read says something else.
_NO_MORE_WRITING = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the disk is full", errno.EROFS: "is read-only"}
# Records made before Python looks for cycles among them: parsing makes many and hardly a cycle, and by the usual
# 700 the looking takes an eighth of its time.
_RECORDS_A_LOOK = 50_000


@dataclass(frozen=True, slots=True)
class Job:
    """A call for a worker: `task` is `module:function`, imported there; `key` comes back with the outcome."""

    key: tuple[object, ...]
    task: str
    args: tuple[object, ...]
    timeout_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: with a value, or with an error and, for one that nobody expected, its traceback."""

    key: tuple[object, ...]
    value: object = None
    error: ArchiveError | None = None
    trace: str = ""


def main() -> None:
    """Do jobs from the connection until it closes."""
    from multiprocessing.connection import Connection  # not loaded by a run that starts no worker

    gc.set_threshold(_RECORDS_A_LOOK)
    connection = Connection(int(sys.argv[1]))
    _kill_with_parent(int(sys.argv[2]))
    threading.Thread(target=_die_with_parent, args=(int(sys.argv[2]),), daemon=True).start()
    _limit_memory(int(sys.argv[3]))
    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        connection.send(_run(job))


def _run(job: Job) -> Outcome:
    module, _, function = job.task.partition(":")
    try:
        return Outcome(job.key, value=getattr(import_module(module), function)(*job.args))
    except ArchiveError as error:
        short = _memory_error() if _is_short_of_memory(error.__cause__) else None
        return Outcome(job.key, error=_disk_error(error.__cause__) or short or error)
    except MemoryError:
        return Outcome(job.key, error=_memory_error())
    except Exception as error:  # noqa: BLE001 - a scan can break any parser; its fault is kept and the rest goes on
        if full := _disk_error(error):
            return Outcome(job.key, error=full)
        if _is_short_of_memory(error):
            return Outcome(job.key, error=_memory_error())
        message = "could not be read: it is damaged in a way that its reader does not know"
        hint = "Open it in another program and save it anew, or scan it again; then run `archive ingest`."
        return Outcome(job.key, error=UnreadableScanError(None, message, hint), trace=traceback.format_exc())


def _is_short_of_memory(error: BaseException | None) -> bool:
    """Tell whether memory ran out: Python says so, or the system as it starts or loads something."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def _memory_error() -> ArchiveError:
    """Return what to say where memory ran out: a limit that others set is no fault of the scan."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY or limit >= int(sys.argv[3]):
        hint = "Make a smaller scan of it (300 dpi is enough), then run `archive ingest`."
        return UnreadableScanError(None, "needs more memory than one page may take", hint)
    message = f"needs more memory than the limit of this machine or shell, {limit / 1024**3:.1f} GB"
    return MachineFaultError(None, message, "Give it more (`ulimit -v`), then run `archive ingest`: it is tried again.")


def _disk_error(error: BaseException | None) -> ArchiveWriteError | None:
    """Return the error that ends the run where no temporary file can be written, else None."""
    if not isinstance(error, OSError) or error.errno not in _NO_MORE_WRITING:
        return None
    hint = "Free some space, then run the same command again: what was finished is kept."
    return ArchiveWriteError(error.filename or os.environ.get("TMPDIR"), _NO_MORE_WRITING[error.errno], hint)


def _kill_with_parent(lifeline: int) -> None:
    """Have the system itself kill the whole group at the end of the pipe: a thread may wait long for its turn."""
    if hasattr(fcntl, "F_SETSIG"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
            fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
            fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def _die_with_parent(lifeline: int) -> None:
    """Wait for the end of the pipe that only the parent holds open."""
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


def _limit_memory(limit_bytes: int) -> None:
    """Bound the address space of this process and of each that it starts; 0 leaves it alone."""
    if limit_bytes:
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        bounds = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min([limit_bytes, *bounds]), hard))  # a lower one is the owner's
