"""What is kept in an index of what its common words stand for?

    columns of 32 bits: the number of each word · where in `forms` its own begin, and so on for the others that follow ·
        common forms: the number of a word and how it matches · pairs: two numbers and how they match ·
        the documents of the blocks
    what the words weigh in each of these documents, 16 bits · how each form matches, a byte · the forms, each with a
    line feed · a line of JSON · how long that line is

Of the forms of a word those that are common are named by their numbers; those that are rare, and most are, have their
postings put together in two blocks: of the word itself and its inflections, and of the rest. A document stands in a
block once, with what all of them weigh together in tenths. All of a word lies together: it is read in a few looks.
"""

import json
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from archive.model.search import MatchKind
from archive.search.whoosh.terms import map_file

_KINDS = tuple(MatchKind)
_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_BITS = 3  # of a number that tell the kind
_MASK = (1 << _BITS) - 1
_STARTS = ("names_at", "kinds_at", "common_at", "pairs_at", "blocks_at")
_COLUMNS = ("words", *_STARTS, "common", "pairs", "documents")
_LENGTH = 8  # bytes of the number at the end
_MOST_WEIGHT = 65_535

# A word by its number, and how it matches.
Form = tuple[int, MatchKind]
Pair = tuple[int, int, MatchKind]


class Kept(NamedTuple):
    """What one word stands for.

    Attributes:
        kinds: Its forms, and how each matches.
        common: Those that are common, by their numbers.
        pairs: Two neighbours that stand for it, with how they match.
        blocks: The postings of the others, documents with their weights in tenths: of the whole word, of the rest.
    """

    kinds: dict[str, MatchKind]
    common: Sequence[Form]
    pairs: Sequence[Pair]
    blocks: Sequence[tuple[Sequence[int], Sequence[int]]]


class KeptWords:
    """What was kept of the words of one segment."""

    def __init__(self, path: Path) -> None:
        self._map = map_file(path)
        data = memoryview(self._map)
        size = int.from_bytes(data[-_LENGTH:], "big")
        about = json.loads(bytes(data[-_LENGTH - size : -_LENGTH]))
        self.languages = tuple(str(language) for language in about["languages"])
        self._columns: dict[str, memoryview[int]] = {}
        at = 0
        for name in _COLUMNS:
            end = at + 4 * int(about["counts"][name])
            self._columns[name] = data[at:end].cast("I")
            at = end
        end = at + 2 * len(self._columns["documents"])
        self._weights = data[at:end].cast("H")
        self._kinds_from, self._names_from = end, end + int(about["counts"]["kinds"])

    def close(self) -> None:
        """Let go of the file; it is closed when nothing taken from it is in use any more."""
        self._columns = {"words": memoryview(b"").cast("I")}
        self._weights = self._columns["words"]

    def find(self, number: int) -> Kept | None:
        """Return what is kept of a word; None where nothing is."""
        columns = self._columns
        words = columns["words"]
        at = bisect_left(words, number)
        if at == len(words) or words[at] != number:
            return None
        names, names_end = columns["names_at"][at : at + 2]
        kinds, kinds_end = columns["kinds_at"][at : at + 2]
        common, common_end = columns["common_at"][at : at + 2]
        pairs, pairs_end = columns["pairs_at"][at : at + 2]
        whole, rest, end = columns["blocks_at"][2 * at : 2 * at + 3]
        documents, weights, data = columns["documents"], self._weights, self._map
        forms = data[self._names_from + names : self._names_from + names_end - 1].decode().split("\n")
        codes = data[self._kinds_from + kinds : self._kinds_from + kinds_end]
        return Kept(
            kinds=dict(zip(forms, map(_KINDS.__getitem__, codes), strict=True)),
            common=[(code >> _BITS, _KINDS[code & _MASK]) for code in columns["common"][common:common_end]],
            pairs=_pairs(columns["pairs"][pairs:pairs_end]) if pairs < pairs_end else (),
            blocks=((documents[whole:rest], weights[whole:rest]), (documents[rest:end], weights[rest:end])),
        )


def _pairs(codes: Sequence[int]) -> Sequence[Pair]:
    return [
        (first >> _BITS, second, _KINDS[first & _MASK]) for first, second in zip(codes[::2], codes[1::2], strict=True)
    ]


class KeptWriter:
    """Gathers what is kept of words, which come in order of their numbers."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = list(languages)
        self._columns = {name: array("I") for name in _COLUMNS}
        self._weights, self._kinds, self._names = array("H"), bytearray(), bytearray()

    def add(
        self,
        number: int,
        kinds: Mapping[str, MatchKind],
        common: Sequence[Form],
        pairs: Sequence[Pair],
        blocks: Sequence[Mapping[int, int]],
    ) -> None:
        """Note what a word stands for; a block has the weight in each document."""
        columns = self._columns
        columns["words"].append(number)
        self._begin()
        self._names += "".join(f"{form}\n" for form in kinds).encode()
        self._kinds += bytes(map(_CODES.__getitem__, kinds.values()))
        columns["common"].extend([form << _BITS | _CODES[kind] for form, kind in common])
        for first, second, kind in pairs:
            columns["pairs"].extend((first << _BITS | _CODES[kind], second))
        for block in blocks:
            columns["blocks_at"].append(len(self._weights))
            documents = sorted(block)
            columns["documents"].extend(documents)
            self._weights.extend([min(_MOST_WEIGHT, block[document]) for document in documents])

    def write(self, path: Path) -> None:
        """Write the file."""
        columns = self._columns
        self._begin()
        columns["blocks_at"].append(len(self._weights))
        counts = {name: len(columns[name]) for name in _COLUMNS} | {"kinds": len(self._kinds)}
        line = json.dumps({"languages": self._languages, "counts": counts}).encode()
        with path.open("wb") as file:
            for name in _COLUMNS:
                file.write(columns[name].tobytes())
            file.write(self._weights.tobytes() + self._kinds + self._names)
            file.write(line + len(line).to_bytes(_LENGTH, "big"))

    def _begin(self) -> None:
        """Note where what is kept of the next word begins."""
        columns = self._columns
        columns["names_at"].append(len(self._names))
        columns["kinds_at"].append(len(self._kinds))
        for name in ("common", "pairs"):
            columns[f"{name}_at"].append(len(columns[name]))
