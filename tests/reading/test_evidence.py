"""Tests for the trust in text layers."""

import os
import random

import pytest
from rapidfuzz.distance import Levenshtein

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


POLISH = (
    "Rada parafialna zaprasza wszystkich mieszkańców na wieczór w sobotę. Zaczynamy o godzinie ósmej i będzie kawa "
    "oraz ciasto. Kto nie może przyjść, niech napisze list do zarządu, a odpowiedź znajdzie w następnym numerze."
)


def test_a_layer_in_a_language_of_no_list_is_the_page_itself():
    assert evidence.is_born_digital(measured(POLISH), 0.1)


def test_letters_that_stand_for_others_are_hardly_ever_trusted_in_any_language():
    chance, letters = random.Random(5), "abcdefghijklmnopqrstuvwxyz"  # noqa: S311
    trusted = 0
    for text in [POLISH, GOOD] * 50:
        swapped = str.maketrans(letters, "".join(chance.sample(letters, len(letters))))
        trusted += evidence.is_born_digital(measured(text.casefold().translate(swapped)), 0.0)
    assert trusted <= 1


def test_scraps_of_one_and_two_letters_are_no_words():
    rubbish = "b-.f_'gi--e|_g' i.e-|a 'o_ e--.is |a_n' de-_i"
    assert measured(rubbish).share == 0
    first, _ = evidence.compare(measured(rubbish), measured("Zomerfeest op het plein"), 1.0)
    assert first.source is TextSource.OCR
    assert measured(GOOD).share > 0.95


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


LONG = (
    "Beste buurtgenoten. Op zaterdag twaalf maart houden wij een open dag in het buurthuis aan de haven. "
    "Er is muziek, soep en een kleine markt met tweedehands boeken en speelgoed. De werkgroep groen deelt "
    "plantjes uit en vertelt over de tuin achter de school. Vorige week sprak het bestuur met de gemeente "
    "over de verkeersdrempels in de Ankerstraat. De wethouder beloofde voor de zomer een besluit te "
    "nemen. Wie wil meedenken, kan zich opgeven bij het secretariaat. De vergadering van de vereniging is "
    "op dinsdag vijf april om acht uur in de grote zaal. Op de agenda staan het jaarverslag, de begroting "
    "en de verkiezing van een nieuwe penningmeester. Na de pauze vertelt een bewoner over de geschiedenis "
    "van de wijk, met oude foto's van de werf en de kade. Koffie en thee staan klaar, iedereen is welkom."
)
MISREAD = ("rn", "m"), ("e", "c"), ("o", "0"), ("l", "1"), ("n", "u"), ("t", "f"), ("a", "s"), ("i", "j"), ("b", "h")


def misread(text, share, chance):
    """Misread letters in so large a share of the words."""
    found = []
    for word in text.split():
        fitting = [pair for pair in MISREAD if pair[0] in word]
        found.append(word.replace(*chance.choice(fitting)) if fitting and chance.random() < share else word)
    return " ".join(found)


def cut(text, share, chance):
    """Leave out a run of words."""
    tokens = text.split()
    gone = round(share * len(tokens))
    start = chance.randint(0, len(tokens) - gone)
    return " ".join(tokens[:start] + tokens[start + gone :])


def glued(text, share, chance):
    """Lose spaces."""
    return "".join(word + ("" if chance.random() < share else " ") for word in text.split())


def shifted_in_part(text, share, chance):
    """Shift the letters of some words, as a font without its table does."""
    return " ".join(shifted(word) if chance.random() < share else word for word in text.split())


GRADES = (0.0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
DAMAGES = (misread, cut, glued, shifted_in_part)


def count_right(trial: int) -> int:
    """Count the layers, of forty, in whose place the better reading was taken; each trial draws other ones."""
    ocr = misread(LONG, 0.05, random.Random(trial))  # noqa: S311 - the same reading every time
    right = 0
    for damage in DAMAGES:
        for grade in GRADES:
            layer = damage(LONG, grade, random.Random(f"{damage.__name__} {grade} {trial}"))  # noqa: S311
            wrong = {
                TextSource.TEXT_LAYER: Levenshtein.distance(LONG, layer) / len(LONG),
                TextSource.OCR: Levenshtein.distance(LONG, ocr) / len(LONG),
            }
            taken = evidence.compare(measured(layer), measured(ocr), 1.0)[0].source
            right += wrong[taken] <= min(wrong.values()) + 0.005  # within this, either may be taken
    return right


def test_of_forty_layers_of_graded_quality_and_an_ordinary_reading_the_better_one_is_taken():
    assert count_right(7) == 40


@pytest.mark.full
@pytest.mark.skipif(not os.environ.get("ARCHIVE_TEST_FULL"), reason="takes a while; set ARCHIVE_TEST_FULL=1")
def test_of_four_hundred_layers_of_graded_quality_all_but_two_are_judged_right():
    assert sum(count_right(trial) for trial in range(10)) >= 398


def test_words_that_a_layer_has_without_their_spaces_count_a_letter_each():
    glued = GOOD.replace("De wijkraad nodigt", "Dewijkraadnodigt")
    misspelt = GOOD.replace("bewoners", "bcwoncrs").replace("avond", "qvond")
    first, second = evidence.compare(measured(misspelt), measured(glued), 1.0)
    assert first.source is TextSource.OCR
    assert first.reason.startswith("2 letters in doubt")
    assert second.reason.startswith("3 letters in doubt")
