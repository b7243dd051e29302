"""How does an export of paperless-ngx (`document_exporter`) come in?

Its `manifest.json` lists what paperless knows of each file it kept: the original as it came in, and a PDF that it made
of it, with a text layer by OCRmyPDF. The original is the scan, that PDF a text source beside it.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.errors import StorageError, UnreadableScanError

MANIFEST = "manifest.json"
_KEPT = "documents.document"  # what paperless calls its records
_ORIGINAL, _WITH_LAYER = "__exported_file_name__", "__exported_archive_name__"
_LIMIT_BYTES = 512 * 1024 * 1024


def is_export(folder: Path) -> bool:
    """Tell whether a folder is an export of paperless-ngx; reads little of it."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return False
    return start.lstrip().startswith(b"[") and b'"model"' in start


def read_export(folder: Path) -> tuple[tuple[Path, Path | None], ...]:
    """Return the originals of an export, each with the PDF with a text layer that was made of it, if there is one.

    An export may be split into a manifest for each file.

    Raises:
        UnreadableScanError: It is no such export, or names files that lie outside it.
        StorageError: It cannot be read.
    """
    records = list(_records(folder / MANIFEST))
    for path in sorted(folder.rglob("*-manifest.json")):
        records += _records(path)
    found = [_scan(folder, each) for each in records if each["model"] == _KEPT and each.get(_ORIGINAL)]
    return tuple(sorted(found, key=str))


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            raise UnreadableScanError(path, "is too large for a manifest", hint="Export again with --split-manifest.")
        records = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise StorageError(path, f"cannot be read ({error.strerror})", hint="Check its permissions.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableScanError(path, "is no manifest of paperless-ngx", hint="Export again.") from error
    for record in records if isinstance(records, list) else ():
        if isinstance(record, dict) and isinstance(record.get("model"), str):
            yield record


def _scan(folder: Path, record: Mapping[str, Any]) -> tuple[Path, Path | None]:
    layered = record.get(_WITH_LAYER)
    return _inside(folder, record[_ORIGINAL]), _inside(folder, layered) if layered else None


def _inside(folder: Path, name: Any) -> Path:  # noqa: ANN401 - out of a file
    """Return where a file of the export lies; a name that leads out of it is refused."""
    path = folder / str(name)
    if "\0" in str(name) or not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableScanError(folder / MANIFEST, f"names a file outside the export: {name}", hint="Export again.")
    return path
