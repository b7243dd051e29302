"""How does a person take in scans? Through the real program; text dumps, which need no OCR."""

import json
import signal
import time
from collections import Counter

import pytest
from PIL import Image

from archive.cli.ingest import exit_code
from archive.errors import ExitCode
from archive.model.issues import Fault
from archive.pipeline.ingest import IngestReport
from archive.pipeline.lock import hold_archive
from archive.settings import load_settings

DUMP = """\
BUURTBLAD DE KADE
Nummer 3, 12 maart 2019

Open dag

Op zaterdag 16 maart is er een open dag in het buurthuis. Iedereen is welkom, de koffie staat klaar.

Jaarvergadering

De jaarvergadering van de vereniging is op 20 maart. De agenda wordt aan alle leden toegestuurd.
"""


@pytest.fixture
def scans(root):
    """One good scan and one empty file."""
    (root / "raw" / "kade.txt").write_text(DUMP, encoding="utf-8")
    (root / "raw" / "leeg.pdf").write_bytes(b"")
    return root


def test_one_bad_scan_leaves_the_others_and_makes_the_run_one_in_part(run, scans):
    first = run("ingest")
    assert first.exit_code == ExitCode.PARTLY
    assert first.stdout.startswith("Took in 1 scan with ")
    assert "1 page: 1 ok." in first.stdout
    (line,) = first.stderr.splitlines()
    assert line.startswith("Failed: raw/leeg.pdf: ")
    second = run("ingest")
    assert second.exit_code == ExitCode.OK
    assert second.stdout.splitlines()[0] == "Nothing new."
    assert "--retry" in second.stdout
    third = run("ingest", "--retry", "--json")
    assert third.exit_code == ExitCode.BAD_INPUT
    assert [fault["path"] for fault in json.loads(third.stdout)["faults"]] == ["raw/leeg.pdf"]
    (scans / "raw" / "kade.txt").unlink()
    assert "raw/kade.txt is gone" in run("ingest").stdout


def test_what_failed_and_what_was_refused_before_are_counted_apart(run, scans):
    (scans / "raw" / "brief.docx").write_bytes(b"PK")
    run("ingest")
    lines = run("ingest").stdout.splitlines()
    assert lines[1] == "Unchanged: 2 scans."
    assert lines[2].startswith("Failed before, not tried again: 1 of the unchanged and 1 refused file; ")
    assert run("stats").stdout.startswith("1 scan, 1 issue, ")
    assert "2 files more in raw/" in run("stats").stdout


def test_a_renamed_scan_is_told_under_both_names(run, scans):
    run("ingest")
    (scans / "raw" / "kade.txt").rename(scans / "raw" / "2019 kade.txt")
    said = run("ingest").stdout
    assert "raw/kade.txt is gone; raw/2019 kade.txt is the same scan" in said
    assert "leave the search" not in said
    (scans / "raw" / "2019 kade.txt").rename(scans / "raw" / "kade.txt")
    answer = json.loads(run("ingest", "--json").stdout)
    assert (answer["missing"], answer["moved"]) == ([], [{"file": "raw/2019 kade.txt", "to": "raw/kade.txt"}])


def test_a_dry_run_says_what_would_be_done_and_does_nothing(run, scans):
    typed = run("ingest", "--dry-run")
    assert typed.exit_code == ExitCode.PARTLY  # as that of the ingest will be
    assert typed.stdout.splitlines()[:2] == ["New: 1 scan", "    raw/kade.txt"]
    assert "Failed: raw/leeg.pdf" in typed.stderr
    answer = json.loads(run("ingest", "--dry-run", "--json").stdout)
    assert (answer["dry_run"], answer["new"]) == (True, ["raw/kade.txt"])
    assert [fault["path"] for fault in answer["faults"]] == ["raw/leeg.pdf"]
    assert not (scans / "ids.csv").exists()


@pytest.mark.usefixtures("root")
def test_an_empty_raw_folder_is_a_storage_error(run):
    typed = run("ingest")
    assert typed.exit_code == ExitCode.STORAGE
    assert "nothing was changed" in typed.stderr


def test_a_second_run_is_told_to_wait(run, scans):
    with hold_archive(load_settings(scans).lock_path):
        typed = run("ingest")
    assert typed.exit_code == ExitCode.BUSY
    assert "try again" in typed.stderr


def test_a_path_outside_the_archive_is_copied_in(run, root, tmp_path):
    (tmp_path / "elders.txt").write_text(DUMP, encoding="utf-8")
    assert run("ingest", tmp_path / "elders.txt", "-q").exit_code == ExitCode.OK
    assert (root / "raw" / "elders.txt").read_text(encoding="utf-8") == DUMP


@pytest.mark.parametrize("line", [("--jobs", "0"), ("--timeout", "0"), ("--jobs", "many")])
def test_options_out_of_range_are_wrong_usage(run, line):
    assert run("ingest", *line).exit_code == ExitCode.USAGE


def test_ctrl_c_stops_the_run_and_leaves_no_work_behind(launch, scans):
    running = launch("ingest")
    deadline = time.monotonic() + 60
    while not (scans / "index" / "work").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == ExitCode.INTERRUPTED
    assert said == "Error: stopped; what was finished stays.\n"
    assert not (scans / "index" / "work").exists()


@pytest.mark.ocr
def test_without_tesseract_nothing_is_read_and_the_remedy_is_named(start, root, tmp_path):
    Image.effect_noise((300, 300), 90).save(root / "raw" / "page.png", dpi=(300, 300))
    ended = start("ingest", env={"PATH": str(tmp_path)})
    assert ended.returncode == ExitCode.MISSING_PART
    assert "apt install tesseract-ocr" in ended.stderr


BAD = Fault("raw/a.pdf", "unreadable_scan", "is empty", "")
UNREADABLE = Fault("raw/b.pdf", "storage", "cannot be read", "")


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (IngestReport(), ExitCode.OK),
        (IngestReport(faults=[BAD]), ExitCode.BAD_INPUT),
        (IngestReport(faults=[UNREADABLE]), ExitCode.STORAGE),
        (IngestReport(faults=[BAD, UNREADABLE]), ExitCode.BAD_INPUT),
        (IngestReport(faults=[BAD], finished=["raw/c.pdf"]), ExitCode.PARTLY),
        (IngestReport(faults=[BAD], finished=["raw/a.pdf"], pages=Counter(ok=1, failed=1)), ExitCode.PARTLY),
        (IngestReport(faults=[BAD], finished=["raw/a.pdf"], pages=Counter(failed=2)), ExitCode.BAD_INPUT),
        (IngestReport(faults=[BAD], doubles=[("raw/c.pdf", "raw/d.pdf")]), ExitCode.PARTLY),
    ],
)
def test_the_exit_code_tells_a_part_from_nothing(report, code):
    assert exit_code(report) == code
