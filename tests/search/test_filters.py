"""Which sections pass, how they are counted, sorted and paged: each test asks a real index."""

import pytest

from archive.model.search import Sort
from tests.search.conftest import section


@pytest.fixture
def index(index_of):
    dates = [{"text": "12 t/m 14 mei", "date": "2019-05-12", "end": "2019-05-14", "precision": "day"}]
    return index_of(
        section(1, "brug", category="events", issue_date="2019-03-15", dates=dates, places=["Den Haag"], pages=[1, 2]),
        section(2, "brug", "De brug", category="meetings", issue_date="2019", tags=["Te lezen"], pages=[3]),
        section(
            3, "brug", category="events", issue_date="2021-11", newsletter_slug="ander-blad", language="en", pages=[12]
        ),
        section(4, "brug", issue_date="", dates=[{"text": "mei", "date": "", "end": None}], places=["Delft"]),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("category:events", [1, 3]),
        ("category:EVENTS", [1, 3]),
        ("category:e*", [1, 3]),
        ("newsletter:ander-blad", [3]),
        ('newsletter:"Ander blad"', [3]),
        ("language:en", [3]),
        ("tag:lezen", [2]),
        ('tag:"te lezen"', [2]),
        ('place:"den haag"', [1]),
        ("place:haag", [1]),
        ("place:delf~", [4]),
        ("page:2", [1]),
        ("page:[2 TO 4]", [1, 2]),
        ("page:[10 TO *]", [3]),
        ("date:2019", [1, 2]),
        ("date:2019-03", [1, 2]),
        ("date:2019-04", [2]),
        ("date:[2019-03 TO 2021]", [1, 2, 3]),
        ("date:[* TO 2019-03-15]", [1, 2]),
        ("date:[2021-11-30 TO *]", [3]),
        ("mentions:2019-05-13", [1]),
        ("mentions:[2019-05-14 TO 2019-06]", [1]),
        ("mentions:2019-06", []),
        ("tag:*", [2]),
        ("place:*", [1, 4]),
        ("heading:*", [2]),
        ("category:**", [1, 2, 3, 4]),
        ("-place:*", [2, 3]),
        ("brug *", [1, 2, 3, 4]),
        ("-category:events", [2, 4]),
        ("brug category:events date:2021", [3]),
    ],
)
def test_a_field_of_the_query_filters(index, query, expected):
    assert sorted(index.find(query)) == expected


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"categories": ("events", "meetings")}, [1, 2, 3]),
        ({"newsletters": ("ander-blad",)}, [3]),
        ({"since": "2020"}, [3]),
        ({"until": "2019-03"}, [1, 2]),
        ({"since": "2019-04", "until": "2019-12"}, [2]),
        ({"mentions_since": "2019-05-14"}, [1]),
        ({"mentions_until": "2019-05-11"}, []),
        ({"languages": ("en",)}, [3]),
        ({"tags": ("Te lezen",)}, [2]),
        ({"categories": ("events",), "since": "2020"}, [3]),
    ],
)
def test_a_filter_of_the_request_filters(index, request_, expected):
    assert sorted(index.find("brug", **request_)) == expected


@pytest.mark.parametrize(
    ("request_", "most"),
    [
        ({}, 4),
        ({"categories": ("events", "meetings")}, 3),
        ({"newsletters": ("ander-blad",), "categories": ("events", "meetings")}, 1),
        ({"since": "2050"}, 0),
        ({"newsletters": ("nergens",)}, 0),
        ({"tags": ("Te lezen",)}, 1),
        ({"within": frozenset()}, 0),
    ],
)
def test_no_more_can_be_hidden_than_a_filter_lets_through(index, request_, most):
    assert index.ask("brug", **request_).readings[-1].sections == most


def test_total_and_facets_are_of_all_that_match_not_of_the_page(index):
    found = index.ask("brug", limit=1, facets=True)
    assert (found.total, len(found.ids)) == (4, 1)
    assert found.facets["category"] == {"events": 2, "meetings": 1, "other": 1}
    assert found.facets["year"] == {"": 1, "2019": 2, "2021": 1}
    assert found.facets["newsletter"] == {"wijkblad": 3, "ander-blad": 1}
    assert found.facets["language"] == {"nl": 3, "en": 1}


def test_hits_are_sorted_by_date_oldest_first_and_undated_last(index):
    assert index.find("brug", sort=Sort.DATE) == [2, 1, 3, 4]


def test_pages_follow_each_other_without_gap_or_double(index_of):
    index = index_of(*(f"brug {'brug ' * (number % 7)} dicht" for number in range(25)))
    pages = [index.find("brug", limit=10, offset=offset) for offset in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert [number for page in pages for number in page] == index.find("brug", limit=100)


def test_an_empty_query_asks_for_everything(index):
    assert sorted(index.find("")) == [1, 2, 3, 4]
    assert sorted(index.find("*", categories=("events",))) == [1, 3]


def test_an_empty_archive_answers(index_of):
    found = index_of().ask("brug OR sluis*", facets=True)
    assert (found.total, found.ids) == (0, ())
