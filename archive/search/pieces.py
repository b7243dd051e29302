"""Which pieces is a query made of, and what does each one ask for?"""

import re
from collections.abc import Sequence
from enum import Enum, auto

from archive.errors import QuerySyntaxError
from archive.model.search import Everything, Fuzzy, Node, Pattern, Phrase, Range, Term
from archive.search.ranges import check_range, check_value
from archive.tuples import NamedTuple

FIELDS = ("heading", "category", "newsletter", "date", "mentions", "language", "place", "tag", "note", "page")
RANGE_FIELDS = frozenset({"date", "mentions", "page"})
MAX_SLOP = 100
MAX_EDITS = 2

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'})
# Compiled when they are first needed.
_FIELD = r"([^\W\d_]+):"
_RANGE = r"(?i)\[\s*(\S*?)\s+TO\s+(\S*?)\s*\]"
_FUZZY = r"(?P<word>[^~]*)~(?P<edits>\d*)"
_PATTERN = r"\w\*|\*\w|\w\?\w"  # in a word, as somebody means it who writes it between quotes
_SENTENCE = 4  # words
_ASKING = frozenset((
    *("wie", "wat", "waar", "wanneer", "welk", "welke", "hoe", "waarom"),
    *("who", "what", "where", "when", "which", "how", "why"),
))  # fmt: skip
_OPERATORS = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
_EDGES = ".,;:!?()[]{}<>\"'’‘`´…·•|\\/-–—+=&%#@$€^_*~"


class Kind(Enum):
    """What a piece does."""

    LEAF = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


# In capitals between two words, unless all words are in capitals, as of a title that is pasted.
_IN_DUTCH = {"EN": Kind.AND, "OF": Kind.OR, "NIET": Kind.NOT}


class Piece(NamedTuple):
    """A piece of a query: `body` without its field, `tail` what follows a closing quote or square bracket (`~5`)."""

    kind: Kind
    text: str
    start: int
    end: int
    field: str = ""
    body: str = ""
    form: str = "word"  # word, phrase or range
    tail: str = ""


def split_query(text: str) -> list[Piece]:
    """Cut a query into pieces, in one pass; pieces without a letter or digit to search for are left out.

    Raises:
        QuerySyntaxError: a quote or square bracket is not closed, a field is unknown or has no value.
    """
    pieces = _with_dutch_operators(_split(text))
    if pieces and pieces[-1].body.endswith("?") and _is_sentence(pieces):
        pieces[-1] = pieces[-1]._replace(body=pieces[-1].body.rstrip("?"))
    return pieces


def _with_dutch_operators(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with EN, OF and NIET as operators where something to look for stands on both sides."""
    if not any(piece.text in _IN_DUTCH for piece in pieces) or all(piece.text.isupper() for piece in pieces):
        return pieces
    read = list(pieces)
    for at in range(len(pieces) - 2, 0, -1):
        kind = _IN_DUTCH.get(pieces[at].text)
        before, after = pieces[at - 1], read[at + 1].kind
        follows = before.kind in {Kind.LEAF, Kind.CLOSE} and (kind is Kind.NOT or before.text not in _IN_DUTCH)
        joins = kind is Kind.NOT and (before.text in {"EN", "OF"} or before.kind in {Kind.AND, Kind.OR})
        leads = after in {Kind.LEAF, Kind.OPEN} or (after is Kind.NOT and kind is not Kind.NOT)
        if kind and leads and (follows or (joins and at > 1)):
            read[at] = pieces[at]._replace(kind=kind)
    return read


def _is_sentence(pieces: Sequence[Piece]) -> bool:
    """Tell whether a query reads as a question, so that the mark at its end stands for no letter.

    Nothing but words, and four of them or one that asks at the start.
    """
    bodies = [piece.body for piece in pieces]
    plain = all(piece.text == piece.body and piece.kind is Kind.LEAF for piece in pieces)
    if not plain or any(mark in body for body in bodies for mark in "*~") or any("?" in body for body in bodies[:-1]):
        return False
    return "?" not in bodies[-1].rstrip("?") and (len(bodies) >= _SENTENCE or bodies[0].casefold() in _ASKING)


def _split(text: str) -> list[Piece]:
    plain = text.translate(_QUOTES)
    pieces: list[Piece] = []
    at = 0
    while at < len(plain):
        char = plain[at]
        if char.isspace():
            at += 1
        elif char in "()":
            pieces.append(Piece(Kind.OPEN if char == "(" else Kind.CLOSE, char, at, at + 1))
            at += 1
        elif char == "-" and at + 1 < len(plain) and (plain[at + 1] in '("' or plain[at + 1].isalnum()):
            pieces.append(Piece(Kind.NOT, "-", at, at + 1))
            at += 1
        else:
            piece = _read_piece(text, plain, at)
            if piece.kind is not Kind.LEAF or piece.field or _is_searchable(piece):
                pieces.append(piece)
            at = piece.end
    return pieces


def read_leaf(text: str, piece: Piece) -> Node:  # noqa: PLR0911 - one return for each kind of leaf
    """Turn a piece that asks for something into a node of the query.

    Raises:
        QuerySyntaxError: its value cannot be read: a bad date, a range that ends before it starts, a bare wildcard.
    """
    if piece.form == "range":
        return _read_range(text, piece)
    if piece.form == "phrase":
        return _read_phrase(text, piece)
    word = piece.body.strip()
    if piece.field in RANGE_FIELDS:
        check_value(text, piece.field, word, position=piece.end - len(piece.body))
        return Term(word, piece.field, piece.start, piece.end)
    if word and not word.strip("*"):
        return Pattern("*", piece.field, piece.start, piece.end) if piece.field else Everything()
    if "~" in word and (fuzzy := re.fullmatch(_FUZZY, word)):
        return _read_fuzzy(text, piece, fuzzy)
    if "*" in word or "?" in word:
        if not any(char.isalnum() for char in word):
            raise QuerySyntaxError(text, "A pattern needs at least one letter", position=piece.start)
        pattern = word.strip(_EDGES.replace("*", "").replace("?", ""))
        pattern = pattern.replace("~", "?").replace(":", "?")  # of text here, not of the query
        return Pattern(pattern, piece.field, piece.start, piece.end)
    return Term(word.strip(_EDGES) or word, piece.field, piece.start, piece.end)


def _read_piece(text: str, plain: str, at: int) -> Piece:
    """Read one operator, phrase, range or word that starts at `at`."""
    start, field = at, ""
    if ":" in plain and (named := re.compile(_FIELD).match(plain, at)) and not plain.startswith("//", named.end()):
        field = _known_field(text, plain, named)
        at = named.end() if field else at
    following = plain[at] if at < len(plain) else ""
    if following == '"':
        return _read_quoted(text, plain, start, field=field, at=at)
    if field and following == "[":
        return _read_bracketed(text, plain, start, field=field, at=at)
    if field and (not following or following.isspace() or following in "()"):
        raise QuerySyntaxError(
            text,
            f"{field}: needs a value",
            position=at,
            hint=f'Write {field}:word, right after the colon, or {field}:"two words".',
        )
    end = at
    while end < len(plain) and not plain[end].isspace() and plain[end] not in '()"':
        end += 1
    word = plain[at:end]
    if not field and word in _OPERATORS:
        return Piece(Kind[word], word, start, end)
    return Piece(Kind.LEAF, plain[start:end], start, end, field, word)


def _known_field(text: str, plain: str, named: re.Match[str]) -> str:
    """Return the field that a word before a colon names; empty where the colon is only punctuation ("Let op: …")."""
    name = named[1].lower()
    if name in FIELDS:
        return name
    rest = plain[named.end() : named.end() + 1]
    if not rest or rest.isspace() or rest in ")(":
        return ""
    from difflib import get_close_matches

    near = get_close_matches(name, FIELDS, n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]}:? " if near else ""
    raise QuerySyntaxError(
        text,
        f"There is no field {named[1]}",
        position=named.start(),
        hint=f"{hint}Fields are {', '.join(FIELDS)}; put the word between quotes to search for it as it stands.",
    )


def _read_quoted(text: str, plain: str, start: int, *, field: str, at: int) -> Piece:
    close = plain.find('"', at + 1)
    if close < 0:
        raise QuerySyntaxError(text, "This quote is never closed", position=at, hint='Put a " after the phrase.')
    tail = re.compile(r"~(\d*)").match(plain, close + 1)
    end = tail.end() if tail else close + 1
    body = plain[at + 1 : close]
    if not any(char.isalnum() for char in body):
        raise QuerySyntaxError(text, "There is no word between these quotes", position=at)
    return Piece(Kind.LEAF, plain[start:end], start, end, field, body, "phrase", tail[0] if tail else "")


def _read_bracketed(text: str, plain: str, start: int, *, field: str, at: int) -> Piece:
    if field not in RANGE_FIELDS:
        raise QuerySyntaxError(
            text, f"{field}: takes no range", position=at, hint="Ranges work with date, mentions and page."
        )
    close = plain.find("]", at)
    if close < 0:
        raise QuerySyntaxError(
            text, "This square bracket is never closed", position=at, hint="Write [2019-03 TO 2021]."
        )
    return Piece(Kind.LEAF, plain[start : close + 1], start, close + 1, field, plain[at : close + 1], "range")


def _is_searchable(piece: Piece) -> bool:
    return (
        any(char.isalnum() for char in piece.body) or "*" in piece.body or "?" in piece.body.strip(".,!?") + piece.tail
    )


def _read_range(text: str, piece: Piece) -> Node:
    at = piece.end - len(piece.body)
    parts = re.fullmatch(_RANGE, piece.body)
    if not parts:
        raise QuerySyntaxError(
            text, "This range cannot be read", position=at, hint="Write [2019-03 TO 2021], with * for an open end."
        )
    low, high = ("" if part == "*" else part for part in parts.groups())
    check_range(text, piece.field, low, high, position=at)
    return Range(piece.field, low, high, piece.start, piece.end)


def _read_phrase(text: str, piece: Piece) -> Node:
    if piece.field in RANGE_FIELDS:
        check_value(text, piece.field, piece.body.strip(), position=piece.start)
        return Term(piece.body.strip(), piece.field, piece.start, piece.end)
    if piece.tail == "~":
        raise QuerySyntaxError(
            text,
            "~ after a phrase needs a number",
            position=piece.end - 1,
            hint='Write "open dag"~5: up to 5 words between.',
        )
    # Word by word: a pattern that takes in the letters around would try each of them as the first.
    edges = _EDGES.replace("*", "").replace("?", "")
    if pattern := next((word.strip(edges) for word in piece.body.split() if re.search(_PATTERN, word)), ""):
        raise QuerySyntaxError(
            text,
            "* and ? stand for nothing between quotes",
            position=piece.start + piece.text.index(pattern, piece.text.index(piece.body)),
            hint=f"Take it out, or ask without quotes: {pattern} finds words that begin or end so.",
        )
    words = tuple(word for word in piece.body.split() if any(char.isalnum() for char in word))
    slop = int(piece.tail[1:5] or 0)
    if slop > MAX_SLOP:
        raise QuerySyntaxError(
            text,
            f"~ after a phrase allows {MAX_SLOP} words between at most",
            position=piece.end - len(piece.tail) + 1,
            hint="Ask for the words without quotes: they may then stand anywhere in a section.",
        )
    return Phrase(words, slop, piece.field, piece.start, piece.end)


def _read_fuzzy(text: str, piece: Piece, fuzzy: re.Match[str]) -> Node:
    word = fuzzy["word"].strip(_EDGES)
    at = piece.end - len(piece.body)
    if not any(char.isalnum() for char in word) or "*" in word or "?" in word:
        raise QuerySyntaxError(text, "~ needs a word without * or ? before it", position=at)
    edits = int(fuzzy["edits"][:3] or 1)
    if not 1 <= edits <= MAX_EDITS:
        raise QuerySyntaxError(
            text,
            "~ allows one or two wrong letters",
            position=at + fuzzy.start("edits"),
            hint=f"Write {word}~1 or {word}~2.",
        )
    return Fuzzy(word, edits, piece.field, piece.start, piece.end)
