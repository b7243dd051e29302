import io
from dataclasses import replace

import pytest

from archive.export import xlsx
from tests.export.sections import make_export, make_fields
from tests.factories import make_section

openpyxl = pytest.importorskip("openpyxl")


def read(*fields) -> dict[str, list[dict[str, object]]]:
    out = io.BytesIO()
    assert xlsx.write(make_export(list(fields)), out) == len(fields)
    book = openpyxl.load_workbook(out)
    sheets = {}
    for sheet in book:
        names, *rows = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(names, row, strict=True)) for row in rows]
    return sheets


def test_each_section_is_a_row_that_openpyxl_reads_back():
    fields = make_fields(make_section("events", "Kom.\n\nEr is soep.", heading="Kop"), make_section(text="é ★ 😀"))
    first, second = read(*fields)["Sections"]
    assert (first["id"], first["heading"], first["text"]) == (fields[0]["id"], "Kop", "Kom.\n\nEr is soep.")
    assert (first["position"], first["score_events"], second["text"]) == (1, 0.8, "é ★ 😀")


@pytest.mark.parametrize("letter", ["a", "=", "😀"])
def test_what_no_cell_can_hold_goes_on_on_a_second_sheet(letter):
    [fields] = make_fields(make_section())
    fields["text"] = letter * 80_000
    sheets = read(fields)
    parts = [row for row in sheets["More"] if row["column"] == "text"]
    assert [row["part"] for row in parts] == list(range(2, len(parts) + 2))
    assert {row["id"] for row in parts} == {fields["id"]}
    cells = [sheets["Sections"][0]["text"], *(row["text"] for row in parts)]
    assert "".join(cell.removeprefix("'") for cell in cells) == fields["text"]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767


def test_no_cell_is_a_formula_or_an_error():
    fields = make_fields(make_section(text="=1+1", heading="#N/A"), make_section(heading="@SUM(A1)"))
    first, second = read(*fields)["Sections"]
    assert (first["text"], first["heading"], second["heading"]) == ("'=1+1", "#N/A", "'@SUM(A1)")
    out = io.BytesIO()
    xlsx.write(make_export(fields), out)
    kinds = {cell.data_type for row in openpyxl.load_workbook(out)["Sections"].iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}


def test_characters_that_a_workbook_cannot_hold_are_marked():
    [fields] = make_fields(make_section())
    assert read(fields | {"text": "a\x00b\x0bc\ud800"})["Sections"][0]["text"] == "a\ufffdb\ufffdc\ufffd"


def test_no_sections_are_a_header_alone():
    assert read() == {"Sections": [], "More": []}


def test_a_sheet_that_is_full_goes_on_on_another(monkeypatch):
    monkeypatch.setattr(xlsx, "_ROWS", 3)
    sheets = read(*make_fields(*[replace(make_section(), tags=(str(n),)) for n in range(5)]))
    assert [row["tags"] for name in ("Sections", "Sections 2", "Sections 3") for row in sheets[name]] == list("01234")
