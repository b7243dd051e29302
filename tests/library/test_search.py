import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from archive.catalog.sections import SectionQuestions
from archive.catalog.store import open_catalog
from archive.errors import BrokenArchiveError, QuerySyntaxError, UsageError
from archive.library.context import find_contexts
from archive.library.export import export
from archive.library.opened import checked, opened, sections_let_through
from archive.library.search import each_hit, search
from archive.model.pages import PageStatus
from archive.model.search import SearchRequest
from archive.search import snippets
from tests.conftest import put_issues
from tests.factories import make_issue, make_section

ROOT = Path(__file__).parents[2]
# Searches once, then names what it loaded and need not.
LOADED = """
import sys
from pathlib import Path
from archive.library.search import search
from archive.model.search import SearchRequest
from archive.settings import load_settings
assert search(load_settings(Path(sys.argv[1])), SearchRequest("kramen")).total == 1
unwanted = ("pdfplumber", "pytesseract", "PIL", "numpy", "rich", "wordfreq", "tqdm", "csv", "archive.reading",
    "archive.parsing", "archive.pipeline", "archive.catalog.write", "archive.catalog.pack", "archive.model.issues")
for name in sys.modules:
    if name.startswith(unwanted):
        print(name)
"""
FAIR = make_section(
    "events",
    "Op de jaarlijkse\n\nbraderie staan veertig kramen.",
    heading="Braderie in de Dorpsstraat",
    dates=["2022-07-02"],
)
COUNCIL = make_section("meetings", "De dorpsraad vergadert over de speeltuin.", heading="Dorpsraad", page=2)


def ids(results) -> list[str]:
    return [hit.id for hit in results.hits]


def test_a_hit_says_what_it_is_and_where_it_stands(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL]))
    results = search(settings, SearchRequest("speeltuin"))
    [hit] = results.hits
    assert results.total == 1
    assert (hit.rank, hit.id, hit.issue_id) == (1, "kerngroep-oost-2022-06-15-a-s0002", "kerngroep-oost-2022-06-15-a")
    assert (hit.newsletter, hit.issue_date, hit.heading) == ("Kerngroep Oost", "2022-06-15", "Dorpsraad")
    assert (hit.category, hit.pages) == ("meetings", (2,))


def test_the_marks_of_a_snippet_are_the_words_that_matched(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL]))
    [hit] = search(settings, SearchRequest("speeltuin")).hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["speeltuin"]
    assert [(match.term, match.matched, match.how) for match in hit.matches] == [("speeltuin", "speeltuin", "exact")]


def test_a_match_in_the_heading_shows_the_text_without_marks(archive_of):
    settings = archive_of(make_issue([FAIR]))
    [hit] = search(settings, SearchRequest("dorpsstraat")).hits
    assert hit.snippet == "Op de jaarlijkse braderie staan veertig kramen."
    assert hit.marks == ()
    assert [match.matched for match in hit.matches] == ["Dorpsstraat"]


def test_the_boxes_of_a_hit_are_those_of_its_words(archive_of):
    parsed = make_issue([FAIR, COUNCIL], masthead="KERNGROEP OOST")
    settings = archive_of(parsed)
    for word in ("kramen", "dorpsstraat", "speeltuin"):
        [hit] = search(settings, SearchRequest(word)).hits
        expected = [
            (span.page, span.box.x0, span.box.y0)
            for span in parsed.transcript.words
            if parsed.transcript.raw[span.start : span.end].strip(".").lower() == word
        ]
        assert [(box["page"], box["x0"], box["y0"]) for box in hit.boxes] == expected
        assert expected


def test_without_boxes_a_hit_has_none(archive_of):
    settings = archive_of(make_issue([FAIR]))
    [hit] = search(settings, SearchRequest("kramen", boxes=False)).hits
    assert hit.boxes == ()


def test_for_a_source_without_boxes_no_words_are_read(archive_of, monkeypatch):
    parsed = make_issue([FAIR])
    words = tuple(replace(word, box=None) for word in parsed.transcript.words)
    bare = replace(
        parsed,
        transcript=replace(parsed.transcript, words=words),
        sections=tuple(replace(section, boxes=()) for section in parsed.sections),
    )
    settings = archive_of(bare)
    monkeypatch.setattr(SectionQuestions, "packed_place", lambda *_: pytest.fail("read the words"))
    [hit] = search(settings, SearchRequest("kramen")).hits
    assert hit.boxes == ()
    assert [match.matched for match in hit.matches] == ["kramen"]


def test_a_search_without_hits_names_what_it_looked_at(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL]), make_issue([COUNCIL], date="2023-01-01"))
    results = search(settings, SearchRequest("walvis"))
    assert results.total == 0
    assert (results.coverage.issues, results.coverage.pages, results.coverage.ok) == (2, 3, 3)
    assert not results.coverage.index_behind


@pytest.mark.parametrize(
    ("query", "issues"),
    [
        ("walvis date:2023", 1),
        ("walvis date:[2023 TO ]", 1),
        ("walvis date:[ TO 2022]", 1),
        ("walvis OR olifant", 2),
        ("walvis -date:2023", 2),
        ("walvis newsletter:elders", 0),
        ('walvis newsletter:"Elders en verder"', 0),
    ],
)
def test_what_it_looked_at_is_what_the_query_asks_of_every_section(archive_of, query, issues):
    settings = archive_of(make_issue([FAIR, COUNCIL]), make_issue([COUNCIL], date="2023-01-01"))
    results = search(settings, SearchRequest(query))
    assert (results.total, results.coverage.issues) == (0, issues)


@pytest.mark.parametrize(
    ("query", "bounds", "issues"),
    [
        ("walvis date:2023", {"since": "2021"}, 1),
        ("walvis date:2023", {"until": "2022-06"}, 0),
        ("walvis date:[ TO 2022-06]", {"until": "2022"}, 0),
        ("walvis date:[ TO 2022]", {"until": "2022-09"}, 1),
        ("walvis date:[2022-10 TO ]", {"since": "2022"}, 1),
        ("walvis date:2022 date:2023", {}, 0),
    ],
)
def test_what_it_looked_at_lies_between_the_dates_of_query_and_options(archive_of, query, bounds, issues):
    settings = archive_of(make_issue([FAIR, COUNCIL], date="2022-09-01"), make_issue([COUNCIL], date="2023-01-01"))
    results = search(settings, SearchRequest(query, **bounds))
    assert (results.total, results.coverage.issues) == (0, issues)


def test_words_that_need_only_be_near_are_marked_where_they_are(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL]))
    (hit,) = search(settings, SearchRequest('"braderie kramen"~2')).hits
    assert [(match.term, match.matched, match.how.value) for match in hit.matches] == [
        ('"braderie kramen"~2', "braderie staan veertig kramen", "exact")
    ]


def test_a_page_that_failed_counts_in_the_coverage(archive_of):
    from dataclasses import replace

    parsed = make_issue([FAIR, COUNCIL])
    pages = tuple(
        replace(page, status=PageStatus(status))
        for page, status in zip(parsed.issue.pages, ("low", "failed"), strict=True)
    )
    settings = archive_of(replace(parsed, issue=replace(parsed.issue, pages=pages)))
    coverage = search(settings, SearchRequest("walvis")).coverage
    assert (coverage.pages, coverage.ok, coverage.low, coverage.failed) == (2, 0, 1, 1)


def test_an_index_that_is_behind_answers_and_says_so(archive_of):
    settings = archive_of(make_issue([FAIR]))
    put_issues(settings, (make_issue([COUNCIL], date="2023-01-01"),))
    results = search(settings, SearchRequest("kramen OR speeltuin"))
    assert ids(results) == ["kerngroep-oost-2022-06-15-a-s0001"]
    assert results.coverage.index_behind


def test_a_section_that_is_gone_from_the_catalogue_is_no_hit(archive_of):
    settings = archive_of(make_issue([FAIR]), make_issue([FAIR], date="2023-01-01"))
    with open_catalog(settings.catalog_path, write=True) as catalog:
        catalog.mark_missing([next(iter(catalog.scan_states()))])
    assert ids(search(settings, SearchRequest("kramen"))) == ["kerngroep-oost-2023-01-01-a-s0001"]


def test_ranks_go_on_over_the_pages_of_an_answer(archive_of):
    settings = archive_of(*(make_issue([FAIR], date=f"2022-0{month}-01") for month in range(1, 6)))
    first = search(settings, SearchRequest("kramen", limit=2))
    second = search(settings, SearchRequest("kramen", limit=2, offset=2))
    assert first.total == second.total == 5
    assert [hit.rank for hit in (*first.hits, *second.hits)] == [1, 2, 3, 4]
    assert len({*ids(first), *ids(second)}) == 4


def test_sections_with_only_a_part_of_the_query_stand_apart(archive_of):
    settings = archive_of(make_issue([FAIR, COUNCIL]))
    results = search(settings, SearchRequest("speeltuin kramen"))
    assert results.total == 0
    assert {hit.id: hit.missing for hit in results.partial} == {
        "kerngroep-oost-2022-06-15-a-s0001": ("speeltuin",),
        "kerngroep-oost-2022-06-15-a-s0002": ("kramen",),
    }


def test_a_query_that_cannot_be_read_is_an_error_before_anything_is_opened(archive_of):
    settings = archive_of(index=False)
    with pytest.raises(QuerySyntaxError):
        search(settings, SearchRequest('"open'))


def test_a_missing_index_is_said_with_its_remedy(archive_of):
    settings = archive_of(make_issue([FAIR]), index=False)
    with pytest.raises(BrokenArchiveError, match="archive reindex"):
        search(settings, SearchRequest("kramen"))


@pytest.mark.parametrize(
    "filters",
    [
        {"categories": ("events",)},
        {"categories": ("events", "meetings")},
        {"newsletters": ("kerngroep-oost",)},
        {"newsletters": ("kerngroep-oost", "de-brug")},
        {"since": "2022"},
        {"since": "2022-06-15"},
        {"until": "2022-06"},
        {"since": "2021-12", "until": "2022-06-14"},
        {"mentions_since": "2022-06-20"},
        {"mentions_until": "2022-06-01"},
        {"mentions_since": "2022-07", "mentions_until": "2022-07"},
        {"languages": ("en",)},
        {"languages": ("EN",), "categories": ("Events",), "newsletters": ("Kerngroep Oost",)},
        {"tags": ("Belangrijk",)},
        {"tags": ("LÉZEN",)},
        {"tags": ("te lezen", "belangrijk")},
        {"categories": ("events",), "since": "2022", "languages": ("nl",)},
    ],
)
def test_the_index_and_the_catalogue_filter_alike(archive_of, filters):
    settings = archive_of(
        make_issue(
            [
                make_section("events", "een", dates=["2022-06-18"]),
                make_section("meetings", "twee", tags=("belangrijk", "Te Lézen")),
            ]
        ),
        make_issue([make_section("events", "drie", language="en", dates=["2022-06-28/2022-07-03"])], date="2021-12"),
        make_issue([make_section("other", "vier", dates=["2022-07"])], date="2022"),
        make_issue(
            [make_section("events", "vijf", dates=["2022"])], date="2022-06-14", newsletter="De Brug", slug="de-brug"
        ),
        make_issue([make_section("events", "zes")], date="", newsletter="De Brug", slug="de-brug"),
    )
    with open_catalog(settings.catalog_path) as catalog:
        chosen = sections_let_through(catalog, checked(SearchRequest(**filters)))
    assert sorted(ids(search(settings, SearchRequest(**filters, limit=100)))) == sorted(chosen)
    assert chosen


def test_a_language_is_read_alike_however_it_is_spelled(archive_of):
    settings = archive_of(make_issue([make_section("events", "Twee vergaderingen.")]))
    for language in ("nl", "NL"):
        assert search(settings, SearchRequest("vergadering", languages=(language,))).total == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "vorig jaar"}, "'vorig jaar' is no date"),
        ({"until": "2021-02-30"}, "'2021-02-30' is no date"),
        ({"mentions_since": "٢٠١٩"}, "is no date"),
        ({"since": "2021", "until": "2019"}, "end before they start"),
        ({"mentions_since": "2021-06", "mentions_until": "2021-05"}, "end before they start"),
        ({"offset": -1}, "count from 0"),
    ],
)
def test_what_cannot_be_asked_for_is_no_silent_nothing(archive_of, asked, said):
    settings = archive_of(make_issue([FAIR]))
    with pytest.raises(UsageError, match=said):
        search(settings, SearchRequest("kramen", **asked))
    with pytest.raises(UsageError, match=said):
        export(settings, SearchRequest(**asked), io.StringIO())


def test_what_a_pattern_stands_for_is_put_together_once_not_for_each_hit(archive_of, monkeypatch):
    settings = archive_of(make_issue([make_section("other", f"Het plein {number} is open.") for number in range(30)]))
    made = []
    nearest = snippets._nearest
    monkeypatch.setattr(snippets, "_nearest", lambda forms: made.append(forms) or nearest(forms))
    assert len(search(settings, SearchRequest("*e* AND *p*", limit=30)).hits) == 30
    assert len(made) == 1
    with opened(settings) as reading:
        assert len(list(each_hit(reading, SearchRequest("*e*")))) == 30
        assert len(list(find_contexts(reading, SearchRequest("*e*")).lines)) > 30
    assert len(made) == 3


def test_a_search_loads_nothing_that_it_does_not_need(archive_of):
    settings = archive_of(make_issue([FAIR]))
    done = subprocess.run(
        [sys.executable, "-c", LOADED, settings.root], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stdout == "", done.stderr
    assert done.returncode == 0, done.stderr
