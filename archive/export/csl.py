"""How do sections leave as CSL-JSON, from which citation programs write references in any style?"""

import json
from collections.abc import Mapping
from typing import IO, Any

from archive.model.exports import Export, IssueFacts, Shape

SHAPE = Shape.TEXT
# A newsletter is nearest to a magazine; CSL has no kind of its own for it.
_KIND = "article-magazine"


def write(export: Export, out: IO[str]) -> int:
    """Write the sections as one list, as they come, and return how many."""
    count = 0
    for section in export.entries():
        cited = cite(section, export.issue(section["issue_id"]))
        out.write((",\n" if count else "[\n") + json.dumps(cited, ensure_ascii=False))
        count += 1
    out.write("\n]\n" if count else "[]\n")
    return count


def cite(section: Mapping[str, Any], issue: IssueFacts) -> dict[str, Any]:
    """Return what CSL wants to know of a section; what is not known is left out."""
    labels = [label or str(number) for number, label in zip(section["pages"], section["page_labels"], strict=True)]
    cited: dict[str, Any] = {
        "id": section["id"],
        "type": _KIND,
        "title": " ".join(section["heading"].split()),
        "container-title": section["newsletter"],
        "issue": section["issue_number"],
        "volume": issue.volume,
        "page": _page_range(labels),
        "language": section["language"] if section["language"] != "und" else "",
        "keyword": ", ".join([section["category"], *section["tags"]]),
        "archive_location": section["source"]["file"],
        "call-number": section["id"],
        "note": "\n".join([*section["notes"], *(f"{name}: {held}" for name, held in issue.holdings.items() if held)]),
    }
    if section["issue_date"]:
        cited["issued"] = {"date-parts": [[int(part) for part in section["issue_date"].split("-")]]}
    return {name: value for name, value in cited.items() if value}


def _page_range(labels: list[str]) -> str:
    """Return `3`, `3-4` or, where the section goes on elsewhere, `3, 7`."""
    numbers = [int(label) for label in labels if label.isdecimal()]
    if len(numbers) == len(labels) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{labels[0]}-{labels[-1]}"
    return ", ".join(labels)
