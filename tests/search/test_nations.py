import pytest

from archive.search.stems import stems


def akin(one, other, language="nl"):
    return bool(set(stems(one, language)) & set(stems(other, language)))


@pytest.mark.parametrize(
    "names",
    [
        *(
            "marokko marokkaanse marokkanen marocco",
            "somalie somalische somalier",
            "spanje spaanse spanjaarden spaansche",
        ),
        *("irak iraakse irakezen", "afghanistan afghaanse afghanen", "turkije turkse turken", "iran iraanse iraniers"),
        *("antillen antilliaans antillianen", "suriname surinaamse surinamers", "molukken molukse molukkers"),
        *("bosnie bosnische bosniers", "vietnam vietnamese vietnamezen", "chili chileense chilenen", "congo kongolese"),
        *("argentinie argentijnse argentijnen", "eritrea eritrese eritreeers", "ethiopie ethiopische ethiopiers"),
        *("lanka srilanka lankaanse srilankaanse sri-lankaanse", "tamil tamils", "koerdistan koerden koerdische"),
        *("syrie syrische syriers", "jemen jemenitische jemenieten", "soedan soedanese soedanezen"),
        *("oekraine oekraiense oekrainers", "duitsland duitsch duitse", "engeland engelsche engelsen"),
        *("zuid-soedan zuidsoedanese", "noord-ierland noordierse", "ex-joegoslavie exjoegoslaven"),
    ],
)
def test_a_country_its_people_and_what_comes_from_there_belong_together(names):
    first, *others = names.split()
    assert [each for each in others if not akin(first, each)] == []


@pytest.mark.parametrize(
    "names",
    [
        *("syria syrian syrians", "afghanistan afghan afghans", "somalia somali somalis", "iraq iraqi iraqis"),
        *("turkey turkish turks", "spain spanish spaniards", "srilanka sri-lankan lanka", "vietnam vietnamese"),
        *("north-korea northkorean", "morocco moroccan", "sweden swedish"),
    ],
)
def test_an_english_country_is_found_by_its_people(names):
    first, *others = names.split()
    assert [each for each in others if not akin(first, each, "en")] == []


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        *(("frankrijk", "frans", "nl"), ("schotland", "schotten", "nl"), ("jordanie", "jordaanse", "nl")),
        *(("india", "indianen", "nl"), ("india", "indisch", "nl"), ("zuidsoedan", "noordsoedan", "nl")),
        *(("roemenie", "roemen", "nl"), ("letland", "letten", "nl"), ("niger", "nigeriaans", "nl")),
        *(("poland", "polish", "en"), ("jordan", "jordanian", "en"), ("sweden", "swede", "en")),
    ],
)
def test_what_is_another_word_as_often_is_no_name_of_a_nation(one, other, language):
    assert not akin(one, other, language)


def test_names_of_a_nation_belong_together_in_their_own_language_only():
    assert akin("syrie", "syrische", "nl")
    assert not akin("syrie", "syrische", "en")
    assert stems("syria", "xx") == ("syria",)


def test_the_name_asked_for_ranks_before_the_others_of_its_nation(index_of):
    index = index_of("De goede Marokkaanse bakker.", "De bakker in Marokko.", "De bakker van Marokkanen.")
    assert index.find("Marokko")[0] == 2
    assert index.kinds("Marokko") == {"marokko": "exact", "marokkaanse": "inflection", "marokkanen": "inflection"}
