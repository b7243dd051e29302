"""What does one segment of the index hold for a term? Its files are named in layout.py."""

import mmap
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from archive.search.whoosh.layout import (
    COLUMNS,
    COLUMNS_FILE,
    IDS,
    LENGTHS,
    LEXICON,
    MARKS,
    PLACES,
    POSTINGS,
    READ,
    TERMS,
    WEIGHTS,
    WORDS,
)
from archive.search.whoosh.terms import TermTable, TermWriter, map_file
from archive.tuples import NamedTuple

_PLAIN = bytes(number & 0x7F for number in range(256))  # weights without the mark of headings
_END = bytes(8)  # behind the postings, so that no file is empty
_LET_GO = 4096  # terms that are gone through before what was read of the files is let go of


class SegmentFacts(NamedTuple):
    """What the stamp says of a segment: how its files' names start, its documents, its words, which are deleted."""

    name: str
    size: int
    words: int
    deleted: tuple[int, ...] = ()


class TermPostings(NamedTuple):
    """A term and where it stands: documents in order, and of words the weight in each and all places in order."""

    field: str
    term: str
    documents: Sequence[int]
    weights: Sequence[int] = b""
    places: Sequence[int] = ()

    def followed_by(self, others: Iterable["TermPostings"]) -> "TermPostings":
        """Return it with the postings of others behind its own."""
        documents, weights, places = array("I", self.documents), bytearray(self.weights), array("I", self.places)
        for other in others:
            documents.extend(other.documents)
            weights += bytes(other.weights)
            places.extend(other.places)
        return self._replace(documents=documents, weights=weights, places=places)


class PostingFiles:
    """The terms of a segment and their postings, mapped into memory; each file when it is first needed."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self.terms = TermTable(base.with_name(base.name + TERMS))
        self._views: dict[str, memoryview[int]] = {}
        self._maps: list[mmap.mmap] = []
        self._first_word = self.terms.fields[WORDS].first if WORDS in self.terms.fields else 0

    def close(self) -> None:
        """Let go of the files; each is closed when nothing taken from it is in use any more."""
        self._views.clear()
        self._maps.clear()
        self.terms.close()

    def documents(self, first: int, end: int) -> "memoryview[int]":
        """Return the documents of some terms in a row, term after term."""
        starts = self.terms.postings
        return self.view(POSTINGS, "I")[starts[first] : starts[end]]

    def weights(self, first: int, end: int) -> bytes:
        """Return how weighty some words in a row are in each of their documents."""
        return self.marked_weights(first, end).translate(_PLAIN)

    def marked_weights(self, first: int, end: int) -> bytes:
        """Return the weights of some words in a row as they are kept: marked where the heading holds the word."""
        starts = self.terms.postings
        before = starts[self._first_word]
        return bytes(self.view(WEIGHTS, "B")[starts[first] - before : starts[end] - before])

    def places(self, first: int, end: int) -> "memoryview[int]":
        """Return the places of some words in a row, word after word."""
        starts = self.terms.places
        return self.view(PLACES, "I")[starts[first - self._first_word] : starts[end - self._first_word]]

    def items(self) -> Iterator[TermPostings]:
        """Yield every term in order of field and term; what was read does not stay in memory."""
        for field, (first, end) in sorted(self.terms.fields.items()):
            for number in range(first, end):
                if not number % _LET_GO:
                    self.let_go()
                term, documents = self.terms.text(number, number + 1)[:-1], self.documents(number, number + 1)
                if field == WORDS:
                    weights, places = self.marked_weights(number, number + 1), self.places(number, number + 1)
                    yield TermPostings(field, term, documents, weights, places)
                else:
                    yield TermPostings(field, term, documents)

    def view(self, ending: str, kind: str) -> "memoryview[int]":
        """Return the numbers in one of the files, without what makes their bytes whole."""
        if ending not in self._views:
            self._maps.append(map_file(self._base.with_name(self._base.name + ending)))
            data = memoryview(self._maps[-1])
            self._views[ending] = data[: -len(_END)].cast(kind)  # type: ignore[call-overload]  # as array names them
        return self._views[ending]

    def let_go(self) -> None:
        """Let the system take back the memory that the files are mapped to; what is asked for again is read again."""
        for each in (*self._maps, self.terms.mapped):
            each.madvise(mmap.MADV_DONTNEED)


class Segment(PostingFiles):
    """One segment, opened for reading; `offset` is added to its document numbers in the whole index."""

    def __init__(self, folder: Path, facts: SegmentFacts, offset: int) -> None:
        super().__init__(folder / facts.name)
        self.facts = facts
        self.offset = offset
        self._ids: bytes | mmap.mmap = b""

    @property
    def marks(self) -> Sequence[int]:
        """Where the places of heading and text of each document begin, by turns, and where the last end."""
        return self.view(MARKS, "I")

    @property
    def lengths(self) -> Sequence[int]:
        """How many words each document has."""
        return self.view(LENGTHS, "H")

    @property
    def read(self) -> Sequence[int]:
        """How many words were judged and signs of damage found before each document and at the end, by turns."""
        return self.view(READ, "I")

    def column(self, field: str) -> Sequence[int]:
        """Return which term of a field each document has, counted from 1; 0 for none."""
        at = COLUMNS.index(field) * self.facts.size
        return self.view(COLUMNS_FILE, "I")[at : at + self.facts.size]

    def lexicon(self) -> list[str]:
        """Return the words that the documents of this segment brought into the archive."""
        text = self._base.with_name(self.facts.name + LEXICON).read_text(encoding="utf-8")
        return text.split("\n") if text else []

    def ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the ids of some documents, by their numbers in the whole index."""
        if not numbers:
            return {}
        if not self._ids:
            self._ids = map_file(self._base.with_name(self.facts.name + IDS))
        data = self._ids
        width = len(data) // max(1, self.facts.size)
        starts = {number: (number - self.offset) * width for number in numbers}
        return {number: data[start : start + width].rstrip(b"\0").decode() for number, start in starts.items()}


def write_postings(base: Path, items: Iterable[TermPostings]) -> None:
    """Write terms and postings, which come in order."""
    with (
        closing(TermWriter(base)) as terms,
        base.with_name(base.name + POSTINGS).open("wb") as documents,
        base.with_name(base.name + WEIGHTS).open("wb") as weights,
        base.with_name(base.name + PLACES).open("wb") as places,
    ):
        for item in items:
            terms.add(item.field, item.term, len(item.documents), len(item.places))
            documents.write(item.documents)  # type: ignore[arg-type]  # an array or a view of numbers
            if item.weights:
                weights.write(item.weights)  # type: ignore[arg-type]
                places.write(item.places)  # type: ignore[arg-type]
        for file in (documents, weights, places):
            file.write(_END)


def write_column(path: Path, numbers: "array[int]") -> None:
    """Write numbers as `PostingFiles.view` reads them."""
    path.write_bytes(numbers.tobytes() + _END)
