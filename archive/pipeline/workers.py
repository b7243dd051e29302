"""Who reads the next page?

A pool of worker processes (worker.py). The parent holds each job to its time: at the limit it kills the worker's whole
process group, Tesseract with it, and starts another worker. A worker that is killed, as the system does where memory
is short, has its job done again, alone; one that dies twice costs the one job it had.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive.errors import UnreadableScanError
from archive.pipeline.worker import Job, Outcome

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MEMORY_LIMIT = 4 * 1024**3
_TIMED_OUT = "took longer than {limit:g} seconds"


class PageTimeoutError(UnreadableScanError):
    """A job took longer than its limit and was ended."""

    code = "timed_out"


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: "Connection"
    lifeline: int
    job: Job | None = None
    deadline: float = field(default=float("inf"))


class WorkerPool:
    """Runs jobs side by side; use it as a context manager, which leaves no process behind.

    Args:
        size: How many processes to use.
        work: A folder for the workers' temporary files, so that one that is killed leaves none elsewhere.
    """

    def __init__(self, size: int, work: Path) -> None:
        self._size = size
        self._work = work
        self._queue: deque[Job] = deque()
        self._workers: list[_Worker] = []
        self._ended: deque[Outcome] = deque()
        self._killed: deque[Job] = deque()  # to be done again, each while no other job is under way
        self._alone: set[tuple[object, ...]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    @property
    def busy(self) -> bool:
        """Whether anything is still queued, under way, or ended and not yet fetched."""
        return bool(self._queue or self._killed or self._ended or any(worker.job for worker in self._workers))

    def submit(self, job: Job, *, first: bool = False) -> None:
        """Queue a job, at the end or (`first`) before all others."""
        if first:
            self._queue.appendleft(job)
        else:
            self._queue.append(job)

    def next_outcome(self) -> Outcome:
        """Wait for the next job to end and return how; call it only while the pool is busy."""
        from multiprocessing.connection import wait  # not loaded by a run that starts no worker

        while not self._ended:
            self._dispatch()
            now = time.monotonic()
            running = [worker for worker in self._workers if worker.job]
            pause = max(0.0, min(worker.deadline for worker in running) - now)
            ready = set(wait([worker.connection for worker in running], timeout=pause))
            for worker in running:
                if worker.connection in ready:
                    self._receive(worker)
                elif time.monotonic() >= worker.deadline:
                    self._give_up(worker)
        return self._ended.popleft()

    def _dispatch(self) -> None:
        running = [worker.job.key for worker in self._workers if worker.job]
        if any(key in self._alone for key in running) or (self._killed and running):
            return
        if self._killed:
            self._alone.add(self._killed[0].key)
            self._assign(self._killed)
            return
        while self._queue and self._assign(self._queue):
            pass

    def _assign(self, queue: deque[Job]) -> bool:
        """Give the next job to a worker, and tell whether one was free."""
        worker = next((each for each in self._workers if each.job is None), None)
        if worker is None:
            if len(self._workers) >= self._size:
                return False
            worker = _start(self._work)
            self._workers.append(worker)
        worker.job = queue.popleft()
        worker.deadline = time.monotonic() + worker.job.timeout_s
        with contextlib.suppress(BrokenPipeError):  # it died while idle: its connection reads as ended
            worker.connection.send(worker.job)
        return True

    def _receive(self, worker: _Worker) -> None:
        job = worker.job
        assert job is not None  # noqa: S101 - only workers with a job are waited for
        try:
            self._ended.append(worker.connection.recv())
            worker.job = None
        except (EOFError, ConnectionResetError):
            self._discard(worker)
            if worker.process.returncode == -signal.SIGKILL and job.key not in self._alone:
                self._killed.append(job)
                return
            reason = f"its reader was ended ({_how_ended(worker.process)})"
            self._ended.append(Outcome(job.key, error=UnreadableScanError(None, reason)))

    def _give_up(self, worker: _Worker) -> None:
        job = worker.job
        assert job is not None  # noqa: S101 - only workers with a job have a deadline
        self._discard(worker)
        message = _TIMED_OUT.format(limit=job.timeout_s)
        hint = "Give it more time with `archive ingest --retry --timeout SECONDS`."
        self._ended.append(Outcome(job.key, error=PageTimeoutError(None, message, hint)))

    def _discard(self, worker: _Worker) -> None:
        _end(worker)
        self._workers.remove(worker)


def _start(work: Path) -> _Worker:
    from multiprocessing.connection import Connection

    ours, theirs = socket.socketpair()
    lifeline_read, lifeline_write = os.pipe()
    with theirs:
        own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_THREAD_LIMIT": "1", "TMPDIR": str(work)}
        # Not -m: its records would be those of __main__, which nobody else can unpickle. -P: without it the current
        # folder comes first, and a file there that is called like a library would be run.
        command = [sys.executable, "-P", "-c", "from archive.pipeline.worker import main; main()"]
        process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [*command, str(theirs.fileno()), str(lifeline_read), str(_MEMORY_LIMIT)],
            pass_fds=(theirs.fileno(), lifeline_read),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | own,
        )
    os.close(lifeline_read)
    return _Worker(process, Connection(ours.detach()), lifeline_write)


def _end(worker: _Worker) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    worker.connection.close()
    os.close(worker.lifeline)


def _how_ended(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
