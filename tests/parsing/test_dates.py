"""Dates in a text: every row below is one printed form and what it must mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.issues import PartialDate, Precision, YearSource
from archive.parsing.dates import find_dates

JUNE_2022 = PartialDate(2022, 6)
NOV_1997 = PartialDate(1997, 11)


def read(text, issue=JUNE_2022, language="nl"):
    """The dates as `first` or `first/last`, with a question mark after those whose year is inferred."""
    found = find_dates(text, issue_date=issue, language=language)
    for date in found:
        assert text[date.start : date.end_offset] == date.text
    marks = {YearSource.PRINTED: "", YearSource.INFERRED: "?", YearSource.NONE: "-"}
    return [date.date + (f"/{date.end}" if date.end else "") + marks[date.year_source] for date in found]


DUTCH = [
    ("De markt is op 12 mei.", "2022-05-12?"),
    ("De markt duurt van 12 t/m 14 mei.", "2022-05-12/2022-05-14?"),
    ("za. 7 maart '98 om 20 uur", "1998-03-07"),
    ("Kom woensdagmiddag 28 september naar de zaal.", "2022-09-28?"),
    ("VERGADERING 1 SEPT.", "2022-09-01?"),
    ("25/11: soepavond", "2022-11-25?"),
    ("Zie het verslag d.d. 25-11-2019.", "2019-11-25"),
    ("eind november is het klaar", "2022-11?"),
    ("begin maart 2021", "2021-03"),
    ("medio april", "2022-04?"),
    ("half augustus 1995", "1995-08"),
    ("voorjaar 1998", "1998-03/1998-05"),
    ("In de zomer van 2003 regende het.", "2003-06/2003-08"),
    ("najaar 2011", "2011-09/2011-11"),
    ("winter 1998-1999", "1998-12/1999-02"),
    ("maart/april 1999", "1999-03/1999-04"),
    ("juli-augustus", "2022-07/2022-08?"),
    ("december 2003 - januari 2004", "2003-12/2004-01"),
    ("van 20 mei tot en met 30 juni", "2022-05-20/2022-06-30?"),
    ("van vrijdag 20 mei tot en met zondag 5 juni 2016", "2016-05-20/2016-06-05"),
    ("zaterdag 7, 14 en 21 maart", "2022-03-07? 2022-03-14? 2022-03-21?"),
    ("ma. 3, di. 4 en wo. 5 juni 1996", "1996-06-03 1996-06-04 1996-06-05"),
    ("in de nacht van 4 op 5 mei", "2022-05-04/2022-05-05?"),
    ("op 12 en 13 mei", "2022-05-12/2022-05-13?"),
    ("op 12 en 26 mei", "2022-05-12? 2022-05-26?"),
    ("12/13 mei", "2022-05-12/2022-05-13?"),
    ("12-14 mei 2019", "2019-05-12/2019-05-14"),
    ("12 – 14 mei 2019", "2019-05-12/2019-05-14"),
    ("Editie 15 / Edition 15 – 2 september 2022", "2022-09-02"),
    ("2010-3 – vrijdag 11 juni 2010", "2010-06-11"),
    ("2016-7 – 14 november 2016", "2016-11-14"),
    ("7 – 14-11-2016", "2016-11-14"),
    ("7 t/m 14-11-2016", "2016-11-07/2016-11-14"),
    ("april - mei juni 1993", "1993-04/1993-06"),
    ("maart juni 1993", "1993-06"),
    ("de eerste maart", "2022-03-01?"),
    ("vijf mei 1945", "1945-05-05"),
    ("1e juni 1987", "1987-06-01"),
    ("de 3de oktober", "2022-10-03?"),
    ("op 31 december t/m 3 januari", "2021-12-31/2022-01-03?"),
    ("van 28 december 2003 tot 4 januari 2004", "2003-12-28/2004-01-04"),
    ("21 MRT 1986", "1986-03-21"),
    ("vr 14 feb. 20.15 uur", "2022-02-14?"),
    ("donderdag, 9 juni 2022", "2022-06-09"),
    ("Dinsdag de 14e juni", "2022-06-14?"),
    ("Datum: 03.04.1992", "1992-04-03"),
    ("za 7-3-'98", "1998-03-07"),
    ("2014-05-12", "2014-05-12"),
    ("in het eerste kwartaal van 2004", "2004-01/2004-03"),
    ("in 1953 kwam het water", "1953"),
    ("Sinds 1987 bestaat de club", "1987"),
    ("van 1926 tot 1938", "1926/1938"),
    ("in april gaan we weer open", "2022-04?"),
    ("7 okt.", "2022-10-07?"),
    ("Zo. 30/1 wandeling, zo. 13/2 lezing", "2022-01-30? 2022-02-13?"),
    ("per 1 januari jl.", "2022-01-01?"),
    ("29 februari 2020", "2020-02-29"),
    ("zondagmorgen 3 juli a.s. om 10.00 uur", "2022-07-03?"),
    ("Opgeven voor 1 april, de tocht is op 8 mei", "2022-04-01? 2022-05-08?"),
    ("eenentwintig juni", "2022-06-21?"),
    ("'s avonds 4 mei, twee minuten stilte", "2022-05-04?"),
    ("18-, 19- en 20 juni", "2022-06-18? 2022-06-19? 2022-06-20?"),
    ("vrijdag 17 en zaterdag 18 juni", "2022-06-17/2022-06-18?"),
    ("van maandag 11 juli t/m vrijdag 15 juli", "2022-07-11/2022-07-15?"),
]

ENGLISH = [
    ("May 14, 2014", "2014-05-14"),
    ("the 14th of May", "2022-05-14?"),
    ("14 and 15 May", "2022-05-14/2022-05-15?"),
    ("Saturday 4 June, 2 p.m.", "2022-06-04?"),
    ("Saturday, June 4th", "2022-06-04?"),
    ("from 3 to 7 August 2020", "2020-08-03/2020-08-07"),
    ("June 3-5, 2021", "2021-06-03/2021-06-05"),
    ("May 30 to June 2, 2019", "2019-05-30/2019-06-02"),
    ("on Wednesday evening 15 June", "2022-06-15?"),
    ("1st Sept 1999", "1999-09-01"),
    ("in spring 2018", "2018-03/2018-05"),
    ("autumn 2009", "2009-09/2009-11"),
    ("late November", "2022-11?"),
    ("in March", "2022-03?"),
    ("by the end of May 2023", "2023-05"),
    ("the fifth of November 1605", "1605-11-05"),
    ("twenty-first of June", "2022-06-21?"),
    ("July/August 2004", "2004-07/2004-08"),
    ("12/25/2004", "2004-12-25"),
    ("Thurs. 9 Dec. '99", "1999-12-09"),
    ("since 1974", "1974"),
]

NO_DATES = [
    "Bel 053-4 12 13 14 of 06-12 34 56 78.",
    "Bel 012/34 56 78 na 19.30 uur.",
    "De zaal kost € 12,50 en een kop soep 1.10.",
    "Wij wonnen met 3-1, uit werd het 2-2.",
    "De uitslag was 10/12 en 24/7 open.",
    "Tussen 10.00 en 12.00 uur",
    "groep 7/8 en klas 3/4",
    "Zie blz. 12 en 13.",
    "jaargang 12, nummer 4",
    "Rekening NL00 TEST 0123 4567 89",
    "1/2 liter melk, 3/4 kop suiker",
    "may we all march on",
    "In 2000 woningen ligt de krant",
    "zo 5 en ma",
    "artikel 5.12 van de statuten",
    "31 juni bestaat niet, 30 februari ook niet",
    "Kamer 12 mei-lokaal",
    "tel. 0512-12 12 12",
    "een marsje van 12 km",
    "www.voorbeeld.example/12-05-2004/nieuws",
]

MISREAD = [
    ("zaterdag l5 juni", "2019-06-15?", PartialDate(2019, 5)),
    ("2O juni 2O04", "2004-06-20", JUNE_2022),
    ("12 rnei 1998", "1998-05-12", JUNE_2022),
    ("3 0ktober 1998", "1998-10-03", JUNE_2022),
    ("14 januar1 l998", "1998-01-14", JUNE_2022),
    ("woensdag 7 septernber", "2022-09-07?", JUNE_2022),
]

YEARS = [
    # A weekday fixes the year, even against the nearest one.
    ("zaterdag 14 februari", "1998-02-14?", NOV_1997),
    ("vrijdag 14 februari", "1997-02-14?", NOV_1997),
    # Without one: the nearest, ahead or back where the words say so.
    ("Op 12 januari komen wij bijeen", "1998-01-12?", NOV_1997),
    ("Op 12 september kwamen wij bijeen", "1997-09-12?", NOV_1997),
    ("op 20 november jl.", "1996-11-20?", PartialDate(1997, 11, 3)),
    ("op 2 november a.s.", "1998-11-02?", PartialDate(1997, 11, 3)),
    ("De vergadering werd verplaatst naar 12 juli", "1998-07-12?", NOV_1997),
    ("The meeting was put off until 12 July", "1998-07-12?", NOV_1997),
    ("Stukken uiterlijk 12 juli inleveren", "1998-07-12?", NOV_1997),
    ("vorig jaar op 12 oktober", "1996-10-12?", NOV_1997),
    ("volgend jaar op 12 juni", "1998-06-12?", NOV_1997),
    # A full date in the same paragraph carries over where it is history.
    ("Op 7 oktober 1914 begon de vlucht. Op 9 oktober viel de stad.", "1914-10-07 1914-10-09?", NOV_1997),
    ("Op 7 oktober 1914 begon het.\n\nOp 9 december is er een lezing.", "1914-10-07 1997-12-09?", NOV_1997),
    # Nothing to go by: said, not guessed.
    ("Op 12 mei", "-", None),
    ("Van 12 mei tot 14 juni 2004", "2004-05-12/2004-06-14", None),
]


@pytest.mark.parametrize(("text", "expected"), DUTCH)
def test_a_dutch_date_is_read(text, expected):
    assert " ".join(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_date_is_read(text, expected):
    assert " ".join(read(text, language="en")) == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_left_alone(text):
    assert read(text) == []


@pytest.mark.parametrize(("text", "expected", "issue"), MISREAD)
def test_a_misread_date_is_read(text, expected, issue):
    assert " ".join(read(text, issue)) == expected


@pytest.mark.parametrize(("text", "expected", "issue"), YEARS)
def test_a_year_is_inferred_or_said_to_be_unknown(text, expected, issue):
    assert " ".join(read(text, issue)) == expected


@pytest.mark.parametrize(
    ("text", "issue", "expected"),
    [
        ("Te zien tot eind november.", "1998-03", "1998-11"),
        ("Te zien tot eind november.", "1998-03-12", "1998-11"),
        ("Te zien tot en met 31 januari.", "1998-03", "1999-01-31"),
        ("Te zien tot maart.", "1998", "1998-03"),  # of that year, as far as is known
        ("Gesloten vanaf november.", "1998-03", "1998-11"),
        ("Gesloten met ingang van 1 december.", "1998-03", "1998-12-01"),
        ("Open until the end of November.", "1998-03", "1998-11"),
        ("Tot november was hij voorzitter, toen werd hij lid.", "1998-03", "1997-11"),
        ("Sinds april is de zaal dicht.", "1998-03", "1997-04"),
        ("Sinds begin maart is de zaal dicht.", "1998-03", "1998-03"),
        ("Lid sedert 5 mei.", "1998-03", "1997-05-05"),
        ("Closed since 12 May.", "1998-03", "1997-05-12"),
        ("Gesloten sinds oktober.", "1998-11", "1998-10"),
        ("Afgelopen 2 november was het feest.", "1998", "1998-11-02"),
    ],
)
def test_words_of_direction_decide_the_year(text, issue, expected):
    (found,) = find_dates(text, issue_date=PartialDate(*map(int, issue.split("-"))), language="nl")
    assert (found.date, found.year_source) == (expected, YearSource.INFERRED)


def test_a_season_and_a_month_tell_their_precision():
    found = find_dates("zomer 2003, mei 2004, 3 mei 2004, sinds 1999", issue_date=None, language="nl")
    assert [date.precision for date in found] == [Precision.SEASON, Precision.MONTH, Precision.DAY, Precision.YEAR]


@given(st.text(alphabet="0123456789/-. lOmeijunrta'za,&\n", max_size=60))
def test_any_text_can_be_searched_for_dates(text):
    for date in find_dates(text, issue_date=JUNE_2022, language="nl"):
        assert text[date.start : date.end_offset] == date.text


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("A second march is planned.", "en", []),
        ("on the second of March", "en", ["2020-03-02"]),
        ("Beweegdag, 16 2021\nmei", "nl", ["2020-05-16"]),
        ("De Schutters 3 - Vlug en Vrij 2 5-5", "nl", []),
    ],
)
def test_marches_scores_and_wrapped_cells(text, language, dates):
    found = find_dates(text, issue_date=PartialDate(2020, 4), language=language)
    assert [date.date for date in found] == dates
