import pytest

from archive.languages import word_zipf
from archive.search.slips import meant_by


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dialise", "dialyse"),
        ("linolium", "linoleum"),
        ("rommelmakrt", "rommelmarkt"),
        ("voetbaltoernooy", "voetbaltoernooi"),
        ("tekenleraares", "tekenlerares"),
        ("pootaardapels", "pootaardappels"),  # in no list; its parts are
    ],
)
def test_a_word_typed_wrongly_leads_to_the_one_that_was_meant(typed, meant):
    assert meant_by(typed, ("nl", "en"))[:1] == [meant]


@pytest.mark.parametrize("typed", ["kuipers", "olifantenpad", "xyzzyqwerty", "lange"])
def test_known_words_and_compounds_and_what_is_like_nothing_lead_nowhere(typed):
    assert meant_by(typed, ("nl", "en")) == []


def test_of_several_words_the_most_common_comes_first():
    found = meant_by("cursis", ("nl",))
    assert found[0] == "cursus"
    assert found == sorted(found, key=lambda word: -word_zipf(word, "nl"))


def test_a_very_long_word_is_not_looked_up(monkeypatch):
    long = "vrijwilligersvergaderimgen"
    assert meant_by(long, ("nl",)) == []
    monkeypatch.setattr("archive.search.slips._MOST_LETTERS", len(long))
    assert meant_by(long, ("nl",)) == ["vrijwilligersvergaderingen"]


def test_languages_without_a_list_are_passed_over():
    assert meant_by("dialise", ("und", "tr")) == []
    assert meant_by("dialise", ("und", "nl")) == ["dialyse"]


@pytest.mark.parametrize(
    ("typed", "meant", "held"),
    [("dialise", "dialyse", "dialysecentra"), ("geneologie", "genealogie", "genealogen")],
)
def test_a_word_typed_wrongly_finds_forms_and_compounds_of_the_one_that_is_meant(index_of, typed, meant, held):
    index = index_of(f"over de {held} in het land", "een kerk in het dorp")
    assert index.find(typed) == [1]
    assert index.kinds(typed) == {meant: "fuzzy", held: "fuzzy"}
    assert index.ask(typed).suggestions[0] == meant


def test_the_lists_are_not_asked_where_something_is_found_nor_in_long_queries(index_of, monkeypatch):
    index = index_of("over de dialysecentra in het land", "een kerk in het dorp")
    monkeypatch.setattr("archive.search.slips.meant_by", lambda *_: pytest.fail("asked the lists"))
    assert index.find("kerken") == [2]
    assert index.find("kerken OR dialise " + "OR kerk " * 20) == [2]
    assert index.find("dialise", exact=True) == []
