"""What becomes of ids when other bytes take the name of a file in raw/."""

from archive.catalog.store import open_catalog
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
