"""What becomes of scans that have another name now, a name that cannot be shown, or that cannot be opened?"""

import shutil

import pytest

from archive.doctor import scans as doctor
from archive.library.issues import list_issues
from archive.model.issues import Correction
from archive.pipeline.correct import correct
from archive.pipeline.plan import Again
from tests.conftest import files_under
from tests.pipeline.conftest import APRIL, MARCH, TODAY
from tests.pipeline.test_bad_input import WITHOUT_RIGHTS, command, write_pdf


def gone(archive):
    """What `issues` and `doctor` call gone."""
    found = [finding.path for finding in doctor.find(archive.settings) if "gone" in finding.message]
    return found + [state.file for state in list_issues(archive.settings).missing]


def rename(archive, old, new):
    place = archive.root / "raw" / new
    place.parent.mkdir(exist_ok=True)
    (archive.root / "raw" / old).rename(place)


def test_a_renamed_scan_is_known_under_its_new_name_and_not_called_gone(two_issues):
    ids = two_issues.found("compost")
    rename(two_issues, "moestuinder-2019-03.txt", "1996/maart.txt")
    report = two_issues.ingest()
    assert report.moved == [("raw/moestuinder-2019-03.txt", "raw/1996/maart.txt")]
    assert (report.gone, gone(two_issues)) == ([], [])
    assert two_issues.found("compost") == ids
    before = files_under(two_issues.root)
    assert two_issues.ingest().moved == []
    assert files_under(two_issues.root) == before


def test_a_scan_that_was_called_gone_after_it_was_renamed_is_so_no_longer(two_issues, monkeypatch):
    """As the catalogue of an earlier version has it, or of a run that was ended in between."""
    with monkeypatch.context() as patched:
        patched.setattr("archive.catalog.write.CatalogWriter.forget_lost", lambda *_: ())
        rename(two_issues, "moestuinder-2019-03.txt", "maart.txt")
        two_issues.ingest()
    assert set(gone(two_issues)) == {"raw/moestuinder-2019-03.txt"}
    assert two_issues.ingest().moved == [("raw/moestuinder-2019-03.txt", "raw/maart.txt")]
    assert gone(two_issues) == []


def test_a_scan_renamed_and_taken_in_alone_is_one_scan_at_the_next_ingest(two_issues):
    ids = two_issues.found("compost")
    rename(two_issues, "moestuinder-2019-03.txt", "maart.txt")
    two_issues.ingest(two_issues.root / "raw" / "maart.txt")
    two_issues.ingest()
    assert two_issues.states() == {"raw/maart.txt": "ok", "raw/moestuinder-2019-04.txt": "ok"}
    assert two_issues.found("compost") == ids


def test_a_double_that_is_removed_is_not_called_gone(two_issues):
    two_issues.put("zz-kopie.txt", MARCH)
    two_issues.ingest()
    (two_issues.root / "raw" / "zz-kopie.txt").unlink()
    two_issues.ingest()
    assert gone(two_issues) == []
    assert "raw/zz-kopie.txt" not in two_issues.states()


def test_a_scan_that_is_gone_is_called_so_beside_others_that_are_renamed(two_issues):
    rename(two_issues, "moestuinder-2019-03.txt", "maart.txt")
    (two_issues.root / "raw" / "moestuinder-2019-04.txt").unlink()
    assert two_issues.ingest().gone == ["raw/moestuinder-2019-04.txt"]
    assert set(gone(two_issues)) == {"raw/moestuinder-2019-04.txt"}


def test_a_file_of_which_nothing_was_taken_in_is_forgotten_when_it_is_removed(two_issues):
    for name in ("leeg.pdf", "brief.docx"):
        two_issues.put(name, b"")
    two_issues.ingest()
    for name in ("leeg.pdf", "brief.docx"):
        (two_issues.root / "raw" / name).unlink()
    report = two_issues.ingest()
    assert (report.gone, gone(two_issues)) == ([], [])
    assert len(two_issues.states()) == 2


def ingest_without_rights(archive, *args):
    return command(archive, "ingest", *args, before=WITHOUT_RIGHTS)


def test_a_scan_whose_rights_came_back_is_taken_in_by_a_plain_ingest(archive):
    dicht = archive.put("dicht.txt", APRIL)
    archive.put("open.txt", MARCH)
    dicht.chmod(0o000)
    assert ingest_without_rights(archive).returncode == 1
    dicht.chmod(0o644)
    ended = ingest_without_rights(archive)
    assert (ended.returncode, ended.stdout.splitlines()[0][:15]) == (0, "Took in 1 scan ")
    assert len(archive.found("plantenmarkt")) == 1


def test_a_folder_that_cannot_be_read_keeps_what_was_taken_in_from_it(archive):
    archive.put("open.txt", MARCH)
    shelf = archive.put("dicht/april.txt", APRIL).parent
    archive.ingest()
    ids = archive.found("plantenmarkt")
    shelf.chmod(0o000)
    ended = ingest_without_rights(archive)
    shelf.chmod(0o755)
    assert ended.returncode == 5
    assert "raw/dicht: cannot be read; what was taken in from this folder stays" in ended.stderr
    assert archive.found("plantenmarkt") == ids
    assert ingest_without_rights(archive).returncode == 0
    assert gone(archive) == []
    assert set(archive.states()) == {"raw/dicht/april.txt", "raw/open.txt"}


def test_doctor_does_not_call_gone_what_lies_in_a_folder_that_cannot_be_read(two_issues):
    shelf = two_issues.put("dicht/mei.txt", APRIL.replace("april", "mei")).parent
    two_issues.ingest()
    shelf.chmod(0o000)
    said = command(two_issues, "doctor", before=WITHOUT_RIGHTS)
    shelf.chmod(0o755)
    assert "raw/dicht: cannot be read" in said.stdout
    assert "is gone" not in said.stdout
    assert said.returncode == 0


def test_a_folder_of_images_of_which_one_cannot_be_read_is_not_gone(two_issues):
    folder = two_issues.root / "raw" / "mei"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.png").write_bytes(b"no image")
    two_issues.ingest()
    assert two_issues.states()["raw/mei"] == "failed"
    (folder / "2.png").chmod(0o000)
    ended = ingest_without_rights(two_issues)
    assert "raw/mei/2.png: may not be read by this user" in ended.stderr
    assert "gone" not in ended.stdout
    assert "raw/mei" in two_issues.states()


def test_a_scan_that_vanished_while_it_was_taken_in_is_tried_again_when_it_is_back(two_issues, monkeypatch):
    place = two_issues.put("mei.txt", APRIL.replace("april", "mei"))
    kept = shutil.copy2(place, two_issues.root / "mei.txt")

    def vanish(*_, **__):
        place.unlink()
        return real(*_, **__)

    import archive.pipeline.ingest as module

    real = module.load_register
    with monkeypatch.context() as patched:
        patched.setattr(module, "load_register", vanish)
        (fault,) = two_issues.ingest().faults
    assert (fault.path, fault.code) == ("raw/mei.txt", "storage")
    shutil.copy2(kept, place)
    assert two_issues.ingest().finished == ["raw/mei.txt"]


def test_a_wrong_password_is_told_with_the_option_that_tries_another(archive, monkeypatch):
    archive.put("open.txt", MARCH)
    write_pdf(archive.root / "raw" / "locked.pdf", encrypt="geheim", text="Compost halen bij de ingang van het complex")
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "anders")
    (fault,) = archive.ingest().faults
    assert "--retry" in fault.hint
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "geheim")
    assert archive.ingest(again=Again.RETRY).faults == []


def test_a_missing_password_is_told_and_a_plain_ingest_tries_the_one_that_is_set(archive, monkeypatch):
    write_pdf(archive.root / "raw" / "locked.pdf", encrypt="geheim", text="Compost halen bij de ingang van het complex")
    monkeypatch.delenv("ARCHIVE_PDF_PASSWORD", raising=False)
    assert len(archive.ingest().faults) == 1
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "geheim")
    assert archive.ingest().finished == ["raw/locked.pdf"]


def test_a_scan_whose_name_has_a_line_feed_is_refused_at_once_and_not_copied_in(archive, tmp_path):
    (tmp_path / "regel\neen.txt").write_text(MARCH)
    archive.put("open.txt", APRIL)
    (fault,) = archive.ingest(tmp_path / "regel\neen.txt").faults
    assert fault.path == f"{tmp_path}/regel?een.txt"
    assert "line feed" in fault.message
    assert "another name" in fault.hint
    assert [path.name for path in (archive.root / "raw").iterdir()] == ["open.txt"]


def test_a_scan_in_raw_whose_name_has_a_line_feed_is_named_and_not_called_gone(two_issues):
    place = two_issues.put("regel\neen.txt", MARCH)
    (fault,) = two_issues.ingest(place).faults
    assert (fault.path, "line feed" in fault.message) == ("raw/regel?een.txt", True)
    assert two_issues.ingest().faults == []
    assert gone(two_issues) == []


@pytest.fixture
def locked(archive, monkeypatch):
    """An archive that took in an encrypted scan, whose password is not set any more."""
    text = "Compost halen bij de ingang van het complex"
    write_pdf(archive.root / "raw" / "locked.pdf", encrypt="geheim", text=text)
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "geheim")
    assert archive.ingest().faults == []
    monkeypatch.delenv("ARCHIVE_PDF_PASSWORD")
    return archive


def corrected(archive):
    (section_id,) = archive.found("compost")
    return correct(archive.settings, [Correction(section_id, "category", "events", "", "", "", "")], today=TODAY)


@pytest.mark.parametrize("password", ["", "anders"])
def test_a_correction_of_an_encrypted_scan_takes_no_password(locked, monkeypatch, password):
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", password)
    done = corrected(locked)
    assert (done.faults, done.unplaced, done.waiting) == ((), (), ())
    assert [section["category"] for section in locked.sections()] == ["events"]
    assert set(locked.states().values()) == {"ok"}


def test_an_encrypted_scan_is_parsed_again_without_its_password_as_with_it(locked):
    before = locked.sections()
    assert locked.ingest(again=Again.REPARSE).faults == []
    assert locked.sections() == before


def test_a_correction_of_a_scan_that_must_be_opened_names_the_reason_and_waits(locked, monkeypatch):
    shutil.rmtree(locked.settings.pages_dir)
    done = corrected(locked)
    assert [fault.message for fault in done.faults] == ["is encrypted"]
    assert "ARCHIVE_PDF_PASSWORD" in done.faults[0].hint
    assert (done.unplaced, done.waiting) == ((), done.made)
    monkeypatch.setenv("ARCHIVE_PDF_PASSWORD", "geheim")
    assert locked.ingest().unplaced == ()
    assert [section["category"] for section in locked.sections()] == ["events"]
