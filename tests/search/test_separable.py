"""Are verbs found whose two pieces stand apart?"""

import pytest

from archive.search.separable import pieces_of
from archive.search.snippets import Finder, keyword_in_context
from tests.search.conftest import section


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("meenemen", ("nemen", "mee")),
        ("aanmelden", ("melden", "aan")),
        ("opgegeven", ("gegeven", "op")),
        ("teruggaan", ("gaan", "terug")),
        ("openstellen", ("stellen", "open")),  # not op
    ],
)
def test_an_infinitive_or_participle_has_two_pieces(word, pieces):
    assert pieces_of(word) == pieces


@pytest.mark.parametrize("word", ["afdelingen", "toekomst", "openheden", "inen", "vergadering", "mee", "samenvatting"])
def test_other_words_have_none(word):
    assert pieces_of(word) is None


TEXTS = (
    "Neem uw papieren en kussen mee naar de zaal.",
    "U moet een kussen zien mee te nemen.",
    "Wie kan iets meenemen?",
    "Neem plaats. De zaal is mooi versierd en de kinderen doen morgen mee.",
    "Meld u aan bij de balie.",
    "Zij meldden gisteren aan de balie dat het regende.",
    "Het is nodig om u tijdig aan te melden.",
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("meenemen", {1, 2, 3}),
        ("meegenomen", {1, 2, 3}),
        ("aanmelden", {5, 7}),
        ("aangemeld", {5, 7}),
        ("meedoen", {4}),
        ("opnemen", set()),
    ],
)
def test_a_verb_is_found_where_its_pieces_stand_apart(index_of, query, found):
    assert set(index_of(*TEXTS).find(query)) == found


def test_the_verb_in_one_piece_comes_first_and_alone_when_it_is_to_be_exact(index_of):
    index = index_of(*TEXTS)
    assert index.find("meenemen")[0] == 3
    assert index.find("meenemen", exact=True) == [3]


def test_pieces_of_a_verb_that_is_nowhere_in_one_piece_win_from_words_like_it(index_of):
    index = index_of("Neem een kussen mee.", "Wij laten ons de moed niet benemen.", "Er is markt.")
    assert index.find("meenemen") == [1]
    assert set(index.kinds("meenemen").values()) == {"inflection"}


def test_in_headings_pieces_are_looked_for_in_headings(index_of):
    index = index_of("Neem een kussen mee.", section(2, "Er is markt.", heading="Neem een kussen mee"))
    assert index.find("heading:meenemen") == [2]


def test_pieces_are_marked_together_and_nothing_else_is(index_of):
    index = index_of(*TEXTS)
    text = "Neem uw papieren mee. Wij nemen nu allemaal plaats; iedereen doet morgen mee."
    lines = keyword_in_context(text, Finder(index.ask("meenemen").forms).find(text))
    assert [line.matched for line in lines] == ["Neem uw papieren mee"]
    text = "Om u aan te melden aan de balie: meld u aan, en meld dat aan ons."
    lines = keyword_in_context(text, Finder(index.ask("aanmelden").forms).find(text))
    assert [line.matched for line in lines] == ["aan te melden", "meld u aan"]


def test_in_an_archive_without_dutch_words_have_no_pieces(index_of):
    index = index_of(section(1, "What nemen means, mee does.", language="en"), section(2, "Markt.", language="en"))
    assert index.find("meenemen") == []


def test_in_long_queries_verbs_stay_in_one_piece(index_of):
    index = index_of("Neem een kussen mee.", "Er is markt.")
    others = " ".join(f"woord{number}" for number in range(20))
    assert set(index.find("meenemen OR markt")) == {1, 2}
    assert index.find(f"meenemen OR markt OR ({others})") == [2]
