"""An ingest in a process of its own that is ended at a chosen moment.

Its workers are forked, so that it starts at once.

Moments are counted: every call by which a process changes or syncs a file, and every statement to the catalogue. The
log tells what was read and kept, which file was synced at which size, where each named moment was passed, and how many
moments there were. Instead of ending the process, a moment can let the disk fail, from then on or once.
"""

import os
import signal
import socket
import sys
import time
import traceback
import warnings
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.utime"}
NAMED = {
    "page kept": ("archive.reading.cache", "store"),
    "parsed": ("archive.register", "Register.name_scan"),
    "ids saved": ("archive.register", "Register.save"),
    "catalogue committed": ("archive.catalog.write", "CatalogWriter.put_scan"),
    "doubles settled": ("archive.pipeline.ingest", "settle"),
    "stamp written": ("archive.search.whoosh.writer", "write_stamp"),
    "pointer replaced": ("archive.search.whoosh.writer", "make_live"),
    "old files removed": ("archive.search.whoosh.writer", "clean_files"),
    "index committed": ("archive.search.whoosh.writer", "IndexWriter.commit"),
    "catalogue closed": ("archive.catalog.connect", "WritingConnection.close"),
    "scan copied in": ("archive.pipeline.ingest", "copy_in"),
    "temporary folder removed": ("shutil", "rmtree"),
}


class Moments:
    """Counts what happens, writes it down and ends the process, and its main process, when its moment has come.

    `fails` is an errno: then the disk says so at that moment instead, and `stays` so.
    """

    def __init__(self, log, *, at=0, named=None, fails=0, stays=False):
        self.log, self.at, self.named = log, at, named
        self.fails, self.stays = fails, stays
        self.main, self.count, self.passed = os.getpid(), 0, {}
        self.quiet = False

    def note(self, *words):
        self.quiet = True
        with Path(self.log).open("a") as file:
            file.write("\t".join(map(str, words)) + "\n")
        self.quiet = False

    def tick(self):
        """Count a moment that cannot fail."""
        self.count += 1
        if self.at and self.count == self.at and not self.fails:
            self.end()

    def try_disk(self):
        """Count a moment at which the disk may fail."""
        self.tick()
        if self.fails and self.at and (self.count >= self.at if self.stays else self.count == self.at):
            raise OSError(self.fails, os.strerror(self.fails))

    def end(self):
        with suppress(ProcessLookupError):
            os.kill(self.main, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event, args):
        if self.quiet:
            return
        if event in CHANGES or (event == "open" and isinstance(args[2], int) and args[2] & WRITES):
            self.try_disk()

    def pass_by(self, name, when):
        nth = self.passed[name, when] = self.passed.get((name, when), 0) + 1
        self.note("passed", name, when, nth)
        if self.named and (name, when, nth) == self.named:
            self.end()


def fork():
    """Fork this process; the threads of the libraries that it has loaded wait for nothing that the fork needs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of every thread, numpy's too
        return os.fork()


def in_fork(work, log=None, *, seconds=None, **moment):
    """Do something in a forked process and return its exit code, negative for a signal; end it after some seconds."""
    pid = fork()
    if not pid:
        code = 70
        try:
            moments = None if log is None else Moments(log, **moment)
            if moments:
                _watch(moments)
            code = work() or 0
            if moments:
                moments.note("total", moments.count)
        except BaseException:  # noqa: BLE001 - the fork must never return into the tests
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def warm_up(work):
    """Read and parse a scan once, so that every process forked later has the libraries and word lists in memory."""

    from archive.pipeline import tasks
    from archive.reading.scans import list_scans
    from archive.settings import load_settings

    (work / "raw").mkdir(parents=True)
    (work / "archive.toml").touch()
    (work / "raw" / "a.txt").write_text("De Moestuinder, april 2019\n\nCompost halen\n\nEr ligt weer compost.\n")
    settings = load_settings(work)
    (found,), _ = list_scans(settings.root, settings.raw_dir)
    opened = tasks.open_task(settings, found)
    tasks.read_task(settings, opened.scan, 1, again=False)
    tasks.parse_task(settings, opened, {})


def fork_workers():
    """Have the pool fork its workers, with everything loaded, instead of starting Python anew."""
    from archive.pipeline import workers

    workers._start = _start


def _start(work):
    from archive.pipeline import worker, workers

    ours, theirs = socket.socketpair()
    lifeline_read, lifeline_write = os.pipe()
    pid = fork()
    if not pid:
        os.setsid()
        os.close(lifeline_write)
        ours.close()
        os.environ["TMPDIR"] = str(work)
        sys.argv = ["worker", str(theirs.detach()), str(lifeline_read), "0"]
        try:
            worker.main()
        finally:
            os._exit(0)
    theirs.close()
    os.close(lifeline_read)
    return workers._Worker(
        SimpleNamespace(pid=pid, wait=lambda: _wait(pid), returncode=None), Connection(ours.detach()), lifeline_write
    )


def _wait(pid):
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _watch(moments):
    from importlib import import_module

    from archive.catalog import connect

    sys.addaudithook(moments.hear)
    for name, (module, path) in NAMED.items():
        owner = import_module(module)
        *classes, attribute = path.split(".")
        for each in classes:
            owner = getattr(owner, each)
        setattr(owner, attribute, _between(getattr(owner, attribute), moments, name))
    _log_syncs(moments)
    _log_reading(moments)
    _trace_statements(connect, moments)


def _between(function, moments, name):
    def call(*args, **kwargs):
        moments.pass_by(name, "before")
        answer = function(*args, **kwargs)
        moments.pass_by(name, "after")
        return answer

    return call


def _log_syncs(moments):
    sync = os.fsync

    def fsync(handle):
        moments.try_disk()
        sync(handle)
        place = Path(f"/proc/self/fd/{handle}").readlink()
        if place.is_dir():
            moments.note("folder", place, "|".join(path.name for path in place.iterdir()))
        else:
            state = os.fstat(handle)
            moments.note("synced", state.st_ino, state.st_size)
        moments.tick()

    os.fsync = fsync


def _log_reading(moments):
    from archive.reading import cache
    from archive.reading.page import anew

    read, store = anew._dumped, cache.store

    def dumped(place, number, how):
        moments.note("read", place.path.name, number)
        found = read(place, number, how)
        dumped.last = (place.path.name, number)
        return found

    def kept(*args, **kwargs):
        store(*args, **kwargs)
        moments.note("kept", *getattr(dumped, "last", ("?", 0)))

    anew._dumped, cache.store = dumped, kept


def _trace_statements(connect, moments):
    open_for_writing = connect._open_for_writing

    def traced(path):
        connection = open_for_writing(path)
        connection.set_trace_callback(lambda sql: _statement(sql, path, moments))
        return connection

    connect._open_for_writing = traced


def _statement(sql, path, moments):
    log = Path(f"{path}-wal")
    if sql.startswith(("BEGIN", "PRAGMA wal_checkpoint")) and log.exists():
        moments.note("synced", log.stat().st_ino, log.stat().st_size)  # every transaction before this one
    moments.tick()
