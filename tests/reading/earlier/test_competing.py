"""Does an earlier OCR win where it is better, and only there? The engine is made; the files beside are real."""

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from archive.model.pages import TextSource
from archive.reading.copying import copy_in
from archive.reading.ocr import ENGINES
from archive.reading.page import Folders, ReadingSettings, open_scan, read_page
from archive.reading.scans import list_scans
from tests.reading.made_engine import MadeEngine, words
from tests.reading.made_pdfs import lines_of, make_pdf

SAMPLES = Path(__file__).with_name("samples")
HOW = ReadingSettings(key="k1")
TEXT = "De bibliotheek is in april dicht. Boeken inleveren kan op maandag in het buurthuis, waar de vrijwilligers klaar"
BAD = " ".join(f"{word[:-2]}q{word[-1:]}x" for word in TEXT.split())


@pytest.fixture(autouse=True)
def engine(monkeypatch) -> type[MadeEngine]:
    monkeypatch.setitem(ENGINES, "tesseract", "tests.reading.made_engine:MadeEngine")
    monkeypatch.setattr(MadeEngine, "texts", [words(BAD)])
    monkeypatch.setattr(MadeEngine, "asked", [])
    return MadeEngine


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path


def laid(root: Path, *names: str) -> None:
    for name in ("brug.png", *names):
        shutil.copy(SAMPLES / name, root / "raw" / name)


def read(root: Path):
    (found,), faults = list_scans(root, root / "raw")
    assert faults == ()
    return read_page(Folders(root, root / "pages"), open_scan(root, found, HOW), 1, HOW)


def text_of(page) -> str:
    return " ".join(block.text for block in page.blocks).replace("\n", " ")


def test_an_earlier_reading_of_a_pdf_that_makes_a_point_of_each_dot_stands_where_it_does_on_the_page(root):
    with Image.open(SAMPLES / "brug.png") as image:
        image.convert("L").save(root / "raw" / "brug.pdf", resolution=72)
        size = image.size
    shutil.copy(SAMPLES / "brug.hocr", root / "raw" / "brug.hocr")
    page = read(root)
    assert page.text_source is TextSource.TEXT_FILE
    assert (page.width, page.height) == pytest.approx(size, abs=0.1)
    words_of = {word.text: word.box for block in page.blocks for line in block.lines for word in line.words}
    found = re.search(r"bbox (\d+) (\d+) (\d+) (\d+)[^>]*>Boeken<", (SAMPLES / "brug.hocr").read_text())
    box = words_of["Boeken"]
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx(tuple(map(float, found.groups())), abs=1)


@pytest.mark.parametrize("name", ["brug.xml", "brug.hocr", "brug.ocr.pdf"])
def test_a_better_earlier_reading_is_taken_and_named(root, name):
    laid(root, name)
    page = read(root)
    assert page.text_source is TextSource.TEXT_FILE
    assert "Boeken inleveren kan op maandag" in text_of(page)
    first, second = page.candidates
    assert (first.source, second.source) == (TextSource.TEXT_FILE, TextSource.OCR)
    assert first.score > second.score
    assert first.reason.endswith(f": {name}")
    heading = next(word for block in page.blocks for line in block.lines for word in line.words if word.text == "De")
    assert (heading.box.x0, heading.box.y0) == (pytest.approx(72, abs=6), pytest.approx(96, abs=14))


def test_of_two_readings_nearly_as_good_ours_is_taken(root, engine):
    laid(root, "brug.hocr")
    whole = (
        f"De Brug Nieuwsbrief van de wijkvereniging, maart 2019 Bibliotheek verhuist {TEXT} staan. Vergadering van de "
        "wijkraad De wijkraad vergadert op dinsdag 12 maart over het verkeer in de straat bij de school. Iedereen is "
        "welkom."
    )
    engine.texts[:] = [words(whole)]
    page = read(root)
    assert page.text_source is TextSource.OCR
    assert [each.source for each in page.candidates] == [TextSource.OCR, TextSource.TEXT_FILE]


def test_a_file_that_comes_or_goes_counts_at_once_and_nothing_is_read_again(root, engine):
    laid(root)
    bare = read(root)
    assert (bare.text_source, len(engine.asked)) == (TextSource.OCR, 1)
    laid(root, "brug.hocr")
    assert read(root).text_source is TextSource.TEXT_FILE
    (root / "raw" / "brug.hocr").unlink()
    assert read(root) == bare
    assert len(engine.asked) == 1


def test_a_file_that_came_makes_a_scan_a_changed_one(root):
    laid(root)
    before, _ = list_scans(root, root / "raw")
    laid(root, "brug.hocr")
    after, _ = list_scans(root, root / "raw")
    assert (before[0].beside, after[0].beside) == ((), ("raw/brug.hocr",))
    assert after[0].mtime_ns > before[0].mtime_ns
    assert after[0].size == before[0].size


def test_a_damaged_file_is_told_of_and_harms_nothing(root):
    laid(root)
    (root / "raw" / "brug.hocr").write_text("<html/>", encoding="utf-8")
    page = read(root)
    assert page.text_source is TextSource.OCR
    assert page.candidates[-1].reason == "not used: brug.hocr: is no hOCR file"


def test_a_page_that_was_born_digital_needs_none(root, engine):
    make_pdf(root / "raw" / "brug.pdf", [lines_of(TEXT)])
    shutil.copy(SAMPLES / "brug.hocr", root / "raw" / "brug.hocr")
    page = read(root)
    assert (page.text_source, engine.asked) == (TextSource.TEXT_LAYER, [])
    assert page.candidates[-1].reason == "not used: brug.hocr: the page was born digital"


def test_of_another_program_the_words_are_taken_and_not_how_sure_it_was(root):
    laid(root)
    hocr = (SAMPLES / "brug.hocr").read_text(encoding="utf-8").replace("tesseract 5", "leesmachine 5")
    (root / "raw" / "brug.hocr").write_text(hocr, encoding="utf-8")
    page = read(root)
    assert (page.text_source, page.confidence) == (TextSource.TEXT_FILE, None)


def test_a_folder_of_images_has_a_file_for_each(root):
    folder = root / "raw" / "brug"
    folder.mkdir()
    for number in (1, 2):
        shutil.copy(SAMPLES / "brug.png", folder / f"{number}.png")
    shutil.copy(SAMPLES / "brug.xml", folder / "2.xml")
    (found,), faults = list_scans(root, root / "raw")
    assert (faults, found.members, found.beside) == ((), ("1.png", "2.png"), ("raw/brug/2.xml",))
    scan = open_scan(root, found, HOW)
    sources = [read_page(Folders(root, root / f"pages{number}"), scan, number, HOW).text_source for number in (1, 2)]
    assert sources == [TextSource.OCR, TextSource.TEXT_FILE]


def test_a_file_of_no_scan_is_named(root):
    shutil.copy(SAMPLES / "brug.hocr", root / "raw" / "brug.hocr")
    found, (fault,) = list_scans(root, root / "raw")
    assert (found, fault.path) == ((), "raw/brug.hocr")
    assert fault.message == "is no scan, nor earlier OCR of one that is here"


def test_what_lies_beside_a_scan_is_copied_in_with_it(root, tmp_path):
    outside = tmp_path / "scans"
    outside.mkdir()
    for name in ("brug.png", "brug.hocr", "brug.ocr.pdf"):
        shutil.copy(SAMPLES / name, outside / name)
    copy_in(outside / "brug.png", root / "raw")
    (found,), _ = list_scans(root, root / "raw")
    assert found.beside == ("raw/brug.hocr", "raw/brug.ocr.pdf")
    (root / "raw" / "brug.png").write_bytes(b"other bytes")
    assert copy_in(outside / "brug.png", root / "raw").name.startswith("brug-")
    assert sum(len(each.beside) for each in list_scans(root, root / "raw")[0]) == 4


def test_an_export_of_paperless_comes_in_with_its_text_layers(root):
    copy_in(SAMPLES / "paperless", root / "raw")
    (found,), faults = list_scans(root, root / "raw")
    assert faults == ()
    assert found.file == "raw/2019-03-01 De Brug.png"
    assert found.beside == ("raw/2019-03-01 De Brug.ocr.pdf",)
    assert read(root).text_source is TextSource.TEXT_FILE
