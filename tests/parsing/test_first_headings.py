"""Is the first heading below a masthead a heading, whatever its words are?"""

from dataclasses import replace

import pytest

from archive.model.pages import BlockRole
from archive.parsing.masthead import Hints, find_issues
from tests.parsing.printed import Print, body, dump_of, heading, page_of

TEXT = body(
    "Op het veld achter de school staan sinds vorige week nieuwe doelen",
    "en een bank voor wie liever kijkt dan rent, met dank aan de buurt.",
)
TITLE = Print("De Veldpost", size=28, weight=1.5, role=BlockRole.HEADING)
FACTS = Print("Jaargang 8, nummer 2 - maart 1998")
OTHERS = (heading("Bomenkap"), TEXT, heading("Te koop"), TEXT)


def masthead_of(*pages):
    """The lines that were taken for the masthead of the first issue."""
    issue = find_issues(pages, "ab" * 32, Hints("raw/scan0001.pdf", {}), languages=("nl", "en"))[0]
    blocks = [block for page in issue.pages for block in page.blocks if block.reason == "masthead"]
    return [line.text for block in blocks for line in block.lines], issue


@pytest.mark.parametrize(
    "first",
    [
        "Van de redactie",
        "Nieuws van de vereniging",
        "Nieuws uit de club",
        "Stichting zoekt penningmeester",
        "Nieuwsbrief voortaan per mail",
        "News of the society",
        "Oplage stijgt",
        "Ledenvergadering 20 april 1998",
    ],
)
def test_a_heading_right_below_the_masthead_is_no_line_of_it(first):
    lines, issue = masthead_of(page_of(1, TITLE, FACTS, heading(first), TEXT, *OTHERS))
    assert lines == [TITLE.text, FACTS.text]
    assert str(issue.date) == "1998-03"


def test_a_first_heading_larger_than_the_others_is_a_heading():
    lines, _ = masthead_of(page_of(1, TITLE, FACTS, heading("Van de redactie", size=20), TEXT, *OTHERS))
    assert lines == [TITLE.text, FACTS.text]


@pytest.mark.parametrize("weight", [1.0, 1.5])
@pytest.mark.parametrize("publisher", ["Uitgave van Stichting De Haven", "Vereniging Oud-Waterdam", "oplage: 900"])
def test_a_publisher_below_the_masthead_is_a_line_of_it(publisher, weight):
    small = Print(publisher, size=9, weight=weight)
    lines, _ = masthead_of(page_of(1, TITLE, FACTS, small, heading("Van de redactie"), TEXT, *OTHERS))
    assert lines == [TITLE.text, FACTS.text, publisher]


@pytest.mark.parametrize("publisher", ["Uitgave van Stichting De Haven", "Vereniging Oud-Waterdam", "De Veldpost 1998"])
def test_a_publisher_right_above_running_text_is_a_line_of_the_masthead(publisher):
    lines, _ = masthead_of(page_of(1, TITLE, FACTS, Print(publisher), TEXT, *OTHERS))
    assert lines == [TITLE.text, FACTS.text, publisher]


@pytest.mark.parametrize("first", ["Van de redactie", "Nieuws uit de vereniging", "The association moves house"])
@pytest.mark.parametrize("white", ["\n", "\n\n"])
def test_a_first_heading_of_a_dump_is_no_line_of_the_masthead(first, white):
    page = dump_of(f"De Veldpost\nnummer 2, maart 1998{white}{first}\n{TEXT.text}")
    assert masthead_of(*page)[0] == ["De Veldpost", "nummer 2, maart 1998"]


def test_a_publisher_in_a_dump_is_a_line_of_the_masthead():
    page = dump_of(f"De Veldpost\nnummer 2, maart 1998\nVereniging Oud-Waterdam\n{TEXT.text}")
    assert masthead_of(*page)[0] == ["De Veldpost", "nummer 2, maart 1998", "Vereniging Oud-Waterdam"]


def test_pieces_of_a_page_beside_the_masthead_are_no_lines_of_it():
    left = page_of(1, heading("Gevraagd"), TEXT, heading("Lampionoptocht"), TEXT)
    right = page_of(1, TITLE, FACTS, heading("Voorwoord"), TEXT)
    moved = [replace(block, box=replace(block.box, x0=450, x1=800)) for block in right.blocks]
    lines, issue = masthead_of(replace(left, blocks=(*left.blocks, *moved), width=842.0, height=595.0))
    assert lines == [TITLE.text, FACTS.text]
    assert (issue.newsletter, issue.number) == ("De Veldpost", "2")
