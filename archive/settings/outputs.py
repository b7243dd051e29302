"""May a command write there? Every command asks that is told by a person where its answer goes.

What an archive lives by is never written over, whatever name, link or folder leads to it. Any other file that is there
already is replaced only where this program wrote it, and nobody changed it since, or where `--force` says so. What was
written is noted among the state of the person's programs (XDG_STATE_HOME): path, size and time. Not in the archive,
which an export or a backup never changes.
"""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import StorageError, UsageError
from archive.placing import is_special, placed
from archive.settings import FILE_NAME, OWN_FILES, Settings

_WRITTEN = Path("newsletter-archive", "outputs.json")
_MOST_NOTED = 1000
_SAME_TIME_NS = 2_000_000_000  # as coarse as times are on the disks of cameras and sticks
_ELSEWHERE = "Name another place for it."


@contextmanager
def claimed(settings: Settings, target: Path, *, force: bool = False) -> Iterator[None]:
    """Check that a place may be written to; when the block has ended well, note that it was.

    Args:
        settings: The archive.
        target: What the person named: a file or folder that may be there or not, a link, a device.
        force: Replace a file that this program did not write.

    Raises:
        UsageError: The archive, or another one, lives by what is there; or a file is there already that this program
            did not write, or that was changed since.
    """
    place = Path(os.path.realpath(target))
    _refuse_own(settings, target, place)
    special = is_special(target)
    if not (force or special or _may_be_replaced(place)):
        hint = "Name another file, or add --force to replace it."
        raise UsageError(target, "is there already, and this program did not write it as it is now", hint)
    yield
    if not special:
        _note(place)


def _refuse_own(settings: Settings, target: Path, place: Path) -> None:
    others = [
        folder for folder in (place, *place.parents) if folder != settings.root and (folder / FILE_NAME).is_file()
    ]
    folders = [settings.raw_dir, settings.index_dir, *(root / name for root in others for name in ("raw", "index"))]
    files = [root / name for root in (settings.root, *others) for name in OWN_FILES]
    for folder in folders:
        if any(_is_same(each, folder) for each in (place, *place.parents)):
            raise UsageError(target, f"lies in {folder.name}/, which the archive lives by", _ELSEWHERE)
    if any(_is_own(place, file) for file in files) or _is_linked(place, folders):
        raise UsageError(target, "is a file that the archive lives by", _ELSEWHERE)


def _is_own(place: Path, file: Path) -> bool:
    """Tell whether a place is a file of the archive, there or not; some disks take capitals for small letters."""
    return _is_same(place, file) or (
        place.name.casefold() == file.name.casefold() and _is_same(place.parent, file.parent)
    )


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)  # one folder may have two names
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def _is_linked(place: Path, folders: list[Path]) -> bool:
    """Tell whether a file is also one of those in the folders, by a second name (a hard link)."""
    try:
        found = place.stat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_nlink == 1:
        return False
    return any(os.path.samestat(found, each.lstat()) for folder in folders for each in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base, name) for name in names)


def _may_be_replaced(place: Path) -> bool:
    """Tell whether nothing would be lost: nothing is there, nothing is in it, or we wrote it."""
    try:
        found = place.stat()
    except OSError:
        return True  # what is wrong with it is said when it is written
    if stat.S_ISDIR(found.st_mode) or not found.st_size:
        return True
    size, time_ns = _noted().get(str(place), (-1, 0))
    return found.st_size == size and abs(found.st_mtime_ns - time_ns) <= _SAME_TIME_NS


def _noted() -> dict[str, tuple[int, int]]:
    try:
        rows = json.loads(_register().read_bytes())
        return {str(path): (int(size), int(time_ns)) for path, (size, time_ns) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError, RuntimeError):
        return {}  # then --force is asked for once more


def _note(place: Path) -> None:
    with suppress(OSError, StorageError, RuntimeError):  # no home, or a full one: --force is asked for the next time
        found = place.stat()
        if not stat.S_ISREG(found.st_mode):
            return
        rows = _noted()
        rows.pop(str(place), None)
        rows[str(place)] = (found.st_size, found.st_mtime_ns)
        register = _register()
        register.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with placed(register) as part:
            part.write_text(json.dumps(dict(list(rows.items())[-_MOST_NOTED:])), encoding="ascii")


def _register() -> Path:
    """Return where it is noted; RuntimeError: the person has no home."""
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / _WRITTEN
