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


def test_a_word_that_stands_nowhere_whole_is_found_where_it_was_torn(index_of):
    index = index_of(
        "Wie een uit kering heeft.", "Hij gaat uit.", "De kering is open.", "Uit de gids.", "Zij is er uit."
    )
    assert index.kinds("uitkering") == {"uit kering": "ocr"}
    assert index.find("uitkering") == [1]
    often = index_of(*["Wie een uit kering heeft."] * 3)
    assert often.find("uitkering") == []  # so common they are two words


def test_two_words_side_by_side_are_no_torn_one(index_of):
    index = index_of("Open de zaaldeur.", "Een open zaal en een groene deur.", "De gemeente raadt het af.")
    assert index.find("zaaldeur") == [1]
    assert "ocr" not in index.kinds("gemeenteraad").values()


def test_a_longer_word_of_the_language_is_no_glued_one(index_of):
    index = index_of("De vergaderingen beginnen om acht uur.", "De markt en de marktplaats.")
    assert index.kinds("vergadering") == {"vergaderingen": "inflection"}
    assert "ocr" not in index.kinds("markt").values()


def test_torn_words_and_verbs_in_pieces_are_found_in_headings_by_themselves(index_of):
    index = index_of(
        section(1, "De zaal is open.", "De begro ting"),
        section(2, "De begro ting is klaar.", "De zaal"),
        section(3, "Wij eten samen.", "Neem uw brood mee"),
        section(4, "Neem uw brood mee.", "Wij eten samen"),
        section(5, "De begroting, om mee te nemen: meenemen.", "Post"),
    )
    assert index.find("heading:begroting") == [1]
    assert index.find("heading:meenemen") == [3]


def test_a_torn_word_is_found_also_where_its_neighbour_makes_a_compound_with_it(index_of):
    index = index_of(
        "De opvang van vluchte lingen.", "De vluchtelingenopvang.", "Een vluchteling.", "Vluchtelingen zoeken opvang."
    )
    assert sorted(index.find("opvang vluchtelingen")) == [1, 2, 4]
    assert index.find("opvang vluchtelingen")[0] != 1


def test_a_piece_that_is_a_form_of_the_word_counts_once(index_of):
    index = index_of(
        "De vluchteling en zijn zoon.", "De vluchteling met zijn zoon.", "Vele vluchtelingen, het dorp uit."
    )
    assert index.kinds("vluchtelingen") == {"vluchtelingen": "exact", "vluchteling": "inflection"}
    found = dict(index.ask("vluchtelingen").ids)
    first, second = (found[section(number, "")["id"]] for number in (1, 2))
    assert first == second
