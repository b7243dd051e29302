"""How does a file come to the name that a person gave? Whole or not at all, through links, and into devices.

What is made is written under another name first, brought safely to disk, and then renamed. A link is followed, so that
it stays one. A device, a pipe or an open file (`/dev/stdout`) cannot be renamed over: it gets the bytes once all of
them are there.
"""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archive.errors import StorageError, UsageError

_HINT = "Name another place, or free some space."
_MOST_LINKS = 40  # as the system itself follows
_LONGEST = 40  # letters of the target's name in that of the passing file, so that no name gets too long


@contextmanager
def placed(target: Path, *, hint: str = _HINT) -> Iterator[Path]:
    """Give the name to write a file or a folder under until all of it is there; it ends as the target's name does.

    Raises:
        StorageError: It cannot be written; `hint` says what to do.
    """
    special = is_special(target)
    place = Path(os.path.realpath(target))
    folder = Path(tempfile.mkdtemp()) if special else place.parent
    part = folder / f".{place.stem[:_LONGEST]}.{os.getpid()}.{os.urandom(4).hex()}.part{target.suffix}"
    try:
        yield part
        if special:
            with part.open("rb") as source, open_special(target) as out:
                shutil.copyfileobj(source, out)
        else:
            _rename(part, place)
    except BrokenPipeError:  # who reads it wants no more of it
        raise
    except OSError as error:
        raise StorageError(target, f"cannot be written ({error.strerror or error})", hint) from error
    finally:
        _remove(folder if special else part)


def is_special(target: Path) -> bool:
    """Tell whether the name is that of something that bytes can only be sent to: a device, a pipe, an open file."""
    if _descriptor(target) is not None:
        return True
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


@contextmanager
def open_special(target: Path) -> Iterator[IO[bytes]]:
    """Open what `is_special` for bytes, without cutting off what an open file holds already.

    Raises:
        UsageError: It is a terminal, which what stands in a file could steer.
    """
    descriptor = _descriptor(target)
    sys.stdout.flush()
    with target.open("wb") if descriptor is None else os.fdopen(os.dup(descriptor), "wb") as out:
        if out.isatty():
            hint = "Name a file, or leave the place away: what is printed then cannot steer a terminal."
            raise UsageError(target, "is a terminal", hint)
        yield out


def sync(out: IO[str] | IO[bytes]) -> None:
    """Bring to disk what was written to a file."""
    out.flush()
    os.fsync(out.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rename(part: Path, place: Path) -> None:
    if place.is_file():  # who could not read the file before shall not be able to now
        part.chmod(stat.S_IMODE(place.stat().st_mode))
    part.replace(place)
    sync_folder(place.parent)


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def _descriptor(target: Path) -> int | None:
    """Return the number of the open file that a name such as `/dev/stdout` or `/dev/fd/3` stands for."""
    place = os.path.abspath(target)  # noqa: PTH100 - resolve() would follow the links that are looked at here
    for _ in range(_MOST_LINKS):
        folder, name = os.path.split(place)
        if name.isdecimal() and os.path.realpath(folder) == os.path.realpath("/dev/fd"):
            return int(name)
        try:
            place = os.path.join(folder, os.readlink(place))  # noqa: PTH118, PTH115 - as above
        except OSError:
            return None
    return None
