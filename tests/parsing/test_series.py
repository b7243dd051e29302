"""Are the issues of one series put together, named by what most print, and numbered and dated by their place in it?"""

from itertools import islice, permutations

import pytest

from archive.model.issues import PartialDate
from archive.parsing.series.clusters import find_clusters
from archive.parsing.series.facts import settle_facts
from archive.parsing.series.filenames import read_names
from archive.parsing.series.names import series_name
from archive.parsing.series.order import goes_up, misfits
from archive.parsing.series.signature import file_pattern, read_traits
from archive.parsing.series.sketch import (
    IssueSketch,
    PrintedDay,
    PrintedNumber,
    large_name,
    pack_sketch,
    printed_days,
    printed_numbers,
    unpack_sketch,
)
from archive.parsing.series.told import tell_series
from tests.parsing.printed import heading, page_of

LANGUAGES = ("nl", "en")
_TEXT = {
    1: "De sloten zijn geschoond en de bruggen hersteld voor het nieuwe seizoen begint.",
    2: "Wie helpt er mee met schilderen op de laatste zaterdag van deze maand?",
    3: "Het koor zoekt bassen en tenoren, want de voorraad raakt op.",
}


def front(name, text, *, size=30.0, top=("Wilgenoord aan de Vaart",)):
    return page_of(1, heading(name, size=size), *top, *([" "] * 12), text)


def sketch(file="raw/a/1.pdf", name="De Wilgenbode", **fields):
    given = {
        "first_page": 1,
        "parts": 1,
        "known": "",
        "printed_name": True,
        "names": (name,),
        "number": "",
        "number_source": "none",
        "numbers": (),
        "volume": "",
        "days": (),
        "traits": (),
    }
    return IssueSketch(file=file, name=name, **(given | fields))


def printed(date, source="masthead"):
    return PrintedDay(date, source, f"the masthead says '{date}'")


def names(*files, years=None):
    years = {file: year and PartialDate(year) for file, year in (years or {}).items()}
    return {file: (named.number, named.date) for file, named in read_names(dict.fromkeys(files) | years).items()}


def test_issues_that_print_the_same_rare_words_at_the_same_place_are_of_one_series():
    pages = [front("Wilgenbode", text) for text in _TEXT.values()] + [
        front("Scheepshoorn", _TEXT[1], top=("Katerveer",))
    ]
    traits = [read_traits((page,), f"raw/{at}.pdf", LANGUAGES) for at, page in enumerate(pages)]
    assert find_clusters(traits) == ((0, 1, 2), (3,))


def test_series_that_the_owner_named_apart_stay_apart():
    traits = [read_traits((front("Wilgenbode", text),), "raw/x.pdf", LANGUAGES) for text in _TEXT.values()]
    found = find_clusters(traits, apart={0: "oost", 1: "west"})
    assert not any({0, 1} <= set(each) for each in found)


def test_what_issues_write_about_does_not_make_them_one_series():
    topic = "De kascommissie leest de notulen voor de rondvraag en stelt de contributie vast."
    pages = [front("Wilgenbode", topic, top=()), front("Scheepshoorn", topic, top=())]
    traits = [read_traits((page,), f"raw/{at}{at}.pdf", LANGUAGES) for at, page in enumerate(pages)]
    assert find_clusters(traits) == ((0,), (1,))


def test_the_same_series_are_told_in_whatever_order_the_issues_come():
    issues = [
        sketch(
            f"raw/{name}{at}.pdf",
            name,
            days=(printed(f"200{at}-03"),),
            traits=read_traits((front(name, text, top=(name * 2,)),), f"raw/{name}{at}.pdf", LANGUAGES),
        )
        for name, texts in (("Wilgenbode", list(_TEXT.items())), ("Scheepshoorn", [(4, "Hoi."), (5, "Tot ziens.")]))
        for at, text in texts
    ]
    told = tell_series(issues)
    for order in islice(permutations(issues), 0, None, 17):
        assert tell_series(order) == told
    assert {each.slug for each in told.values()} == {"wilgenbode", "scheepshoorn"}


def test_a_sketch_comes_back_from_the_catalogue_as_it_was():
    kept = sketch(
        days=(printed("2001-03"),),
        numbers=(PrintedNumber(3, "nr"),),
        traits=read_traits((front("Wilgenbode", _TEXT[1]),), "raw/a.pdf", LANGUAGES),
    )
    assert unpack_sketch(pack_sketch(kept)) == kept


def test_the_name_that_most_issues_print_whole_outvotes_misread_ones():
    page = front("STICHTING WILGENBODE VAARTZICHT", _TEXT[1])
    traits = read_traits((page,), "raw/a.pdf", LANGUAGES)
    issues = [
        sketch(f"raw/{at}.pdf", name, names=("STICHTING WILGENBODE VAARTZICHT", name), traits=traits)
        for at, name in enumerate(("Xe SR VW", "Nieuwsbrief", "Wilgenbode"))
    ]
    assert series_name(issues) == "Stichting Wilgenbode Vaartzicht"


def test_the_largest_lines_below_each_other_are_one_name():
    page = page_of(1, heading("KERNGROEP", size=30.0), heading("WILGENOORD", size=28.0, above=2.0), _TEXT[1])
    assert large_name(page) == "KERNGROEP WILGENOORD"


def test_a_number_before_the_month_that_counts_up_is_no_day():
    files = [
        f"raw/a/Newsletter {number} - {month}.pdf"
        for number, month in ((6, "March 1992"), (7, "May 1992"), (147, "October 2005"))
    ]
    assert names(*files) == dict(
        zip(
            files,
            [("6", PartialDate(1992, 3)), ("7", PartialDate(1992, 5)), ("147", PartialDate(2005, 10))],
            strict=True,
        )
    )


def test_a_day_before_the_month_is_one():
    files = [f"raw/Blad {day} maart {year}.pdf" for day, year in ((12, 2001), (3, 2002), (7, 2003))]
    assert names(*files)[files[1]] == ("", PartialDate(2002, 3, 3))


def test_two_figures_that_are_the_printed_year_part_year_and_number():
    years = {"raw/Blad22-34.pdf": 2022, "raw/Blad23-04.pdf": 2023, "raw/Blad23-51.pdf": 2023, "raw/Blad24-01.pdf": None}
    assert names(years=years)["raw/Blad24-01.pdf"] == ("1", PartialDate(2024))
    assert names(years=years)["raw/Blad23-51.pdf"] == ("51", PartialDate(2023))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["20230928-Informatiebulletin-20", "20231130-Informatiebulletin-21"], ("20", PartialDate(2023, 9, 28))),
        (["201703", "201704", "201705"], ("", PartialDate(2017, 3))),
        (["2018-07", "2018-08"], ("", PartialDate(2018, 7))),
        (["newsletter-3", "newsletter-8", "newsletter-15"], ("3", None)),
        (
            ["PTC P2000 Nieuwsbrief April 1986 143-159", "PTC P2000 Nieuwsbrief Mei 1985 63-78"],
            ("", PartialDate(1986, 4)),
        ),
    ],
)
def test_the_pattern_of_a_folder_tells_which_part_is_what(files, told):
    assert names(*(f"raw/a/{file}.pdf" for file in files))[f"raw/a/{files[0]}.pdf"] == told


def test_numbers_go_up_through_all_years_or_within_each():
    assert goes_up([(PartialDate(2001, 1), 4), (PartialDate(2001, 2), 5), (PartialDate(2002, 1), 9)])
    assert goes_up(
        [(PartialDate(2001, 1), 1), (PartialDate(2001, 2), 2), (PartialDate(2002, 1), 1), (PartialDate(2002, 3), 4)]
    )
    assert not goes_up([(PartialDate(2001, 1), 4), (PartialDate(2001, 2), 3), (PartialDate(2002, 1), 2)])


def test_the_one_issue_that_breaks_the_order_is_found():
    counted = [(PartialDate(2001, month), month) for month in range(1, 12)]
    counted[4] = (PartialDate(2001, 5), 50)
    assert misfits(counted) == {4}


def test_a_number_that_never_changes_numbers_nothing():
    issues = [
        sketch(f"raw/{at}.pdf", number="4330", number_source="text", days=(printed(f"2023-0{at}"),))
        for at in range(1, 6)
    ]
    assert [fact.number for fact in settle_facts(issues)] == [""] * 5


def test_figures_alone_that_go_up_in_most_issues_number_them():
    issues = [
        sketch(f"raw/x{at}y.pdf", numbers=(PrintedNumber(at * 3, ""),), days=(printed(f"2023-0{at}"),))
        for at in range(1, 6)
    ]
    assert [fact.number for fact in settle_facts(issues)] == ["3", "6", "9", "12", "15"]


def test_the_day_of_an_event_yields_to_the_month_that_the_file_is_called_by():
    months = ("January", "February", "March", "April")
    issues = [
        sketch(f"raw/Letter {at} - {month} 2022.pdf", days=(printed(f"2022-0{at}"),))
        for at, month in enumerate(months, 1)
    ]
    issues[2] = issues[2]._replace(days=(printed("2022-02-20"),))
    facts = settle_facts(issues)
    assert [str(fact.date) for fact in facts] == ["2022-01", "2022-02", "2022-03", "2022-04"]
    assert facts[2].doubts == ("the masthead says '2022-02-20'",)


def test_a_guessed_date_that_breaks_the_order_of_the_numbers_is_taken_back():
    issues = [
        sketch(f"raw/x{at}y.pdf", number=str(at), number_source="masthead", days=(printed(f"2001-0{at}"),))
        for at in range(1, 8)
    ]
    issues[3] = issues[3]._replace(days=(printed("2019-05", "text"),))
    assert settle_facts(issues)[3].date is None
    assert "does not lie between" in settle_facts(issues)[3].date_evidence


def test_days_and_numbers_on_lines_of_their_own_are_read_with_the_year_beside_them():
    page = page_of(
        1,
        heading("Wilgenbode", size=30.0),
        "43 2023",
        "25 OKTOBER",
        "EDITIE 4330",
        "Informatiebulletin 19",
        *_TEXT.values(),
    )
    assert [day.date for day in printed_days(page, "nl")] == ["2023-10-25"]
    assert set(printed_numbers(page)) == {
        PrintedNumber(43, ""),
        PrintedNumber(4330, "editie"),
        PrintedNumber(19, "informatiebulletin"),
    }


def test_the_pattern_of_a_file_holds_no_month_and_no_number():
    assert file_pattern("raw/a/Newsletter_147 - October 2005.pdf") == "newsletter # - @ #"


def test_many_issues_of_a_few_designs_are_told_as_a_few_are():
    marks = ("Wilgenbode", "Scheepshoorn", "Dijkgraaf", "Polderpost")
    pages = [front(mark, f"{mark} {at} {_TEXT[at % 3 + 1]}", top=(mark * 2,)) for at in range(60) for mark in marks]
    traits = [read_traits((page,), f"raw/{at}.pdf", LANGUAGES) for at, page in enumerate(pages)]
    assert find_clusters(traits) == tuple(tuple(range(first, 240, 4)) for first in range(4))


def test_behind_a_cover_of_hardly_any_words_the_next_page_tells_the_series():
    inside = [
        page_of(2, heading("WILGENOORDSE HERVORMDE GEMEENTE", size=14.0), "Vaartkade", *_TEXT.values())
        for _ in range(3)
    ]
    covers = [page_of(1, heading(word, size=40.0)) for word in ("Pasen", "Advent", "Kerstnacht")]
    traits = [
        read_traits(pages, f"raw/{at}.pdf", LANGUAGES) for at, pages in enumerate(zip(covers, inside, strict=True))
    ]
    assert find_clusters(traits) == ((0, 1, 2),)
