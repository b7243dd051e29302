"""Which decisions of the machine are the least certain?"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archive.catalog.rows import StoredIssue
from archive.catalog.store import Catalog, open_catalog
from archive.settings import Settings

# A decision that is surer than this is not asked about.
_SURE = 0.8
# How sure an issue's fact is that only the file's name or the PDF's metadata tell.
_OUTSIDE = 0.4
_OUTSIDE_SOURCES = {"filename", "metadata", "none"}
_WORDS = 40
_END_WORDS = 12


class DoubtKind(StrEnum):
    """What a doubt is about."""

    DATE = "date"
    NEWSLETTER = "newsletter"
    BOUNDARY = "boundary"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One decision that a person may judge: what it is about, how it was made and by what.

    `id` is the section or issue, `value` what was decided, `sure` how sure that is (0 to 1); `evidence` are pairs of a
    name and a text. `options` are, for a category, all categories with their scores, best first; `before` is the
    section above a boundary and `opening` the first words below it.
    """

    kind: DoubtKind
    id: str
    value: str
    sure: float
    evidence: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, float], ...] = ()
    before: str = ""
    opening: str = ""


def find_doubts(settings: Settings, *, limit: int) -> tuple[Doubt, ...]:
    """Return the decisions that are least certain, the least certain first.

    Issues that another scan answers for are left out: nobody reads what was decided on them.

    Args:
        settings: The archive.
        limit: How many at the most.
    """
    with open_catalog(settings.catalog_path) as catalog:
        candidates = sorted(_candidates(catalog, limit), key=lambda each: (each[0], each[1], each[2]))
        found = (_doubt(catalog, kind, given, sure) for sure, given, kind in candidates[:limit])
        return tuple(doubt for doubt in found if doubt is not None)


def _candidates(catalog: Catalog, limit: int) -> Iterator[tuple[float, str, DoubtKind]]:
    for issue in (each for each in catalog.issues() if not each.double_of):
        if not issue.date:
            yield 0.0, issue.id, DoubtKind.DATE
        elif issue.date_source == "none":
            yield _OUTSIDE, issue.id, DoubtKind.DATE
        if issue.newsletter_source in _OUTSIDE_SOURCES:
            yield _OUTSIDE, issue.id, DoubtKind.NEWSLETTER
    for given, sure in catalog.unsure_boundaries(limit):
        if sure < _SURE:
            yield sure, given, DoubtKind.BOUNDARY
    for given, sure in catalog.unsure_categories(limit):
        if sure < _SURE:
            yield sure, given, DoubtKind.CATEGORY


def _doubt(catalog: Catalog, kind: DoubtKind, given: str, sure: float) -> Doubt | None:
    if kind in {DoubtKind.DATE, DoubtKind.NEWSLETTER}:
        issue = catalog.issue(given)
        return _fact(catalog, issue, kind, sure) if issue else None
    return _category(catalog, given, sure) if kind is DoubtKind.CATEGORY else _boundary(catalog, given, sure)


def _fact(catalog: Catalog, issue: StoredIssue, kind: DoubtKind, sure: float) -> Doubt:
    stored = catalog.transcript(issue.id)
    evidence = [
        ("file", issue.file),
        ("masthead", issue.title),
        ("newsletter", f"{issue.newsletter} ({issue.newsletter_source})"),
        ("date", f"{issue.date or 'none'}: {issue.date_evidence}"),
        ("begins", _first(stored.raw if stored else "")),
    ]
    value = issue.date if kind is DoubtKind.DATE else issue.newsletter
    return Doubt(kind, issue.id, value, sure, _said(evidence))


def _category(catalog: Catalog, section_id: str, sure: float) -> Doubt | None:
    fields = catalog.section(section_id)
    if fields is None:
        return None
    scores = sorted(fields["category_scores"].items(), key=lambda each: -each[1])
    evidence = [*_place(fields), ("text", _first(fields["text"])), ("why", fields["category_reason"])]
    return Doubt(DoubtKind.CATEGORY, section_id, fields["category"], sure, _said(evidence), tuple(scores))


def _boundary(catalog: Catalog, section_id: str, sure: float) -> Doubt | None:
    fields = catalog.section(section_id)
    order = catalog.section_ids(fields["issue_id"]) if fields else ()
    at = order.index(section_id) if section_id in order else 0
    above = catalog.section(order[at - 1]) if at else None
    stored = catalog.transcript(fields["issue_id"]) if fields else None
    spans = catalog.section_spans(section_id)
    if fields is None or above is None or stored is None or spans is None:
        return None
    end = " ".join(f"{above['heading']} {above['text']}".split()[-_END_WORDS:])
    evidence = [("above", f"… {end}"), *_place(fields), ("text", _first(fields["text"]))]
    opening = f"{fields['heading']} {fields['text']}" if spans.heading[0] == spans.start else fields["text"]
    return Doubt(
        DoubtKind.BOUNDARY,
        section_id,
        fields["heading"],
        sure,
        _said(evidence),
        before=above["id"],
        opening=" ".join(opening.split()[:8]),
    )


def _place(fields: dict[str, object]) -> list[tuple[str, str]]:
    pages = fields["pages"] if isinstance(fields["pages"], list) else []
    source = fields["source"] if isinstance(fields["source"], dict) else {}
    where = f"page {', '.join(map(str, pages))} of {source.get('file', '')}"
    return [("stands on", where), ("heading", str(fields["heading"]))]


def _first(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _said(evidence: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, " ".join(text.split())) for name, text in evidence if text.strip())
