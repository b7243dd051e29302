"""Is there room on the disk, and is the index on a disk that can hold it?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from archive.disks import is_read_only, network_type
from archive.doctor.finding import Finding, fine, note, problem
from archive.errors import StorageError
from archive.settings import Settings

_KIND = "storage"
_LOW, _FULL = 2 * 1024**3, 100 * 1024**2
_GIGABYTE, _MEGABYTE = 1024**3, 1024**2


def find(settings: Settings) -> Iterator[Finding]:
    """Look at the disk that the index is on."""
    place = _existing(settings.index_dir)
    free = shutil.disk_usage(place).free
    size = f"{free / _GIGABYTE:.1f} GB free" if free >= _GIGABYTE else f"{free // _MEGABYTE} MB free"
    hint = "Free some space, or set `index_dir` in archive.toml to a folder on a larger disk."
    if is_read_only(place):
        away = "See why, or set `index_dir` in archive.toml to a folder on another disk."
        yield problem(_KIND, StorageError(place, "the disk is read-only: searches work, nothing can be taken in", away))
    elif free < _FULL:
        yield problem(_KIND, StorageError(place, f"the disk is as good as full ({size})", hint))
    elif free < _LOW:
        yield note(_KIND, f"the disk is nearly full ({size})", hint=hint, path=place)
    else:
        yield fine(_KIND, size, path=place)
    if kind := network_type(settings.index_dir):
        hint = "Set `index_dir` in archive.toml to a folder on a local disk."
        yield problem(_KIND, StorageError(settings.index_dir, f"lies on a network share ({kind})", hint))


def _existing(path: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    path = path.absolute()
    while not path.exists():
        path = path.parent
    return path
