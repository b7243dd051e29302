"""What becomes of ids when other bytes take the name of a file in raw/."""

from archive.catalog.store import open_catalog
from archive.library.issues import list_issues
from archive.library.show import show
from tests.pipeline.conftest import APRIL, MARCH


def _found(archive):
    with open_catalog(archive.settings.catalog_path) as catalog:
        (issue,) = [issue.id for issue in catalog.issues()]
        return issue, {section["heading"]: section["id"] for section in catalog.sections()}


def _old(archive, given):
    with open_catalog(archive.settings.catalog_path) as catalog:
        return catalog.old_id(given)


def test_ids_lead_to_the_new_scan_of_the_same_issue(archive):
    archive.put("a.txt", MARCH)
    archive.ingest()
    issue, before = _found(archive)
    archive.put("a.txt", MARCH.replace("kruiwagens", "kruiwagms").replace("kantine", "kantme"))
    archive.ingest()
    new_issue, after = _found(archive)
    assert new_issue != issue
    assert _old(archive, issue).moved_to == new_issue
    assert {_old(archive, each).moved_to for each in before.values()} == set(after.values())
    assert "replaced" in _old(archive, issue).reason


def test_ids_lead_nowhere_where_another_issue_took_the_name(archive):
    archive.put("a.txt", MARCH)
    archive.ingest()
    issue, before = _found(archive)
    archive.put("a.txt", APRIL)
    archive.ingest()
    assert _old(archive, issue).moved_to == ""
    assert {_old(archive, each).moved_to for each in before.values()} == {""}


def test_what_was_replaced_is_told_then_and_later_with_both_ids(archive):
    archive.put("a.txt", MARCH)
    archive.put("b.txt", APRIL)
    archive.ingest()
    (archive.root / "issues.csv").write_text("issue,box\nde-moestuinder-2019-03-a,1\nde-moestuinder-2019-04-a,2\n")
    archive.put(
        "a.txt", "De Zweefvlieger\nmei 2021\n\nVan de werkplaats\n\nDe lier is weer heel en de loods staat er weer.\n"
    )
    (old,) = archive.ingest().replaced
    assert (old.id, old.moved_to) == ("de-moestuinder-2019-03-a", "")
    assert "de-zweefvlieger-2021-05-a" in old.reason
    (archive.root / "raw" / "b.txt").unlink()
    report = archive.ingest()
    assert (report.replaced, report.gone) == ([], ["raw/b.txt"])
    listed = list_issues(archive.settings)
    assert listed.replaced == (old,)
    assert listed.unheld == ("de-moestuinder-2019-03-a", "de-moestuinder-2019-04-a")
    assert "was replaced: other bytes" in show(archive.settings, old.id).notice
    assert "is missing" in show(archive.settings, "de-moestuinder-2019-04-a").notice


def test_a_scan_that_only_changed_names_with_another_was_not_replaced(archive):
    archive.put("a.txt", MARCH)
    archive.put("b.txt", APRIL)
    archive.ingest()
    archive.put("a.txt", APRIL + " ")
    archive.put("c.txt", MARCH)
    report = archive.ingest()
    assert [old.id for old in report.replaced] == []
