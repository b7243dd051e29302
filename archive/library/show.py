"""What does this id hold: a section, an issue or a page?"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from archive import ids
from archive.catalog.moved import REPLACED
from archive.catalog.rows import LedgerPage, SectionSpans, StoredIssue, StoredTranscript
from archive.catalog.store import Catalog, ask_catalog
from archive.errors import UsageError
from archive.model.issues import Cleaned, Edit
from archive.model.pages import Candidate, TextSource
from archive.register import Register
from archive.settings import Settings

# A text may have moved more than once; more often than this is a circle.
_MOST_MOVES = 20
_PARTED = "\n\n"  # stands between what was printed apart on a page


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """One change to the text: `start` counts characters of the raw text shown, `page` is where it stands."""

    rule: str
    before: str
    after: str
    start: int
    page: int | None


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section: its fields (CONTRACT.md), the edits between its raw text and its text, and how sure its start is.

    `notice` says, where it is not empty, that the id asked for was another one or that the scan is missing.
    """

    id: str
    fields: dict[str, Any]
    edits: tuple[ShownEdit, ...]
    boundary_confidence: float
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ShownIssue:
    """An issue: its facts, its sections (their fields), its pages, and its whole text, clean and raw."""

    id: str
    issue: StoredIssue
    sections: tuple[dict[str, Any], ...]
    pages: tuple[LedgerPage, ...]
    text: str
    raw_text: str
    edits: tuple[ShownEdit, ...]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page: its row in the ledger, its text, clean and raw, and the sources that its text could have come from."""

    id: str
    page: LedgerPage
    text: str
    raw_text: str
    edits: tuple[ShownEdit, ...]
    candidates: tuple[Candidate, ...]
    sections: tuple[str, ...]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ShownNothing:
    """An id that was given out once and holds nothing now; `notice` says why."""

    id: str
    notice: str


Shown = ShownSection | ShownIssue | ShownPage | ShownNothing


def show(settings: Settings, given: str) -> Shown:
    """Return what an id holds; an id that is no more leads to where its text went.

    Raises:
        UsageError: No such id was ever given out.
    """
    shown = ask_catalog(settings.catalog_path, lambda catalog: _look_up(catalog, given))
    if shown is not None:
        return shown
    entry = Register.load(settings.ids_path).find(given)
    if entry is not None:
        scan = entry.sha256[:8]
        return ShownNothing(given, f"{given} was given out on {entry.first_seen}, but its scan ({scan}…) is not here.")
    hint = "`archive issues` lists the issues; `archive show ISSUE` names its sections and pages."
    raise UsageError(None, f"there is no section, issue or page `{given}`", hint=hint)


def _look_up(catalog: Catalog, given: str) -> Shown | None:
    wanted, notice = _follow(catalog, given)
    shown = _find(catalog, wanted, notice)
    if shown is None and (old := catalog.old_id(wanted)):
        return ShownNothing(given, f"{notice} {given} {_lost(catalog, wanted, old.reason)}: {old.reason}.".strip())
    return shown


def _lost(catalog: Catalog, given: str, reason: str) -> str:
    """Say in a word how an id came to hold nothing: by a person's wish, another file, or another reading."""
    if {given, ids.parse_id(given).issue_id} & catalog.withdrawn().keys():
        return "was withdrawn"
    return "was replaced" if reason.startswith(REPLACED) else "is gone"


def _follow(catalog: Catalog, given: str) -> tuple[str, str]:
    """Lead from an id that is no more to the one that holds its text now; the second value says so."""
    wanted = given
    reason = ""
    for _ in range(_MOST_MOVES):
        old = catalog.old_id(wanted)
        if old is None or not old.moved_to:
            break
        wanted, reason = old.moved_to, old.reason
    page = ids.parse_id(given)
    if page.kind == "page" and wanted == given and (old := catalog.old_id(page.issue_id)) and old.moved_to:
        wanted, reason = ids.make_page_id(old.moved_to, page.number), old.reason
    return wanted, f"{given} moved to {wanted}: {reason}." if wanted != given else ""


def _find(catalog: Catalog, wanted: str, notice: str) -> Shown | None:
    if (fields := catalog.section(wanted)) and (spans := catalog.section_spans(wanted)):
        notice = _missing(catalog.is_missing(spans.issue_id), fields["source"]["file"], notice)
        notice = _double(catalog.issue(spans.issue_id), notice)
        return _section(catalog, fields, spans, notice)
    if issue := catalog.issue(wanted):
        notice = _missing(catalog.is_missing(issue.id), issue.file, notice)
        return _issue(catalog, issue, _double(issue, notice))
    if ids.parse_id(wanted).kind == "page" and (page := catalog.page(wanted)):
        return _page(catalog, page, notice)
    return None


def _section(catalog: Catalog, fields: dict[str, Any], spans: SectionSpans, notice: str) -> ShownSection:
    transcript = _transcript(catalog, spans.issue_id)
    edits = _shown_edits(transcript, spans.start, spans.end)
    return ShownSection(fields["id"], fields, edits, spans.boundary_confidence, notice)


def _issue(catalog: Catalog, issue: StoredIssue, notice: str) -> ShownIssue:
    transcript = _transcript(catalog, issue.id)
    end = len(transcript.raw)
    return ShownIssue(
        id=issue.id,
        issue=issue,
        sections=tuple(filter(None, map(catalog.section, catalog.section_ids(issue.id)))),
        pages=catalog.pages_of_issue(issue.id),
        text=Cleaned(transcript.raw, transcript.edits).text.strip(),
        raw_text=transcript.raw,
        edits=_shown_edits(transcript, 0, end),
        notice=notice,
    )


def _page(catalog: Catalog, page: LedgerPage, notice: str) -> ShownPage:
    transcript = _transcript(catalog, page.issue_id)
    stretches = transcript.stretches(page.page.number)
    on_page = [
        each
        for each in catalog.section_ids(page.issue_id)
        if (fields := catalog.section(each)) and page.page.number in fields["pages"]
    ]
    return ShownPage(
        id=page.id,
        page=page,
        text=_clean(transcript, stretches),
        raw_text=_PARTED.join(transcript.raw[start:end] for start, end in stretches),
        edits=tuple(_edits_of_page(transcript, stretches)),
        candidates=tuple(Candidate(TextSource(name), *rest) for name, *rest in json.loads(page.page.candidates)),
        sections=tuple(on_page),
        notice=notice,
    )


def _missing(missing: bool, file: str, notice: str) -> str:  # noqa: FBT001 - a private step of show
    return f"{notice} Its scan {file} is missing: it is not searched or exported.".strip() if missing else notice


def _double(issue: StoredIssue | None, notice: str) -> str:
    if issue is None or not issue.double_of:
        return notice
    return f"{notice} {issue.file} is another scan of {issue.double_of}, which is searched and exported.".strip()


def _transcript(catalog: Catalog, issue_id: str) -> StoredTranscript:
    return catalog.transcript(issue_id) or StoredTranscript("", (), ())


def _clean(transcript: StoredTranscript, stretches: Iterable[tuple[int, int]]) -> str:
    """Return the clean text of a page, without what an edit that begins on another page takes away of it."""
    cleaned = Cleaned(transcript.raw, transcript.edits)
    ends = {start: max((edit.end for edit in cleaned.edits if edit.start < start), default=0) for start, _ in stretches}
    return _PARTED.join(cleaned.between(max(start, ends[start]), end) for start, end in stretches).strip()


def _edits_of_page(transcript: StoredTranscript, stretches: Iterable[tuple[int, int]]) -> Iterator[ShownEdit]:
    """Yield the edits in the stretches of a page, placed in the raw text that these make together."""
    at = 0
    for start, end in stretches:
        for edit in _shown_edits(transcript, start, end):
            yield replace(edit, start=edit.start + at)
        at += end - start + len(_PARTED)


def _shown_edits(transcript: StoredTranscript, start: int, end: int) -> tuple[ShownEdit, ...]:
    found: list[ShownEdit] = []
    words = iter(transcript.words)
    word = next(words, None)
    for edit in transcript.edits:
        if start <= edit.start < end:
            while word is not None and word.end < edit.start:
                word = next(words, None)
            found.append(_shown_edit(edit, start, word.page if word else None))
    return tuple(found)


def _shown_edit(edit: Edit, start: int, page: int | None) -> ShownEdit:
    return ShownEdit(edit.rule, edit.before, edit.after, edit.start - start, page)
