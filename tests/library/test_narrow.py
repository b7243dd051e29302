import csv
import io
import json

import pytest

from archive.catalog.doubles import Pair
from archive.catalog.store import open_catalog
from archive.errors import UsageError
from archive.library.export import ExportOptions, export
from archive.library.holdings import bounded, load_holdings
from archive.library.narrow import Narrowing, joined, narrow
from archive.library.search import search
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section


@pytest.fixture
def settings(archive_of):
    made = [make_section("events", f"Tekst {at}.") for at in range(4)] + [make_section("other", "Iets anders.")]
    settings = archive_of(
        make_issue(made, date="2019-01", number="1"),
        make_issue(made[:2], date="2019-01", number="1", scan="b" * 64),
        make_issue(made[:1], date="2020-01", number="2"),
        index=False,
    )
    (settings.root / "issues.csv").write_text("issue,box\nkerngroep-oost-2019-01-a,12\nkerngroep-oost-2020-01-a,13\n")
    with open_catalog(settings.catalog_path, write=True) as catalog:
        pair = Pair("kerngroep-oost-2019-01-b", "kerngroep-oost-2019-01-a", "kerngroep-oost-2019-01-a")
        assert catalog.settle([pair])
        assert not catalog.settle([pair])
    return settings


def narrowed(settings, holdings=(), **how):
    with open_catalog(settings.catalog_path) as catalog:
        request = bounded(settings, catalog, SearchRequest(holdings=holdings))
        ids, sample = narrow(catalog, catalog.matching(request), Narrowing(**how))
        return [each.removeprefix("kerngroep-oost-") for each in ids], sample


def exported(settings, form="jsonl", holdings=(), **how):
    out = io.StringIO(newline="")
    options = ExportOptions(form, narrowing=Narrowing(**how))
    export(settings, SearchRequest(holdings=holdings), out, options=options)
    return out.getvalue()


def test_nothing_asked_leaves_all_but_doubles(settings):
    ids, sample = narrowed(settings)
    assert len(ids) == 6
    assert not any("-b-" in each for each in ids)
    assert sample is None


def test_holdings_keep_some_and_doubles_are_added_when_asked(settings):
    assert narrowed(settings, holdings=("box=13",))[0] == ["2020-01-a-s0001"]
    ids, _ = narrowed(settings, holdings=("box=12",), doubles=True)
    assert ids[5:] == ["2019-01-b-s0001", "2019-01-b-s0002"]


def test_a_search_is_bounded_by_holdings_too(settings):
    from archive.pipeline.reindex import reindex

    reindex(settings)
    assert search(settings, SearchRequest("tekst")).total == 5
    assert [hit.issue_id for hit in search(settings, SearchRequest("tekst", holdings=("box=13",))).hits] == [
        "kerngroep-oost-2020-01-a"
    ]
    assert search(settings, SearchRequest("tekst", holdings=("box=99",))).total == 0
    with pytest.raises(UsageError, match="no column `shelf`"):
        search(settings, SearchRequest("tekst", holdings=("shelf=1",)))


def test_a_sample_is_drawn_from_what_is_left(settings):
    ids, sample = narrowed(settings, holdings=("box=12",), sample=2, by=("category",), seed=3)
    assert len(ids) == 2
    assert {stratum.values: stratum.drawn for stratum in sample.strata} == {("events",): 1, ("other",): 1}
    assert sorted(sample.weights.values()) == [1, 4]


def test_holdings_are_joined_to_sections(settings):
    with open_catalog(settings.catalog_path) as catalog:
        found = list(joined(catalog, load_holdings(settings), catalog.sections(), doubles=False))
        assert [fields["holdings"]["box"] for fields in found] == ["12"] * 5 + ["13"]
        (settings.root / "issues.csv").unlink()
        bare = joined(catalog, load_holdings(settings), catalog.sections(), doubles=False)
        assert all("holdings" not in each for each in bare)


def test_a_table_has_a_column_for_each_of_the_owners(settings):
    rows = list(csv.DictReader(io.StringIO(exported(settings, "csv", doubles=True))))
    assert [row["holding_box"] for row in rows] == ["12"] * 5 + ["13", "", ""]
    assert [row["double_of"] for row in rows] == [""] * 6 + ["kerngroep-oost-2019-01-a"] * 2
    header = exported(settings, "csv").partition("\r\n")[0].split(",")
    assert header[-2:] == ["source_sha256", "holding_box"]


def test_an_export_says_of_each_double_which_issue_answers(settings):
    lines = [json.loads(line) for line in exported(settings, doubles=True).splitlines()]
    assert [line["double_of"] for line in lines if line["double_of"]] == ["kerngroep-oost-2019-01-a"] * 2
    assert "double_of" not in json.loads(exported(settings).splitlines()[0])


@pytest.mark.parametrize("form", ["md", "html", "tei", "ris", "csl"])
def test_every_text_tells_the_holdings(settings, form):
    assert "13" in exported(settings, form, holdings=("box=13",)).replace("2013", "")
    assert "box" in exported(settings, form)
    (settings.root / "issues.csv").unlink()
    assert "box" not in exported(settings, form)


@pytest.mark.parametrize("form", ["alto", "hocr"])
def test_every_page_tells_the_holdings(settings, form):
    export(settings, SearchRequest(), settings.root / "out", options=ExportOptions(form))
    pages = list((settings.root / "out").iterdir())
    assert pages
    assert all("box" in page.read_text(encoding="utf-8") for page in pages)


def test_an_xlsx_has_the_columns_too(settings):
    from openpyxl import load_workbook

    export(settings, SearchRequest(), settings.root / "out.xlsx", options=ExportOptions("xlsx"))
    rows = list(load_workbook(settings.root / "out.xlsx")["Sections"].iter_rows(values_only=True))
    assert (rows[0][-1], rows[1][-1]) == ("holding_box", "12")
