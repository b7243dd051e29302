"""What must a plug-in look like?

Only signatures; each is fulfilled by plain modules or classes (no base class to inherit). ARCHITECTURE.md, "How to
add…", says where a new one is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archive.model.exports import Export, Shape
    from archive.model.issues import Edit
    from archive.model.pages import PageImage, Word
    from archive.model.search import Found, Query, SearchRequest

_T = TypeVar("_T")


class Engine(Protocol):
    """Reads the words of a page image; a file of archive/reading/ocr/."""

    def version(self) -> str:
        """Name and version, as `tesseract 5.3.4`."""

    def read(self, image: PageImage, languages: tuple[str, ...]) -> tuple[Word, ...]:
        """Read one upright page image.

        Args:
            image: A page image whose dpi is true.
            languages: ISO 639-1 codes (`nl`, `en`), most likely first.

        Returns:
            Words in the engine's own order, boxes in points.

        Raises:
            MissingPartError: the engine or a language is not installed.
            UnreadableScanError: the engine cannot read this image.
        """


class Rule(Protocol):
    """One cleaning rule; a file of archive/parsing/rules/, whose docstring says what it repairs."""

    ID: str

    def find(self, raw: str) -> Iterator[Edit]:
        """Yield the edits that this rule would make, in order of start; it sees raw text only."""


class Exporter(Protocol):
    """One export format; a file of archive/export/.

    One that goes over the sections more than once names `PASSES`; one whose bytes may not hang on the order in which
    scans came says that it is `REPRODUCIBLE`.
    """

    SHAPE: Shape

    def write(self, export: Export, out: Any) -> int:  # noqa: ANN401 - as SHAPE says: IO[str], IO[bytes] or Files
        """Write the sections to `out` as they come; return how many."""


class Backend(Protocol):
    """A full-text index; a folder of archive/search/. Writing methods are called by one process at a time."""

    def add(self, sections: Iterable[Mapping[str, object]]) -> None:
        """Put sections (field names of CONTRACT.md) in, replacing those with the same id; visible after `commit`."""

    def remove(self, ids: Iterable[str]) -> None:
        """Take sections out; visible after `commit`."""

    def commit(self, generation: int) -> None:
        """Make all of it visible at once and stamp it with the catalogue's generation."""

    def search(self, query: Query, request: SearchRequest) -> Found:
        """Answer one query, filters and paging included."""

    def at_once(self, questions: Callable[[], _T]) -> _T:
        """Return what some questions give when one state of the index answers all; they may be asked more than once."""

    def stamp(self) -> int:
        """Return the catalogue generation that the index shows.

        Raises:
            BrokenArchiveError: the index is missing, damaged, foreign or outdated.
        """
