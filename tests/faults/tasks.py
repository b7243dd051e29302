"""Tasks that go wrong: a worker process runs them by name."""

import os
import signal
import subprocess
import time
from pathlib import Path

from archive.errors import MissingPartError


def answer(value):
    return value


def fail(path):
    raise MissingPartError(path, "is not installed", "Install it.")


def break_down():
    raise RuntimeError("a parser broke")


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def hang(pid_file):
    """Start a child that would live on, tell its pid and hang with it."""
    child = subprocess.Popen(["sleep", "600"])
    passing = Path(f"{pid_file}.part")
    passing.write_text(f"{os.getpid()} {child.pid}")
    passing.rename(pid_file)
    time.sleep(600)


def fill_memory(size):
    return len(bytearray(size))


def die_once(marker):
    """Be killed the first time, and answer the second."""
    path = Path(marker)
    if not path.exists():
        path.touch()
        die()
    return "done"
