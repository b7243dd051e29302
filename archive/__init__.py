"""Search and export decades of scanned newsletters: OCR, sections, full-text search.

from archive import open_archive

with open_archive("newsletters") as archive:
    for hit in archive.search("opvang").hits:
        print(hit.id, hit.snippet)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from archive.library.reader import Archive

__version__ = "0.1.0"
__all__ = ["__version__", "open_archive"]


def open_archive(folder: str | os.PathLike[str] = ".") -> Archive:
    """Open an archive for reading; use it in a `with` block, or close it. Nothing on disk is ever changed.

    Args:
        folder: The archive's folder, in which archive.toml stands.

    Raises:
        BrokenArchiveError: There is no archive, or its catalogue is missing or damaged.
    """
    from pathlib import Path

    from archive.library.reader import Archive
    from archive.settings import load_settings

    return Archive(load_settings(Path(folder)))
