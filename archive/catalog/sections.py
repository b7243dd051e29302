"""What sections are there, and what do they say?"""

# ruff: noqa: S608 - only names that stand in this file are put into SQL; values are bound

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.fields import SCHEMA_VERSION
from archive.ids import parse_id, slugify
from archive.model.search import SearchRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.catalog.connect import ReadingConnection
    from archive.catalog.rows import SectionSpans
    from archive.model.issues import OldId

# Rows are fetched a few at a time, so that memory stays small and no question holds the catalogue for long.
_CHUNK = 50
_JSON_COLUMNS = (
    *("category_scores", "dates", "places", "organisations", "links", "emails"),
    *("tags", "notes", "pages", "page_labels", "boxes"),
)
_FROM = "FROM sections JOIN issues USING (issue) JOIN scans USING (scan)"
# What answers: no missing scan, and no double, for which another issue answers.
_ANSWERS = "NOT scans.missing AND issues.double_of = ''"
# Undated issues come last.
_ORDER = "ORDER BY issues.slug, issues.date = '', issues.date, issues.id, sections.position"
_FIELDS = (
    "sections.id, issues.id AS issue_id, issues.newsletter, issues.number AS issue_number, issues.date AS issue_date, "
    "issues.date_source AS issue_date_source, sections.position, sections.heading, sections.text, sections.raw_text, "
    "sections.category, sections.category_scores, sections.category_reason, sections.category_source, "
    "sections.language, sections.dates, sections.places, sections.organisations, sections.links, sections.emails, "
    "sections.tags, sections.notes, sections.pages, sections.page_labels, sections.boxes, sections.ocr_confidence, "
    "sections.text_source, scans.file, scans.sha256"
)
_NAMES = tuple(column.split(" AS ")[-1].rpartition(".")[2] for column in _FIELDS.split(", "))


class SectionQuestions:
    """Questions about sections; those of a missing scan and of doubles are left out of lists, but found by their id."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._connection = connection

    def sections(self, *, ids: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield sections under the field names of CONTRACT.md, a few in memory at a time.

        Args:
            ids: Only these, in this order; those that hold nothing are left out. None: all.
        """
        yield from map(_to_fields, self._fetch(self.matching(SearchRequest()) if ids is None else ids))

    def matching(self, request: SearchRequest, *, doubles: bool = False) -> list[str]:
        """Return the ids of the sections that pass the filters, by newsletter, date, issue and position.

        Args:
            request: The filters; tags as they are kept.
            doubles: Also those of issues for which another one answers.
        """
        conditions, values = _conditions(request)
        where = " AND ".join(["NOT scans.missing" if doubles else _ANSWERS, *conditions])
        found = [row[0] for row in self._ask(f"SELECT sections.id {_FROM} WHERE {where} {_ORDER}", values)]
        return found if request.within is None else [each for each in found if each in request.within]

    def tags(self) -> list[str]:
        """Return the tags that sections have, as they were given."""
        sql = f"SELECT DISTINCT value {_FROM}, json_each(sections.tags) WHERE NOT scans.missing ORDER BY value"
        return [row[0] for row in self._ask(sql)]

    def sections_of(self, issue_ids: Iterable[str]) -> frozenset[str]:
        """Return the ids of the sections that stand in some issues."""
        where = "issues.id IN (SELECT value FROM json_each(?))"
        return frozenset(
            row[0] for row in self._ask(f"SELECT sections.id {_FROM} WHERE {where}", (json.dumps(list(issue_ids)),))
        )

    def for_index(self, ids: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield sections as an index takes them: their fields, and the newsletter as its ids have it."""
        for *row, slug in self._fetch(self.matching(SearchRequest()) if ids is None else ids, ", issues.slug"):
            yield _to_fields(row) | {"newsletter_slug": slug}

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """Put ids of sections in order: by newsletter, date, issue and position."""
        wanted = set(ids)
        found = self._ask(f"SELECT sections.id {_FROM} WHERE NOT scans.missing {_ORDER}")  # doubles may be asked for
        return [row[0] for row in found if row[0] in wanted]

    def section(self, section_id: str) -> dict[str, Any] | None:
        """Return one section under the field names of CONTRACT.md; None for an id that holds nothing (any more)."""
        found = self._ask(f"SELECT {_FIELDS} {_FROM} WHERE sections.id = ?", (section_id,))
        return _to_fields(found[0]) if found else None

    def section_ids(self, issue_id: str) -> tuple[str, ...]:
        """Return the ids of an issue's sections in reading order."""
        sql = f"SELECT sections.id {_FROM} WHERE issues.id = ? ORDER BY position"
        return tuple(row[0] for row in self._ask(sql, (issue_id,)))

    def sections_of_doubles(self, section_ids: Iterable[str]) -> list[str]:
        """Return all sections of the issues for which the issues of these sections answer, in order."""
        wanted = json.dumps(list(section_ids))
        answering = f"SELECT issues.id {_FROM} WHERE sections.id IN (SELECT value FROM json_each(?))"
        where = f"NOT scans.missing AND issues.double_of IN ({answering})"
        return [row[0] for row in self._ask(f"SELECT sections.id {_FROM} WHERE {where} {_ORDER}", (wanted,))]

    def section_spans(self, section_id: str) -> SectionSpans | None:
        """Return where a section stands in its issue's raw text; None for an id that holds nothing."""
        from archive.catalog.rows import SectionSpans

        columns = "raw_start, raw_end, heading_start, heading_end, boundary_confidence, spans"
        for row in self._ask(f"SELECT issues.id, {columns} {_FROM} WHERE sections.id = ?", (section_id,)):
            issue_id, start, end, heading_start, heading_end, confidence, spans = row
            evidence = tuple((span[0], span[1]) for span in json.loads(spans)["evidence"])
            return SectionSpans(issue_id, start, end, (heading_start, heading_end), confidence, evidence)
        return None

    def packed_place(self, section_id: str) -> tuple[int, bytes, bytes] | None:
        """Return where in the raw text of its issue a section starts, and the words and edits of that.

        As they are kept: for a search, which needs little of them.
        """
        tables = "sections JOIN transcripts USING (issue)"
        found = self._ask(f"SELECT raw_start, words, edits FROM {tables} WHERE sections.id = ?", (section_id,))
        return found[0] if found else None

    def old_id(self, given: str) -> OldId | None:
        """Return what became of an id of an issue or a section that is no more; None for any other."""
        from archive.model.issues import OldId

        found = self._ask("SELECT id, moved_to, reason FROM old_ids WHERE id = ?", (given,))
        return OldId(*found[0]) if found else None

    def replaced_issues(self) -> tuple[OldId, ...]:
        """Return the issues whose file was replaced, each with where its text is now, if anywhere."""
        from archive.catalog.moved import REPLACED
        from archive.model.issues import OldId

        there = "SELECT id FROM issues UNION SELECT own_id FROM issues"
        begins = " OR ".join("substr(reason, 1, length(?)) = ?" for _ in REPLACED)
        values = [value for each in REPLACED for value in (each, each)]
        rows = self._ask(
            f"SELECT id, moved_to, reason FROM old_ids WHERE id NOT IN ({there}) AND ({begins}) ORDER BY id", values
        )
        return tuple(OldId(*row) for row in rows if parse_id(row[0]).kind == "issue")

    def sections_changed_since(self, generation: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the ids that an index of that generation must add, and those that it must take out."""
        fresh = f"SELECT sections.id {_FROM} WHERE sections.generation > ? AND {_ANSWERS} ORDER BY section"
        gone = "SELECT id FROM departures WHERE generation > ? ORDER BY id"
        add = tuple(row[0] for row in self._ask(fresh, (generation,)))
        back = set(add)
        return add, tuple(row[0] for row in self._ask(gone, (generation,)) if row[0] not in back)

    def categories(self) -> tuple[str, ...]:
        """Return every category that sections were scored for, by name."""
        return tuple(row[0] for row in self._ask("SELECT name FROM categories ORDER BY name"))

    def _fetch(self, ids: Sequence[str], more: str = "") -> Iterator[Any]:
        """Yield the rows of sections in the order asked, a few in memory at a time."""
        for at in range(0, len(ids), _CHUNK):
            chunk = ids[at : at + _CHUNK]
            where = f"sections.id IN ({_marks(chunk)}) AND NOT scans.missing"
            found = {row[0]: row for row in self._ask(f"SELECT {_FIELDS}{more} {_FROM} WHERE {where}", chunk)}
            yield from (found[each] for each in chunk if each in found)

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection.rows(sql, values)


def issue_conditions(request: SearchRequest) -> tuple[list[str], list[Any]]:
    """Turn the filters that are of issues (newsletters and dates) into SQL about the table of issues."""
    conditions, values = _between("issues.date", "issues.date", request.since, request.until)
    if request.newsletters:
        slugs = [*request.newsletters, *map(slugify, request.newsletters)]
        conditions.append(f"issues.slug IN ({_marks(slugs)})")
        values += slugs
    return conditions, values


def passing_issues(request: SearchRequest | None) -> tuple[list[str], list[Any]]:
    """Turn all filters that are of issues, holdings among them, into SQL about the table of issues."""
    if request is None:
        return [], []
    conditions, values = issue_conditions(request)
    if request.holdings and request.within is not None:
        conditions.append("issues.issue IN (SELECT issue FROM sections WHERE id IN (SELECT value FROM json_each(?)))")
        values.append(json.dumps(list(request.within)))
    return conditions, values


def _conditions(request: SearchRequest) -> tuple[list[str], list[Any]]:
    """Turn filters into SQL. A date that is known to the month or year fits whatever filter it may fit."""
    conditions: list[str] = []
    values: list[Any] = []
    one_of = ((request.categories, "sections.category"), (request.languages, "sections.language"))
    for wanted, column in one_of:
        if wanted:
            conditions.append(f"{column} IN ({_marks(wanted)})")
            values += wanted
    bounds, bound_values = issue_conditions(request)
    conditions += bounds
    values += bound_values
    if request.tags:
        asked = f"value IN ({_marks(request.tags)})"
        conditions.append(f"EXISTS (SELECT 1 FROM json_each(sections.tags) WHERE {asked})")
        values += request.tags
    first = "json_extract(value, '$.date')"
    last = f"coalesce(json_extract(value, '$.end'), {first})"
    bounds, bound_values = _between(first, last, request.mentions_since, request.mentions_until)
    if bounds:
        conditions.append(f"EXISTS (SELECT 1 FROM json_each(sections.dates) WHERE {' AND '.join(bounds)})")
        values += bound_values
    return conditions, values


def _between(first: str, last: str, since: str, until: str) -> tuple[list[str], list[Any]]:
    """Bound a span of days; what is cut off an ISO date is taken as open: 2019 ends with 2019-99-99."""
    conditions: list[str] = [f"{first} != ''"] if since or until else []
    values: list[Any] = []
    if since:
        conditions.append(f"{last} || substr('9999-99-99', length({last}) + 1) >= ?")
        values.append(since)
    if until:
        conditions.append(f"{first} <= ?")
        values.append(until + "9999-99-99"[len(until) :])
    return conditions, values


def _to_fields(row: Sequence[Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    fields.update(zip(_NAMES, row, strict=True))
    columns = ",".join([fields[name] for name in _JSON_COLUMNS])
    read = json.loads(f"[{columns}]")  # in one call: each costs as much as what it reads
    fields.update(zip(_JSON_COLUMNS, read, strict=True))
    fields["source"] = {"file": fields.pop("file"), "sha256": fields.pop("sha256")}
    return fields


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
