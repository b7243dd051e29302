import random

import pytest

import archive.likeness
from archive.likeness import Placed, find_holders, fingerprint, is_fingerprint, likeness, match, share, shorten

comparable = archive.likeness._comparable


def text(*numbers: int) -> str:
    """Return a text of one different word for each number."""
    return " ".join(f"woord{number}" for number in numbers)


def placed(*texts: str, page: int = 1) -> list[Placed]:
    return [Placed(fingerprint(each), page) for each in texts]


def test_a_text_is_like_itself_and_unlike_another():
    assert likeness(fingerprint(text(1, 2, 3)), fingerprint(text(3, 2, 1))) == 1.0
    assert likeness(fingerprint(text(1, 2, 3)), fingerprint(text(4, 5, 6))) == 0.0


def test_case_and_short_words_do_not_count():
    assert fingerprint("De Zaal is open, op 3 juni") == fingerprint("zaal OPEN juni")


def test_the_share_is_that_of_the_first_text():
    small, large = fingerprint(text(*range(10))), fingerprint(text(*range(100)))
    assert share(small, large) == 1.0
    assert share(large, small) == pytest.approx(0.1, abs=0.02)


def test_shortened_fingerprints_tell_nearly_the_same():
    ours, theirs = fingerprint(text(*range(1000))), fingerprint(text(*range(500, 1500)))
    assert likeness(ours, theirs) == pytest.approx(1 / 3, abs=0.02)
    assert likeness(shorten(ours), shorten(theirs)) == pytest.approx(1 / 3, abs=0.17)
    assert likeness(shorten(ours), theirs) == pytest.approx(1 / 3, abs=0.17)
    assert len(shorten(ours)) < 190


def test_a_text_without_words_has_a_fingerprint_like_no_other():
    assert likeness(fingerprint(""), fingerprint("")) == 0.0
    assert share(fingerprint(""), fingerprint(text(1))) == 0.0


@pytest.mark.parametrize("given", ["", "x", "3", "3.", "1.é", "-1.", "0.AAAA", "1.A"])
def test_what_is_no_fingerprint_is_known(given):
    assert is_fingerprint(given) is (given == "3.")
    assert is_fingerprint(fingerprint("een kleine tekst"))


def test_the_same_texts_are_found_wherever_they_went():
    old = placed(text(1, 2, 3), text(4, 5, 6), text(7, 8, 9))
    new = placed(text(7, 8, 9), text(1, 2, 3), text(4, 5, 6), page=4)
    assert match(old, new) == {0: 2, 1: 0, 2: 1}


def test_of_the_same_text_twice_the_first_is_the_first():
    twice = placed(text(1, 2, 3), text(1, 2, 3))
    assert match(twice, twice) == {0: 0, 1: 1}


def test_texts_without_words_are_the_same_in_their_order():
    assert match(placed("", text(1, 2, 3), "§ 1"), placed("", "§ 1", page=2)) == {0: 0, 1: 2}


def test_of_a_text_that_was_split_the_larger_part_lives_on():
    old = placed(text(*range(100)))
    new = placed(text(*range(35)), text(*range(35, 100)), page=9)
    assert match(old, new) == {1: 0}


def test_of_texts_that_were_joined_the_larger_lives_on():
    old = placed(text(*range(30)), text(*range(30, 100)))
    new = placed(text(*range(100)), page=9)
    assert match(old, new) == {0: 1}


def test_a_few_words_that_drown_in_a_long_text_do_not_live_on_there():
    old = placed(text(*range(5)))
    new = placed(text(*range(300)), page=9)
    assert match(old, new) == {}


def test_a_text_read_badly_before_is_known_by_its_page():
    old = placed(text(*range(20), *range(1000, 1030)))
    new = placed(text(*range(50)))
    assert match(old, new) == {0: 0}
    assert match(old, placed(text(*range(50)), page=9)) == {}


def test_the_words_of_an_old_text_are_found_where_most_of_them_are():
    old = [fingerprint(text(*range(10))), fingerprint(text(*range(50, 60))), fingerprint("")]
    new = [fingerprint(text(*range(3))), fingerprint(text(*range(2, 100)))]
    assert find_holders(old, new) == [(0.8, 1), (1.0, 1), (0.0, 0)]
    assert find_holders(old, []) == [(0.0, 0)] * 3


def test_a_thousand_texts_that_all_changed_are_compared_with_few_of_the_others(monkeypatch):
    drawn = random.Random(7)  # noqa: S311 - the same texts on every run
    old = [drawn.sample(range(5000), 100) for _ in range(1000)]
    new = [[*words[5:], *drawn.sample(range(5000, 9000), 5)] for words in old]
    short = [Placed(shorten(each.fingerprint), 1) for each in placed(*(text(*words) for words in old))]
    compared = []
    monkeypatch.setattr(archive.likeness, "_comparable", lambda *both: compared.append(both) or comparable(*both))
    assert match(short, placed(*(text(*words) for words in new))) == {place: place for place in range(1000)}
    assert 1000 <= len(compared) < 20_000  # of a million


def test_another_text_on_the_same_page_is_another_text():
    assert match(placed(text(*range(50))), placed(text(*range(100, 150)))) == {}


def test_matching_does_not_depend_on_what_is_kept_of_the_old_texts():
    drawn = random.Random(7)  # noqa: S311 - the same texts on every run
    old = [text(*drawn.sample(range(400), 60)) for _ in range(12)]
    new = [" ".join(each.split()[10:]) for each in drawn.sample(old, 12)]
    short = [Placed(shorten(fingerprint(each)), 1) for each in old]
    assert match(short, placed(*new, page=2)) == match(placed(*old), placed(*new, page=2))
