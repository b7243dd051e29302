from xml.etree import ElementTree as ET

import pytest

from tests.export.sections import make_fields, written
from tests.export.tools import check_tei
from tests.factories import make_section

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
NASTY = 'Jansen & Zoon <b> "x" \x00\x0c ]]>'


def read(fields: list[dict], **more) -> ET.Element:
    return ET.fromstring(written("tei", fields, **more))  # noqa: S314 - we just wrote it


def several() -> list[dict]:
    first = make_fields(
        make_section("events", "Kom naar de open dag.\n\nEr is soep.", heading="Open dag"),
        make_section("meetings", "Maandag vergadering.", language="und"),
        issue_id="2e-krant-2022-06-15-a",
    )
    first[1] |= {"text": NASTY, "notes": [NASTY], "tags": [NASTY, "soep"]}
    return first + make_fields(make_section(heading=NASTY), issue_id="de-brug-2020-a", date="2020-06", number="")


def test_an_issue_is_a_text_and_a_section_a_division():
    corpus = read(several())
    assert [text.get("n") for text in corpus.findall("t:TEI", NS)] == ["2e-krant-2022-06-15-a", "de-brug-2020-a"]
    division = corpus.find(".//t:div", NS)
    assert (division.get("n"), division.get("ana")) == ("2e-krant-2022-06-15-a-s0001", "#category.events")
    assert division.findtext("t:head", None, NS) == "Open dag"
    assert ["".join(part.itertext()) for part in division.findall("t:p", NS)] == [
        "Kom naar de open dag.",
        "Er is soep.",
    ]
    assert corpus.find(".//t:sourceDesc//t:date", NS).get("when") == "2022-06-15"


def test_every_reference_leads_to_a_category():
    corpus = read(several())
    known = {f"#{each.get(ID)}" for each in corpus.iter() if each.get(ID)}
    assert {each.get("ana") for each in corpus.findall(".//t:div", NS)} <= known


def test_the_licence_is_told_or_that_there_is_none():
    assert "CC-BY-4.0" in written("tei", several(), licence="CC-BY-4.0")
    assert "rights to the texts stay" in written("tei", several())


@pytest.mark.parametrize("fields", [several(), []], ids=["sections", "none"])
def test_it_is_tei_p5(fields, tmp_path):
    (tmp_path / "corpus.xml").write_text(written("tei", fields, query=NASTY), encoding="utf-8")
    check_tei(tmp_path / "corpus.xml")


def test_a_section_has_its_tags():
    terms = read(several()).findall(".//t:div/t:index[@indexName='tags']/t:term", NS)
    assert [term.text for term in terms][1:] == ["soep"]
