import pytest

from archive.corrections import read_corrections
from archive.errors import UsageError
from archive.model.issues import Correction

HEADER = "id,field,value,expected,context,date,note\n"


def read(tmp_path, text: str | bytes):
    path = tmp_path / "corrections.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_corrections(path)


def test_an_absent_file_holds_no_corrections(tmp_path):
    assert read_corrections(tmp_path / "corrections.csv") == ()


def test_the_lines_come_in_their_order(tmp_path):
    lines = "x-s0001,category,events,,,2024-01-02,looked it up\nx-s0001,word,zaal,zaai,in de zaai om acht,,\n"
    assert read(tmp_path, HEADER + lines) == (
        Correction("x-s0001", "category", "events", "", "", "2024-01-02", "looked it up"),
        Correction("x-s0001", "word", "zaal", "zaai", "in de zaai om acht", "", ""),
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffid;field;value\r\nx;heading;Open dag\r\n",
        "value\tfield\tid\nOpen dag\theading\tx",
        "\n\nID,Field,Value,colour\nx, Heading ,Open dag,red\n,,,\n",
        'id,field,value\n"x","heading","Open dag"\n',
    ],
)
def test_what_a_spreadsheet_makes_of_the_file_is_read_alike(tmp_path, text):
    assert read(tmp_path, text) == (Correction("x", "heading", "Open dag", "", "", "", ""),)


def test_a_value_may_hold_commas_and_lines(tmp_path):
    [correction] = read(tmp_path, HEADER + 'x,note,"een, twee\ndrie",,,,\n')
    assert correction.value == "een, twee\ndrie"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER + "x,colour,red,,,,\n", "line 2 corrects `colour`"),
        (HEADER + "x,tag,a,,,,\n,tag,b,,,,\n", "line 3 names no id"),
        ("id,value\nx,y\n", "column `field` is missing"),
        (HEADER + 'x,tag,"a\n', "line 2 cannot be read"),
        (b"id,field,value\nx,tag,caf\xe9\n", "not UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path, text, message):
    with pytest.raises(UsageError, match=message):
        read(tmp_path, text)
