import pytest

from archive.catalog.rows import PageRow, ScanState
from archive.catalog.store import open_catalog
from archive.library.pages import list_pages, list_rescans
from archive.model.search import SearchRequest
from tests.factories import make_issue, sha_of


@pytest.fixture
def settings(archive_of):
    """Make an archive with a page of every kind."""
    made = archive_of(make_issue(), index=False)
    rows = [
        PageRow(1, status="low", confidence=0.5, reason="uncertain words"),
        PageRow(2, status="empty"),
        PageRow(3, status="low", confidence=0.3),
        PageRow(4, status="failed", reason="the picture is torn"),
        PageRow(5, status="timed_out"),
        PageRow(6, status="ok", confidence=0.9),
    ]
    with open_catalog(made.catalog_path, write=True) as catalog:
        catalog.put_scan(ScanState("raw/z.pdf", sha_of("z"), 1, 1, "partly"), rows, [])
    return made


def test_every_page_is_listed_by_file_and_number(settings):
    listed = [(each.file[:5], each.page.number) for each in list_pages(settings)]
    assert listed == [("raw/k", 1), *(("raw/z", number) for number in range(1, 7))]


def test_a_status_keeps_the_pages_that_ended_so(settings):
    assert [each.page.number for each in list_pages(settings, ["low", "empty"])] == [1, 2, 3]


def test_the_list_goes_on_past_what_is_fetched_at_once(settings, monkeypatch):
    monkeypatch.setattr("archive.catalog.ledger._CHUNK", 2)
    assert len(list(list_pages(settings))) == 7


def test_what_to_scan_again_comes_worst_first_with_its_reason(settings):
    assert [(each.page.page.number, each.reason) for each in list_rescans(settings)] == [
        (4, "the picture is torn"),
        (5, "reading it took too long"),
        (3, "its words are uncertain"),
        (1, "uncertain words"),
        (2, "nothing was read on it"),
    ]


def test_print_that_was_not_read_stands_in_the_ledger_and_in_the_coverage(settings):
    unread = PageRow(1, status="low", confidence=0.99, reason="40% unread", unread=0.4, unread_boxes="[[1, 2, 3, 4]]")
    with open_catalog(settings.catalog_path, write=True) as catalog:
        catalog.put_scan(ScanState("raw/z.pdf", sha_of("z"), 1, 1, "ok"), [unread, PageRow(2, unread=0.01)], [])
        coverage = catalog.coverage()
        assert catalog.coverage_of(SearchRequest("x", since="1900")) == coverage
    assert (coverage.low, coverage.unread) == (1, 1)
    (found,) = list_rescans(settings)
    assert (found.reason, found.page.page) == ("40% unread", unread)


def test_a_page_that_was_read_middling_is_worth_a_scan_and_says_how_many_words_are_misread(settings):
    rows = [PageRow(1, confidence=0.8, skew=-3.2), PageRow(2, confidence=0.99, skew=4.0)]
    with open_catalog(settings.catalog_path, write=True) as catalog:
        catalog.put_scan(ScanState("raw/z.pdf", sha_of("z"), 1, 1, "ok"), rows, [])
    (found,) = list_rescans(settings)
    assert (found.page.page.number, found.reason) == (1, "about 1 word in 5 is misread; it lies 3.2° askew")
