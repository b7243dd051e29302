"""Are headings found that only a number, the white around them, their habit or a sign shows, and lists left alone?"""

import pytest

from archive.model.pages import BlockRole
from archive.parsing.lines import decoration
from tests.parsing.printed import Print, body, heading, page_of, sections_of

_BRUG = (
    "De gemeente vernieuwt dit jaar de oude brug over de",
    "vaart. Het werk begint in mei en is klaar voor de winter.",
)
_KOOR = ("Het koor zingt op zondag in de kerk. Kaarten zijn te", "koop bij de bakker en aan de deur.")
_PAPIER = ("Op zaterdag haalt de fanfare het oud papier op. Zet het", "voor negen uur aan de straat.")
_TUIN = ("In de tuin is in de herfst hulp nodig bij het snoeien en", "harken. Koffie staat klaar in de schuur.")
_ALL = (_BRUG, _KOOR, _PAPIER, _TUIN)


def _headings(*prints):
    return [section.heading for section in sections_of(page_of(1, *prints))]


def _typed(printed):
    """Headings in the type of the text, with as much white above as below."""
    return [
        p for head, text in zip(printed, _ALL, strict=False) for p in (Print(head, above=12), body(*text, above=12))
    ]


def _headed():
    return [p for text in _ALL for p in (heading(text[0][:12]), body(*text))]


def test_short_lines_whose_numbers_rise_through_an_issue_are_its_headings():
    printed = ["1. De brug", "2. Het koor", "3. Oud papier", "4. De tuin"]
    assert _headings(*_typed(printed)) == printed


def test_a_number_misread_between_two_headings_is_one_too():
    assert _headings(*_typed(["1. De brug", "2. Het koor", "2, Oud papier", "4. De tuin"]))[2] == "2, Oud papier"


def test_a_short_line_stands_for_a_number_that_was_not_read():
    assert _headings(*_typed(["1. De brug", "2. Het koor", "men nv", "4. De tuin"]))[2] == "men nv"


def test_numbered_points_between_headings_that_stand_out_are_no_sections():
    assert len(_headings(*_headed(), heading("Notulen"), *_typed(["1. Opening", "2. Bestuur", "3. Rondvraag"]))) == 5


def test_the_first_item_of_a_numbered_list_is_no_heading():
    items = [Print("1. Opening", above=14, role=BlockRole.LIST), Print("2. Notulen", above=2, role=BlockRole.LIST)]
    assert _headings(heading("De brug"), body(*_BRUG), *items) == ["De brug"]


def test_a_line_with_white_on_both_sides_is_a_heading_where_headings_look_like_the_text():
    texts = dict(zip(("De brug", "Het koor", "Oud papier", "De tuin"), _ALL, strict=True))
    plain = [p for head, text in texts.items() for p in (Print(head, above=18), body(*text, above=4))]
    underlined = (Print("De markt", above=18), body(*_BRUG, above=18))
    assert _headings(*plain, *underlined)[-1] == "De markt"
    assert "De markt" not in _headings(*_headed(), *underlined)


@pytest.mark.parametrize("sign", ["■ ", "== ", "► "])
def test_the_sign_before_a_heading_is_not_of_it(sign):
    bold = Print(f"{sign}Het koor", weight=1.5, above=16)
    sections = sections_of(page_of(1, heading("De brug"), body(*_BRUG), bold, body(*_KOOR)))
    assert [section.heading for section in sections] == ["De brug", "Het koor"]
    assert sections[1].text.startswith("Het koor zingt")


def test_a_sign_before_words_that_open_their_text_is_not_of_the_heading():
    pieces = [body(f"■ *Nieuws *{n} {text[0]}", text[1], above=30) for n, text in enumerate(_ALL, 1)]
    assert _headings(*pieces) == ["Nieuws 1", "Nieuws 2", "Nieuws 3", "Nieuws 4"]


def test_a_dash_within_a_heading_is_no_sign_before_it():
    assert decoration("2022 - een terugblik") == ""


def test_the_room_of_a_heading_that_was_not_read_opens_a_section():
    sections = sections_of(page_of(1, *_headed(), body(*_TUIN, above=42)))
    assert [section.heading for section in sections][4:] == [""]
    assert sections[4].text.startswith("In de tuin")


@pytest.mark.parametrize("above", [14, 120])
def test_white_between_paragraphs_or_that_of_a_picture_opens_none(above):
    assert len(_headings(*_headed(), body(*_TUIN, above=above))) == 4


@pytest.mark.parametrize(("how", "found"), [({"above": 24}, True), ({"above": 24, "size": 14, "weight": 1.5}, False)])
def test_where_headings_look_like_text_a_line_that_ends_early_is_one(how, found):
    pieces = [p for text in _ALL for p in (Print(text[0][:12], **how), body(*text, above=2))]
    last = body(*_TUIN, "Breng handschoenen mee.", above=4)
    assert ("Tot slot" in _headings(*pieces, Print("Tot slot", above=9), last)) is found


def test_a_heading_over_a_list_is_found_and_a_line_before_one_is_not():
    items = [Print(f"• {each}", above=2, role=BlockRole.LIST) for each in ("koffie", "thee", "koek")]
    bold = Print("Recept: appeltaart", weight=1.4, above=10, role=BlockRole.HEADING)
    assert _headings(heading("De brug"), body(*_BRUG), bold, *items)[1:] == ["Recept: appeltaart"]
    assert _headings(heading("De brug"), body(*_BRUG), Print("Recept: appeltaart", above=10), *items) == ["De brug"]


def test_a_dark_label_above_a_heading_is_not_its_first_line():
    label = Print("In het kort", size=8, weight=1.9, above=20, role=BlockRole.HEADING)
    head = heading("Het koor", above=6)
    assert _headings(heading("De brug"), body(*_BRUG), label, head, body(*_KOOR)) == ["De brug", "Het koor"]


def test_a_line_in_capitals_taken_for_a_cell_is_a_heading():
    cell = Print("EEN BED VOOR GASTEN", above=24, role=BlockRole.TABLE)
    rows = [Print("\n".join(_KOOR), above=14, role=BlockRole.TABLE)]
    assert _headings(heading("DE BRUG"), body(*_BRUG), cell, *rows) == ["DE BRUG", "EEN BED VOOR GASTEN"]


def test_where_no_heading_is_found_much_white_again_and_again_parts_pieces():
    pieces = [body(*text, above=38) for text in _ALL]
    assert [section.text[:6] for section in sections_of(page_of(1, *pieces))] == [text[0][:6] for text in _ALL]
    assert len(_headings(*[body(*text, above=14) for text in _ALL])) == 1


def test_a_light_sentence_with_white_below_it_is_no_heading_where_these_are_bold():
    quote = Print("Ik leerde Engels uit de\ngrote letters van boeken", size=13, y0=50, x0=320, role=BlockRole.HEADING)
    headed = [p for text in _ALL[:3] for p in (heading(text[0][:12], above=40), body(*text, above=5))]
    assert len(_headings(*headed, quote, body(*_TUIN, x0=320, above=16))) == 3


def test_a_bold_line_with_hardly_white_above_it_is_a_subheading_where_headings_have_much():
    headed = [p for text in _ALL[:3] for p in (Print(text[0][:12], weight=1.5, above=34), body(*text, above=8))]
    assert "Koffie" not in _headings(*headed, Print("Koffie", weight=1.5, above=8), body(*_TUIN, above=4))
    assert "Koffie" in _headings(*headed, Print("Koffie", weight=1.5, above=30), body(*_TUIN, above=4))


def test_a_bold_line_over_a_text_that_opens_with_a_capital_is_not_run_in():
    start = Print("*Werf *De *Noorderkade: honderd banen op tocht", above=20, role=BlockRole.HEADING)
    assert _headings(heading("De brug"), body(*_BRUG), start, body(*_KOOR, above=6))[-1].endswith("op tocht")


def test_a_scratch_above_a_numbered_line_leaves_it_a_heading():
    pieces = _typed(["1. De brug", "2. Het koor", "I\n3. Oud papier", "4. De tuin"])
    assert _headings(*pieces)[2] == "3. Oud papier"


def test_a_line_far_above_its_text_may_have_its_capital_misread():
    pieces = [p for text in _ALL for p in (Print(text[0][:12], above=70), body(*text, above=5))]
    assert "oud papier" in _headings(*pieces, Print("oud papier", above=70), body(*_PAPIER, above=5))
    assert "oud papier" not in _headings(*pieces, Print("oud papier", above=16), body(*_PAPIER, above=5))
