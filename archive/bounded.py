"""How is a file read that may be larger than anybody meant?"""

from pathlib import Path

from archive.errors import StorageError, UnreadableScanError


def read_bounded(path: Path, limit_bytes: int, *, hint: str) -> bytes:
    """Return what a file holds; no more than the limit is ever in memory. `hint` says what to do with a larger one.

    Raises:
        StorageError: It cannot be read.
        UnreadableScanError: It is larger than the limit.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", hint="Check its permissions.") from error
    if len(content) > limit_bytes:
        raise UnreadableScanError(path, f"is larger than {limit_bytes / 1024 / 1024:g} MB", hint=hint)
    return content
