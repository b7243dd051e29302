"""Which categories, newsletters, languages, places and tags that are asked for does the archive not know?

A name that is misspelt keeps every section out; nobody should take that for an answer.
"""

from collections.abc import Iterator

from archive.library.opened import Opened
from archive.model.search import And, Node, Not, Or, Phrase, SearchRequest, Term
from archive.search.query import parse_query

_FIELDS = frozenset({"category", "newsletter", "language", "place", "tag"})


def find_unknown(reading: Opened, request: SearchRequest) -> tuple[str, ...]:
    """Return a sentence for each value of a filter or field that no section has, with those that were perhaps meant."""
    asked = [*_filtered(request), *(_named(parse_query(request.query).root) if ":" in request.query else ())]
    said: list[str] = []
    for field, value in dict.fromkeys(asked):
        meant = reading.backend.perhaps_meant(field, value)
        if meant is not None:
            perhaps = f"; perhaps {', '.join(meant)}" if meant else ""
            said.append(f"No section has the {field} {value}{perhaps}.")
    return tuple(said)


def _filtered(request: SearchRequest) -> Iterator[tuple[str, str]]:
    """Yield the field and value of each filter."""
    fields = ("category", "newsletter", "language", "tag")
    chosen = (request.categories, request.newsletters, request.languages, request.tags)
    for field, values in zip(fields, chosen, strict=True):
        for value in values:
            yield field, value


def _named(node: Node) -> Iterator[tuple[str, str]]:
    """Yield each field and value that a query names."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _named(part)
        case Not(part):
            yield from _named(part)
        case Term(text, field) if field in _FIELDS:
            yield field, text
        case Phrase(words, _, field) if field in _FIELDS:
            yield field, " ".join(words)
