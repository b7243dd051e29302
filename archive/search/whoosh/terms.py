"""Where do the postings of a term lie?

    term after term, each with a line feed · the first eight bytes of each as a number · where each term begins ·
    where its postings begin · where the places of each word begin · the first term of each key · a key for each hash,
    with as much of that as there is room for · a line of JSON · how long that line is

The numbers are of 64 and 32 bits, in order; with the first bytes at hand a term is found in a few comparisons, and the
terms that start alike, their postings and their places, lie side by side. What a search asks for by the dozen, words
and the links of one start, is a key, found by its hash at once; mostly it is not there, as the rest of its hash tells
without a look at the key.
"""

import json
import mmap
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from archive.search.whoosh.layout import LINKS, SEPARATOR, TERMS, WORDS
from archive.tuples import NamedTuple

MAGIC = "archive terms 3"
_HEAD = 8  # bytes of a term that are kept as a number
_LENGTH = 8  # bytes of the number at the end
_END = b"\n"  # of a term
_MARKS = {WORDS: _END, LINKS: SEPARATOR.encode()}  # at the end of a key
_NO_KEY = -1  # for the terms behind those of a key that have none themselves
_RARE = 32  # one in so many terms; those that hold letters that are more frequent are found sooner term by term
_FEWER = 12  # times; so many fewer words are found one by one in the time in which all are gone through
_ROOM = 4  # places for hashes, for each key; rounded up to a power of two


class Field(NamedTuple):
    """The terms of a field, by their numbers."""

    first: int
    end: int


class TermTable:
    """The terms of one segment."""

    def __init__(self, path: Path) -> None:
        self.mapped = map_file(path)
        data = self.mapped
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
        self._keys, at = self._column(at, int(about["keys"]) + 1, "I")
        self._hashes, at = self._column(at, int(about["hashes"]), "I")
        self._bits = int(about["keys"]).bit_length()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields that have terms."""
        return self._fields

    def close(self) -> None:
        """Let go of the file; it is closed when nothing taken from it is in use any more."""
        self._heads = self._begins = self.postings = self.places = memoryview(b"").cast("I")
        self._keys, self._hashes = self._heads, memoryview(bytes(4)).cast("I")
        self._fields = {}

    def find(self, field: str, term: str) -> int | None:
        """Return the number of a term; None for one that is not there."""
        line = term.encode() + _END
        if field == WORDS:
            first, end = self._of_key(line)
            return first if first < end else None
        key = _key_of(field, line)
        first, end = self._of_key(key) if key else self.starting(field, line[:-1])
        if key == line:
            return first if first < end else None
        first = self._first_from(line[:-1], first, end)
        return first if first < end and self.mapped[self._begins[first] : self._begins[first + 1]] == line else None

    def known(self, words: Iterable[str]) -> list[str]:
        """Return those of some words that are there."""
        hashes, most, found = self._hashes, len(self._hashes) - 1, []
        for word in words:
            key = word.encode() + _END
            if hashes[crc32(key) & most] and self._of_key(key)[1]:  # mostly there is nothing at its place
                found.append(word)
        return found

    def numbers(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of those of some words that are there; of very many all words are gone through."""
        first, end = self._fields.get(WORDS, (0, 0))
        if _FEWER * len(words) < end - first:
            return [number for number in (self.find(WORDS, word) for word in words) if number is not None]
        wanted = set(words)
        return [number for number, word in enumerate(self.text(first, end).split("\n"), first) if word in wanted]

    def linked(self, start: bytes) -> tuple[int, int]:
        """Return the number of the first link that starts with some bytes, and the one after the last."""
        return self._of_key(start) if start.endswith(_MARKS[LINKS]) else self.starting(LINKS, start)

    def starting(self, field: str, start: bytes) -> tuple[int, int]:
        """Return the number of the first term of a field that starts with some bytes, and the one after the last."""
        if field not in self._fields:
            return 0, 0
        if start and _key_of(field, start) == start:
            return self._of_key(start)
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
        return self.mapped[self._begins[first] : self._begins[end]].decode()

    def holding(self, field: str, letters: str) -> list[str]:
        """Return the terms of a field that hold some letters, or end with them where the last is a line feed."""
        first, end = self._fields.get(field, (0, 0))
        lines, wanted = self.mapped[self._begins[first] : self._begins[end]], letters.encode()
        found: list[bytes] = []
        at = lines.find(wanted)
        while at >= 0 and len(found) * _RARE <= end - first:
            line_end = lines.find(_END, at)
            found.append(lines[lines.rfind(_END, 0, at) + 1 : line_end])
            at = lines.find(wanted, line_end)
        if at < 0:
            return [term.decode() for term in found]
        every, ending = lines.decode().split("\n")[:-1], letters.removesuffix("\n")
        return [term for term in every if (letters in term if ending == letters else term.endswith(ending))]

    def name(self, number: int) -> str:
        """Return one term."""
        return self.mapped[self._begins[number] : self._begins[number + 1] - 1].decode()

    def _of_key(self, key: bytes) -> tuple[int, int]:
        """Return the number of the first term of a key, and the one after the last."""
        hashes, bits = self._hashes, self._bits
        most, code = len(hashes) - 1, crc32(key)
        at, rest = code & most, code >> bits
        while place := hashes[at]:
            if place >> bits == rest:
                place &= (1 << bits) - 1
                first = self._keys[place - 1]
                begin = self._begins[first]
                if self.mapped[begin : begin + len(key)] == key:
                    return first, self._keys[place]
            at = (at + 1) & most
        return 0, 0

    def _first_from(self, key: bytes, low: int, high: int) -> int:
        data, begins = self.mapped, self._begins
        while low < high:
            middle = (low + high) // 2
            if data[begins[middle] : begins[middle + 1] - 1] < key:
                low = middle + 1
            else:
                high = middle
        return low

    def _column(self, at: int, count: int, kind: str) -> "tuple[memoryview[int], int]":
        end = at + count * array(kind).itemsize
        return memoryview(self.mapped)[at:end].cast(kind), end  # type: ignore[call-overload]  # as array names them


class TermWriter:
    """Writes the terms of one segment, which come in order of field and term."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.with_name(path.name + TERMS).open("wb")
        self._heads, self._begins = array("Q"), array("I", [0])
        self._postings, self._places = array("I", [0]), array("I", [0])
        self._fields: dict[str, list[int]] = {}
        self._keys, self._hashes, self._key = array("I"), array("q"), b""

    def add(self, field: str, term: str, postings: int, places: int) -> None:
        """Note a term, how many postings it has, and how many places if it is a word."""
        data, number = term.encode(), len(self._heads)
        line = data + _END
        key = _key_of(field, line)
        if key != self._key:
            self._keys.append(number)
            self._hashes.append(crc32(key) if key else _NO_KEY)
            self._key = key
        self._fields.setdefault(field, [number, number])[1] = number + 1
        self._heads.append(int.from_bytes(data[:_HEAD].ljust(_HEAD, b"\0"), "big"))
        self._begins.append(self._begins[-1] + len(data) + 1)
        self._postings.append(self._postings[-1] + postings)
        if field == WORDS:
            self._places.append(self._places[-1] + places)
        self._file.write(line)

    def close(self) -> None:
        """Finish the file."""
        at = self._begins[-1]
        self._file.write(bytes(-at % _HEAD))
        hashes = _placed(self._hashes)
        counts = {"terms": len(self._heads), "words": len(self._places) - 1, "keys": len(self._keys)}
        self._keys.append(len(self._heads))
        for column in (self._heads, self._begins, self._postings, self._places, self._keys, hashes):
            self._file.write(column.tobytes())
        about = {"is": MAGIC, "at": at + -at % _HEAD, **counts, "hashes": len(hashes), "fields": self._fields}
        line = json.dumps(about).encode()
        self._file.write(line + len(line).to_bytes(_LENGTH, "big"))
        self._file.close()


def _key_of(field: str, line: bytes) -> bytes:
    """Return the part of a term's line by which it is found: of a word all, of a link its start, of others none."""
    mark = _MARKS.get(field)
    return line[: line.find(mark) + 1] if mark else b""


def _placed(hashes: Sequence[int]) -> "array[int]":
    """Return the keys, counted from 1, by their hashes; one whose place is taken stands in the next that is free.

    Above the bits of its number stand the highest of its hash.
    """
    most, bits = (1 << (_ROOM * len(hashes)).bit_length()) - 1, len(hashes).bit_length()
    places = array("I", bytes(4 * (most + 1)))
    for number, found in enumerate(hashes, start=1):
        at = found & most
        while places[at]:
            at = (at + 1) & most
        if found != _NO_KEY:
            places[at] = number | found >> bits << bits
    return places


def map_file(path: Path) -> mmap.mmap:
    """Map a file into memory for reading."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
