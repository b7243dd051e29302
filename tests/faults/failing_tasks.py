"""The tasks of a worker of whom every fiftieth page fails: its reader breaks, dies, fills its memory, in turn."""

import os
import signal

from archive.pipeline import tasks
from archive.pipeline.tasks import open_task, parse_task

__all__ = ["open_task", "parse_task", "read_task"]

EVERY = 50


def read_task(settings, scan, number, again):
    if number % EVERY == 0:
        _fail(number // EVERY)
    return tasks.read_task(settings, scan, number, again)


def _fail(turn):
    if turn % 3 == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if turn % 3 == 1:
        raise RuntimeError("a parser broke")
    bytearray(1 << 40)
