"""Are headings found that hardly stand out: small letters, two lines, left of their text, run in, on a worn page?"""

import pytest

from archive.model.pages import BlockRole
from archive.parsing.headlines import headline_score, is_left_open
from archive.parsing.sections.rows import make_rows
from tests.parsing.printed import Print, body, heading, page_of, parsed, sections_of

_BRUG = (
    "De gemeente vernieuwt dit jaar de oude brug over de",
    "vaart. Het werk begint in mei en is klaar voor de winter.",
)
_KOOR = ("Het koor zingt op zondag in de kerk. Kaarten zijn te", "koop bij de bakker en aan de deur.")
_PAPIER = ("Op zaterdag haalt de fanfare het oud papier op. Zet het", "voor negen uur aan de straat.")
_ALL = (_BRUG, _KOOR, _PAPIER)


def _bold(text, **how):
    return Print(text, weight=1.4, above=16, **how)


def _headings(*prints):
    return [section.heading for section in sections_of(page_of(1, *prints))]


def _small(lines):
    return tuple(line.lower() for line in lines)


def test_bold_headings_in_small_letters_of_the_size_of_the_text_are_found():
    printed = ["eerst even dit", "het koor", "oud papier"]
    pieces = [each for text, lines in zip(printed, _ALL, strict=True) for each in (_bold(text), body(*lines))]
    assert _headings(*pieces) == printed


def test_where_everything_is_in_small_letters_white_alone_shows_a_heading():
    printed = ["eerst even dit", "het koor", "oud papier", "de brug", "kaarten", "tot slot"]
    pieces = []
    for text, lines in zip(printed, _ALL * 2, strict=True):
        pieces += [Print(text, weight=1.0 if pieces else 1.4, above=24), body(*_small(lines), above=2)]
    assert _headings(*pieces) == printed


def test_a_light_line_in_small_letters_is_no_heading_where_sentences_have_capitals():
    pieces = [heading("De brug"), body(*_BRUG), Print("en dat is dat", above=16), body(*_KOOR)]
    assert _headings(*pieces) == ["De brug"]


@pytest.mark.parametrize("second", ["stichtingsbestuur", "Bestuur"])
def test_a_heading_that_cannot_end_where_its_line_does_has_the_next_line_too(second):
    first = _bold("Uit de vergadering van het")
    pieces = [heading("De brug"), body(*_BRUG), first, Print(second, weight=1.1, above=1), body(*_KOOR)]
    assert _headings(*pieces) == ["De brug", f"Uit de vergadering van het {second}"]


def test_a_line_of_text_below_a_heading_that_had_room_for_its_first_word_is_not_of_it():
    text = "\n".join(_KOOR)
    noisy = Print("*" + text.split("\n")[0].replace(" ", " *") + "\n" + text.split("\n")[1], above=2)
    assert _headings(heading("De brug"), body(*_BRUG), _bold("Het koor"), noisy)[1] == "Het koor"


def test_headings_left_of_their_text_on_one_level_with_it_are_found():
    pieces, at = [], 60
    for text, lines in zip(("De oude\nbrug", "het koor", "Oud papier"), _ALL, strict=True):
        pieces += [Print(text, weight=1.4, y0=at, role=BlockRole.ASIDE), body(*lines, x0=200, y0=at)]
        at += 60
    assert _headings(*pieces) == ["De oude brug", "het koor", "Oud papier"]


def test_a_light_heading_that_starts_left_of_indented_text_is_found():
    pieces = []
    for text, lines in zip(("De brug", "Het koor", "Oud papier"), _ALL, strict=True):
        pieces += [Print(text, above=14), body(*lines, x0=80, above=7)]
    assert _headings(*pieces) == ["De brug", "Het koor", "Oud papier"]


def test_a_line_above_an_indented_list_is_no_heading():
    items = Print("- koffie\n- thee", x0=80, above=2, role=BlockRole.LIST)
    assert _headings(heading("De brug"), body(*_BRUG), Print("Wij schenken in de pauze", above=8), items) == ["De brug"]


def _run_in(lead, lines):
    words = " ".join(lines).split()
    marked = " ".join("*" + word for word in lead.split())
    return body(f"{marked} {' '.join(words[:2])}", *_narrow(words[2:]), above=18)


def _narrow(words):
    return tuple(" ".join(words[at : at + 4]) for at in range(0, len(words), 4))


def test_headings_that_open_their_text_do_not_take_its_first_line_along():
    leads = ["De nieuwe brug", "Het koor van hier", "Oud papier", "Nog meer papier"]
    paragraph = body("Daar komt nog bij dat het weer niet altijd meewerkt.", above=6)
    pieces = [
        each for lead, lines in zip(leads, (*_ALL, _PAPIER), strict=True) for each in (_run_in(lead, lines), paragraph)
    ]
    assert _headings(*pieces) == leads


def test_a_small_line_above_a_heading_that_opens_its_text_goes_with_it():
    kicker = Print("MUZIEK", size=8, above=18, role=BlockRole.HEADING)
    koor = body("*Het *koor " + _KOOR[0], _KOOR[1], above=4)
    sections = sections_of(page_of(1, _run_in("De nieuwe brug", _BRUG), kicker, koor))
    assert [section.heading for section in sections] == ["De nieuwe brug", "Het koor"]
    assert sections[1].text.startswith("MUZIEK\n\nHet koor zingt")


def test_the_first_word_of_the_text_is_no_end_of_a_heading_that_opens_it():
    found = _headings(
        _run_in("Wat doet de raad? In", ("de vergadering van maandag kwam de brug ter tafel.",)), body(*_KOOR)
    )
    assert found == ["Wat doet de raad?"]


@pytest.mark.parametrize(("weights", "bold"), [((1.0, 1.02), True), ((0.9, 1.12), False)])
def test_what_is_bold_depends_on_how_the_weights_of_the_text_of_the_page_spread(weights, bold):
    lines = [Print(f"Regel {n} van een lange tekst op deze bladzijde.", weight=weights[n % 2]) for n in range(10)]
    transcript, cleaned, _ = parsed([page_of(1, Print("De brug", weight=1.2), *lines)])
    rows = make_rows(transcript, cleaned)
    assert [row.bold for row in rows] == [bold, *[False] * 10]


@pytest.mark.parametrize(
    "text", ["i Notulen van maart", "_Notulen van maart", "{ Notulen van maart", "Notulen van maart -"]
)
def test_a_scratch_beside_a_heading_does_not_make_it_none(text):
    assert headline_score(text, _BRUG[0]) >= 0.6


def test_a_full_stop_behind_each_heading_of_a_narrow_column_is_no_end_of_a_sentence():
    pieces = []
    for text, lines in zip(("De brug.", "Het koor.", "Oud papier."), _ALL, strict=True):
        pieces += [Print(text, weight=1.4, above=10), body(*_narrow(" ".join(lines).split()), above=5)]
    assert _headings(*pieces) == ["De brug.", "Het koor.", "Oud papier."]


def test_articles_and_prepositions_leave_a_text_open():
    assert is_left_open("Uit de vergadering van het")
    assert not is_left_open("Uit de vergadering")
