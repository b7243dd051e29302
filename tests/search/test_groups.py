"""Are the words found that the owner put together in words.toml?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.model.search import SearchRequest
from archive.search.groups import read_groups, with_groups
from archive.search.query import parse_query
from tests.search.conftest import section

WORDS = """\
[groups]
vluchteling = ["asielzoeker", "mensen op drift"]

[names]
Vredespaleis = ["Paleis van den Vrede"]
"""
TEXTS = (
    "Asielzoekers kregen een huis.",
    "Er zijn vluchtelingen in de school.",
    "Wij denken aan mensen op drift.",
    "Het Vredespaleis is open.",
    "Het paleis van den vrede is dicht.",
    "Er staan Vredespaleizen op de tekening.",
)


@pytest.fixture
def ask(index_of):
    index = index_of(*(section(number, text) for number, text in enumerate(TEXTS, start=1)))
    groups = read_groups(WORDS, Path("words.toml"))

    def search(query, **request):
        read = with_groups(parse_query(query), groups, ("nl",))
        found = index.backend.search(read, SearchRequest(query=query, **request))
        kinds = {form: str(kind) for forms in found.forms.values() for form, kind in forms.items()}
        return {int(section_id[-4:]) for section_id, _ in found.ids}, kinds, read.parsed

    return search


@pytest.mark.parametrize("query", ["vluchteling", "vluchtelingen", "asielzoeker", '"mensen op drift"'])
def test_any_word_of_a_group_finds_all_with_their_inflections(ask, query):
    found, kinds, parsed = ask(query)
    assert found == {1, 2, 3}
    assert parsed == query
    assert "group" in kinds.values()


def test_the_word_itself_is_not_called_one_of_its_group(ask):
    _, kinds, _ = ask("vluchtelingen")
    assert kinds == {"vluchtelingen": "exact", "asielzoekers": "group", "mensen op drift": "group"}


def test_names_are_found_as_they_are_written(ask):
    assert ask('"Paleis van den Vrede"')[0] == {4, 5}
    assert ask("vredespaleis heading:vredespaleis OR vredespaleis")[0] >= {4, 5}


def test_groups_stand_inside_of_other_questions_and_can_be_left_out(ask):
    assert ask("asielzoeker huis")[0] == {1}
    assert ask("school NOT asielzoeker")[0] == set()
    assert ask("vluchtelingen", exact=True)[0] == {2}


def test_a_word_that_is_left_out_leaves_those_that_are_asked_for(ask):
    assert ask("vluchtelingen -asielzoekers")[0] == {2, 3}
    assert ask('asielzoekers -"mensen op drift"')[0] == {1, 2}
    assert ask("vluchtelingen NOT (NOT asielzoekers)")[0] == {1, 2, 3}
    assert ask("(de OR het OR wij) -asielzoekers")[0] == {4, 5, 6}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[groups]\na = [\n", "line 2"),
        ("[groups]\na 3\nb = 4", "line 2"),
        ("[groups]\nvlucht = 'asiel'\n", "line 2: vlucht is no list"),
        ("[groups]\n\nvlucht = ['asiel', 3]\n", "line 3: vlucht is no list"),
        ("[groups]\nvlucht = ['...']\n", "line 2: vlucht holds something without a letter"),
        ("[groups]\na = ['b']\nvlucht = ['asiel*']\n", "line 3: asiel* is no word"),
        ("[names]\n[group]\n", "line 2: there is no table 'group'"),
        ("[groups]\na = " + 5000 * "[", "is no TOML"),
        ("[groups]\na = " + 5000 * "9", "is no TOML"),
        ("[groups.vlucht]\nx = ['asiel']\n", "line 1: vlucht is no list"),
        ("vlucht = ['asiel']\n", "line 1: there is no table 'vlucht'"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_line(text, said):
    with pytest.raises(UsageError, match=r"words\.toml: ") as caught:
        read_groups(text, Path("words.toml"))
    assert said in str(caught.value)


@given(st.text(alphabet="[]abgnroupsme=\"',# \n\\x"))
def test_any_file_is_read_or_refused(text):
    try:
        groups = read_groups(text, Path("words.toml"))
    except UsageError:
        return
    assert all(member for group in groups for member in group.members)
