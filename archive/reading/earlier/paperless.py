"""How does an export of paperless-ngx (`document_exporter`) come in?

Its `manifest.json` lists what paperless knows of each file it kept: the original as it came in, and a PDF that it made
of it, with a text layer by OCRmyPDF. The original is the scan; the PDF's text layer and paperless's own text are text
sources beside it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import StorageError, UnreadableScanError

MANIFEST = "manifest.json"
_KEPT = "documents.document"  # what paperless calls its records
_ORIGINAL, _WITH_LAYER = "__exported_file_name__", "__exported_archive_name__"
_LIMIT_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PaperlessScan:
    """One file of the export: where original and PDF with text layer (None: there is none) lie, and what was known.

    `created` is an ISO date or empty; `correspondent` is whom paperless thinks it comes from, here the newsletter's
    maker; `text` is what paperless read, without page breaks.
    """

    original: Path
    with_layer: Path | None
    title: str
    created: str
    correspondent: str
    kind: str
    tags: tuple[str, ...]
    text: str

    @property
    def metadata(self) -> dict[str, str]:
        """What reading a scan's metadata gives (archive.reading.page.read_metadata), as far as paperless knows it."""
        known = {"title": self.title, "created": self.created, "author": self.correspondent}
        return {name: value for name, value in known.items() if value}


def is_export(folder: Path) -> bool:
    """Tell whether a folder is an export of paperless-ngx; reads little of it."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return False
    return start.lstrip().startswith(b"[") and b'"model"' in start


def read_export(folder: Path) -> tuple[PaperlessScan, ...]:
    """Read the manifest of an export, also one that was split into a manifest for each file.

    Raises:
        UnreadableScanError: It is no such export, or names files that lie outside it.
        StorageError: It cannot be read.
    """
    records = list(_records(folder / MANIFEST))
    for path in sorted(folder.rglob("*-manifest.json")):
        records += _records(path)
    names = {
        model: {each["pk"]: str(each["fields"].get("name", "")) for each in records if each["model"] == model}
        for model in ("documents.correspondent", "documents.documenttype", "documents.tag")
    }
    found = [_scan(folder, each, names) for each in records if each["model"] == _KEPT and each.get(_ORIGINAL)]
    return tuple(sorted(found, key=lambda each: str(each.original)))


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
        if isinstance(record, dict) and isinstance(record.get("model"), str) and isinstance(record.get("fields"), dict):
            yield {"pk": 0, **record}


def _scan(folder: Path, record: Mapping[str, Any], names: Mapping[str, Mapping[Any, str]]) -> PaperlessScan:
    fields = record["fields"]
    tags: Sequence[Any] = fields.get("tags") or ()
    layered = record.get(_WITH_LAYER)
    return PaperlessScan(
        original=_inside(folder, record[_ORIGINAL]),
        with_layer=_inside(folder, layered) if layered else None,
        title=str(fields.get("title") or ""),
        created=str(fields.get("created") or "")[:10],
        correspondent=names["documents.correspondent"].get(fields.get("correspondent"), ""),
        kind=names["documents.documenttype"].get(fields.get("document_type"), ""),
        tags=tuple(filter(None, (names["documents.tag"].get(tag, "") for tag in tags))),
        text=str(fields.get("content") or ""),
    )


def _inside(folder: Path, name: Any) -> Path:  # noqa: ANN401 - out of a file
    """Return where a file of the export lies; a name that leads out of it is refused."""
    path = folder / str(name)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableScanError(folder / MANIFEST, f"names a file outside the export: {name}", hint="Export again.")
    return path
