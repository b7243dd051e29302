import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.forms import fold, tokens


def words(text):
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oekraïne", "oekraine"),
        ("OEKRAÏNE", "Oekrai\u0308ne"),
        ("thema’s", "thema's"),
        ("ĳs", "ijs"),
        ("Ĳsbrug", "IJSBRUG"),
        ("ÿs", "ijs"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("vlucht\u00adheuvel", "vluchtheuvel"),
    ],
)
def test_spellings_of_one_word_fold_alike(one, other):
    assert fold(one) == fold(other)
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noord-Holland", ["noord-holland", "noord", "holland"]),
        ("zaal@wijk.example", ["zaal@wijk.example", "zaal", "wijk.example", "wijk", "example"]),
        (
            "www.wijk.example/agenda",
            ["www.wijk.example/agenda", "www.wijk.example", "www", "wijk", "example", "agenda"],
        ),
        ("12-05-2019", ["12-05-2019", "12", "05", "2019"]),
        ("25/11", ["25/11", "25", "11"]),
        ("19.30 uur", ["19.30", "19", "30", "uur"]),
        ("'s avonds", ["s", "avonds"]),
        ("de foto's", ["de", "foto's"]),
        ("zo'n A4'tje", ["zo'n", "a4'tje"]),
        ("einde.Begin", ["einde", "begin"]),
        ("en/of", ["en", "of"]),
        ("#samenwonen", ["samenwonen"]),
        ("– … —", []),
    ],
)
def test_words_are_found_whole_and_in_part(text, expected):
    assert words(text) == expected


def test_a_whole_stands_on_the_place_of_its_first_part():
    places = {token.text: token.position for token in tokens("de e-mail komt")}
    assert places == {"de": 0, "e-mail": 1, "e": 1, "mail": 2, "komt": 3}


@given(st.text(max_size=80))
def test_a_token_is_what_stands_in_the_text_folded(text):
    last = 0
    for token in tokens(text):
        assert fold(text[token.start : token.end])[:120] == token.text
        assert token.start >= last
        assert token.text
        last = token.start
