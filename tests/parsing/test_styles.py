"""Are headlines known by the type that an issue sets them in, where neither words nor white tell?"""

from dataclasses import replace

import pytest

from archive.model.pages import BlockRole
from tests.parsing.printed import body, heading, page_of, sections_of

_TEXTS = (
    ("De gemeente vernieuwt dit jaar de oude brug over de", "vaart. Het werk begint in mei en duurt tot de winter."),
    ("Het koor zingt op zondag in de kerk. Kaarten zijn te", "koop bij de bakker en aan de deur."),
    ("Op zaterdag haalt de fanfare het oud papier op. Zet het", "voor negen uur aan de straat."),
    ("In de tuin is in de herfst hulp nodig bij het snoeien en", "harken. Koffie staat klaar in de schuur."),
)
_NAMES = ("De brug", "Het koor", "Oud papier", "Tuinploeg")
_UNLIKELY = "extra is altijd leuk, en nooit te veel"  # reads like a sentence


def _headings(*prints):
    return [section.heading for section in sections_of(page_of(1, *prints)) if section.heading]


def _pieces(*names, sure=None, **how):
    for n, name in enumerate(names):
        yield replace(heading(name, **how), sure=sure)
        yield replace(body(*_TEXTS[n % 4], above=3), sure=sure)


def _above_a_picture(size, sure=None, role=BlockRole.HEADING):
    """A line in light type with the room of a picture below it."""
    yield replace(heading(_UNLIKELY, size=size, weight=1.0, role=role), sure=sure)
    yield replace(body(*_TEXTS[3], above=120), sure=sure)


@pytest.mark.parametrize("role", [BlockRole.HEADING, BlockRole.ASIDE])
def test_a_line_in_the_type_of_the_headings_is_one_though_a_picture_stands_below_it(role):
    printed = [*_pieces(*_NAMES, size=17), *_above_a_picture(17, role=role)]
    assert _headings(*printed) == [*_NAMES, _UNLIKELY]


def test_a_line_in_type_of_its_own_is_none():
    printed = [*_pieces(*_NAMES, size=17), *_above_a_picture(13)]
    assert _headings(*printed) == list(_NAMES)


def test_a_size_that_text_is_set_in_too_tells_nothing():
    lead = replace(body(*_TEXTS[1], size=17), sure=None)
    printed = [*_pieces(*_NAMES, size=17), lead, *_above_a_picture(17)]
    assert _UNLIKELY not in _headings(*printed)


def test_sizes_measured_from_ink_count_from_four_headings_on():
    assert _UNLIKELY in _headings(*_pieces(*_NAMES, size=17, sure=0.9), *_above_a_picture(17.8, sure=0.9))
    assert _UNLIKELY not in _headings(*_pieces(*_NAMES[:2], size=17, sure=0.9), *_above_a_picture(17.8, sure=0.9))


def test_letters_of_a_picture_are_looked_for_in_scans_only():
    """Far larger than the headings and with white below: a scan's rubbish, but the headline of a printed page."""
    large = [heading("De Kruiskerk", size=28, weight=1.5), body(*_TEXTS[3], above=60)]
    for sure, found in ((0.9, False), (None, True)):
        printed = [*_pieces(*_NAMES, sure=sure), *(replace(each, sure=sure) for each in large)]
        assert ("De Kruiskerk" in _headings(*printed)) is found
