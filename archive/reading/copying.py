"""How does a scan come into raw/, byte for byte, with the files of earlier OCR that lie beside it?"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.arrivals import WITH_LAYER
from archive.errors import StorageError, UnreadableScanError
from archive.model.pages import ScanKind
from archive.reading.earlier import paperless
from archive.reading.earlier.names import is_earlier, share_out, under_name
from archive.reading.scans import (
    KINDS,
    KNOWN_HINT,
    FoundScan,
    check_name,
    hash_file,
    hash_scan,
    is_image,
    list_entries,
    natural_key,
    told,
)


def copy_in(path: Path, raw: Path) -> Path:
    """Copy a scan, or a shelf of scans, that lies outside `raw` into it and return where it stands now.

    A copy appears under its name only when it is whole. A name that is taken by other bytes gets the first 8 signs
    of the copy's sha256; the same bytes are not copied twice. Files of earlier OCR beside a scan come with it. Of an
    export of paperless-ngx come its originals, each with the PDF that paperless made of it beside it.

    Raises:
        UnreadableScanError: this is no kind of scan, its name cannot be shown, or it is a damaged export.
        StorageError: it cannot be read, or `raw` cannot be written.
    """
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(raw)):
        return path
    check_name(path)
    try:
        if path.is_dir() and paperless.is_export(path):
            return _copy_export(path, raw)
        return _copy(path, raw, _shares(path.parent).get(path.name, ()))
    except OSError as error:
        raise StorageError(path, "cannot be copied into the archive", hint=told(error)) from error


def _copy(path: Path, raw: Path, beside: Sequence[str]) -> Path:
    """Copy a scan or a shelf, and the files of earlier OCR beside it, under the name that it got."""
    if path.is_dir():
        stands = _copy_folder(path, raw)
    elif path.suffix.lower() not in KINDS or is_earlier(path.name):
        raise UnreadableScanError(path, "is not a kind of scan", hint=KNOWN_HINT)
    else:
        stands = _copy_file(path, raw)
    for name in beside:
        _copy_once(path.with_name(name), stands.with_name(under_name(name, path.name, stands.name)))
    return stands


def _shares(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the files of earlier OCR in a folder by the scan that they belong to."""
    names = [entry.name for entry in list_entries(folder)]
    return share_out(filter(is_earlier, names), (name for name in names if not is_earlier(name)))


def _copy_folder(path: Path, raw: Path) -> Path:
    """Copy a folder: of page images whole, under one name; of anything else scan by scan."""
    entries = list_entries(path)
    images = [entry for entry in entries if not is_earlier(entry.name)]
    if not images or not all(is_image(entry) for entry in images):
        return _copy_shelf(path, images, raw / path.name)
    names = _in_order(images)
    more = tuple(entry.name for entry in entries if is_earlier(entry.name))
    sha256 = hash_scan(path.parent, FoundScan(path.name, ScanKind.FOLDER, 0, 0, names))
    for target in _free_names(raw / path.name, sha256):
        if not target.exists():
            return _copy_whole(path, (*names, *more), target)
        members = [entry for entry in list_entries(target) if not is_earlier(entry.name)] if target.is_dir() else []
        same = FoundScan(target.name, ScanKind.FOLDER, 0, 0, names)
        if _in_order(members) == names and sha256 == hash_scan(raw, same):
            return target
    raise StorageError(path, "cannot be copied in: its name is taken", hint=f"Give it another name than {path.name}.")


def _copy_shelf(path: Path, entries: Sequence[os.DirEntry[str]], target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    shares = _shares(path)
    for entry in sorted(entries, key=lambda entry: natural_key(entry.name)):
        if entry.is_dir() or os.path.splitext(entry.name)[1].lower() in KINDS:  # noqa: PTH122 - strings all the way
            _copy(Path(entry.path), target, shares.get(entry.name, ()))
    return target


def _copy_export(path: Path, raw: Path) -> Path:
    """Copy an export of paperless-ngx; of an original that is no scan, a letter in Word say, comes the PDF alone.

    All go into `raw` itself: a folder of nothing but images would be one scan.
    """
    for original, layered in paperless.read_export(path):
        if original.suffix.lower() in KINDS:
            stands = _copy_file(original, raw)
            if layered is not None:
                _copy_once(layered, stands.with_name(stands.stem + WITH_LAYER))
        elif layered is not None:
            _copy_file(layered, raw)
    return raw


def _in_order(entries: Sequence[os.DirEntry[str]]) -> tuple[str, ...]:
    return tuple(sorted((entry.name for entry in entries), key=natural_key))


def _copy_once(source: Path, target: Path) -> None:
    """Copy a file, unless there is one of that name already; it appears when it is whole."""
    if not target.exists():
        passing = target.with_name(f".{target.name}.part")
        try:
            _write_durably(source, passing)
            passing.replace(target)
        finally:
            passing.unlink(missing_ok=True)


def _copy_whole(path: Path, names: tuple[str, ...], target: Path) -> Path:
    passing = target.with_name(f".{target.name}.part")
    passing.mkdir(parents=True, exist_ok=True)
    for name in names:
        _write_durably(path / name, passing / name)
    passing.replace(target)
    _sync_folder(target.parent)
    return target


def _copy_file(path: Path, raw: Path) -> Path:
    sha256 = hash_file(path)
    for target in _free_names(raw / path.name, sha256):
        if not target.exists():
            _copy_once(path, target)
            _sync_folder(raw)
            return target
        if target.is_file() and hash_file(target) == sha256:
            return target
    raise StorageError(path, "cannot be copied in: its name is taken", hint=f"Give it another name than {path.name}.")


def _free_names(target: Path, sha256: str) -> Iterator[Path]:
    yield target
    yield target.with_name(f"{target.stem}-{sha256[:8]}{target.suffix}")


def _write_durably(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        while chunk := old.read(1 << 20):
            new.write(chunk)
        new.flush()
        os.fsync(new.fileno())
    state = source.stat()
    os.utime(target, ns=(state.st_atime_ns, state.st_mtime_ns))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
