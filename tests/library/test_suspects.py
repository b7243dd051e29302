"""Which pages most likely hide the words of a query?"""

import json
import sqlite3

import pytest

from archive.errors import UsageError
from archive.library.search import search
from archive.library.suspects import find_suspects
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section

FOUND = make_section("events", "De rommelmarkt is op zaterdag in de grote zaal.", heading="Rommelmarkt")
HIDING = make_section("events", "De rommxzqarkt wordt gehouden bij de kerk.", heading="Ook dat", page=2)
OTHER = make_section("meetings", "Het bestuur vergadert over de speeltuin.", heading="Bestuur", page=3)


@pytest.fixture
def archive(archive_of):
    return archive_of(make_issue(sections=[FOUND, HIDING, OTHER]))


def test_a_page_with_a_word_that_is_something_like_it_comes_first(archive):
    assert search(archive, SearchRequest("rommelmarkt")).total == 1
    first = find_suspects(archive, SearchRequest("rommelmarkt")).pages[0]
    assert first.page_id.endswith("-p0002")
    assert first.nearest == (("rommelmarkt", "rommxzqarkt"),)
    assert 0.1 < first.probability < 1


def test_what_was_found_is_no_suspect_and_the_list_is_as_long_as_asked(archive):
    pages = find_suspects(archive, SearchRequest("rommelmarkt")).pages
    assert not any(page.page_id.endswith("-p0001") for page in pages)
    assert len(find_suspects(archive, SearchRequest("rommelmarkt", limit=1)).pages) == 1


def test_a_page_that_hardly_hides_the_words_is_no_suspect(archive_of):
    others = [make_section("meetings", "Het bestuur is er.", page=page) for page in range(4, 64)]
    long = make_section("meetings", "Het bestuur vergadert over de speeltuin. " * 20, page=64)
    archive = archive_of(make_issue(sections=[FOUND, HIDING, OTHER, *others, long]))
    pages = [page.page_id[-5:] for page in find_suspects(archive, SearchRequest("rommelmarkt", limit=100)).pages]
    assert pages[0] == "p0002"
    assert len(pages) < 10


def test_a_word_that_nothing_speaks_for_is_suspected_nowhere(archive_of):
    others = [make_section("meetings", "Het bestuur vergadert over de speeltuin.", page=page) for page in range(4, 64)]
    archive = archive_of(make_issue(sections=[FOUND, HIDING, OTHER, *others]))
    assert find_suspects(archive, SearchRequest("xylofoonconcert")).pages == ()


def test_long_sections_in_the_language_of_those_found_hide_more(archive_of):
    text = "Het bestuur vergadert over de speeltuin en de kerk. "
    short, long = (make_section("meetings", text * times, page=page) for times, page in ((1, 2), (4, 3)))
    english = make_section(
        "meetings", "The board meets to speak of the playground and the church. " * 4, page=4, language="en"
    )
    archive = archive_of(make_issue(sections=[FOUND, short, long, english]))
    pages = find_suspects(archive, SearchRequest("rommelmarkt")).pages
    assert pages[0].page_id.endswith("-p0003")
    assert pages[0].probability > 2 * max(page.probability for page in pages[1:])


def test_of_several_words_those_that_were_found_speak_against_a_page(archive_of):
    both = make_section("events", "De rommelmarkt is op zaterdag in de grote zaal.")
    one = make_section("events", "De koffiemarkt is op zaterdag in de grote zaal.", page=2)
    none = make_section("events", "De koffiemarkt is op zondag in de grote kerk.", page=3)
    archive = archive_of(make_issue(sections=[both, one, none]))
    pages = find_suspects(archive, SearchRequest("rommelmarkt zaterdag")).pages
    assert pages[0].page_id.endswith("-p0002")
    assert all(pages[0].probability > 5 * page.probability for page in pages[1:])


def test_the_work_list_is_told_as_text_and_as_a_table(archive, run):
    first, *rows = run("search", "rommelmarkt", "--suspects", "--format", "csv").stdout.splitlines()
    page = find_suspects(archive, SearchRequest("rommelmarkt")).pages[0]
    assert first == "page_id,probability,term,read,sections"
    assert rows[0].split(",") == [
        page.page_id,
        str(round(page.probability, 4)),
        *("rommelmarkt", "rommxzqarkt", " | ".join(page.sections)),
    ]
    assert "rommxzqarkt (rommelmarkt?)" in run("search", "rommelmarkt", "--suspects").stdout
    assert "  <1%" not in run("search", "rommelmarkt", "--suspects").stdout
    assert "under suspicion" not in run("search", "rommelmarkt", "--suspects", "--limit", "0").stderr
    assert "No further page" in run("search", "rommelmarkt", "--suspects", "--offset", "9").stderr
    assert "No page is" in run("search", "rommelmarkt", "--suspects", "--category", "events", "--to", "1900").stderr
    assert run("search", "rommelmarkt", "--suspects", "-q").stderr == ""


def test_a_page_of_a_text_file_is_read_and_of_others_the_first_is_looked_at(archive_of, run):
    archive = archive_of(make_issue(sections=[FOUND, HIDING]))
    page = find_suspects(archive, SearchRequest("rommelmarkt")).pages[0].page_id
    line = ("search", "rommelmarkt", "--suspects")
    assert f"Look at one: archive show {page} --image page.png\n" in run(*line).stderr
    with sqlite3.connect(archive.catalog_path) as catalog:
        catalog.execute("UPDATE scans SET file = 'raw/oost.TXT'")
    catalog.close()
    assert f"Read one: archive show {page}\n" in run(*line).stderr
    archive_of(make_issue(sections=[make_section("events", HIDING.text)], date="2023"))
    assert "Look at one: archive show kerngroep-oost-2023-a-p0001 --image" in run(*line).stderr


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("form", [(), ("--format", "csv")])
def test_a_filter_that_the_archive_does_not_know_is_named(run, form):
    line = ("search", "rommelmarkt", "--suspects", "--category", "evets")
    said = "No section has the category evets; perhaps events, meetings."
    assert said in run(*line, *form).stderr
    assert json.loads(run(*line, "--json").stdout)["notices"] == [said]
    assert ("with --category evets." in run(*line, *form).stderr) == (not form)


def test_filters_hold_for_suspects_too(archive):
    pages = find_suspects(archive, SearchRequest("rommelmarkt", categories=("meetings",))).pages
    assert not any(page.nearest for page in pages)


def test_without_a_word_there_is_nothing_to_suspect(archive):
    with pytest.raises(UsageError):
        find_suspects(archive, SearchRequest("category:events"))


def test_the_answer_says_what_may_be_hidden_or_why_not(archive):
    answer = search(archive, SearchRequest("rommelmarkt"))
    assert answer.hidden is None
    assert "too little text" in answer.hidden_reason
