"""Are words found of which a hyphen stands for the end or the beginning: zon- en feestdagen?"""

from functools import partial

import pytest

from archive.languages import unaccented_zipf
from archive.search.compounds import Splitter
from archive.search.forms import tokens
from archive.search.snippets import Finder
from archive.search.suspended import completed
from tests.search.conftest import section

TEXTS = (
    "De kas is op zon- en feestdagen gesloten.",
    "De kas is elke dag open. Op zondag is er een gids, feestdagen uitgezonderd.",
    "Spreekuur op maandag-, dinsdag-\nof donderdagochtend.",
    "De bus rijdt door Noord- en Zuid-Holland.",
    "Er is kinderopvang en -begeleiding in het dorpshuis.",
    "Een kraam met land- & tuinbouwproducten.",
)
_DUTCH = Splitter("nl", partial(unaccented_zipf, language="nl"))


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("zon- en feestdagen", ["zon-en-feestdagen"]),
        ("maandag-, dinsdag- of woensdagochtend", ["maandag-of-woensdagochtend", "dinsdag-of-woensdagochtend"]),
        ("Noord- én Zuid-Holland", ["noord-en-zuid-holland", "zuid-holland"]),
        ("kinderopvang en -hulp", ["kinderopvang-en--hulp"]),
        ("OP ZON- EN FEESTDAGEN", ["zon-en-feestdagen"]),
        ("zon - en feestdagen, a- en b-klas", ["b-klas"]),
        ("zaal en hal -", []),
    ],
)
def test_a_row_of_words_is_searched_as_one_beside_its_words(text, wholes):
    assert [token.text for token in tokens(text) if token.whole] == wholes


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("zon-en-feestdagen", "zondagen"),
        ("in-en-verkoop", "inkoop"),
        ("voor-en-nadelen", "voordelen"),
        ("post-en-girorekening", "postrekening"),
        ("hertogen-of-prinsenstraat", "hertogenstraat"),  # in no list
        ("noord-en-zuid-holland", "noord-holland"),
        ("kinderopvang-en--begeleiding", "kinderbegeleiding"),
        ("schoolkinderen-en--ouders", "schoolouders"),  # not schouders
        ("jong-en-oud", None),
        ("zuid-holland", None),
        ("feestdagen", None),
    ],
)
def test_the_word_that_is_meant(form, word):
    assert completed(form, _DUTCH) == word


def test_only_a_hyphen_is_taken_on_in_a_language_without_compounds():
    english = Splitter("en", partial(unaccented_zipf, language="en"))
    assert completed("pre-and-post-war", english) == "pre-war"
    assert completed("sun-and-holidays", english) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zondagen", [1, 2]),
        ("zondag", [1, 2]),
        ("feestdagen", [1, 2]),
        ("maandagochtend", [3]),
        ("dinsdagochtend", [3]),
        ("noord-holland", [4]),
        ("kinderbegeleiding", [5]),
        ("begeleiding kinderopvang", [5]),
        ("landbouwproducten", [6]),
        ('"zon- en feestdagen"', [1]),
    ],
)
def test_a_word_is_found_that_lacks_a_part(index_of, query, found):
    index = index_of(*TEXTS)
    assert sorted(index.find(query)) == found


def test_it_is_an_inflection_of_the_word_and_a_compound_with_its_parts(index_of):
    index = index_of(*TEXTS)
    assert index.find("zondag", exact=True) == [2]
    assert index.kinds("zondag")["zon-en-feestdagen"] == "inflection"
    assert index.kinds("dag")["zon-en-feestdagen"] == "compound"


@pytest.mark.parametrize(("query", "number", "marked"), [
    ("zondag", 1, "zon- en feestdagen"),
    ("maandagochtend", 3, "maandag-, dinsdag-\nof donderdagochtend"),
    ("dinsdagochtend", 3, "dinsdag-\nof donderdagochtend"),
    ("kinderbegeleiding", 5, "kinderopvang en -begeleiding"),
    ("landbouwproducten", 6, "land- & tuinbouwproducten"),
])  # fmt: skip
def test_all_that_stands_for_it_is_marked(index_of, query, number, marked):
    text = TEXTS[number - 1]
    matches = Finder(index_of(*TEXTS).ask(query).forms).find(text)
    assert [text[slice(*match.span)] for match in matches] == [marked]


def test_what_came_later_is_found_too(index_of):
    index = index_of(TEXTS[1])
    index.add(section(2, TEXTS[0]))
    assert set(index.find("zondag")) == {1, 2}
