"""Are headings inside a piece told from those of the pieces, and names of rubrics from both?"""

from dataclasses import replace

from tests.parsing.printed import body, heading, page_of, sections_of

_TEXTS = (
    ("De gemeente vernieuwt dit jaar de oude brug over de", "vaart. Het werk begint in mei en duurt tot de winter."),
    ("Het koor zingt op zondag in de kerk. Kaarten zijn te", "koop bij de bakker en aan de deur."),
    ("Op zaterdag haalt de fanfare het oud papier op. Zet het", "voor negen uur aan de straat."),
    ("In de tuin is in de herfst hulp nodig bij het snoeien en", "harken. Koffie staat klaar in de schuur."),
)
_POINTS = ("1. Opening", "2. Mededelingen", "3. Notulen", "4. Rondvraag")
_QUESTIONS = ("Hoe begon het?", "Wat is het mooiste?", "Wie helpt er mee?")


def _headings(*prints):
    return [section.heading for section in sections_of(page_of(1, *prints))]


def _pieces(*names, **how):
    return [each for name in names for each in (heading(name, **how), body(*_TEXTS[len(name) % 4], above=3))]


def _low(*names, **how):
    """Headings in bold type hardly larger than the text, with less white above."""
    return _pieces(*names, **{"size": 10.5, "above": 8, **how})


def test_points_and_questions_stay_in_their_piece_though_there_are_more_of_them():
    printed = [
        *_pieces("Van het bestuur", "Oproep"),
        *[heading("Notulen van de ledenvergadering"), *_low(*_POINTS)],
        *_pieces("De brug"),
        *[*_pieces("In gesprek met de molenaar"), *_low(*_QUESTIONS)],
        *_pieces("Te koop", "Bedankt"),
    ]
    assert _headings(*printed) == [
        *("Van het bestuur", "Oproep", "Notulen van de ledenvergadering"),
        *("De brug", "In gesprek met de molenaar", "Te koop", "Bedankt"),
    ]


def test_the_name_of_minutes_in_capitals_is_no_small_line_above_their_first_point():
    printed = [
        *_pieces("VAN HET BESTUUR", "OPROEP"),
        *[heading("NOTULEN"), *_low(*_POINTS)],
        *_pieces("DE BRUG"),
        *[heading("INTERVIEW"), *_low(*_QUESTIONS)],
        *_pieces("TE KOOP"),
    ]
    assert _headings(*printed) == ["VAN HET BESTUUR", "OPROEP", "NOTULEN", "DE BRUG", "INTERVIEW", "TE KOOP"]


def test_a_heading_in_capitals_is_no_small_line_above_a_smaller_one():
    printed = [
        *_pieces("VAN HET BESTUUR", "OPROEP"),
        *[heading("DE MOLEN"), *_low("De bouw", "De brand", "De wieken")],
        *_pieces("DE BRUG"),
        *[heading("HET KOOR"), *_low("De eerste jaren", "De reis", "Het feest")],
        *_pieces("TE KOOP"),
    ]
    assert _headings(*printed) == ["VAN HET BESTUUR", "OPROEP", "DE MOLEN", "DE BRUG", "HET KOOR", "TE KOOP"]


_NAMES = ("Van het bestuur", "Oproep uit het dorp", "De molen van toen", "De brug", "Het koor op reis", "Te koop")
_PARTS = {2: ("De bouw", "De brand", "De wieken"), 4: ("De eerste jaren", "De reis", "Het feest")}


def _two_orders(names, *sizes, inner=10):
    """Pieces whose headings take turns in some sizes; two have headings in another size in them."""
    each = [(n, name, sizes[n % len(sizes)]) for n, name in enumerate(names)]
    return [p for n, name, size in each for p in (*_pieces(name, size=size), *_low(*_PARTS.get(n, ()), size=inner))]


def test_capitals_show_the_first_order_where_all_are_of_one_size():
    names = [name.upper() for name in _NAMES]
    assert _headings(*_two_orders(names, 10)) == names
    assert "De brand" in _headings(*_two_orders(names, 10, inner=11.2))


def test_so_does_a_size_hardly_larger_where_each_order_has_one():
    assert _headings(*_two_orders(_NAMES, 10.7)) == list(_NAMES)
    assert "De brand" in _headings(*_two_orders(_NAMES, 10.6, 10.9, 11.2))


def test_short_pieces_behind_the_long_ones_have_headings_of_their_own():
    long = ("Van het bestuur", "De brug", "Het koor", "De tuin")
    short = ("Te koop", "Gevraagd", "Gevonden", "Bedankt", "Ruilen", "Oud papier")
    assert _headings(*_pieces(*long), *_low(*short)) == [*long, *short]


def test_large_headings_over_some_and_small_over_most_pieces_are_all_headings():
    names = ("De brug", "Te koop", "Gevraagd", "Het koor", "Gevonden", "Bedankt", "De tuin", "Oud papier", "Agenda")
    printed = [p for n, name in enumerate(names) for p in (_low(name, above=12) if n % 3 else _pieces(name))]
    assert _headings(*printed) == list(names)


_LONG = ("Van het bestuur", "Oproep", "De brug", "Het koor", "De tuin", "Jubileum")
_SHORT = ("Te koop", "Gevraagd", "Gevonden", "Bedankt", "Ruilen", "Oud papier")


def _mixed(short):
    """Long pieces, of which some stand alone and two have short ones behind them."""
    large = _pieces(*_LONG)
    return [*large[:6], *short[:6], *large[6:8], *short[6:], *large[8:]]


def test_smaller_headings_are_those_of_points_if_they_are_hardly_larger_than_the_text():
    assert _headings(*_mixed(_low(*_SHORT))) == list(_LONG)
    assert set(_SHORT) <= set(_headings(*_mixed(_low(*_SHORT, size=12.2))))


def test_smaller_headings_with_as_much_white_above_are_those_of_pieces():
    assert set(_SHORT) <= set(_headings(*_mixed(_low(*_SHORT, above=20))))


def test_a_piece_is_named_by_its_own_heading_and_not_by_the_rubric_above_the_first():
    names = ("De brug", "Het koor", "Oud papier", "De tuin", "Bedankt", "Te koop")
    printed = []
    for at, rubric in enumerate(("Nieuws", "Verenigingen", "Berichten")):
        printed += [heading(rubric, size=22), *_pieces(*names[2 * at : 2 * at + 2], size=13, above=10)]
    assert _headings(*printed) == list(names)


def test_bold_lines_inside_pieces_are_told_from_headlines_of_many_sizes():
    """A magazine sets headlines in several sizes, and in the pieces bold lines as large as the text."""
    printed = _pieces("Redactie", size=16)
    for n, name in enumerate(_NAMES):
        printed.append(heading(name, size=(18, 30, 13)[n % 3], above=26))
        printed += _low(*_PARTS.get(n, ()), *_QUESTIONS, size=10, above=8) if n % 2 == 0 else []
        printed.append(body(*_TEXTS[n % 4], above=3))
    assert _headings(*(replace(each, sure=None) for each in printed)) == ["Redactie", *_NAMES]
