"""The coding sheet: out, filled in, and back."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from archive.errors import UsageError
from archive.export import coding
from archive.library.export import ExportOptions, export
from archive.library.narrow import Narrowing
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section

ID = "kerngroep-oost-2022-06-15-a-s000"


@pytest.fixture
def sheet(archive_of):
    sections = [
        make_section("events", "De zaal is open.", heading="=Open dag"),
        make_section("meetings", "Lang verhaal. " * 4000),
        make_section("other", "Het hek is heel."),
    ]
    settings = archive_of(make_issue(sections), index=False)
    path = settings.root / "sheet.xlsx"
    export(settings, SearchRequest(), path, options=ExportOptions("coding"))
    return path


def fill(path, choices):
    book = load_workbook(path)
    for row in book["Coding"].iter_rows(min_row=2):
        if row[0].value in choices and row[6].value is None:
            row[6].value = choices.pop(row[0].value)
    book.save(path)


def test_a_coder_sees_the_text_and_not_what_the_machine_chose(sheet):
    book = load_workbook(sheet)
    rows = list(book["Coding"].iter_rows(values_only=True))
    assert rows[0] == ("id", "newsletter", "date", "pages", "heading", "text", "category", "note")
    assert rows[1][:6] == (f"{ID}1", "Kerngroep Oost", "2022-06-15", "1", "'=Open dag", "De zaal is open.")
    assert rows[1][6] is None
    assert book["Machine"].sheet_state == "veryHidden"
    (allowed,) = book["Coding"].data_validations.dataValidation
    assert allowed.formula1 == '"campaigns,events,meetings,other,refugees"'


def test_a_long_text_goes_on_below_and_nothing_is_cut(sheet):
    rows = list(load_workbook(sheet)["Coding"].iter_rows(values_only=True))
    pieces = [row[5] for row in rows if row[0] == f"{ID}2"]
    assert len(pieces) == 2
    assert "".join(pieces) == ("Lang verhaal. " * 4000).strip() or len("".join(pieces)) == len("Lang verhaal. " * 4000)


def test_a_filled_in_sheet_comes_back_with_what_the_machine_had_chosen(sheet):
    fill(sheet, {f"{ID}1": "Events", f"{ID}2": "refugees"})
    found = {each.id: (each.category, each.machine) for each in coding.read_sheet(sheet)}
    assert found == {f"{ID}1": ("events", "events"), f"{ID}2": ("refugees", "meetings"), f"{ID}3": ("", "other")}
    made = coding.read_corrections(sheet)
    assert [(each.id, each.field, each.value, each.note) for each in made] == [
        (f"{ID}1", "category", "events", "coded by hand"),
        (f"{ID}2", "category", "refugees", "coded by hand"),
    ]


def test_a_category_that_is_none_is_refused(sheet):
    fill(sheet, {f"{ID}1": "feest"})
    with pytest.raises(UsageError, match=f"{ID}1: `feest` is no category"):
        coding.read_sheet(sheet)


def test_what_is_no_coding_sheet_is_refused(tmp_path):
    from openpyxl import Workbook

    (tmp_path / "x.xlsx").write_bytes(b"PK")
    with pytest.raises(UsageError, match="cannot be read"):
        coding.read_sheet(tmp_path / "x.xlsx")
    Workbook().save(tmp_path / "y.xlsx")
    with pytest.raises(UsageError, match="no sheets"):
        coding.read_sheet(tmp_path / "y.xlsx")


def test_agreement_with_the_machine_is_reported(sheet, run):
    fill(sheet, {f"{ID}1": "events", f"{ID}2": "refugees", f"{ID}3": "other"})
    told = run("stats", "--agreement", sheet)
    assert told.exit_code == 0
    assert told.stdout.startswith("3 sections coded by hand, 66.7% as the machine has it.\nCohen's kappa 0.5")


def test_a_drawn_section_counts_for_its_stratum(sheet, archive_of, run):
    settings = archive_of(
        make_issue([make_section("events", f"Feest {at}.") for at in range(6)], date="2023"), index=False
    )
    how = Narrowing(sample=4, by=("category",), seed=2)
    export(settings, SearchRequest(), sheet, options=ExportOptions("coding", narrowing=how))
    coded = coding.read_sheet(sheet)
    assert sum(each.weight for each in coded) == 9
    fill(sheet, {each.id: "events" for each in coded})
    told = run("stats", "--agreement", sheet).stdout
    assert "50.0% as the machine has it.\nIn the archive as a whole, by the size of the strata: 77.8%." in told
    about = [row[0] for row in load_workbook(sheet)["About"].iter_rows(values_only=True)]
    assert "stratum events" in about


def test_the_same_sections_give_a_sheet_that_opens_elsewhere(sheet):
    assert load_workbook(io.BytesIO(sheet.read_bytes())).sheetnames == ["Coding", "Machine", "About"]


def test_a_workbook_that_unpacks_to_very_much_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024**2))
    with pytest.raises(UsageError, match="when unpacked"):
        coding.read_sheet(path)
