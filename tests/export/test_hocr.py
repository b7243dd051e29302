import re
from xml.etree import ElementTree as ET

from tests.export.printed import make_line, make_printed
from tests.export.sections import files_of, make_fields
from tests.export.tools import check, find_tool
from tests.factories import make_section


def page(*lines, **facts) -> str:
    [content] = files_of("hocr", make_fields(make_section()), pages=(make_printed(*lines, **facts),)).values()
    return content.decode()


def test_a_word_has_its_place_and_confidence():
    text = page(make_line("feest", x0=72, y0=36))
    assert re.search(r'title="bbox 300 150 425 192; x_wconf 95">feest</span>', text)


def test_the_hyphen_of_a_broken_word_is_a_soft_one():
    assert ">vergade&#173;</span>" in page(make_line("vergade", joined=True), make_line("ring", y0=64))


def test_whatever_a_scan_says_it_stays_well_formed():
    text = page(make_line('"<&>\x00'), file='raw/a "b".pdf', label='"1')
    assert ET.fromstring(text) is not None  # noqa: S314 - we just wrote it


def test_hocr_spec_accepts_it(tmp_path):
    tool = find_tool("hocr-spec")
    text = page(make_line("de vergade", joined=True), make_line("ring is", y0=64))
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    check(tool, tmp_path / "page.html")
