"""Is the name told from the subtitle, and is a misread name mended by its witnesses?"""

import pytest

from archive.parsing.title import is_running_text, is_subtitle, mend_name, spelled


@pytest.mark.parametrize(
    "line",
    [
        "Maandblad van de wandelbond",
        "Magazine voor mensen met een bril",
        "Afdelingsblad van de Bond van Klokkenmakers",
        "Huis-aan-huiskrant voor het Zuiderkwartier",
        "The magazine of the Friends of the Mill",
        "officieel orgaan van de duivenmelkers",
        "Nieuws van Werkgroep Veerpont",
    ],
)
def test_a_line_that_says_what_kind_of_paper_this_is_is_a_subtitle(line):
    assert is_subtitle(line)


@pytest.mark.parametrize(
    "line", ["De Wandelaar", "Nieuwsbrief Veerpont", "Wijkblad De Brug", "Buurtkrant", "The Mill Post"]
)
def test_a_name_is_none(line):
    assert not is_subtitle(line)


@pytest.mark.parametrize(
    ("line", "running"),
    [
        ("de kast bezorgd. Breng de sleutel mee", True),
        ("met de boot naar het eiland. De ver", True),
        ("de Wandelaar", False),
        ("'t Veer. Blad voor schippers", False),
        ("o.b.s. De Wilg", False),
    ],
)
def test_a_line_between_two_sentences_is_running_text(line, running):
    assert is_running_text(line) is running


def test_a_misread_name_is_spelled_as_the_running_heads_have_it():
    assert mend_name("Wande1aer", 0.4, witnesses=["De Wandelaar"], text="") == "De Wandelaar"


def test_a_name_that_no_witness_has_stays_as_it_is_printed():
    text = "Cooperatie De Ridder heeft plaats.\nCooperatie De Ridder heeft plaats."
    assert mend_name("Cooperatie De Ridderhof", 0.9, witnesses=[], text=text) == "Cooperatie De Ridderhof"


def test_the_printed_article_goes_with_a_name_of_the_file():
    assert mend_name("De Wandelaor", 0.5, witnesses=["Wandelaar"], text="") == "De Wandelaar"


def test_a_name_like_no_witness_stays():
    assert mend_name("De Brug", 0.9, witnesses=["De Wandelaar"], text="Aan de brug.") == "De Brug"


def test_the_name_of_a_file_is_spelled_as_the_text_prints_it():
    assert spelled("dewandelaar", "U leest De Wandelaar gratis.") == "De Wandelaar"
    assert spelled("wandelaar", "U leest De Wandelaar gratis.") == "De Wandelaar"
    assert spelled("wandelaar", "Niets daarvan.") == "wandelaar"


def test_a_name_printed_on_two_lines_is_not_cut_to_the_first():
    text = "Mededelingenblad Oranjevereniging\nWilhelmina\n\nNo. 2, 15 april 1978\n\nUitnodiging"
    name = "Mededelingenblad Oranjevereniging Wilhelmina"
    assert mend_name(name, None, witnesses=[], text=text) == name


def test_a_name_in_capitals_is_not_mended_by_its_own_masthead():
    assert mend_name("Steunbrief Zuid", None, witnesses=[], text="STEUNBRIEF ZUID\n\nNummer 3") == "Steunbrief Zuid"
