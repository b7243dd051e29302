"""Which words does the owner want found together? What words.toml says, and the words of a query that it speaks of.

    [groups]                                                    one for all, each with its inflections
    vluchteling = ["asielzoeker", "statushouder", "asiel zoeker"]

    [names]                                                     as written only
    Vredespaleis = ["Paleis van den Vrede", "Peace Palace"]

The name before the equals sign is one of the words. Whatever is written in more than one word is searched as a phrase.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError
from archive.model.search import Alike, And, Node, Not, Or, Phrase, Query, Term
from archive.search.forms import tokens
from archive.search.stems import stems

_TABLES = {"groups": True, "names": False}  # whether inflections count
_OF_TEXT = ("", "heading")  # fields
_MOST_MEMBERS = 200
_EXAMPLE = 'Write vluchteling = ["asielzoeker", "statushouder"] under [groups] or [names].'


@dataclass(frozen=True, slots=True)
class Group:
    """Words that stand for each other; each member is one or more folded words."""

    members: tuple[tuple[str, ...], ...]
    inflected: bool


def read_groups(text: str, path: Path) -> tuple[Group, ...]:
    """Read words.toml.

    Raises:
        UsageError: it cannot be understood; the message names the file and the line.
    """
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, a number without end, or brackets without end
        where = str(error).replace("at end of document", f"at line {len(text.splitlines())}, the last")
        raise UsageError(path, f"is no TOML: {where}", hint=_EXAMPLE) from error
    found: list[Group] = []
    for table, groups in tables.items():
        if table not in _TABLES or not isinstance(groups, dict):
            line = _line_of(text, table)
            raise UsageError(path, f"{line}there is no table {table!r} here; groups and names are", hint=_EXAMPLE)
        found += [_read_group(text, path, (table, name), listed) for name, listed in groups.items()]
    return tuple(found)


def with_groups(query: Query, groups: Sequence[Group], languages: Sequence[str]) -> Query:
    """Return the query, its words and phrases told what is to be found with them; it still reads as it was typed.

    Args:
        query: As parsed.
        groups: As words.toml has them.
        languages: In which languages inflections count.
    """
    if not groups:
        return query
    look = _Look(groups, languages)
    asked = frozenset(group for words in _asked(query.root) for group in look.groups(words))
    return query._replace(root=_told(query.root, look, asked))


def _read_group(text: str, path: Path, where: tuple[str, str], listed: object) -> Group:
    table, name = where
    line = _line_of(text, table, name)
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise UsageError(path, f"{line}{name} is no list of words", hint=_EXAMPLE)
    members = [_words(each) for each in (name, *listed)]
    if pattern := next((each for each in (name, *listed) if "*" in each or "?" in each), ""):
        raise UsageError(path, f"{line}{pattern} is no word: * and ? stand for nothing here", hint=_EXAMPLE)
    if not all(members):
        raise UsageError(path, f"{line}{name} holds something without a letter or digit", hint=_EXAMPLE)
    if len(members) > _MOST_MEMBERS:
        raise UsageError(path, f"{line}{name} holds more than {_MOST_MEMBERS} words", hint="Make two groups of it.")
    return Group(tuple(dict.fromkeys(members)), _TABLES[table])


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text) if not token.whole)


def _line_of(text: str, table: str, name: str = "") -> str:
    """Return `line 3: ` for where a table or a group in it begins; nothing where it is written in another way."""
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*\"?([^\]\"]+?)\"?\s*\]", line)
        inside = header[1] if header else inside
        key = re.match(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([\w-]+))\s*=", line)
        keys = {each for each in key.groups() if each is not None} if key else set()
        here = inside == f"{table}.{name}" or (name in keys and inside == table)
        if here if name else inside == table or table in keys:
            return f"line {number}: "
    return ""


class _Look:
    """Finds the groups that a word or phrase belongs to."""

    def __init__(self, groups: Sequence[Group], languages: Sequence[str]) -> None:
        self._languages = languages
        self._groups: dict[tuple[str, ...], list[Group]] = {}
        for group in groups:
            for key in (key for member in group.members for key in self._keys(member, inflected=group.inflected)):
                self._groups.setdefault(key, []).append(group)

    def groups(self, words: tuple[str, ...]) -> list[Group]:
        """Return all groups that some folded words are in."""
        keys = dict.fromkeys((words, *self._keys(words, inflected=True)))
        return [group for key in keys for group in self._groups.get(key, ())]

    def _keys(self, member: tuple[str, ...], *, inflected: bool) -> Iterator[tuple[str, ...]]:
        """Yield what a member is known by: its words, and in a group of inflected words the stems of a single one."""
        yield member
        if inflected and len(member) == 1:
            for language in self._languages:
                yield from (("", language, stem) for stem in stems(member[0], language))


def _told(node: Node, look: _Look, asked: frozenset[Group], *, negated: bool = False) -> Node:
    """Return a part of a query told what is to be found with its words.

    A word that is left out takes no others of its group with it where one of these is asked for.
    """
    match node:
        case And(parts):
            return And(tuple(_told(part, look, asked, negated=negated) for part in parts))
        case Or(parts):
            return Or(tuple(_told(part, look, asked, negated=negated) for part in parts))
        case Not(part):
            return Not(_told(part, look, asked, negated=not negated))
        case Term() | Phrase() if words := _searched(node):
            groups = [group for group in look.groups(words) if not negated or group not in asked]
            alike = (Alike(member, group.inflected) for group in groups for member in group.members if member != words)
            return node._replace(alike=tuple(dict.fromkeys(alike)))
    return node


def _asked(node: Node, *, negated: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the words and phrases of a query that are not left out."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part, negated=negated)
        case Not(part):
            yield from _asked(part, negated=not negated)
        case Term() | Phrase() if not negated:
            yield _searched(node)


def _searched(node: Term | Phrase) -> tuple[str, ...]:
    """Return the folded words of a part of a query that may belong to a group; none of one that may not."""
    match node:
        case Term(text, field) if field in _OF_TEXT:
            return _words(text)
        case Phrase(words, 0, field) if field in _OF_TEXT:
            return _words(" ".join(words))
    return ()
