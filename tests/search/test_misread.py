import random

import pytest
from rapidfuzz.distance import Levenshtein

from archive.search.misread import Sieve, costs_with, likely, misread_forms, shape
from tests.search.conftest import section


def forms(word, *others):
    links = [f"{shape(other)}\0{other}" for other in others]
    near = likely(word, f"{shape(word)}\0{word}", links)
    return set(misread_forms(word, [link.partition("\0")[2] for link in near], costs_with({})))


@pytest.mark.parametrize(
    ("word", "misread"),
    [
        ("timmerman", "tirnmerman"),
        ("molenaar", "moienaar"),
        ("brandweer", "brandwccr"),
        ("schoolplein", "sch0olplein"),
        ("kruidenier", "kruidenler"),
        ("wandelpad", "vvandelpad"),
        ("dijkgraaf", "dykgraaf"),
    ],
)
def test_letters_that_look_alike_are_taken_for_each_other(word, misread):
    assert forms(word, misread) == {misread}


@pytest.mark.parametrize(
    ("word", "other"), [("molenaar", "metselaar"), ("brandweer", "branding"), ("kruidenier", "kruid")]
)
def test_words_that_differ_by_more_are_left_alone(word, other):
    assert forms(word, other) == set()


def test_many_candidates_give_the_same_as_few():
    crowd = [f"{a}{b}lenaar" for a in "abcdefghijklm" for b in "aeiou0"]
    few = [word for word in crowd if word in {"m0lenaar", "molenaar"}]
    assert forms("molenaar", *few) == {"m0lenaar"}
    assert "m0lenaar" in forms("molenaar", *crowd)
    assert forms("molenaar", *crowd) == set().union(*(forms("molenaar", word) for word in crowd))


def _slips(draw, text, count):
    """Return a text with some letters changed, lost or added."""
    for _ in range(count):
        place = draw.randrange(len(text))
        text = text[:place] + draw.choice(("", "i", "é\0", "rn")) + text[place + draw.randrange(2) :] or "x"
    return text


def test_what_is_nearly_alike_is_sorted_out_by_hand_as_the_library_does(monkeypatch):
    draw = random.Random(11)  # noqa: S311 - the same texts each time
    texts = ["".join(draw.choices("<abceilmnruv\0é", k=draw.randrange(1, 50))) for _ in range(60)]
    asked = [(text, [_slips(draw, text, draw.randrange(9)) for _ in range(20)], draw.randrange(8)) for text in texts]
    asked += [(text, texts, 20) for text in texts[:5]]
    by_library = [Sieve(0).near(*each) for each in asked]
    monkeypatch.setattr(Levenshtein, "distance", lambda *_: pytest.fail("asked the library"))
    assert [Sieve(10**6).near(*each) for each in asked] == by_library
    assert 0 < sum(map(len, by_library)) < sum(len(others) for _, others, _ in asked)


def test_once_much_was_compared_the_library_does_it(monkeypatch):
    sieve = Sieve(letters=2 * len("molenaar"))
    assert sieve.near("molenaar", ["molenaer", "metselaar"], 1) == ["molenaer"]
    monkeypatch.setattr("rapidfuzz.process.extract", lambda *_, **__: [("by the library", 0, 0)])
    assert sieve.near("molenaar", ["molenaer"], 1) == ["by the library"]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("machine", "rnachinefabriek"),
        ("melk", "rnelkfabriek"),
        ("naaimachine", "trapnaairnachine"),
        ("tomaten", "tornaat"),
        ("pruim", "pruirnen"),
        ("muziekkorps", "rnuziekkorpsen"),
    ],
)
def test_a_compound_or_another_form_that_stands_there_only_misread_is_found_as_misread(index_of, query, read):
    index = index_of(f"Er was een {read} in het dorp.", "Er was een kerk in het dorp.")
    assert index.find(query) == [1]
    assert index.kinds(query) == {read: "ocr"}


def test_what_was_misread_ranks_below_what_was_printed_and_its_inflections(index_of):
    index = index_of("een rnelkfabriek", "de melken", "een melk")
    assert index.find("melk") == [3, 2, 1]


def test_a_misread_word_that_is_added_later_is_found_by_its_other_form(index_of):
    index = index_of("een tomaat", "een kerk")
    index.add(section(3, "twee tornaten"))
    assert set(index.find("tomaat")) == {1, 3}
    assert index.kinds("tomaat")["tornaten"] == "ocr"


def test_a_hyphenated_word_does_not_take_a_misread_form_for_an_inflection(index_of):
    index = index_of("bij de asiel tornaten", "de tornaten")
    assert index.find("asiel-tomaat") == []
