"""Are the best sections with a part of the query the same, however few of them are asked for?"""

import random

import pytest

from archive.search.whoosh import leaf as leaf_module
from archive.search.whoosh.scoring import Search

_WORDS = ("brug", "sluis", "dijk", "kade", "haven", "markt", "toren", "fiets")


@pytest.mark.parametrize(
    "query", ["brug sluis toren", "toren fiets", "brug (sluis OR dijk) fiets", 'toren "kade haven"']
)
def test_few_partial_matches_are_the_first_of_many(index_of, query):
    draw = random.Random(7)  # noqa: S311 - the same texts each time
    texts = [" ".join(draw.choices(_WORDS, weights=range(9, 1, -1), k=draw.randint(2, 30))) for _ in range(400)]
    index = index_of(*texts)
    hits = len(index.find(query, limit=400))
    many = index.ask(query, limit=400).partial
    assert len(many) > 20
    for few in (1, 4, 20):
        assert index.ask(query, limit=hits + few).partial == many[:few]


def test_what_holds_a_telling_word_often_may_come_before_what_holds_two(index_of):
    crowd = [f"Over de brug en de sluis bij nummer {number}." for number in range(60)]
    index = index_of(*crowd, "Zeldzaam wrakhout. " * 5)
    best, *_ = index.ask("brug sluis wrakhout", limit=2).partial
    assert best[0].endswith("-s0061")


def test_what_holds_a_tenth_of_what_the_query_tells_is_a_partial_match_and_what_holds_less_is_none(index_of):
    words = (*_WORDS, "molen", "kerk", "plein")
    index = index_of(*words, *["Er is feest."] * 40)
    assert sorted(int(found[0][-4:]) for found in index.ask(" ".join(words[:10])).partial) == list(range(1, 11))
    assert not index.ask(" ".join(words)).partial


def test_of_many_words_what_each_weighs_is_added_up_once(index_of, monkeypatch):
    draw = random.Random(5)  # noqa: S311 - the same texts each time
    texts = [" ".join(draw.sample(_WORDS, draw.randint(1, 6))) for _ in range(300)]
    index = index_of(*texts)
    looked_up, look_up = [], leaf_module._looked_up
    monkeypatch.setattr(leaf_module, "_looked_up", lambda lists, some: looked_up.extend(some) or look_up(lists, some))
    assert len(index.ask(" ".join(_WORDS), limit=20).partial) == 20
    assert not looked_up


def _gathered(index):
    """Return how many sections were gathered of each word that was looked up; of others single ones are asked for."""
    leaves = index.backend._current().leaves.values()
    return {leaf.label: len(leaf.members) if "members" in vars(leaf) else 0 for leaf in leaves}


def test_only_sections_that_may_be_among_the_best_are_scored(index_of, monkeypatch):
    both = [f"Bij de sluis ligt wrakhout, nummer {number}." for number in range(30)]
    one = [f"De sluis en verder niets, nummer {number}." for number in range(300)]
    index = index_of(*both, *one, *["Er is markt."] * 400)
    scored = set()
    each_gain = Search.each_gain

    def counted(search, leaf, some):
        scored.update(some)
        return each_gain(search, leaf, some)

    monkeypatch.setattr(Search, "each_gain", counted)
    found = index.ask("wrakhout sluis markt", limit=10).partial
    assert all(lacking == ("markt",) for _, _, lacking in found)
    assert len(found) == 10
    assert len(scored) == len(both)


def test_a_common_word_is_asked_about_few_sections_where_what_it_adds_cannot_count(index_of):
    both = [f"Bij de sluis ligt wrakhout, nummer {number}." for number in range(12)]
    index = index_of(*both, *[f"De markt is open, nummer {number}." for number in range(600)])
    index.ask("wrakhout sluis markt", limit=10)
    gathered = _gathered(index)
    assert max(gathered["wrakhout"], gathered["sluis"]) == len(both)
    assert gathered["markt"] == 0


def test_what_scores_little_in_its_best_section_is_not_gathered(index_of):
    long = "Verder staat er niets van belang in dit hele lange stuk over het weer van gisteren en morgen. " * 12
    both = [f"Bij de sluis ligt wrakhout, nummer {number}." for number in range(12)]
    crowd = [f"{word} {long} {number}" for number in range(40) for word in ("kade", "toren")]
    index = index_of(*both, *crowd)
    assert len(index.ask("wrakhout sluis kade toren", limit=10).partial) == 10
    assert sorted(_gathered(index).values()) == [0, 0, 0, len(both)]


def test_in_partial_matches_words_count_as_neighbours_as_they_are_typed(index_of):
    beside, apart = "Dan ligt er een nieuwe brug.", "Een brug ligt er dan nieuwe."
    form_beside, form_apart = "Dan ligt er een nieuw brug.", "Een brug ligt er dan nieuw."
    index = index_of(beside, apart, form_beside, form_apart, *["Er is markt."] * 40)
    scores = [score for _, score, _ in sorted(index.ask("nieuwe brug wrakhout").partial)]
    assert scores[0] > scores[1] > scores[2] == scores[3]
