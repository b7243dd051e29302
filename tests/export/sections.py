"""Makes what exporters get: sections under the field names of CONTRACT.md, and the record around them."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

from archive.export import load_format
from archive.fields import section_fields
from archive.ids import make_section_id
from archive.model.exports import ArchiveFacts, Export, IssueFacts, PrintedPage, YearOfArchive
from archive.model.issues import Section
from archive.model.search import Coverage, SearchRequest
from tests.factories import CATEGORIES, make_issue


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


def make_export(
    fields: list[dict[str, Any]], *, pages: tuple[PrintedPage, ...] = (), query: str = "", **more: Any
) -> Export:
    """Make what a format gets, of sections in any number of issues; the pages belong to each of these."""
    by_id = {page.id: page for page in pages}
    first = {each["issue_id"]: each for each in reversed(fields)}

    def issue(issue_id: str) -> IssueFacts:
        one = first[issue_id]
        facts = (one["newsletter"], one["newsletter"], one["issue_number"], "15", one["issue_date"], "masthead", "nl")
        return IssueFacts(issue_id, *facts, one["source"]["file"], one["source"]["sha256"], tuple(by_id))

    given = {
        "entries": lambda: iter(fields),
        "request": SearchRequest(query),
        "facts": lambda: make_facts(len(fields)),
        "issue": issue,
        "page": by_id.get,
        "picture": lambda _: None,
        "pages_of": lambda _: tuple(by_id),
        "skip": lambda _: None,
    }
    return Export(**(given | more))


def make_facts(sections: int = 1) -> ArchiveFacts:
    return ArchiveFacts(
        version="0.1",
        as_of="2024-03-01",
        settings={"dpi": 300, "languages": ["nl", "en"]},
        parsed="",
        sections=sections,
        newsletters=("Kerngroep Oost",),
        categories=CATEGORIES,
        coverage=Coverage(2, 9, ok=6, low=1, empty=1, failed=1),
        years=(YearOfArchive("2021", 1, 4, 900, 0.81), YearOfArchive("2022", 1, 5, 1000, 0.93)),
        gaps=(("Kerngroep Oost", "2022", (3, 4, 7)),),
    )


def written(form: str, fields: list[dict[str, Any]], **more: Any) -> str:
    """Return what a format of text writes."""
    out = StringIO(newline="")
    assert load_format(form).write(make_export(fields, **more), out) == len(fields)
    return out.getvalue()


class KeptFiles:
    """Keeps what a format of many files writes (an archive.model.exports.Files)."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[BytesIO]:
        assert name not in self.content
        out = BytesIO()
        yield out
        self.content[name] = out.getvalue()

    def written(self) -> Iterator[tuple[str, int, str]]:
        for name, content in self.content.items():
            yield name, len(content), sha256(content).hexdigest()


def files_of(form: str, fields: list[dict[str, Any]], **more: Any) -> dict[str, bytes]:
    """Return what a format of many files writes."""
    files = KeptFiles()
    assert load_format(form).write(make_export(fields, **more), files) == len(fields)
    return files.content
