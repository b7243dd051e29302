import json
import xml.etree.ElementTree as ET

import pytest

from archive.library.issues import list_issues
from archive.library.series import make_calendar, spans
from tests.factories import make_issue, make_section


@pytest.fixture
def settings(archive_of):
    facts = [("2019-11", "9"), ("2020-02-14", "10"), ("2020-02-28", "11"), ("2020", "12"), ("2022-06", "20"), ("", "3")]
    return archive_of(
        *(make_issue([make_section(text=f"Tekst {number}")], date=date, number=number) for date, number in facts),
        index=False,
    )


@pytest.fixture
def calendar(settings):
    return make_calendar(list_issues(settings).series[0])


def test_every_year_of_the_run_has_its_row_and_every_issue_its_month(calendar):
    assert [row.year for row in calendar.years] == ["2019", "2020", "2021", "2022"]
    assert calendar.years[0].months[10].issues == ("kerngroep-oost-2019-11-a",)
    assert [len(cell.issues) for cell in calendar.years[1].months] == [0, 2, *[0] * 10]
    assert calendar.years[1].no_month.issues == ("kerngroep-oost-2020-a",)
    assert len(calendar.undated.issues) == 1


def test_missing_numbers_stand_in_the_year_in_which_they_would_have_come_out(calendar):
    assert {row.year: row.missing for row in calendar.years} == {
        "2019": (4, 5, 6, 7, 8),
        "2020": (13, 14),
        "2021": (15, 16, 17),
        "2022": (18, 19),
    }


def test_numbers_that_follow_each_other_are_written_as_a_span():
    assert spans((2, 3, 4, 6, 8, 9)) == "2-4, 6, 8-9"


@pytest.mark.usefixtures("settings")
def test_the_calendar_is_shown_on_the_screen(run):
    assert run("issues", "--calendar").stdout.splitlines()[1:6] == [
        "      J F M A M J J A S O N D  ?",
        "2019  . . . . . . . . . . # .  .   missing: 4-8",
        "2020  . 2 . . . . . . . . . .  #   missing: 13-14",
        "2021  . . . . . . . . . . . .  .   missing: 15-17",
        "2022  . . . . . # . . . . . .  .   missing: 18-19",
    ]


@pytest.mark.usefixtures("settings")
def test_the_calendar_is_drawn_and_answered_in_json(run, tmp_path):
    assert run("issues", "--svg", tmp_path / "run.svg").exit_code == 0
    drawn = ET.parse(tmp_path / "run.svg")  # noqa: S314 - our own file
    said = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Kerngroep Oost: 6 issues", "2021", "missing: 15-17"} <= set(said)
    hints = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert "2020-02: kerngroep-oost-2020-02-14-a, kerngroep-oost-2020-02-28-a" in hints
    (series,) = json.loads(run("issues", "--json").stdout)["series"]
    assert series["calendar"]["years"][2]["missing"] == [15, 16, 17]
