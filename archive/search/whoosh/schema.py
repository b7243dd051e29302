r"""Which fields does the Whoosh index have, and how are they kept?

words       every folded word and whole of heading and text, with weight and positions; headings come first
links       "nl=stem\0word", "nl+stem of a part\0word": from what is asked to the words that the archive holds
lexicon     stored: the words that were new when they were added, one a line
read        stored: how many words were judged, and how many signs of damage there are
id          stored; all other fields hold facts to filter and count by
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Format

from archive.search.whoosh.layout import FACTS, MAX_POSITIONS, VOCABULARY


class WordFormat(Format):  # type: ignore[misc]
    """Positions as count and numbers of 16 bits, one posting behind the other."""

    def fixed_value_size(self) -> int:
        """Make Whoosh join the values of a block instead of pickling each."""
        return 1


class FactFormat(Format):  # type: ignore[misc]
    """Nothing but the number of the document."""

    def fixed_value_size(self) -> int:
        """Keep no values."""
        return 0


class _PlainField(FieldType):  # type: ignore[misc]
    """What Whoosh asks of every field."""

    analyzer = None
    vector = None
    column_type = None
    multitoken_query = "default"
    indexed = True
    unique = False
    spelling = False
    queryor = False

    def clean(self) -> None:
        """Nothing is cached."""


class Words(_PlainField):
    """Words with weights and positions, given as {word: (weight, count, positions)}."""

    scorable = True
    stored = False

    def __init__(self) -> None:
        self.format = WordFormat()

    def index(
        self, value: Mapping[str, tuple[float, int, Sequence[int]]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield a posting for each word."""
        for word, (weight, count, positions) in value.items():
            kept = positions[:MAX_POSITIONS]
            yield word.encode(), count, weight, array("H", (len(kept), *kept)).tobytes()


class Terms(_PlainField):
    """Terms without weight or place, given as a list."""

    scorable = False

    def __init__(self, *, stored: bool = False) -> None:
        self.format = FactFormat()
        self.stored = stored

    def index(self, value: str | Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield a posting for each term."""
        terms = (value,) if isinstance(value, str) else value
        for term in dict.fromkeys(terms):
            yield term.encode(), 1, 1.0, b""


def make_schema() -> Schema:
    """Return the schema; always handed to Whoosh, so that it never unpickles one."""
    fields: dict[str, FieldType] = {name: Terms() for name in (*FACTS, "links", VOCABULARY)}
    return Schema(id=Terms(stored=True), words=Words(), lexicon=STORED(), read=STORED(), **fields)
