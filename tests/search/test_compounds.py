import pytest

from archive.languages import word_zipf
from archive.search.compounds import inner_compounds, split_compound


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
    ],
)
def test_a_compound_is_cut_into_its_words(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize(
    "word",
    ["koninkrijk", "secretaris", "waarheid", "belangrijk", "vergadering", "kinderen", "markt", "oorlogen", "kopieren"],
)
def test_a_word_that_only_looks_like_one_stays_whole(word):
    assert split(word) == ()


def test_a_word_of_the_archive_itself_can_be_a_part():
    known = {"zwaluwkade": 2.6, "feest": 5.0}
    assert split_compound("zwaluwkadefeest", "nl", lambda part: known.get(part, 0.0)) == ("zwaluwkade", "feest")


def test_a_compound_inside_a_compound_is_one_too():
    assert inner_compounds("sluiswachterswoning", ("sluis", "wachter", "woning")) == ("sluiswachter", "wachterswoning")
    assert inner_compounds("buurtfeest", ("buurt", "feest")) == ()
