"""What does the index as a whole hold for a term, at one moment?

A snapshot is what one stamp names. It stays readable while a writer adds: on Linux a mapped file outlives its name.
"""

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from archive.lexicon import NOTHING_LEARNED, Confusions, read_confusions
from archive.model.search import Reading
from archive.search.misread import MIN_LETTERS, Costs, costs_with, shape
from archive.search.stems import stems
from archive.search.whoosh.kept import KeptWords
from archive.search.whoosh.layout import CONFUSIONS, IN_HEADING, KEPT, LINKS, ODD, SEPARATOR, VOCABULARY, WORDS
from archive.search.whoosh.segments import Segment
from archive.search.whoosh.stamp import Stamp
from archive.tuples import NamedTuple


class Listed(NamedTuple):
    """The postings of a word: documents in order, and its weight in each."""

    documents: Sequence[int]
    weights: Sequence[int]


class Column(NamedTuple):
    """Which of some values each document has: counted from 1 in `codes`, 0 for none."""

    codes: Sequence[int]
    values: list[str]


class Snapshot:
    """The live index, opened for reading."""

    def __init__(self, stamp: Stamp, segments: Sequence[Segment] | None = None) -> None:
        self.stamp = stamp
        self.segments = list(_opened(stamp) if segments is None else segments)
        self.kept = 0
        self.size = sum(facts.size for facts in stamp.segments)
        self.gone = frozenset(segment.offset + number for segment in self.segments for number in segment.facts.deleted)
        self.gone |= frozenset(self.documents(VOCABULARY, VOCABULARY))

    def close(self) -> None:
        """Let go of the files."""
        self.forget()
        if "kept_words" in vars(self) and self.kept_words is not None:  # opened already
            self.kept_words.close()
        for segment in self.segments:
            segment.close()

    def forget(self) -> None:
        """Forget what was kept of earlier searches."""
        self.kept = 0
        for kept in (self.expansions, self.leaves, self.columns):
            kept.clear()

    def let_go(self) -> None:
        """Let the system take back the memory that the files are mapped to; what is asked for again is read again."""
        for each in (*self.segments, self.kept_words):
            if each is not None:
                each.let_go()

    @property
    def count(self) -> int:
        """How many sections there are."""
        return self.size - len(self.gone)

    @cached_property
    def everything(self) -> frozenset[int]:
        """The numbers of all sections."""
        return frozenset(range(self.size)) - self.gone

    @cached_property
    def lengths(self) -> Sequence[int]:
        """How many words each document has."""
        return _joined("H", [segment.lengths for segment in self.segments])

    @cached_property
    def reading(self) -> Reading:
        """How well the whole archive could be read."""
        words = sum(segment.read[-2] for segment in self.segments)
        return Reading(words, sum(segment.read[-1] for segment in self.segments), self.count)

    @cached_property
    def confusions(self) -> Confusions:
        """What this archive taught of how its print is misread."""
        path = self.stamp.folder / CONFUSIONS
        return read_confusions(path.read_text(encoding="utf-8")) if CONFUSIONS in self.stamp.files else NOTHING_LEARNED

    @cached_property
    def costs(self) -> Costs:
        """What each misreading costs in this archive, by what was meant and what was read."""
        return costs_with(self.confusions.costs)

    @cached_property
    def mean_length(self) -> float:
        """How many words a section has on average."""
        return max(1.0, sum(segment.facts.words for segment in self.segments) / max(1, self.count))

    def frequency(self, word: str) -> int:
        """Return in how many sections a word stands; deleted ones count until they are merged away."""
        return len(self.documents(WORDS, word))

    def has(self, field: str, term: str) -> bool:
        """Tell whether a term stands in a field."""
        for segment in self.segments:  # noqa: SIM110 - asked often, and any(…) costs as much as the look
            if segment.terms.find(field, term) is not None:
                return True
        return False

    def stems(self, word: str, language: str) -> tuple[str, ...]:
        """Return the stems of a word."""
        return stems(word, language)

    def is_odd(self, word: str) -> bool:
        """Tell whether no list knows a word, if it is long enough for that to be kept."""
        return len(word) >= MIN_LETTERS and self.has(LINKS, f"{ODD}{shape(word)}{SEPARATOR}{word}")

    def known(self, words: Sequence[str]) -> list[str]:
        """Return those of some words that the archive holds."""
        found = [segment.terms.known(words) for segment in self.segments]
        return found[0] if len(found) == 1 else [word for word in words if any(word in some for some in found)]

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """Return the terms of a field that start with a prefix, in order."""
        found = [self._texts(segment, field, prefix).split("\n")[:-1] for segment in self.segments]
        return found[0] if len(found) == 1 else sorted(set().union(*found))

    def holding(self, letters: str) -> list[str]:
        """Return the words that hold some letters, or end with them where the last is a line feed, in order."""
        found = [segment.terms.holding(WORDS, letters) for segment in self.segments]
        return found[0] if len(found) == 1 else sorted(set().union(*found))

    def texts(self, field: str, prefix: str = "") -> list[str]:
        """Return for each segment its terms that start with a prefix, each with a line feed behind it."""
        return [self._texts(segment, field, prefix) for segment in self.segments]

    def links(self, prefix: str, *, most: int) -> list[str]:
        """Return the links that start with a prefix; at most `most` of a segment are looked at."""
        found: list[str] = []
        key = prefix.encode()
        for segment in self.segments:
            first, end = segment.terms.linked(key)
            if first < end:
                found += segment.terms.text(first, min(end, first + most)).split("\n")[:-1]
        return found

    def linked(self, prefix: str, *, most: int) -> list[str]:
        """Return the words that links starting with a prefix lead to."""
        links = self.links(prefix, most=most)  # mostly none
        return list(dict.fromkeys([link.rpartition(SEPARATOR)[2] for link in links])) if links else []

    def documents(self, field: str, term: str) -> Sequence[int]:
        """Return the numbers of the documents that hold a term, in order."""
        found: Sequence[int] = ()
        for segment in self.segments:
            number = segment.terms.find(field, term)
            if number is not None:
                documents = _moved(segment, segment.documents(number, number + 1))
                found = [*found, *documents] if found else documents
        return found

    def documents_of_all(self, words: Sequence[str]) -> set[int]:
        """Return the documents that hold any of some words, which stand in order; words in a row are taken at once."""
        found: set[int] = set()
        for segment in self.segments:
            numbers = segment.terms.numbers(words)
            at = 0
            while at < len(numbers) and len(found) < self.count:
                end = at + 1
                while end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
                    end += 1
                found.update(_moved(segment, segment.documents(numbers[at], numbers[end - 1] + 1)))
                at = end
        return found

    def listed(self, word: str) -> Listed:
        """Return the postings of a word."""
        found = Listed((), b"")
        for segment in self.segments:
            number = segment.terms.find(WORDS, word)
            if number is not None:
                documents = _moved(segment, segment.documents(number, number + 1))
                weights = segment.weights(number, number + 1)
                if found.documents:
                    found = Listed([*found.documents, *documents], [*found.weights, *weights])
                else:
                    found = Listed(documents, weights)
        return found

    def in_headings(self, word: str) -> list[int]:
        """Return the documents whose heading holds a word."""
        found: list[int] = []
        for segment in self.segments:
            number = segment.terms.find(WORDS, word)
            if number is not None:
                documents = _moved(segment, segment.documents(number, number + 1))
                marked = segment.marked_weights(number, number + 1)
                found += [document for document, weight in zip(documents, marked, strict=True) if weight >= IN_HEADING]
        return found

    @cached_property
    def lexicon(self) -> list[str]:
        """Every word of the archive; some may have left it."""
        words = [segment.lexicon() for segment in self.segments]
        return words[0] if len(words) == 1 else list(dict.fromkeys(word for some in words for word in some))

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """The words of the archive by how many letters they have; some may have left it."""
        found: dict[int, list[str]] = {}
        for word in self.lexicon:
            found.setdefault(len(word), []).append(word)
        return found

    def ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the ids of some sections."""
        found: dict[int, str] = {}
        wanted = sorted(numbers)
        for segment in self.segments:
            first = bisect_left(wanted, segment.offset)
            found |= segment.ids(wanted[first : bisect_left(wanted, segment.offset + segment.facts.size)])
        return found

    @cached_property
    def kept_words(self) -> KeptWords | None:
        """What common words stand for, as it was found out when the first segment was made."""
        name = self.stamp.segments[0].name + KEPT if self.stamp.segments else ""
        return KeptWords(self.stamp.folder / name) if name in self.stamp.files else None

    @cached_property
    def later(self) -> "Snapshot":
        """All segments but the first: what was added after what common words stand for was found out."""
        return Snapshot(self.stamp, self.segments[1:])

    @cached_property
    def expansions(self) -> dict[Hashable, Any]:
        """What words of queries stood for, kept while the snapshot is open; emptied when it grows large."""
        return {}

    @cached_property
    def leaves(self) -> dict[Hashable, Any]:
        """What parts of queries matched, kept in the same way; `kept` counts their sections."""
        return {}

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns that were asked for."""
        return {}

    def column(self, field: str) -> Column:
        """Return which value of a field each document has; the values in order."""
        if field not in self.columns:
            values = self.terms(field)
            codes = [segment.column(field) for segment in self.segments]
            if len(codes) > 1:
                number_of = {value: number for number, value in enumerate(values, start=1)}
                for place, segment in enumerate(self.segments):
                    own = [0, *(number_of[value] for value in self._texts(segment, field, "").split("\n")[:-1])]
                    codes[place] = array("I", map(own.__getitem__, codes[place]))
            self.columns[field] = Column(_joined("I", codes), values)
        return self.columns[field]

    def _texts(self, segment: Segment, field: str, prefix: str) -> str:
        first, end = segment.terms.starting(field, prefix.encode())
        return segment.terms.text(first, end) if first < end else ""


def _opened(stamp: Stamp) -> Iterator[Segment]:
    """Open the segments that a stamp names, each behind those before it."""
    offset = 0
    for facts in stamp.segments:
        yield Segment(stamp.folder, facts, offset)
        offset += facts.size


def _moved(segment: Segment, documents: "memoryview[int]") -> Sequence[int]:
    """Return documents of a segment by their numbers in the whole index."""
    return list(map(segment.offset.__add__, documents)) if segment.offset else documents


def _joined(kind: str, parts: Sequence[Sequence[int]]) -> Sequence[int]:
    if len(parts) == 1:
        return parts[0]
    found = array(kind)
    for part in parts:
        found.frombytes(memoryview(part).cast("B"))  # type: ignore[arg-type]  # an array or a view of one
    return found
