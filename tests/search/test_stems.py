import tomllib
from importlib import resources

import pytest

from archive.search.forms import fold
from archive.search.stems import stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vergadering", "vergaderingen"),
        ("boot", "boten"),
        ("huis", "huizen"),
        ("foto", "foto's"),
        ("stad", "steden"),
        ("lid", "leden"),
        ("bestuurslid", "bestuursleden"),
        ("kind", "kinderen"),
        ("idee", "ideeen"),
        ("verslag", "verslagen"),
        ("overheid", "overheden"),
        ("wandelen", "wandeling"),
        ("schrijven", "schreef"),
        ("schrijft", "geschreven"),
        ("besluiten", "besloten"),
        ("aannemen", "aangenomen"),
        ("onderzoeken", "onderzocht"),
    ],
)
def test_dutch_forms_of_one_word_share_a_stem(one, other):
    assert set(stems(one, "nl")) & set(stems(other, "nl"))


@pytest.mark.parametrize(("one", "other"), [("rijden", "reden"), ("gaan", "beweging"), ("vinden", "avond")])
def test_words_that_only_look_like_a_form_of_a_verb_are_none(one, other):
    assert not set(stems(one, "nl")) & set(stems(other, "nl"))


@pytest.mark.parametrize(
    ("one", "other"), [("niet", "niets"), ("voor", "vorige"), ("een", "eenheid"), ("haar", "haren")]
)
def test_words_of_the_closed_classes_have_no_forms(one, other):
    assert not set(stems(one, "nl")) & set(stems(other, "nl"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("child", "children"), ("policewoman", "policewomen"), ("knife", "knives"), ("goose", "geese")),
        *(("flee", "fled"), ("write", "written"), ("see", "saw"), ("build", "built"), ("speak", "spoke")),
    ],
)
def test_english_words_that_change_within_share_a_stem(one, other):
    assert set(stems(one, "en")) & set(stems(other, "en"))


@pytest.mark.parametrize(("one", "other"), [("omen", "oman"), ("founder", "find"), ("other", "one")])
def test_english_words_that_only_look_changed_are_none(one, other):
    assert not set(stems(one, "en")) & set(stems(other, "en"))


def test_each_language_has_its_own_stems():
    assert stems("campaigns", "en") == stems("campaign", "en")
    assert stems("campaigns", "xx") == ("campaigns",)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_months_shortened_as_dates_know_them_are_forms_of_their_names(language):
    words = tomllib.loads((resources.files("archive.data") / "calendar.toml").read_text(encoding="utf-8"))
    names = {"jan", "jun", "jul", "mar"}  # of people, or of nothing else that often
    for full, *shortened in words[language]["months"]:
        for short in map(fold, shortened):
            assert short in names or set(stems(short, language)) & set(stems(fold(full), language)), short
