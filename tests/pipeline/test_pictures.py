"""What does a page look like? Through the command that draws it."""

import sqlite3
from contextlib import closing

import pytest
from PIL import Image

from archive.catalog.store import open_catalog
from archive.errors import ExitCode
from archive.reading.scans import hash_file
from archive.register import Register
from tests.conftest import put_scan
from tests.factories import make_issue, make_section

ISSUE = "kerngroep-oost-2022-06-15-a"


@pytest.fixture
def scanned(archive_of):
    """An archive with one scan, a lying page with a black corner at its top right."""
    settings = archive_of(index=False)
    scan = settings.raw_dir / "oost.png"
    picture = Image.new("L", (600, 400), 255)
    picture.paste(0, (500, 0, 600, 100))
    picture.save(scan, dpi=(100, 100))
    parsed = make_issue([make_section("events", "Open dag.")], scan=hash_file(scan))
    with open_catalog(settings.catalog_path, write=True) as catalog:
        put_scan(catalog, Register.load(settings.ids_path), (parsed,), file="raw/oost.png")
    return settings


@pytest.mark.parametrize("given", [f"{ISSUE}-p0001", f"{ISSUE}-s0001", ISSUE])
def test_a_page_a_section_and_an_issue_have_a_picture(run, scanned, given):
    drawn = run("show", given, "--image", "page.png")
    assert drawn.exit_code == ExitCode.OK
    assert f"page.png: {ISSUE}-p0001." in drawn.stderr
    with Image.open(scanned.root / "page.png") as picture:
        assert picture.size == (600, 400)
        grey = picture.convert("L")
    assert (grey.getpixel((550, 50)), grey.getpixel((50, 350))) == (0, 255)


def test_what_was_not_read_is_framed_where_that_is_asked_for(run, scanned):
    with closing(sqlite3.connect(scanned.catalog_path)) as db:
        db.execute("UPDATE pages SET unread = 0.5, unread_boxes = '[[72, 72, 144, 144]]', width = 432")
        db.commit()
    for more, inks in ((), set()), (("--unread",), {(255, 0, 0)}):
        assert run("show", ISSUE, "--image", "page.png", *more).exit_code == ExitCode.OK
        with Image.open(scanned.root / "page.png") as picture:
            colours = picture.convert("RGB")
        assert {colours.getpixel((x, 150)) for x in range(90, 110)} - {(255, 255, 255)} == inks


@pytest.mark.usefixtures("scanned")
def test_another_kind_of_picture_is_wrong_usage(run):
    assert run("show", ISSUE, "--image", "page.docx").exit_code == ExitCode.USAGE


def test_a_scan_that_is_gone_or_changed_is_a_storage_error(run, scanned):
    scan = scanned.raw_dir / "oost.png"
    Image.new("L", (60, 40), 255).save(scan)
    changed = run("show", ISSUE, "--image", "page.png")
    assert changed.exit_code == ExitCode.STORAGE
    assert "raw/oost.png: has changed" in changed.stderr
    scan.unlink()
    (scanned.raw_dir / "other.txt").touch()
    assert run("show", ISSUE, "--image", "page.png").exit_code == ExitCode.STORAGE
    assert not (scanned.root / "page.png").exists()


@pytest.mark.usefixtures("scanned")
def test_a_picture_that_cannot_be_written_is_a_storage_error(run):
    assert run("show", ISSUE, "--image", "nowhere/page.png").exit_code == ExitCode.STORAGE


def test_a_picture_goes_over_nothing_that_is_not_ours(run, scanned):
    before = (scanned.raw_dir / "oost.png").read_bytes()
    assert run("show", ISSUE, "--image", "raw/oost.png", "--force").exit_code == ExitCode.USAGE
    assert (scanned.raw_dir / "oost.png").read_bytes() == before
    (scanned.root / "page.png").write_text("of somebody else")
    assert run("show", ISSUE, "--image", "page.png").exit_code == ExitCode.USAGE
    assert run("show", ISSUE, "--image", "page.png", "--force").exit_code == ExitCode.OK
