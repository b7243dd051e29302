"""Are pieces of a dump found that no line of their own opens: by headings in their first line, by misread stars?"""

import pytest

from tests.parsing.printed import dump_of, sections_of

_TEXTS = """
De gemeente vernieuwt dit jaar de oude brug over de vaart, en het werk
begint in mei. Wie er langs moet, loopt om door de tuin van de school.

Wij zingen op zondag in de kerk en zoeken nog stemmen voor het grote
concert. Kaarten zijn te koop bij de bakker en aan de deur, zegt men.

Op zaterdag haalt de fanfare het weer op, van negen uur in de morgen
tot het donker wordt. Zet het droog aan de straat, in dozen of zakken.

In de herfst is er hulp nodig bij het snoeien en harken van de perken
achter het station. Koffie staat klaar in de schuur, soep in de keuken.
""".strip().split("\n\n")
_LEADS = ("De oude brug", "Het koor", "Oud papier", "De tuin")


def _headings(*paragraphs):
    """The headings, without the stop that ends them."""
    return [section.heading.rstrip(".:!") for section in sections_of(*dump_of("\n\n".join(paragraphs)))]


def _opened(leads, stop="."):
    """Paragraphs that open with their heading, on its own stop."""
    return [f"{lead}{stop} {text}" for lead, text in zip(leads, _TEXTS, strict=True)]


@pytest.mark.parametrize("stop", [".", ":", "!"])
def test_words_that_open_most_paragraphs_are_headings(stop):
    assert _headings(*_opened(_LEADS, stop)) == list(_LEADS)


def test_a_stop_misread_as_a_comma_ends_a_heading_where_that_is_the_habit():
    first, second, third, last = _opened(_LEADS)
    assert _headings(first, second.replace("koor.", "koor,"), third, last) == list(_LEADS)


def test_a_space_or_a_capital_that_was_not_read_hides_no_heading_where_that_is_the_habit():
    first, second, third, last = _opened(_LEADS)
    assert _headings(first, second.replace(". Wij", ".Wij"), third, last.replace(". In", ". 1n")) == list(_LEADS)


def test_a_paragraph_without_white_above_it_opens_below_a_line_that_ends_early():
    first, second, third, last = _opened(_LEADS)
    assert _headings(f"{first} Tot dan.\nDe gemeente.\n{second}", third, last) == list(_LEADS)


def test_the_days_of_a_programme_open_no_pieces():
    first, second, third, last = _opened(_LEADS, ":")
    day = "Dinsdag: Tien uur gymnastiek, om vier uur hulp bij het huiswerk, en\nlater kaarten met soep en brood."
    assert _headings(first, second, third, last, day, day.replace("Dinsdag", "Woensdagmiddag")) == list(_LEADS)


@pytest.mark.parametrize(("stop", "heading"), [(".", "Het koor."), (",", "Het koor")])
def test_the_text_begins_behind_the_stop_of_its_heading(stop, heading):
    first, second, third, last = _opened(_LEADS)
    section = sections_of(*dump_of("\n\n".join((first, second.replace("koor.", f"koor{stop}"), third, last))))[1]
    assert section.text.startswith("Wij zingen op zondag")
    assert section.heading == heading
    assert section.raw_text.startswith(f"Het koor{stop} Wij zingen")


def test_a_further_paragraph_of_a_piece_opens_none():
    first, second, third, last = _opened(_LEADS)
    assert _headings(first, _TEXTS[1], second, third, last) == list(_LEADS)


def test_a_few_short_sentences_at_the_start_of_paragraphs_are_no_headings():
    first, second, *_ = _opened(_LEADS)
    assert not {"De oude brug", "Het koor"} & set(_headings("Nieuws", *_TEXTS, first, second, *_TEXTS))


def _parted(*scraps):
    first, *others = _TEXTS
    return [first, *(f"{scrap}\n\n{text}" for scrap, text in zip(scraps, others, strict=True))]


def test_scraps_between_most_paragraphs_are_stars_that_part_pieces():
    assert _headings(*_parted("Kk *", "fe es", "dek ok")) == ["", "", "", ""]
    assert len(_headings(*_parted("Kk *", "fe es", "dek ok"), *_TEXTS, *_TEXTS)) < 4


@pytest.mark.parametrize("line", ["Het koor", "Mei", "12 mei"])
def test_lines_of_words_and_figures_are_no_scraps(line):
    assert "" not in _headings(*_parted(line, "Oud papier", "De tuin"))[1:]
