"""Are words found that a stray space tore apart, or a lost one glued to their neighbour?"""

import pytest

from tests.search.conftest import section


@pytest.mark.parametrize(
    ("query", "text", "form"),
    [
        ("vluchtelingen", "Er kwamen veertig vluchte lingen in het dorp aan.", "vluchte lingen"),
        ("vluchteling", "Er kwamen veertig vluchte lingen in het dorp aan.", "vluchte lingen"),
        ("begroting", "Zij stelde de begro- -\nting vast in het dorp.", "begro ting"),
        ("petitie", "Teken de peti- -\ntie tegen de sluiting.", "peti tie"),
        ("ledenvergadering", "Wij houden een ledenver gadering in de zaal.", "ledenver gadering"),
        ("vergadering", "Morgen is devergadering in de zaal. De zaal is open.", "devergadering"),
        ("begroting", "Over de begrotingvan dit jaar. Van alles wat.", "begrotingvan"),
    ],
)
def test_a_torn_or_glued_word_is_found_and_counts_as_misread(index_of, query, text, form):
    other = section(9, "De vluchtelingen en de begroting staan op de vergadering, een ledenvergadering, een petitie.")
    index = index_of(section(1, text), other, section(3, "De brug is dicht."))
    assert index.find(query) == [9, 1]
    assert index.kinds(query)[form] == "ocr"
    assert index.find(query, exact=True) in ([9], [])


def test_two_words_side_by_side_are_no_torn_one(index_of):
    index = index_of("Open de zaaldeur.", "Een open zaal en een groene deur.", "De gemeente raadt het af.")
    assert index.find("zaaldeur") == [1]
    assert "ocr" not in index.kinds("gemeenteraad").values()


def test_a_longer_word_of_the_language_is_no_glued_one(index_of):
    index = index_of("De vergaderingen beginnen om acht uur.", "De markt en de marktplaats.")
    assert index.kinds("vergadering") == {"vergaderingen": "inflection"}
    assert "ocr" not in index.kinds("markt").values()
