"""Are the best sections with a part of the query the same, however few of them are asked for?"""

import gc
import random

import pytest

from archive.search.whoosh import leaf as leaf_module
from archive.search.whoosh import partial as partial_module
from archive.search.whoosh import reader as reader_module
from archive.search.whoosh import sums as sums_module
from archive.search.whoosh.scoring import Search
from tests.search.conftest import section

_SOME = ("campaigns", "events", "other")
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


@pytest.mark.parametrize(
    "query", ["brug sluis toren", "brug", "brug OR sluis", 'brug "sluis toren"', "(brug sluis) (toren fiets)", "*r*"]
)
def test_what_a_search_gathered_is_let_go_of_at_once(index_of, query):
    draw = random.Random(7)  # noqa: S311 - the same texts each time
    texts = [" ".join(draw.choices(_WORDS, weights=range(9, 1, -1), k=draw.randint(2, 30))) for _ in range(400)]
    index = index_of(*texts)
    limit = len(index.find(query, limit=400)) + 1
    assert len(index.ask(query, limit=limit).partial) == (1 if " " in query and "OR" not in query else 0)
    gc.collect()
    gc.disable()
    try:
        index.ask(query, limit=limit)
        assert gc.collect() == 0
    finally:
        gc.enable()


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


_CROWD = tuple(
    f"{first}{last}" for first in ("kust", "berg", "veld", "woud") for last in ("weg", "huis", "man", "dorp")
)


@pytest.fixture(params=["made at once", "grown"])
def crowd(request, index_of):
    """Return an index of sections with some of many words; one that grew had some added and others taken out."""
    draw = random.Random(11)  # noqa: S311 - the same texts each time
    words = (*_WORDS, *_CROWD)
    texts = [" ".join(draw.choices(words, weights=range(len(words), 0, -1), k=draw.randint(2, 40))) for _ in range(250)]
    sections = [section(number, text, category=draw.choice(_SOME)) for number, text in enumerate(texts, 1)]
    if request.param != "grown":
        return index_of(*sections)
    index = index_of(*sections[:180])
    index.add(*sections[180:])
    index.remove(*range(7, 250, 12))
    return index


@pytest.mark.parametrize("request_", [{}, {"categories": ("events",)}])
@pytest.mark.parametrize(
    "query",
    [
        " ".join((*_WORDS, *_CROWD)),
        " ".join(reversed((*_WORDS, *_CROWD[:10]))),
        f"({_WORDS[0]} OR {_WORDS[1]}) {' '.join((*_WORDS[2:], *_CROWD))}",
        f"niet {' '.join((*_WORDS, *_CROWD))} -markt",
        "wouddorp (onvindbaar OR nergens)",
    ],
)
def test_many_words_find_what_few_would(crowd, monkeypatch, query, request_):
    monkeypatch.setattr(partial_module, "_FEW", 0)
    many = crowd.ask(query, **request_)
    assert many.partial
    crowd.backend._current().forget()
    monkeypatch.setattr(partial_module, "_FEW", 100)
    few = crowd.ask(query, **request_)
    assert few.total == many.total
    assert [(found, lacking) for found, _, lacking in many.partial] == [
        (found, lacking) for found, _, lacking in few.partial
    ]
    assert [score for _, score, _ in many.partial] == pytest.approx([score for _, score, _ in few.partial], abs=2e-4)


def test_of_many_words_common_ones_are_asked_about_the_best_sections_only(index_of, monkeypatch):
    rare = [f"Bij {' '.join(_CROWD)} nummer {number}." for number in range(150)]
    index = index_of(*rare, *[f"De markt is open, nummer {number}." for number in range(900)])
    begun, each_weight = [], leaf_module.Leaf.each_weight

    def noted(leaf):
        begun.append(leaf.label)
        return each_weight(leaf)

    monkeypatch.setattr(leaf_module.Leaf, "each_weight", noted)
    assert len(index.ask(f"{' '.join(_CROWD)} open markt feest").partial) == 10
    assert set(begun) & set(_CROWD)
    assert "markt" not in begun


def test_of_many_sections_with_the_same_score_the_first_come(index_of):
    index = index_of(*["Er is feest."] * 950, *[" ".join(_CROWD[:8])] * 200, *_CROWD)
    found = index.ask(f"{' '.join(_CROWD)} feest markt").partial
    assert [int(section_id[-4:]) for section_id, *_ in found] == list(range(951, 961))


def test_a_nested_part_that_a_section_holds_is_not_said_to_be_missing(index_of):
    index = index_of("De brug en de toren.", "De sluis en de toren.", "De fiets.", "De kade.", "De haven.")
    found = {found[-5:]: lacking for found, _, lacking in index.ask("(brug OR sluis) toren fiets kade haven").partial}
    assert found["s0001"] == found["s0002"] == ("fiets", "kade", "haven")


@pytest.mark.parametrize("request_", [{}, {"categories": ("events",)}, {"offset": 10}, {"limit": 300}])
@pytest.mark.parametrize(
    "joined", [(*_WORDS, *_CROWD), (*_WORDS, '"brug sluis"', "niets"), (*_CROWD, "category:events")]
)
def test_the_best_with_any_of_many_words_are_the_best_of_all(crowd, monkeypatch, joined, request_):
    query = " OR ".join(joined)
    summed = []
    best_of_any = sums_module.best_of_any
    monkeypatch.setattr(sums_module, "best_of_any", lambda *given: summed.append(1) or best_of_any(*given))
    found = crowd.ask(query, **request_)
    assert summed
    crowd.backend._current().forget()
    monkeypatch.setattr(reader_module, "_scores", lambda search, _root, hits, _wanted: search.score(hits))
    every = crowd.ask(query, **request_)
    assert found.total == every.total
    assert [section_id for section_id, _ in found.ids] == [section_id for section_id, _ in every.ids]


def test_articles_pronouns_and_the_like_count_for_less_in_a_partial_match(index_of):
    index = index_of(
        "Waar kan hij heen.", "Kaarsen maken met de jeugd.", "De markt van zondag.", "Het feest om drie uur."
    )
    partial = index.ask("waar kan kaars jeugd").partial
    assert [int(section_id[-4:]) for section_id, *_ in partial] == [2, 1]
    assert [int(section_id[-4:]) for section_id, *_ in index.ask("waar kan wie").partial] == [1]
