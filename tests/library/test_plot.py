"""Does a drawing of a trend fit a page, and do years stand where they stand in time?"""

import pytest

from archive.library.plot import draw_trend
from archive.library.trends import Share, Trend, TrendRow
from archive.model.drawings import Label, Patch, Stroke


def trend(by, groups):
    share = Share(0.25, 0.1, 0.4)
    rows = (TrendRow(group, 40, 400, 10 + at % 7, 20, share, share, 0.9) for at, group in enumerate(groups))
    return Trend(by, "opvang", "opvang", tuple(rows))


def labels(drawing):
    return {mark.text: mark for mark in drawing.marks if isinstance(mark, Label)}


def points(drawing):
    """Return the middle of each dot by the group that it stands for."""
    dots = (mark for mark in drawing.marks if isinstance(mark, Patch) and mark.hint)
    return {dot.hint.partition(":")[0]: ((dot.x0 + dot.x1) / 2, (dot.y0 + dot.y1) / 2) for dot in dots}


@pytest.mark.parametrize("by", [("category", "year"), ("year", "category")])
def test_categories_by_year_fit_a_page_one_under_the_other(by):
    names = ("campaigns", "events", "meetings", "other", "refugees")
    pairs = [(name, str(year)) for name in names for year in range(1990, 2020)]
    drawn = draw_trend(trend(by, [pair if by[0] == "category" else pair[::-1] for pair in pairs]), "source")
    assert (drawn.width, drawn.height < 1000) == (720, True)
    assert labels(drawn).keys() >= {*names, "1990", "2010"}
    found = points(drawn)
    assert len(found) == 150
    same_year = [found[f"{name} / 2001" if by[0] == "category" else f"2001 / {name}"] for name in names]
    assert len({x for x, _ in same_year}) == 1
    assert sorted({y for _, y in same_year}) == [y for _, y in same_year]


def test_years_stand_to_scale_and_are_joined_only_where_they_follow_each_other():
    drawn = draw_trend(trend(("year",), [("1990",), ("1991",), ("2010",), ("",)]), "source")
    x = {year: place for year, (place, _) in points(drawn).items()}
    assert x["2010"] - x["1990"] == pytest.approx(20 * (x["1991"] - x["1990"]))
    assert x["?"] > x["2010"]
    assert "undated" in labels(drawn)
    lines = [mark for mark in drawn.marks if isinstance(mark, Stroke) and mark.width == 1.5]
    assert [(line.x0, line.x1) for line in lines] == [(x["1990"], x["1991"])]


@pytest.mark.parametrize("by", [("newsletter",), ("newsletter", "year")])
def test_what_does_not_fit_is_named(by):
    groups = [(f"nieuwsbrief-{at:02}", "1999")[: len(by)] for at in range(40)]
    drawn = draw_trend(trend(by, groups), "source")
    assert drawn.width == 720
    assert drawn.height < 1700
    assert 8 <= len(points(drawn)) <= 14
    said = " ".join(labels(drawn))
    assert "Not drawn, as fewer match: newsletter: nieuwsbrief-" in said
    assert all(name in said or name in points(drawn) for name, *_ in groups)


def test_nothing_is_drawn_too():
    assert draw_trend(trend(("year",), []), "source").width == 720
