"""Is a term of a segment found by its key, where it is and where it is not?"""

import random
from collections import Counter

import pytest

from archive.search.whoosh.layout import SEPARATOR, TERMS
from archive.search.whoosh.phrases import count_phrases
from archive.search.whoosh.terms import TermTable, TermWriter


@pytest.fixture(scope="module")
def written():
    draw = random.Random(3)  # noqa: S311 - the same terms each time

    def some(count, least):
        return {"".join(draw.choices("abc", k=draw.randint(least, 9))) for _ in range(count)}

    words = some(400, 1) | {"é", "straße", "straßen"}
    links = {f"nl={start}{SEPARATOR}{word}" for start in some(90, 2) for word in draw.sample(sorted(words), 4)}
    return {"category": some(5, 3), "links": links, "place": some(40, 3), "words": words}


@pytest.fixture
def table(written, tmp_path):
    writer = TermWriter(tmp_path / "one")
    for field, some in written.items():
        for term in sorted(some):
            writer.add(field, term, 1, 1)
    writer.close()
    return TermTable(tmp_path / f"one{TERMS}")


def test_every_term_is_found_and_no_other(table, written):
    for field, some in written.items():
        for term in some:
            number = table.find(field, term)
            assert table.text(number, number + 1) == f"{term}\n"
            for other in (term[:-1], term + "a", f"a{term}"):
                assert (table.find(field, other) is not None) == (other in some)
    assert table.find("tag", "abc") is None


def test_what_starts_alike_lies_in_a_row(table, written):
    for field, some in written.items():
        starts = {term[:most] for term in some for most in (1, 3, 8, 20)}
        starts |= {term.partition(SEPARATOR)[0] + SEPARATOR for term in written["links"]}
        for start in starts | {"", "zz"}:
            found = table.text(*table.starting(field, start.encode())).split("\n")[:-1]
            assert found == sorted(term for term in some if term.startswith(start)), (field, start)


def test_what_holds_some_letters_is_found_be_it_rare_or_not(table, written):
    words = sorted(written["words"])
    for letters in {word[at : at + most] for word in words[::7] for at in (0, 1, 4) for most in (1, 2, 3, 5)} | {
        "é",
        "zz",
    }:
        if letters:
            assert table.holding("words", letters) == [word for word in words if letters in word]
            assert table.holding("words", f"{letters}\n") == [word for word in words if word.endswith(letters)]
    assert table.holding("tag", "a") == []


def test_of_letters_that_few_words_hold_the_others_are_not_looked_at(tmp_path, monkeypatch):
    writer = TermWriter(tmp_path / "many")
    for number in range(10_000):
        writer.add("words", f"woord{number:05}", 1, 1)
    writer.close()
    table, looks = TermTable(tmp_path / f"many{TERMS}"), []

    class Looked(bytes):
        def __getitem__(self, at):
            return Looked(super().__getitem__(at))

        def rfind(self, *given):
            looks.append(given)
            return super().rfind(*given)

        def decode(self):
            return looks.append("all") or super().decode()

    monkeypatch.setattr(table, "mapped", Looked(table.mapped[:]))
    assert table.holding("words", "d0471") == [f"woord0471{last}" for last in range(10)]
    assert len(looks) == 2 * 10
    looks.clear()
    assert len(table.holding("words", "1")) > 3000
    assert len(looks) < 10_000 / 30


def test_a_word_is_looked_for_in_few_places_however_many_there_are(tmp_path, monkeypatch):
    looks = Counter()
    writer = TermWriter(tmp_path / "many")
    for number in range(20_000):
        writer.add("words", f"woord{number:05}", 1, 1)
    writer.close()
    table = TermTable(tmp_path / f"many{TERMS}")

    class Counted:
        def __init__(self, places):
            self.places = places

        def __len__(self):
            return len(self.places)

        def __getitem__(self, at):
            looks["at"] += 1
            return self.places[at]

    monkeypatch.setattr(table, "_hashes", Counted(table._hashes))
    for number in range(0, 40_000, 40):
        table.find("words", f"woord{number:05}")
    assert looks["at"] < 4 * 1000


def test_of_a_word_that_is_not_there_hardly_any_key_is_looked_at(tmp_path, monkeypatch):
    keys = []
    writer = TermWriter(tmp_path / "many")
    for number in range(20_000):
        writer.add("words", f"woord{number:05}", 1, 1)
    writer.close()
    table = TermTable(tmp_path / f"many{TERMS}")

    class Noted(list):
        def __getitem__(self, at):
            keys.append(at)
            return super().__getitem__(at)

    monkeypatch.setattr(table, "_keys", Noted(table._keys))
    assert table.known(f"wrak{number}" for number in range(2000)) == []
    assert len(keys) < 20
    assert table.known(["wrak", "woord00007"]) == ["woord00007"]


def test_a_phrase_looked_for_in_some_sections_is_found_there_as_in_all(index_of):
    draw = random.Random(5)  # noqa: S311 - the same texts each time
    index = index_of(*(" ".join(draw.choices(("brug", "sluis", "dijk", "kade"), k=40)) for _ in range(60)))
    index.find("brug")
    snapshot = index.backend._current()
    sequence = [("brug", "kade"), ("sluis",)]
    every = count_phrases(sequence, snapshot, slop=2)
    for among in (set(), {3}, {3, 4, 40}, set(range(60))):
        found = count_phrases(sequence, snapshot, slop=2, among=among)
        assert {number: found.get(number) for number in among} == {number: every.get(number) for number in among}
