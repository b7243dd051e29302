"""Tests for how a page of any source becomes a Page."""

import gzip
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive.errors import MissingPartError, StorageError, UnreadableScanError
from archive.model.pages import BlockRole, Box, PageStatus, Scan, TextSource, Word
from archive.reading import page as pages
from archive.reading.calibration import calibrate
from archive.reading.images import ink
from archive.reading.ocr import ENGINES
from archive.reading.page import (
    Folders,
    ReadingSettings,
    View,
    is_cached,
    open_scan,
    read_metadata,
    read_page,
    render_page,
)
from archive.reading.scans import list_scans
from tests.reading.made_engine import GOOD, MadeEngine, words
from tests.reading.made_pdfs import PASSWORD, Pasted, Print, lines_of, make_encrypted_pdf, make_pdf

HOW = ReadingSettings(key="k1")


@pytest.fixture(autouse=True)
def engine(monkeypatch) -> type[MadeEngine]:
    monkeypatch.setitem(ENGINES, "tesseract", "tests.reading.made_engine:MadeEngine")
    monkeypatch.setattr(MadeEngine, "texts", [words(GOOD)])
    monkeypatch.setattr(MadeEngine, "turn", (0, 0.0))
    monkeypatch.setattr(MadeEngine, "asked", [])
    return MadeEngine


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path


def scan_image(path: Path, *, text: str = GOOD, dpi: int = 200, stated: int = 0) -> None:
    """Draw a page with some print on it; the file states the resolution, or another one than is true."""
    image, scale = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 245), dpi / 72
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(round(10 * scale))
    for each in words(text):  # where the made engine sees them
        draw.text((each.box.x0 * scale, (each.box.y0 - 1) * scale), each.text, fill=20, font=font)
    stated = stated or dpi
    image.save(path, dpi=(stated, stated), **({"resolution": stated} if path.suffix == ".pdf" else {}))


def opened(root: Path, how: ReadingSettings = HOW) -> Scan:
    (found,), faults = list_scans(root, root / "raw")
    assert faults == ()
    return open_scan(root, found, how)


def read(root: Path, number: int = 1, how: ReadingSettings = HOW):
    return read_page(Folders(root, root / "pages"), opened(root, how), number, how)


def text_of(page) -> str:
    return " ".join(block.text for block in page.blocks).replace("\n", " ")


def test_a_born_digital_page_is_its_text_layer_and_no_engine_is_asked(root, engine):
    make_pdf(root / "raw" / "a.pdf", [lines_of(GOOD)])
    page = read(root)
    assert (page.text_source, page.status, page.language, page.confidence) == (TextSource.TEXT_LAYER, "ok", "nl", None)
    assert text_of(page) == GOOD
    assert engine.asked == []


def test_a_scanned_page_is_read_by_the_engine_with_its_version_named(root, engine):
    scan_image(root / "raw" / "a.pdf")
    page = read(root)
    assert (page.text_source, page.reader) == (TextSource.OCR, "made 1.0 nl+en 200dpi")
    assert page.confidence == pytest.approx(calibrate(0.95), abs=0.001)
    assert (page.width, page.height) == pytest.approx((595, 842), abs=2)
    assert len(engine.asked) == 1


def first_word(page) -> Word:
    return page.blocks[0].lines[0].words[0]


def test_a_pdf_that_makes_a_point_of_each_dot_is_read_at_the_size_of_its_paper(root, engine):
    scan_image(root / "raw" / "a.pdf", dpi=200, stated=72)
    page = read(root)
    assert (page.status, page.reader) == (PageStatus.OK, "made 1.0 nl+en 200dpi")
    assert engine.asked[0].dpi == pytest.approx(200, abs=0.5)
    assert (page.width, page.height) == (1654, 2338)
    seen, word, scale = engine.texts[0][0], first_word(page), 200 / 72
    assert word.size == pytest.approx(seen.size * scale, abs=0.1)
    assert (word.box.x0, word.box.y1) == pytest.approx((seen.box.x0 * scale, seen.box.y1 * scale), abs=0.5)


def test_such_a_page_is_arranged_anew_with_the_same_boxes(root, monkeypatch):
    scan_image(root / "raw" / "a.pdf", dpi=200, stated=72)
    before = read(root)
    monkeypatch.setattr(pages, "LAYOUT_VERSION", pages.LAYOUT_VERSION + 1)
    after = read(root)
    assert (after.width, first_word(after).box) == (before.width, first_word(before).box)


def test_the_text_layer_of_such_a_page_keeps_its_boxes(root, engine):
    engine.texts[:] = [words("wxq vvk zzt qrx", confidence=0.3)]
    image = Image.new("L", (1654, 2339), 255)
    ImageDraw.Draw(image).rectangle((300, 300, 900, 800), fill=0)
    layer = [replace(each, x=140, y=each.y * 2.7, size=30, hidden=True) for each in lines_of(GOOD)]
    make_pdf(root / "raw" / "a.pdf", [layer], media="0 0 1654 2339", pasted=Pasted(image, 0, 0, 1654, 2339))
    page = read(root)
    assert (page.text_source, page.width, page.height) == (TextSource.TEXT_LAYER, 1654, 2339)
    assert first_word(page).box.x0 == pytest.approx(140, abs=1)
    assert first_word(page).size == pytest.approx(30, abs=0.1)
    kept = pages.kept_readings(Folders(root, root / "pages"), opened(root), 1, HOW)
    assert [each.width for each in kept] == pytest.approx([595, 595], abs=1)  # both are arranged at the paper's size


def test_a_coarse_picture_in_a_pdf_is_enlarged_before_it_is_read(root, engine):
    scan_image(root / "raw" / "a.pdf", dpi=80)
    page = read(root)
    assert (page.status, engine.asked[0].dpi) == (PageStatus.OK, 300)
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)


def test_a_garbled_layer_without_an_image_is_read_anew(root):
    garbled = " ".join("".join(chr((ord(sign) - 29) % 60 + 60) for sign in word) for word in GOOD.split())
    make_pdf(root / "raw" / "a.pdf", [lines_of(garbled.replace("\\", ""))])
    page = read(root)
    assert [each.source for each in page.candidates] == [TextSource.OCR, TextSource.TEXT_LAYER]
    assert page.text_source is TextSource.OCR


CLIPPING = Box(60, 380, 520, 560)


def paste_print(path: Path, *, print_it: bool = True, text: str = GOOD, over: Sequence[Print] = ()) -> None:
    """Make a born-digital page into which a clipping, or a picture of circles, was pasted."""
    image = Image.new("L", (1916, 750), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(44)
    for number in range(11):
        if print_it:
            draw.text((20, 10 + 66 * number), f"{GOOD[number:]} {GOOD}"[:82], fill=0, font=font)
        else:
            draw.ellipse((170 * number, 60 * number, 170 * number + 400, 60 * number + 200), fill=0)
    where = Pasted(image, CLIPPING.x0, 842 - CLIPPING.y1, 460, 180)
    make_pdf(path, [[*lines_of(text), *over]], pasted=where)


def test_a_clipping_in_a_born_digital_page_is_read_and_joined_with_its_text_layer(root, engine):
    engine.texts[:] = [words("Uit de krant: de brug over het water gaat na vele jaren in mei eindelijk weer open")]
    paste_print(root / "raw" / "a.pdf")
    page = read(root)
    assert page.text_source is TextSource.MIXED
    assert text_of(page).startswith(GOOD)
    assert "brug over het water" in text_of(page)
    assert [each.source for each in page.candidates] == [TextSource.MIXED, TextSource.TEXT_LAYER]
    assert "17 words more were read in its pictures" in page.candidates[0].reason
    (brug,) = [word for block in page.blocks for line in block.lines for word in line.words if word.text == "brug"]
    assert CLIPPING.y0 < brug.box.y0 < CLIPPING.y1


def test_without_an_engine_a_clipping_leaves_the_text_layer_as_it_is(root, engine, monkeypatch):
    def missing(*_):
        raise MissingPartError(None, "Tesseract is not installed")

    monkeypatch.setattr(engine, "read", missing)
    paste_print(root / "raw" / "a.pdf")
    page = read(root)
    assert (page.text_source, text_of(page)) == (TextSource.TEXT_LAYER, GOOD)


def test_a_picture_without_lines_of_print_is_not_shown_to_the_engine(root, engine):
    paste_print(root / "raw" / "a.pdf", print_it=False)
    assert read(root).text_source is TextSource.TEXT_LAYER
    assert engine.asked == []


def test_what_the_engine_makes_of_a_logo_is_not_taken_for_text(root, engine):
    engine.texts[:] = [words("Xq vvk zzt wq lrm pqw brt zxc mnb qwp lkj hgf dsq wxc")]
    paste_print(root / "raw" / "a.pdf")
    assert text_of(read(root)) == GOOD


def test_a_layer_that_is_mostly_invisible_is_not_the_page_itself(root, engine):
    hidden = [replace(line, hidden=True) for line in lines_of(GOOD.replace("bewoners", "bewouers"))]
    make_pdf(root / "raw" / "a.pdf", [[*hidden, Print("Koffie", y=300, size=60)]])
    assert {each.source for each in read(root).candidates} == {TextSource.OCR, TextSource.TEXT_LAYER}
    assert len(engine.asked) == 1


def test_a_page_that_was_read_is_not_read_again(root, engine):
    scan_image(root / "raw" / "a.pdf")
    scan = opened(root)
    assert not is_cached(scan, 1, HOW, root / "pages")
    first = read(root)
    assert is_cached(scan, 1, HOW, root / "pages")
    assert read(root) == first
    assert len(engine.asked) == 1


def test_other_settings_read_the_page_again(root, engine):
    scan_image(root / "raw" / "a.pdf")
    read(root)
    read(root, how=replace(HOW, key="k2"))
    assert len(engine.asked) == 2


def test_a_new_layout_needs_no_engine(root, engine, monkeypatch):
    scan_image(root / "raw" / "a.pdf")
    before = read(root)
    monkeypatch.setattr(pages, "LAYOUT_VERSION", pages.LAYOUT_VERSION + 1)
    monkeypatch.setattr("archive.reading.page.anew.arrange", lambda found, **_: ())  # noqa: ARG005 - a layout that lost its way
    after = read(root)
    assert (before.status, after.status) == (PageStatus.OK, PageStatus.LOW)
    assert after.candidates == before.candidates
    assert len(engine.asked) == 1


def test_a_page_says_how_much_of_its_print_was_not_read_and_where(root, engine):
    engine.texts[:] = [words(GOOD)[:8]]
    scan_image(root / "raw" / "a.png", text=f"{GOOD} " * 6)
    page = read(root)
    assert (page.status, page.unread) == (PageStatus.LOW, pytest.approx(0.93, abs=0.04))
    assert page.reason == f"{page.unread:.0%} of what seems printed on it was not read"
    (box,) = page.unread_boxes
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((50, 100, 500, 240), abs=30)


def test_a_page_that_is_half_black_is_not_read_well_however_sure_the_engine_is(root):
    scan_image(root / "raw" / "a.png", text=f"{GOOD} " * 6)
    image = Image.open(root / "raw" / "a.png")
    image.paste(5, (0, image.height // 2, image.width, image.height))
    image.save(root / "raw" / "a.png", dpi=(200, 200))
    page = read(root)
    assert page.status is PageStatus.LOW
    assert page.unread > 0.5


def test_print_that_was_missed_is_looked_for_without_columns_and_joined_with_what_was_seen(root, engine, monkeypatch):
    seen = words(f"{GOOD} " * 6)
    engine.texts[:] = [seen[:60]]
    sparse = (*words("xx", confidence=0.1), *seen[40:])
    monkeypatch.setattr(engine, "read_sparse", lambda _self, _image, _languages: sparse, raising=False)
    scan_image(root / "raw" / "a.png", text=f"{GOOD} " * 6)
    page = read(root)
    assert (page.status, page.unread) == (PageStatus.OK, pytest.approx(0, abs=0.02))
    assert text_of(page) == " ".join([GOOD] * 6)


def test_a_page_that_was_kept_before_its_print_was_measured_needs_no_engine(root, engine):
    scan_image(root / "raw" / "a.png")
    read(root)
    (path,) = (root / "pages").rglob("*.gz")
    kept = json.loads(gzip.decompress(path.read_bytes()))
    for name in ("unread", "unread_boxes"):
        del kept["page"][name]
    for name in ("ink", "dark"):
        del kept["readings"][0][name]
    for layout in (kept["layout"], 0):  # as it is kept, and arranged anew
        path.write_bytes(gzip.compress(json.dumps(kept | {"layout": layout}).encode()))
        page = read(root)
        assert (page.status, page.unread, page.unread_boxes) == (PageStatus.OK, None, ())
    assert len(engine.asked) == 1


def test_print_in_a_picture_under_a_few_words_of_the_layer_is_read_too(root, engine):
    engine.texts[:] = [words("Uit de krant: de brug over het water gaat na vele jaren in mei eindelijk weer open")]
    over = [
        Print(each, y=400, x=70 + 30 * n, size=6)
        for n, each in enumerate(["op", "dit", "beeld", "staan", "negen", "korte", "woorden", "er", "bij"])
    ]
    paste_print(root / "raw" / "a.pdf", over=over)
    assert "brug over het water" in text_of(read(root))


def test_a_damaged_cache_file_is_read_again(root, engine):
    scan_image(root / "raw" / "a.pdf")
    read(root)
    next((root / "pages").rglob("*.gz")).write_bytes(b"x")
    assert text_of(read(root)) == GOOD
    assert len(engine.asked) == 2


def test_the_same_image_in_another_folder_is_known(root, engine):
    for name in ("een", "twee"):
        (root / "raw" / name).mkdir()
    scan_image(root / "raw" / "een" / "1.png")
    scan_image(root / "raw" / "een" / "2.png", text="Iets anders")
    shutil.copy(root / "raw" / "een" / "1.png", root / "raw" / "twee" / "7.png")
    first, second = (open_scan(root, found, HOW) for found in list_scans(root, root / "raw")[0])
    assert (first.page_count, second.page_count) == (2, 1)
    read_page(Folders(root, root / "pages"), first, 1, HOW)
    assert read_page(Folders(root, root / "pages"), second, 1, HOW).number == 1
    assert is_cached(second, 1, HOW, root / "pages")
    assert len(engine.asked) == 1


def test_the_words_of_a_page_are_calibrated_and_the_engine_s_own_confidence_is_kept(root):
    scan_image(root / "raw" / "a.pdf")
    word = read(root).blocks[0].lines[0].words[0]
    (kept,) = pages.kept_readings(Folders(root, root / "pages"), opened(root), 1, HOW)
    assert (word.confidence, kept.words[0].confidence) == (pytest.approx(calibrate(0.95), abs=0.001), 0.95)


def test_a_page_on_which_the_engine_is_unsure_is_low(root, engine):
    scan_image(root / "raw" / "a.png")
    engine.texts[:] = [words(GOOD, confidence=0.4)]
    page = read(root, how=replace(HOW, low_confidence=0.75))
    assert (page.status, page.reason) == (PageStatus.LOW, "about 1 word in 3 is misread")


def test_a_page_that_reads_badly_is_looked_at_the_other_way_up_and_the_better_look_is_kept(root, engine):
    scan_image(root / "raw" / "a.png")
    engine.texts[:] = [words("uǝɹǝʍ xxq wrt plk jdsf", confidence=0.3), words(GOOD)]
    engine.turn = (180, 8.0)
    page = read(root)
    assert (page.turned, text_of(page)) == (180, GOOD)
    assert len(engine.asked) == 2


def test_a_page_that_reads_very_badly_is_turned_round_though_the_engine_says_that_it_lies_right(root, engine):
    scan_image(root / "raw" / "a.png")
    engine.texts[:] = [words("xq vvk zzt wq", confidence=0.4), words(GOOD)]
    engine.turn = (0, 9.0)
    assert read(root).turned == 180


def test_a_page_that_reads_badly_is_looked_at_as_a_faint_one_and_the_better_look_is_kept(root, engine):
    scan_image(root / "raw" / "a.png")
    engine.texts[:] = [words("wijkrvad nqdigt allc bewonxrs uit", confidence=0.6), words(GOOD)]
    engine.turn = (0, 9.0)
    assert text_of(read(root)) == GOOD
    assert [image.local_thresholds for image in engine.asked] == [False, True]


def test_a_page_whose_ink_and_paper_overlap_is_looked_at_by_both_kinds_of_thresholds(root, engine, monkeypatch):
    scan_image(root / "raw" / "a.png")
    monkeypatch.setattr("archive.reading.page.looks.is_faint", lambda _: True)
    engine.texts[:] = [words("wijkrvad nqdigt allc bewoners uit voor"), words(GOOD)]
    engine.turn = (0, 9.0)
    assert text_of(read(root)) == GOOD
    assert [image.local_thresholds for image in engine.asked] == [True, False]


def test_an_underlined_line_is_shown_to_the_engine_without_its_rule_and_is_a_heading(root, engine, monkeypatch):
    scan_image(root / "raw" / "a.png", text=GOOD * 4)
    image = Image.open(root / "raw" / "a.png")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(40)
    draw.text((200, 700), "De kosterswoning in mei", fill=20, font=font)
    draw.line((200, 746, 640, 746), fill=20, width=4)
    image.save(root / "raw" / "a.png", dpi=(200, 200))
    shown = []
    answer = engine.read

    def look(self, page, languages):
        shown.append(np.asarray(Image.open(page.path))[740:753, 200:640])
        return answer(self, page, languages)

    monkeypatch.setattr(engine, "read", look)
    upright = ink.Turn(0, unsure_side=False, unsure_way=False, ink=0.1)
    monkeypatch.setattr(ink, "guess_turn", lambda _: upright)  # a page of print so even does not tell
    heading = [Word(text, Box(x0, 256, x1, 266), 0.9, 10.0) for x0, x1, text in ((72, 86, "De"), (92, 230, "mei"))]
    below = [replace(word, box=replace(word.box, y0=word.box.y0 + 200, y1=word.box.y1 + 200)) for word in words(GOOD)]
    engine.texts[:] = [(*heading, *below)]
    first = read(root).blocks[0]
    assert (first.role, first.reason) == (BlockRole.HEADING, "underlined")
    assert (shown[0] < 128).mean() < 0.02


def test_a_blank_page_is_empty_and_not_shown_to_the_engine(root, engine):
    Image.new("L", (1654, 2339), 250).save(root / "raw" / "a.png", dpi=(200, 200))
    page = read(root)
    assert (page.status, page.reason, page.blocks) == (PageStatus.EMPTY, "blank page", ())
    assert engine.asked == []


def test_a_dump_gives_its_pages_without_boxes(root, engine):
    (root / "raw" / "a.txt").write_text(
        "Kop\n\nDe eerste bladzijde van het blad.\fDe tweede is van ons.\f", encoding="utf-8"
    )
    scan = opened(root)
    page = read(root, 2)
    assert (scan.page_count, page.text_source, page.width) == (2, TextSource.TEXT_FILE, None)
    assert text_of(page) == "De tweede is van ons."
    assert engine.asked == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"", "is empty"),
        (
            "a.pdf",
            b"\xff\xd8\xff\xe0 and so on",
            "is called .pdf but is a JPEG image. Rename it so that its name ends in .jpg",
        ),
        ("a.png", b"%PDF-1.4 and so on", "is called .png but is a PDF"),
        ("a.pdf", b"a letter to the editor", "is not a PDF"),
        ("a.jpg", b"GIF89a", "is not a PNG, JPEG or TIFF image"),
        ("a.png", b"\x89PNG\r\n\x1a\n cut", "is a damaged image"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n", "is cut off"),
    ],
)
def test_bad_files_are_refused_in_plain_words(root, name, content, message):
    (root / "raw" / name).write_bytes(content)
    with pytest.raises(UnreadableScanError, match=message):
        opened(root)


def test_a_file_that_is_no_image_in_a_folder_of_page_images_is_named(root):
    (root / "raw" / "een").mkdir()
    scan_image(root / "raw" / "een" / "p1.png")
    (root / "raw" / "een" / "p2.png").write_bytes(b"kapot")
    with pytest.raises(UnreadableScanError, match=r"p2\.png is not a PNG.* Copy it anew.* move it out of the folder"):
        opened(root)


def test_an_image_that_is_cut_off_in_a_folder_of_page_images_is_named(root):
    (root / "raw" / "een").mkdir()
    scan_image(root / "raw" / "een" / "p1.png")
    whole = (root / "raw" / "een" / "p1.png").read_bytes()
    (root / "raw" / "een" / "p2.png").write_bytes(whole[: len(whole) // 2])
    assert read(root, 1).status is PageStatus.OK
    with pytest.raises(UnreadableScanError) as refused:
        read(root, 2)
    assert refused.value.message == "p2.png: is cut off or damaged"


def test_an_encrypted_pdf_opens_with_the_password_of_the_settings(root):
    make_encrypted_pdf(root / "raw" / "a.pdf")
    with pytest.raises(UnreadableScanError, match="is encrypted"):
        opened(root)
    assert opened(root, replace(HOW, password=PASSWORD)).page_count == 1


def test_the_password_is_not_shown(root):
    del root
    assert PASSWORD not in repr(ReadingSettings(password=PASSWORD))


def test_one_page_too_large_leaves_the_others(root):
    make_pdf(root / "raw" / "a.pdf", [[Print("x")]], media="0 0 100000 100000")
    assert opened(root).page_count == 1
    with pytest.raises(UnreadableScanError, match="too large to read"):
        read(root)


def test_a_scan_that_went_away_while_it_was_read_is_a_storage_error(root):
    make_pdf(root / "raw" / "a.pdf", [lines_of(GOOD)])
    scan = opened(root)
    (root / "raw" / "a.pdf").unlink()
    with pytest.raises(StorageError, match="cannot be read"):
        read_page(Folders(root, root / "pages"), scan, 1, HOW)


def test_a_page_is_drawn_upright_for_a_reader(root):
    scan_image(root / "raw" / "a.png")
    render_page(root, opened(root), View(1, dpi=100, turned=90), HOW, root / "out.png")
    with Image.open(root / "out.png") as drawn:
        assert drawn.size == pytest.approx((1169, 827), abs=2)


def test_a_dump_has_no_picture(root):
    (root / "raw" / "a.txt").write_text("tekst", encoding="utf-8")
    with pytest.raises(UnreadableScanError, match="no picture"):
        render_page(root, opened(root), View(1), HOW, root / "out.png")


def test_metadata_is_for_pdf_only(root):
    scan_image(root / "raw" / "a.png")
    assert read_metadata(root, opened(root), HOW) == {}
