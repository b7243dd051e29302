"""What is kept in an index of what its words stand for?

    record after record · the number of each word · where its record begins · a line of JSON · how long that line is

    a record: how many common forms, documents of the whole word, of the rest, forms, and documents there are, the most
        of it in one, how many documents are told of at the end, and in how many bytes each · the common forms, each the
        number of a word and how it matches · the documents, 32 bits each as all before · what the forms weigh in each,
        16 bits · how each form matches, a byte · the forms, each with a line feed; some are several words · what all
        forms weigh in every document from the first on, where many documents hold them

Of a word that stands in one document, and for nothing but itself, the record is empty; about half of
all words are such, many of them misread.

Of the forms of a word those that are common are named by their numbers; those that are rare, and most are, have their
postings put together, and so have those that are several words, where these stand together: of the word itself and its
inflections, and of the rest. A document stands there once, with what all of them weigh together in tenths. Where a
large share of all documents holds any of them, what they weigh in each is written down as well: a document is asked
about at once then. What is kept of a word lies side by side, so that little of the disk is read.
"""

import json
import mmap
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import BinaryIO

from archive.model.search import MatchKind
from archive.search.whoosh.terms import map_file
from archive.tuples import NamedTuple

_KINDS = tuple(MatchKind)
_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_BITS = 3  # of a number that tell the kind
_MASK = (1 << _BITS) - 1
_COUNTS = 8  # numbers at the start of a record
_UNIT = 4  # bytes; records begin at multiples of it
_LENGTH = 8  # bytes of the number at the end
MOST_WEIGHT = 65_535
_NO_BLOCKS: Sequence[tuple[Sequence[int], Sequence[int]]] = (((), ()), ((), ()))
_WHOLE = 1_000_000  # what is a share of one, in millionths

# A word by its number, and how it matches.
Form = tuple[int, MatchKind]


class Kept(NamedTuple):
    """What one word stands for.

    Attributes:
        kinds: Its forms, and how each matches; empty where there are none but itself.
        common: Those that are common, by their numbers.
        blocks: The postings of the others, documents with their weights in tenths: of the whole word, of the rest.
        sections: How many documents hold any of the forms.
        peak: How near the best of them comes to the most that any weight can score, from 0 to 1.
        spread: What all forms weigh in every document, in tenths; empty where few documents hold any.
    """

    kinds: dict[str, MatchKind]
    common: Sequence[Form]
    blocks: Sequence[tuple[Sequence[int], Sequence[int]]]
    sections: int
    peak: float
    spread: Sequence[int]


class Postings(NamedTuple):
    """The postings of what a word stands for: its common forms, the weights of the others, and the rest of `Kept`."""

    common: Sequence[Form]
    blocks: Sequence[Mapping[int, int]]
    sections: int
    peak: float
    spread: "array[int]"


class KeptWords:
    """What was kept of the words of one segment."""

    def __init__(self, path: Path) -> None:
        self._bytes = memoryview(map_file(path))
        size = int.from_bytes(self._bytes[-_LENGTH:], "big")
        about = json.loads(bytes(self._bytes[-_LENGTH - size : -_LENGTH]))
        self.languages = tuple(str(language) for language in about["languages"])
        at, count = int(about["at"]), int(about["words"])
        self._numbers = self._bytes[: at + _UNIT * (2 * count + 1)].cast("I")
        self._words = self._numbers[at // _UNIT : at // _UNIT + count]
        self._starts = self._numbers[at // _UNIT + count :]

    def close(self) -> None:
        """Let go of the file; it is closed when nothing taken from it is in use any more."""
        self._bytes = memoryview(b"")
        self._numbers = self._words = self._starts = self._bytes.cast("I")

    def let_go(self) -> None:
        """Let the system take back the memory that the file is mapped to; what is asked for again is read again."""
        mapped = self._bytes.obj
        if isinstance(mapped, mmap.mmap):  # not after it was closed
            mapped.madvise(mmap.MADV_DONTNEED)

    def find(self, number: int) -> Kept | None:
        """Return what is kept of a word; None where nothing is."""
        words = self._words
        place = bisect_left(words, number)
        if place == len(words) or words[place] != number:
            return None
        start, next_start = self._starts[place : place + 2]
        if start == next_start:
            return Kept({}, [(number, MatchKind.EXACT)], _NO_BLOCKS, 1, 1.0, ())
        common, whole, rest, forms, sections, peak, spread, width = self._numbers[start : start + _COUNTS]
        common_end = start + _COUNTS + common
        codes, documents = self._numbers[start + _COUNTS : common_end], self._numbers[common_end:]
        at = _UNIT * (common_end + whole + rest)
        kinds_at = at + 2 * (whole + rest)
        weights = self._bytes[at:kinds_at].cast("H")
        spread_at = _UNIT * next_start - width * spread
        names = str(self._bytes[kinds_at + forms : spread_at], "utf-8").split("\n", forms)
        return Kept(
            _kinds(names, bytes(self._bytes[kinds_at : kinds_at + forms])),
            [(code >> _BITS, _KINDS[code & _MASK]) for code in codes],
            ((documents[:whole], weights[:whole]), (documents[whole : whole + rest], weights[whole:])),
            sections,
            peak / _WHOLE,
            self._bytes[spread_at : _UNIT * next_start].cast("B" if width == 1 else "H") if spread else (),
        )


def _kinds(names: Sequence[str], codes: bytes) -> dict[str, MatchKind]:
    """Return how each of some forms matches, of which there is at least one; most match as the last of them does."""
    found = dict.fromkeys(names[: len(codes)], _KINDS[codes[-1]])
    for name, code in zip(names, codes.rstrip(codes[-1:]), strict=False):
        found[name] = _KINDS[code]
    return found


class KeptWriter:
    """Writes what is kept of words, which come in order of their numbers, to a file."""

    def __init__(self, file: BinaryIO, languages: Sequence[str]) -> None:
        self._file = file
        self._languages = list(languages)
        self._words, self._starts = array("I"), array("I", [0])

    def add(self, number: int, kinds: Mapping[str, MatchKind], postings: Postings) -> None:
        """Note what a word stands for."""
        common, blocks, sections, peak, spread = postings
        facts = (len(kinds), sections, min(_WHOLE, ceil(peak * _WHOLE)), len(spread), spread.itemsize)
        numbers = array("I", (len(common), *map(len, blocks), *facts))
        numbers.extend([form << _BITS | _CODES[kind] for form, kind in common])
        weights = array("H")
        for block in blocks:
            documents = sorted(block)
            numbers.extend(documents)
            weights.extend([min(MOST_WEIGHT, weight) for weight in map(block.__getitem__, documents)])
        record = numbers.tobytes() + weights.tobytes() + bytes(map(_CODES.__getitem__, kinds.values()))
        record += "".join(f"{form}\n" for form in kinds).encode()
        ending = spread.tobytes()
        record += bytes(-len(record + ending) % _UNIT) + ending
        self._add(number, record)

    def add_single(self, number: int) -> None:
        """Note a word that stands in one document, and for nothing but itself."""
        self._add(number, b"")

    def _add(self, number: int, record: bytes) -> None:
        self._file.write(record)
        self._words.append(number)
        self._starts.append(self._starts[-1] + len(record) // _UNIT)

    def finish(self) -> None:
        """Write where each record begins."""
        about = {"languages": self._languages, "at": _UNIT * self._starts[-1], "words": len(self._words)}
        line = json.dumps(about).encode()
        for part in (self._words.tobytes(), self._starts.tobytes(), line, len(line).to_bytes(_LENGTH, "big")):
            self._file.write(part)
