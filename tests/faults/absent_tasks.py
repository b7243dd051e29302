"""The tasks of a worker whose disk is away while its second page is read, for as long as the file `away` is there."""

from pathlib import Path

from archive.errors import StorageError
from archive.pipeline import tasks
from archive.pipeline.tasks import open_task, parse_task, sketch_task

__all__ = ["open_task", "parse_task", "read_task", "sketch_task"]


def read_task(settings, scan, number, again):
    away = Path(settings.root, "away")
    if number == 2 and away.exists():
        if away.read_text() == "once":
            away.unlink()
        raise StorageError(settings.root / scan.file, "cannot be read", "The system says: no such file.")
    return tasks.read_task(settings, scan, number, again)
