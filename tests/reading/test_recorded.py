"""Tests for whole pages, read by the engine as it was recorded."""

from pathlib import Path

import pytest

from archive.model.pages import BlockRole
from archive.reading.images import loading
from archive.reading.images.picture import turn
from archive.reading.layout import arrange
from archive.reading.ocr import ENGINES
from archive.reading.page import ReadingSettings
from archive.reading.page.looks import recognise

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "engine"
PAGE, OPENINGS = RECORDED / "page.png", RECORDED / "openings.png"


@pytest.fixture(autouse=True)
def _recorded(monkeypatch):
    monkeypatch.setitem(ENGINES, "tesseract", "tests.reading.recorded_engine:RecordedEngine")


def read(turned=0, path=PAGE):
    picture = turn(loading.load(path, 0, max_megapixels=20), turned)
    return recognise(picture, ReadingSettings())


def test_light_letters_in_a_bar_are_read_as_a_heading_above_their_column():
    found = read()
    blocks = arrange(found.words, width=found.width, height=found.height)
    headings = [block.text.casefold() for block in blocks if block.role is BlockRole.HEADING]
    assert headings == ["straatfeest in de wijk", "nieuwe tuin"]


def test_columns_are_read_one_after_the_other():
    found = read()
    text = " ".join(block.text for block in arrange(found.words, width=found.width, height=found.height))
    assert text.index("soep") < text.index("plantjes")


def test_a_page_that_lies_on_its_side_is_read_as_the_upright_one():
    found, upright = read(turned=90), read()
    assert found.turned == 270
    assert [word.text for word in found.words] == [word.text for word in upright.words]


def test_headings_on_bars_have_nothing_of_the_bar_s_ends_and_initials_stand_in_their_words():
    found = read(path=OPENINGS)
    blocks = arrange(found.words, width=found.width, height=found.height, drawn=found.drawn)
    headings = [block.text for block in blocks if block.role is BlockRole.HEADING]
    assert headings == ["Grofvuil", "Schoon de haven in", "Bakker stopt ermee"]
    openings = [" ".join(block.text.split()[:3]) for block in blocks if block.role is BlockRole.BODY]
    assert openings == ["Grofvuil wordt sinds", "Doe mee met", "Na 42 jaar"]
