"""Are headings found that hardly stand out: small letters, two lines, left of their text, run in, on a worn page?"""

from dataclasses import replace

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


def test_a_headline_in_large_type_is_one_though_its_lines_differ_in_weight_and_capitals():
    lines = [("Cursus", 1.0), ("computeren", 1.4), ("VOOR 55-", 1.0), ("PLUSSERS", 1.0)]
    headline = [Print(text, size=14, weight=w, above=2 + 14 * (not at)) for at, (text, w) in enumerate(lines)]
    assert _headings(heading("De brug"), body(*_BRUG), *headline, body(*_KOOR)) == [
        "De brug",
        "Cursus computeren VOOR 55- PLUSSERS",
    ]


def test_a_byline_is_not_of_the_heading_above_it():
    byline = body("door de redactie", above=1)
    pieces = [_bold("De brug over de", size=15), byline, body(*_BRUG, above=1)]
    puzzle = Print("Puzzel: waar is de sleutel?", size=15, above=10, role=BlockRole.HEADING)
    pieces += [puzzle, replace(byline, above=10), body(*_KOOR, above=1)]
    assert _headings(*pieces) == ["De brug over de", "Puzzel: waar is de sleutel?"]


def test_headings_over_the_text_are_subheadings_where_most_stand_in_a_margin():
    pieces, at = [], 60
    for text, lines in zip(("De brug", "Het koor", "Oud papier"), _ALL, strict=True):
        pieces += [Print(text, weight=1.4, y0=at + 11), body(*lines, x0=200, y0=at)]
        at += 60
    pieces[2:2] = [Print("Inschrijven", weight=1.2, x0=200, y0=95), body(*_PAPIER, x0=200, y0=108)]
    pieces = [replace(each, y0=each.y0 + 40) if at > 3 else each for at, each in enumerate(pieces)]
    assert _headings(*pieces) == ["De brug", "Het koor", "Oud papier"]


def test_pieces_are_parted_where_as_much_white_as_a_heading_takes_comes_again_and_again():
    apart = [body(*lines, above=45) for lines in (*_ALL, _BRUG)]
    pieces = [heading("De brug"), body(*_BRUG), _bold("Het koor"), body(*_KOOR, above=14)]
    assert len(_headings(*pieces, *apart)) == 6
    assert len(_headings(*pieces, *apart[:2])) == 2


def test_the_heavy_last_line_of_a_paragraph_is_no_heading():
    last = Print("elf uur.", weight=1.4, above=0, role=BlockRole.HEADING)
    pieces = [_bold("De brug"), body("Pannenkoeken bakken wij voor iedereen vanaf"), last]
    sections = sections_of(page_of(1, *pieces, _bold("Het koor"), body(*_KOOR)))
    assert [section.heading for section in sections] == ["De brug", "Het koor"]
    assert sections[0].text.endswith("vanaf elf uur.")


@pytest.mark.parametrize(("read", "shown"), [("UITSLAGEN VAN ZATERDAG,", "UITSLAGEN VAN ZATERDAG"), ("G@hor", "G@hor")])
def test_a_speck_in_a_heading_hides_none(read, shown):
    assert _headings(heading("De brug"), body(*_BRUG), _bold(read), body(*_KOOR)) == ["De brug", shown]


def test_white_in_a_worn_line_makes_no_heading_of_its_first_words():
    others = zip(("De brug", "Het koor", "Oud papier"), _ALL, strict=True)
    pieces = [each for text, lines in others for each in (heading(text), body(*lines))]
    pieces += [body("*Hoe *werkt de actie van de gemeente tegen het hoge water", *_KOOR, above=14)]
    page = page_of(1, *pieces)
    first, *further = page.blocks[-1].lines
    words = tuple(replace(w, box=replace(w.box, x0=w.box.x0 + 12 * (n > 1))) for n, w in enumerate(first.words))
    worn = replace(page.blocks[-1], lines=(replace(first, words=words), *further))
    sections = sections_of(replace(page, blocks=(*page.blocks[:-1], worn)))
    assert [section.heading for section in sections] == ["De brug", "Het koor", "Oud papier"]


def test_an_underline_makes_a_heading_of_a_line_in_the_type_of_the_text():
    pieces = [each for lines in _ALL for each in (Print("De haven", above=14), body(*lines, above=14))]
    page = page_of(1, body("Van alles wat er gebeurt staat hier het voornaamste."), *pieces)
    lined = [
        replace(block, role=BlockRole.HEADING, reason="underlined") if block.text == "De haven" else block
        for block in page.blocks
    ]
    assert [section.heading for section in sections_of(page)] == [""]
    sections = sections_of(replace(page, blocks=tuple(lined)))
    assert [section.heading for section in sections][1:] == ["De haven"] * 3
