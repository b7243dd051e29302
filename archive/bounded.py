"""How is a file read that may be larger than anybody meant?"""

from pathlib import Path

from archive.errors import StorageError, UnreadableScanError, UsageError


def read_bounded(path: Path, limit_bytes: int, *, hint: str) -> bytes:
    """Return what a file holds; no more than the limit is ever in memory. `hint` says what to do with a larger one.

    Raises:
        StorageError: It cannot be read.
        UnreadableScanError: It is larger than the limit.
    """
    content = _read(path, limit_bytes + 1)
    if len(content) > limit_bytes:
        raise UnreadableScanError(path, _too_large(limit_bytes), hint=hint)
    return content


def read_own_text(path: Path, limit_bytes: int, *, hint: str) -> str:
    """Return the text of a file that a person wrote, UTF-8 with or without its mark; `hint` says how to mend it.

    Raises:
        StorageError: It cannot be read.
        UsageError: It is larger than the limit, or not in UTF-8; the message names the line.
    """
    content = _read(path, limit_bytes + 1)
    if len(content) > limit_bytes:
        raise UsageError(path, _too_large(limit_bytes), hint=hint)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(path, f"line {line}: is not UTF-8", hint="Save it as text in UTF-8.") from error


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise StorageError(
            path, f"cannot be read ({error.strerror})", hint="Check the path and its permissions."
        ) from error


def _too_large(limit_bytes: int) -> str:
    return f"is larger than {limit_bytes / 1024 / 1024:g} MB"
