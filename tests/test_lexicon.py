"""What an archive teaches of how its print is misread."""

from archive.lexicon import NOTHING_LEARNED, learn_confusions, read_confusions

KNOWN = {"vergadering": 40, "brandweer": 12, "speeltuin": 9, "gemeente": 30, "muziekschool": 8, "wandelclub": 7}


def test_a_pair_that_is_seen_often_becomes_cheap():
    learned = learn_confusions(
        KNOWN, ["vorgadering", "brandwoer", "gomeente", "speoltuin", "muziokschool", "speeltuip"]
    )
    assert learned.costs["e", "o"] < 0.8
    assert ("n", "p") not in learned.costs
    assert learned.hazards["e"] > learned.hazards["w"]


def test_forms_of_a_word_teach_nothing():
    assert learn_confusions(KNOWN, ["vergaderinge", "brandweere", "gemeentes", "wandelclubs"]).costs == {}


def test_a_word_with_two_likely_origins_teaches_nothing():
    assert learn_confusions({"tafels": 5, "wafels": 5}, ["rafels", "rafels"]).costs == {}


def test_what_was_learned_is_kept_and_the_same_for_the_same_words():
    odd = ["vorgadering", "brandwoer", "gomeente", "speoltuin"]
    learned = learn_confusions(KNOWN, odd)
    assert read_confusions(learned.to_json()) == learned == learn_confusions(KNOWN, reversed(odd))
    assert read_confusions('{"version": 0}') == NOTHING_LEARNED


def test_what_was_learned_makes_a_likeness_of_what_was_none():
    from archive.search.misread import costs_with, misread_forms

    worn = {("d", "x"): 0.25, ("l", "x"): 0.25, ("k", "x"): 0.25}
    assert misread_forms("molendijk", ["moxenxijx"], costs_with({})) == {}
    assert "moxenxijx" in misread_forms("molendijk", ["moxenxijx"], costs_with(worn))
