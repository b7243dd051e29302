from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import StorageError, UnreadableScanError
from archive.reading.dumps import read_dump


@pytest.fixture
def dump(tmp_path):
    def write(content, **options):
        path = tmp_path / "bericht.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [[block.text for block in page] for page in read_dump(path, **options)]

    return write


def test_an_empty_line_starts_a_block(dump):
    assert dump("Open dag\n\nZaterdag staat\nde deur open.\n\n\n \nTot dan!\n") == [
        ["Open dag", "Zaterdag staat\nde deur open.", "Tot dan!"]
    ]


def test_a_form_feed_starts_a_page(dump):
    assert dump("een\ftwee\n\fdrie") == [["een"], ["twee"], ["drie"]]


def test_an_empty_page_keeps_its_number(dump):
    assert dump("een\f\n\fdrie") == [["een"], [], ["drie"]]


def test_the_form_feed_that_ends_the_last_page_starts_none(dump):
    assert dump("een\ftwee\n\f") == [["een"], ["twee"]]


def test_a_file_without_words_is_one_page_without_blocks(dump):
    assert dump(" \n\n") == [[]]


def test_words_stand_as_in_the_source_without_box_or_confidence(tmp_path):
    path = tmp_path / "bericht.txt"
    path.write_text("  Kom  naar\tde kan-\ntine.", encoding="utf-8")
    ((block,),) = read_dump(path)
    assert [[word.text for word in line.words] for line in block.lines] == [["Kom", "naar", "de", "kan-"], ["tine."]]
    assert all(word.box is None and word.confidence is None for line in block.lines for word in line.words)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_each_encoding(dump, encoding):
    assert dump("Eén café – ‘thema’s’ in Oekraïne €5".encode(encoding)) == [["Eén café – ‘thema’s’ in Oekraïne €5"]]


def test_a_single_wrong_byte_leaves_the_other_accents(dump):
    assert dump("één idee, ".encode() + b"caf\xe9") == [["één idee, café"]]


def test_line_ends_of_other_systems_are_line_ends(dump):
    assert dump(b"een\r\ntwee\rdrie\r\n\r\nvier") == [["een\ntwee\ndrie", "vier"]]


def test_control_characters_and_terminal_escapes_are_dropped(dump):
    assert dump("ro\x1b[31mod\x1b[0m \x1b]0;titel\x07wi\x00t\x07 bl\u202eau\x9b") == [["rood wit blau"]]


def test_a_file_over_the_limit_is_refused(dump):
    with pytest.raises(UnreadableScanError, match="larger than"):
        dump("a" * 2000, limit_bytes=1000)


def test_a_file_that_is_no_text_is_refused(dump):
    with pytest.raises(UnreadableScanError, match="not a text"):
        dump(bytes(range(32)) * 40)


def test_a_missing_file_says_what_happened(tmp_path):
    with pytest.raises(StorageError, match="cannot be read"):
        read_dump(tmp_path / "weg.txt")


def test_a_line_of_megabytes_is_cut_without_losing_a_word(tmp_path):
    path = tmp_path / "bericht.txt"
    path.write_text("woord " * 5000 + "x" * 25_000, encoding="utf-8")
    ((block,),) = read_dump(path)
    assert max(len(line.text) for line in block.lines) <= 10_000
    assert sum(word.text.count("woord") for line in block.lines for word in line.words) == 5000
    assert sum(word.text.count("x") for line in block.lines for word in line.words) == 25_000


@pytest.fixture(scope="module")
def any_file(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("dumps") / "bericht.txt"


@given(content=st.text(alphabet="aé\n\f \t‘-"))
def test_every_visible_letter_is_kept_in_order(any_file, content):
    any_file.write_text(content, encoding="utf-8", newline="")
    words = [word.text for page in read_dump(any_file) for block in page for line in block.lines for word in line.words]
    assert "".join(words) == "".join(content.split())


@given(content=st.binary(max_size=300))
def test_no_bytes_make_it_crash(any_file, content):
    any_file.write_bytes(content)
    try:
        pages = read_dump(any_file)
    except UnreadableScanError:
        return
    texts = [word.text for page in pages for block in page for line in block.lines for word in line.words]
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for text in texts for letter in text)


_FIRST = "De Veldpost\n12e jaargang, nummer 3 - maart 2001\n\nUit de vereniging\n\nDe kachel is hersteld.\n"
_SECOND = "De Veldpost\n12e jaargang, nummer 4 - april 2001\n\nOud papier\n\nZet het aan de straat.\n"


def test_a_page_starts_where_the_masthead_of_a_file_comes_again(tmp_path):
    path = tmp_path / "dump.txt"
    path.write_text(_FIRST + "\n" + _SECOND.replace("Veldpost", "Ve1dpost"), encoding="utf-8")
    pages = read_dump(path)
    assert [page[0].lines[0].text for page in pages] == ["De Veldpost", "De Ve1dpost"]


def test_the_name_of_the_newsletter_alone_starts_no_page(tmp_path):
    path = tmp_path / "dump.txt"
    path.write_text(
        f"{_FIRST}\nOud papier\n\nZet het aan de straat.\n\nDe Veldpost\n\nis van ons allen, en al 40 jaar.\n",
        encoding="utf-8",
    )
    assert len(read_dump(path)) == 1
