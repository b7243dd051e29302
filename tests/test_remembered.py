"""Is what was decided remembered when corrections.csv is lost, and damage of what remembers it seen?"""

from dataclasses import replace

import pytest

from archive.model.issues import Correction
from archive.remembered import load_remembered, remember

HIDDEN = Correction("a-2000-a-s0001", "withdraw", "hidden", "", "", "2024-05-06", 'asked for, "twice"')
TAG = Correction("a-2000-a-s0002", "tag", "tuin", "", "", "", "")
NOTE = Correction("a-2000-a-s0002", "note", "een\nregel", "", "", "", "")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "decisions.csv"


@pytest.mark.parametrize("left", [(), (Correction("b-2000-a", "tag", "x", "", "", "", ""),)])
def test_what_was_lost_with_the_whole_file_is_missing_though_lines_came_since(path, left):
    remember(path, [HIDDEN, TAG, NOTE])
    assert load_remembered(path).missing(left) == (HIDDEN, TAG, NOTE)


def test_a_line_that_a_person_took_out_is_let_go_but_a_withdrawal_is_not(path):
    remember(path, [HIDDEN, TAG, NOTE])
    assert load_remembered(path).missing([HIDDEN, NOTE]) == ()
    assert load_remembered(path).missing([TAG, NOTE]) == (HIDDEN,)
    remember(path, [HIDDEN, NOTE])
    assert load_remembered(path).missing([]) == (HIDDEN, NOTE)


def test_a_withdrawal_that_was_taken_back_in_a_line_is_none(path):
    back = Correction(HIDDEN.id, "withdraw", "no", "", "", "", "")
    remember(path, [HIDDEN, back, TAG])
    assert load_remembered(path).missing([TAG]) == ()


def test_what_a_cut_took_away_is_missing(path):
    remember(path, [HIDDEN, TAG, NOTE])
    assert load_remembered(path).missing([HIDDEN], cut=True) == (TAG, NOTE)


def test_the_same_again_adds_nothing_and_another_date_is_no_other_decision(path):
    remember(path, [TAG])
    before = path.read_bytes()
    remember(path, [TAG])
    assert path.read_bytes() == before
    assert load_remembered(path).missing([replace(TAG, date="6-5-2024")]) == ()


def test_what_is_said_again_is_remembered_where_it_was_said_last(path):
    remember(path, [TAG, NOTE])
    remember(path, [TAG, NOTE, TAG])
    assert load_remembered(path).missing([]) == (NOTE, TAG)


@pytest.mark.parametrize("at", range(0, 400, 29))
def test_any_flipped_bit_is_seen_and_no_other_line_is_lost(path, at):
    remember(path, [HIDDEN, TAG, NOTE])
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 0x04
    path.write_bytes(data)
    assert not load_remembered(path).whole
    remember(path, [HIDDEN, TAG, NOTE])
    found = load_remembered(path)
    assert (found.whole, set(found.decisions.values())) == (True, {HIDDEN, TAG, NOTE})


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_is_written_anew_from_what_is_left(path, share):
    remember(path, [HIDDEN, TAG, NOTE])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    remember(path, [HIDDEN, TAG, NOTE])
    found = load_remembered(path)
    assert (found.whole, set(found.decisions.values())) == (True, {HIDDEN, TAG, NOTE})
