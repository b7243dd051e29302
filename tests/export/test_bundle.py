import csv
import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from archive.fields import SECTION_FIELDS
from archive.library.export import ExportOptions, export
from archive.model.search import Coverage, SearchRequest
from tests.conftest import put_issues
from tests.export.printed import make_line, make_printed
from tests.export.sections import files_of, make_facts, make_fields
from tests.export.tools import check, find_tool
from tests.factories import make_issue, make_section

CRATE_CHECK = Path(__file__).with_name("check_crate.py")
ISSUES = (
    make_issue([make_section("events", "Op de braderie staan veertig kramen.", heading="Braderie")], date="2021-01-01"),
    make_issue([make_section("meetings", "De dorpsraad vergadert."), make_section(text="=1+1")], date="2022-03"),
)


def bundle(query: str = "", licence: str = "", **more) -> dict[str, bytes]:
    printed = make_printed(make_line("de vergade", joined=True), make_line("ring", y0=64))
    fields = make_fields(make_section("events", heading="Open dag"), make_section())
    return files_of("bundle", fields, pages=(printed,), query=query, licence=licence, **more)


def unpacked(files: dict[str, bytes], root: Path) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_everything_is_in_it():
    page = "kerngroep-oost-2022-06-15-a-p0001"
    assert list(bundle()) == [
        "sections.jsonl",
        "sections.csv",
        f"pages/{page}.txt",
        "pages.csv",
        f"alto/{page}.xml",
        "query.json",
        "settings.json",
        "section.schema.json",
        "data-dictionary.csv",
        "README.md",
        "datapackage.json",
        "ro-crate-metadata.json",
        "checksums.sha256",
    ]


def test_every_file_has_its_checksum(tmp_path):
    unpacked(bundle(), tmp_path)
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "checksums.sha256"], cwd=tmp_path, check=True)
    named = {line.split("  ", 1)[1] for line in (tmp_path / "checksums.sha256").read_text().splitlines()}
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert there - named == {"checksums.sha256"}


def test_the_query_is_told_as_it_was_asked():
    request = SearchRequest("soep", categories=("events",), since="2019", limit=3)
    asked = json.loads(bundle(request=request)["query.json"])
    assert (asked["query"], asked["categories"], asked["since"]) == ("soep", ["events"], "2019")
    assert "limit" not in asked


def test_the_dictionary_explains_every_field():
    rows = list(csv.DictReader(io.StringIO(bundle()["data-dictionary.csv"].decode())))
    assert [row["field"] for row in rows] == list(SECTION_FIELDS)
    assert all(row["meaning"] for row in rows)


def test_the_methods_say_coverage_gaps_quality_query_and_version_in_both_languages():
    request = SearchRequest("soep", since="2019", exact=True)
    facts = replace(make_facts(), parsed="soep")
    text = bundle(request=request, facts=lambda: facts)["README.md"].decode()
    english, dutch = text.partition("## Methode")[::2]
    dutch = dutch.partition("## Reading")[0]
    for told in ("newsletter-archive 0.1", "0.81 – 0.93", "`soep`", "2019", "2024-03-01"):
        assert told in english, told
        assert told in dutch, told
    assert "6 were read well, 1 with doubt, 1 were empty and 1 could not be read" in english
    assert "3 numbers are known to be missing" in english
    assert "6 zijn goed gelezen, 1 met twijfel, 1 waren leeg en 1 konden niet worden gelezen" in dutch
    assert "- Kerngroep Oost (2022): 3-4, 7" in text
    assert "| 2021 | 1 | 4 | 900 | 0.81 |" in text


def test_an_archive_that_holds_nothing_is_said_to_hold_nothing():
    nothing = replace(make_facts(0), as_of="", newsletters=(), coverage=Coverage(), years=(), gaps=())
    files = files_of("bundle", [], facts=lambda: nothing)
    assert "How sure the reading is, is not known." in files["README.md"].decode()
    assert "pages/" not in files["ro-crate-metadata.json"].decode()


def test_the_licence_stands_in_both_descriptions():
    files = bundle(licence="CC-BY-4.0")
    assert json.loads(files["datapackage.json"])["licenses"][0]["path"] == "https://spdx.org/licenses/CC-BY-4.0"
    graph = {each["@id"]: each for each in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    assert graph["./"]["license"]["@id"] in graph
    assert "licenses" not in json.loads(bundle()["datapackage.json"])


def made(settings, target: Path, query: str = "") -> bytes:
    export(settings, SearchRequest(query), target, options=ExportOptions("bundle"))
    return target.read_bytes()


def test_the_same_archive_and_query_give_the_same_bytes(archive_of, tmp_path):
    settings = archive_of(*ISSUES)
    before = made(settings, tmp_path / "a.zip", "kramen OR dorpsraad")
    settings.catalog_path.unlink()
    put_issues(settings, ISSUES[::-1])  # the catalogue made anew, in another order
    again = archive_of()
    assert made(again, tmp_path / "b.zip", "kramen OR dorpsraad") == before
    assert made(again, tmp_path / "c.zip", "kramen") != before


def test_a_folder_holds_what_a_zip_holds(archive_of, tmp_path):
    import zipfile

    settings = archive_of(*ISSUES, index=False)
    made(settings, tmp_path / "a.zip")
    export(settings, SearchRequest(), tmp_path / "a", options=ExportOptions("bundle"))
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            assert (tmp_path / "a" / name).read_bytes() == packed.read(name)
    assert len([path for path in (tmp_path / "a").rglob("*") if path.is_file()]) == len(packed.namelist())


@pytest.mark.slow
def test_frictionless_accepts_the_data_package(archive_of, tmp_path):
    tool = find_tool("frictionless")
    settings = archive_of(*ISSUES, index=False)
    options = ExportOptions("bundle", licence="https://creativecommons.org/licenses/by/4.0/")
    export(settings, SearchRequest(), tmp_path / "out", options=options)
    check(tool, "validate", tmp_path / "out" / "datapackage.json")


@pytest.mark.slow
@pytest.mark.parametrize("licence", ["", "CC-BY-4.0"])
def test_roc_validator_accepts_the_crate(tmp_path, licence):
    python = find_tool("roc-python")
    check(python, CRATE_CHECK, unpacked(bundle(licence=licence), tmp_path))
