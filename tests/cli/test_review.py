"""How does a person judge what the machine was least sure of? Keys come from plain standard input."""

import csv
import io
import json

import pytest

from archive.errors import ExitCode
from tests.factories import make_issue, make_section

UNDATED = """\
Beste buren,

Vorige week hebben wij met een grote groep de speeltuin opgeknapt. De schommel hangt weer recht en het zand is
ververst. Iedereen die meehielp: hartelijk dank.

Koken met de buurt

Elke donderdag koken wij samen in het buurthuis. Wie wil eten, meldt zich aan voor de middag van die dag.
"""


@pytest.fixture
def press(monkeypatch):
    """Return a function that types these lines at the program."""

    def type_lines(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_lines


@pytest.fixture
def undated(run, root):
    """An archive of a letter that names no newsletter and no date."""
    (root / "raw" / "brief.txt").write_text(UNDATED, encoding="utf-8")
    assert run("ingest", "-q").exit_code == ExitCode.OK
    return root


def decided(root):
    path = root / "corrections.csv"
    return list(csv.DictReader(io.StringIO(path.read_text()))) if path.exists() else []


def test_each_decision_shows_its_evidence_and_takes_one_key(run, undated, press):
    doubts = json.loads(run("review", "--json").stdout)["doubts"]
    assert [each["sure"] for each in doubts] == sorted(each["sure"] for each in doubts)
    assert doubts[0]["kind"] == "date"
    keys = {"date": ["e", "2019-05"], "newsletter": ["e", "Buurtbrief"], "boundary": ["j"], "category": ["x", "1"]}
    press(*(key for each in doubts for key in keys[each["kind"]]))
    typed = run("review")
    assert typed.stdout.startswith("\n1 of ")
    assert "When did this issue appear?" in typed.stdout
    assert "raw/brief.txt" in typed.stdout
    assert "speeltuin opgeknapt" in typed.stdout
    lines = decided(undated)
    assert [each["note"] for each in lines] == ["reviewed"] * len(doubts)
    assert f"Decided: {len(doubts)} corrections." in typed.stdout
    issue = run("show", doubts[0]["id"]).stdout
    assert "2019-05 (correction" in issue
    assert "Buurtbrief (correction)" in issue


def test_nothing_is_written_for_what_is_skipped_and_q_stops(run, undated, press):
    press("s", "q", "y")
    typed = run("review")
    assert typed.exit_code == ExitCode.OK
    assert "2 of " in typed.stdout
    assert "3 of " not in typed.stdout
    assert decided(undated) == []
    press()
    assert run("review").exit_code == ExitCode.OK


@pytest.fixture
def doubtful(archive_of):
    """An archive with a close call between two categories, and a start that is hardly sure."""
    from dataclasses import replace

    issue = make_issue(
        [
            make_section("other", "De zaal is open en de koffie is klaar.", heading="Voorwoord"),
            make_section("events", "Er is een vergadering met muziek na afloop.", heading="Samenkomst"),
        ]
    )
    first, second = issue.sections
    close = replace(second.verdict, scores=(("events", 0.41), ("meetings", 0.4), ("other", 0.19)))
    sections = (first, replace(second, verdict=close, boundary_confidence=0.3))
    return archive_of(replace(issue, sections=sections), index=False)


def test_the_least_certain_come_first_and_no_more_than_asked(run, doubtful, press):
    section = "kerngroep-oost-2022-06-15-a-s0002"
    doubts = json.loads(run("review", "--json").stdout)["doubts"]
    assert [(each["kind"], each["id"]) for each in doubts] == [("boundary", section), ("category", section)]
    assert doubts[0]["before"] == "kerngroep-oost-2022-06-15-a-s0001"
    assert [name for name, _ in doubts[1]["options"]] == ["events", "meetings", "other"]
    assert len(json.loads(run("review", "--limit", 1, "--json").stdout)["doubts"]) == 1
    press("y", "2")
    typed = run("review")
    assert "… en de koffie is klaar." not in typed.stdout
    assert "de koffie is klaar." in typed.stdout
    assert "[1] events 0.41  [2] meetings 0.40  [3] other 0.19  [s] skip  [q] stop" in typed.stdout
    assert [(each["field"], each["value"]) for each in decided(doubtful.root)] == [
        ("split", "Samenkomst Er is een vergadering met muziek na"),
        ("category", "meetings"),
    ]


@pytest.mark.usefixtures("root")
def test_an_archive_in_which_all_is_sure_asks_nothing(run, archive_of):
    archive_of(make_issue([make_section("other", "De zaal is open.")]), index=False)
    assert run("review").stdout == "Nothing is in doubt.\n"


def test_an_issue_that_was_scanned_twice_is_asked_about_once(run, root):
    letter = (
        UNDATED
        + "\nDe kas\n\nEr is dit jaar tweehonderd gulden over. Het bestuur bewaart die voor een nieuwe glijbaan.\n"
    )
    (root / "raw" / "brief.txt").write_text(letter, encoding="utf-8")
    (root / "raw" / "kopie.txt").write_text(letter.replace("gulden", "gu1den"), encoding="utf-8")
    assert run("ingest", "-q").exit_code == ExitCode.OK
    doubts = json.loads(run("review", "--json").stdout)["doubts"]
    assert [each["kind"] for each in doubts].count("date") == 1
    assert len({(each["kind"], each["id"]) for each in doubts}) == len(doubts)
