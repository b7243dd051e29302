"""Is a piece of a badly read dump that is far too long cut at its paragraphs, and no other one?"""

import pytest

from archive.parsing.sections import joined
from tests.parsing.printed import dump_of, sections_of

_TEXTS = """
De gemeente vernieuwt dit jaar de oude brug over de vaart, en het werk
begint in mei. Wie er langs moet, loopt om door de tuin van de school,
waar de poort op werkdagen open staat van acht tot zes uur. Fietsers
rijden om langs de molen, en voor auto's staan er borden langs de weg.

Wij zingen op zondag in de kerk en zoeken nog stemmen voor het grote
concert. Kaarten zijn te koop bij de bakker en aan de deur, zegt men,
en wie lid is krijgt er een met korting. Na afloop is er koffie in de
zaal naast de kerk, waar ook de foto's van vorig jaar te zien zijn.

Op zaterdag haalt de fanfare het papier op, van negen uur in de morgen
tot het donker wordt. Zet het droog aan de straat, in dozen of zakken,
en leg er een steen op als het waait. De opbrengst is voor nieuwe
trommels, want de oude zijn door het vocht in de schuur bedorven.
""".strip().split("\n\n")
_SHORT = "In de herfst is er hulp nodig bij het snoeien en harken van de perken\nachter het station."
_HEADINGS = ("Nieuws van het bestuur", "De tuin achter het station", "Verkeer in het dorp", "Uit de bibliotheek")


def _specked(text):
    """A text as an engine reads it from a page full of specks."""
    words = text.split(" ")
    return " ".join(f"{word} '" if at % 12 == 7 and "\n" not in word else word for at, word in enumerate(words))


def _issue(long, *, specked=True):
    """An issue of pieces with headings, and one of so many paragraphs whose headings were lost."""
    pieces = [f"{heading}\n\n{text}" for heading, text in zip(_HEADINGS[:-1], _TEXTS, strict=True)]
    piece = "\n\n".join(["Wat er verder te doen is", *long])
    text = "\n\n".join([*pieces, piece, f"{_HEADINGS[-1]}\n\n{_SHORT}"])
    return sections_of(*dump_of(_specked(text) if specked else text))


def test_a_piece_that_is_far_too_long_is_cut_at_its_paragraphs_and_says_how_unsure_that_is():
    sections = _issue(_TEXTS)
    cut = [section for section in sections if not section.heading]
    assert [section.text[:8] for section in cut] == ["Wij zing", "Op zater"]
    assert all(0.4 < section.boundary_confidence < 0.6 for section in cut)
    assert len(sections) == 7


def test_where_pages_were_read_well_nothing_is_cut():
    assert len(_issue(_TEXTS, specked=False)) == 5


def test_a_piece_of_usual_length_is_not_cut():
    assert len(_issue(_TEXTS[:2])) == 5


def test_a_piece_that_is_longer_than_lost_headings_can_make_it_is_a_long_one():
    assert len(_issue(_TEXTS * 2)) == 5


def test_where_hardly_a_heading_was_read_no_length_is_too_long():
    sections = sections_of(*dump_of(_specked("\n\n".join(_TEXTS * 2))))
    assert [section.text[:8] for section in sections] == ["De gemee", "Wij zing", "Op zater"] * 2


@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_paragraph_of_a_few_words_stays_with_the_one_before_it(place):
    few = "Kom ook eens langs in het clubhuis aan de dijk, waar de deur altijd open."
    long = [*_TEXTS[:place], few, *_TEXTS[place:]]
    sections = _issue(long)
    assert not any(len(section.text.split()) < joined._LEAST_WORDS for section in sections if not section.heading)
    assert sum(few[:20] in section.text for section in sections) == 1


def test_no_word_is_lost_by_cutting(monkeypatch):
    cut = _issue(_TEXTS)
    monkeypatch.setattr(joined, "_BADLY_READ", 1.0)
    whole = _issue(_TEXTS)
    assert " ".join(part.raw_text for part in cut).split() == " ".join(part.raw_text for part in whole).split()
    assert len(cut) > len(whole)
