"""Is every export of the sample archive what its field takes it for? By the field's own validator."""

import csv
import io
import json
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.catalog.store import open_catalog
from archive.cli.group import run_command
from archive.errors import ExitCode
from archive.export import FORMATS
from archive.fields import section_schema
from tests.export.tools import alto_schema, check, check_crate, check_html, check_tei, find_tool

PROJECT = Path(__file__).resolve().parents[2]
# A text file has no pictures, so that it cannot leave as a PDF: done in part.
PARTLY = {"pdf"}

pytestmark = pytest.mark.ocr  # pages that were not recorded are read


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Path:
    """The sample archive as it was ingested, with a table of holdings."""
    root = tmp_path_factory.mktemp("samples")
    shutil.copytree(PROJECT / "raw", root / "raw")
    shutil.copy(PROJECT / "archive.toml", root)
    shutil.copytree(PROJECT / "tests" / "recorded" / "pages", root / "index" / "pages")
    assert run_command(["-C", str(root), "ingest", "-q"]) == ExitCode.OK
    (root / "issues.csv").write_text("issue,inventory number,box\nde-kademuur-1998-03-a,NL-1 & 2,12\n")
    return root


@pytest.fixture(scope="module")
def held(samples) -> SimpleNamespace:
    """How much the sample archive holds."""
    with open_catalog(samples / "index" / "catalog.db") as catalog:
        seen = catalog.coverage()
        assert catalog.section_count() > 50
        return SimpleNamespace(sections=catalog.section_count(), issues=seen.issues, pages=seen.pages)


@pytest.fixture
def exported(samples, tmp_path):
    """Return a function that exports in a format and returns the file or folder."""

    def export(form: str, *more: str) -> Path:
        out = tmp_path / f"out.{form}"
        code = run_command(["-C", str(samples), "export", "-q", "--format", form, "--output", str(out), *more])
        assert code == (ExitCode.PARTLY if form in PARTLY else ExitCode.OK)
        return out

    return export


def test_every_format_has_its_test_here():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [form for form in FORMATS if f'exported("{form}"' not in text] == []


def test_jsonl_follows_its_schema(exported, held):
    jsonschema = pytest.importorskip("jsonschema")
    check_line = jsonschema.Draft202012Validator(section_schema())
    lines = [json.loads(line) for line in exported("jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == held.sections
    assert [error.message for line in lines for error in check_line.iter_errors(line)] == []


def test_csv_is_a_table(exported, held):
    path = exported("csv")
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode()), strict=True))
    assert len(rows) == held.sections
    assert {row["holding_box"] for row in rows} == {"", "12"}
    check(find_tool("frictionless"), "validate", "--trusted", path)


def test_xlsx_is_read_back(exported, held):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(exported("xlsx"), read_only=True)
    assert sum(1 for _ in book["Sections"].iter_rows()) == held.sections + 1
    book.close()


def test_a_coding_sheet_is_read_back(exported):
    from archive.export.coding import read_sheet

    sheet = exported("coding", "--sample", "20", "--by", "category,year")
    assert len(read_sheet(sheet.rename(sheet.with_suffix(".xlsx")))) == 20


def test_markdown_has_a_chapter_for_each_issue(exported, held):
    lines = exported("md").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("# ") for line in lines) == held.issues
    assert sum(line.startswith("## ") for line in lines) == held.sections


def test_html_is_accepted_by_the_nu_checker(exported):
    page = exported("html")
    page.rename(page.with_name("page.html"))
    check_html(page.with_name("page.html"))


def test_tei_is_valid(exported):
    check_tei(exported("tei"))


def test_alto_follows_its_schema(exported, held):
    etree = pytest.importorskip("lxml.etree")
    schema = alto_schema()
    pages = list(exported("alto").iterdir())
    assert len(pages) == held.pages
    for page in pages:
        schema.assertValid(etree.parse(page))


def test_hocr_is_accepted_by_hocr_spec(exported, held):
    said = check(find_tool("hocr-spec"), *exported("hocr").iterdir())
    assert said.count("Document is valid") == held.pages


def test_each_pdf_is_whole_and_its_words_are_read_back_in_order(exported):
    pikepdf = pytest.importorskip("pikepdf")
    pdftotext = find_tool("pdftotext")
    scans = list(exported("pdf").rglob("*.pdf"))
    assert len(scans) == 8
    for scan in scans:
        with pikepdf.open(scan) as document:
            assert document.check_pdf_syntax() == []
        if qpdf := shutil.which("qpdf"):
            subprocess.run([qpdf, "--check", scan], check=True, capture_output=True)
    (kade,) = (scan for scan in scans if scan.name == "Kademuur 1998-03.pdf")
    text = " ".join(check(pdftotext, "-raw", kade, "-").split())
    assert "Woonboot wordt tijdelijk onderkomen" in text


def test_ris_is_read_back(exported, held):
    rispy = pytest.importorskip("rispy")
    assert len(rispy.loads(exported("ris").read_text(encoding="utf-8"))) == held.sections


def test_csl_makes_references(exported, held):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py's own
        pytest.importorskip("citeproc")
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON(json.loads(exported("csl").read_text(encoding="utf-8")))
    assert len(source) == held.sections


def test_a_bundle_is_a_data_package_and_a_crate_with_whole_files(exported):
    folder = exported("bundle", "vergadering", "--licence", "CC-BY-4.0")
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "checksums.sha256"], cwd=folder, check=True)
    check(find_tool("frictionless"), "validate", folder / "datapackage.json")
    check_crate(folder)


def test_a_bundle_has_the_same_bytes_when_the_index_was_made_anew(samples, exported, tmp_path):
    first = exported("bundle", "vergadering OR opvang").rename(tmp_path / "first")
    other = tmp_path / "other"
    shutil.copytree(samples, other, ignore=shutil.ignore_patterns("catalog.db*", "whoosh"))
    assert run_command(["-C", str(other), "ingest", "-q"]) == ExitCode.OK
    line = ["export", "-q", "--format", "bundle", "--output", str(tmp_path / "again.zip"), "vergadering OR opvang"]
    assert run_command(["-C", str(other), *line]) == ExitCode.OK
    with zipfile.ZipFile(tmp_path / "again.zip") as packed:
        again = {name: packed.read(name) for name in packed.namelist()}
    assert again == {str(path.relative_to(first)): path.read_bytes() for path in first.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("view", "what"), [("section_list", "sections"), ("page_ledger", "pages")])
def test_the_catalogue_opens_in_datasette(samples, held, view, what):
    database = samples / "index" / "catalog.db"
    datasette = (find_tool("datasette"), "--immutable", database, "--get")
    answer = json.loads(check(*datasette, f"/catalog/{view}.json?_shape=array&_size=max"))
    assert len(answer) == getattr(held, what)
    assert {"file", "issue_id"} <= answer[0].keys()
    assert "<table" in check(*datasette, f"/catalog/{view}")
