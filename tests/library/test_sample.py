from collections import Counter

import pytest

from archive.errors import UsageError
from archive.library.sample import draw_sample

SECTIONS = [
    {"id": f"s{at:03}", "category": category, "issue_date": f"{year}-01-0{at % 9 + 1}"}
    for at, (category, year) in enumerate(
        [("events", 2019)] * 60 + [("events", 2020)] * 25 + [("meetings", 2019)] * 13 + [("meetings", 2020)] * 2
    )
]


def strata(sample):
    return {stratum.values: (stratum.sections, stratum.drawn) for stratum in sample.strata}


def test_each_stratum_gives_its_share_and_one_at_least():
    sample = draw_sample(SECTIONS, 10, by=("category", "year"), seed=1)
    assert strata(sample) == {
        ("events", "2019"): (60, 6),
        ("events", "2020"): (25, 2),
        ("meetings", "2019"): (13, 1),
        ("meetings", "2020"): (2, 1),
    }
    drawn = Counter((each["category"], each["issue_date"][:4]) for each in SECTIONS if each["id"] in sample.ids)
    assert drawn == {values: count for values, (_, count) in strata(sample).items()}
    assert {stratum.weight for stratum in sample.strata} == {10, 12.5, 13, 2}


def test_the_same_seed_draws_the_same_and_another_draws_others():
    sample = draw_sample(SECTIONS, 20, by=("category",), seed=1)
    assert draw_sample(SECTIONS, 20, by=("category",), seed=1) == sample
    assert set(draw_sample(reversed(SECTIONS), 20, by=("category",), seed=1).ids) == set(sample.ids)
    assert set(draw_sample(SECTIONS, 20, by=("category",), seed=2).ids) != set(sample.ids)
    assert sample.ids[:3] == ("s003", "s022", "s023")  # on every machine


def test_a_section_that_comes_in_later_moves_few_others():
    before = set(draw_sample(SECTIONS, 20, seed=1).ids)
    after = set(draw_sample([*SECTIONS, SECTIONS[0] | {"id": "new"}], 20, seed=1).ids)
    assert len(before & after) >= 19


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 50, 99, 100, 1000])
def test_as_many_are_drawn_as_were_asked_for(size):
    sample = draw_sample(SECTIONS, size, by=("category", "year"))
    assert len(set(sample.ids)) == min(size, 100)


def test_a_sample_of_nothing_is_empty():
    assert draw_sample([], 5, by=("year",)).ids == ()


@pytest.mark.parametrize(("size", "by"), [(0, ()), (5, ("colour",))])
def test_what_cannot_be_drawn_is_refused(size, by):
    with pytest.raises(UsageError):
        draw_sample(SECTIONS, size, by=by)
