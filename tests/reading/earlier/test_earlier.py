"""Files of earlier OCR: small ones written here, and real ones by Tesseract."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import UnreadableScanError
from archive.model.pages import Box
from archive.reading.earlier import fit
from archive.reading.earlier.alto import read_alto
from archive.reading.earlier.beside import read_beside
from archive.reading.earlier.hocr import read_hocr
from archive.reading.earlier.names import is_earlier, page_of, share_out, under_name
from archive.reading.earlier.paperless import is_export, read_export

SAMPLES = Path(__file__).with_name("samples")  # made by scripts/make_earlier_ocr.py

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description><MeasurementUnit>{unit}</MeasurementUnit>
<OCRProcessing><ocrProcessingStep><processingSoftware><softwareName>Leesmachine</softwareName>
<softwareVersion>4.1</softwareVersion></processingSoftware></ocrProcessingStep></OCRProcessing></Description>
<Styles><TextStyle ID="T1" FONTSIZE="11" FONTSTYLE="bold"/></Styles>
<Layout><Page PHYSICAL_IMG_NR="1" WIDTH="2540" HEIGHT="3556"><PrintSpace><TextBlock STYLEREFS="T1"><TextLine>
<String CONTENT="Caf&#233;" HPOS="254" VPOS="508" WIDTH="254" HEIGHT="127" WC="0.9"/><SP/>
<String CONTENT="ver" HPOS="600" VPOS="508" WIDTH="200" HEIGHT="127" WC="0.5" SUBS_TYPE="HypPart1"/>
<HYP CONTENT="&#173;"/>
</TextLine></TextBlock><TextBlock><TextLine><String CONTENT="gadering" SUBS_TYPE="HypPart2"/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"""
HOCR = """<html><head><meta name="ocr-system" content="Leesmachine 4.1"/></head><body>
<div class="ocr_page" title='image "x.png"; bbox 0 0 1240 1754; scan_res 150 150'>
<span class="ocr_line" title="x_size 25">
<span class="ocrx_word" title="bbox 150 300 300 325; x_wconf 90"><strong>Caf&eacute;</strong></span>
<span class='ocrx_word' title='bbox 310 300 400 325'>dicht</span></span></div>
<div class="ocr_page" title="bbox 0 0 1240 1754"></div></body></html>"""


def written(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def test_alto_gives_words_with_boxes_in_points_style_and_confidence(tmp_path):
    (page,) = read_alto(written(tmp_path, "x.xml", ALTO.format(unit="mm10")))
    assert (page.width, page.height) == (pytest.approx(720), pytest.approx(1008))
    assert [word.text for word in page.words] == ["Café", "ver-", "gadering"]
    first, _, last = page.words
    assert first.box == Box(pytest.approx(72), pytest.approx(144), pytest.approx(144), pytest.approx(180))
    assert (first.confidence, first.size, first.weight) == (0.9, 11, 1.4)
    assert (last.box, last.confidence, last.weight) == (None, None, None)
    assert page.reader == "Leesmachine 4.1, from ALTO"


def test_alto_in_pixels_is_fitted_to_the_page_of_the_scan(tmp_path):
    (page,) = read_alto(written(tmp_path, "x.xml", ALTO.format(unit="pixel")))
    assert fit(page, 720, 1008) is None  # a word has no place
    placed = replace(page, words=page.words[:2])
    first = fit(placed, 720, 1008).words[0].box
    assert first == Box(pytest.approx(72), pytest.approx(144), pytest.approx(144), pytest.approx(180))
    assert fit(placed, 1008, 720) is None  # that page lies on its side


def test_hocr_gives_words_with_boxes_in_points_and_confidence(tmp_path):
    first, second = read_hocr(written(tmp_path, "x.hocr", HOCR))
    assert (round(first.width), round(first.height)) == (595, 842)
    assert [word.text for word in first.words] == ["Café", "dicht"]
    assert first.words[0].box == Box(pytest.approx(72), pytest.approx(144), pytest.approx(144), pytest.approx(156))
    assert [(word.confidence, word.weight) for word in first.words] == [(0.9, 1.4), (None, None)]
    assert first.reader == "Leesmachine 4.1, from hOCR"
    assert (second.number, second.words) == (2, ())


def test_markup_that_the_parser_gives_up_on_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path, "x.hocr", HOCR.replace("<body>", "<body><![html>", 1))
    with contextlib.suppress(UnreadableScanError):  # some Pythons read it as a comment
        read_hocr(path)

    def give_up(_self, _text):
        raise AssertionError("unknown status keyword")

    monkeypatch.setattr("html.parser.HTMLParser.feed", give_up)
    with pytest.raises(UnreadableScanError, match="damaged"):
        read_hocr(path)


@pytest.mark.parametrize(
    ("title", "box", "confidence"),
    [
        ("bbox 150 300 300 325; x_wconf .", True, None),
        ("bbox 150 300 300 325; x_wconf 9.9.9", True, None),
        ("bbox 150 300 300 325; x_conf 87.5", True, 0.875),
        ("bbox 150 300 300 325; x_wconf 120", True, 1.0),
        (f"bbox 150 300 300 {'9' * 400}; x_wconf 90", False, 0.9),
        (f"bbox 150 {'9' * 5000} 300 325; x_wconf {'9' * 5000}", False, None),
    ],
)
def test_hocr_with_numbers_that_are_none_is_read_without_them(tmp_path, title, box, confidence):
    page = (
        f"<div class='ocr_page' title='scan_res {'9' * 5000} 150'><span class='ocrx_word' title='{title}'>dicht</span>"
    )
    (read,) = read_hocr(written(tmp_path, "x.hocr", page))
    [word] = read.words
    assert (word.text, word.box is not None, word.confidence) == ("dicht", box, confidence)


@pytest.mark.parametrize("read", [read_alto, read_hocr])
@pytest.mark.parametrize("content", ["", "<xml/>", "<html><body>niets</body></html>", "\0\0\0"])
def test_what_is_neither_is_refused(tmp_path, read, content):
    with pytest.raises(UnreadableScanError):
        read(written(tmp_path, "x.xml", content))


def test_a_file_that_is_cut_off_gives_what_is_left_of_it(tmp_path):
    (page,) = read_alto(written(tmp_path, "x.xml", ALTO.format(unit="mm10").partition('"ver"')[0]))
    assert [word.text for word in page.words] == ["Café"]


def test_entities_of_a_files_own_are_not_expanded(tmp_path):
    bomb = '<!DOCTYPE alto [<!ENTITY a "boem"><!ENTITY b "&a;&a;&a;">]>' + ALTO.format(unit="mm10").replace(
        "ver", "&b;"
    )
    (page,) = read_alto(written(tmp_path, "x.xml", bomb))
    assert "boem" not in "".join(word.text for word in page.words)


def test_a_file_larger_than_allowed_is_refused(tmp_path):
    with pytest.raises(UnreadableScanError, match="larger"):
        read_alto(written(tmp_path, "x.xml", ALTO), limit_bytes=100)


@pytest.mark.parametrize(
    ("name", "scan", "page"),
    [
        ("brug.alto.xml", "brug.pdf", 0),
        ("brug.xml", "brug.pdf", 0),
        ("brug.pdf.hocr", "brug.pdf", 0),
        ("brug.ocr.pdf", "brug.png", 0),
        ("brug-0003.xml", "brug.pdf", 3),
        ("brug_page-3.hocr", "brug.pdf", 3),
        ("brug-oost.xml", "brug.pdf", None),
        ("brug2.xml", "brug.pdf", None),
        ("brug.txt", "brug.pdf", None),
    ],
)
def test_a_file_belongs_to_the_scan_whose_name_it_has(name, scan, page):
    assert page_of(name, scan) == page
    assert share_out([name], [scan, "x.pdf"]) == ({} if page is None else {scan: (name,)})


def test_a_file_called_as_a_scan_is_goes_to_that_one():
    shares = share_out(["brug-1.hocr", "brug-2.hocr", "kade.xml"], ["brug.pdf", "brug-1.png"])
    assert shares == {"brug-1.png": ("brug-1.hocr",), "brug.pdf": ("brug-2.hocr",)}


def test_a_scan_that_gets_another_name_keeps_what_is_beside_it():
    assert under_name("brug-0003.xml", "brug.pdf", "brug-1a2b3c4d.pdf") == "brug-1a2b3c4d-0003.xml"
    assert under_name("brug.pdf.hocr", "brug.pdf", "brug-1a2b3c4d.pdf") == "brug-1a2b3c4d.pdf.hocr"


def test_the_pages_beside_a_scan_are_found_by_their_number(tmp_path):
    files = [
        written(tmp_path, "brug.hocr", HOCR),
        written(tmp_path, "brug-0002.xml", ALTO.format(unit="mm10")),
    ]
    pages = read_beside(files, "brug.pdf")
    assert sorted(pages) == [1, 2]
    assert [word.text for word in pages[1].words] == ["Café", "dicht"]
    assert pages[2].reader.endswith("ALTO")
    assert is_earlier("brug.hocr")
    assert not is_earlier("brug.pdf")


@pytest.fixture
def exported(tmp_path):
    """An export of paperless-ngx 2, as its document_exporter writes it."""
    records = [
        {"model": "documents.correspondent", "pk": 4, "fields": {"name": "Wijkvereniging"}},
        {"model": "documents.documenttype", "pk": 2, "fields": {"name": "Nieuwsbrief"}},
        {"model": "documents.tag", "pk": 7, "fields": {"name": "bewaren"}},
        {"model": "auth.user", "pk": 1, "fields": {"username": "x"}},
        {"model": "documents.document", "pk": 10, "fields": {
            "title": "De Brug maart", "content": "De Brug\nmaart 2019", "created": "2019-03-01T00:00:00Z",
            "correspondent": 4, "document_type": 2, "tags": [7, 99], "mime_type": "application/pdf"},
         "__exported_file_name__": "2019-03-01 De Brug maart.pdf",
         "__exported_archive_name__": "archive/2019-03-01 De Brug maart.pdf"},
        {"model": "documents.document", "pk": 11, "fields": {"title": "", "correspondent": None, "tags": []},
         "__exported_file_name__": "los.png"},
    ]  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(records))
    return tmp_path


def test_an_export_of_paperless_gives_originals_and_what_was_made_of_them(exported):
    assert is_export(exported)
    march, loose = read_export(exported)
    assert march[0] == exported / "2019-03-01 De Brug maart.pdf"
    assert march[1] == exported / "archive" / "2019-03-01 De Brug maart.pdf"
    assert loose == (exported / "los.png", None)


def test_a_split_manifest_is_read_too(exported):
    records = json.loads((exported / "manifest.json").read_text())
    (exported / "manifest.json").write_text(json.dumps(records[:4]))
    (exported / "2019-03-01 De Brug maart-manifest.json").write_text(json.dumps(records[4:5]))
    assert [original.name for original, _ in read_export(exported)] == ["2019-03-01 De Brug maart.pdf"]


def test_an_export_that_names_files_elsewhere_is_refused(exported):
    text = (exported / "manifest.json").read_text().replace("los.png", "../../etc/passwd")
    (exported / "manifest.json").write_text(text)
    with pytest.raises(UnreadableScanError, match="outside the export"):
        read_export(exported)


def test_a_folder_of_scans_is_no_export(tmp_path):
    assert not is_export(tmp_path)
    (tmp_path / "manifest.json").write_text('{"a": 1}')
    assert not is_export(tmp_path)
    assert read_export(tmp_path) == ()


@pytest.mark.parametrize(("ending", "read"), [("xml", read_alto), ("hocr", read_hocr)])
def test_what_tesseract_writes_is_read(ending, read):
    (page,) = read(SAMPLES / f"brug.{ending}")
    assert " ".join(word.text for word in page.words).startswith("De Brug Nieuwsbrief van de wijkvereniging, maart")
    page = fit(page, 1240 * 72 / 150, 1100 * 72 / 150)
    first = page.words[0].box
    assert (first.x0, first.y0) == (pytest.approx(72, abs=4), pytest.approx(96, abs=12))
    assert min(word.confidence for word in page.words) > 0.5
    assert "tesseract" in page.reader.casefold()


def test_both_kinds_say_the_same_of_a_page():
    alto, hocr = read_alto(SAMPLES / "brug.xml")[0], read_hocr(SAMPLES / "brug.hocr")[0]
    assert [word.text for word in alto.words] == [word.text for word in hocr.words]
