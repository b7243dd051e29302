"""What is known of an encrypted scan whose password is not at hand?

Number of pages and metadata are kept with its first page, as what was read on its pages is kept: to parse it again
takes no password.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.model.pages import Scan, ScanKind
from archive.reading import cache, scans
from archive.reading.page.how import ReadingSettings
from archive.reading.pdf import documents

_SCAN = "scan"  # what a kept page calls these facts


def facts_to_keep(path: Path, scan: Scan, number: int, how: ReadingSettings) -> dict[str, Any]:
    """Return what is to be kept with a page that was just read: nothing but with the first of an encrypted PDF."""
    if scan.kind is not ScanKind.PDF or number != 1 or not how.password:
        return {}
    if not documents.is_encrypted(path, how.password):
        return {}
    metadata = documents.read_metadata(path, password=how.password)
    return {_SCAN: {"pages": scan.page_count, "metadata": metadata}}


def facts_kept(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the same of a page that is made anew from what is kept of it."""
    return {_SCAN: kept[_SCAN]} if kept and _SCAN in kept else {}


def recall_scan(
    root: Path, found: scans.FoundScan, how: ReadingSettings, cache_dir: Path
) -> tuple[Scan, dict[str, str]] | None:
    """Return a scan and its metadata as they were when it was read; None where that, or a page of it, is not kept.

    Raises:
        StorageError: it cannot be read from disk.
    """
    sha256 = scans.hash_scan(root, found)
    facts = (cache.load(cache_dir, cache.page_key(sha256, 1, how.key)) or {}).get(_SCAN) or {}
    try:
        count, metadata = int(facts["pages"]), {str(name): str(value) for name, value in facts["metadata"].items()}
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    keys = (cache.page_key(sha256, number, how.key) for number in range(1, count + 1))
    if not all(cache.has(cache_dir, key) for key in keys):
        return None
    return Scan(found.file, sha256, found.kind, found.size, found.mtime_ns, count, found.beside), metadata
