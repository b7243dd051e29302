"""How postings are written, merged and read: in one go, in pieces, in several segments."""

import re
import tracemalloc
from array import array
from pathlib import Path

import pytest

from archive.languages import _read_list, is_known
from archive.model.search import Sort
from archive.search import load_backend
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.postings import Pool
from archive.search.whoosh.segments import PostingFiles, TermPostings, write_postings
from archive.search.whoosh.stamp import read_stamp
from tests.search.conftest import Index, section

PLACES = ("brug", "sluis", "markt", "plein")
TEXTS = [f"De {a} bij de {b} van het dorp" for a in PLACES for b in PLACES]
QUERIES = [
    "brug",
    "brug sluis",
    '"de brug"',
    '"brug de"~2',
    "b*",
    "*lei*",
    "heading:kade",
    'heading:"oude kade"',
    "-brug",
]


def made(texts):
    dates = ("2019-03", "2018", "", "2019-11-02")
    categories = ("events", "other", "meetings")
    return [
        section(n, text, "Oude kade" if n % 3 else "", issue_date=dates[n % 4], category=categories[n % 3])
        for n, text in enumerate(texts, start=1)
    ]


def answers(index):
    found = [index.ask(query, limit=50, exact=True, facets=True) for query in QUERIES]
    ranked = [([(name, pytest.approx(score)) for name, score in each.ids], each.facets) for each in found]
    return ranked, index.find("*", sort=Sort.DATE, limit=50), index.find("brug", categories=("events",), since="2019")


def test_postings_that_were_put_on_disk_in_between_answer_as_those_kept_in_memory(index_of, tmp_path, monkeypatch):
    whole = index_of(*made(TEXTS))
    monkeypatch.setattr("archive.search.whoosh.postings._MOST_TERMS", 5)
    with load_backend().rebuild(tmp_path / "pieces") as writer:
        writer.add(made(TEXTS))
        writer.commit(1)
    assert answers(Index(tmp_path / "pieces")) == answers(whole)
    folder = read_stamp(tmp_path / "pieces").folder
    assert not list(folder.rglob("run*"))


def test_of_the_terms_of_one_document_none_is_lost_when_memory_is_full_between_them(tmp_path, monkeypatch):
    monkeypatch.setattr("archive.search.whoosh.postings._MOST_TERMS", 4)
    pool, links = Pool(tmp_path), [f"nl=woord{number}" for number in range(9)]
    for document in range(3):
        pool.add_terms(document, "tag", [f"{document}"])
        pool.add_terms(document, "links", links)
    found = {(item.field, item.term): list(item.documents) for item in pool.iter_postings()}
    assert found == {**{("links", link): [0, 1, 2] for link in links}, **{("tag", f"{n}"): [n] for n in range(3)}}
    pool.cleanup()


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells what is mapped")
def test_what_was_gone_through_does_not_stay_in_memory(tmp_path):
    words = (
        TermPostings(WORDS, f"{n:06}", array("I", range(40)), bytes(40), array("I", range(40))) for n in range(20_000)
    )
    write_postings(tmp_path / "run", words)
    files = PostingFiles(tmp_path / "run")
    assert sum(len(item.places) + sum(item.documents) for item in files.items()) == 20_000 * (40 + sum(range(40)))
    mapped = re.findall(
        rf"{tmp_path}/run(?:.*\n)+?Rss: +(\d+) kB", Path("/proc/self/smaps").read_text(encoding="utf-8")
    )
    written = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert 1000 * sum(map(int, mapped)) < written / 3
    files.close()


def test_postings_of_one_segment_are_not_copied_into_lists(index_of):
    index = index_of(*["brug"] * 2000)
    index.find("brug")
    snapshot = index.backend._current()
    tracemalloc.start()
    listed = snapshot.listed("brug")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(listed.documents) == len(listed.weights) == 2000
    assert peak < 10_000  # the weights twice, a byte each; lists of both take ten times as much


def test_a_new_index_lets_go_of_the_word_lists(index_of):
    is_known("sluis", ("nl",))
    assert _read_list.cache_info().currsize
    index_of(*made(TEXTS))
    assert not _read_list.cache_info().currsize


def test_merged_segments_answer_as_one_that_was_made_at_once(index_of, tmp_path):
    sections = made(TEXTS)
    kept = [each for n, each in enumerate(sections, start=1) if n % 4]
    once = index_of(*kept)
    with load_backend().rebuild(tmp_path / "merged") as writer:
        writer.commit(1)
    merged = Index(tmp_path / "merged")
    for each in sections:
        merged.add(each)
    merged.remove(*(n for n in range(1, len(sections) + 1) if not n % 4))
    for each in kept:  # each time the older one is deleted, and segments are merged on the way
        merged.add(each)
    assert len(read_stamp(merged.directory).segments) > 1
    ours, theirs = answers(merged), answers(once)
    assert [sorted(names for names, _ in ids) for ids, _ in ours[0]] == [
        sorted(n for n, _ in ids) for ids, _ in theirs[0]
    ]
    assert [facets for _, facets in ours[0]] == [facets for _, facets in theirs[0]]
    assert ours[1:] == theirs[1:]


def test_no_phrase_reaches_into_the_next_section_or_from_the_heading_into_the_text(index_of):
    index = index_of(section(1, "de sluis", "Oude brug"), section(2, "kade"))
    assert index.find('"brug de"~100', exact=True) == []
    assert index.find('"sluis kade"~100', exact=True) == []
    assert index.find('"oude brug"', exact=True) == [1]
    assert index.find('heading:"de sluis"', exact=True) == []


def test_a_phrase_is_found_behind_very_many_words(index_of):
    index = index_of("woord " * 66_000 + "oude brug")
    assert index.find('"oude brug"', exact=True) == [1]
    assert index.find('"woord oude"', exact=True) == [1]


def test_a_word_is_told_from_those_that_begin_alike(index_of):
    words = ["ver", "verga", "vergader", "vergadering", "vergaderingen", "vergaderzaal", "zzzz"]  # eight letters count
    index = index_of(*words)
    assert [index.find(word, exact=True) for word in words] == [[n] for n in range(1, len(words) + 1)]
    for absent in ("v", "vergade", "vergaderi", "vergaderingena", "vergaderzalen", "a", "zzzzz"):
        assert index.find(absent, exact=True) == []
    assert index.find("vergader*", exact=True, limit=9) == [3, 4, 5, 6]
    assert index.find("vergaderin*", exact=True, limit=9) == [4, 5]
