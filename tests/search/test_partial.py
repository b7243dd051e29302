"""Are the best sections with a part of the query the same, however few of them are asked for?"""

import random

import pytest

_WORDS = ("brug", "sluis", "dijk", "kade", "haven", "markt", "toren", "fiets")


@pytest.mark.parametrize(
    "query", ["brug sluis toren", "toren fiets", "brug (sluis OR dijk) fiets", 'toren "kade haven"']
)
def test_few_partial_matches_are_the_first_of_many(index_of, query):
    draw = random.Random(7)  # noqa: S311 - the same texts each time
    texts = [" ".join(draw.choices(_WORDS, weights=range(9, 1, -1), k=draw.randint(2, 30))) for _ in range(150)]
    index = index_of(*texts)
    hits = len(index.find(query, limit=150))
    many = index.ask(query, limit=150).partial
    assert len(many) > 20
    for few in (1, 4, 20):
        assert index.ask(query, limit=hits + few).partial == many[:few]


def test_what_holds_a_telling_word_often_may_come_before_what_holds_two(index_of):
    crowd = [f"Over de brug en de sluis bij nummer {number}." for number in range(60)]
    index = index_of(*crowd, "Zeldzaam wrakhout. " * 5)
    best, *_ = index.ask("brug sluis wrakhout", limit=2).partial
    assert best[0].endswith("-s0061")
