"""How does Whoosh write our segments?

Whoosh's writer holds the lock, numbers the documents, decides by our rule what is merged, and keeps the table of
contents. What a segment holds is written by this codec, in the files that layout.py names: its own format packs
positions, pickles blocks and copies them through a sort of single postings, and is read posting by posting.
"""

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.codec.base import Codec, FieldWriter, PerDocumentWriter
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from archive.search.whoosh.layout import (
    COLUMNS,
    COLUMNS_FILE,
    GAP,
    IDS,
    LENGTHS,
    LEXICON,
    MARKS,
    MAX_LENGTH,
    READ,
)
from archive.search.whoosh.segments import Segment, TermPostings, write_column, write_postings


class SectionCodec(Codec):  # type: ignore[misc]
    """Writes segments; they are read by archive.search.whoosh.segments, without Whoosh."""

    length_stats = False  # of blocks; there are none

    def per_document_writer(self, storage: FileStorage, segment: Any) -> "Documents":  # noqa: ANN401 - Whoosh has no types
        """Return what collects the facts of each document."""
        return Documents(Path(storage.folder) / segment.segment_id(), segment)

    def field_writer(self, storage: FileStorage, segment: Any) -> "Postings":  # noqa: ANN401 - Whoosh has no types
        """Return what writes the postings."""
        return Postings(Path(storage.folder) / segment.segment_id(), segment)

    def new_segment(self, storage: FileStorage, indexname: str) -> Any:  # noqa: ANN401, ARG002 - Whoosh's
        """Return a segment without files."""
        return W3Segment(self, indexname)


class Documents(PerDocumentWriter):  # type: ignore[misc]
    """The facts of each document: its id, length, places and how well it was read; `place` is the next free one."""

    def __init__(self, base: Path, segment: Any) -> None:  # noqa: ANN401 - Whoosh has no types
        self._base, self._segment = base, segment
        self._ids: list[bytes] = []
        self._lengths, self._marks, self._read = array("H"), array("I"), array("I", [0, 0])
        self._lexicon: list[str] = []
        self.place = 0
        self.words = 0
        self.is_closed = False

    def add(self, name: str, length: int, extents: tuple[int, int], read: tuple[int, int]) -> None:
        """Note a document: its id, how many words it has, how far heading and text reach, how well it was read."""
        text_at = self.place + extents[0] + GAP
        self._marks.extend((self.place, text_at))
        self.place = text_at + extents[1] + GAP
        self._note(name, length, read)

    def bring(self, words: Iterable[str]) -> None:
        """Note words that came into the archive."""
        self._lexicon += words

    def take_over(self, segment: Segment) -> None:
        """Note the documents of another segment, deleted ones left out; its places move up by `place`."""
        gone, marks, read, lengths = set(segment.facts.deleted), segment.marks, segment.read, segment.lengths
        kept = [number for number in range(segment.facts.size) if number not in gone]
        names = segment.ids([number + segment.offset for number in kept])
        for number in kept:
            self._marks.extend((marks[2 * number] + self.place, marks[2 * number + 1] + self.place))
            judged, signs, judged_then, signs_then = read[2 * number : 2 * number + 4]
            self._note(names[number + segment.offset], lengths[number], (judged_then - judged, signs_then - signs))
        self.place += marks[-1]
        self._lexicon += segment.lexicon()

    def close(self) -> None:
        """Write the files."""
        self._segment.words = self.words
        self._segment.set_doc_count(len(self._ids))
        self._marks.append(self.place)
        width = max(map(len, self._ids), default=1) or 1
        self._path(IDS).write_bytes(b"".join(name.ljust(width, b"\0") for name in self._ids))
        for ending, numbers in ((LENGTHS, self._lengths), (MARKS, self._marks), (READ, self._read)):
            write_column(self._path(ending), numbers)
        self._path(LEXICON).write_text("\n".join(dict.fromkeys(self._lexicon)), encoding="utf-8")
        self.is_closed = True

    def _note(self, name: str, length: int, read: tuple[int, int]) -> None:
        self._ids.append(name.encode())
        self._lengths.append(min(MAX_LENGTH, length))
        self._read.extend((self._read[-2] + read[0], self._read[-1] + read[1]))
        self.words += min(MAX_LENGTH, length)

    def _path(self, ending: str) -> Path:
        return self._base.with_name(self._base.name + ending)


class Postings(FieldWriter):  # type: ignore[misc]
    """Terms and postings as the pool gives them, and the columns that follow from them."""

    def __init__(self, base: Path, segment: Any) -> None:  # noqa: ANN401 - Whoosh has no types
        self._base, self._segment = base, segment
        self.is_closed = False

    def add_postings(self, schema: object, lengths: object, items: Iterable[TermPostings]) -> None:  # noqa: ARG002 - Whoosh's
        """Write all postings."""
        size = self._segment.doc_count_all()
        columns = {field: array("I", bytes(4 * size)) for field in COLUMNS}
        write_postings(self._base, _noting_columns(items, columns))
        numbers = array("I")
        for field in COLUMNS:
            numbers.extend(columns[field])
        write_column(self._base.with_name(self._base.name + COLUMNS_FILE), numbers)

    def close(self) -> None:
        """Have nothing left to write."""
        self.is_closed = True


def _noting_columns(items: Iterable[TermPostings], columns: dict[str, "array[int]"]) -> Iterator[TermPostings]:
    """Pass terms on, and note in columns which documents have which term of a field."""
    number, last = 0, ""
    for item in items:
        number = number + 1 if item.field == last else 1
        last = item.field
        if last in columns:
            column = columns[last]
            for document in item.documents:
                column[document] = number
        yield item
