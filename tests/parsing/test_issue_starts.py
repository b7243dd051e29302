"""On which pages do issues start, and on which is their masthead?"""

from dataclasses import replace

import pytest

from archive.model.pages import Block, BlockRole, Page, TextSource
from archive.parsing.masthead import Hints, find_issues
from tests.parsing.printed import Print, body, dump_of, heading, page_of

TEXT = body(
    "Op het veld achter de school staan sinds vorige week nieuwe doelen",
    "en een bank voor wie liever kijkt dan rent, met dank aan de buurt.",
)
BLANK = Page(1, (), TextSource.TEXT_LAYER, width=595.0, height=842.0)


def issues_of(*pages):
    """The issues of pages, numbered from 1: newsletter, number, date and pages of each."""
    numbered = [replace(page, number=number) for number, page in enumerate(pages, 1)]
    found = find_issues(numbered, "ab" * 32, Hints("raw/scan0001.pdf", {}), languages=("nl", "en"))
    told = [(each.newsletter, each.number, str(each.date), [page.number for page in each.pages]) for each in found]
    return told, found


def front(title, facts, *more):
    return page_of(
        1,
        Print(title, size=28, weight=1.5, role=BlockRole.HEADING),
        *more,
        Print(facts),
        heading("Bomenkap"),
        TEXT,
        TEXT,
    )


VELDPOST = front("De Veldpost", "Jaargang 8, nummer 2 - maart 1998")
SHEET = page_of(1, Print("Gemeentearchief Lindenholt", size=14), "Toegang 214, inv.nr. 37", "Gescand 12 mei 2019")
TAIL = page_of(1, TEXT, heading("Felicitaties"), TEXT, TEXT, TEXT)


@pytest.mark.parametrize("before", [BLANK, SHEET, TAIL])
def test_a_masthead_behind_a_page_without_one_tells_what_the_issue_is(before):
    told, found = issues_of(before, VELDPOST)
    assert told == [("De Veldpost", "2", "1998-03", [1, 2])]
    reasons = [[block.reason for block in page.blocks if block.reason == "masthead"] for page in found[0].pages]
    assert reasons == [[], ["masthead"] * 2]


def test_a_masthead_that_prints_no_number_counts_behind_a_blank_page():
    assert issues_of(BLANK, front("De Veldpost", "9 maart 1998"))[0][0][:3] == ("De Veldpost", "", "1998-03-09")


def test_the_next_issue_is_found_behind_the_end_of_an_older_one():
    april = front("De Veldpost", "Jaargang 8, nummer 3 - april 1998")
    assert [each[2:] for each in issues_of(TAIL, VELDPOST, april)[0]] == [("1998-03", [1, 2]), ("1998-04", [3])]


@pytest.mark.parametrize(
    "running", ["De Veldpost, maart 1998", "2   De Veldpost, maart 1998", "De Veldpost - mrt 1998"]
)
def test_a_running_head_that_prints_the_date_alone_starts_no_issue(running):
    text = "Op het veld achter de school staan sinds vorige week\nnieuwe doelen en een bank voor wie liever kijkt.\n\n"
    pages = dump_of(
        f"De Veldpost\n\nJaargang 8, nummer 2 - maart 1998\n\nBomenkap\n\n{text * 2}", f"{running}\n\n{text * 3}"
    )
    assert issues_of(*pages)[0] == [("De Veldpost", "2", "1998-03", [1, 2])]
    april = dump_of(f"De Veldpost, april 1998\n\n{text * 3}")
    assert [each[2] for each in issues_of(*pages, *april)[0]] == ["1998-03", "1998-04"]


def test_two_newsletters_in_one_scan_are_two_issues():
    other = front("Kerkblad Sint Joris", "december 2011, jaargang 38 nr. 10")
    assert [each[0] for each in issues_of(VELDPOST, TAIL, other)[0]] == ["De Veldpost", "Kerkblad Sint Joris"]


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        ("Agenda", "Nummer 4 verschijnt op 12 mei 1998"),
        ("The next issue", "Issue 15, September 2008, will be out in August"),
        ("Uit ons archief", "Jaargang 3, nummer 2 - juni 1961"),
        ("Route 12", "Etappe nr. 3, 14 juni 1992"),
    ],
)
def test_a_piece_that_prints_number_and_date_below_its_heading_starts_no_issue(title, facts):
    told, found = issues_of(VELDPOST, front(title, facts))
    assert told == [("De Veldpost", "2", "1998-03", [1, 2])]
    assert f"page 2 may start an issue of another newsletter: it prints '{title}'" in found[0].date_evidence


def test_a_page_that_counts_on_starts_no_issue():
    other = front("Kerkblad Sint Joris", "december 2011, jaargang 38 nr. 10")
    counted = [_with_foot(page, number) for number, page in enumerate((VELDPOST, other), 1)]
    assert len(issues_of(*counted)[0]) == 1


def _with_foot(page, number):
    (foot,) = page_of(number, Print(f"pagina {number}", y0=820.0)).blocks
    foot = Block(foot.lines, foot.box, BlockRole.FURNITURE, "page number")
    return replace(page, blocks=(*page.blocks, foot), label=str(number))
