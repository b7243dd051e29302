"""A scan leaves with its picture untouched and our words over it; pikepdf asks qpdf, pdftotext and pdfplumber read."""

import io
import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from archive.errors import StorageError
from archive.model.exports import Original, PrintedPage
from tests.export.printed import make_line, make_printed
from tests.export.sections import files_of, make_fields
from tests.factories import make_section

pikepdf = pytest.importorskip("pikepdf")
WIDTH, HEIGHT = 300, 400
TWO_COLUMNS = (
    make_line("links boven staat", x0=30, y0=40),
    make_line("de vergade", x0=30, y0=54, joined=True),
    make_line("ring van maandag", x0=30, y0=68),
    make_line("rechts boven staat", x0=170, y0=40),
    make_line("het feest é ĳ €", x0=170, y0=54),
)
TEXT = "links boven staat de vergade- ring van maandag rechts boven staat het feest é ĳ €"
WORDS = TEXT.split()


def page(*lines, **facts) -> PrintedPage:
    return make_printed(*(lines or TWO_COLUMNS), **({"width": WIDTH, "height": HEIGHT} | facts))


def made(path: Path, *pages: PrintedPage, frames=None, **more) -> bytes:
    """Export one scan."""
    places = {each.id: Original(path, frame) for frame, each in enumerate(pages or (page(),), start=1)}
    places |= frames or {}
    [content] = files_of(
        "pdf", make_fields(make_section()), pages=pages or (page(),), picture=places.get, **more
    ).values()
    return content


def picture(path: Path, mode: str = "L", size=(600, 800), **how) -> Path:
    image = Image.new(mode, size, "white" if mode != "1" else 1)
    ImageDraw.Draw(image).rectangle((100, 100, 300, 500), fill="black" if mode != "1" else 0)
    image.save(path, **how)
    return path


def words_of(content: bytes, number: int = 0) -> list[dict]:
    with pdfplumber.open(io.BytesIO(content)) as document:
        return document.pages[number].extract_words(use_text_flow=True)


def read(content: bytes) -> list[str]:
    return [word["text"] for word in words_of(content)]


def problems(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return document.check_pdf_syntax()


def drawn(path: Path, operations) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    operations(canvas)
    canvas.showPage()
    canvas.save()
    return path


def test_the_words_are_read_back_in_order_at_their_places(tmp_path):
    content = made(picture(tmp_path / "scan.png"))
    assert read(content) == WORDS
    assert problems(content) == []
    found = words_of(content)[0]
    assert [round(found[side]) for side in ("x0", "x1")] == [30, 60]
    assert found["top"] <= 42
    assert found["bottom"] >= 48


def test_pdftotext_reads_them_too(tmp_path):
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "made.pdf").write_bytes(made(picture(tmp_path / "scan.png")))
    for order in ((), ("-raw",)):
        done = subprocess.run([tool, *order, "made.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout.replace("-\n", "").split() == " ".join(WORDS).replace("- ", "").split()
        assert done.stderr == ""


def test_a_jpeg_goes_in_as_it_came(tmp_path):
    path = picture(tmp_path / "scan.jpg", quality=60)
    with pikepdf.open(io.BytesIO(made(path))) as document:
        [image] = document.pages[0].get_images().values()
        assert image.read_raw_bytes() == path.read_bytes()


@pytest.mark.parametrize(("name", "mode"), [("a.png", "RGB"), ("a.tif", "1"), ("b.tif", "L"), ("p.png", "P")])
def test_any_other_picture_keeps_every_dot(tmp_path, name, mode):
    path = picture(tmp_path / name, mode)
    with pikepdf.open(io.BytesIO(made(path))) as document:
        [image] = document.pages[0].get_images().values()
        shown = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    with Image.open(path) as given:
        assert shown.tobytes() == given.convert("RGB").tobytes()


def test_a_page_image_has_the_size_that_it_was_read_at(tmp_path):
    with pdfplumber.open(io.BytesIO(made(picture(tmp_path / "scan.png", dpi=(72, 72))))) as document:
        one = document.pages[0]
        assert (one.width, one.height) == (WIDTH, HEIGHT)
        assert [round(one.images[0][side]) for side in ("x0", "x1", "top", "bottom")] == [0, WIDTH, 0, HEIGHT]


def test_a_folder_of_images_and_a_tiff_of_many_pages_are_one_document(tmp_path):
    first = picture(tmp_path / "1.png")
    many = tmp_path / "2.tif"
    frames = [Image.new("L", (600, 800), tone) for tone in (50, 100)]
    frames[0].save(many, save_all=True, append_images=frames[1:])
    pages = [page(make_line(f"blad {number}"), number=number) for number in (1, 2, 3)]
    places = dict(
        zip([each.id for each in pages], [Original(first, 1), Original(many, 1), Original(many, 2)], strict=True)
    )
    content = made(first, *pages, frames=places)
    assert [[word["text"] for word in words_of(content, number)] for number in range(3)] == [
        ["blad", "1"],
        ["blad", "2"],
        ["blad", "3"],
    ]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_was_scanned_lying_down_is_turned_upright(tmp_path, turned):
    upright = Image.open(picture(tmp_path / "upright.png"))
    ways = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    upright.transpose(ways[turned]).save(tmp_path / "lying.png")
    content = made(tmp_path / "lying.png", page(turned=turned))
    assert read(content) == WORDS
    with pdfplumber.open(io.BytesIO(content)) as document:
        assert (document.pages[0].width, document.pages[0].height) == (WIDTH, HEIGHT)
        assert document.pages[0].to_image(resolution=72).original.convert("L").getpixel((100, 150)) < 50
    assert round(words_of(content)[0]["x0"]) == 30


def test_words_follow_the_tilt_of_the_page(tmp_path):
    found = words_of(made(picture(tmp_path / "scan.png"), page(make_line("woord", x0=240, y0=195), skew=2.0)))
    assert (
        188 < found[0]["top"] < 196
    )  # to the right of the middle, an untilted page's words stand higher on a tilted one


def test_old_hidden_text_makes_way(tmp_path):
    image = picture(tmp_path / "scan.png")

    def scan_with_layers(canvas: Canvas) -> None:
        canvas.drawString(30, 300, "onder het beeld")
        canvas.drawImage(str(image), 0, 0, WIDTH, HEIGHT)
        text = canvas.beginText(30, 200)
        text.setTextRenderMode(3)
        text.textOut("zonder inkt")
        canvas.drawText(text)

    content = made(drawn(tmp_path / "scan.pdf", scan_with_layers))
    assert read(content) == WORDS
    assert problems(content) == []


@pytest.mark.parametrize(
    ("source", "words"), [("text_layer", ["zichtbare", "tekst"]), ("ocr", ["zichtbare", "tekst", *WORDS])]
)
def test_text_that_can_be_seen_stays_and_is_not_said_twice(tmp_path, source, words):
    path = drawn(tmp_path / "scan.pdf", lambda canvas: canvas.drawString(30, 30, "zichtbare tekst"))
    assert read(made(path, page(text_source=source))) == words


def test_a_crooked_page_box_does_not_move_the_words(tmp_path):
    drawn(tmp_path / "scan.pdf", lambda canvas: canvas.rect(60, 60, 100, 100))
    with pikepdf.open(tmp_path / "scan.pdf", allow_overwriting_input=True) as document:
        document.pages[0].obj.CropBox = [50, 100, 250, 350]
        document.pages[0].obj.Rotate = 90
        document.save()
    content = made(tmp_path / "scan.pdf", page(make_line("woord", x0=30, y0=40), width=250, height=200))
    [word] = words_of(content)
    # pdfplumber counts from the corner of the whole sheet: what was cut off is 100 points wide and 50 high.
    assert round(word["x0"]) == 130
    assert round(word["bottom"]) in range(98, 103)


def test_the_same_scan_gives_the_same_bytes(tmp_path):
    path = picture(tmp_path / "scan.jpg")
    assert made(path) == made(path)


def test_a_scan_that_is_gone_is_told_and_the_rest_goes_on(tmp_path):
    def gone(_: str) -> Original:
        raise StorageError("raw/kerngroep.pdf", "the scan is not there any more", "Put it back.")

    told = []
    assert files_of("pdf", make_fields(make_section()), pages=(page(),), picture=gone, skip=told.append) == {}
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    broken = {page().id: Original(tmp_path / "scan.pdf", 1)}.get
    assert files_of("pdf", make_fields(make_section()), pages=(page(),), picture=broken, skip=told.append) == {}
    assert [(fault.path, fault.code) for fault in told] == [
        ("raw/kerngroep.pdf", "storage"),
        ("raw/kerngroep.pdf", "unreadable_scan"),
    ]


def test_a_photo_that_says_it_lies_on_its_side_is_read_as_it_is_seen(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to see it
    path = picture(tmp_path / "scan.jpg", size=(800, 600), exif=exif)
    content = made(path)
    assert read(content) == WORDS
    with pdfplumber.open(io.BytesIO(content)) as document:
        assert (document.pages[0].width, document.pages[0].height) == (WIDTH, HEIGHT)
    assert round(words_of(content)[0]["x0"]) == 30


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_a_picture_that_lets_paper_through_keeps_its_dots(tmp_path, mode):
    assert read(made(picture(tmp_path / "scan.png", mode))) == WORDS


def test_a_locked_scan_is_opened_with_its_password(tmp_path):
    path = drawn(tmp_path / "open.pdf", lambda canvas: canvas.rect(60, 60, 100, 100))
    with pikepdf.open(path) as document:
        document.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="eigenaar", user="lezer"))
    locked = {page().id: Original(tmp_path / "locked.pdf", 1, "lezer")}
    assert read(made(path, frames=locked)) == WORDS


def test_a_page_that_the_archive_does_not_hold_never_leaves(tmp_path):
    drawn(
        tmp_path / "scan.pdf",
        lambda canvas: (canvas.rect(60, 60, 100, 100), canvas.showPage(), canvas.rect(1, 1, 9, 9)),
    )
    told = []
    places = {page().id: Original(tmp_path / "scan.pdf", 1)}.get
    assert files_of("pdf", make_fields(make_section()), pages=(page(),), picture=places, skip=told.append) == {}
    assert "does not" in told[0].message


def test_it_says_which_issue_it_is_and_keeps_what_the_scan_says_of_itself(tmp_path):
    scan = tmp_path / "scan.pdf"
    canvas = Canvas(str(scan), pagesize=(WIDTH, HEIGHT))
    canvas.setTitle("Microsoft Word - concept3.doc")
    canvas.setAuthor("Voornaam Achternaam")
    canvas.showPage()
    canvas.save()
    for path in (scan, picture(tmp_path / "scan.png")):
        with pikepdf.open(io.BytesIO(made(path))) as document:
            assert str(document.docinfo.Title) == "Kerngroep Oost, 2022-06-15"
            assert str(document.Root.Lang) == "nl"
            metadata = document.open_metadata()
            assert metadata["dc:title"] == "Kerngroep Oost, 2022-06-15"
            assert "nl" in metadata["dc:language"]
            assert "2022-06-15" in metadata["dc:date"]
            if path == scan:
                assert str(document.docinfo.Author) == "Voornaam Achternaam"
