"""The tasks of a worker, with a page that hangs."""

import time

from archive.pipeline.tasks import open_task, parse_task

__all__ = ["open_task", "parse_task", "read_task"]


def read_task(*_page):
    time.sleep(600)
