"""How are the words of an issue kept, and the changes to its text?

Words are kept in parts, so that a search that needs the boxes of a few reads one part and not the issue: a line of JSON
(version, roles; where in the raw text each part starts, and of how many bytes it is) and the parts, each
compressed. A part has columns of whole numbers (hundredths of a point, thousandths of confidence), each number as the
difference from the one before it: some ten bytes a word. Before version 2 all was one part, the line of JSON in it.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, pairwise
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model.issues import Edit, WordSpan
    from archive.model.pages import BlockRole, Box

_VERSION = 2
_PART = 256  # words
_COLUMNS = ("start", "end", "page", "confidence", "role", "block", "x0", "y0", "x1", "y1")
_SIDES = ("x0", "y0", "x1", "y1")
_NOTHING = -(2**30)  # stands for None in a column of numbers
_LARGEST = 2**29  # so that the difference of any two numbers fits 32 bits
_BOX_UNIT = 100
_CONFIDENCE_UNIT = 1000


def pack_words(words: Sequence[WordSpan]) -> bytes:
    """Pack the words of an issue, which are in order of the raw text; boxes to a hundredth of a point."""
    roles = list(dict.fromkeys(word.role for word in words))
    some = [words[at : at + _PART] for at in range(0, len(words), _PART)]
    parts = [zlib.compress(_numbers_of(part, roles).tobytes()) for part in some]
    head = {
        "version": _VERSION,
        "roles": [role.value for role in roles],
        "starts": [part[0].start for part in some],
        "bytes": [len(part) for part in parts],
    }
    return json.dumps(head).encode() + b"\n" + b"".join(parts)


def _numbers_of(words: Sequence[WordSpan], roles: Sequence[BlockRole]) -> array[int]:
    boxes = [word.box for word in words]
    columns: list[list[int]] = [
        [word.start for word in words],
        [word.end for word in words],
        [word.page for word in words],
        [_to_whole(word.confidence, _CONFIDENCE_UNIT) for word in words],
        [roles.index(word.role) for word in words],
        [word.block for word in words],
        *([_to_whole(getattr(box, side, None), _BOX_UNIT) for box in boxes] for side in _SIDES),
    ]
    numbers = array("i")
    for column in columns:
        numbers.extend(_differences(column))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def unpack_words(packed: bytes) -> tuple[WordSpan, ...]:
    """Return the words of an issue."""
    from archive.model.issues import WordSpan
    from archive.model.pages import BlockRole

    kept = _Kept(packed)
    roles = [BlockRole(name) for name in kept.roles]
    return tuple(
        WordSpan(start, end, page, _to_box(box), _from_whole(sure, _CONFIDENCE_UNIT), roles[role], block)
        for part in range(len(kept.starts))
        for start, end, page, sure, role, block, *box in zip(
            *(kept.column(part, name) for name in _COLUMNS), strict=True
        )
    )


def pack_changes(edits: Iterable[Edit]) -> bytes:
    """Pack the edits of an issue; what each replaced stands in the raw text."""
    rows = [(edit.start, edit.end, edit.after, edit.rule) for edit in edits]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode())


def unpack_changes(packed: bytes) -> list[tuple[int, int, str, str]]:
    """Return start, end, what came in that place, and the rule, of each edit of an issue."""
    return [(start, end, after, rule) for start, end, after, rule in json.loads(zlib.decompress(packed))]


def boxes_at(packed: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, float, float, float, float]]:
    """Yield page and sides of each word in some spans of the issue's raw text; words without a box are left out."""
    kept = _Kept(packed)
    found = [(part, place) for start, end in spans for part, place in kept.places(start, end)]
    asked: dict[int, list[int]] = {}
    for part, place in found:
        asked.setdefault(part, []).append(place)
    columns = {
        part: [_at_places(*kept.part(part), name, places) for name in ("page", *_SIDES)]
        for part, places in asked.items()
    }
    for part, place in found:
        page, *box = (column[place] for column in columns[part])
        if _NOTHING not in box:
            x0, y0, x1, y1 = (value / _BOX_UNIT for value in box)
            yield page, x0, y0, x1, y1


def pages_at(packed: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[int | None]:
    """Yield the page of the first word in each of some spans of the issue's raw text; None where there is no word."""
    kept = _Kept(packed)
    for start, _ in spans:
        pages = (kept.column(part, "page")[place] for part, place in kept.places(start, None))
        yield next(pages, None)


class _Kept:
    """The words of an issue as they are kept; each part, and each column of it, is read when it is asked for."""

    def __init__(self, packed: bytes) -> None:
        if packed.startswith(b"{"):
            head, _, body = packed.partition(b"\n")
            facts = json.loads(head)
            ends = list(accumulate(facts["bytes"], initial=0))
            self._packed = [body[start:end] for start, end in pairwise(ends)]
        else:
            head, _, body = zlib.decompress(packed).partition(b"\n")
            facts = {**json.loads(head), "starts": [0]}
            self._packed = [zlib.compress(body, 0)]
        self.roles: list[str] = facts["roles"]
        self.starts: list[int] = facts["starts"]
        self._parts: dict[int, tuple[array[int], int]] = {}
        self._columns: dict[tuple[int, str], list[int]] = {}

    def part(self, number: int) -> tuple[array[int], int]:
        """Return the numbers of a part, and of how many words they are."""
        if number not in self._parts:
            numbers = array("i")
            numbers.frombytes(zlib.decompress(self._packed[number]))
            if sys.byteorder == "big":
                numbers.byteswap()
            self._parts[number] = numbers, len(numbers) // len(_COLUMNS)
        return self._parts[number]

    def column(self, part: int, name: str) -> list[int]:
        """Return a column of a part."""
        if (part, name) not in self._columns:
            numbers, count = self.part(part)
            at = _COLUMNS.index(name) * count
            self._columns[part, name] = list(accumulate(numbers[at : at + count]))
        return self._columns[part, name]

    def places(self, start: int, end: int | None) -> Iterator[tuple[int, int]]:
        """Yield part and place of each word in a span of the raw text, which may be open at its end."""
        last = len(self.starts) if end is None else bisect_left(self.starts, end)
        for part in range(max(0, bisect_right(self.starts, start) - 1), last):
            starts, ends = self.column(part, "start"), self.column(part, "end")
            to = len(starts) if end is None else bisect_left(starts, end)
            yield from ((part, place) for place in range(bisect_right(ends, start), to))


def _at_places(numbers: array[int], count: int, name: str, places: Iterable[int]) -> dict[int, int]:
    """Return what a column holds at a few places, without spelling it all out."""
    first = at = _COLUMNS.index(name) * count
    value, found = 0, {}
    for place in sorted(set(places)):
        value += sum(numbers[at : first + place + 1])
        at = first + place + 1
        found[place] = value
    return found


def _differences(numbers: Sequence[int]) -> Iterator[int]:
    return map(sub, numbers, chain((0,), numbers))


def _to_whole(value: float | None, unit: int) -> int:
    return _NOTHING if value is None else max(-_LARGEST, min(_LARGEST, round(value * unit)))


def _from_whole(value: int, unit: int) -> float | None:
    return None if value == _NOTHING else value / unit


def _to_box(sides: Sequence[int]) -> Box | None:
    from archive.model.pages import Box

    if _NOTHING in sides:
        return None
    x0, y0, x1, y1 = sides
    return Box(x0 / _BOX_UNIT, y0 / _BOX_UNIT, x1 / _BOX_UNIT, y1 / _BOX_UNIT)
