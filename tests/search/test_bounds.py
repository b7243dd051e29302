"""No query hangs: of 2,000 sections, whatever is asked is answered or refused after a bounded number of steps.

Steps are counted, not seconds: the same query takes as many on every machine.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import QuerySyntaxError
from archive.model.search import SearchRequest
from archive.search import load_backend
from archive.search.query import parse_query
from archive.search.snippets import Finder
from tests.benchmarks.sections import make_sections

SECTIONS, COPIES = 2000, 10
MOST_CALLS = 1_000_000  # the heaviest query known takes some 220,000

WORDS = st.sampled_from(
    ["de", "het", "stad", "gemeente", "vergadering", "recht", "xqz", "a", "12", "e-mail", "viuchteling"]
)
SHAPES = st.sampled_from(
    ["{}", "{}*", "*{}", "*{}*", "{}~", "{}~2", "heading:{}", '"{} de"', '"{} van de"~9', "-{}", "?{}?"]
)
LEAVES = st.builds(lambda shape, word: shape.format(word), SHAPES, WORDS) | st.sampled_from(
    ["*a*", "a*", "date:[1960 TO *]"]
)
QUERIES = st.lists(LEAVES, min_size=1, max_size=40).flatmap(
    lambda leaves: st.sampled_from([" ", " OR ", " AND ", " NOT "]).map(lambda joint: joint.join(leaves))
)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crowd")
    with load_backend().rebuild(folder) as writer:
        made = list(make_sections(SECTIONS // COPIES))
        writer.add({**each, "id": f"{each['id']}-{copy}"} for copy in range(COPIES) for each in made)
        writer.commit(1)
    return load_backend().open(folder)


@contextmanager
def bounded() -> Iterator[None]:
    """Fail if what is done inside calls more functions than any query may."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)
    assert calls < MOST_CALLS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES | st.text(max_size=80), exact=st.booleans(), facets=st.booleans())
def test_any_query_is_answered_or_refused_in_bounded_steps(crowd, query, exact, facets):
    try:
        with bounded():
            found = crowd.search(parse_query(query), SearchRequest(query=query, exact=exact, facets=facets))
    except QuerySyntaxError:
        return
    assert 0 <= found.total <= SECTIONS


@pytest.mark.parametrize(
    "query", ["*a*", "a* OR e* OR o*", " OR ".join(["*e*"] * 30), '"de de de"~99', " ".join(["de"] * 90)]
)
def test_the_heaviest_queries_are_no_exception(crowd, query):
    with bounded():
        crowd.search(parse_query(query), SearchRequest(query=query, facets=True))


def test_a_word_is_marked_alike_whichever_way_it_is_looked_for():
    text = "Één thema’s-avond over Oekraïne – de e-mail: zaal@wijk.example; IJsbaan, thema's. Straße Oekraine"
    forms = {
        "q": dict.fromkeys(["een", "thema's", "oekraine", "e-mail", "mail", "zaal@wijk.example", "ijsbaan"], "exact")
    }
    short = Finder(forms).find(text.replace("Straße", "Straat"))
    full = Finder(forms).find(text)  # a letter that is no single one makes the whole text be read
    assert [(m.matched, m.span) for m in short] == [(m.matched, m.span) for m in full]
    assert {m.matched for m in full} >= {"Één", "Oekraïne", "zaal@wijk.example", "IJsbaan", "Oekraine"}
