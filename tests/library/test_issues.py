import pytest

from archive.catalog.rows import PageRow, ScanState
from archive.catalog.store import open_catalog
from archive.library.issues import list_issues
from tests.factories import make_issue, sha_of


def holdings(archive_of, *facts: tuple[str, str], newsletter: str = "Kerngroep Oost"):
    issues = [make_issue(date=date, number=number, newsletter=newsletter) for date, number in facts]
    return list_issues(archive_of(*issues, index=False))


def gaps(found) -> dict[str, tuple[int, ...]]:
    return {gap.run: gap.numbers for gap in found.series[0].gaps}


def test_issues_stand_by_newsletter_and_date(archive_of):
    settings = archive_of(
        make_issue(date="2022-06-15"),
        make_issue(date="2021-01"),
        make_issue(date="2020-05-01", newsletter="De Brug", slug="de-brug"),
        index=False,
    )
    found = list_issues(settings)
    assert [(series.slug, [issue.date for issue in series.issues]) for series in found.series] == [
        ("de-brug", ["2020-05-01"]),
        ("kerngroep-oost", ["2021-01", "2022-06-15"]),
    ]
    assert [series.slug for series in list_issues(settings, ["De Brug"]).series] == ["de-brug"]


def test_numbers_that_go_on_for_ever_lack_what_is_between_them(archive_of):
    assert gaps(holdings(archive_of, ("2020-01", "41"), ("2020-02", "42"), ("2021-01", "45"))) == {"": (43, 44)}


def test_numbers_that_begin_anew_each_year_are_counted_from_one(archive_of):
    found = holdings(archive_of, ("2020-01", "1"), ("2020-04", "4"), ("2021-02", "2"), ("2021-03", "3"))
    assert gaps(found) == {"2020": (2, 3), "2021": (1,)}


def test_the_same_number_twice_is_one_scan_too_many_and_no_gap(archive_of):
    assert gaps(holdings(archive_of, ("2020-01", "4"), ("2020-01-03", "4"), ("2020-03", "6"))) == {"": (5,)}


def test_an_undated_issue_fills_its_gap_and_stands_last(archive_of):
    found = holdings(archive_of, ("2020-01", "1"), ("", "2"), ("2020-03", "3"))
    assert gaps(found) == {}
    assert [issue.date for issue in found.series[0].issues] == ["2020-01", "2020-03", ""]


def test_a_double_number_counts_as_both(archive_of):
    assert gaps(holdings(archive_of, ("2020-01", "4"), ("2020-02", "5/6"), ("2020-03", "nr. 8"))) == {"": (7,)}


@pytest.mark.parametrize("odd", ["", "zomer", "2020000"])
def test_an_odd_number_makes_no_gap(archive_of, odd):
    assert gaps(holdings(archive_of, ("2020-01", "1"), ("2020-02", "2"), ("2020-03", odd))) == {}


def test_what_is_no_issue_is_named_apart(archive_of):
    settings = archive_of(make_issue(), index=False)
    with open_catalog(settings.catalog_path, write=True) as catalog:
        empty = ScanState("raw/blank.pdf", sha_of("blank"), 1, 1, "ok")
        catalog.put_scan(empty, [PageRow(1, status="empty")], [])
        catalog.put_fault(ScanState("raw/cut.pdf", "", 0, 0, "failed", message="it is cut off"))
        catalog.put_fault(ScanState("raw/copy.pdf", sha_of("copy"), 1, 1, "double", message="the same bytes as a.pdf"))
        catalog.put_scan(ScanState("raw/gone.pdf", sha_of("gone"), 1, 1, "ok"), [], [])
        catalog.mark_missing(["raw/gone.pdf"])
    found = list_issues(settings)
    assert [state.file for state in found.without_issue] == ["raw/blank.pdf", "raw/cut.pdf"]
    assert [state.file for state in found.doubles] == ["raw/copy.pdf"]
    assert [state.file for state in found.missing] == ["raw/gone.pdf"]
