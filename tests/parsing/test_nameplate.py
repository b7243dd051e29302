"""Is a masthead known by what it says, wherever it stands on the first page?"""

import pytest

from archive.parsing.nameplate import nameplate_blocks
from tests.parsing.printed import Print, body, heading, page_of

_BODY = body("Op het veld achter de school staan sinds vorige week", "nieuwe doelen en een bank voor wie liever kijkt.")
_NAME = "Wijkvereniging De Brug"


def _set_aside(*prints, title=""):
    page = page_of(1, *prints)
    return [page.blocks[number].text for number in sorted(nameplate_blocks(page, title, language="nl"))]


def test_a_masthead_that_stands_behind_the_first_piece_is_set_aside():
    """As at the top of the second column: its name, its genre with the month, its number."""
    said = [Print(_NAME, size=30), Print("Nieuwsbrief november 2005", size=16), Print("Jaargang 7 nummer 4", size=9)]
    assert _set_aside(heading("Doelen"), _BODY, *said, _BODY, title=_NAME) == [each.text for each in said]


@pytest.mark.parametrize(
    "text", ["Agenda", "Nieuwsbrief", "Zondag 6 november 2005", "Vergadering nummer 4", "4", _NAME]
)
def test_a_line_that_only_might_be_of_a_masthead_stays(text):
    assert _set_aside(heading("Doelen"), _BODY, heading(text, size=24), _BODY) == []


def test_a_date_beside_the_number_goes_with_it():
    number, day = Print("Editie 4330", size=12), Print("24 augustus", above=2)
    assert _set_aside(heading("Doelen"), _BODY, number, day, _BODY) == ["Editie 4330", "24 augustus"]
    assert _set_aside(heading("Doelen"), _BODY, number, Print("24 augustus", above=90), _BODY) == ["Editie 4330"]


def test_what_stands_low_on_the_page_is_no_masthead():
    assert _set_aside(heading("Doelen"), _BODY, Print("Nieuwsbrief november 2005", y0=600.0)) == []
