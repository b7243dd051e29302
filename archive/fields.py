"""What do others see? The records as the field names of CONTRACT.md, and the version of these names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.model.issues import Issue, MentionedDate, Mentions, Section, Verdict

SCHEMA_VERSION = 1

# The fields of a section, in the order in which every export has them.
SECTION_FIELDS = (
    "schema_version",
    "id",
    "issue_id",
    "newsletter",
    "issue_number",
    "issue_date",
    "issue_date_source",
    "position",
    "heading",
    "text",
    "raw_text",
    "category",
    "category_scores",
    "category_reason",
    "category_source",
    "language",
    "dates",
    "places",
    "organisations",
    "links",
    "emails",
    "tags",
    "notes",
    "pages",
    "page_labels",
    "boxes",
    "ocr_confidence",
    "text_source",
    "source",
)

# A section that nothing was decided about is one of the rest.
_NO_CATEGORY = "other"
_LIST_MARK = " | "
# How the column of a table begins that holds a column of issues.csv: the owner may call it like one of ours.
_HOLDING = "holding_"
# What spreadsheet programs take for the start of a formula, in full-width form too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What XML or HTML cannot hold: controls, halves of characters, and code points that stand for no character.
_UNFIT = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"


def section_fields(section: Section, issue: Issue, *, file: str) -> dict[str, Any]:
    """Return a section under the field names of CONTRACT.md, in their order.

    Args:
        section: The section; its id may still be empty.
        issue: The issue that it stands in, with its pages.
        file: The scan's file, relative to the archive.
    """
    labels = {page.number: page.label for page in issue.pages}
    return {
        "schema_version": SCHEMA_VERSION,
        "id": section.id,
        "issue_id": section.issue_id,
        "newsletter": issue.newsletter,
        "issue_number": issue.number,
        "issue_date": "" if issue.date is None else str(issue.date),
        "issue_date_source": issue.date_source.value,
        "position": section.position,
        "heading": section.heading,
        "text": section.text,
        "raw_text": section.raw_text,
        **_category_fields(section.verdict),
        "language": section.language,
        **_mention_fields(section.mentions),
        "tags": list(section.tags),
        "notes": list(section.notes),
        "pages": list(section.pages),
        "page_labels": [labels.get(number, "") for number in section.pages],
        "boxes": [
            {"page": box.page, "x0": _pt(box.x0), "y0": _pt(box.y0), "x1": _pt(box.x1), "y1": _pt(box.y1)}
            for box in section.boxes
        ],
        "ocr_confidence": None if section.confidence is None else round(section.confidence, 4),
        "text_source": section.text_source.value,
        "source": {"file": file, "sha256": issue.scan},
    }


def _mention_fields(mentions: Mentions) -> dict[str, Any]:
    names = ("places", "organisations", "links", "emails")
    lists = {name: _unique(mention.text for mention in getattr(mentions, name)) for name in names}
    return {"dates": [_date_fields(date) for date in mentions.dates], **lists}


def table_columns(categories: Iterable[str], more: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the columns of a section in a table: its fields, a column for each category's score, no boxes.

    `more` are those of `more_columns`; they stand at the end.
    """
    columns: list[str] = []
    for name in SECTION_FIELDS:
        if name == "category_scores":
            columns += [f"score_{category}" for category in categories]
        elif name == "source":
            columns += ["source_file", "source_sha256"]
        elif name != "boxes":
            columns.append(name)
    return (*columns, *more)


def more_columns(holdings: Iterable[str], *, doubles: bool) -> tuple[str, ...]:
    """Return the columns that not every table has: those of issues.csv, and which issue answers for a double."""
    return (*(["double_of"] if doubles else []), *(f"{_HOLDING}{name}" for name in holdings))


def table_row(
    fields: Mapping[str, Any], categories: Iterable[str], more: Iterable[str] = ()
) -> list[str | int | float]:
    """Return a section's cells under `table_columns`: lists joined, formulas neutralised, null as an empty cell."""
    cells: list[str | int | float] = []
    for name in SECTION_FIELDS:
        value = fields[name]
        if name == "category_scores":
            cells += [value.get(category, "") for category in categories]
        elif name == "source":
            cells += [neutralise(value["file"]), value["sha256"]]
        elif name == "dates":
            cells.append(neutralise(_LIST_MARK.join(_date_cell(date) for date in value)))
        elif isinstance(value, list) and name != "boxes":
            cells.append(neutralise(_LIST_MARK.join(map(str, value))))
        elif name != "boxes":
            cells.append(neutralise(value) if isinstance(value, str) else "" if value is None else value)
    for name in more:
        held = name.startswith(_HOLDING)
        cells.append(neutralise(fields["holdings"][name.removeprefix(_HOLDING)] if held else fields[name]))
    return cells


def neutralise(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would calculate; take one away to have it back.

    A cell that already looks so gets one more, so that no two cells become the same.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def bare(cell: str) -> str:
    """Take away the apostrophe that `neutralise` put before a cell, if it did."""
    return cell[1:] if cell.startswith("'") and neutralise(cell[1:]) == cell else cell


def markup_safe(text: str) -> str:
    """Return the text with `\ufffd` for each character that XML or HTML cannot hold; markup is still to be escaped."""
    return text if text.isprintable() else re.sub(_UNFIT, "\ufffd", text)


def section_schema() -> dict[str, Any]:
    """Return the JSON Schema of a section: the type and the meaning of each field."""
    import json
    from importlib.resources import files

    schema: dict[str, Any] = json.loads(files("archive.data").joinpath("section.schema.json").read_text("utf-8"))
    return schema


def _category_fields(verdict: Verdict | None) -> dict[str, Any]:
    return {
        "category": verdict.category if verdict else _NO_CATEGORY,
        "category_scores": {name: round(score, 4) for name, score in verdict.scores} if verdict else {},
        "category_reason": verdict.reason if verdict else "",
        "category_source": verdict.source.value if verdict else "rules",
    }


def _date_fields(date: MentionedDate) -> dict[str, str | None]:
    return {
        "text": date.text,
        "date": date.date,
        "end": date.end or None,
        "precision": date.precision.value,
        "year_source": date.year_source.value,
    }


def _date_cell(date: Mapping[str, Any]) -> str:
    """Write a date as ISO 8601, a span with a slash; as printed where its year is not known."""
    if not date["date"]:
        return str(date["text"])
    return f"{date['date']}/{date['end']}" if date["end"] else str(date["date"])


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _pt(value: float) -> float:
    return round(float(value), 2)
