"""What does an ingest do with scans that are new, unchanged, changed, gone, back, double or bad?"""

import shutil
from pathlib import Path

import pytest

from archive.errors import ArchiveBusyError, StorageError
from archive.pipeline.lock import hold_archive
from archive.pipeline.plan import Again
from archive.pipeline.progress import Silent
from tests.conftest import files_under
from tests.pipeline.conftest import APRIL, MARCH


def headings(archive):
    return [section["heading"] for section in archive.sections()]


def test_sections_of_new_scans_are_in_the_catalogue_and_can_be_found(two_issues):
    assert "Ledenvergadering op 4 april" in headings(two_issues)
    assert len(two_issues.found("penningmeester")) == 1
    assert len(two_issues.found("vrijwilligers")) == 1


def test_a_second_run_over_an_unchanged_archive_writes_nothing(two_issues):
    before = files_under(two_issues.root)
    report = two_issues.ingest()
    assert report.plan.unchanged == 2
    assert files_under(two_issues.root) == before


def test_a_second_run_opens_only_what_is_new(two_issues):
    two_issues.put("moestuinder-2019-05.txt", APRIL.replace("april", "mei").replace("Open dag", "Oogstdag"))
    report = two_issues.ingest()
    assert report.finished == ["raw/moestuinder-2019-05.txt"]
    assert len(two_issues.found("oogstdag")) == 1


def test_a_changed_scan_replaces_what_it_held(two_issues):
    two_issues.put(
        "moestuinder-2019-03.txt", MARCH.replace("compost", "houtsnippers").replace("Compost", "Houtsnippers")
    )
    report = two_issues.ingest()
    assert [each.file for each in report.plan.changed] == ["raw/moestuinder-2019-03.txt"]
    assert two_issues.found("compost") == []
    assert len(two_issues.found("houtsnippers")) == 1


def test_sections_of_a_scan_that_is_gone_leave_the_search_and_come_back_with_it(two_issues):
    ids = two_issues.found("compost")
    kept = two_issues.root / "moestuinder-2019-03.txt"
    path = two_issues.root / "raw" / kept.name
    shutil.move(path, kept)
    report = two_issues.ingest()
    assert report.plan.missing == ("raw/moestuinder-2019-03.txt",)
    assert two_issues.found("compost") == []
    shutil.move(kept, path)
    assert two_issues.ingest().plan.back == ("raw/moestuinder-2019-03.txt",)
    assert two_issues.found("compost") == ids


def test_a_renamed_scan_keeps_its_ids(two_issues):
    ids = two_issues.found("compost")
    raw = two_issues.root / "raw"
    (raw / "moestuinder-2019-03.txt").rename(raw / "maart.txt")
    two_issues.ingest()
    assert two_issues.found("compost") == ids


def test_without_index_the_same_ids_and_texts_come_back(two_issues):
    before = two_issues.sections()
    shutil.rmtree(two_issues.root / "index")
    two_issues.ingest()
    assert two_issues.sections() == before


def test_the_same_bytes_twice_are_one_scan(two_issues):
    two_issues.put("zz-kopie.txt", MARCH)
    report = two_issues.ingest()
    assert report.doubles == [("raw/zz-kopie.txt", "raw/moestuinder-2019-03.txt")]
    assert len(two_issues.found("compost")) == 1
    assert two_issues.ingest().plan.unchanged == 3


def test_a_double_takes_over_when_the_first_is_gone(two_issues):
    ids = two_issues.found("compost")
    two_issues.put("zz-kopie.txt", MARCH)
    two_issues.ingest()
    (two_issues.root / "raw" / "moestuinder-2019-03.txt").unlink()
    two_issues.ingest()
    assert two_issues.found("compost") == ids


def test_one_bad_scan_does_not_stop_the_others(archive):
    archive.put("a-leeg.pdf", b"")
    archive.put("b-goed.txt", MARCH)
    archive.put("c-nep.pdf", b"\xff\xd8\xff\xe0 no PDF at all")
    report = archive.ingest()
    assert [fault.path for fault in report.faults] == ["raw/a-leeg.pdf", "raw/c-nep.pdf"]
    assert all(fault.message and fault.hint for fault in report.faults)
    assert report.finished == ["raw/b-goed.txt"]
    assert archive.states() == {"raw/a-leeg.pdf": "failed", "raw/b-goed.txt": "ok", "raw/c-nep.pdf": "failed"}


def test_what_failed_is_tried_again_only_when_asked_or_when_something_changed(archive):
    archive.put("a-leeg.pdf", b"")
    archive.put("b-goed.txt", MARCH)
    archive.ingest()
    assert archive.ingest().faults == []
    assert [fault.path for fault in archive.ingest(again=Again.RETRY).faults] == ["raw/a-leeg.pdf"]
    archive.put("a-leeg.pdf", b"still no PDF")
    assert [fault.path for fault in archive.ingest().faults] == ["raw/a-leeg.pdf"]
    (archive.root / "archive.toml").write_text('languages = ["nl"]\n')
    assert [fault.path for fault in archive.ingest().faults] == ["raw/a-leeg.pdf"]


def test_a_file_that_is_no_scan_is_refused_once(archive):
    archive.put("verslag.docx", b"PK")
    archive.put("goed.txt", MARCH)
    assert [fault.path for fault in archive.ingest().faults] == ["raw/verslag.docx"]
    before = files_under(archive.root)
    assert archive.ingest().faults == []
    assert files_under(archive.root) == before


@pytest.mark.parametrize("content", [[], ["nothing but a hidden file"]])
def test_an_empty_raw_changes_nothing(two_issues, content):
    for path in (two_issues.root / "raw").iterdir():
        path.unlink()
    for text in content:
        two_issues.put(".hidden", text)
    before = files_under(two_issues.root)
    with pytest.raises(StorageError, match="holds no scans"):
        two_issues.ingest()
    assert files_under(two_issues.root) == before


def test_a_scan_from_elsewhere_is_copied_in_and_only_that_is_taken(archive, tmp_path):
    elsewhere = tmp_path / "usb" / "moestuinder-2019-03.txt"
    elsewhere.parent.mkdir()
    elsewhere.write_text(MARCH)
    archive.put("blijft-liggen.txt", APRIL)
    report = archive.ingest(elsewhere)
    assert report.finished == ["raw/moestuinder-2019-03.txt"]
    assert (archive.root / "raw" / "moestuinder-2019-03.txt").read_text() == MARCH
    assert archive.found("plantenmarkt") == []


def test_a_path_that_is_not_there_is_a_fault_of_its_own(archive, tmp_path):
    archive.put("goed.txt", MARCH)
    report = archive.ingest(archive.root / "raw" / "goed.txt", tmp_path / "weg.pdf")
    assert report.finished == ["raw/goed.txt"]
    assert [fault.path for fault in report.faults] == [str(tmp_path / "weg.pdf")]


def test_a_dry_run_names_what_it_would_do_and_does_nothing(archive):
    archive.put("goed.txt", MARCH)
    report = archive.ingest(dry_run=True)
    assert [each.file for each in report.plan.new] == ["raw/goed.txt"]
    assert not (archive.root / "ids.csv").exists()
    assert not archive.settings.catalog_path.exists()


def test_a_dry_run_tells_a_scan_with_another_name_from_a_new_one(two_issues):
    raw = two_issues.root / "raw"
    (raw / "moestuinder-2019-03.txt").rename(raw / "maart.txt")
    report = two_issues.ingest(dry_run=True)
    assert (report.plan.new, report.gone) == ((), [])
    assert report.moved == [("raw/moestuinder-2019-03.txt", "raw/maart.txt")]


def test_reparsing_gives_the_same_sections_under_the_same_ids(two_issues):
    before = two_issues.sections()
    report = two_issues.ingest(again=Again.REPARSE)
    assert len(report.finished) == 2
    assert two_issues.sections() == before


def test_a_held_archive_refuses_a_second_run(two_issues):
    with hold_archive(two_issues.settings.lock_path), pytest.raises(ArchiveBusyError):
        two_issues.ingest()


def test_an_index_that_fell_behind_is_brought_up_to_date(two_issues):
    shutil.rmtree(two_issues.settings.whoosh_dir)
    two_issues.ingest()
    assert len(two_issues.found("compost")) == 1


class StopAfter(Silent):
    """Presses Ctrl-C when so many pages are done."""

    def __init__(self, pages):
        self.left = pages

    def advance(self, status):
        super().advance(status)
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def test_ctrl_c_keeps_every_finished_issue_and_the_next_run_goes_on(archive):
    for number in range(6):
        archive.put(f"moestuinder-{number}.txt", MARCH.replace("maart 2019", f"maart 201{number}"))
    with pytest.raises(KeyboardInterrupt):
        archive.ingest(progress=StopAfter(3))
    assert not (archive.settings.index_dir / "work").exists()
    finished = [file for file, status in archive.states().items() if status == "ok"]
    report = archive.ingest()
    assert len(finished) + len(report.finished) == 6
    assert set(archive.states().values()) == {"ok"}
    assert len(archive.found("compost")) == 6


def test_a_page_that_takes_too_long_costs_only_itself(archive, monkeypatch):
    archive.put("goed.txt", MARCH)
    monkeypatch.setattr("archive.pipeline.intake._TASKS", "tests.faults.slow_tasks:")
    report = archive.ingest(timeout_s=4.0)
    assert report.pages["timed_out"] == 1
    assert [fault.path for fault in report.faults] == ["raw/goed.txt"]
    monkeypatch.undo()
    assert archive.ingest(again=Again.RETRY).pages["ok"] == 1


def test_an_index_on_a_network_share_is_refused_with_advice(two_issues, monkeypatch):
    monkeypatch.setattr("archive.pipeline.lock.network_type", lambda _: "nfs4")
    before = files_under(two_issues.root)
    with pytest.raises(StorageError, match=r"network share \(nfs4\).*index_dir"):
        two_issues.ingest()
    assert files_under(two_issues.root) == before


@pytest.mark.ocr
def test_earlier_ocr_comes_in_beside_a_scan_that_the_engine_cannot_read(archive, tmp_path):
    """The real engine sees nothing on this page: only the file of earlier OCR, by the real Tesseract, has words."""
    from PIL import Image

    samples = Path(__file__).resolve().parents[1] / "reading" / "earlier" / "samples"
    outside = tmp_path / "outside"
    outside.mkdir()
    Image.new("1", (1240, 1100), 1).save(outside / "brug.png", dpi=(150, 150))
    shutil.copy(samples / "brug.xml", outside / "brug.xml")
    archive.ingest(outside)
    sections = archive.sections()
    assert {each["text_source"] for each in sections} == {"text_file"}
    assert "Boeken inleveren" in " ".join(each["text"] for each in sections)
    (archive.root / "raw" / "outside" / "brug.xml").unlink()
    archive.ingest()
    assert archive.sections() == []
