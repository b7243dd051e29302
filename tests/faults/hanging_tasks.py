"""The tasks of a worker whose pages hang, with a child of theirs, after telling the pids of both."""

import os
import subprocess
import time
from pathlib import Path

from archive.pipeline.tasks import open_task, parse_task

__all__ = ["open_task", "parse_task", "read_task"]


def read_task(*_page):
    child = subprocess.Popen(["sleep", "600"])
    passing = Path(os.environ["TMPDIR"], "pids.part")
    passing.write_text(f"{os.getpid()} {child.pid}")
    passing.rename(passing.with_suffix(""))
    time.sleep(600)
