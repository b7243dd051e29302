"""Files of earlier OCR: small ones written here, and real ones by Tesseract."""

import json
import subprocess
from pathlib import Path

import pytest

from archive.errors import UnreadableScanError
from archive.model.pages import Box
from archive.reading.earlier import fit, mean_confidence
from archive.reading.earlier.alto import read_alto
from archive.reading.earlier.beside import belongs_to, is_earlier, read_beside
from archive.reading.earlier.hocr import read_hocr
from archive.reading.earlier.paperless import is_export, read_export

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
    assert page.is_to_scale


def test_alto_in_pixels_is_fitted_to_the_page_of_the_scan(tmp_path):
    (page,) = read_alto(written(tmp_path, "x.xml", ALTO.format(unit="pixel")))
    assert not page.is_to_scale
    fitted = fit(page, 720, 1008)
    assert fitted.is_to_scale
    assert fitted.words[0].box == Box(pytest.approx(72), pytest.approx(144), pytest.approx(144), pytest.approx(180))
    assert fit(page, 1008, 720) == page  # that page lies on its side


def test_hocr_gives_words_with_boxes_in_points_and_confidence(tmp_path):
    first, second = read_hocr(written(tmp_path, "x.hocr", HOCR))
    assert (round(first.width), round(first.height), first.is_to_scale) == (595, 842, True)
    assert [word.text for word in first.words] == ["Café", "dicht"]
    assert first.words[0].box == Box(pytest.approx(72), pytest.approx(144), pytest.approx(144), pytest.approx(156))
    assert [(word.confidence, word.weight) for word in first.words] == [(0.9, 1.4), (None, None)]
    assert first.words[0].size == pytest.approx(12)
    assert first.reader == "Leesmachine 4.1, from hOCR"
    assert mean_confidence(first.words) == 0.9
    assert (second.number, second.words) == (2, ())


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
    ("name", "scan", "belongs"),
    [
        ("brug.alto.xml", "brug.pdf", True),
        ("brug.xml", "brug.pdf", True),
        ("brug.pdf.hocr", "brug.pdf", True),
        ("brug-0003.xml", "brug.pdf", True),
        ("brug_page-3.hocr", "brug.pdf", True),
        ("brug-oost.xml", "brug.pdf", False),
        ("brug2.xml", "brug.pdf", False),
        ("brug.txt", "brug.pdf", False),
    ],
)
def test_a_file_belongs_to_the_scan_whose_name_it_has(name, scan, belongs):
    assert belongs_to(name, scan) is belongs


def test_the_pages_beside_a_scan_are_found_by_their_number(tmp_path):
    written(tmp_path, "brug.hocr", HOCR)
    written(tmp_path, "brug-0002.xml", ALTO.format(unit="mm10"))
    written(tmp_path, "other.hocr", HOCR)
    written(tmp_path, "brug-0001.hocr", HOCR.replace("dicht", "open"))
    written(tmp_path, "brug-0001.png", "another scan")
    pages = read_beside(tmp_path / "brug.pdf")
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


def test_an_export_of_paperless_gives_originals_text_sources_and_facts(exported):
    assert is_export(exported)
    march, loose = read_export(exported)
    assert march.original == exported / "2019-03-01 De Brug maart.pdf"
    assert march.with_layer == exported / "archive" / "2019-03-01 De Brug maart.pdf"
    assert march.metadata == {"title": "De Brug maart", "created": "2019-03-01", "author": "Wijkvereniging"}
    assert (march.kind, march.tags, march.text) == ("Nieuwsbrief", ("bewaren",), "De Brug\nmaart 2019")
    assert (loose.with_layer, loose.metadata) == (None, {})


def test_a_split_manifest_is_read_too(exported):
    records = json.loads((exported / "manifest.json").read_text())
    (exported / "manifest.json").write_text(json.dumps(records[:4]))
    (exported / "2019-03-01 De Brug maart-manifest.json").write_text(json.dumps(records[4:5]))
    assert [scan.correspondent for scan in read_export(exported)] == ["Wijkvereniging"]


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


@pytest.fixture(scope="module")
def by_tesseract(tmp_path_factory):
    """A page as printed, and what Tesseract itself made of it as ALTO and as hOCR."""
    from PIL import Image, ImageDraw, ImageFont

    work = tmp_path_factory.mktemp("earlier")
    image = Image.new("L", (1240, 800), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(36)
    for at, line in enumerate(("De bibliotheek is dicht", "Boeken inleveren kan op maandag")):
        pen.text((150, 200 + 80 * at), line, fill=0, font=font)
    image.save(work / "brug.png", dpi=(150, 150))
    line = ["tesseract", str(work / "brug.png"), str(work / "brug"), "-l", "nld", "alto", "hocr"]
    subprocess.run(
        line, check=True, capture_output=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/usr/local/bin"}
    )
    return work


@pytest.mark.ocr
@pytest.mark.parametrize(("ending", "read"), [("xml", read_alto), ("hocr", read_hocr)])
def test_what_tesseract_writes_is_read(by_tesseract, ending, read):
    (page,) = read(by_tesseract / f"brug.{ending}")
    assert " ".join(word.text for word in page.words).startswith("De bibliotheek is dicht Boeken inleveren kan op")
    page = fit(page, 1240 * 72 / 150, 800 * 72 / 150)
    first = page.words[0].box
    assert (first.x0, first.y0) == (pytest.approx(72, abs=4), pytest.approx(102, abs=8))
    assert mean_confidence(page.words) > 0.8
    assert "tesseract" in page.reader.casefold()


@pytest.mark.ocr
def test_both_kinds_say_the_same_of_a_page(by_tesseract):
    alto, hocr = read_alto(by_tesseract / "brug.xml")[0], read_hocr(by_tesseract / "brug.hocr")[0]
    assert [word.text for word in alto.words] == [word.text for word in hocr.words]
    assert read_beside(by_tesseract / "brug.png")[1].words
