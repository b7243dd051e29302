"""Which queries are kept, and what has each shown? queries.toml, for people to read.

["opvang in Oost"]
query = "opvang"
newsletter = ["kerngroep-oost"]
asked = 2026-11-27T09:30:00Z
found = [
    "kerngroep-oost-2022-06-15-a-s0001",
]
"""

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.bounded import read_own_text
from archive.errors import UsageError
from archive.library.opened import Opened, checked
from archive.library.targets import alone, text_file
from archive.model.search import SearchRequest
from archive.settings import Settings

FILE_NAME = "queries.toml"
# Keys of the file and fields of a request; the names are those of the options.
_LISTS = {"category": "categories", "newsletter": "newsletters", "language": "languages", "tag": "tags"}
_LISTS |= {"holding": "holdings"}
_TEXTS = {"query": "query", "from": "since", "to": "until"}
_TEXTS |= {"mentions_from": "mentions_since", "mentions_to": "mentions_until"}
_KEYS = {*_LISTS, *_TEXTS, "exact", "asked", "found"}
_MOST_LETTERS = 100  # of a name
_MOST_BYTES = 64 * 1024 * 1024  # a query may have found every section of a large archive
_OPENING = """\
# Queries saved by `archive search --save NAME`, and what each found then or showed since, with --since-last.
# A query may be changed by hand; comments are not kept.
"""
_MEND = "Mend it by hand, or put it aside and save the queries again."


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with its filters, since when sections count as new, and the ids of those that do not, in order."""

    name: str
    request: SearchRequest
    asked: datetime | None = None
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """What a saved query finds that it has not shown yet, what it no longer finds, and all that it finds now: ids."""

    saved: SavedQuery
    new: tuple[str, ...]
    gone: tuple[str, ...]
    now: tuple[str, ...]


def load_saved(settings: Settings) -> dict[str, SavedQuery]:
    """Read queries.toml; an archive without it has no saved queries.

    Raises:
        UsageError: It is damaged; the message says where.
        StorageError: It cannot be read.
    """
    path = settings.root / FILE_NAME
    if not path.exists():
        return {}
    text = read_own_text(path, _MOST_BYTES, hint=_MEND)
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or brackets without end
        raise UsageError(path, f"is damaged: {error}", hint=_MEND) from error
    return {name: _read_saved(path, name, table) for name, table in tables.items()}


def find_saved(settings: Settings, name: str) -> SavedQuery:
    """Return the saved query of a name.

    Raises:
        UsageError: There is none; the hint names those that there are.
    """
    saved = load_saved(settings)
    if name not in saved:
        known = f"There are: {', '.join(saved)}." if saved else "Save one with --save NAME."
        raise UsageError(None, f"no query is saved as {name!r}", hint=known)
    return saved[name]


def save_query(reading: Opened, name: str, request: SearchRequest) -> SavedQuery | None:
    """Keep a query under a name, with what it finds now, and return the one of that name that it replaced.

    Raises:
        QuerySyntaxError: The query cannot be read; nothing is kept then.
        UsageError: The name is empty, too long or holds something invisible; or queries.toml is damaged.
        StorageError: queries.toml cannot be written.
    """
    _check_name(reading.settings, name)
    since = since_last(reading, SavedQuery(name, request))
    return _note(reading.settings, replace(since.saved, asked=datetime.now(UTC), found=since.now))


def since_last(reading: Opened, saved: SavedQuery) -> Since:
    """Ask a saved query again, and tell what it finds that was not there when it was kept and was not shown since."""
    query, request = reading.read(saved.request)
    now = tuple(section_id for section_id, _ in reading.find_every(query, request).ids)
    before, there = frozenset(saved.found), frozenset(now)
    return Since(
        saved,
        new=tuple(each for each in now if each not in before),
        gone=tuple(each for each in saved.found if each not in there),
        now=now,
    )


def note_shown(settings: Settings, since: Since, shown: Collection[str]) -> None:
    """Keep which of the new sections were shown, so that they are not new the next time; the others stay new.

    The time when the query was last asked moves on when nothing new is left: until then, what is new is so since that
    time.

    Raises:
        StorageError: queries.toml cannot be written.
    """
    left = frozenset(since.new).difference(shown)
    asked = since.saved.asked if left else datetime.now(UTC)
    _note(settings, replace(since.saved, asked=asked, found=tuple(each for each in since.now if each not in left)))


def _check_name(settings: Settings, name: str) -> None:
    """Tell before a query is asked whether it can be kept under a name."""
    if not name.strip() or len(name) > _MOST_LETTERS or not name.isprintable():
        raise UsageError(None, f"{name!r} is no name for a query", hint=f"Write up to {_MOST_LETTERS} characters.")
    load_saved(settings)


def _note(settings: Settings, saved: SavedQuery) -> SavedQuery | None:
    """Put a query into the file: read, changed and replaced while no other run does the same; return the one before."""
    with alone(settings.root):
        before = load_saved(settings)
        known = before | {saved.name: saved}
        with text_file(settings.root / FILE_NAME) as out:
            out.write(_OPENING)
            for each in known.values():
                out.write(f"\n[{_quoted(each.name)}]\n" + "".join(f"{line}\n" for line in _lines(each)))
    return before.get(saved.name)


def _lines(saved: SavedQuery) -> Iterator[str]:
    for key, field in _TEXTS.items():
        if (value := getattr(saved.request, field)) or key == "query":
            yield f"{key} = {_quoted(value)}"
    for key, field in _LISTS.items():
        if values := getattr(saved.request, field):
            yield f"{key} = [{', '.join(map(_quoted, values))}]"
    if saved.request.exact:
        yield "exact = true"
    if saved.asked:
        yield f"asked = {saved.asked.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}"
    yield "found = ["
    yield from (f"    {_quoted(each)}," for each in saved.found)
    yield "]"


def _quoted(text: str) -> str:
    """Write a string as TOML has it; as in JSON but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read_saved(path: Path, name: str, table: object) -> SavedQuery:
    if not isinstance(table, Mapping):
        raise UsageError(path, f"is damaged: {name} stands outside of a query", hint=_MEND)
    if unknown := sorted(set(table) - _KEYS):
        raise UsageError(path, f"is damaged: {name} has an unknown key {unknown[0]}", hint=_MEND)
    values: dict[str, Any] = {}
    for key, field in _TEXTS.items():
        values[field] = _checked(path, name, key, table.get(key, ""), str)
    for key, field in _LISTS.items():
        values[field] = _strings(path, name, key, table.get(key, []))
    values["exact"] = _checked(path, name, "exact", table.get("exact", False), bool)
    asked = table.get("asked")
    if asked is not None:
        asked = _checked(path, name, "asked", asked, datetime)
        asked = asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    try:
        request = checked(SearchRequest(**values))
    except UsageError as error:
        raise UsageError(path, f"is damaged: in {name}, {error.message}", hint=_MEND) from error
    return SavedQuery(name, request, asked, _strings(path, name, "found", table.get("found", [])))


def _strings(path: Path, name: str, key: str, value: object) -> tuple[str, ...]:
    return tuple(_checked(path, name, key, each, str) for each in _checked(path, name, key, value, list))


def _checked(path: Path, name: str, key: str, value: Any, kind: type) -> Any:  # noqa: ANN401 - whatever TOML holds
    if not isinstance(value, kind):
        raise UsageError(path, f"is damaged: {key} of {name} is of the wrong kind", hint=_MEND)
    return value
