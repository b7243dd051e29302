"""Are the words of a line what was printed, where letters stand apart or words have the box of their whole line?"""

import pytest

from archive.model.pages import BlockRole, Box, Word
from archive.reading.layout import arrange
from tests.reading.printed import HEIGHT, LEFT, WIDTH
from tests.reading.printer import Printer


def _arranged(page):
    return arrange(page.words, width=WIDTH, height=HEIGHT)


def _set_apart(page, text, *, letter=6.0, word=12.0):
    """Print letters apart, as a typist does: so much white between letters, and between words."""
    x, y, size = LEFT, 80, 10.0
    for piece in text.split():
        for sign in piece:
            page.words.append(Word(sign, Box(x, y, x + 6, y + size), None, size, 1.0))
            x += 6 + letter
        x += word - letter


@pytest.mark.parametrize("text", ["NOTULEN", "UIT DE RAAD", "EEN BRIEF AAN U", "verslag van het bestuur"])
@pytest.mark.parametrize(("letter", "word"), [(6.0, 12.0), (3.0, 9.0), (6.0, 18.0)])
def test_letters_set_apart_are_words(text, letter, word):
    page = Printer()
    _set_apart(page, text, letter=letter, word=word)
    page.column(page.text(60), LEFT, 110, 400)
    assert _arranged(page)[0].text == text


@pytest.mark.parametrize(("text", "letter"), [("ABCDEFG", 6.0), ("ocokck", 6.0), ("KOM", 6.0), ("WGVPT", 16.0)])
def test_the_alphabet_stars_and_the_heads_of_a_table_are_no_word(text, letter):
    page = Printer()
    _set_apart(page, text, letter=letter)
    page.column(page.text(60), LEFT, 110, 400)
    assert text not in {word.text for block in _arranged(page) for line in block.lines for word in line.words}


def test_words_that_have_the_box_of_their_line_make_it_no_heading():
    page, size = Printer(seed=2), 9.0
    for at in range(8):
        x, y = LEFT, 80 + 11 * at
        for word in page.text(5).split():
            box = at % 3 == 1 and word != "een"  # tight around the letters in the other lines
            top, foot = (y, y + 10.8) if box else (y + 2, y + 2 + 0.7 * size)
            page.words.append(Word(word, Box(x, top, x + 4.5 * len(word), foot), 0.9, size, 1.0))
            x += 4.5 * len(word) + 3
    assert {block.role for block in _arranged(page)} == {BlockRole.BODY}


def test_a_page_of_single_letters_is_a_puzzle_and_no_words():
    signs = "ADRESBOEK"
    letters = [
        Word(
            signs[at % 9],
            Box(LEFT + 12 * (at % 36), 60 + 12 * (at // 36), LEFT + 6 + 12 * (at % 36), 70 + 12 * (at // 36)),
        )
        for at in range(1100)
    ]
    found = arrange(letters, width=WIDTH, height=HEIGHT)
    assert {len(word.text) for block in found for line in block.lines for word in line.words} == {1}
