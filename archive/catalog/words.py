"""How are the words of an issue kept, and the changes to its text?

Words are columns of whole numbers (hundredths of a point, thousandths of confidence), each number as the difference
from the one before it, compressed: some six bytes a word. A search that needs a few boxes reads a few columns only.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model.issues import Edit, WordSpan
    from archive.model.pages import Box

_COLUMNS = ("start", "end", "page", "confidence", "role", "block", "x0", "y0", "x1", "y1")
_SIDES = ("x0", "y0", "x1", "y1")
_NOTHING = -(2**30)  # stands for None in a column of numbers
_LARGEST = 2**29  # so that the difference of any two numbers fits 32 bits
_BOX_UNIT = 100
_CONFIDENCE_UNIT = 1000


def pack_words(words: Sequence[WordSpan]) -> bytes:
    """Pack the words of an issue, boxes to a hundredth of a point."""
    roles = list(dict.fromkeys(word.role for word in words))
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
    head = json.dumps({"version": 1, "count": len(words), "roles": [role.value for role in roles]})
    return zlib.compress(head.encode() + b"\n" + numbers.tobytes())


def unpack_words(packed: bytes) -> tuple[WordSpan, ...]:
    """Return the words of an issue."""
    from archive.model.issues import WordSpan
    from archive.model.pages import BlockRole

    names, count, numbers = _open(packed)
    roles = [BlockRole(name) for name in names]
    columns = [_column(numbers, count, name) for name in _COLUMNS]
    return tuple(
        WordSpan(start, end, page, _to_box(box), _from_whole(sure, _CONFIDENCE_UNIT), roles[role], block)
        for start, end, page, sure, role, block, *box in zip(*columns, strict=True)
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
    _, count, numbers = _open(packed)
    starts, ends = (_column(numbers, count, name) for name in ("start", "end"))
    places = [place for start, end in spans for place in range(bisect_right(ends, start), bisect_left(starts, end))]
    pages, *sides = (_at_places(numbers, count, name, places) for name in ("page", *_SIDES))
    for place in places:
        box = [side[place] for side in sides]
        if _NOTHING not in box:
            x0, y0, x1, y1 = (value / _BOX_UNIT for value in box)
            yield pages[place], x0, y0, x1, y1


def pages_at(packed: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[int | None]:
    """Yield the page of the first word in each of some spans of the issue's raw text; None where there is no word."""
    _, count, numbers = _open(packed)
    ends, pages = (_column(numbers, count, name) for name in ("end", "page"))
    for start, _ in spans:
        place = bisect_right(ends, start)
        yield pages[place] if place < count else None


def _open(packed: bytes) -> tuple[list[str], int, array[int]]:
    head, _, body = zlib.decompress(packed).partition(b"\n")
    facts = json.loads(head)
    numbers = array("i")
    numbers.frombytes(body)
    if sys.byteorder == "big":
        numbers.byteswap()
    return facts["roles"], facts["count"], numbers


def _column(numbers: array[int], count: int, name: str) -> list[int]:
    at = _COLUMNS.index(name) * count
    return list(accumulate(numbers[at : at + count]))


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
