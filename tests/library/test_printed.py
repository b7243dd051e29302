"""Are the edits of a text carried over to the words of its pages?"""

from archive.catalog.rows import LedgerPage, StoredTranscript, page_row
from archive.library.printed import printed_pages
from archive.model.exports import PrintedPage
from archive.model.issues import Edit, WordSpan
from archive.model.pages import BlockRole, Box
from tests.factories import make_page

BODY, PICTURE, FURNITURE = BlockRole.BODY, BlockRole.PICTURE, BlockRole.FURNITURE


def read(raw: str, *edits: tuple[int, int, str], roles: dict[str, BlockRole] | None = None, rule: str = "x"):
    """Read a raw text as printed: blocks parted by empty lines, pages by form feeds; edits by start, end and after."""
    words, at, block, page = [], 0, 0, 1
    for piece in raw.replace("\n\n", " \x01 ").replace("\f", " \f ").replace("\n", " ").split(" "):
        if piece == "\x01":
            block += 1
        elif piece == "\f":
            block, page = block + 1, page + 1
        elif piece:
            start = raw.index(piece, at)
            at = start + len(piece)
            role = (roles or {}).get(piece, BODY)
            words.append(WordSpan(start, at, page, Box(start, 0, at, 10), 0.9, role, block))
    made = tuple(Edit(start, end, raw[start:end], after, rule) for start, end, after in edits)
    rows = [
        LedgerPage(f"a-p{number:04}", "raw/a.pdf", "0" * 64, "a", page_row(make_page(number)))
        for number in range(1, page + 1)
    ]
    return list(printed_pages(StoredTranscript(raw, tuple(words), made), rows))


def lines(page: PrintedPage) -> list[str]:
    return [" ".join(word.text for word in line) for block in page.blocks for line in block.lines]


def test_words_stand_in_lines_blocks_and_pages():
    first, second = read("een twee\ndrie\n\nvier\fvijf")
    assert lines(first) == ["een twee", "drie", "vier"]
    assert (first.text, second.text) == ("een twee\ndrie\n\nvier", "vijf")
    assert (second.id, second.number) == ("a-p0002", 2)


def test_a_word_reads_as_mended_and_keeps_what_was_read():
    [page] = read("de viuchteling", (3, 14, "vluchteling"))
    [line] = page.blocks[0].lines
    assert (line[1].text, line[1].raw) == ("vluchteling", "viuchteling")


def test_a_broken_word_stays_two_halves_that_know_of_each_other():
    [page] = read("de vergade-\nring is", (10, 12, ""))
    first, second = page.blocks[0].lines
    assert [(word.text, word.joined) for word in first] == [("de", False), ("vergade", True)]
    assert second[0].text == "ring"
    assert page.text == "de vergadering\nis"


def test_a_hyphen_that_belongs_to_the_word_stays():
    [page] = read("in Noord-\nHolland", (8, 10, "-"))
    assert lines(page) == ["in Noord-", "Holland"]
    assert page.text == "in Noord-Holland"


def test_a_line_end_without_hyphen_breaks_no_word():
    [page] = read("een kop\n\nmet tekst", (7, 9, ""))
    assert not any(word.joined for block in page.blocks for line in block.lines for word in line)


def test_words_that_were_joined_on_a_line_are_one_with_one_box():
    [page] = read("een f e e s t nu", (4, 13, "feest"))
    [line] = page.blocks[0].lines
    assert [word.text for word in line] == ["een", "feest", "nu"]
    assert (line[1].box.x0, line[1].box.x1) == (4, 13)


def test_a_word_that_was_parted_is_two_with_their_share_of_the_box():
    [page] = read("vanafapril", (0, 10, "vanaf april"))
    [line] = page.blocks[0].lines
    assert [word.text for word in line] == ["vanaf", "april"]
    assert line[0].box.x1 < line[1].box.x0
    assert line[1].box.x1 == 10


def test_words_that_cleaning_took_out_are_left_out():
    [page] = read("een ~ ~ twee", (4, 8, ""))
    assert lines(page) == ["een twee"]


def test_running_heads_stay_on_the_page_and_letters_out_of_pictures_do_not():
    roles = {"kop": FURNITURE, "#@": PICTURE}
    [page] = read("kop\n\n#@\n\ntekst", (0, 3, ""), roles=roles, rule="furniture")
    assert lines(page) == ["kop", "tekst"]


def test_a_piece_that_was_moved_stands_on_its_own_page_in_the_order_of_print():
    transcript = StoredTranscript(
        "a\n\nc\n\nb",
        tuple(WordSpan(start, start + 1, 1, None, None, BODY, block) for start, block in ((0, 0), (3, 2), (6, 1))),
        (),
    )
    rows = [LedgerPage("a-p0001", "raw/a.pdf", "0" * 64, "a", page_row(make_page()))]
    [moved] = printed_pages(transcript, rows)
    assert lines(moved) == ["a", "b", "c"]
