import pytest

from archive.catalog.store import open_catalog
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section

TEXTS = [make_section(text=f"tekst nummer {number}") for number in range(7)]
A = "kerngroep-oost-2022-06-15-a"


@pytest.fixture
def catalog(archive_of):
    """Open a catalogue with an undated issue, one of 2021 and one of 2022 with seven sections."""
    issues = (make_issue(date=""), make_issue(TEXTS), make_issue(date="2021-01-01"))
    with open_catalog(archive_of(*issues, index=False).catalog_path) as opened:
        yield opened


@pytest.mark.parametrize("chunk", [1, 3, 7, 100])
def test_asked_for_by_id_sections_come_in_the_order_asked(catalog, monkeypatch, chunk):
    monkeypatch.setattr("archive.catalog.sections._CHUNK", chunk)
    wanted = [f"{A}-s{number:04}" for number in (5, 2, 7, 1)]
    found = catalog.sections(ids=[wanted[0], "never-given-s0001", *wanted[1:]])
    assert [each["id"] for each in found] == wanted


def test_no_ids_are_no_sections(catalog):
    assert list(catalog.sections(ids=[])) == []


def test_sections_come_by_date_and_position_undated_last(catalog):
    dates = [each["issue_date"] for each in catalog.sections()]
    assert dates == ["2021-01-01", *["2022-06-15"] * 7, ""]
    assert [each["position"] for each in catalog.sections()][1:8] == [1, 2, 3, 4, 5, 6, 7]


def test_ids_are_put_in_that_order_too(catalog):
    everything = [each["id"] for each in catalog.sections()]
    assert catalog.in_order(["never-given", *reversed(everything)]) == everything
    assert catalog.in_order(everything[3:5]) == everything[3:5]


def test_a_filter_keeps_what_it_names(catalog):
    assert len(catalog.matching(SearchRequest(since="2022"))) == 7


def test_a_page_of_another_issue_is_not_a_page_of_this_one(archive_of, tmp_path):
    from archive.register import Register
    from tests.conftest import put_scan
    from tests.factories import sha_of

    settings = archive_of(index=False)
    both = [make_issue([make_section(page=page)], date=f"2020-0{page}-01", scan=sha_of("one scan")) for page in (1, 2)]
    with open_catalog(settings.catalog_path, write=True) as catalog:
        put_scan(catalog, Register.load(tmp_path / "ids.csv"), tuple(both), file="raw/two.pdf")
        assert catalog.issues_of("raw/two.pdf") == ("kerngroep-oost-2020-01-01-a", "kerngroep-oost-2020-02-01-a")
        assert catalog.page("kerngroep-oost-2020-02-01-a-p0002").page.number == 2
        assert catalog.page("kerngroep-oost-2020-01-01-a-p0002") is None
