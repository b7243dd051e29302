"""Which postings does a new segment have? Gathers them in memory, and on disk where they are many.

Whoosh's own pool keeps a tuple for each posting and sorts them all. Documents come in order of their numbers, so here
each term has lists that only grow, and what is sorted is terms.
"""

import heapq
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from archive.search.whoosh.layout import IN_HEADING, MAX_WEIGHT, WORDS
from archive.search.whoosh.segments import PostingFiles, TermPostings, write_postings
from archive.tuples import NamedTuple

_MOST_TERMS = 60_000  # in memory; some 25 MB
_MOST_PLACES = 2_000_000
_KEY = attrgetter("field", "term")


@dataclass(slots=True)
class Seen:
    """A word in a section: its weight, whether the heading holds it, and its places counted from the section's own."""

    weight: int
    in_heading: bool
    places: list[int]


class Pool:
    """Postings on their way into a segment, what is merged into it included."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._words: dict[str, tuple[array[int], bytearray, array[int]]] = {}
        self._facts: dict[str, dict[str, array[int]]] = {}
        self._terms = 0  # in other fields than that of words
        self._places = 0
        self._sources: list[Iterable[TermPostings]] = []
        self._runs: list[Path] = []
        self._open: list[PostingFiles] = []

    def add_words(self, document: int, start: int, words: Mapping[str, Seen]) -> None:
        """Note the words of a section whose places begin at `start`."""
        known = self._words
        for word, seen in words.items():
            lists = known.get(word)
            if lists is None:
                lists = known[word] = (array("I"), bytearray(), array("I"))
            lists[0].append(document)
            lists[1].append(min(seen.weight, MAX_WEIGHT) | (IN_HEADING if seen.in_heading else 0))
            lists[2].extend([start + place for place in seen.places])
            self._places += len(seen.places)
        if len(known) >= _MOST_TERMS or self._places >= _MOST_PLACES:
            self._spill()

    def add_terms(self, document: int, field: str, terms: Iterable[str]) -> None:
        """Note the terms that a document has in another field."""
        known = self._facts.setdefault(field, {})
        for term in terms:
            if self._terms >= _MOST_TERMS:
                self._spill()
                known = self._facts.setdefault(field, {})
            line = term.replace("\n", " ")
            documents = known.get(line)
            if documents is None:
                known[line] = array("I", (document,))
                self._terms += 1
            else:
                documents.append(document)

    def merge(self, files: PostingFiles, move: "Move") -> None:
        """Take in the postings of another segment, moved behind those that are here; it is closed at the end."""
        self._spill()
        self._open.append(files)
        self._sources.append(_moved(files.items(), move))

    def iter_postings(self) -> Iterator[TermPostings]:
        """Yield every term in order of field and term, with all of its postings."""
        sources = [*self._sources, self._in_memory()]
        if len(sources) == 1:
            yield from sources[0]
            return
        for _, same in groupby(heapq.merge(*sources, key=_KEY), key=_KEY):
            first, *others = same
            yield first.followed_by(others) if others else first

    def cleanup(self) -> None:
        """Remove what was put on disk."""
        for files in self._open:
            files.close()
        for path in self._runs:
            for file in path.parent.glob(f"{path.name}.*"):
                file.unlink()
        self._open, self._runs, self._sources = [], [], []

    def _in_memory(self) -> Iterator[TermPostings]:
        for field, known in sorted(self._facts.items()):
            for term in sorted(known):
                yield TermPostings(field, term, known[term])
        for word in sorted(self._words):
            yield TermPostings(WORDS, word, *self._words[word])

    def _spill(self) -> None:
        if not self._words and not self._facts:
            return
        path = self._folder / f"run{len(self._runs)}"
        write_postings(path, self._in_memory())
        self._words, self._facts, self._terms, self._places = {}, {}, 0, 0
        self._runs.append(path)
        files = PostingFiles(path)
        self._open.append(files)
        self._sources.append(files.items())


def _moved(items: Iterable[TermPostings], by: "Move") -> Iterator[TermPostings]:
    """Yield the postings of a segment under the numbers that they get in another one, without deleted documents."""
    gone = frozenset(by.deleted)
    for item in items:
        if gone and not gone.isdisjoint(item.documents):
            kept = by.without_deleted(item)
            if not kept.documents:
                continue
            item = kept  # noqa: PLW2901 - what is left of it
        documents = array("I", map(by.number, item.documents) if gone else map(by.shift.__add__, item.documents))
        yield item._replace(documents=documents, places=array("I", map(by.places.__add__, item.places)))


class Move(NamedTuple):
    """How documents and places of a segment are counted in another one.

    Attributes:
        shift: What is added to the number of a document before which none was deleted.
        places: What is added to each place.
        deleted: Documents that stay behind, in order.
        marks: Where the places of each document begin, by turns of its heading and of its text.
    """

    shift: int
    places: int
    deleted: tuple[int, ...]
    marks: Sequence[int]

    def number(self, document: int) -> int:
        """Return the number that a document gets."""
        return document + self.shift - bisect_right(self.deleted, document)

    def without_deleted(self, item: TermPostings) -> TermPostings:
        """Return the postings of a term that are not of deleted documents."""
        gone = frozenset(self.deleted)
        left = [at for at, document in enumerate(item.documents) if document not in gone]
        places = [place for place in item.places if (bisect_right(self.marks, place) - 1) // 2 not in gone]
        return item._replace(
            documents=array("I", [item.documents[at] for at in left]),
            weights=bytes(item.weights[at] for at in left) if item.weights else b"",
            places=array("I", places),
        )
