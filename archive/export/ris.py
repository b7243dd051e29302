"""How do sections leave as references for Zotero, EndNote and their kin (RIS)?"""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from archive.fields import markup_safe
from archive.model.exports import Export, IssueFacts, Shape

SHAPE = Shape.TEXT
# A newsletter is nearest to a magazine; these programs have no kind of their own for it.
_KIND = "MGZN"


def write(export: Export, out: IO[str]) -> int:
    """Write the sections as they come and return how many."""
    count = 0
    for section in export.entries():
        issue = export.issue(section["issue_id"])
        lines = [f"{tag}  - {line}" for tag, value in _fields(section, issue) if (line := _line(value))]
        out.write("\r\n".join([*lines, "ER  - ", "", ""]))
        count += 1
    return count


def _fields(section: Mapping[str, Any], issue: IssueFacts) -> Iterator[tuple[str, str]]:
    date = section["issue_date"]
    yield "TY", _KIND
    yield "ID", section["id"]
    yield "TI", section["heading"] or f"[{section['position']}]"
    yield "T2", section["newsletter"]
    yield "PY", date[:4]
    yield "DA", "/".join([*date.split("-"), "", "", ""][:3]) + "/" if date else ""
    yield "VL", issue.volume
    yield "IS", section["issue_number"]
    labels = [label or str(number) for number, label in zip(section["pages"], section["page_labels"], strict=True)]
    yield "SP", labels[0] if labels else ""
    yield "EP", labels[-1] if labels else ""
    yield "LA", section["language"] if section["language"] != "und" else ""
    yield "KW", section["category"]
    for tag in section["tags"]:
        yield "KW", tag
    yield "AB", section["text"]
    for note in section["notes"]:
        yield "N1", note
    for name, held in issue.holdings.items():
        yield "N1", f"{name}: {held}" if held else ""
    for link in section["links"]:
        yield "UR", link
    yield "AN", section["id"]
    yield "DB", section["source"]["file"]


def _line(value: str) -> str:
    return " ".join(markup_safe(value).split())
