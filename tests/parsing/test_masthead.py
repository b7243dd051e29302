"""Which newsletter, number and date is this, and who says so?"""

from dataclasses import replace

import pytest

from archive.model.issues import FactSource
from archive.model.pages import Block, BlockRole, Box, Line, Page, TextSource, Word
from archive.parsing.masthead import Hints, find_issues
from archive.parsing.numbering import part_figures, read_numbering

BODY = "Op het veld achter de school staan sinds vorige week nieuwe doelen en\neen bank voor wie liever kijkt dan rent."


def page_of(*blocks, number=1, reasons=()):
    """A page without boxes, as from a dump."""
    made = [Block(tuple(Line(tuple(map(Word, line.split()))) for line in text.split("\n"))) for text in blocks]
    made += [
        Block((Line(tuple(map(Word, text.split()))),), role=BlockRole.FURNITURE, reason="running head or foot")
        for text in reasons
    ]
    return Page(number, tuple(made), TextSource.TEXT_FILE)


def printed_page(*blocks, number=1):
    """A page with boxes; each block is (size, text), one below the other."""
    made, y = [], 40.0
    for size, text in blocks:
        lines = []
        for line in text.split("\n"):
            words = tuple(
                Word(word, Box(50 + 40 * at, y, 85 + 40 * at, y + size), 0.95, size)
                for at, word in enumerate(line.split())
            )
            lines.append(Line(words, Box(50, y, 550, y + size)))
            y += size * 1.4
        made.append(Block(tuple(lines), Box(50, lines[0].box.y0, 550, y)))
        y += 10
    return Page(number, tuple(made), TextSource.OCR, width=595, height=842)


def issues_of(*pages, file="raw/scan0001.pdf", metadata=None, newsletters=()):
    hints = Hints(file, metadata or {}, newsletters)
    return find_issues(pages, "ab" * 32, hints, languages=("nl", "en"))


@pytest.mark.parametrize(
    ("line", "number", "volume", "date"),
    [
        ("nr. 3", "3", "", ""),
        ("15e jaargang, nummer 2", "2", "15", ""),
        ("jrg. 12 no. 4", "4", "12", ""),
        ("Issue 7", "7", "", ""),
        ("Volume 3", "", "3", ""),
        ("Jaargang XII, nr. l2", "12", "12", ""),
        ("vierde jaargang, derde nummer", "3", "4", ""),
        ("Vol. 3, No. 2 | Summer 2004", "2", "3", "Summer 2004"),
        ("Issue 22 October 2018", "22", "", "October 2018"),
        ("nr. 3 september 1987", "3", "", "september 1987"),
        ("Issue 31 - 5 March 2021", "31", "", "5 March 2021"),
        ("nr. 5/6, juni 1994", "5-6", "", "juni 1994"),
        ("7e jaargangno. 3 maart 1972", "3", "7", "maart 1972"),
        ("Nummer 5/6, juli-augustus 2001", "5-6", "", "juli-augustus 2001"),
        ("mei / May 2014", "", "", "mei / May 2014"),
        ("2004/3 - najaar 2004", "3", "", "najaar 2004"),
        ("april - mei - juni 1993", "", "", "april - mei - juni 1993"),
        ("Nieuwsbrief 12 juni 2019", "", "", "12 juni 2019"),
    ],
)
def test_number_volume_and_date_of_a_line_are_read(line, number, volume, date):
    says = read_numbering(line)
    assert (says.number, says.volume) == (number, volume)
    assert [line[found.start : found.end] for found in says.dates] == ([date] if date else [])


def test_a_printed_masthead_gives_title_number_and_date():
    (issue,) = issues_of(
        printed_page(
            (30, "De Veldpost"),
            (9, "Blad voor de buurt achter het spoor"),
            (9, "Jaargang 8 - nummer 2 maart 1998"),
            (10, BODY),
        )
    )
    assert (issue.newsletter, issue.slug, issue.number, issue.volume, str(issue.date)) == (
        "De Veldpost",
        "de-veldpost",
        "2",
        "8",
        "1998-03",
    )
    assert {issue.newsletter_source, issue.number_source, issue.date_source} == {FactSource.MASTHEAD}


def test_a_long_line_of_number_and_date_above_a_long_publisher_is_no_running_text():
    (issue,) = issues_of(
        printed_page(
            (24, "De Loper"),
            (
                11,
                "Jaargang 19, nr. 1 - maart 1985 - losse nummers 1,-\ngymnastiekvereniging Sterk en Snel te Wielerdam",
            ),
            (11, BODY),
        )
    )
    assert (str(issue.date), issue.date_source) == ("1985-03", FactSource.MASTHEAD)


def test_the_lines_above_a_printed_mail_are_not_the_name():
    (issue,) = issues_of(
        printed_page(
            (
                11,
                "Van: Stichting De Dijk, Polderstad\nAan: leden\nDatum: 14 november 2016\nOnderwerp: De Dijkwacht 7",
            ),
            (14, "De Dijkwacht"),
            (11, BODY),
        )
    )
    assert (issue.newsletter, str(issue.date)) == ("De Dijkwacht", "2016-11-14")


def test_the_masthead_becomes_furniture_and_the_text_stays():
    (issue,) = issues_of(printed_page((30, "De Veldpost"), (9, "nummer 2, maart 1998"), (10, BODY)))
    assert [(block.role, block.reason) for block in issue.pages[0].blocks[:2]] == [
        (BlockRole.FURNITURE, "masthead")
    ] * 2
    assert issue.pages[0].blocks[2].role is BlockRole.BODY


def test_a_block_that_holds_masthead_and_text_is_parted():
    (issue,) = issues_of(page_of(f"De Veldpost\nnummer 2, maart 1998\n{BODY}"))
    first, second = issue.pages[0].blocks
    assert (first.text, first.reason) == ("De Veldpost\nnummer 2, maart 1998", "masthead")
    assert second.text == BODY


def test_capitals_are_written_as_the_text_spells_them():
    (issue,) = issues_of(page_of("HET IJSLANDHUIS", "zomer 2004", BODY, "Redactie van Het IJslandhuis, Kade 1."))
    assert (issue.title, issue.newsletter) == ("HET IJSLANDHUIS", "Het IJslandhuis")
    assert str(issue.date) == "2004-06"


def test_a_misread_title_is_the_known_newsletter():
    known = (("veldpost", "De Veldpost", ("Veldpost Nieuws",)),)
    (issue,) = issues_of(printed_page((30, "De Ve1dp0st"), (9, "nummer 2, maart 1998"), (10, BODY)), newsletters=known)
    assert (issue.newsletter, issue.slug) == ("De Veldpost", "veldpost")


def test_a_variant_of_a_title_is_the_known_newsletter():
    known = (("veldpost", "De Veldpost", ("Veldpost Nieuws",)),)
    (issue,) = issues_of(page_of("VELDPOST NIEUWS", "12 juni 2019", BODY), newsletters=known)
    assert (issue.slug, str(issue.date)) == ("veldpost", "2019-06-12")


def test_a_generic_title_is_joined_with_the_line_that_says_whose():
    (issue,) = issues_of(
        printed_page((30, "NIEUWSBRIEF"), (12, "Huurdersvereniging De Brug"), (9, "nr. 4 - mei 2011"), (10, BODY))
    )
    assert issue.newsletter == "Nieuwsbrief Huurdersvereniging De Brug"


def test_a_large_heading_without_number_or_date_is_no_masthead():
    (issue,) = issues_of(printed_page((24, "Nieuwe doelen op het veld"), (10, BODY)))
    assert issue.title == ""
    assert all(block.role is BlockRole.BODY for block in issue.pages[0].blocks)


def test_a_day_in_a_table_of_contents_is_no_date_of_the_issue():
    (issue,) = issues_of(page_of("In dit nummer", "Open dag 12-09-2004\nNieuwe doelen", BODY))
    assert issue.date_source is not FactSource.MASTHEAD


def test_running_heads_name_the_newsletter_and_its_date():
    pages = [page_of(BODY, number=n, reasons=[f"De Veldpost - mei 2012 - {n}"]) for n in (1, 2)]
    (issue,) = issues_of(*pages)
    assert (issue.newsletter, issue.newsletter_source) == ("De Veldpost", FactSource.TEXT)
    assert (str(issue.date), issue.date_source) == ("2012-05", FactSource.TEXT)


TWO_WEEKDAYS = (
    "Op donderdag 12 mei is ons nieuwe honk geopend, en het was druk.",
    "Op zaterdagmiddag 24 september organiseren wij een fietstocht. Houd de datum vrij!",
    "Team Kenniskring Oever Zuid",
    "Je ontvangt dit bericht omdat je betrokken bent bij Kenniskring Oever Zuid.",
)


def test_weekdays_alone_fit_several_years_and_tell_none():
    (issue,) = issues_of(page_of(*TWO_WEEKDAYS))
    assert (issue.date, issue.date_source) == (None, FactSource.NONE)
    assert "1994, 2005, 2011, 2016, 2022" in issue.date_evidence


def test_a_day_that_heading_and_text_both_name_counts_once_for_the_month():
    (issue,) = issues_of(
        page_of(
            "Donderdag 16 maart is de nieuwe speelplek in de wijk geopend door de kinderen.",
            "Op 9 maart is het plan met de gemeente besproken.",
            "Save the date: 28 juni buurtfeest",
            "Op 28 juni organiseren wij een buurtfeest. Houd de datum vrij!",
            "Dit feest was er voor het laatst op 28 juni 2017.",
        )
    )
    assert str(issue.date)[5:] == "03"


@pytest.mark.parametrize(
    ("lines", "named", "date"),
    [
        ("WATERSPIEGEL\nNieuwsbrief Stichting Behoud van de Vaarten en Sluizen, mei 2011", "Waterspiegel", "2011-05"),
        (
            "DE SCHOMMEL\norgaan der Speelvereniging Zuid\nverschijnt viermaal per jaar Juni 1968",
            "De Schommel",
            "1968-06",
        ),
        ("The Lantern\nQuarterly journal of the harbour friends – May 1994", "The Lantern", "1994-05"),
    ],
)
def test_a_long_line_that_says_what_paper_it_is_may_date_it(lines, named, date):
    (issue,) = issues_of(page_of(lines, "De oude brug", BODY))
    assert (issue.newsletter, str(issue.date), issue.date_source) == (named, date, FactSource.MASTHEAD)


@pytest.mark.parametrize(
    "line",
    ["Nieuws van de afdeling Zuid en haar leden in mei 2011", "Een krant kwam langs en schreef over de brug, mei 2011"],
)
def test_a_line_that_only_names_a_month_is_no_masthead(line):
    (issue,) = issues_of(page_of("De oude brug", line, BODY))
    assert issue.date_source is not FactSource.MASTHEAD


def test_of_the_years_that_fit_one_is_taken_that_is_printed():
    (issue,) = issues_of(page_of(*TWO_WEEKDAYS, "Het vorige honk werd op 3 juni 2005 geopend."))
    assert (str(issue.date), issue.date_source) == ("2005-05", FactSource.NONE)
    assert issue.date_evidence.startswith("inferred: ")


def test_the_year_of_the_file_is_held_against_the_days_of_the_text():
    (issue,) = issues_of(page_of(*TWO_WEEKDAYS), file="raw/oever-2011.txt")
    assert (str(issue.date), issue.date_source) == ("2011", FactSource.FILENAME)
    assert "2011-05" in issue.date_evidence
    (issue,) = issues_of(page_of(*TWO_WEEKDAYS), file="raw/oever-2012.txt")
    assert (str(issue.date), issue.date_source) == ("2012", FactSource.FILENAME)
    assert "2011, 2016" in issue.date_evidence  # what speaks against it


def test_nothing_is_later_than_the_day_on_which_the_scan_was_made():
    made = {"CreationDate": "D:20100301120000Z", "ModDate": "D:20110301120000Z"}
    page = page_of("De Waag\nnr. 4, mei 2014\n\n" + BODY)
    (issue,) = issues_of(page, metadata=made)
    assert (issue.date, issue.date_source) == (None, FactSource.NONE)
    assert "the masthead says 'mei 2014', but the scan was made in 2011-03" in issue.date_evidence
    (issue,) = issues_of(page, metadata={"CreationDate": "D:19700101000000Z"})  # a clock that was not set
    assert str(issue.date) == "2014-05"
    (issue,) = issues_of(page_of(*TWO_WEEKDAYS, "Op 3 mei 2016 en 5 mei 2011 was er feest."), metadata=made)
    assert issue.date is None
    assert "2016" not in issue.date_evidence


def test_a_month_that_the_file_name_tells_is_believed_before_one_that_is_reckoned():
    (issue,) = issues_of(page_of(*TWO_WEEKDAYS), file="raw/oever-2011-06.txt")
    assert (str(issue.date), issue.date_source) == ("2011-06", FactSource.FILENAME)
    assert "2011-05" in issue.date_evidence
    (issue,) = issues_of(
        page_of(*TWO_WEEKDAYS, f"{BODY} Tot zover de nieuwsbrief van mei 2011."), file="raw/oever-2011-06.txt"
    )
    assert (str(issue.date), issue.date_source) == ("2011-05", FactSource.TEXT)  # it says so


def test_the_sender_is_named_by_the_running_text():
    (issue,) = issues_of(page_of(*TWO_WEEKDAYS))
    assert (issue.newsletter, issue.newsletter_source) == ("Kenniskring Oever Zuid", FactSource.TEXT)


@pytest.mark.parametrize(
    ("file", "name", "date"),
    [
        ("raw/kerngroep-oost-2022-06.pdf", "Kerngroep Oost", "2022-06"),
        ("raw/NB_1998_03.tif", "NB", "1998-03"),
        ("raw/nieuwsbrief maart 2005.pdf", "Nieuwsbrief", "2005-03"),
        ("raw/20190612 Veldpost.pdf", "Veldpost", "2019-06-12"),
        ("raw/Veldpost nr 3 1998.pdf", "Veldpost", "1998"),
        ("raw/de-brug-1998-05.pdf", "De Brug", "1998-05"),
    ],
)
def test_the_file_name_tells_what_the_pages_do_not(file, name, date):
    (issue,) = issues_of(page_of(BODY), file=file)
    assert (issue.newsletter, str(issue.date)) == (name, date)
    assert (issue.newsletter_source, issue.date_source) == (FactSource.FILENAME, FactSource.FILENAME)


@pytest.mark.parametrize(
    ("printed", "file", "date", "source"),
    [
        ("april 1988", "raw/veldpost-1983-04.txt", "1983-04", FactSource.FILENAME),  # worn: a 3 is read as an 8
        ("12 april 1988", "raw/veldpost-1983-04.txt", "1983-04-12", FactSource.FILENAME),
        ("zaterdag 12 april 1988", "raw/veldpost-1986-04.txt", "1986-04-12", FactSource.FILENAME),  # as it was in 1986
        ("dinsdag 12 april 1988", "raw/veldpost-1986-04.txt", "1988-04-12", FactSource.MASTHEAD),  # as it was in 1988
        ("29 februari 1988", "raw/veldpost-1983-02.txt", "1988-02-29", FactSource.MASTHEAD),  # 1983 had no such day
        ("april 1988", "raw/veldpost-1984-04.txt", "1988-04", FactSource.MASTHEAD),  # no figures that look alike
        ("april 1988", "raw/veldpost-1983-05.txt", "1988-04", FactSource.MASTHEAD),  # of another month
        ("12 april 1988", "raw/veldpost-1983-04-13.txt", "1988-04-12", FactSource.MASTHEAD),
        ("april 1988", "raw/veldpost-1983.txt", "1988-04", FactSource.MASTHEAD),  # perhaps a bundle of years
        ("april 1988", "raw/veldpost-1933-04.txt", "1988-04", FactSource.MASTHEAD),
    ],
)
def test_a_year_of_the_masthead_may_be_misread(printed, file, date, source):
    (issue,) = issues_of(page_of(f"Veldpost\nnr. 4\n{printed}\n\n" + BODY), file=file)
    assert (str(issue.date), issue.date_source) == (date, source)
    assert issue.newsletter == "Veldpost"


def test_a_year_of_the_running_heads_may_be_misread():
    (issue,) = issues_of(page_of(BODY, reasons=["Veldpost april 1988"]), file="raw/veldpost-1983-04.txt")
    assert (str(issue.date), issue.date_source) == ("1983-04", FactSource.FILENAME)


def test_of_what_was_typed_no_figure_is_misread():
    page = replace(page_of("Veldpost\nnr. 4\napril 1988\n\n" + BODY), text_source=TextSource.TEXT_LAYER)
    (issue,) = issues_of(page, file="raw/veldpost-1983-04.pdf")
    assert (str(issue.date), issue.date_source) == ("1988-04", FactSource.MASTHEAD)


def test_the_evidence_tells_of_both_years():
    (issue,) = issues_of(page_of("Veldpost\nnr. 4\napril 1988\n\n" + BODY), file="raw/veldpost-1983-04.txt")
    assert "april 1988" in issue.date_evidence
    assert "veldpost-1983-04.txt" in issue.date_evidence


@pytest.mark.parametrize(
    "lines",
    [
        "Vereniging Groen Oever, Kerkpad 8, Oeverveen\nDe Veldpost\nOrgaan van de vereniging Groen\nmei 1998  nr. 3",
        "Secretariaat: Kerkpad 8, Oeverveen\nDe Veldpost\nMonthly letter of the allotment society\nmei 1998  nr. 3",
    ],
)
def test_the_line_above_a_subtitle_is_the_name_though_a_publisher_stands_above_it(lines):
    (issue,) = issues_of(page_of(lines, BODY))
    assert (issue.newsletter, issue.newsletter_source) == ("De Veldpost", FactSource.MASTHEAD)


def test_the_line_that_the_file_is_called_by_is_the_name():
    lines = "Vereniging Groen Oever, Kerkpad 8\nDe Ve1dpost\nOfgaam yan da vereniging\nmei 1998  nr. 3"
    (issue,) = issues_of(page_of(lines, BODY), file="raw/de-veldpost-1998-05.txt")
    assert (issue.newsletter, issue.newsletter_source) == ("De Veldpost", FactSource.MASTHEAD)
    (issue,) = issues_of(page_of(lines, BODY), file="raw/scan0001.txt")
    assert issue.newsletter.startswith("Vereniging Groen Oever")


@pytest.mark.parametrize(
    "line", ["De Veldpost | juni", "De Veldpost pagina i van", "De Veldpost 12e", "De Veldpost - mei 1998 - 3"]
)
def test_what_is_left_of_a_date_or_a_page_number_is_no_part_of_a_running_name(line):
    (issue,) = issues_of(page_of(BODY, reasons=[line]))
    assert (issue.newsletter, issue.newsletter_source) == ("De Veldpost", FactSource.TEXT)


def test_a_running_name_with_page_in_it_stays_whole():
    (issue,) = issues_of(page_of(BODY, reasons=["The Front Page - mei 1998"]))
    assert issue.newsletter == "The Front Page"


def test_a_running_name_is_not_mended_by_the_words_of_the_text():
    (issue,) = issues_of(page_of(f"{BODY} De Veldposten zijn geteld.", reasons=["De Veldpost - mei 1998"]))
    assert issue.newsletter == "De Veldpost"


def test_a_running_name_is_spelled_as_the_file_has_it():
    (issue,) = issues_of(page_of(BODY, reasons=["De Veidpost - mei 1998"]), file="raw/veldpost-1998-05.txt")
    assert (issue.newsletter, issue.newsletter_source) == ("De Veldpost", FactSource.TEXT)


def test_running_text_where_a_masthead_could_not_be_read_is_no_name():
    (issue,) = issues_of(
        page_of("de kast bezorgd. Breng de sleutel mee\n\n12 maart 1998\n\n" + BODY), file="raw/Veldpost.txt"
    )
    assert (issue.newsletter, issue.newsletter_source) == ("Veldpost", FactSource.FILENAME)
    assert (str(issue.date), issue.title) == ("1998-03-12", "")


def test_metadata_name_a_newsletter_last_and_date_none():
    (issue,) = issues_of(page_of(BODY), metadata={"Title": "Veldpost", "CreationDate": "D:20070914101500Z"})
    assert (issue.newsletter_source, issue.date_source, str(issue.date)) == (
        FactSource.METADATA,
        FactSource.NONE,
        "None",
    )


def test_nothing_known_is_said_to_be_unknown():
    (issue,) = issues_of(page_of(BODY))
    assert (issue.date, issue.date_source, issue.newsletter_source) == (None, FactSource.NONE, FactSource.NONE)


def test_two_mastheads_are_two_issues():
    first = printed_page((30, "De Veldpost"), (9, "nummer 2, maart 1998"), (10, BODY))
    middle = printed_page((10, BODY), number=2)
    second = printed_page((30, "De Veldpost"), (9, "nummer 3, mei 1998"), (10, BODY), number=3)
    issues = issues_of(first, middle, second)
    assert [(str(issue.date), [page.number for page in issue.pages]) for issue in issues] == [
        ("1998-03", [1, 2]),
        ("1998-05", [3]),
    ]


def test_the_title_on_a_later_page_with_the_same_date_starts_no_issue():
    pages = [printed_page((30, "De Veldpost"), (9, "nummer 2, maart 1998"), (10, BODY), number=n) for n in (1, 2)]
    assert len(issues_of(*pages)) == 1


def test_a_running_head_above_a_dated_piece_starts_no_issue():
    first = printed_page((30, "De Veldpost"), (9, "nummer 2, maart 1998"), (10, BODY))
    second = printed_page(
        (7, "De Veldpost"), (10, "Uitnodiging"), (10, "Zaterdag 28 maart 1998, 13.30 uur"), (10, BODY), number=2
    )
    assert len(issues_of(first, second)) == 1


def test_a_subtitle_is_not_the_name():
    page = printed_page((9, "Maandblad van de wandelbond"), (9, "nummer 2, maart 1998"), (10, BODY))
    (issue,) = issues_of(page, file="raw/wandelaar-1998-03.pdf")
    assert (issue.newsletter, issue.title) == ("Wandelaar", "")
    (named,) = issues_of(
        printed_page((30, "De Wandelaar"), (16, "Maandblad van de wandelbond"), (9, "nr. 2, maart 1998"), (10, BODY))
    )
    assert named.newsletter == "De Wandelaar"


def test_a_month_is_believed_before_the_season_beside_it():
    (issue,) = issues_of(printed_page((30, "De Veldpost"), (9, "lente 1998 mei 1998"), (10, BODY)))
    assert str(issue.date) == "1998-05"


def _from_the_screen(*foot):
    printed = printed_page(
        (7, "17-9-2019 De Brug - Nieuwsbrief"), (20, "De Brug"), (9, "Nummer 41, 9 oktober 2015"), (10, BODY)
    )
    blocks = [replace(block, box=replace(block.box, y0=block.box.y0 - 25)) for block in printed.blocks]
    lines = [replace(block.lines[0], box=Box(50, 18, 550, 26)) for block in printed.blocks[:1]]
    blocks[0] = replace(blocks[0], lines=tuple(lines), box=Box(50, 18, 550, 26))
    made = [
        Block((Line((Word(text, Box(50, 815, 300, 823), 0.9, 7),), Box(50, 815, 300, 823)),), Box(50, 815, 300, 823))
        for text in foot
    ]
    return replace(printed, blocks=(*blocks, *made))


def test_the_day_on_which_a_browser_printed_a_page_dates_no_issue():
    issue = issues_of(_from_the_screen("https://mail.example/show?u=7f3e"))[0]
    assert (str(issue.date), issue.date_source) == ("2015-10-09", FactSource.MASTHEAD)
    assert "17-9-2019" not in " ".join(b.text for b in issue.pages[0].blocks if b.role is BlockRole.BODY)


def test_a_title_in_small_letters_keeps_its_article():
    page = printed_page((30, "de schakel"), (9, "44e jaargang nr 1, februari 1991"), (10, BODY))
    issue = issues_of(page, file="raw/schakel-1991-02.pdf")[0]
    assert (issue.newsletter, issue.title) == ("De Schakel", "de schakel")


def test_a_line_that_names_publisher_and_place_beside_the_date_is_no_running_text():
    subtitle = "Mededelingenblad voor varenden, hun vrouwen en hun kinderen aan de wal"
    told = "15e jaargang no. 5 3 mei 1974 Schippersvereniging Goed Vaarwater, Sluiskade, Havenstad"
    issue = issues_of(printed_page((30, "De Bolder"), (10, f"{subtitle}\n{told}"), (10, BODY)))[0]
    assert (issue.number, issue.volume, str(issue.date)) == ("5", "15", "1974-05-03")
    assert issue.date_source is FactSource.MASTHEAD


@pytest.mark.parametrize(
    ("glued", "number", "year"),
    [("nr.14 2maart2017 Stichting Welkom Hier", "14", 2017), ("Vol.6No.1 January1999 Grand Cut Society", "1", 1999)],
)
def test_a_masthead_without_white_between_its_figures_is_read(glued, number, year):
    says = read_numbering(part_figures(glued))
    assert (says.number, says.dates[0].first.year) == (number, year)
    page = printed_page(
        (24, "Welkom Hier"), (10, f"Maandbericht van de maatjes in Rietbergen aan zee\n{glued}"), (10, BODY)
    )
    issue = find_issues((page,), "0" * 64, Hints("raw/a.pdf", {}), languages=("nl",))[0]
    assert (issue.number, str(issue.date)[:4]) == (number, str(year))


def test_a_word_that_a_figure_stands_in_is_left_whole():
    assert part_figures("4mei-comité, zaal B2 en route 14b") == "4 mei-comité, zaal B2 en route 14b"


@pytest.mark.parametrize(
    ("line", "is_head"), [("Plattelandsvrouwen Oosterwaard", True), ("Kaas uit Oosterwaard", False)]
)
def test_a_line_below_that_repeats_the_publisher_is_of_the_masthead(line, is_head):
    says = "Contactblad van de plattelandsvrouwen, afdeling Oosterwaard"
    (issue,) = issues_of(
        printed_page((24, "'t Klaverblad"), (10, says), (9, "jaargang 31 nummer 5 mei 1994"), (9, line), (10, BODY))
    )
    found = [block for block in issue.pages[0].blocks if block.role is BlockRole.FURNITURE]
    assert (line in [each.text for block in found for each in block.lines]) is is_head


def test_words_along_the_side_of_a_picture_do_not_say_where_the_head_begins():
    page = printed_page((30, "Bergop"), (9, "jaargang 22 nummer 4 oktober 2006"), (10, BODY))
    lower = [_moved(block, 300) for block in page.blocks]
    side = Block((Line((Word("owe", Box(233, 100, 240, 112), 0.4, 5),)),), Box(233, 100, 240, 112), BlockRole.ASIDE)
    (issue,) = issues_of(replace(page, blocks=(*lower, side)))
    assert (issue.number, issue.volume) == ("4", "22")


def _moved(block, down):
    box = replace(block.box, y0=block.box.y0 + down, y1=block.box.y1 + down)
    return replace(block, box=box)


def test_dashes_between_misread_words_of_a_masthead_do_not_count():
    page = printed_page((30, "De Schakel"), (9, "Le jaargang – nr. 2 — jun; 2003"), (9, BODY))
    (issue,) = issues_of(page)
    assert (issue.newsletter, issue.number) == ("De Schakel", "2")


def test_specks_between_title_and_date_do_not_part_them():
    page = printed_page((30, "De Schakel"), (9, "Nummer 3, mei 1987"), (9, BODY))
    speck = Block((Line((Word("|", Box(300, 60, 302, 70), 0.3),), Box(300, 60, 302, 70)),), None, BlockRole.PICTURE)
    specked = replace(page, blocks=(page.blocks[0], *[speck] * 5, *page.blocks[1:]))
    (issue,) = issues_of(specked)
    assert (issue.number, str(issue.date), issue.date_source) == ("3", "1987-05", FactSource.MASTHEAD)
