"""What tests of the search need: a real index of a few sections, and a way to ask it."""

import pytest

from archive.model.search import SearchRequest
from archive.search import load_backend
from archive.search.query import parse_query


def section(number, text, heading="", **fields):
    """Return a section as the index is given it; `number` makes its id."""
    return {
        "id": f"wijkblad-2019-03-a-s{number:04}",
        "issue_id": "wijkblad-2019-03-a",
        "newsletter": "Wijkblad",
        "newsletter_slug": "wijkblad",
        "heading": heading,
        "text": text,
        "category": "other",
        "issue_date": "2019-03",
        "language": "nl",
        "dates": [],
        "places": [],
        "tags": [],
        "pages": [1],
        **fields,
    }


class Index:
    """An index in a folder; answers with the numbers that the sections were given."""

    def __init__(self, directory):
        self.directory = directory
        self.backend = load_backend().open(directory)

    def ask(self, query, **request):
        return self.backend.search(parse_query(query), SearchRequest(query=query, **request))

    def find(self, query, **request):
        return [int(section_id[-4:]) for section_id, _ in self.ask(query, **request).ids]

    def kinds(self, query, **request):
        return {form: str(kind) for forms in self.ask(query, **request).forms.values() for form, kind in forms.items()}

    def add(self, *sections, generation=2):
        with load_backend().writer(self.directory) as writer:
            writer.add(sections)
            writer.commit(generation)

    def remove(self, *numbers, generation=3):
        with load_backend().writer(self.directory) as writer:
            writer.remove(section(number, "")["id"] for number in numbers)
            writer.commit(generation)


@pytest.fixture
def index_of(tmp_path):
    """Return a function that makes an index: of texts, numbered from 1, or of whole sections."""

    def make(*sections):
        made = [section(n, text) if isinstance(text, str) else text for n, text in enumerate(sections, start=1)]
        with load_backend().rebuild(tmp_path / "whoosh") as writer:
            writer.add(made)
            writer.commit(1)
        return Index(tmp_path / "whoosh")

    return make
