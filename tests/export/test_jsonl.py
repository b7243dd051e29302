import io
import json

from archive.export import jsonl
from tests.export.sections import make_fields
from tests.factories import make_section


def written(*fields) -> str:
    out = io.StringIO(newline="")
    assert jsonl.write(fields, out) == len(fields)
    return out.getvalue()


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
