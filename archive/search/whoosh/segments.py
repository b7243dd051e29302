"""What does one segment of the index hold for a term?

Posting lists are taken block by block, not posting by posting: a list of numbers then costs no more than unpickling it.
Beside Whoosh's files each segment has four of our own, written when it is complete:

    .lengths    how many words each document has, 16 bits each
    .ids        the id of each document, all of the same width
    .lexicon    the words that its documents brought into the archive, one a line
    .read       of each document how many words were judged and how many signs of damage there are, 16 bits each
"""

import mmap
import pickle
import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from archive.search.whoosh.terms import TermTable, map_file

TERMS, POSTINGS = ".trm", ".pst"
LENGTHS, IDS, LEXICON, READ = ".lengths", ".ids", ".lexicon", ".read"
MAX_LENGTH = 65_535

_HEADER = 4  # bytes before the first block of a posting list
_LENGTH = struct.Struct("!i")


class SegmentFacts(NamedTuple):
    """What the stamp says of a segment: how its files' names start, its documents, its words, which are deleted."""

    name: str
    size: int
    words: int
    deleted: tuple[int, ...] = ()


class Block(NamedTuple):
    """Some postings of a term: document numbers in order, weights (None: all are 1), values joined."""

    ids: Sequence[int]
    weights: Sequence[float] | None
    values: bytes


class Segment:
    """One segment, opened for reading; `offset` is added to its document numbers."""

    def __init__(self, folder: Path, facts: SegmentFacts, offset: int) -> None:
        self.facts = facts
        self.offset = offset
        self._base = folder / facts.name
        self._terms = TermTable(folder / f"{facts.name}{TERMS}")
        self._postings = map_file(folder / f"{facts.name}{POSTINGS}")
        self._ids: mmap.mmap | None = None

    @property
    def fields(self) -> list[str]:
        """The fields that have terms."""
        return self._terms.fields

    def close(self) -> None:
        """Let go of the files."""
        self._terms.close()
        self._postings.close()
        if self._ids is not None:
            self._ids.close()

    def has(self, field: str, term: str) -> bool:
        """Tell whether a term stands in a field."""
        return self._terms.find(field, term) is not None

    def frequency(self, field: str, term: str) -> int:
        """Return in how many documents a term stands, deleted ones included."""
        extent = self._terms.find(field, term)
        return extent.frequency if extent else 0

    def terms_from(self, field: str, prefix: str) -> Iterator[str]:
        """Yield the terms of a field that start with a prefix, in order."""
        return self._terms.from_prefix(field, prefix)

    def blocks(self, field: str, term: str) -> Iterator[Block]:
        """Yield the postings of a term, block by block; nothing for a term that is not there."""
        extent = self._terms.find(field, term)
        if extent:
            yield from _read_blocks(self._postings, extent.offset, self.offset)

    def lengths(self) -> Sequence[int]:
        """Return how many words each document has."""
        return array("H", self._read(LENGTHS))

    def judged(self) -> Sequence[int]:
        """Return how many words of each document were judged and how many signs of damage it has, by turns."""
        return array("H", self._read(READ))

    def lexicon(self) -> list[str]:
        """Return the words that the documents of this segment brought into the archive."""
        text = self._read(LEXICON).decode()
        return text.split("\n") if text else []

    def ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the ids of some documents, by their numbers in the whole index."""
        if not numbers:
            return {}
        if self._ids is None:
            self._ids = map_file(self._base.with_name(f"{self.facts.name}{IDS}"))
        data = self._ids
        width = len(data) // max(1, self.facts.size)
        starts = {number: (number - self.offset) * width for number in numbers}
        return {number: data[start : start + width].rstrip(b"\0").decode() for number, start in starts.items()}

    def _read(self, ending: str) -> bytes:
        return self._base.with_name(f"{self.facts.name}{ending}").read_bytes()


def merged_postings(segment: Segment) -> Iterator[tuple[str, bytes, int, float, bytes]]:
    """Yield all postings that are not of deleted documents, as Whoosh's writer wants them when it merges segments."""
    deleted = frozenset(segment.facts.deleted)
    for field in sorted(segment.fields):
        for term in segment.terms_from(field, ""):
            key = term.encode()
            for block in segment.blocks(field, term):
                values = split_values(block.values) if block.values else [b""] * len(block.ids)
                for at, number in enumerate(block.ids):
                    if number not in deleted:
                        yield field, key, number, 1.0 if block.weights is None else block.weights[at], values[at]


def split_values(values: bytes) -> list[bytes]:
    """Take the joined position values of a block apart."""
    numbers = array("H", values)
    found: list[bytes] = []
    at = 0
    while at < len(numbers):
        end = at + 1 + numbers[at]
        found.append(numbers[at:end].tobytes())
        at = end
    return found


def _read_blocks(data: mmap.mmap, at: int, offset: int) -> Iterator[Block]:
    """Yield the blocks of one posting list as Whoosh's W3PostingsWriter wrote it."""
    at += _HEADER
    last = False
    while not last:
        (length,) = _LENGTH.unpack_from(data, at)
        last = length < 0
        at += _LENGTH.size
        file = BytesIO(data[at : at + abs(length)])
        at += abs(length)
        info = pickle.load(file)  # noqa: S301 - checked by the stamp
        rest = file.read()
        ids, weights, values = pickle.loads(zlib.decompress(rest) if info[3] else rest)  # noqa: S301 - the same
        if isinstance(weights, float):
            weights = (weights,) * len(ids)
        yield Block(list(accumulate(ids, initial=offset))[1:], weights, values or b"")
