"""What an archive tells of an issue that prints no date."""

from archive.catalog.store import open_catalog
from tests.pipeline.conftest import MARCH

_TEXTS = {
    13: "Wij zoeken lezers die willen helpen met de bezorging in het dorp, want de tassen worden zwaar.",
    14: "De kachel in het clubhuis is hersteld en de vloer is geverfd, met dank aan twee timmerlieden.",
    15: "Er kwamen veel bezoekers naar de tentoonstelling over de oude haven en haar schepen.",
}


def _number(number, dated=""):
    return f"De Veldpost\nnummer {number}{dated}\n\nUit de vereniging\n\n{_TEXTS[number]}\n"


def _dates(archive):
    with open_catalog(archive.settings.catalog_path) as catalog:
        return {issue.number: issue for issue in catalog.issues() if issue.newsletter == "De Veldpost"}


def _series(archive):
    archive.put("a.txt", _number(13, ", maart 2001"))
    archive.put("b.txt", _number(14))
    archive.put("c.txt", _number(15, ", mei 2001"))


def test_an_undated_issue_is_dated_by_its_neighbours_and_says_so(archive):
    _series(archive)
    archive.ingest()
    issue = _dates(archive)["14"]
    assert (issue.date, issue.date_source) == ("2001-04", "none")
    assert issue.date_evidence == "inferred: between number 13 (2001-03) and number 15 (2001-05)"
    assert "undated" in issue.id


def test_a_reparse_leaves_what_neighbours_told(archive):
    _series(archive)
    archive.ingest()
    with open_catalog(archive.settings.catalog_path) as catalog:
        before = catalog.generation()
    archive.ingest(again="reparse")
    assert _dates(archive)["14"].date == "2001-04"
    with open_catalog(archive.settings.catalog_path) as catalog:
        assert catalog.generation() == before  # so that the index has nothing to do


def test_neighbours_that_come_later_date_it_too_and_the_search_knows(archive):
    archive.put("b.txt", _number(14))
    archive.ingest()
    before = _dates(archive)["14"]
    assert before.date == ""
    _series(archive)
    archive.ingest()
    assert _dates(archive)["14"].date == "2001-04"
    assert _dates(archive)["14"].id == before.id
    assert len(archive.found("kachel date:2001-04")) == 1


def test_a_date_is_taken_back_when_its_neighbours_are_gone(archive):
    _series(archive)
    archive.ingest()
    (archive.root / "raw" / "a.txt").unlink()
    archive.put("d.txt", MARCH)
    archive.ingest()
    issue = _dates(archive)["14"]
    assert issue.date == ""
    assert "neighbours" in issue.date_evidence


def test_the_same_series_changes_nothing_the_second_time(archive):
    _series(archive)
    archive.ingest()
    with open_catalog(archive.settings.catalog_path) as catalog:
        before = catalog.generation()
    archive.ingest()
    with open_catalog(archive.settings.catalog_path) as catalog:
        assert catalog.generation() == before
