"""Do days, questions, labels, captions, quotes and bold first paragraphs stay inside the piece that they stand in?"""

import pytest

from archive.model.pages import BlockRole
from archive.parsing.sections.inner import is_day
from tests.parsing.printed import Print, body, dump_of, heading, page_of, sections_of

_NAMES = ("De brug", "Het koor", "Oud papier", "De tuin")
_TEXTS = (
    ("De gemeente vernieuwt dit jaar de oude brug over de", "vaart. Het werk begint in mei en duurt tot de winter."),
    ("Het koor zingt op zondag in de kerk. Kaarten zijn te", "koop bij de bakker en aan de deur."),
    ("Op zaterdag haalt de fanfare het oud papier op. Zet het", "voor negen uur aan de straat."),
    ("In de tuin is in de herfst hulp nodig bij het snoeien en", "harken. Koffie staat klaar in de schuur."),
)


def _headings(*prints):
    return [section.heading for section in sections_of(page_of(1, *prints))]


def _bold(text, **how):
    """A bold line in the size of the text."""
    return Print(text, weight=1.5, **how)


def _pieces(*names, **how):
    return [p for n, name in enumerate(names) for p in (heading(name, size=10, **how), body(*_TEXTS[n % 4], above=3))]


def _parted(*names):
    """Bold lines, each over a text, as the headings of pieces are."""
    return [p for n, name in enumerate(names) for p in (_bold(name, above=12), body(*_TEXTS[n % 4], above=3))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zondag 10 mei", True),
        ("donderdag 14 mei 2009, 20.00 uur", True),
        ("Maandag:", True),
        ("12 april", True),
        ("Sunday 3 May", True),
        ("Zondag geopend", False),
        ("Ledenvergadering 12 april", False),
        ("Meidag", False),
    ],
)
def test_a_day(text, expected):
    assert is_day(text) is expected


@pytest.mark.parametrize(
    "parts",
    [
        ("Zondag 3 mei", "Zondag 10 mei", "Donderdag 14 mei"),
        ("Hoe begon het?", "Wat is het mooiste?", "Wie helpt er mee?"),
        ("Waar:", "Wanneer:"),
        ("Ingrediënten", "Bereiding"),
        ("Foto: de zaal in de pauze",),
        ("De Zwaluwen - Olympia 3-1",),
        ("Stap 1", "Stap 2"),
        ("1. Opening", "2. Notulen", "3. Rondvraag"),
    ],
)
def test_what_says_that_it_heads_a_part_of_a_piece_opens_none(parts):
    assert _headings(*_pieces(*_NAMES), *_parted(*parts)) == list(_NAMES)


def test_the_first_day_is_no_part_of_the_heading_above_it():
    programme = [_bold("HET KOOR", above=20), *_parted("Zondag 3 mei", "Zondag 10 mei")]
    assert _headings(*_pieces("De brug", "De tuin", "Oud papier"), *programme)[-1] == "HET KOOR"


def test_the_first_point_right_below_a_heading_is_no_line_of_it():
    minutes = [_bold("Notulen", above=20), _bold("1. Opening", above=2), body(*_TEXTS[1], above=3)]
    minutes += _parted("2. Notulen", "3. Bestuur", "4. Rondvraag")
    assert _headings(*_pieces("De brug", "De tuin", "Oud papier"), *minutes)[-1] == "Notulen"


def test_headings_with_numbers_are_those_of_pieces_where_they_are_most():
    names = ("Voorwoord", "1. De brug", "2. Het koor", "3. Oud papier", "4. De tuin", "Te koop", "Colofon")
    assert _headings(*_pieces(*names)) == list(names)


def test_a_heading_in_capitals_is_no_small_line_above_the_only_day():
    agenda = [_bold("AGENDA", above=20), *_parted("Zaterdag 12 april")]
    assert _headings(*_pieces("De brug", "De tuin", "Oud papier"), *agenda)[-1] == "AGENDA"


@pytest.mark.parametrize(
    "name",
    [
        [_bold("Het koor", above=20), _bold("Zondag 3 mei", above=2)],
        [Print("Het koor\nZondag 3 mei", weight=1.5, above=20, role=BlockRole.HEADING)],
    ],
)
def test_a_day_right_below_a_heading_is_no_line_of_it(name):
    programme = [*name, body(*_TEXTS[1], above=3), *_parted("Zondag 10 mei", "Zondag 24 mei")]
    assert _headings(*_pieces("De brug", "De tuin", "Oud papier"), *programme)[-1] == "Het koor"


@pytest.mark.parametrize("end", ["18 april", "3. De terugweg"])
def test_a_heading_may_go_on_with_the_only_day_or_number_below_it(end):
    name = [_bold("De reis naar de molen op zondag", above=20), _bold(end, above=2)]
    assert _headings(*_pieces("De brug", "De tuin"), *name, body(*_TEXTS[1], above=3))[-1].endswith(end)


def test_other_words_with_a_colon_may_be_headings():
    names = ("De brug", "Agenda:", "Oproep:", "De tuin", "Het koor")
    assert _headings(*_pieces(*names)) == list(names)


def test_where_nothing_else_is_a_heading_the_days_are():
    days = ("Zondag 3 mei", "Zondag 10 mei", "Donderdag 14 mei", "Zondag 24 mei")
    assert _headings(*_pieces(*days)) == list(days)


def test_two_questions_may_be_headings():
    names = ("De brug", "Het koor", "Mag dat?", "Is that allowed?", "De tuin")
    assert _headings(*_pieces(*names)) == list(names)


def test_days_in_a_dump_open_no_pieces():
    texts = {name: "\n".join(text) for name, text in zip(_NAMES, _TEXTS, strict=True)}
    pieces = [f"{name}\n\n{text}" for name, text in texts.items()]
    days = [f"{day}\n\n{text}" for day, text in zip(("Zondag 3 mei", "Zondag 10 mei"), texts.values(), strict=False)]
    assert [s.heading for s in sections_of(*dump_of("\n\n".join([*pieces, *days])))] == list(_NAMES)


def _with_quote(quote, above=14, **how):
    text = body(
        "Het koor zingt op zondag in de kerk en in de zaal.", "Wie het hoort, komt vast nog eens bij ons terug."
    )
    quoted = [_bold(quote, above=above, **how), body(*_TEXTS[3], above=14)]
    return [*_pieces("De brug", "Het koor"), *quoted, text, *_pieces("Oud papier", "De tuin")]


def test_a_bold_sentence_with_even_white_that_stands_in_the_text_is_a_quote():
    assert _headings(*_with_quote("Komt vast nog eens bij ons")) == [
        "De brug",
        "Het koor",
        "Oud papier",
        "De tuin",
    ]


def test_a_heading_whose_words_stand_in_the_text_is_one_if_its_white_is_that_of_headings():
    quote = "Komt vast nog eens bij ons"
    assert quote in _headings(*_with_quote(quote, above=40))
    even = [_bold(name, above=14) for name in _NAMES]
    pieces = [p for head, text in zip(even, _TEXTS, strict=True) for p in (head, body(*text, above=14))]
    assert quote in _headings(*pieces[:4], *_with_quote(quote)[4:7], *pieces[4:])


def test_a_bold_sentence_with_even_white_is_a_quote_if_it_is_unlike_the_headings():
    quote = "Zingen is voor iedereen en elke week"
    assert quote not in _headings(*_with_quote(quote, size=15))
    assert quote in _headings(*_with_quote(quote, above=30))


@pytest.mark.parametrize("more", [0, 4])
def test_a_heading_above_a_bold_first_paragraph_ends_where_it_had_room(more):
    lead = [
        _bold("Het was een avond om niet snel te vergeten. De zaal was", above=3),
        *(_bold("tot de laatste stoel bezet en buiten stonden de mensen,", above=3) for _ in range(more)),
        _bold("die allen tevreden naar huis gingen.", above=3),
    ]
    printed = [*_pieces("De brug", "Het koor"), heading("Feest in de zaal", size=11), *lead, body(*_TEXTS[2])]
    assert _headings(*printed, *_pieces("De tuin")) == ["De brug", "Het koor", "Feest in de zaal", "De tuin"]


def test_a_heading_in_a_narrow_column_may_have_many_lines():
    lines = ("Wie helpt er", "mee met de", "schoonmaak", "van het grote", "clubgebouw?")
    narrow = body(
        "Op zaterdag zijn", "de deuren open. De", "koffie staat klaar", "en voor emmers is", "gezorgd.", above=3
    )
    printed = [heading("De brug", size=12), narrow, heading("\n".join(lines), size=12), narrow]
    assert _headings(*printed, heading("Het koor", size=12), narrow) == ["De brug", " ".join(lines), "Het koor"]
