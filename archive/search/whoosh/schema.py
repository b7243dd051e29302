r"""Which fields does the Whoosh index have?

words       every folded word and whole of heading and text, with weight and places; headings come first
links       "nl=stem\0word", "nl+stem of a part\0word": from what is asked to the words that the archive holds
id          of the section; all other fields hold facts to filter and count by
"""

from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence

from archive.search.whoosh.layout import FACTS, LINKS, VOCABULARY, WORDS


class Terms(FieldType):  # type: ignore[misc]
    """What Whoosh asks of every field; how it is kept is the codec's matter."""

    analyzer = None
    vector = None
    column_type = None
    multitoken_query = "default"
    indexed = True
    unique = False
    spelling = False
    queryor = False
    scorable = False
    stored = False

    def __init__(self) -> None:
        self.format = Existence()

    def clean(self) -> None:
        """Nothing is cached."""


def make_schema() -> Schema:
    """Return the schema; always handed to Whoosh, so that it never unpickles one."""
    return Schema(**{name: Terms() for name in ("id", WORDS, LINKS, VOCABULARY, *FACTS)})
