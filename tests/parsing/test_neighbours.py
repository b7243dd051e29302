"""Do neighbours in a series date an issue, and only where they can tell?"""

import random

from archive.model.issues import PartialDate
from archive.parsing.neighbours import SeriesIssue, dates_from_neighbours


def issue(number, date=None, *, volume="", newsletter="De Veldpost"):
    return SeriesIssue(f"{newsletter}-{volume}-{number}", newsletter, str(number), volume, date)


def told(*issues):
    return {key: str(found.date) for key, found in dates_from_neighbours(issues).items()}


def test_a_missing_month_stands_between_its_neighbours():
    series = (issue(13, PartialDate(1998, 3)), issue(14), issue(15, PartialDate(1998, 5)))
    assert told(*series) == {"De Veldpost--14": "1998-04"}
    found = dates_from_neighbours(series)["De Veldpost--14"]
    assert found.evidence == "between number 13 (1998-03) and number 15 (1998-05)"


def test_neighbours_of_one_year_tell_the_year_alone():
    assert told(issue(13, PartialDate(1998, 2)), issue(14), issue(15, PartialDate(1998, 9))) == {
        "De Veldpost--14": "1998"
    }


def test_neighbours_around_new_year_tell_nothing():
    assert told(issue(13, PartialDate(1998, 10)), issue(14), issue(15, PartialDate(1999, 4))) == {}


def test_numbers_that_start_anew_count_within_their_volume():
    series = [
        issue(1, PartialDate(1997, 1), volume="3"),
        issue(2, PartialDate(1997, 4), volume="3"),
        issue(1, PartialDate(1998, 1), volume="4"),
        issue(2, volume="4"),
        issue(3, PartialDate(1998, 3), volume="4"),
    ]
    assert told(*series) == {"De Veldpost-4-2": "1998-02"}


def test_an_issue_after_the_last_is_dated_by_the_pace_of_the_series():
    series = [issue(number, PartialDate(1990, number)) for number in range(1, 7)]
    assert told(*series, issue(7)) == {"De Veldpost--7": "1990"}
    assert told(*series, issue(20)) == {}


def test_dates_that_go_back_date_nothing():
    series = (
        issue(13, PartialDate(1998, 5)),
        issue(14),
        issue(15, PartialDate(1998, 3)),
        issue(16, PartialDate(1998, 6)),
    )
    assert told(*series) == {}


def test_another_newsletter_dates_nothing():
    other = [issue(number, PartialDate(1998, number), newsletter="De Brug") for number in (1, 3)]
    assert told(issue(2), *other) == {}


def test_the_order_of_arrival_changes_nothing():
    series = [issue(number, PartialDate(1998, number) if number % 2 else None) for number in range(1, 12)]
    expected = told(*series)
    assert len(expected) == 5
    random.Random(4).shuffle(series)  # noqa: S311 - the same order on every run
    assert told(*series) == expected
