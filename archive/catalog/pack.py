"""How is a parsed issue made small enough to hand to the process that writes?

A worker packs: plain columns, JSON and compressed bytes.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.catalog.rows import StoredTranscript
from archive.catalog.words import pack_changes, pack_words, unpack_changes, unpack_words
from archive.fields import section_fields
from archive.model.issues import Edit, Issue, Mention, OldId, ParsedIssue, Section

_LISTS = ("dates", "places", "organisations", "links", "emails", "tags", "notes", "pages", "page_labels", "boxes")
_PLAIN = ("position", "heading", "text", "raw_text", "category", "category_reason", "category_source", "language")


@dataclass(frozen=True, slots=True)
class PackedSection:
    """A section as it goes into the catalogue: `columns` by their names, and what the register tells it by."""

    fingerprint: str
    first_page: int
    columns: dict[str, str | int | float | None]
    id: str = ""


@dataclass(frozen=True, slots=True)
class PackedIssue:
    """An issue as it goes into the catalogue; ids come later, from the register."""

    slug: str
    date: str
    first_page: int
    pages: tuple[int, ...]
    columns: dict[str, str | int | float | None]
    raw: bytes
    words: bytes
    edits: bytes
    sections: tuple[PackedSection, ...]
    id: str = ""
    old_ids: tuple[OldId, ...] = ()

    def with_ids(self, issue_id: str, section_ids: Sequence[str], old_ids: Iterable[OldId] = ()) -> "PackedIssue":
        """Return it with the ids that the register gave to it and its sections, in order."""
        pairs = zip(self.sections, section_ids, strict=True)
        sections = tuple(replace(section, id=section_id) for section, section_id in pairs)
        return replace(self, id=issue_id, sections=sections, old_ids=tuple(old_ids))


def pack_issue(parsed: ParsedIssue, *, fingerprint: Callable[[str], str]) -> PackedIssue:
    """Pack one issue.

    Args:
        parsed: What parsing made of it.
        fingerprint: Turns a section's text into what the register compares (archive.register.fingerprint).
    """
    issue = parsed.issue
    date = "" if issue.date is None else str(issue.date)
    numbers = tuple(page.number for page in issue.pages)
    first_page = min(numbers, default=1)
    sections = tuple(
        PackedSection(
            fingerprint=fingerprint(section.full_text),
            first_page=min(section.pages, default=first_page),
            columns=_section_columns(section, issue),
        )
        for section in parsed.sections
    )
    return PackedIssue(
        slug=issue.slug,
        date=date,
        first_page=first_page,
        pages=numbers,
        columns=_issue_columns(issue, date, first_page),
        raw=zlib.compress(parsed.transcript.raw.encode("utf-8", "surrogatepass")),
        words=pack_words(parsed.transcript.words),
        edits=pack_changes(parsed.cleaned.edits),
        sections=sections,
    )


def unpack_transcript(raw: bytes, words: bytes, edits: bytes) -> StoredTranscript:
    """Return what `pack_issue` packed of an issue's text; boxes to a hundredth of a point."""
    text = zlib.decompress(raw).decode("utf-8", "surrogatepass")
    return StoredTranscript(text, unpack_words(words), unpack_edits(edits, text))


def unpack_edits(packed: bytes, raw: str) -> tuple[Edit, ...]:
    """Return the edits of an issue."""
    return tuple(Edit(start, end, raw[start:end], after, rule) for start, end, after, rule in unpack_changes(packed))


def as_json(value: object) -> str:
    """Write JSON without spaces and with letters as they are; half a surrogate pair, which no file can hold, as `?`."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace").decode()


def _issue_columns(issue: Issue, date: str, first_page: int) -> dict[str, str | int | float | None]:
    return {
        "newsletter": issue.newsletter,
        "slug": issue.slug,
        "title": issue.title,
        "number": issue.number,
        "volume": issue.volume,
        "date": date,
        "newsletter_source": issue.newsletter_source.value,
        "number_source": issue.number_source.value,
        "date_source": issue.date_source.value,
        "date_evidence": issue.date_evidence,
        "language": issue.language,
        "first_page": first_page,
    }


def _section_columns(section: Section, issue: Issue) -> dict[str, str | int | float | None]:
    fields = section_fields(section, issue, file="")
    columns: dict[str, str | int | float | None] = {name: _whole_text(fields[name]) for name in _PLAIN}
    columns |= {name: as_json(fields[name]) for name in _LISTS}
    mentions, verdict = section.mentions, section.verdict
    spans = {
        "dates": [(date.start, date.end_offset) for date in mentions.dates],
        "places": _spans(mentions.places),
        "organisations": _spans(mentions.organisations),
        "links": _spans(mentions.links),
        "emails": _spans(mentions.emails),
        "evidence": verdict.evidence if verdict else (),
    }
    return columns | {
        "category_scores": as_json(fields["category_scores"]),
        "ocr_confidence": fields["ocr_confidence"],
        "text_source": fields["text_source"],
        "word_count": len(section.full_text.split()),
        "raw_start": section.start,
        "raw_end": section.end,
        "heading_start": section.heading_span[0],
        "heading_end": section.heading_span[1],
        "boundary_confidence": section.boundary_confidence,
        "spans": as_json(spans),
    }


def _whole_text(value: Any) -> Any:  # noqa: ANN401 - numbers pass through
    """Replace what is no whole character (half a surrogate pair): SQLite refuses to store it."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _spans(mentions: Iterable[Mention]) -> list[tuple[str, int, int]]:
    return [(mention.text, mention.start, mention.end) for mention in mentions]
