"""Tests for the share that stands behind an engine's confidence."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.pages import Block, Line, Word
from archive.reading.calibration import calibrate, calibrate_blocks, fit_curve


def drawn(count, seed):
    """Words of an engine that is right with the square of what it says."""
    chance = random.Random(seed)  # noqa: S311 - the same words every time
    said = [chance.random() for _ in range(count)]
    return [(sure, chance.random() < sure**2) for sure in said]


def test_a_curve_fitted_on_some_words_holds_for_others():
    curve = fit_curve(drawn(8000, 1))
    tested = sorted(drawn(8000, 2))
    for start in range(0, 8000, 800):
        band = tested[start : start + 800]
        said = sum(calibrate(sure, curve) for sure, _ in band) / 800
        assert said == pytest.approx(sum(right for _, right in band) / 800, abs=0.05)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_word_of_which_the_engine_is_surer_is_never_said_to_be_less_likely(one, other):
    low, high = sorted((one, other))
    assert 0 <= calibrate(low) <= calibrate(high) <= 1


def test_words_of_a_source_without_confidence_keep_none():
    (block,) = calibrate_blocks([Block((Line((Word("haven"), Word("kade", confidence=0.9))),))])
    first, second = block.lines[0].words
    assert first.confidence is None
    assert second.confidence == pytest.approx(calibrate(0.9), abs=0.001)
