import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

from archive.errors import UsageError
from archive.library.trend_warnings import YearReading, find_warnings
from archive.library.trends import TrendRequest, find_trend, wilson
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section


def filler(count):
    return [make_section("other", f"Tekst nummer {at} zonder meer.") for at in range(count)]


@pytest.fixture
def settings(archive_of):
    shelter = "De opvang groeit. De opvang blijft. De opvang helpt."
    return archive_of(
        make_issue([make_section("refugees", shelter), *filler(3)], date="2015-03", number="1"),
        make_issue([make_section("refugees", "Nieuwe opvang."), make_section("refugees", "Weer opvang."), *filler(2)],
                   date="2016-03", number="2"),
        make_issue(filler(2), date="2016-04", number="1", newsletter="De Brug", slug="de-brug"),
    )  # fmt: skip


def rows(trend):
    return {row.group: (row.matching, row.sections, row.occurrences) for row in trend.rows}


def test_a_term_is_counted_by_year_in_sections_and_in_words(settings):
    trend = find_trend(settings, TrendRequest(("year",), "opvang"))
    assert rows(trend) == {("2015",): (1, 4, 3), ("2016",): (2, 6, 2)}
    first = trend.rows[0]
    assert first.words == 24
    assert first.of_sections.value == pytest.approx(0.25)
    assert first.of_words.value == pytest.approx(3 / 24)


def test_words_that_need_only_be_near_are_counted_once_where_they_are(settings):
    trend = find_trend(settings, TrendRequest(("year",), '"opvang groeit"~2'))
    assert rows(trend) == {("2015",): (1, 4, 1), ("2016",): (0, 6, 0)}


def test_filters_and_more_than_one_field_part_further(settings):
    by_two = find_trend(settings, TrendRequest(("newsletter", "year"), "opvang"))
    assert rows(by_two)["de-brug", "2016"] == (0, 2, 0)
    one = find_trend(settings, TrendRequest(("year",), "opvang", SearchRequest(newsletters=("kerngroep-oost",))))
    assert rows(one) == {("2015",): (1, 4, 3), ("2016",): (2, 4, 2)}


def test_categories_are_shares_of_their_year(settings):
    trend = find_trend(settings, TrendRequest(("category", "year")))
    assert {group: found[:2] for group, found in rows(trend).items()} == {
        ("other", "2015"): (3, 4),
        ("other", "2016"): (4, 6),
        ("refugees", "2015"): (1, 4),
        ("refugees", "2016"): (2, 6),
    }


def test_holdings_bound_what_is_looked_at(settings):
    (settings.root / "issues.csv").write_text("issue,box\nkerngroep-oost-2015-03-a,12\nde-brug-2016-04-a,13\n")
    trend = find_trend(settings, TrendRequest(("year",), "opvang", SearchRequest(holdings=("box=12",))))
    assert rows(trend) == {("2015",): (1, 4, 3)}


def test_nothing_else_can_be_counted_by(settings):
    with pytest.raises(UsageError, match="cannot count by `colour`"):
        find_trend(settings, TrendRequest(("colour",)))


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (0, 0, 0, 0)],
)
def test_intervals_are_those_of_wilson(count, total, low, high):
    # 81 of 263 is the example of Newcombe (1998), table I; the others are known values.
    found = wilson(count, total)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def year(name, **facts):
    usual = {"sections": 20, "confidence": 0.9, "issues": 10, "newsletters": frozenset({"a"}), "pages": 40, "well": 40}
    return YearReading(name, **(usual | facts))


def test_years_that_were_kept_and_read_alike_give_no_warning():
    assert find_warnings([year("2015"), year("2016", confidence=0.92), year("2017", issues=8)]) == ()


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"confidence": 0.6}, "up to 50% between these years may be nothing but reading; the poor years are 2016"),
        ({"confidence": None}, "not known for 2016"),
        ({"well": 20}, "lacking from the counts: 2016 (50%)"),
        ({"issues": 2}, "Few issues beside the usual 10 a year: 2016 (2)"),
        ({"newsletters": frozenset({"a", "b"})}, "Not every newsletter is there in every year: b"),
    ],
)
def test_what_could_fake_a_trend_is_said(odd, said):
    (warning,) = find_warnings([year("2015"), year("2016", **odd), year("2017")])
    assert said in warning


def test_years_without_any_issue_are_said():
    assert find_warnings([year("2015"), year("2018")]) == ("There is no issue at all of 2 of the 4 years.",)


@pytest.mark.usefixtures("settings")
def test_one_newsletter_alone_brings_no_warning_about_others(run):
    told = run("stats", "--by", "year", "--term", "opvang", "--newsletter", "kerngroep-oost")
    assert "Mind" not in told.stderr


@pytest.mark.usefixtures("settings")
def test_a_trend_is_printed_with_its_warnings(run):
    told = run("stats", "--by", "year", "--term", "opvang")
    assert "2015" in told.stdout
    assert "25.0% (4.6%-69.9%)" in told.stdout
    assert "Mind: Not every newsletter is there in every year: de-brug." in told.stderr


@pytest.mark.usefixtures("settings")
def test_a_trend_is_a_table_and_an_answer_in_json(run):
    table = list(
        csv.DictReader(io.StringIO(run("stats", "--by", "year", "--term", "opvang", "--format", "csv").stdout))
    )
    assert [(row["year"], row["matching"], row["share"]) for row in table] == [
        ("2015", "1", "0.25"),
        ("2016", "2", "0.33333"),
    ]
    answer = json.loads(run("stats", "--by", "year", "--term", "opvang", "--json").stdout)
    assert answer["rows"][0]["of_sections"]["value"] == 0.25
    assert answer["warnings"]


@pytest.mark.usefixtures("settings")
def test_a_drawing_says_title_axis_query_source_and_what_to_mind(run, tmp_path):
    told = run("stats", "--by", "year", "--term", "opvang", "--plot", tmp_path / "out.svg")
    assert told.exit_code == 0
    drawn = ET.parse(tmp_path / "out.svg")  # noqa: S314 - our own file
    words = " ".join(element.text or "" for element in drawn.iter("{http://www.w3.org/2000/svg}text"))
    for expected in (
        "Sections that match opvang, by year",
        "Share of sections",
        "20 %",
        "Query: opvang",
        "10 sections",
        "Mind: ",
    ):
        assert expected in words
    before = (tmp_path / "out.svg").read_bytes()
    run("stats", "--by", "year", "--term", "opvang", "--plot", tmp_path / "out.svg")
    assert (tmp_path / "out.svg").read_bytes() == before


@pytest.mark.usefixtures("settings")
def test_a_drawing_can_be_a_png(run, tmp_path):
    from PIL import Image

    assert run("stats", "--by", "category", "--plot", tmp_path / "out.png").exit_code == 0
    with Image.open(tmp_path / "out.png") as image:
        assert image.info["Title"] == "Sections, by category"
        assert len(image.getcolors(1 << 16)) > 5


@pytest.mark.usefixtures("settings")
def test_a_drawing_of_another_kind_is_refused(run, tmp_path):
    assert run("stats", "--by", "year", "--plot", tmp_path / "out.gif").exit_code == 2
    assert run("stats", "--plot", tmp_path / "out.svg").exit_code == 2
