import re

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


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("f 1.250,- per put", "1250"),
        ("a surplus of £18,400.", "18400"),
        ("bel 06-022 4410", "060224410"),
        ("tel. (050) 126 877", "050126877"),
        ("+31 6 1297 5540", "31612975540"),
        ("giro 55 20 31.", "552031"),
        ("giro 55.20.31", "552031"),
        ("bank 55.20.31.407.", "552031407"),
        ("020-6 55 20 31", "0206552031"),
        ("02081 - 5 20 31", "0208152031"),
        ("Postbus 3, 2081 XB Wijk", "2081xb"),
        ("op NL00 WIJK 0552 0314 07 t.n.v.", "nl00wijk0552031407"),
    ],
)
def test_a_number_in_groups_is_found_by_its_digits_and_letters_alone(text, digits):
    assert digits in words(text)


@pytest.mark.parametrize(
    "text", ["1914-1918", "van 12 tot 14", "12,50", "10.30 uur", "1.25", "v1.250", "0 1 2", "12.05.2019", "van 3 12 34"]
)
def test_numbers_that_are_no_groups_of_one_stay_apart(text):
    assert "".join(char for char in text if char.isdigit()) not in words(text)


def test_a_whole_stands_on_the_place_of_its_first_part():
    places = {token.text: token.position for token in tokens("de e-mail komt")}
    assert places == {"de": 0, "e-mail": 1, "e": 1, "mail": 2, "komt": 3}


@given(st.text(max_size=80))
def test_a_token_is_what_stands_in_the_text_folded(text):
    last = 0
    for token in tokens(text):
        seen = fold(text[token.start : token.end])
        assert token.text in {seen[:120], re.sub(r"\W", "", seen), seen.replace(".", "")}  # numbers, initials
        assert token.start >= last
        assert token.text
        last = token.start


@given(st.text(alphabet="ab1é\u0301\u00ad _.,'’-w/:@(²ß\n", max_size=12))
def test_a_word_alone_is_read_as_it_is_among_others(text):
    among = [*tokens(f"de {text}")][1:]
    moved = [token._replace(start=token.start - 3, end=token.end - 3, position=token.position - 1) for token in among]
    assert [*tokens(text)] == moved


def test_for_a_word_alone_no_pattern_is_compiled(monkeypatch):
    monkeypatch.setattr("archive.search.forms.re", None)
    assert [(token.text, token.start, token.end) for token in tokens("\n (Één).")] == [("een", 3, 6)]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("Het A.Z.C. is dicht.", ["azc"]),
        ("o.a. bij J.P.", ["oa", "jp"]),
        ("C.A.O.-overleg", ["cao"]),
        ("de B. en W. van nr.5", []),
        ("info@a.b.nl", ["info@a.b.nl", "a.b.nl"]),
        ("1.2.3", ["1.2.3"]),
    ],
)
def test_letters_with_dots_between_them_are_also_one_word_without(text, wholes):
    assert [token.text for token in tokens(text) if token.whole] == wholes
