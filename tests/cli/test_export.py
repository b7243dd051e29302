"""How does a person get sections out?"""

import csv
import io
import json

import pytest

from archive.errors import ExitCode
from tests.factories import make_issue, make_section


@pytest.fixture
def three_sections(archive_of):
    sections = [
        make_section("events", "Open dag in de zaal."),
        make_section("meetings", "Jaarvergadering."),
        make_section("other", "Colofon é."),
    ]
    return archive_of(make_issue(sections), index=False)


@pytest.mark.usefixtures("three_sections")
def test_export_writes_a_json_object_a_line(run):
    lines = [json.loads(line) for line in run("export").stdout.splitlines()]
    assert [line["text"] for line in lines] == ["Open dag in de zaal.", "Jaarvergadering.", "Colofon é."]


@pytest.mark.usefixtures("three_sections")
def test_export_takes_the_filters_of_search(run):
    lines = [json.loads(line) for line in run("export", "--category", "meetings").stdout.splitlines()]
    assert [line["category"] for line in lines] == ["meetings"]
    assert run("export", "--to", "2021").stdout == ""


@pytest.mark.usefixtures("three_sections")
def test_export_as_json_is_one_object(run):
    answer = json.loads(run("export", "--json").stdout)
    assert answer["schema_version"] == 1
    assert [section["position"] for section in answer["sections"]] == [1, 2, 3]
    assert json.loads(run("export", "--json", "--to", "2021").stdout) == {"schema_version": 1, "sections": []}


def test_the_output_file_names_the_format(run, three_sections):
    typed = run("export", "--output", "out.csv")
    assert (typed.stdout, typed.stderr) == ("", "out.csv: 3 sections.\n")
    rows = list(csv.DictReader(io.StringIO((three_sections.root / "out.csv").read_bytes().decode("utf-8"))))
    assert [row["category"] for row in rows] == ["events", "meetings", "other"]


def test_excel_gets_a_byte_order_mark_and_semicolons(run, three_sections):
    assert run("export", "--output", "out.csv", "--excel").exit_code == ExitCode.OK
    content = (three_sections.root / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfschema_version;id;")


@pytest.mark.usefixtures("three_sections")
def test_an_export_to_a_file_tells_what_it_wrote_in_json(run):
    answer = json.loads(run("export", "--output", "out.md", "--json").stdout)
    assert (answer["format"], answer["output"], answer["sections"]) == ("md", "out.md", 3)


@pytest.mark.usefixtures("three_sections")
def test_excel_without_csv_is_wrong_usage(run):
    assert run("export", "--excel").exit_code == ExitCode.USAGE


@pytest.mark.usefixtures("three_sections")
def test_an_output_that_cannot_be_written_is_a_storage_error(run):
    typed = run("export", "--output", "nowhere/out.jsonl")
    assert typed.exit_code == ExitCode.STORAGE
    assert "nowhere/out.jsonl" in typed.stderr


@pytest.mark.usefixtures("three_sections")
@pytest.mark.parametrize("date", ["2019-13", "19", "2019-02-30", "gisteren"])
def test_a_date_that_is_none_is_wrong_usage(run, date):
    typed = run("export", "--from", date)
    assert typed.exit_code == ExitCode.USAGE
    assert "write 2019, 2019-03 or 2019-03-21" in typed.stderr


@pytest.mark.usefixtures("three_sections")
@pytest.mark.parametrize(("name", "form"), [("out.xlsx", "xlsx"), ("out.html", "html"), ("out.ris", "ris")])
def test_the_ending_of_the_output_names_newer_formats_too(run, name, form):
    assert json.loads(run("export", "--output", name, "--json").stdout)["format"] == form


@pytest.mark.parametrize("name", ["out.docx", "out.json", "out.zip"])
def test_an_ending_that_is_no_format_is_wrong_usage(run, three_sections, name):
    typed = run("export", "--output", name)
    assert typed.exit_code == ExitCode.USAGE
    assert f"the ending .{name[4:]} is no format" in typed.stderr
    assert not (three_sections.root / name).exists()
    assert run("export", "--output", "out.CSV").exit_code == ExitCode.OK
    assert (three_sections.root / "out.CSV").read_text().startswith("schema_version,id")


@pytest.mark.usefixtures("three_sections")
def test_an_export_for_excel_is_verified_too(run):
    run("export", "--output", "out.csv", "--excel")
    told = run("verify", "out.csv")
    assert (told.exit_code, "changed" in told.stdout) == (ExitCode.OK, False), told.stdout


@pytest.mark.usefixtures("three_sections")
@pytest.mark.parametrize("form", ["xlsx", "alto", "pdf", "bundle"])
def test_what_is_no_text_needs_a_place(run, form):
    typed = run("export", "--format", form)
    assert typed.exit_code == ExitCode.USAGE
    assert "--output" in typed.stderr


def test_many_files_go_into_a_folder_or_a_zip(run, three_sections):
    assert run("export", "--format", "alto", "--output", "pages").exit_code == ExitCode.OK
    assert [path.suffix for path in (three_sections.root / "pages").iterdir()] == [".xml"]
    assert run("export", "--format", "bundle", "--output", "all.zip").stderr == "all.zip: 3 sections.\n"
    assert (three_sections.root / "all.zip").read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("three_sections")
def test_a_folder_that_holds_something_is_not_written_over(run):
    typed = run("export", "--format", "hocr", "--output", "raw/..")
    assert typed.exit_code == ExitCode.USAGE
    assert "is there already" in typed.stderr


@pytest.mark.usefixtures("three_sections")
def test_a_scan_that_cannot_be_exported_is_named_and_makes_it_in_part(run):
    typed = run("export", "--format", "pdf", "--output", "scans")
    assert typed.exit_code == ExitCode.PARTLY
    assert "the scan is not there any more" in typed.stderr
    answer = json.loads(run("export", "--format", "pdf", "--output", "scans2", "--json").stdout)
    assert [fault["code"] for fault in answer["faults"]] == ["storage"]


def test_the_licence_is_told_in_the_bundle(run, three_sections):
    run("export", "--format", "bundle", "--output", "out", "--licence", "CC-BY-4.0")
    assert "CC-BY-4.0" in (three_sections.root / "out" / "README.md").read_text()
