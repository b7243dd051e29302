"""Where do the postings of a term lie? Reads the term table that Whoosh writes for each segment.

Whoosh's own reader costs more time to load than a whole search takes, so a search reads its files without it. The
format (W3, `HSH3`) has not changed since 2012: pairs of key and value in order of the keys, hash tables that are not
needed here, a pickle with the numbers of the fields, and at the end the position of each pair.
"""

import mmap
import pickle
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_MAGIC = b"HSH3"
_PAIR = struct.Struct("!ii")  # lengths of key and value, before each pair
_FIELD = struct.Struct("!H")  # before each key
_INT = struct.Struct("!i")
_DIRECTORY = struct.Struct("!qi")
_DIRECTORY_SIZE = 256 * _DIRECTORY.size
_FREQUENCY = struct.Struct("!I")
_FREQUENCY_AT = 5  # in a value: behind flags and total weight
_EXTENT = struct.Struct("!qi")
_EXTENT_AT = 23


class Extent(NamedTuple):
    """Where the postings of a term lie in their file, and in how many documents it stands."""

    offset: int
    length: int
    frequency: int


class TermTable:
    """The terms of one segment."""

    def __init__(self, path: Path) -> None:
        self._map = map_file(path)
        if self._map[: len(_MAGIC)] != _MAGIC:
            raise ValueError(f"{path} is no table of terms")
        (length,) = _INT.unpack_from(self._map, len(self._map) - _INT.size)
        extras_at = len(self._map) - _INT.size - length
        self._map.seek(extras_at)
        extras = pickle.load(self._map)  # noqa: S301 - checked by the stamp
        self._positions_at = self._map.tell()
        self._position = struct.Struct(f"!{extras['indextype']}")
        self._count = int(extras["indexlen"])
        self._fields = {str(name): _FIELD.pack(number) for name, number in extras["fieldmap"].items()}
        (self._end, _) = _DIRECTORY.unpack_from(self._map, extras_at - _DIRECTORY_SIZE)

    @property
    def fields(self) -> list[str]:
        """The fields that have terms."""
        return list(self._fields)

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()

    def find(self, field: str, term: str) -> Extent | None:
        """Return where the postings of a term lie; None for a term that is not there."""
        prefix = self._fields.get(field)
        if prefix is None:
            return None
        key = prefix + term.encode()
        at = self._first_from(key)
        if at is None:
            return None
        key_length, _ = _PAIR.unpack_from(self._map, at)
        value_at = at + _PAIR.size + key_length
        if self._map[at + _PAIR.size : value_at] != key:
            return None
        offset, length = _EXTENT.unpack_from(self._map, value_at + _EXTENT_AT)
        (frequency,) = _FREQUENCY.unpack_from(self._map, value_at + _FREQUENCY_AT)
        return Extent(offset, length, frequency)

    def from_prefix(self, field: str, start: str) -> Iterator[str]:
        """Yield the terms of a field that start with some letters, in order of their bytes."""
        prefix = self._fields.get(field)
        at = None if prefix is None else self._first_from(prefix + start.encode())
        if prefix is None or at is None:
            return
        key_start, skip = prefix + start.encode(), len(prefix)
        unpack, data, end = _PAIR.unpack_from, self._map, self._end
        while at < end:
            key_length, value_length = unpack(data, at)
            key_at = at + _PAIR.size
            key = data[key_at : key_at + key_length]
            if not key.startswith(key_start):
                return
            yield key[skip:].decode()
            at = key_at + key_length + value_length

    def _first_from(self, key: bytes) -> int | None:
        """Return where the first pair lies whose key is not before `key`."""
        data, position, base = self._map, self._position, self._positions_at
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            (at,) = position.unpack_from(data, base + middle * position.size)
            (length, _) = _PAIR.unpack_from(data, at)
            if data[at + _PAIR.size : at + _PAIR.size + length] < key:
                low = middle + 1
            else:
                high = middle
        if low == self._count:
            return None
        return int(position.unpack_from(data, base + low * position.size)[0])


def map_file(path: Path) -> mmap.mmap:
    """Map a file into memory for reading."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
