"""Does `doctor` find an archive whole after every command, in whatever order commands come?"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from archive.catalog.store import open_catalog
from archive.corrections import append_corrections, read_corrections
from archive.doctor import check, programs
from archive.doctor.finding import Level
from archive.errors import UsageError
from archive.library.search import search
from archive.model.issues import Correction
from archive.model.search import SearchRequest
from archive.pipeline.backup import back_up
from archive.pipeline.correct import correct
from archive.pipeline.ingest import IngestOptions, ingest
from archive.pipeline.plan import Again
from archive.pipeline.reindex import reindex
from archive.pipeline.withdraw import erase, withdraw
from tests.faults.disturbed import fork_workers
from tests.reliability.conftest import FULL, TODAY, Archive, copy, issue

pytestmark = pytest.mark.full

ARCHIVES, COMMANDS = (50, 200) if FULL else (2, 15)
# What each issue of these tests says, and so does no other; where it is withdrawn nothing may say it.
NUMBERS = st.integers(0, 9)
CATEGORIES = ("events", "announcement", "practical")


def broken(archive: Archive) -> list[str]:
    """Name what the doctor calls damaged, or would mend."""
    found = [each for each in check(archive.root) if each.kind != "programs"]
    return [f"{each.path}: {each.message}" for each in found if each.level is Level.PROBLEM or each.remedy]


class Commands(RuleBasedStateMachine):
    """A person who types commands and changes files, and the doctor after each."""

    def __init__(self, start: Archive) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.archive = copy(start, self.folder / "archive")
        self.written = 0

    def teardown(self):
        shutil.rmtree(self.folder)

    @property
    def of(self):
        return self.archive.settings

    def scans(self):
        return sorted((self.archive.root / "raw").glob("*.txt"))

    def names(self, *, issues):
        with open_catalog(self.of.catalog_path) as catalog:
            if issues:
                return [each.id for each in catalog.issues()]
            return [each["id"] for each in catalog.sections()]

    def one(self, data, *, issues=False):
        return data.draw(st.sampled_from(self.names(issues=issues) or ["nothing-2000-a"]))

    def write(self, name, text):
        """Write a file at a time of its own, as a clock would."""
        path = self.archive.root / "raw" / name
        path.write_text(text)
        self.written += 1
        os.utime(path, (1_710_000_000 + self.written,) * 2)

    def take_in(self, again=Again.NOTHING):
        if self.scans():
            ingest(self.of, options=IngestOptions(jobs=1, again=again), today=TODAY)

    # ---- what a person does to files

    @rule(number=NUMBERS, last=st.sampled_from(("Open dag met plantenmarkt", "Oogstfeest van de tuinders")))
    def put(self, number, last):
        self.write(f"blad-{number}.txt", issue(number, last=last))

    @rule(number=NUMBERS)
    def scan_again(self, number):
        self.write(f"nog-eens-{number}.txt", issue(number).replace("compost", "conpost", 1) + "\n")

    @rule(data=st.data())
    def remove(self, data):
        if self.scans():
            data.draw(st.sampled_from(self.scans())).unlink()

    @rule(data=st.data(), number=NUMBERS)
    def rename(self, data, number):
        if self.scans():
            data.draw(st.sampled_from(self.scans())).rename(self.archive.root / "raw" / f"anders-{number}.txt")

    @rule(data=st.data())
    def double(self, data):
        if self.scans():
            scan = data.draw(st.sampled_from(self.scans()))
            shutil.copy2(scan, scan.with_name(f"kopie-{scan.name}"))

    @rule()
    def put_what_is_no_scan(self):
        self.write("leeg.pdf", "")

    # ---- what a person types

    @rule(again=st.sampled_from(Again))
    def ingest(self, again):
        self.take_in(again)

    @rule(data=st.data(), field=st.sampled_from(("category", "heading", "tag", "note", "split", "word")))
    def correct(self, data, field):
        values = {"category": "events", "split": "Elke tuinder mag", "word": "Kruiwagens", "heading": "Anders"}
        expected = "kruiwagens" if field == "word" else ""
        value = values.get(field, "tuin")
        correct(self.of, [Correction(self.one(data), field, value, expected, "", "", "")], today=TODAY)

    @rule(data=st.data(), field=st.sampled_from(("issue_date", "newsletter", "issue_number")))
    def correct_issue(self, data, field):
        value = {"issue_date": "2014-05-01", "newsletter": "De Nieuwe Tuin", "issue_number": "7"}[field]
        correct(self.of, [Correction(self.one(data, issues=True), field, value, "", "", "", "")], today=TODAY)

    @rule(data=st.data(), issues=st.booleans(), reason=st.sampled_from(("", "asked for")))
    def withdraw(self, data, issues, reason):
        given = self.one(data, issues=issues)
        try:
            withdraw(self.of, [given], reason=reason, today=TODAY)
        except UsageError:
            return

    @rule(data=st.data())
    def take_back(self, data):
        lines = {each.id: each for each in read_corrections(self.of.corrections_path) if each.field == "withdraw"}
        hidden = [given for given, line in lines.items() if line.value == "hidden"]
        if hidden:
            given = data.draw(st.sampled_from(hidden))
            append_corrections(self.of.corrections_path, [Correction(given, "withdraw", "no", "", "", "", "")])

    @rule(data=st.data())
    def erase(self, data):
        given = self.one(data, issues=True)
        try:
            erase(self.of, [given], reason="not ours", today=TODAY)
        except UsageError:
            return

    @rule()
    def reindex(self):
        reindex(self.of)

    @rule()
    def back_up(self):
        back_up(self.of, self.folder / "backup.tar")

    @precondition(lambda self: self.scans())
    @rule()
    def start_anew(self):
        shutil.rmtree(self.of.index_dir)
        self.take_in()

    @rule()
    def search(self):
        search(self.of, SearchRequest("compost OR contributie"))

    @invariant()
    def is_whole(self):
        assert broken(self.archive) == []


def test_the_archive_is_whole_after_every_command(stages, monkeypatch):
    languages = programs.missing_languages(("nl", "en"))
    monkeypatch.setattr(programs, "missing_languages", lambda _: languages)
    fork_workers()
    how = settings(
        max_examples=ARCHIVES,
        stateful_step_count=COMMANDS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),  # each step is told, and to look for a shorter way takes an hour
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Commands(stages["second"]), settings=how)
