"""Tests for the trust in text layers."""

from archive.model.pages import TextSource, Word
from archive.reading import evidence

GOOD = (
    "De wijkraad nodigt alle bewoners uit voor een avond over het nieuwe park. Wij beginnen om acht uur en er is "
    "koffie met koek. Wie niet kan komen, mag een brief sturen aan het bestuur."
)
SLIPS = {"bewoners": "bewouers", "avond": "avoud", "beginnen": "beginneu", "koffie": "kofiie", "bestuur": "hestuur"}
LANGUAGES = ("nl", "en")


def measured(text: str) -> evidence.Measure:
    return evidence.measure([Word(word) for word in text.split()], LANGUAGES)


def shifted(text: str) -> str:
    return " ".join("".join(chr((ord(sign) - 29) % 94 + 33) for sign in word) for word in text.split())


def test_a_layer_of_plain_language_without_images_is_the_page_itself():
    assert evidence.is_born_digital(measured(GOOD), 0.1)


def test_the_same_layer_over_an_image_of_the_page_is_not_taken_on_trust():
    assert not evidence.is_born_digital(measured(GOOD), 0.97)


def test_a_layer_of_shifted_letters_is_not_trusted():
    assert not evidence.is_born_digital(measured(shifted(GOOD)), 0.0)


def test_a_layer_with_unmapped_letters_is_not_trusted():
    assert not evidence.is_born_digital(measured(GOOD.replace("e", "\ufffd")), 0.0)


def test_a_page_number_alone_is_no_layer_to_trust():
    assert not evidence.is_born_digital(measured("3"), 0.0)


def test_the_reading_with_fewer_slips_is_better():
    layer = GOOD
    for right, wrong in SLIPS.items():
        layer = layer.replace(right, wrong)
    first, second = evidence.compare(measured(layer), measured(GOOD), 1.0)
    assert (first.source, second.source) == (TextSource.OCR, TextSource.TEXT_LAYER)
    assert first.score > second.score
    assert "images cover 100% of the page" in second.reason


def test_a_layer_that_lacks_half_the_page_loses():
    first, _ = evidence.compare(measured(GOOD[: len(GOOD) // 2]), measured(GOOD), 1.0)
    assert first.source is TextSource.OCR


def test_of_two_equal_readings_the_text_layer_is_taken():
    first, _ = evidence.compare(measured(GOOD), measured(GOOD), 1.0)
    assert first.source is TextSource.TEXT_LAYER


def test_rubbish_around_the_words_makes_a_reading_worse():
    clean = [Word(word) for word in GOOD.split()]
    assert evidence.worth(clean, LANGUAGES) > evidence.worth([*clean, Word("wrbtk"), Word("xxlq")], LANGUAGES)
