import csv
import io

from tests.export import sections
from tests.export.sections import make_fields
from tests.factories import CATEGORIES, make_section


def written(*fields, excel: bool = False) -> str:
    return sections.written("csv", list(fields), excel=excel)


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_each_section_is_a_row_under_the_names_of_its_fields():
    fields = make_fields(make_section("events", 'Komma, "citaat"\n\nen alinea', heading="Kop", dates=["2022-06-18"]))
    [row] = rows(written(*fields))
    assert (row["id"], row["heading"], row["text"]) == (fields[0]["id"], "Kop", 'Komma, "citaat"\n\nen alinea')
    assert (row["dates"], row["pages"], row["source_file"]) == ("2022-06-18", "1", "raw/kerngroep.pdf")


def test_each_category_has_a_column_for_its_score():
    [row] = rows(written(*make_fields(make_section("events"))))
    assert {name: row[f"score_{name}"] for name in CATEGORIES}["events"] == "0.8"


def test_lines_end_as_rfc_4180_says():
    text = written(*make_fields(make_section(), make_section()))
    assert text.count("\r\n") == 3
    assert text.endswith("\r\n")
    assert not text.startswith("\ufeff")


def test_excel_gets_a_byte_order_mark_and_semicolons():
    text = written(*make_fields(make_section(text="een; twee, drie")), excel=True)
    assert text.startswith("\ufeffschema_version;id;issue_id;")
    [row] = rows(text, ";")
    assert row["text"] == "een; twee, drie"


def test_excel_gets_numbers_that_it_reads_as_numbers():
    fields = make_fields(make_section("events", text="Om 3.30 uur."))
    [plain], [row] = rows(written(*fields)), rows(written(*fields, excel=True), ";")
    assert "." in plain["score_events"]
    assert row["score_events"] == plain["score_events"].replace(".", ",")
    assert row["ocr_confidence"] == plain["ocr_confidence"].replace(".", ",")
    assert row["text"] == "Om 3.30 uur."


def test_no_cell_is_a_formula():
    dangerous = '=HYPERLINK("http://x.example","klik")'
    section = make_section(text=dangerous, heading="@SUM(A1)", places=[], tags=("+1", "-2"))
    [row] = rows(written(*make_fields(section, newsletter="-Krant")))
    assert row["text"] == f"'{dangerous}"
    assert (row["heading"], row["tags"], row["newsletter"]) == ("'@SUM(A1)", "'+1 | -2", "'-Krant")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_no_sections_are_a_header_alone():
    assert written().startswith("schema_version,id,")
    assert written().count("\r\n") == 1
