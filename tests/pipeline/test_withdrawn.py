"""Does nothing that goes out show what was withdrawn, where a piece goes on on another page too?

Of a withdrawn section, the words that stand in nothing else are looked for in all that a reader can ask for and in all
that is exported, and no page that it stands on may give its picture.
"""

import io
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import archive
from archive.catalog.store import open_catalog
from archive.catalog.withdrawals import COVER
from archive.export import FORMATS
from archive.library.show import show
from archive.pipeline.withdraw import withdraw
from tests.pipeline.conftest import TODAY, Archive

PROGRAM = Path(archive.__file__).parent
SCANS = Path(__file__).parents[2] / "raw"
ISSUE = "de-kademuur-2009-10-a"
ADVERT = f"{ISSUE}-s0009"  # on page 2, after an article that begins on page 1 and goes on below it


def take_in(root, *names):
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text('languages = ["nl", "en"]\njobs = 1\n')
    for name in names:
        place, copy = SCANS / name, root / "raw" / name
        shutil.copytree(place, copy) if place.is_dir() else shutil.copy(place, copy)
    archive = Archive(root)
    archive.ingest()
    return archive


@pytest.fixture(scope="module")
def jumping(tmp_path_factory):
    """An archive of one issue, an article of which jumps pages."""
    return take_in(tmp_path_factory.mktemp("withdrawn") / "archive", "Kademuur 2009-10.pdf")


def pages_of(archive):
    with open_catalog(archive.settings.catalog_path) as catalog:
        return [page for page in catalog.pages() if page.issue_id]


def own_words(archive, given):
    """Return the words of a section that stand nowhere else in the archive, not in the rest of its issue either."""
    with open_catalog(archive.settings.catalog_path) as catalog:
        spans = catalog.section_spans(given)
        raws = {issue.id: catalog.transcript(issue.id).raw for issue in catalog.issues()}
        said = [f"{issue.title} {issue.newsletter} {issue.file}" for issue in catalog.issues()]
        said += [f"{each['heading']} {each['text']}" for each in catalog.sections() if each["id"] != given]
    raw = raws.pop(spans.issue_id)
    own = raw[spans.start : spans.end]
    rest = " ".join((*raws.values(), raw[: spans.start], raw[spans.end :], *said)).casefold()
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{6,}", own)}
    return sorted(word for word in words if word not in rest and word not in words_of_the_program())


@cache
def words_of_the_program():
    """Return what the program may say itself: a query that is widened by its lists, the columns of a table."""
    files = [path for path in PROGRAM.rglob("*") if path.suffix in {".py", ".toml", ".json"}]
    return " ".join(path.read_text(encoding="utf-8") for path in files).casefold()


def bytes_of(place):
    """Yield all that a file or folder holds, unpacked: zips, and the streams of a PDF."""
    for path in [place] if place.is_file() else sorted(place.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield data
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as files:
                    yield from (files.read(name) for name in files.namelist())
            elif data.startswith(b"%PDF"):
                yield from text_of_pdf(data)


def text_of_pdf(data):
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        yield " ".join(page.get_textpage().get_text_range() for page in document).encode(errors="replace")
    for found in re.finditer(rb"stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :])
        except zlib.error:
            continue


def going_out(archive, run, place, words):
    """Yield what each way out says, under the name of that way."""

    def ask(*line):
        ran = run("-C", archive.root, *line)
        return " ".join(line), f"{ran.stdout}\n{ran.stderr}".encode()

    kept = [each["id"] for each in archive.sections()]
    for given in (*{page.issue_id for page in pages_of(archive)}, *(page.id for page in pages_of(archive)), *kept):
        for how in ((), ("--raw",), ("--explain",), ("--json",)):
            yield ask("show", given, *how)
    for given in kept[:2]:
        yield ask("show", given, "--related")
    for line in (["issues"], ["pages"], ["stats"], ["review", "--list"]):
        yield ask(*line, "--json")
    for word in words[:2]:
        for how in ((), ("--kwic",), ("--suspects",)):
            name, said = ask("search", word[:-1] + "~", *how, "--json")
            yield name, said.replace(word[:-1].encode(), b"")
    yield ask("search", "de", "--kwic", "--limit", "0", "--json")
    for form in FORMATS:
        out = place / form / "out.xlsx" if form in {"xlsx", "coding"} else place / form / "out"
        out.parent.mkdir(parents=True)
        yield ask("export", "--format", form, "--output", str(out))
        yield f"export --format {form}", b"\n".join(bytes_of(out)) if out.exists() else b""


def leaks(archive, run, place, words):
    wanted = [word.encode() for word in words]
    return [
        (name, word.decode())
        for name, said in going_out(archive, run, place, words)
        for word in wanted
        if word in said.decode(errors="replace").casefold().encode()
    ]


def withdraw_one(archive, given, run, place):
    """Withdraw a section and look for it in all that goes out."""
    words = own_words(archive, given)
    with open_catalog(archive.settings.catalog_path) as catalog:
        section = catalog.section(given)
    withdraw(archive.settings, (given,), reason="asked for", today=TODAY)
    assert leaks(archive, run, place, words) == []
    for page in pages_of(archive):
        if page.issue_id == section["issue_id"]:
            drawn = run("-C", archive.root, "show", page.id, "--image", place / f"{page.id}.png")
            assert (drawn.exit_code == 0) == (page.page.number not in section["pages"]), drawn.stderr


def test_every_word_of_a_page_is_on_the_page(jumping):
    for page in pages_of(jumping):
        shown = show(jumping.settings, page.id)
        assert len(shown.raw_text.split()) == page.page.words
        assert all(shown.raw_text[edit.start :].startswith(edit.before.split("\f")[0]) for edit in shown.edits)


def test_a_page_on_which_a_piece_goes_on_shows_it_in_the_order_of_print(jumping):
    shown = show(jumping.settings, f"{ISSUE}-p0002")
    raw = shown.raw_text
    with open_catalog(jumping.settings.catalog_path) as catalog:
        stored = catalog.transcript(ISSUE)
    printed = sorted((word.block, word.start, word.end) for word in stored.words if word.page == 2)
    assert Counter(raw.split()) == Counter(stored.raw[start:end] for _, start, end in printed)
    assert raw.split()[0] == stored.raw[slice(*printed[0][1:])]
    assert "Vervolg van pagina" in raw
    assert "Vervolg van pagina" not in shown.text  # taken away together with the line that leads to it


def test_what_is_withdrawn_behind_a_piece_that_jumps_pages_goes_out_nowhere(jumping, tmp_path, run):
    shutil.copytree(jumping.root, tmp_path / "archive")
    withdraw_one(Archive(tmp_path / "archive"), ADVERT, run, tmp_path)


def test_where_no_place_of_what_was_blackened_is_known_no_page_is_safe(jumping, tmp_path):
    """Earlier versions dropped the words with their places."""
    from archive.catalog.words import pack_words

    shutil.copytree(jumping.root, tmp_path / "archive")
    archive = Archive(tmp_path / "archive")
    withdraw(archive.settings, (ADVERT,), reason="asked for", today=TODAY)
    with open_catalog(archive.settings.catalog_path) as catalog:
        stored = catalog.transcript(ISSUE)
        assert [catalog.is_blackened(ISSUE, number) for number in (1, 2)] == [False, True]
    kept = [word for word in stored.words if COVER not in stored.raw[word.start : word.end]]
    with sqlite3.connect(archive.settings.catalog_path) as db:
        db.execute("UPDATE transcripts SET words = ?", (pack_words(kept),))
    db.close()
    with open_catalog(archive.settings.catalog_path) as catalog:
        assert [catalog.is_blackened(ISSUE, number) for number in (1, 2)] == [True, True]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in SCANS.iterdir()))
def test_each_section_of_each_sample_goes_out_nowhere_once_withdrawn(name, tmp_path, run):
    archive = take_in(tmp_path / "whole", name)
    for given in [each["id"] for each in archive.sections()]:
        place = tmp_path / given
        shutil.copytree(archive.root, place / "archive")
        withdraw_one(Archive(place / "archive"), given, run, place)
        shutil.rmtree(place)
