import csv
import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from archive.catalog.store import open_catalog
from archive.fields import SECTION_FIELDS
from archive.library.agreement import agree
from archive.library.export import ExportOptions, export
from archive.library.narrow import Narrowing
from archive.model.search import Coverage, SearchRequest
from archive.pipeline.doubles import settle_doubles
from tests.conftest import put_issues
from tests.export.printed import make_line, make_printed
from tests.export.sections import files_of, make_facts, make_fields
from tests.export.tools import check, check_crate, find_tool
from tests.factories import make_issue, make_section

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


def test_the_methods_say_what_may_be_hidden_and_how_far_people_agree():
    facts = replace(make_facts(), parsed="soep", hidden={"expected": 2.5, "low": 0, "high": 6, "level": 0.9})
    facts = replace(facts, agreement=agree([("events", "events"), ("other", "events"), ("other", "other")]))
    text = bundle(query="soep", facts=lambda: facts)["README.md"].decode()
    assert "2.5 more sections (90% interval 0 to 6) hold the words of the query but were misread" in text
    assert "nog 2.5 stukken (90%-interval 0 tot 6) de woorden van de zoekvraag" in text
    assert "Of 3 sections of the archive coded by hand" in text
    assert "67% into the same category (Cohen's kappa 0.40, 95% interval " in text
    assert "67% in dezelfde categorie (Cohens kappa 0.40" in text
    assert json.loads(bundle(query="soep", facts=lambda: facts)["query.json"])["hidden"]["high"] == 6


def test_what_nobody_can_tell_is_said_not_to_be_known():
    badly = replace(make_facts(), parsed="soep", hidden_reason="these pages are read too badly to tell")
    text = bundle(query="soep", facts=lambda: badly)["README.md"].decode()
    assert "cannot be told: these pages are read too badly to tell." in text
    assert "niet te zeggen: daarvoor zijn deze pagina's te slecht gelezen." in text
    assert "Agreement between the categories and human coders was not measured." in text


def test_the_reasons_have_their_dutch():
    from archive.export.bundle.methods import _REASONS
    from archive.library.hidden import NO_WORD, TOO_LITTLE

    assert set(_REASONS) == {NO_WORD, TOO_LITTLE}


def test_the_command_that_makes_it_again_is_told():
    request = SearchRequest('"open dag" soep', categories=("events",), since="2019", holdings=("box=12",))
    text = bundle(request=request)["README.md"].decode()
    again = "archive export --category events --from 2019 --holding box=12 --format bundle --output bundle.zip"
    assert f"""    {again} -- '"open dag" soep'\n""" in text


def test_a_sample_tells_its_strata(archive_of, tmp_path):
    settings = archive_of(*ISSUES, index=False)
    options = ExportOptions("bundle", narrowing=Narrowing(sample=2, by=("category", "year"), seed=7))
    export(settings, SearchRequest(), tmp_path / "out", options=options)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "sample.csv").read_text(encoding="utf-8"))))
    assert [(row["category"], row["year"]) for row in rows] == [
        ("events", "2021"),
        ("meetings", "2022"),
        ("other", "2022"),
    ]
    assert sum(int(row["drawn"]) for row in rows) == 2
    text = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "3 sections matched, of which 2 were drawn by lot (seed 7), stratified by category and year." in text
    assert "| events | 2021 | 1 | " in text
    assert "--sample 2 --seed 7 --by category,year" in text
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert package["resources"][-1]["path"] == "sample.csv"


def test_holdings_have_their_column_and_meaning(archive_of, tmp_path):
    settings = archive_of(*ISSUES, index=False)
    (settings.root / "issues.csv").write_text("issue,box\nkerngroep-oost-2022-03-a,12\n")
    export(settings, SearchRequest(), tmp_path / "out", options=ExportOptions("bundle"))
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert package["resources"][0]["schema"]["fields"][-1]["name"] == "holding_box"
    assert "\r\nholdings,object," in (tmp_path / "out" / "data-dictionary.csv").read_bytes().decode()


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


def test_what_the_archive_once_held_leaves_no_trace(archive_of, tmp_path):
    """The names of categories that are no longer, as after a change of archive.toml."""
    crafts = replace(make_section(), verdict=replace(make_section().verdict, scores=(("crafts", 0.2), ("other", 0.8))))
    scan = "c" * 64
    settings = archive_of(make_issue([crafts], scan=scan), index=False)
    put_issues(settings, (make_issue([make_section()], scan=scan),))
    with open_catalog(settings.catalog_path, write=True) as catalog:
        settle_doubles(catalog, settings)
    before = made(settings, tmp_path / "a.zip")
    settings.catalog_path.unlink()
    put_issues(settings, (make_issue([make_section()], scan=scan),))
    assert made(settings, tmp_path / "b.zip") == before


def test_frictionless_accepts_the_data_package(archive_of, tmp_path):
    tool = find_tool("frictionless")
    settings = archive_of(*ISSUES, index=False)
    (settings.root / "issues.csv").write_text("issue,box\nkerngroep-oost-2022-03-a,12\n")
    how = Narrowing(sample=2, by=("category",), doubles=True)
    options = ExportOptions("bundle", licence="https://creativecommons.org/licenses/by/4.0/", narrowing=how)
    export(settings, SearchRequest(), tmp_path / "out", options=options)
    check(tool, "validate", tmp_path / "out" / "datapackage.json")


@pytest.mark.parametrize("licence", ["", "CC-BY-4.0"])
def test_roc_validator_accepts_the_crate(tmp_path, licence):
    check_crate(unpacked(bundle(licence=licence), tmp_path))
