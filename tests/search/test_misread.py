import pytest

from archive.search.misread import costs_with, likely, misread_forms, shape


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
