"""How is the catalogue opened?"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, overload

from archive.catalog.questions import Catalog, check_version

if TYPE_CHECKING:
    from archive.catalog.write import CatalogWriter

__all__ = ["Catalog", "ask_catalog", "open_catalog"]

_T = TypeVar("_T")


@overload
def open_catalog(path: Path, *, write: Literal[False] = ...) -> Catalog: ...
@overload
def open_catalog(path: Path, *, write: Literal[True]) -> "CatalogWriter": ...
def open_catalog(path: Path, *, write: bool = False) -> Catalog:
    """Open the catalogue.

    Args:
        path: The file; for writing it is made when it is not there, and brought up to date when it is older.
        write: For the one process that writes. A reader changes nothing on disk and leaves no file behind.

    Raises:
        BrokenArchiveError: It is missing, damaged, or made by another version of this program.
        StorageError: It cannot be read or written.
        ArchiveBusyError: Another process is writing.
    """
    if write:
        from archive.catalog.write import CatalogWriter  # a search never pays for it

        return CatalogWriter(path)
    catalog = Catalog(path)
    with ExitStack() as undo:
        undo.callback(catalog.close)
        check_version(path, catalog.version())
        undo.pop_all()
    return catalog


def ask_catalog(path: Path, questions: Callable[[Catalog], _T]) -> _T:
    """Return what some questions give when one state of the catalogue answers all; they may be asked more than once.

    Raises:
        BrokenArchiveError: It is missing, damaged, or made by another version of this program.
        StorageError: It cannot be read.
        ArchiveBusyError: It is changed each time that it is asked.
    """
    with open_catalog(path) as catalog:
        return catalog.at_once(lambda: questions(catalog))
