import json

import pytest

from archive.fields import SECTION_FIELDS, section_schema
from tests.export import sections
from tests.export.sections import make_fields
from tests.factories import make_section


def written(*fields) -> str:
    return sections.written("jsonl", list(fields))


def test_each_section_is_one_line_that_reads_back_as_it_was():
    fields = make_fields(make_section(text='Een "citaat", é en\n\neen alinea'), make_section())
    assert [json.loads(line) for line in written(*fields).split("\n")[:-1]] == fields


def test_letters_stay_letters():
    assert "Oekraïne" in written(*make_fields(make_section(text="Oekraïne")))


def test_what_some_programs_take_for_a_line_end_does_not_part_a_line():
    fields = make_fields(make_section(text="een\u2028twee\u2029drie\x85vier\x0bvijf\x0czes\x1cseven\r\nacht"))
    text = written(*fields)
    assert len(text.splitlines()) == 1
    assert json.loads(text) == fields[0]


def test_no_sections_are_no_lines():
    assert written() == ""


def test_the_schema_in_the_package_names_each_field_and_fits_what_is_written():
    jsonschema = pytest.importorskip("jsonschema")
    schema = section_schema()
    assert tuple(schema["required"]) == SECTION_FIELDS
    assert tuple(schema["properties"]) == (*SECTION_FIELDS, "holdings", "double_of")
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    fields = make_fields(make_section("events", dates=["2022-06-18"], places=[]), make_section())
    for line in written(*fields).splitlines():
        validator.validate(json.loads(line))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(fields[0] | {"pages": ["1"]})
