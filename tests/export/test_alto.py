from xml.etree import ElementTree as ET

import pytest

from tests.export.printed import make_line, make_printed
from tests.export.sections import files_of, make_fields
from tests.export.tools import alto_schema
from tests.factories import make_section

NS = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}


def pages(*printed) -> list[bytes]:
    return list(files_of("alto", make_fields(make_section(), make_section()), pages=printed).values())


def read(*lines) -> ET.Element:
    return ET.fromstring(pages(make_printed(*lines))[0])  # noqa: S314 - we just wrote it


def test_each_page_of_an_issue_is_a_file_named_by_its_id():
    printed = (make_printed(make_line("een")), make_printed(make_line("twee"), number=2))
    names = list(files_of("alto", make_fields(make_section(), make_section()), pages=printed))
    assert names == ["kerngroep-oost-2022-06-15-a-p0001.xml", "kerngroep-oost-2022-06-15-a-p0002.xml"]


def test_a_word_stands_where_it_is_printed():
    [word] = read(make_line("feest", x0=72, y0=36)).findall(".//a:String", NS)
    assert (word.get("CONTENT"), word.get("WC")) == ("feest", "0.950")
    assert [word.get(side) for side in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == ["1200", "600", "500", "167"]


def test_a_broken_word_is_whole_beside_both_halves():
    first, second = read(make_line("de vergade", joined=True), make_line("ring is", y0=64)).findall(".//a:TextLine", NS)
    assert [each.get("SUBS_CONTENT") for each in first.findall("a:String", NS)] == [None, "vergadering"]
    assert [each.get("SUBS_TYPE") for each in second.findall("a:String", NS)] == ["HypPart2", None]
    assert first.find("a:HYP", NS).get("CONTENT") == "-"
    assert second.find("a:HYP", NS) is None


def test_the_schema_of_alto_accepts_every_kind_of_page():
    etree = pytest.importorskip("lxml.etree")
    schema = alto_schema()
    bare = tuple(type(word)(word.text, word.raw, None, None) for word in make_line("zonder plaats"))
    nasty = make_line('"<&>\x00')
    for page in pages(
        make_printed(make_line("de vergade", joined=True), make_line("ring", y0=64), nasty),
        make_printed(bare, number=2, width=None, height=None, confidence=None, language="und", label="", reader=""),
        make_printed(number=3, turned=90, skew=-1.5),
    ):
        schema.assertValid(etree.fromstring(page))
