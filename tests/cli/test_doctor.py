"""How is a person told what the doctor found?"""

import json

import pytest

from archive import doctor
from archive.doctor.finding import fine, note, problem
from archive.errors import BrokenArchiveError, ExitCode


@pytest.fixture
def findings(monkeypatch):
    """Let the doctor find what a test says."""

    def find(*found):
        monkeypatch.setattr(doctor, "check", lambda _root: found)

    return find


FINE = fine("programs", "Tesseract 5.3.4")
NOTE = note("pages", "pages failed: 1", hint="See `archive pages --status failed`.")
PROBLEM = problem("index", BrokenArchiveError("index/whoosh", "the index is missing", "Run `archive reindex`."))


def test_all_well_is_said_so(run, findings):
    findings(FINE)
    typed = run("doctor")
    assert (typed.exit_code, typed.stdout, typed.stderr) == (
        ExitCode.OK,
        "ok       Tesseract 5.3.4\n",
        "All is well.\n",
    )


def test_each_problem_comes_with_its_remedy(run, findings):
    findings(FINE, NOTE, PROBLEM)
    typed = run("doctor")
    assert typed.exit_code == ExitCode.BROKEN_ARCHIVE
    assert "PROBLEM  index/whoosh: the index is missing\n         Run `archive reindex`.\n" in typed.stdout
    assert typed.stderr == "1 problem found, 1 note.\n"


def test_quiet_says_only_what_is_not_well(run, findings):
    findings(FINE, NOTE)
    typed = run("doctor", "-q")
    assert (typed.exit_code, typed.stderr) == (ExitCode.OK, "")
    assert "Tesseract" not in typed.stdout
    assert "pages failed: 1" in typed.stdout


def test_doctor_answers_in_json(run, findings):
    findings(FINE, PROBLEM)
    answer = json.loads(run("doctor", "--json").stdout)
    assert (answer["schema_version"], answer["exit_code"]) == (1, 4)
    assert answer["findings"][1] == {
        "kind": "index",
        "level": "problem",
        "message": "the index is missing",
        "hint": "Run `archive reindex`.",
        "path": "index/whoosh",
        "exit_code": 4,
    }


def test_what_could_not_be_mended_is_not_mended_again(run, findings, monkeypatch):
    findings(problem("index", BrokenArchiveError("index/whoosh", "is damaged", "Run it."), remedy="index"))
    tried = []
    monkeypatch.setattr("archive.pipeline.repair.repair", lambda _settings, wanted, _told: tried.append(wanted) or ())
    monkeypatch.setattr("archive.cli.run.Run.settings", lambda _: None)
    typed = run("doctor", "--repair")
    assert tried == [[("index", "index/whoosh")]]
    assert typed.exit_code == ExitCode.BROKEN_ARCHIVE
    assert "`--repair` could not mend it" in typed.stdout
