from dataclasses import replace
from pathlib import Path

import pytest

from archive.model.pages import BlockRole, TextSource
from archive.parsing.sections.rows import make_rows
from tests.parsing.printed import Print, body, dump_of, heading, page_of, parsed, sections_of

_BRUG = body(
    "De gemeente vernieuwt dit jaar de oude brug over de",
    "vaart. Het werk begint in mei en is klaar voor de winter.",
)
_KOOR = body(
    "Het koor zingt op zondag in de kerk. Kaarten zijn te",
    "koop bij de bakker en aan de deur.",
)
_PAPIER = body(
    "Op zaterdag haalt de fanfare het oud papier op. Zet het",
    "voor negen uur aan de straat.",
)


def _headings(*pages):
    return [section.heading for section in sections_of(*pages)]


def test_headings_that_stand_out_open_sections():
    page = page_of(1, heading("De brug"), _BRUG, heading("Het koor"), _KOOR, heading("Oud papier"), _PAPIER)
    sections = sections_of(page)
    assert [section.heading for section in sections] == ["De brug", "Het koor", "Oud papier"]
    assert sections[1].text == "Het koor zingt op zondag in de kerk. Kaarten zijn te koop bij de bakker en aan de deur."
    assert [section.position for section in sections] == [1, 2, 3]


@pytest.mark.parametrize(
    "printed",
    [
        "1. Winteractie",
        "WAAROM GEEN BUS?",
        "Noteer vast -> 3 mei: open dag",
        "#MeerBomen",
        "Stemt u mee? 12 maart",
        "'Ik wilde alleen een fiets'",
    ],
)
def test_numbers_arrows_dates_and_questions_belong_to_the_heading(printed):
    assert _headings(page_of(1, heading("De brug"), _BRUG, heading(printed), _KOOR)) == ["De brug", printed]


def test_a_heading_over_two_lines_is_one():
    page = page_of(1, heading("De brug over de vaart\nwordt vernieuwd"), _BRUG, heading("Het koor"), _KOOR)
    assert _headings(page) == ["De brug over de vaart wordt vernieuwd", "Het koor"]


def test_a_small_line_above_a_heading_goes_with_it():
    kicker = Print("MUZIEK", size=8, weight=1.5, above=20, role=BlockRole.HEADING)
    sections = sections_of(page_of(1, heading("De brug"), _BRUG, kicker, heading("Het koor", above=3), _KOOR))
    assert [section.heading for section in sections] == ["De brug", "Het koor"]
    assert sections[1].text.startswith("MUZIEK\n\nHet koor zingt")


def test_smaller_headings_inside_a_piece_do_not_part_it():
    sub = Print("Planning", size=10, weight=1.5, above=8, role=BlockRole.HEADING)
    page = page_of(1, heading("De brug"), _BRUG, sub, _PAPIER, heading("Het koor"), _KOOR, heading("Papier"), _PAPIER)
    assert _headings(page) == ["De brug", "Het koor", "Papier"]


def test_a_pull_quote_stays_in_its_piece():
    quote = Print("Zo'n brug bouw je\nmaar eens in je leven", size=14, above=18)
    after = replace(_PAPIER, above=18)
    page = page_of(1, heading("De brug"), _BRUG, quote, after, heading("Het koor"), _KOOR)
    sections = sections_of(page)
    assert [section.heading for section in sections] == ["De brug", "Het koor"]
    assert "bouw je maar eens in je leven" in sections[0].text


def test_a_caption_is_a_paragraph_of_its_own():
    caption = Print("De brug in 1953.", size=8, role=BlockRole.CAPTION, above=90)
    section = sections_of(page_of(1, heading("De brug"), _BRUG, caption, _PAPIER))[0]
    assert "\n\nDe brug in 1953.\n\n" in section.text


def test_letters_of_a_picture_open_no_section_and_are_in_no_text():
    rubbish = Print("JOE|", size=40, role=BlockRole.PICTURE)
    section = sections_of(page_of(1, heading("De brug"), _BRUG, rubbish, _PAPIER))[0]
    assert "JOE" not in section.text
    assert "JOE" in section.raw_text


def test_a_lead_without_heading_is_a_section_without_one():
    lead = body(
        "Beste buren,", "Het was een lange winter, maar de krokussen staan in bloei en wij gaan weer naar buiten."
    )
    sections = sections_of(page_of(1, lead, heading("De brug"), _BRUG))
    assert [section.heading for section in sections] == ["", "De brug"]
    assert sections[0].text.startswith("Beste buren,")


def test_a_scrap_of_a_masthead_is_no_section():
    assert _headings(page_of(1, body("Uitgave van de dorpsraad"), heading("De brug"), _BRUG)) == ["De brug"]


def test_the_first_words_of_a_piece_may_be_its_heading():
    page = page_of(
        1,
        body("*Oud *papier. Zaterdag haalt de fanfare weer oud papier op in", "het hele dorp."),
        body("*Het *koor. Zondag zingt het koor in de kerk, met orgel en", "trompet."),
        body("*De *brug. In mei gaat de brug over de vaart een week dicht", "voor groot onderhoud."),
    )
    assert [text.rstrip(".") for text in _headings(page)] == ["Oud papier", "Het koor", "De brug"]


def test_a_row_of_stars_parts_pieces():
    page = page_of(1, heading("De brug"), _BRUG, body("= = = ="), _KOOR)
    sections = sections_of(page)
    assert [section.heading for section in sections] == ["De brug", ""]
    assert "=" not in sections[0].text + sections[1].text


def test_a_frame_is_a_piece_though_no_heading_and_no_full_stop_parts_it_from_the_text_above():
    contacts = Print("Voornaam Achternaam 0000 000000\nVoornaam Achternaam 0000 000001")
    framed = replace(body("Het koor zingt zondag in de kerk en wie wil", "mag meezingen."), reason="opens a frame")
    sections = sections_of(page_of(1, heading("De brug"), _BRUG, contacts, framed))
    assert [section.heading for section in sections] == ["De brug", ""]
    assert sections[1].text.startswith("Het koor zingt")


def test_a_frame_at_the_top_of_a_page_may_go_on_from_the_page_before():
    rest = replace(body("Wie wil, brengt een stoel mee naar de avond."), reason="opens a frame")
    sections = sections_of(page_of(1, heading("De brug"), _BRUG), page_of(2, rest))
    assert [section.heading for section in sections] == ["De brug"]


def test_a_list_and_an_agenda_stay_in_their_section():
    rows = Print("19.30 uur inloop met koffie\n20.00 uur opening door de voorzitter", role=BlockRole.TABLE)
    items = Print("- een emmer\n- een schep", role=BlockRole.LIST)
    section = sections_of(page_of(1, heading("Schoonmaakdag"), _BRUG, rows, items))[0]
    assert "19.30 uur inloop met koffie\n20.00 uur opening door de voorzitter" in section.text
    assert "- een emmer\n- een schep" in section.text


def test_a_section_over_two_pages_knows_its_pages_and_boxes():
    pages = (page_of(1, heading("De brug"), _BRUG), page_of(2, _PAPIER, heading("Het koor"), _KOOR))
    section = sections_of(*pages)[0]
    assert section.pages == (1, 2)
    assert [box.page for box in section.boxes] == [1, 2]
    assert section.boxes[0].x0 == 50


def test_confidence_source_language_and_spans_come_from_the_words():
    transcript, cleaned, sections = parsed([page_of(1, heading("De brug"), _BRUG)])
    section = sections[0]
    assert section.confidence == pytest.approx(0.9)
    assert section.text_source is TextSource.TEXT_LAYER
    assert section.language == "nl"
    assert transcript.raw[section.start : section.end] == section.raw_text
    assert cleaned.between(*section.heading_span) == section.heading
    assert (section.id, section.verdict) == ("", None)


def test_an_issue_without_words_has_no_sections():
    assert sections_of(page_of(1)) == ()


_DUMP = """Beste leden, SAMEN VOOR DE VAART

De vaart was deze winter weer vol met ijs en met schaatsers. Wij danken
iedereen die heeft geholpen met vegen en met de warme chocolademelk.

Alvast bedankt!

Team Vaartvrienden

Onderdeel van de Dorpsraad Zandbeke
 ~\\|/ Noteer alvast -> 4 oktober: Dag van de vaart

In oktober vieren wij dat de vaart honderd jaar bestaat. Er is muziek en er
varen boten, groot en klein. Meer hierover in de volgende brief.

Bomen langs de vaart
Tien jaar geleden plantten wij met elkaar de eerste bomen langs de vaart. Zij
zijn nu hoger dan een huis en er broeden ieder jaar reigers in.

> Kaart van de bomen > Vogels tellen > Doe mee

Aan- en afmelden

U krijgt deze brief omdat u lid bent. Wilt u hem niet meer, schrijf dan naar
leden@vaartvrienden.example.
"""


@pytest.mark.parametrize(
    ("above", "greeting", "heading"),
    [
        ("Van de voorzitter\n\n", "Beste lezers,", "Van de voorzitter"),
        ("The Vicar's Letter\n\n", "My dear friends,", "The Vicar's Letter"),
        ("", "Beste lezers,", "Beste lezers"),
        ("", "My dear friends,", "My dear friends"),
    ],
)
def test_a_salutation_opens_the_first_piece_below_its_heading_or_as_one(above, greeting, heading):
    text = "De gemeente vernieuwt dit jaar de oude brug over de\nvaart, en wij zijn blij. Het werk begint in mei.\n\n"
    dump = f"{above}{greeting}\n\n{text * 2}Oud papier\n\n{text * 2}Koor\n\n{text * 2}"
    first = sections_of(*dump_of(dump))[0]
    assert first.heading == heading
    assert first.text.startswith(greeting) is bool(above)


def test_a_dump_without_layout_is_cut_by_its_text_alone():
    sections = sections_of(*dump_of(_DUMP))
    assert [section.heading for section in sections] == [
        "Beste leden",
        "Noteer alvast -> 4 oktober: Dag van de vaart",
        "Bomen langs de vaart",
        "Aan- en afmelden",
    ]
    assert sections[0].text.endswith("Onderdeel van de Dorpsraad Zandbeke")
    assert sections[0].text.startswith("De vaart was")
    assert "SAMEN VOOR" not in sections[0].text
    assert "~\\|/" not in sections[1].heading
    assert "~\\|/" in sections[1].raw_text
    assert sections[2].text.endswith("Doe mee")
    assert all(section.confidence is None and section.boxes == () for section in sections)


_PIECE = """Het koor zoekt stemmen

Het koor van de kerk repeteert op dinsdagavond in de kleine zaal, en daar is nog plaats voor
tenoren en bassen. Wie wil komen luisteren is welkom; de koffie staat om half acht klaar.

Oud papier

Op zaterdag haalt de fanfare weer oud papier op in het hele dorp. Zet het voor negen uur aan de
straat, goed gebonden en droog.

"""


def test_a_heading_in_a_dump_may_be_broken_over_two_lines():
    dump = """Het koor zoekt stemmen

Het koor van de kerk repeteert op
dinsdagavond in de kleine zaal, en daar
is nog plaats voor tenoren en bassen.

Vrijwilligers gezocht voor
het zomerkamp

In juli gaan wij weer op kamp met dertig
kinderen, en daar horen koks bij. Meld u
aan bij een van de leiders.

Oud papier

Op zaterdag haalt de fanfare weer oud
papier op in het hele dorp. Zet het voor
negen uur aan de straat.
"""
    assert _headings(*dump_of(dump))[1:2] == ["Vrijwilligers gezocht voor het zomerkamp"]


def test_the_few_words_right_above_the_first_heading_of_a_dump_stay_in_its_section():
    dump = (Path(__file__).parents[2] / "raw" / "energieloket ocr.txt").read_text(encoding="utf-8")
    first, *_ = sections_of(*dump_of(dump))
    assert "Beste inwoner" in f"{first.heading} {first.text}"


def test_specks_before_a_heading_are_no_part_of_it():
    dump = _PIECE + (
        ".,:;/ De brug over de vaart\n\nDe gemeente is van plan om dit jaar samen met de provincie de brug over de\n"
        "vaart te vernieuwen. Het werk begint in het voorjaar en duurt tot de zomer van het jaar erna.\n"
    )
    assert _headings(*dump_of(dump))[-1] == "De brug over de vaart"


def test_a_line_that_the_paper_cut_is_no_heading():
    dump = _PIECE + (
        "De brug\n\nDe gemeente is van plan om dit jaar samen met de provincie en het waterschap\n\n"
        "Gelderland de brug over de vaart te vernieuwen en ook de weg er naartoe. Het werk begint in het\n"
        "voorjaar en duurt tot de zomer.\n"
    )
    assert _headings(*dump_of(dump)) == ["Het koor zoekt stemmen", "Oud papier", "De brug"]


def test_a_line_with_the_number_between_two_numbered_headings_is_one():
    def numbered(text):
        return heading(text, size=10, weight=1.5)

    plain = Print("3. Fanfare", above=8)
    page = page_of(1, numbered("1. De brug"), _BRUG, numbered("2. Het koor"), _KOOR, plain, _PAPIER)
    second = page_of(2, numbered("4. Papier"), _PAPIER)
    assert _headings(page, second) == ["1. De brug", "2. Het koor", "3. Fanfare", "4. Papier"]


def test_a_sentence_of_the_text_set_large_opens_no_section():
    quote = Print("de oude brug over de vaart", size=14, above=30)
    page = page_of(1, heading("De brug"), _BRUG, quote, _PAPIER, heading("Het koor"), _KOOR)
    assert _headings(page) == ["De brug", "Het koor"]


def test_the_white_above_a_heading_in_the_middle_is_known_beside_a_short_line():
    page = page_of(1, _BRUG, body("Tot dan!", above=2), Print("HET KOOR", above=22, x0=260), _KOOR)
    transcript, cleaned, _ = parsed([page])
    row = next(row for row in make_rows(transcript, cleaned) if row.text == "HET KOOR")
    assert row.gap == pytest.approx(2.5, abs=0.1)


def test_low_letters_that_stand_for_stars_part_pieces():
    stars = Print("ok cK ok", size=6, x0=250, above=14)
    sections = sections_of(page_of(1, heading("De brug"), _BRUG, stars, replace(_KOOR, above=14)))
    assert [section.heading for section in sections] == ["De brug", ""]


def test_the_surer_start_has_the_higher_confidence():
    page = page_of(1, heading("De brug"), _BRUG, body("= = = ="), _KOOR)
    sure, bare = (section.boundary_confidence for section in sections_of(page))
    assert 0.7 < bare < sure < 1


def test_capitals_with_a_misread_letter_are_capitals():
    low = Print("GepooPT, GEHUWD, OVERLEDEN", size=8, above=20, x0=180)
    assert _headings(page_of(1, heading("DE BRUG"), _BRUG, low, _KOOR)) == ["DE BRUG", "GepooPT, GEHUWD, OVERLEDEN"]


def test_an_ornament_read_as_letters_opens_no_section():
    ornament = Print("Kd", size=14, weight=1.5, above=16)
    page = page_of(1, heading("De brug"), _BRUG, ornament, heading("Het koor"), _KOOR)
    assert "Kd" not in _headings(page)


def test_a_heading_left_of_the_first_line_of_its_text_is_found():
    def beside(name, text):
        lead = " ".join(f"*{word}" for word in name.split())
        return Print(f"{lead} {text}\nen dat blijft zo tot het einde van de maand.", role=BlockRole.TABLE, above=24)

    page = page_of(
        1,
        beside("Volle manden", "Het is druk in de opvang."),
        beside("Open dag", "Zaterdag staat de deur open."),
        beside("Uit het bestuur", "De begroting is goedgekeurd."),
    )
    assert _headings(page) == ["Volle manden", "Open dag", "Uit het bestuur"]


def test_a_numbered_heading_in_a_box_is_one_though_its_side_was_read_as_a_letter():
    def numbered(text):
        return heading(text, size=10, weight=1.5)

    box = Print("I 3. Fanfare", above=8)
    page = page_of(1, numbered("1. De brug"), _BRUG, numbered("2. Het koor"), _KOOR, box, _PAPIER)
    second = page_of(2, numbered("4. Papier"), _PAPIER)
    assert [text[-10:] for text in _headings(page, second)][2] == "3. Fanfare"


_MISREAD = """Uit bet bestnur

De ledenvcrgadering van 3 maart wcrd goed bezocht. De jaarrekcning is goedgekcurd en het bestnur
blijft aan tot bet volgende jaar. De koffie was op om balf elf.

Oud papicr

Op zaterdag haalt de fanfarc weer oud papier op in het hele dorp. Zet het voor negen nur aan de
straat, goed gebonden en droog.

Nieuwc boeken in de kast

De kast in bet buurtbuis is aangevuld met dertig boeken. Leden kunnen ze drie weken lenen en dan
weer terugbrengen.
"""


def test_misread_letters_do_not_hide_the_headings_of_a_dump():
    assert _headings(*dump_of(_MISREAD)) == ["Uit bet bestuur", "Oud papier", "Nieuwe boeken in de kast"]
