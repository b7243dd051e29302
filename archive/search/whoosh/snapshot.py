"""What does the index as a whole hold for a term, at one moment?

A snapshot is what one stamp names. It stays readable while a writer adds: on Linux a mapped file outlives its name.
"""

import pickle
import struct
import zlib
from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, TypeVar

from archive.errors import BrokenArchiveError
from archive.lexicon import NOTHING_LEARNED, Confusions, read_confusions
from archive.model.search import Reading
from archive.search.misread import Costs, believed_costs
from archive.search.whoosh.layout import CONFUSIONS, HEADING_ROOM, VOCABULARY
from archive.search.whoosh.segments import Segment
from archive.search.whoosh.stamp import Stamp, damaged_files

# Whoosh checks nothing that it reads; this is what damage looks like.
DAMAGE: tuple[type[Exception], ...] = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, ImportError, MemoryError),
    *(pickle.UnpicklingError, struct.error, zlib.error),
)

_T = TypeVar("_T")


class Snapshot:
    """The live index, opened for reading."""

    def __init__(self, stamp: Stamp) -> None:
        self.stamp = stamp
        self.segments: list[Segment] = []
        self.kept = 0
        offset = 0
        for facts in stamp.segments:
            self.segments.append(Segment(stamp.folder, facts, offset))
            offset += facts.size
        self.size = offset
        self.gone = frozenset(segment.offset + number for segment in self.segments for number in segment.facts.deleted)
        self.gone |= frozenset(self.documents(VOCABULARY, VOCABULARY))

    def close(self) -> None:
        """Let go of the files."""
        for segment in self.segments:
            segment.close()

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
        found = array("H")
        for segment in self.segments:
            found.extend(segment.lengths())
        return found

    @cached_property
    def judged(self) -> Sequence[int]:
        """How many words of each document were judged and how many signs of damage it has, by turns."""
        found = array("H")
        for segment in self.segments:
            found.extend(segment.judged())
        return found

    @cached_property
    def reading(self) -> Reading:
        """How well the whole archive could be read."""
        return Reading(sum(self.judged[::2]), sum(self.judged[1::2]), self.count)

    @cached_property
    def confusions(self) -> Confusions:
        """What this archive taught of how its print is misread."""
        path = self.stamp.folder / CONFUSIONS
        return read_confusions(path.read_text(encoding="utf-8")) if CONFUSIONS in self.stamp.files else NOTHING_LEARNED

    @cached_property
    def costs(self) -> Costs:
        """What each misreading costs in this archive, by what was meant and what was read."""
        return {**believed_costs(), **self.confusions.costs}

    @property
    def mean_length(self) -> float:
        """How many words a section has on average."""
        return max(1.0, sum(segment.facts.words for segment in self.segments) / max(1, self.count))

    def frequency(self, word: str) -> int:
        """Return in how many sections a word stands."""
        return sum(segment.frequency("words", word) for segment in self.segments)

    def has(self, field: str, term: str) -> bool:
        """Tell whether a term stands in a field."""
        return any(segment.has(field, term) for segment in self.segments)

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """Return the terms of a field that start with a prefix, in order."""
        found = [list(segment.terms_from(field, prefix)) for segment in self.segments]
        return found[0] if len(found) == 1 else sorted(set().union(*found))

    def linked(self, prefix: str, *, most: int) -> dict[str, str]:
        """Return the words that links starting with a prefix lead to, each with the rest of its link.

        At most `most` links of a segment are looked at.
        """
        found: dict[str, str] = {}
        for segment in self.segments:
            for link in islice(segment.terms_from("links", prefix), most):
                start, _, word = link.rpartition("\0")
                found.setdefault(word, start)
        return found

    def documents(self, field: str, term: str) -> list[int]:
        """Return the numbers of the documents that hold a term, in order."""
        return [number for segment in self.segments for block in segment.blocks(field, term) for number in block.ids]

    def weights(self, word: str) -> dict[int, float]:
        """Return the weight of a word in each document that holds it."""
        found: dict[int, float] = {}
        for segment in self.segments:
            for block in segment.blocks("words", word):
                found.update(
                    dict.fromkeys(block.ids, 1.0)
                    if block.weights is None
                    else zip(block.ids, block.weights, strict=True)
                )
        return found

    def positions(self, word: str, among: Collection[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the positions of a word in each of some documents."""
        wanted = among if isinstance(among, (set, frozenset)) else set(among)
        for segment in self.segments:
            for block in segment.blocks("words", word):
                if wanted.isdisjoint(block.ids):
                    continue
                numbers = array("H", block.values)
                at = 0
                for number in block.ids:
                    end = at + 1 + numbers[at]
                    if number in wanted:
                        yield number, numbers[at + 1 : end]
                    at = end

    def in_headings(self, word: str) -> dict[int, float]:
        """Return the documents whose heading holds a word."""
        found: dict[int, float] = {}
        for segment in self.segments:
            for block in segment.blocks("words", word):
                numbers = array("H", block.values)
                at = 0
                for number in block.ids:
                    if numbers[at] and numbers[at + 1] < HEADING_ROOM:
                        found[number] = 1.0
                    at += 1 + numbers[at]
        return found

    @cached_property
    def lexicon(self) -> list[str]:
        """Every word of the archive; some may have left it."""
        words = [segment.lexicon() for segment in self.segments]
        return words[0] if len(words) == 1 else list(dict.fromkeys(word for some in words for word in some))

    def ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the ids of some sections."""
        found: dict[int, str] = {}
        wanted = sorted(numbers)
        for segment in self.segments:
            end = segment.offset + segment.facts.size
            found |= segment.ids([number for number in wanted if segment.offset <= number < end])
        return found

    @cached_property
    def expansions(self) -> dict[Hashable, Any]:
        """What words of queries stood for, kept while the snapshot is open; emptied when it grows large."""
        return {}

    @cached_property
    def leaves(self) -> dict[Hashable, Any]:
        """What parts of queries matched, kept in the same way; `kept` counts their sections."""
        return {}

    @cached_property
    def masks(self) -> dict[Hashable, bytes]:
        """Which sections filters let through, a byte for each; kept and emptied in the same way."""
        return {}

    @lru_cache(maxsize=32)  # noqa: B019 - a snapshot lives as long as its columns
    def column(self, field: str) -> dict[int, str]:
        """Return the value of a field with one value for each document that has one."""
        return {number: value for value in self.terms(field) for number in self.documents(field, value)}


def guarded(stamp: Stamp, work: Callable[[], _T]) -> _T:
    """Do something with an index, and tell damage by its right name.

    Large files are not read through before they are used. When something goes wrong they are: if they are whole, the
    fault is the program's own and stays what it is.

    Raises:
        BrokenArchiveError: what was read makes no sense.
    """
    try:
        return work()
    except DAMAGE as error:
        for name in damaged_files(stamp, every_byte=True):
            message = "this file of the full-text index is damaged"
            raise BrokenArchiveError(stamp.folder / name, message, hint="Run `archive reindex`.") from error
        raise
