"""Is what was kept of the answer to a very common word what would be found out now?"""

import random

import pytest

from archive.model.search import Query, SearchRequest, Sort, Term
from archive.search.whoosh import alone, keeper, reader
from tests.search.conftest import section

_WORDS = (
    *("vergadering", "vergaderingen", "ledenvergadering", "gemeente", "gemeenteraad", "opvang", "opvanghuis"),
    *("kinderen", "kind", "straat", "avond", "avonden", "vergaderlng", "verga", "dering"),
)
_FEW = 30


@pytest.fixture
def index(index_of, monkeypatch):
    monkeypatch.setattr(keeper, "MANY", _FEW)
    draw = random.Random(5)  # noqa: S311 - the same texts each time
    texts = [" ".join(draw.choices(_WORDS, k=draw.randrange(3, 30))) for _ in range(150)]
    return index_of(*texts, *texts[:40], "sluis")  # some of them twice, so that there are equals


def _answer(index, word, **wanted):
    """Return what is found, and whether it was kept."""
    snapshot, query, request = index.backend._current(), Query(Term(word), word), SearchRequest(word, **wanted)
    kept, found = alone.answer_alone(snapshot, query, request), reader._found_out(snapshot, query, request)
    assert reader.search_snapshot(snapshot, query, request) == found
    assert kept in (None, found)
    return found, kept is not None


@pytest.mark.parametrize("page", [{}, {"offset": 7, "limit": 20}, {"limit": alone.MOST_BEST}, {"limit": 0}])
def test_what_was_kept_is_what_would_be_found_out(index, page):
    answers = [_answer(index, word, **page) for word in (*_WORDS, "Vergadering", "AVOND")]
    assert all(kept == (found.total >= _FEW) for found, kept in answers)
    assert sum(kept for _, kept in answers) > len(_WORDS) // 2
    assert any("verga dering" in found.forms.get("vergadering", {}) for found, kept in answers if kept)


def test_the_sections_of_a_very_common_word_are_not_gone_through(index, monkeypatch):
    monkeypatch.setattr("archive.search.whoosh.scoring.Search.match", lambda *_: pytest.fail("gone through"))
    assert len(index.find("vergadering")) == SearchRequest().limit


@pytest.mark.parametrize(
    "wanted",
    [
        {"exact": True},
        {"sort": Sort.DATE},
        {"facets": True},
        {"limit": alone.MOST_BEST + 1},
        {"offset": alone.MOST_BEST},
        {"languages": ("nl",)},
        {"since": "2019"},
        {"within": frozenset()},
    ],
)
def test_whoever_asks_for_more_is_given_more(index, wanted):
    assert not _answer(index, "vergadering", **wanted)[1]


def test_once_more_was_added_it_is_found_out_anew(index):
    before, kept = _answer(index, "vergadering")
    assert kept
    index.add(section(900, "vergadering " * 30))
    after, kept = _answer(index, "vergadering")
    assert (after.total, kept) == (before.total + 1, False)


def test_where_no_word_is_so_common_nothing_is_kept(index_of):
    index = index_of(*["de brug en het water"] * 9)
    assert not list(index.directory.glob("*/*.alone"))
    assert not _answer(index, "brug")[1]
