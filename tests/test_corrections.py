import errno
import os

import pytest

from archive.corrections import (
    append_corrections,
    concerning,
    digest,
    in_force,
    read_corrections,
    read_key,
    without_place,
    write_key,
)
from archive.errors import ArchiveWriteError, UsageError
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


def correction(given: str, field: str, value: str, expected: str = "", context: str = "") -> Correction:
    return Correction(given, field, value, expected, context, "2024-05-06", "")


OPEN_DAY = correction("x-2019-03-a-s0001", "heading", 'Open dag, "groot"')
TAG = correction("x-2019-03-a-s0001", "tag", "feest\nvieren")


def test_what_is_appended_is_read_again(tmp_path):
    path = tmp_path / "corrections.csv"
    append_corrections(path, [OPEN_DAY])
    append_corrections(path, [TAG])
    assert read_corrections(path) == (OPEN_DAY, TAG)
    assert path.read_text().count("id,field") == 1


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffvalue;field;id;note;date;mine\r\nb;tag;x-2019-03-a;;;7",
        "id\tfield\tvalue\tdate\tcontext\texpected\nx-2019-03-a\ttag\tb\t\t\t\n",
    ],
)
def test_appending_keeps_what_is_there_and_its_columns(tmp_path, text):
    path = tmp_path / "corrections.csv"
    path.write_bytes(text.encode())
    append_corrections(path, [OPEN_DAY])
    assert path.read_bytes().startswith(text.encode())
    assert read_corrections(path)[1] == OPEN_DAY


def test_a_file_without_a_needed_column_is_left_alone(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("id,field,value,date\n")
    with pytest.raises(UsageError, match="column `expected` is missing"):
        append_corrections(path, [correction("x-s0001", "word", "zaal", "zaai", "in de zaai")])
    assert path.read_text() == "id,field,value,date\n"


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "corrections.csv"
    append_corrections(path, [OPEN_DAY])
    before = path.read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveWriteError, match="No space left"):
        append_corrections(path, [TAG])
    assert path.read_bytes() == before


def test_the_latest_line_wins_and_tags_add_up():
    lines = [
        correction("a-s0001", "category", "events"),
        correction("a-s0001", "tag", "feest"),
        correction("a-s0001", "word", "zaal", "zaai", "in de zaai"),
        correction("a-s0001", "category", "meetings"),
        correction("a-s0001", "tag", "zaal"),
        correction("a-s0001", "word", "zaak", "zaai", "in de zaai"),
        correction("a-s0002", "category", "other"),
        correction("a-s0002", "withdraw", "private"),
    ]
    assert in_force(lines) == (lines[1], lines[3], lines[4], lines[5], lines[6])


def test_a_correction_concerns_every_scan_of_its_issue():
    here, there = correction("oost-2019-03-a-s0001", "tag", "x"), correction("oost-2019-04-a", "tag", "x")
    undated = correction("undated-1f2e3d4c-s0002", "tag", "x")
    assert concerning([here, there, undated], ["oost-2019-03-b"]) == (here,)
    assert concerning([here, there, undated], ["undated-1f2e3d4c", "west-2019-03-a"]) == (undated,)


def test_a_scan_s_key_tells_which_corrections_it_knows_and_which_found_their_place():
    key = write_key("settings", [OPEN_DAY, TAG], [digest(TAG)])
    assert read_key(key) == ("settings", frozenset({digest(OPEN_DAY), digest(TAG)}), frozenset({digest(TAG)}))
    assert without_place([OPEN_DAY, TAG], ["settings", key]) == (OPEN_DAY,)
    assert read_key(write_key("settings", [], [])) == ("settings", frozenset(), frozenset())
