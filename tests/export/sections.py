"""Makes what exporters get: sections under the field names of CONTRACT.md."""

from typing import Any

from archive.fields import section_fields
from archive.ids import make_section_id
from archive.model.issues import Section
from tests.factories import make_issue


def make_fields(
    *sections: Section, issue_id: str = "kerngroep-oost-2022-06-15-a", **facts: Any
) -> list[dict[str, Any]]:
    """Make the fields of sections that stand in one issue; text that a factory could not typeset stays as given."""
    parsed = make_issue(sections, **facts)
    made = []
    for section in parsed.sections:
        fields = section_fields(section, parsed.issue, file="raw/kerngroep.pdf")
        made.append(fields | {"id": make_section_id(issue_id, section.position), "issue_id": issue_id})
    return made
