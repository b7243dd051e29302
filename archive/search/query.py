"""What did the reader mean? The query language to a Query; knows no backend.

    query   := and ( OR and )*
    and     := not ( [AND] not )*
    not     := ( NOT | - ) not | ( query ) | leaf
    leaf    := word | pattern | word~N | "phrase"~N | field:value | field:"phrase" | field:[low TO high]

Operators are in capitals, those in Dutch (EN, OF, NIET) between two words only. Every error names the place, and the
work is bounded: what is too long, too deep or too much is refused before it is read.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.errors import QuerySyntaxError
from archive.model.search import And, Everything, Fuzzy, Node, Not, Or, Pattern, Phrase, Query, Range, Term
from archive.search.forms import fold
from archive.search.pieces import Kind, Piece, read_leaf, split_query

MAX_LENGTH = 4000
MAX_PIECES = 500
MAX_DEPTH = 40
MAX_WIDE = 50  # parts that every word of the archive is compared with

_OPERATORS = frozenset({"AND", "OR", "NOT", "EN", "OF", "NIET"})
_LIKE_A_FIELD = r"[^\W\d_]+:"


def parse_query(text: str) -> Query:
    """Read a query; an empty one asks for everything.

    Raises:
        QuerySyntaxError: it cannot be read; the error holds the position and, where there is one, the remedy.
    """
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            text[:60] + "…",
            f"The query is longer than {MAX_LENGTH:,} characters",
            position=MAX_LENGTH,
            hint="Make it shorter.",
        )
    pieces = split_query(text)
    if len(pieces) > MAX_PIECES:
        raise QuerySyntaxError(text, f"The query has more than {MAX_PIECES} parts", position=pieces[MAX_PIECES].start)
    if not pieces:
        if text.strip():
            raise QuerySyntaxError(text, "There is no word to search for", position=0)
        return Query(Everything(), describe(Everything()))
    root = _Reader(text, pieces).read()
    return Query(root, describe(root))


def describe(node: Node) -> str:  # noqa: PLR0911 - one return for each kind of node
    """Write a query as the program understands it, in the query language itself."""
    match node:
        case Everything():
            return "*"
        case And(parts):
            return " AND ".join(_inside(part, Or) for part in parts)
        case Or(parts):
            return " OR ".join(_inside(part, And) for part in parts)
        case Not(part):
            return f"NOT {_inside(part, And, Or)}"
        case Range(field, low, high):
            return f"{field}:[{low or '*'} TO {high or '*'}]"
        case Phrase(words, slop, field):
            return f'{_prefix(field)}"{" ".join(words)}"{f"~{slop}" if slop else ""}'
        case Fuzzy(word, edits, field):
            return f"{_prefix(field)}{_quoted(word)}~{edits}"
        case Term(word, field) | Pattern(word, field):
            return f"{_prefix(field)}{_quoted(word)}"


def neighbours(root: Node) -> list[tuple[Term, Term]]:
    """Return the pairs of plain words that stand side by side in a query, each pair once however often it is typed."""
    parts = root.parts if isinstance(root, And) else ()
    plain = [part if isinstance(part, Term) and not part.field else None for part in parts]
    pairs = [(first, second) for first, second in pairwise(plain) if first and second]
    return list({(fold(first.text), fold(second.text)): (first, second) for first, second in pairs}.values())


def _prefix(field: str) -> str:
    return f"{field}:" if field else ""


def _quoted(word: str) -> str:
    """Put a word between quotes that would else be read as two, as an operator, as a field or as misspelt."""
    parted = " " in word or "~" in word or word in _OPERATORS or (":" in word and re.match(_LIKE_A_FIELD, word))
    return f'"{word}"' if parted else word


def _inside(part: Node, *wrapped: type) -> str:
    return f"({describe(part)})" if isinstance(part, wrapped) else describe(part)


def _once(parts: Sequence[Node]) -> tuple[Node, ...]:
    """Return parts with the same node for a word wherever it comes back, so that it counts and is looked up once."""
    first: dict[tuple[str, str], Term] = {}
    return tuple(
        first.setdefault((part.text.casefold(), part.field), part) if isinstance(part, Term) else part for part in parts
    )


class _Reader:
    """Reads pieces from left to right; one method for each line of the grammar."""

    def __init__(self, text: str, pieces: list[Piece]) -> None:
        self._text = text
        self._pieces = pieces
        self._at = 0
        self._wide = 0

    def read(self) -> Node:
        """Read the whole query."""
        root = self._read_or(0)
        if self._at < len(self._pieces):
            raise self._error(
                self._pieces[self._at], "This bracket closes nothing", hint="Take it out or open one before."
            )
        return root

    def _read_or(self, depth: int) -> Node:
        parts = [self._read_and(depth)]
        while self._kind() is Kind.OR:
            parts.append(self._after_operator(depth))
        return parts[0] if len(parts) == 1 else Or(_once(parts))

    def _after_operator(self, depth: int) -> Node:
        operator = self._take()
        if self._kind() in {None, Kind.OR, Kind.AND, Kind.CLOSE}:
            raise self._error(operator, f"{operator.text} needs a word after it", hint=_AS_WORD)
        return self._read_and(depth)

    def _read_and(self, depth: int) -> Node:
        parts = [self._read_not(depth)]
        while self._kind() not in {None, Kind.OR, Kind.CLOSE}:
            if self._kind() is Kind.AND:
                operator = self._take()
                if self._kind() in {None, Kind.OR, Kind.AND, Kind.CLOSE}:
                    raise self._error(operator, f"{operator.text} needs a word after it", hint=_AS_WORD)
            parts.append(self._read_not(depth))
        return parts[0] if len(parts) == 1 else And(_once(parts))

    def _read_not(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._error(self._pieces[self._at], f"The query is nested more than {MAX_DEPTH} deep")
        piece = self._pieces[self._at]
        if piece.kind is Kind.NOT:
            self._take()
            if self._kind() in {None, Kind.OR, Kind.AND, Kind.CLOSE}:
                raise self._error(piece, f"{piece.text} needs a word after it", hint=_AS_WORD)
            part = self._read_not(depth + 1)
            return part.part if isinstance(part, Not) else Not(part)
        if piece.kind is Kind.OPEN:
            return self._read_brackets(depth)
        if piece.kind in {Kind.AND, Kind.OR}:
            raise self._error(piece, f"{piece.text} needs a word before it", hint=_AS_WORD)
        if piece.kind is Kind.CLOSE:
            raise self._error(piece, "This bracket closes nothing", hint="Take it out or open one before.")
        return self._read_leaf()

    def _read_leaf(self) -> Node:
        piece = self._take()
        leaf = read_leaf(self._text, piece)
        self._wide += isinstance(leaf, Fuzzy) or (isinstance(leaf, Pattern) and leaf.text.startswith(("*", "?")))
        if self._wide > MAX_WIDE:
            raise self._error(
                piece,
                f"More than {MAX_WIDE} words are fuzzy or begin with * or ?",
                hint="Every word of the archive is compared with each of them: ask in several queries.",
            )
        return leaf

    def _read_brackets(self, depth: int) -> Node:
        opening = self._take()
        if self._kind() is Kind.CLOSE:
            raise self._error(opening, "There is nothing between these brackets")
        if self._kind() is None:
            raise self._error(opening, "This bracket is never closed", hint="Put a ) after what belongs together.")
        inside = self._read_or(depth + 1)
        if self._kind() is not Kind.CLOSE:
            raise self._error(opening, "This bracket is never closed", hint="Put a ) after what belongs together.")
        self._take()
        return inside

    def _kind(self) -> Kind | None:
        return self._pieces[self._at].kind if self._at < len(self._pieces) else None

    def _take(self) -> Piece:
        self._at += 1
        return self._pieces[self._at - 1]

    def _error(self, piece: Piece, message: str, *, hint: str = "") -> QuerySyntaxError:
        return QuerySyntaxError(self._text, message, position=piece.start, hint=hint)


_AS_WORD = "To search for the word itself, write it in small letters or between quotes."
