"""Where do the postings of a term lie?

    term after term, each with a line feed · the first eight bytes of each as a number · where each term begins ·
    where its postings begin · where the places of each word begin · a line of JSON · how long that line is

The numbers are of 64 and 32 bits, in order; with the first bytes at hand a term is found in a few comparisons, and the
terms that start alike, their postings and their places, lie side by side.
"""

import json
import mmap
from array import array
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import BinaryIO, NamedTuple

from archive.search.whoosh.layout import TERMS, WORDS

MAGIC = "archive terms 1"
_HEAD = 8  # bytes of a term that are kept as a number
_LENGTH = 8  # bytes of the number at the end


class Field(NamedTuple):
    """The terms of a field, by their numbers."""

    first: int
    end: int


class TermTable:
    """The terms of one segment."""

    def __init__(self, path: Path) -> None:
        self._map = map_file(path)
        data = self._map
        size = int.from_bytes(data[-_LENGTH:], "big")
        about = json.loads(data[-_LENGTH - size : -_LENGTH])
        if about["is"] != MAGIC:
            raise ValueError(f"{path} is no table of terms")
        count, words = int(about["terms"]), int(about["words"])
        self._fields = {str(name): Field(first, end) for name, (first, end) in about["fields"].items()}
        at = int(about["at"])
        self._heads, at = self._column(at, count, "Q")
        self._begins, at = self._column(at, count + 1, "I")
        self.postings, at = self._column(at, count + 1, "I")
        self.places, at = self._column(at, words + 1, "I")

    @property
    def fields(self) -> dict[str, Field]:
        """The fields that have terms."""
        return self._fields

    def close(self) -> None:
        """Let go of the file; it is closed when nothing taken from it is in use any more."""
        self._heads = self._begins = self.postings = self.places = memoryview(b"").cast("I")
        self._fields = {}

    def find(self, field: str, term: str) -> int | None:
        """Return the number of a term; None for one that is not there."""
        if field not in self._fields:
            return None
        key = term.encode()
        heads, (first, end) = self._heads, self._fields[field]
        head = int.from_bytes(key[:_HEAD].ljust(_HEAD, b"\0"), "big")
        first = bisect_left(heads, head, first, end)
        if first == end or heads[first] != head:
            return None
        if len(key) >= _HEAD:
            first = self._first_from(key, first, bisect_right(heads, head, first, end))
        begins = self._begins
        return first if first < end and self._map[begins[first] : begins[first + 1] - 1] == key else None

    def starting(self, field: str, start: bytes) -> tuple[int, int]:
        """Return the number of the first term of a field that starts with some bytes, and the one after the last."""
        if field not in self._fields:
            return 0, 0
        first, end = self._fields[field]
        head = start[:_HEAD]
        first = bisect_left(self._heads, int.from_bytes(head.ljust(_HEAD, b"\0"), "big"), first, end)
        last = int.from_bytes(head.ljust(_HEAD, b"\xff"), "big")
        if first == end or self._heads[first] > last:
            return first, first
        end = bisect_right(self._heads, last, first, end)
        if len(start) <= _HEAD:
            return first, end
        first = self._first_from(start, first, end)
        after = start[:-1] + bytes((start[-1] + 1,))  # UTF-8 holds no byte 0xff
        return first, self._first_from(after, first, end)

    def text(self, first: int, end: int) -> str:
        """Return some terms in a row, each with a line feed behind it."""
        return self._map[self._begins[first] : self._begins[end]].decode()

    def _first_from(self, key: bytes, low: int, high: int) -> int:
        data, begins = self._map, self._begins
        while low < high:
            middle = (low + high) // 2
            if data[begins[middle] : begins[middle + 1] - 1] < key:
                low = middle + 1
            else:
                high = middle
        return low

    def _column(self, at: int, count: int, kind: str) -> "tuple[memoryview[int], int]":
        end = at + count * array(kind).itemsize
        return memoryview(self._map)[at:end].cast(kind), end  # type: ignore[call-overload]  # as array names them


class TermWriter:
    """Writes the terms of one segment, which come in order of field and term."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.with_name(path.name + TERMS).open("wb")
        self._heads, self._begins = array("Q"), array("I", [0])
        self._postings, self._places = array("I", [0]), array("I", [0])
        self._fields: dict[str, list[int]] = {}

    def add(self, field: str, term: str, postings: int, places: int) -> None:
        """Note a term, how many postings it has, and how many places if it is a word."""
        data = term.encode()
        number = len(self._heads)
        self._fields.setdefault(field, [number, number])[1] = number + 1
        self._heads.append(int.from_bytes(data[:_HEAD].ljust(_HEAD, b"\0"), "big"))
        self._begins.append(self._begins[-1] + len(data) + 1)
        self._postings.append(self._postings[-1] + postings)
        if field == WORDS:
            self._places.append(self._places[-1] + places)
        self._file.write(data + b"\n")

    def close(self) -> None:
        """Finish the file."""
        at = self._begins[-1]
        self._file.write(bytes(-at % _HEAD))
        for column in (self._heads, self._begins, self._postings, self._places):
            self._file.write(column.tobytes())
        about = {"is": MAGIC, "at": at + -at % _HEAD, "terms": len(self._heads), "words": len(self._places) - 1}
        line = json.dumps({**about, "fields": self._fields}).encode()
        self._file.write(line + len(line).to_bytes(_LENGTH, "big"))
        self._file.close()


def map_file(path: Path) -> mmap.mmap:
    """Map a file into memory for reading."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
