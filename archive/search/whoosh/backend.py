"""The Whoosh backend: one index on this machine.

WhooshBackend.open(directory)       to search
WhooshBackend.writer(directory)     to add to the live index
WhooshBackend.rebuild(directory)    to make a new one, live at its first commit
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Self, TypeVar

from archive.errors import ArchiveBusyError
from archive.search.forms import fold
from archive.search.whoosh.stamp import checked_stamp, guarded, marks_of, read_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from archive.model.search import Found, Query, Reading, SearchRequest
    from archive.search.whoosh.snapshot import Snapshot
    from archive.search.whoosh.writer import IndexWriter

_T = TypeVar("_T")
_DEFAULT_LANGUAGES = ("nl", "en")
_TRIES = 5  # a writer may replace the index while it is being opened


class WhooshBackend:
    """A full-text index in a folder; see archive.protocols.Backend."""

    def __init__(self, directory: Path, *, writing: IndexWriter | None = None) -> None:
        self._directory = directory
        self._writing = writing
        self._snapshot: Snapshot | None = None
        self._held: Snapshot | None = None
        self._marks: tuple[int, ...] = ()

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open the live index for searching; what a writer commits later is seen by the next search."""
        return cls(directory)

    @classmethod
    def writer(cls, directory: Path, *, languages: Sequence[str] = _DEFAULT_LANGUAGES) -> Self:
        """Open the live index for adding; `languages` are those a section of unknown language may have.

        Raises:
            BrokenArchiveError: there is no index in order to add to; make a new one.
        """
        from archive.search.whoosh.writer import IndexWriter

        return cls(directory, writing=IndexWriter(directory, languages, rebuild=False))

    @classmethod
    def rebuild(cls, directory: Path, *, languages: Sequence[str] = _DEFAULT_LANGUAGES) -> Self:
        """Start a new index; the live one answers until the first commit."""
        from archive.search.whoosh.writer import IndexWriter

        return cls(directory, writing=IndexWriter(directory, languages, rebuild=True))

    def add(self, sections: Iterable[Mapping[str, object]]) -> None:
        """Put sections in, replacing those with the same id; visible after `commit`."""
        self._writer.add(sections)

    def remove(self, ids: Iterable[str]) -> None:
        """Take sections out; visible after `commit`."""
        self._writer.remove(ids)

    def commit(self, generation: int) -> None:
        """Make all of it visible at once and stamp it with the catalogue's generation."""
        self._writer.commit(generation)

    def search(self, query: Query, request: SearchRequest) -> Found:
        """Answer one query, filters and paging included.

        Raises:
            BrokenArchiveError: the index is missing, damaged, foreign or outdated.
        """
        from archive.search.whoosh.reader import search_snapshot

        return self._ask(lambda snapshot: search_snapshot(snapshot, query, request))

    def near_misses(self, word: str) -> list[tuple[str, float, list[str]]]:
        """Return words of the archive that may be a word misread but are too unlike it to be found by it.

        With each word, how unlike it is (as `archive.search.misread.distance` counts) and the sections that hold it.
        """
        from archive.search.whoosh.expand import near_misses

        return self._ask(
            lambda snapshot: [
                (read, cost, sorted(snapshot.ids(snapshot.documents("words", read)).values()))
                for read, cost in near_misses(fold(word), snapshot)
            ]
        )

    def perhaps_meant(self, field: str, value: str) -> list[str] | None:
        """Return what was perhaps meant by a value of a field that no section has; None if sections have it."""
        from archive.search.whoosh.facts import perhaps_meant

        return self._ask(lambda snapshot: perhaps_meant(field, value, snapshot))

    def hazards(self) -> Mapping[str, float]:
        """Return how often each letter is misread in this archive beside the mean letter, as far as it taught that."""
        return self._ask(lambda snapshot: snapshot.confusions.hazards)

    def read_how(self) -> list[tuple[str, Reading]]:
        """Return each section with how well it could be read."""
        from archive.search.whoosh.readings import read_how

        return self._ask(read_how)

    def at_once(self, questions: Callable[[], _T]) -> _T:
        """Return what some questions give when one state of the index answers all; they may be asked more than once.

        Raises:
            BrokenArchiveError: the index is missing, damaged, foreign or outdated.
            ArchiveBusyError: it was replaced each time that it was asked.
        """
        if self._held is not None:
            return questions()
        for _ in range(_TRIES):
            self._held = self._current()
            try:
                return questions()
            except FileNotFoundError:  # one that was not open yet
                self._forget()
            finally:
                self._held = None
        raise self._changing()

    def stamp(self) -> int:
        """Return the catalogue generation that the index shows.

        Raises:
            BrokenArchiveError: the index is missing, damaged, foreign or outdated.
        """
        if self._held is not None:
            return self._held.stamp.generation
        if self._snapshot is not None and self._is_current(self._snapshot):
            return self._snapshot.stamp.generation
        return checked_stamp(self._directory).generation

    def close(self) -> None:
        """Let go of the files; what was added and not committed is forgotten."""
        self._forget()
        if self._writing is not None:
            self._writing.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _writer(self) -> IndexWriter:
        if self._writing is None:
            raise TypeError("this index was opened for reading")
        return self._writing

    def _ask(self, question: Callable[[Snapshot], _T]) -> _T:
        """Ask the live index, once more when a writer replaced a file that was not open yet."""
        if self._held is not None:
            return guarded(self._held.stamp, functools.partial(question, self._held))
        for tries_left in reversed(range(_TRIES)):
            snapshot = self._current()
            try:
                return guarded(snapshot.stamp, functools.partial(question, snapshot))
            except FileNotFoundError:
                self._forget()
                if not tries_left:
                    raise
        raise AssertionError

    def _current(self) -> Snapshot:
        """Return the snapshot of the live index, opened anew when another one went live."""
        from archive.search.whoosh.snapshot import Snapshot

        last = self._snapshot
        if last is not None and self._is_current(last):
            return last
        for tries_left in reversed(range(_TRIES)):
            stamp = checked_stamp(self._directory)
            marks = marks_of(self._directory, stamp.folder)
            if read_stamp(self._directory) != stamp:  # another one became live before its marks were taken
                continue
            try:
                opened = guarded(stamp, functools.partial(Snapshot, stamp))
            except FileNotFoundError:
                if not tries_left:
                    raise
                continue
            self._forget()
            self._snapshot, self._marks = opened, marks
            return opened
        raise self._changing()

    def _changing(self) -> ArchiveBusyError:
        return ArchiveBusyError(self._directory, "is being changed all the time", hint="Try again later.")

    def _is_current(self, snapshot: Snapshot) -> bool:
        """Tell whether a snapshot that was opened here is still the live one."""
        return bool(self._marks) and marks_of(self._directory, snapshot.stamp.folder) == self._marks

    def _forget(self) -> None:
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None
