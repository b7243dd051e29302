"""What an archive tells of an issue that prints no date."""

from archive.catalog.store import open_catalog
from archive.model.issues import Correction
from archive.pipeline.correct import correct
from tests.pipeline.conftest import MARCH, TODAY

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


def test_settings_that_changed_since_are_named(archive):
    archive.put("a.txt", MARCH)
    archive.ingest()
    assert archive.ingest().plan.parsed_otherwise == ()
    toml = archive.root / "archive.toml"
    toml.write_text(f'{toml.read_text()}[[categories]]\nname = "compost"\nterms = ["compost", "kruiwagens"]\n')
    plan = archive.ingest().plan
    assert (plan.parsed_otherwise, plan.read_otherwise) == (("raw/a.txt",), ())
    archive.ingest(again="reparse")
    assert archive.ingest().plan.parsed_otherwise == ()


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


def _front(name, number, month):
    printed = f"nummer {number}, {month} 1992\nKwartaalblad van Wilgenoord aan de Vaart"
    return f"{name}\n{printed}\n\nUit de vereniging\n\n{_TEXTS[number]}\n"


def _box_of_scans(archive, *, names=("De Veldpost", "De Veldpost", "Xe SR Vw")):
    for number, (month, name) in enumerate(zip(("maart", "juni", "september"), names, strict=True), 13):
        archive.put(f"post/Veldpost Wilgenoord {number} - {month} 1992.txt", _front(name, number, month))


def _all_issues(archive):
    with open_catalog(archive.settings.catalog_path) as catalog:
        return {issue.number: issue for issue in catalog.issues()}


def test_the_issues_of_a_box_are_told_together_before_they_are_named(archive):
    _box_of_scans(archive)
    archive.ingest()
    issues = _all_issues(archive)
    assert {issue.newsletter for issue in issues.values()} == {"De Veldpost"}
    assert [issues[number].id for number in ("13", "14", "15")] == [
        "de-veldpost-1992-03-a",
        "de-veldpost-1992-06-a",
        "de-veldpost-1992-09-a",
    ]


def test_an_issue_that_comes_later_tells_of_those_before_and_changes_no_id(archive):
    archive.put("post/Veldpost Wilgenoord 15 - september 1992.txt", _front("Xe SR Vw", 15, "september"))
    archive.ingest()
    (alone,) = _all_issues(archive).values()
    _box_of_scans(archive)
    archive.ingest()
    issues = {issue.own_id: issue for issue in _all_issues(archive).values()}
    assert len(issues) == 3
    assert issues[alone.id].newsletter == "De Veldpost"
    assert archive.found("tentoonstelling newsletter:de-veldpost")


def test_a_newsletter_set_by_hand_stays_when_its_series_says_another(archive):
    _box_of_scans(archive)
    archive.ingest()
    issue = _all_issues(archive)["15"]
    correct(archive.settings, [Correction(issue.id, "newsletter", "De Vaartpost", "", "", "", "")], today=TODAY)
    archive.put("post/Veldpost Wilgenoord 16 - december 1992.txt", MARCH)
    archive.ingest()
    assert _all_issues(archive)["15"].newsletter == "De Vaartpost"


def test_a_dry_run_foretells_series_numbers_and_dates_by_the_names_of_files_and_gives_no_id(archive):
    _box_of_scans(archive)
    foretold = archive.ingest(dry_run=True).foretold
    assert [(each.slug, each.number, each.date, each.read) for each in foretold] == [
        ("veldpost-wilgenoord", "13", "1992-03", False),
        ("veldpost-wilgenoord", "14", "1992-06", False),
        ("veldpost-wilgenoord", "15", "1992-09", False),
    ]
    assert not archive.settings.catalog_path.exists()
    assert not archive.settings.ids_path.exists()


def test_a_dry_run_over_scans_that_were_read_tells_what_their_facts_rest_on(archive):
    _box_of_scans(archive)
    archive.ingest()
    foretold = archive.ingest(dry_run=True, again="reparse").foretold
    assert {(each.newsletter, each.read) for each in foretold} == {("De Veldpost", True)}
    assert "the masthead says 'maart 1992'" in foretold[0].date_evidence
