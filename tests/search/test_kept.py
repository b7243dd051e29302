"""Does what was kept of words give what would be found out now, also once more was added?"""

import random
from pathlib import Path

import pytest

from archive.model.search import SearchRequest, Term
from archive.search.whoosh import expand, keeper
from archive.search.whoosh.kept import KeptWords
from archive.search.whoosh.matching import match_leaf
from archive.search.whoosh.scoring import norm_of
from archive.search.whoosh.snapshot import Snapshot
from archive.search.whoosh.standing import forms_of, standing
from tests.search.conftest import section

_WORDS = (
    *("vergadering", "vergaderingen", "ledenvergadering", "vergaderzaal", "gemeente"),
    *("gemeenten", "gemeenteraad", "vluchtelingen", "vluchteling", "opvang"),
    *("opsturen", "vluchtelingenopvang", "opvanghuis", "kinderen", "kind", "kinderfeest", "straat", "straten"),
    *("straatfeest", "avond", "avonden"),
)
_MISREAD = (
    *("vergaderlng", "vergadenng", "gemeentc", "devergadering", "vluchtclingen", "klnderen"),
    *("opvarg", "verga", "dering", "vluchte", "lingen"),
)
# Each in one section only: with forms, misread, torn and made of others; and with none.
_SINGLE = (
    "sluiswachter",
    "sluiswachters",
    "sluiswachtcr",
    "schutsluisdeur",
    "schutsluis",
    "brugwachter",
    "aak",
    "meenemen",
)
_ONCE = (
    *("sluiswachter", "sluiswachters", "sluiswachtcr", "de schut sluisdeur", "schutsluis", "schutsluisdeur"),
    *("brugwachter aak", "meenemen mag", "neem uw brood mee", "verga dering en nog een verga dering"),
)


@pytest.fixture
def texts():
    draw = random.Random(7)  # noqa: S311 - the same texts each time
    torn = (("verga", "dering"), ("stuur", "u", "op"), (), ())
    return [
        " ".join([*draw.choices(_WORDS, k=12), *draw.choices(_MISREAD, k=2), *draw.choice(torn)]) for _ in range(90)
    ] + list(_ONCE)


@pytest.fixture
def index(index_of, texts):
    return index_of(*texts)


@pytest.fixture
def spread(index_of, texts, monkeypatch):
    """Return an index in which of the words that most sections match the weight in every section is kept."""
    monkeypatch.setattr(keeper, "_FEW_OF_ALL", 40)
    monkeypatch.setattr(keeper, "_FEW", 5)
    return index_of(*texts)


def _answers(index, queries):
    """Return what is found in all sections; equals stand in no order, as sums of weights may differ in the last bit."""
    found = [index.ask(query, limit=200) for query in queries]
    forms = [{word: dict(forms) for word, forms in each.forms.items()} for each in found]
    return [(f.total, dict(f.ids), some, sorted(f.partial)) for f, some in zip(found, forms, strict=True)]


def _queries():
    draw = random.Random(3)  # noqa: S311 - the same queries each time
    pairs = [" ".join(draw.sample(_WORDS, 2)) for _ in range(25)]
    triples = [" ".join(draw.sample([*_WORDS, *_MISREAD, *_SINGLE, "nergens"], 3)) for _ in range(25)]
    return [
        *_WORDS,
        *_SINGLE,
        *pairs,
        *triples,
        *(pair.replace(" ", " OR ") for pair in pairs),
        "heading:opvang",
        "kind -kinderen",
    ]


def test_answers_are_those_that_are_found_without_what_was_kept(index, monkeypatch):
    kept = _answers(index, _queries())
    snapshot = index.backend._current()
    assert snapshot.kept_words is not None
    snapshot.forget()
    monkeypatch.setitem(vars(snapshot), "kept_words", None)
    assert kept == _answers(index, _queries())


def test_a_word_of_the_archive_is_not_looked_into_again(index, monkeypatch):
    index.find("opvang")
    monkeypatch.setattr("archive.search.whoosh.standing.forms_of", lambda *_, **__: pytest.fail("found out again"))
    assert index.kinds("vergadering")["vergaderlng"] == "ocr"
    assert index.kinds("sluiswachter") == {
        "sluiswachter": "exact",
        "sluiswachters": "inflection",
        "sluiswachtcr": "ocr",
    }
    assert index.kinds("brugwachter") == {"brugwachter": "exact"}
    monkeypatch.setattr("archive.search.whoosh.phrases.count_phrases", lambda *_, **__: pytest.fail("counted again"))
    monkeypatch.setattr("archive.search.whoosh.standing.count_phrases", lambda *_, **__: pytest.fail("counted again"))
    assert sorted(index.find("meenemen")) == [98, 99]
    assert index.kinds("vergadering")["verga dering"] == "ocr"


def test_what_is_added_later_is_found_beside_what_was_kept(index, monkeypatch):
    index.add(
        section(500, "vergadenrg vergaderinkje bestuursvergadering", language="nl"),
        section(501, "vcrga dering opvanq neem uw boek mee verga dering"),
    )
    kinds = index.kinds("vergadering")
    assert {"vergaderlng": "ocr", "bestuursvergadering": "compound"}.items() <= kinds.items()
    assert {500, 501} <= set(index.find("vergadering", limit=200))
    assert sorted(index.find("meenemen")) == [98, 99, 501]
    snapshot = index.backend._current()
    assert len(snapshot.segments) == 2
    for word in (*_WORDS, *_SINGLE):
        kept = standing(word, snapshot, snapshot.stamp.languages, thorough=True)
        now = forms_of(word, snapshot, snapshot.stamp.languages, thorough=True)
        assert dict(kept.kinds) == now.kinds
    kept_answers = _answers(index, _queries())
    snapshot.forget()
    monkeypatch.setitem(vars(snapshot), "kept_words", None)
    assert kept_answers == _answers(index, _queries())


def test_how_the_words_of_a_phrase_were_misread_is_kept_too(index_of, monkeypatch):
    index = index_of(
        *("De oude burgers spreken.", "De oude burgets spreken.", "De oude burger spreken."),
        *("Wie naar litouwen reist.", "Wie naar litouwe reist.", "Wie naar litouwse reist."),
    )
    burgers, travel = '"oude burgers spreken"', '"naar litouwen reist"'
    with monkeypatch.context() as only:
        only.setattr(expand, "_misread", lambda word, _: pytest.fail(f"looked for {word} again"))
        assert sorted(index.find(burgers)) == [1, 2]
        assert sorted(index.find(travel)) == [4, 5]
    index.add(section(7, "De oude bnrgers spreken."))
    assert sorted(index.find(burgers)) == [1, 2, 7]
    monkeypatch.setattr(Snapshot, "kept_words", None)
    index.backend.close()
    assert sorted(index.find(burgers)) == [1, 2, 7]
    assert sorted(index.find(travel)) == [4, 5]


def test_languages_other_than_those_of_the_index_are_looked_into_now(index):
    assert index.kinds("vergadering", languages=("en",)).get("vergaderingen") is None


def test_of_a_word_that_stands_once_and_for_itself_no_more_is_kept_than_that(index_of):
    index = index_of(*["de brug en het water"] * 2, "de sluis", "een haven", "twee havens")
    index.find("brug")
    snapshot = index.backend._current()
    path = next(index.directory.glob("*/*.kept"))
    terms, kept = snapshot.segments[0].terms, KeptWords(path)
    brug, sluis, haven = (kept.find(terms.find("words", word)) for word in ("brug", "sluis", "haven"))
    assert brug.kinds.keys() == {"brug"}
    assert haven.kinds.keys() == {"haven", "havens"}
    assert sluis == ({}, [(terms.find("words", "sluis"), "exact")], (((), ()), ((), ())), 1, 1.0, ())
    assert index.find("sluis") == [3]


def test_how_many_sections_a_word_finds_is_kept(index):
    snapshot = index.backend._current()
    for word in _WORDS:
        leaf = match_leaf(Term(word), snapshot, SearchRequest(word))
        size = leaf.size
        assert not vars(leaf)  # no section was gathered for it
        assert size == len(leaf.members)


def test_of_few_sections_the_postings_of_all_forms_are_put_together(index):
    number = index.backend._current().segments[0].terms.find("words", "vergadering")
    kept = index.backend._current().kept_words.find(number)
    (whole, _), (rest, _) = kept.blocks
    assert not kept.common
    assert set(whole).isdisjoint(rest)
    assert len(whole) + len(rest) == kept.sections
    assert len(whole) > keeper._FEW


def _leaves(index):
    snapshot = index.backend._current()
    return [match_leaf(Term(word), snapshot, SearchRequest(word)) for word in _WORDS]


def test_of_many_sections_the_weight_in_each_is_kept(spread):
    leaves = [leaf for leaf in _leaves(spread) if leaf.spread]
    assert len([leaf for leaf in leaves if len(leaf.lists) > 1]) > 5
    for leaf in leaves:
        some = set(range(0, 90, 4))
        assert leaf.among(some) == leaf.members & some
        weights = leaf.weights(some)
        assert weights == pytest.approx({number: leaf.totals[number] for number in leaf.members & some})
        by_lists = leaf._replace(spread=())  # the common forms by themselves, the others put together
        assert by_lists.totals == pytest.approx(leaf.totals)


def test_what_two_words_share_is_told_without_gathering_the_sections_of_one(spread):
    told = 0
    for leaf in _leaves(spread):
        for other in _leaves(spread):
            shared = leaf.shared_with(other)
            told += bool(leaf.spread) and "members" not in vars(other)
            assert shared == set(leaf.documents) & set(other.documents)
    assert told > 20


def test_a_long_list_is_not_gone_through_where_the_weight_in_each_is_kept(spread):
    spread.ask("straatfeest opvang kinderen", limit=5)
    leaves = [leaf for leaf in spread.backend._current().leaves.values() if leaf.spread]
    assert leaves
    assert all("totals" not in vars(leaf) for leaf in leaves)


def test_answers_by_the_weight_in_each_section_are_the_same_also_once_more_was_added(spread, monkeypatch):
    for _ in range(2):
        kept, snapshot = _answers(spread, _queries()), spread.backend._current()
        snapshot.forget()
        with monkeypatch.context() as without:
            without.setitem(vars(snapshot), "kept_words", None)
            assert kept == _answers(spread, _queries())
        spread.add(section(500, "vergadering opvang straat"), section(501, "kinderen gemeente avond opvang"))


def test_how_near_a_word_comes_to_the_most_it_could_score_is_kept(index):
    snapshot = index.backend._current()
    for leaf in _leaves(index):
        shares = [
            weight / (weight + norm_of(snapshot.lengths[number], snapshot.mean_length))
            for number, weight in leaf.totals.items()
        ]
        assert leaf.peak == pytest.approx(max(shares), abs=2e-6)
        assert leaf.peak >= max(shares)


def test_once_sections_are_gone_it_is_not_known_how_near_a_word_comes(index):
    index.backend.close()
    with type(index.backend).writer(index.directory) as writer:
        writer.remove([section(3, "")["id"]])
        writer.commit(2)
    assert {leaf.peak for leaf in _leaves(index)} == {1.0}


def _in_memory(index, name):
    """Return how many kB of an index's file are mapped into memory; what is left of other tests' does not count."""
    lines = Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if line.endswith(name) and str(index.directory) in line]
    return sum(int(next(line for line in lines[at:] if line.startswith("Rss:")).split()[1]) for at in starts)


def test_what_was_read_of_the_files_is_let_go_of_and_read_again(index):
    snapshot = index.backend._current()
    before = _answers(index, _WORDS)
    assert _in_memory(index, ".kept")
    snapshot.forget()
    snapshot.let_go()
    assert not _in_memory(index, ".kept")
    assert not _in_memory(index, ".trm")
    assert _answers(index, _WORDS) == before


def test_a_compound_that_a_query_writes_as_two_words_counts_as_much_as_an_inflection(index):
    snapshot = index.backend._current()
    asked = SearchRequest("opvang vluchtelingen")
    apart, near = (
        match_leaf(Term("opvang"), snapshot, asked, together=words) for words in ((), ("vluchtelingenopvang",))
    )
    held = snapshot.listed("vluchtelingenopvang")
    assert held.documents
    assert near.better == apart.better | set(held.documents)
    for number, times in zip(*held, strict=True):
        assert near.totals[number] - apart.totals[number] == pytest.approx(0.4 * times)
