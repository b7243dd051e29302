"""How does the index follow the catalogue while scans come in?"""

from archive.pipeline import reindex
from archive.search.whoosh.stamp import read_stamp
from tests.pipeline.conftest import APRIL, MARCH


def test_an_index_made_of_the_first_scans_of_a_run_is_made_once_more_of_all(archive, monkeypatch):
    made = []
    rebuild = reindex._rebuild

    def noting(settings, catalog, progress):
        made.append(rebuild(settings, catalog, progress))
        return made[-1]

    monkeypatch.setattr(reindex, "_rebuild", noting)
    monkeypatch.setattr(reindex, "_COMMIT_EVERY_S", 0.0)  # a commit for each scan
    archive.put("1.txt", MARCH)
    archive.put("2.txt", APRIL)
    archive.ingest()
    assert made == [2, len(archive.sections())]
    assert archive.found("plantenmarkt")


def test_a_run_that_only_adds_leaves_the_index_where_it_is(two_issues):
    folder = read_stamp(two_issues.settings.whoosh_dir).folder
    two_issues.put("3.txt", MARCH.replace("maart 2019", "mei 2019"))
    two_issues.ingest()
    assert read_stamp(two_issues.settings.whoosh_dir).folder == folder
