"""Is the archive, once a decision was undone, as it was before?"""

import pytest

from archive.corrections import read_corrections, to_remember
from archive.doctor import check
from archive.doctor.finding import Level
from archive.errors import UsageError
from archive.library.show import ShownNothing, show
from archive.model.issues import Correction
from archive.pipeline.correct import correct
from archive.pipeline.decisions.kept import put_back
from archive.pipeline.undo import last_corrections, undo
from archive.pipeline.withdraw import withdraw
from archive.pipeline.withdrawals import Withdrawals
from archive.remembered import load_remembered
from tests.pipeline.conftest import MARCH, TODAY

ISSUE = "de-moestuinder-2019-03-a"
MEETING, COMPOST = f"{ISSUE}-s0001", f"{ISSUE}-s0002"


@pytest.fixture
def march(archive):
    archive.put("moestuinder-2019-03.txt", MARCH)
    archive.ingest()
    return archive


def decide(archive, given, field, value, expected=""):
    done = correct(archive.settings, [Correction(given, field, value, expected, "", "", "")], today=TODAY)
    assert (done.refused, done.unplaced) == ((), ())
    return done.made


def take_back(archive, number=None):
    done = undo(archive.settings, number, today=TODAY)
    assert (done.unplaced, done.faults) == ((), ())
    return done


def agrees(archive):
    """See that what is remembered is what corrections.csv says, in its order."""
    known = load_remembered(archive.settings.decisions_path)
    lines = to_remember(read_corrections(archive.settings.corrections_path))
    assert list(known.decisions.values()) == list(reversed(dict.fromkeys(reversed(lines))))


def is_whole(archive):
    """See that doctor finds nothing either."""
    agrees(archive)
    found = [each for each in check(archive.root) if each.kind != "programs"]
    assert [each for each in found if each.level is Level.PROBLEM] == []
    assert [each for each in found if each.kind == "corrections" and each.level is not Level.FINE] == []


@pytest.mark.parametrize(
    ("given", "field", "value", "expected"),
    [
        (COMPOST, "category", "events", ""),
        (COMPOST, "word", "karren", "kruiwagens"),
        (MEETING, "split", "Op de agenda staan", ""),
        (MEETING, "join", COMPOST, ""),
    ],
)
def test_text_search_and_ids_are_as_before(march, given, field, value, expected):
    before = march.sections(), march.found("kruiwagens"), march.found("agenda")
    decide(march, given, field, value, expected)
    assert march.sections() != before[0]
    done = take_back(march)
    assert (done.undone.field, done.line.date) == (field, TODAY.isoformat())
    assert (march.sections(), march.found("kruiwagens"), march.found("agenda")) == before
    agrees(march)


def test_an_undoing_is_undone_and_the_archive_is_whole(march):
    before = march.sections()
    decide(march, MEETING, "split", "alle leden uit")
    split = march.sections()
    take_back(march)
    take_back(march, 2)
    assert march.sections() == split
    take_back(march)
    assert march.sections() == before
    is_whole(march)


def test_the_line_before_takes_effect_again_and_what_is_said_again_stands(march):
    decide(march, COMPOST, "category", "events")
    decide(march, COMPOST, "category", "meetings")
    take_back(march)
    assert {each["category"] for each in march.sections() if each["id"] == COMPOST} == {"events"}
    decide(march, COMPOST, "category", "meetings")
    take_back(march, 1)
    assert {each["category"] for each in march.sections() if each["id"] == COMPOST} == {"meetings"}
    assert [each.stands for each in last_corrections(march.settings, 5)] == [False, True, True, True, True]
    agrees(march)


def test_a_withdrawal_is_undone_and_stays_so_when_the_file_is_lost(march):
    before = march.sections()
    withdraw(march.settings, [ISSUE], reason="asked for", today=TODAY)
    assert isinstance(show(march.settings, MEETING), ShownNothing)
    take_back(march)
    assert (march.sections(), march.found("kruiwagens")) == (before, [COMPOST])
    agrees(march)
    take_back(march, 2)
    march.ingest()
    assert isinstance(show(march.settings, MEETING), ShownNothing)
    march.settings.corrections_path.unlink()
    put_back(march.settings)
    assert ISSUE in Withdrawals.read(march.settings).lines


def test_what_was_undone_stays_undone_when_the_file_is_lost(march):
    before = march.sections()
    decide(march, COMPOST, "category", "events")
    for number in (None, 2, None):
        take_back(march, number)
    march.settings.corrections_path.unlink()
    put_back(march.settings)
    march.ingest()
    assert march.sections() == before


def test_what_cannot_be_undone_is_refused(march):
    with pytest.raises(UsageError, match="no correction to undo"):
        undo(march.settings)
    decide(march, COMPOST, "tag", "tuin")
    take_back(march)
    with pytest.raises(UsageError, match="undone before"):
        undo(march.settings, 1)
    with pytest.raises(UsageError, match="no line 9"):
        undo(march.settings, 9)
    lines = march.settings.corrections_path.read_text()
    march.settings.corrections_path.write_text(f"{lines}{ISSUE},withdraw,erased,,,,\n")
    with pytest.raises(UsageError, match="was erased"):
        undo(march.settings)
