"""Tests for the words that Tesseract sees."""

from dataclasses import replace

import pytesseract
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive.errors import MissingPartError, UnreadableScanError
from archive.model.pages import PageImage
from archive.reading.ocr import tesseract
from archive.reading.ocr.tesseract import Tesseract, missing_languages

HOCR = """
<span class='ocr_line' id='line_1_1' title="bbox 90 90 600 150; baseline 0 -11; x_size 50; x_descenders 9">
 <span class='ocrx_word' id='word_1_1' title='bbox 100 100 300 150; x_wconf 91'>D&#39;66</span>
 <span class='ocrx_word' id='word_1_2' title='bbox 310 100 600 150; x_wconf 12'><strong>en &amp;</strong></span>
</span>
<span class='ocr_header' id='line_1_2' title="bbox 0 0 9 9; x_size 25">
 <span class='ocrx_word' id='word_1_3' title='bbox 100 200 300 250; x_wconf 50'> </span>
 <span class='ocrx_word' id='word_1_4' title='bbox 100 200 300 250; x_wconf 96'>Oost</span>
</span>
"""


@pytest.fixture(autouse=True)
def _fresh_answers():
    tesseract._installed.cache_clear()
    tesseract._program_version.cache_clear()
    yield
    tesseract._installed.cache_clear()
    tesseract._program_version.cache_clear()


def printed(path, *lines: str, turned: int = 0) -> PageImage:
    image = Image.new("L", (1700, 1100), 250)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((100, 100 + 75 * number), line, fill=20, font=ImageFont.load_default(48))
    image.rotate(turned, expand=True).save(path)
    return PageImage(1, str(path), 300)


def test_words_come_with_boxes_in_points_their_confidence_and_the_size_of_their_line():
    first, second, third = tesseract._words(HOCR, 0.24)
    assert (first.text, first.confidence, first.size) == ("D'66", 0.91, 12)
    assert (first.box.x0, first.box.y1) == (24, 36)
    assert (second.text, third.text, third.size) == ("en &", "Oost", 6)


def test_a_missing_language_names_the_command_that_mends_it(monkeypatch):
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng", "osd"])
    assert missing_languages(("en", "nl", "fy")) == ("nl", "fy")
    with pytest.raises(MissingPartError, match="sudo apt install tesseract-ocr-nld tesseract-ocr-fry"):
        Tesseract().read(PageImage(1, "x.png", 300), ("nl", "fy", "en"))


def test_a_missing_program_names_the_command_that_mends_it(monkeypatch):
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-tesseract")
    with pytest.raises(MissingPartError, match=r"Tesseract is not installed\. Install it with `sudo apt install"):
        Tesseract().version()


@pytest.mark.ocr
def test_tesseract_reads_dutch(tmp_path):
    words = Tesseract().read(
        printed(tmp_path / "a.png", "De vluchtelingen vieren", "een feest in het buurthuis"), ("nl", "en")
    )
    assert " ".join(word.text for word in words) == "De vluchtelingen vieren een feest in het buurthuis"
    assert all(word.confidence > 0.8 for word in words)
    assert words[0].box.x0 == pytest.approx(24, abs=2)
    assert Tesseract().version().startswith("tesseract ")


@pytest.mark.ocr
def test_tesseract_reads_a_faint_page_by_local_thresholds(tmp_path, monkeypatch):
    asked = []
    read = pytesseract.image_to_pdf_or_hocr
    monkeypatch.setattr(
        pytesseract, "image_to_pdf_or_hocr", lambda *args, **how: asked.append(how["config"]) or read(*args, **how)
    )
    image = printed(tmp_path / "a.png", "De vluchtelingen vieren feest")
    for local in (False, True):
        words = Tesseract().read(replace(image, local_thresholds=local), ("nl", "en"))
        assert " ".join(word.text for word in words) == "De vluchtelingen vieren feest"
    assert ["thresholding_method=2" in config for config in asked] == [False, True]


@pytest.mark.ocr
def test_tesseract_tells_which_way_is_up(tmp_path):
    lines = [
        "Wie helpt ons mee met de markt in het park?",
        "Bel dan het bestuur van de vereniging.",
        "Er is nog plaats.",
    ] * 4
    assert Tesseract().find_turn(printed(tmp_path / "a.png", *lines, turned=180))[0] == 180


@pytest.mark.ocr
def test_a_page_without_letters_cannot_tell_which_way_is_up(tmp_path):
    assert Tesseract().find_turn(printed(tmp_path / "a.png")) == (0, 0.0)


def test_an_engine_that_ends_without_a_word_is_told_by_its_code(monkeypatch, tmp_path):
    def fail(*_args, **_options):
        raise pytesseract.TesseractError(-9, "")

    monkeypatch.setattr(pytesseract, "image_to_pdf_or_hocr", fail)
    with pytest.raises(UnreadableScanError, match=r"cannot read page 1 \(it ended with code -9\)"):
        Tesseract().read(PageImage(1, str(tmp_path / "a.png"), 300.0), ("nl",))
