import pytest

from archive.catalog.doubles import Pair
from archive.catalog.store import open_catalog
from archive.library.holdings import load_holdings
from archive.library.narrow import Narrowing, narrow, with_holdings
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


def narrowed(settings, **how):
    with open_catalog(settings.catalog_path) as catalog:
        ids, sample = narrow(settings, catalog, catalog.matching(SearchRequest()), Narrowing(**how))
        return [each.removeprefix("kerngroep-oost-") for each in ids], sample


def test_nothing_asked_leaves_all_but_doubles(settings):
    ids, sample = narrowed(settings)
    assert len(ids) == 6
    assert not any("-b-" in each for each in ids)
    assert sample is None


def test_holdings_keep_some_and_doubles_are_added_when_asked(settings):
    assert narrowed(settings, holdings=("box=13",))[0] == ["2020-01-a-s0001"]
    ids, _ = narrowed(settings, holdings=("box=12",), doubles=True)
    assert ids[5:] == ["2019-01-b-s0001", "2019-01-b-s0002"]


def test_a_sample_is_drawn_from_what_is_left(settings):
    ids, sample = narrowed(settings, holdings=("box=12",), sample=2, by=("category",), seed=3)
    assert len(ids) == 2
    assert {stratum.values: stratum.drawn for stratum in sample.strata} == {("events",): 1, ("other",): 1}


def test_holdings_are_joined_to_sections(settings):
    with open_catalog(settings.catalog_path) as catalog:
        found = list(with_holdings(catalog, load_holdings(settings), catalog.sections()))
        assert [fields["holdings"]["box"] for fields in found] == ["12"] * 5 + ["13"]
        (settings.root / "issues.csv").unlink()
        assert all(
            "holdings" not in each for each in with_holdings(catalog, load_holdings(settings), catalog.sections())
        )
