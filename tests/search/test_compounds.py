import pytest

from archive.languages import word_zipf
from archive.search.compounds import inner_compounds, split_compound, telling_parts


def split(word):
    return split_compound(word, "nl", lambda part: word_zipf(part, "nl"))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("fietsenmaker", ("fiets", "maker")),
        ("buurtvergadering", ("buurt", "vergadering")),
        ("stadsbestuur", ("stad", "bestuur")),
        ("zwembadbezoekers", ("zwembad", "bezoekers")),
        ("geluidsoverlast", ("geluid", "overlast")),
        ("dagopvang", ("dag", "opvang")),
        ("lasdiploma", ("las", "diploma")),
        ("monumentendag", ("monument", "dag")),
        ("taalles", ("taal", "les")),
        ("zonnepanelen", ("zonne", "panelen")),
        ("lantaarnopstekers", ("lantaarn", "opstekers")),
        ("telefooncirkeltje", ("telefoon", "cirkeltje")),
    ],
)
def test_a_compound_is_cut_into_its_words(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        *("koninkrijk", "secretaris", "waarheid", "belangrijk", "vergadering", "kinderen", "markt", "oorlogen"),
        *("kopieren", "fundamenten", "christenen", "bestellen", "oefeningen"),
    ],
)
def test_a_word_that_only_looks_like_one_stays_whole(word):
    assert split(word) == ()


def test_a_word_of_the_archive_itself_can_be_a_part():
    known = {"zwaluwkade": 2.6, "feest": 5.0}
    assert split_compound("zwaluwkadefeest", "nl", lambda part: known.get(part, 0.0)) == ("zwaluwkade", "feest")


def test_a_compound_inside_a_compound_is_one_too():
    assert inner_compounds("sluiswachterswoning", ("sluis", "wachter", "woning")) == ("sluiswachter", "wachterswoning")
    assert inner_compounds("buurtfeest", ("buurt", "feest")) == ()


def telling(word):
    return telling_parts(word, split(word), "nl", lambda part: word_zipf(part, "nl"))


@pytest.mark.parametrize(
    ("word", "part"),
    [("handtekeningenactie", "tekening"), ("reiskostenvergoeding", "reis"), ("crisisnoodopvang", "nood")],
)
def test_a_compound_is_found_by_the_parts_of_its_parts(word, part):
    assert part in telling(word)


@pytest.mark.parametrize(("word", "part"), [("voorjaarsvakantie", "voor"), ("onderdak", "dak"), ("onderweg", "weg")])
def test_what_stands_with_a_preposition_is_not_found_by_either(word, part):
    assert part not in telling(word)
