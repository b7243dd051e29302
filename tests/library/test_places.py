from dataclasses import replace

import pytest

from archive.catalog.store import open_catalog
from archive.library.places import find_boxes
from archive.model.issues import Cleaned, Edit
from tests.factories import make_issue, make_section

A = "kerngroep-oost-2022-06-15-a"
RAW = "De op- vang in de zaai van het dorp"


@pytest.fixture
def issue():
    """Make an issue in whose text a hyphen was joined and a misread word repaired."""
    parsed = make_issue([make_section(text=RAW, heading="Een kop")])
    raw = parsed.transcript.raw
    hyphen, misread = raw.index("- "), raw.index("zaai")
    repairs = [
        Edit(hyphen, hyphen + 2, "- ", "", "line-end-hyphens"),
        Edit(misread, misread + 4, "zaai", "vergaderzaal", "misread-words"),
    ]
    edits = tuple(sorted((*parsed.cleaned.edits, *repairs), key=lambda edit: edit.start))
    section = replace(parsed.sections[0], text="De opvang in de vergaderzaal van het dorp")
    return replace(parsed, cleaned=Cleaned(raw, edits), sections=(section,))


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("kop", ["kop"]),
        ("De", ["De"]),
        ("opvang", ["op-", "vang"]),
        ("zaal", ["zaai"]),
        ("vergaderzaal", ["zaai"]),
        ("van het", ["van", "het"]),
        ("dorp", ["dorp"]),
    ],
)
def test_words_are_found_where_they_are_printed(archive_of, issue, asked, printed):
    settings = archive_of(issue, index=False)
    section = issue.sections[0]
    start = section.full_text.index(asked)
    with open_catalog(settings.catalog_path) as catalog:
        [fields] = catalog.sections(ids=[f"{A}-s0001"])
        boxes = find_boxes(catalog, fields, section.full_text, [(start, start + len(asked))])
    expected = [
        {"page": 1, "x0": word.box.x0, "y0": word.box.y0, "x1": word.box.x1, "y1": word.box.y1}
        for word in issue.transcript.words
        if issue.transcript.raw[word.start : word.end] in printed
    ]
    assert list(boxes) == expected


def test_a_source_without_boxes_gives_none(archive_of, issue):
    words = tuple(replace(word, box=None) for word in issue.transcript.words)
    settings = archive_of(replace(issue, transcript=replace(issue.transcript, words=words)), index=False)
    with open_catalog(settings.catalog_path) as catalog:
        [fields] = catalog.sections(ids=[f"{A}-s0001"])
        assert find_boxes(catalog, fields, issue.sections[0].full_text, [(0, 3)]) == ()


def test_an_id_that_holds_nothing_has_no_boxes(archive_of):
    with open_catalog(archive_of(make_issue(), index=False).catalog_path) as catalog:
        section = {"id": "never-given-s0001", "raw_text": "tekst"}
        assert find_boxes(catalog, section, "tekst", [(0, 5)]) == ()
