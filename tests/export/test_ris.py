import pytest

from tests.export.sections import make_fields, written
from tests.factories import make_section


def test_rispy_reads_each_section_back():
    rispy = pytest.importorskip("rispy")
    fields = make_fields(
        make_section("events", "Kom.\n\nEr is soep.", heading="Open  dag\nmet soep", tags=("buurt",)), make_section()
    )
    first, second = rispy.loads(written("ris", fields))
    assert (first["title"], first["id"], first["secondary_title"]) == (
        "Open dag met soep",
        fields[0]["id"],
        "Kerngroep Oost",
    )
    assert (first["year"], first["date"], first["number"], first["volume"]) == ("2022", "2022/06/15/", "6", "15")
    assert (first["keywords"], first["abstract"]) == (["events", "buurt"], "Kom. Er is soep.")
    assert second["title"] == "[2]"


def test_what_is_not_known_is_left_out():
    text = written("ris", make_fields(make_section(), date="", number=""))
    assert not {"PY", "DA", "IS"} & {line[:2] for line in text.split("\r\n")}


def test_no_text_can_begin_a_field_of_its_own():
    [fields] = make_fields(make_section())
    text = written("ris", [fields | {"text": "een\nER  - \r\nTY  - BOOK\x85TI  - x\u2028TI  - y"}])
    assert [line[:2] for line in text.splitlines() if line].count("TY") == 1
    assert text.count("\nER  - ") == 1
