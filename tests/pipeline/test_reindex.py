"""How does the index follow the catalogue while scans come in?"""

import zipfile

import pytest

from archive.cli.group import run_command
from archive.errors import ExitCode
from archive.pipeline import reindex
from archive.search.whoosh.stamp import read_stamp
from tests.pipeline.conftest import APRIL, MARCH

MONTHS = ("mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")


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


def test_an_index_that_has_grown_to_twice_what_it_was_made_of_is_made_anew(two_issues):
    made_of = read_stamp(two_issues.settings.whoosh_dir).made_of
    assert made_of == len(two_issues.sections())
    for number, month in enumerate(["mei", "juni"], 3):
        two_issues.put(f"{number}.txt", MARCH.replace("maart", month))
        two_issues.ingest()
    stamp = read_stamp(two_issues.settings.whoosh_dir)
    assert stamp.is_whole
    assert stamp.made_of == len(two_issues.sections()) >= 2 * made_of


def _issue(number, text):
    return MARCH.replace("maart", MONTHS[number]).replace("Compost halen", f"Nieuws {number}") + text + "\n"


# A word that no list knows is a word once it stands in three sections; only then do compounds have it as a part.
_FIRST = [_issue(0, "De nieuwe grimbelkist staat klaar."), *(_issue(number, "") for number in (1, 2, 3, 4))]
_LATER = [_issue(number, "Wie een grimbel vindt, brengt hem terug.") for number in (5, 6, 7)]


def _put(archive, texts):
    for text in texts:
        archive.put(f"{len(list((archive.root / 'raw').iterdir()))}.txt", text)
    archive.ingest()


def _bundle(root, target):
    line = ["-C", str(root), "export", "-q", "--format", "bundle", "--output", str(target), "grimbel"]
    assert run_command(line) == ExitCode.OK
    with zipfile.ZipFile(target) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.parametrize("boxes", [[_FIRST, _LATER], [[*_FIRST, *_LATER]], [_LATER, _FIRST]])
def test_a_bundle_does_not_hang_on_the_boxes_in_which_scans_came(archive, tmp_path, boxes):
    for box in boxes:
        _put(archive, box)
    bundle = _bundle(archive.root, tmp_path / "bundle.zip")
    archive.settings.catalog_path.unlink()
    archive.ingest()
    assert bundle["sections.jsonl"].count(b"grimbelkist") > 0
    assert _bundle(archive.root, tmp_path / "anew.zip") == bundle


def test_only_a_grown_index_is_made_anew_for_a_bundle(archive, tmp_path):
    _put(archive, _FIRST)
    _put(archive, _LATER[:1])
    assert not read_stamp(archive.settings.whoosh_dir).is_whole
    _bundle(archive.root, tmp_path / "1.zip")
    stamp = read_stamp(archive.settings.whoosh_dir)
    assert stamp.is_whole
    _bundle(archive.root, tmp_path / "2.zip")
    assert read_stamp(archive.settings.whoosh_dir) == stamp
