import json

import pytest

from archive.errors import UsageError
from archive.library.holdings import holding_filter, read_holdings
from archive.library.issues import list_issues
from tests.factories import make_issue

TABLE = """issue,file,Inventory_Number,box,rights
kerngroep-oost-2022-06-15-a,,NL-12,12,CC-BY
,raw/brug.pdf,NL-13,13,in copyright
"""


@pytest.fixture
def table(tmp_path):
    (tmp_path / "issues.csv").write_text(TABLE)
    return read_holdings(tmp_path / "issues.csv")


def test_a_row_joins_by_issue_or_by_scan(table):
    assert table.columns == ("inventory_number", "box", "rights")
    assert table.of("kerngroep-oost-2022-06-15-a", "raw/x.pdf")["box"] == "12"
    assert table.of("anything", "raw/brug.pdf")["inventory_number"] == "NL-13"
    assert table.of("another-id", "x", "kerngroep-oost-2022-06-15-a")["rights"] == "CC-BY"
    assert table.of("unknown", "raw/unknown.pdf") == {"inventory_number": "", "box": "", "rights": ""}


@pytest.mark.parametrize("file", ["brug.pdf", "./brug.pdf", "raw/brug.pdf"])
def test_a_scan_is_named_with_or_without_its_folder(tmp_path, file):
    (tmp_path / "issues.csv").write_bytes(f"\ufefffile;box\r\n{file};13\r\n".encode())
    assert read_holdings(tmp_path / "issues.csv").of("", "raw/brug.pdf") == {"box": "13"}


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (["box=12"], True),
        (["box=13"], False),
        (["box=13", "box=12"], True),
        (["box=12", "rights=public"], False),
        (["rights=cc*"], True),
        (["Box=12", "inventory_number=nl-12"], True),
        (["rights="], False),
        ([], True),
    ],
)
def test_holdings_filter_issues(table, wanted, passes):
    assert holding_filter(table, wanted).keeps("kerngroep-oost-2022-06-15-a", "raw/x.pdf") is passes


def test_an_empty_value_asks_for_what_is_not_filled_in(table):
    assert holding_filter(table, ["box="]).keeps("unknown", "raw/unknown.pdf")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("box,rights\n1,2\n", "names the issue"),
        ("issue,box,box\na,1,2\n", "there twice"),
        ("issue,box\n,1\n", "line 2"),
    ],
)
def test_a_table_that_cannot_be_joined_is_refused(tmp_path, content, problem):
    (tmp_path / "issues.csv").write_text(content)
    with pytest.raises(UsageError, match=problem):
        read_holdings(tmp_path / "issues.csv")


@pytest.mark.parametrize("wanted", ["box", "=12", "colour=red"])
def test_a_holding_that_cannot_be_looked_for_is_refused(table, wanted):
    with pytest.raises(UsageError):
        holding_filter(table, [wanted])


def test_issues_are_listed_with_their_holdings_and_kept_by_them(archive_of, run):
    settings = archive_of(make_issue(), make_issue(date="2021-01-01", number="1"), index=False)
    assert list_issues(settings).series[0].holdings == {}
    (settings.root / "issues.csv").write_text(TABLE)
    (series,) = list_issues(settings, holdings=["box=12"]).series
    assert [issue.id for issue in series.issues] == ["kerngroep-oost-2022-06-15-a"]
    listed = run("issues").stdout
    assert "inventory_number" in listed
    assert "NL-12" in listed
    answer = json.loads(run("issues", "--holding", "rights=CC*", "--json").stdout)
    assert answer["series"][0]["holdings"]["kerngroep-oost-2022-06-15-a"]["box"] == "12"
    assert run("issues", "--holding", "colour=red").exit_code == 2


def test_what_could_steer_a_terminal_is_taken_out_of_names_and_values(archive_of, run):
    settings = archive_of(make_issue(), index=False)
    (settings.root / "issues.csv").write_bytes(b"issue,bo\x1b[2Jx\r\nkerngroep-oost-2022-06-15-a,1\x002\x1b[31m\r\n")
    said = run("issues").stdout
    assert "\x1b" not in said
    assert "bo\ufffd[2jx" in said
    for form in ("csv", "xlsx", "html", "tei", "jsonl"):
        assert run("export", "--format", form, "--output", f"out.{form}").exit_code == 0, form
        assert form == "xlsx" or b"\x1b" not in (settings.root / f"out.{form}").read_bytes()
