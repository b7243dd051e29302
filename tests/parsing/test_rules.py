from pathlib import Path

import pytest

from archive.model.issues import Edit
from archive.parsing.cleaning import clean
from archive.parsing.rules import (
    RULES,
    glued_words,
    hard_wraps,
    ligatures,
    line_end_hyphens,
    misread_words,
    ornaments,
    quotes,
    side_text,
    soft_signs,
    spacing,
    stray_marks,
)


def by(rule, raw):
    return clean(raw, [rule]).text


def test_every_rule_has_an_id_of_its_own_and_says_what_it_repairs():
    assert len({rule.ID for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ and rule.find.__doc__ for rule in RULES)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Wij zoeken mensen\ndie kunnen koken.", "Wij zoeken mensen die kunnen koken."),
        ("Het eerste deel.\n\nHet tweede deel.", "Het eerste deel.\n\nHet tweede deel."),
        ("Zij liep door de straten\n\nvan het dorp.", "Zij liep door de straten van het dorp."),
        ("Zij liep door de straten\fvan het dorp.", "Zij liep door de straten van het dorp."),
        ("Mee te nemen:\n- een schep\n- een emmer", "Mee te nemen:\n- een schep\n- een emmer"),
        ("19.30 uur inloop met koffie\n20.00 uur opening", "19.30 uur inloop met koffie\n20.00 uur opening"),
        ("> Kaarten bestellen\n> Route", "> Kaarten bestellen\n> Route"),
        (
            "De oude brug over de vaart wordt deze zomer\nvervangen.\nAuto's rijden om over de dijk, fietsers niet",
            "De oude brug over de vaart wordt deze zomer vervangen.\n\nAuto's rijden om over de dijk, fietsers niet",
        ),
    ],
)
def test_a_line_end_inside_a_paragraph_becomes_a_space(raw, text):
    assert by(hard_wraps, raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("de verga-\ndering", "de vergadering"),
        ("het asielzoekers-\ncentrum", "het asielzoekerscentrum"),
        ("de verga-\n\ndering", "de vergadering"),
        ("in Noord-\nHolland", "in Noord-Holland"),
        ("de periode 2014-\n2018", "de periode 2014-2018"),
        ("zee- en\nluchthavens", "zee- en\nluchthavens"),
        ("de zee-\nen luchthavens", "de zee-\nen luchthavens"),
        ("oud-\nleden zijn welkom", "oud-leden zijn welkom"),
        ("een TV-\navond", "een TV-avond"),
        ("de VERGA-\nDERING", "de VERGADERING"),
        ("in België-\nNederland", "in België-Nederland"),
        ("een re-\nunie", "een reünie"),
        ("de pop-\nkoorreis, want het pop-koorreis", "de pop-koorreis, want het pop-koorreis"),
        ("hij kwam -\nte laat", "hij kwam -\nte laat"),
    ],
)
def test_a_hyphen_at_a_line_end_goes_only_where_it_broke_the_word(raw, text):
    assert by(line_end_hyphens, raw) == text


def test_a_word_broken_over_a_page_is_joined_over_the_furniture_between():
    raw = "verga-\n\nDe Linde - 1\fdering"
    foot = Edit(8, 20, raw[8:20], "", "furniture")
    assert clean(raw, [line_end_hyphens], first=[foot]).text == "vergadering"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("De zaal gaat om acht uur open v F “ c F “", "De zaal gaat om acht uur open"),
        ("aan het eind van de straat . ‘ - . J - .", "aan het eind van de straat"),
        ("/ﬂ,\\\\ Doe mee met de schoonmaak", "Doe mee met de schoonmaak"),
        (':" \\Ie \\‘i Na de vakantie beginnen we', "Na de vakantie beginnen we"),
        ("De fanfare speelt.\n(’5)0‘(\\}% o ;\nIedereen danst.", "De fanfare speelt.\n\nIedereen danst."),
        ("Tot ziens! | ¢", "Tot ziens!"),
    ],
)
def test_letters_of_a_picture_at_the_edge_of_a_line_are_taken_out(raw, text):
    assert by(stray_marks, raw) == text


@pytest.mark.parametrize(
    "raw",
    [
        "Een kraam huren kost f 12,50 of € 5,-",
        "De deur gaat open om 19.30 u.",
        "Schrijf naar post@delinde.example of kijk op www.delinde.example/kramen",
        "> Kaarten > Route > Foto's",
        "Meld u aan -> 12 maart",
        "- een schep",
        "* Kinderen tot 12 jaar: gratis",
        "J. de V. uit Z. belde (06 - 12 34 56 78)",
        "Maten: S, M, L en XL",
        "groep 3 t/m 8 & ouders",
        "1. A   2. B   3. C",
        "'s Avonds is er soep à la carte",
        "“7. Rondvraag",
        "Doe allen MEE!|",
    ],
)
def test_numbers_prices_addresses_links_and_initials_stay(raw):
    assert by(stray_marks, raw) == raw


def test_capitals_of_a_side_box_behind_nearby_lines_are_taken_out():
    raw = (
        "Doen jullie mee en vertellen jullie het verder? VOOR ELKE STRAAT\nEEN EIGEN\n\n"
        "Tot dan! BOOMGAARD.\nHet bestuur"
    )
    assert clean(raw, RULES).text == "Doen jullie mee en vertellen jullie het verder?\n\nTot dan! Het bestuur"


def test_capitals_behind_a_salutation_are_taken_out():
    assert by(side_text, "Beste buren, EEN GROENE STRAAT\n\nHet is lente.") == "Beste buren,\n\nHet is lente."


def test_a_line_of_capitals_that_cuts_a_sentence_is_taken_out():
    raw = "Het bestuur wil alle bomen langs de vaart laten\nDE VIJF WENSEN\nsnoeien voor de winter."
    assert by(side_text, raw) == "Het bestuur wil alle bomen langs de vaart laten\n\nsnoeien voor de winter."


@pytest.mark.parametrize(
    "raw",
    [
        "Zij is lid van de VNG en van het RIEC\nen werkt in Almelo.",
        "Het koor zingt die avond weer.\n\nLENTECONCERT\n\nKaarten zijn te koop.",
        "Op het spandoek stond GEEN WEG DOOR HET BOS\nen daar bleef het bij.",
    ],
)
def test_abbreviations_headings_and_a_lone_slogan_stay(raw):
    assert by(side_text, raw) == raw


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("de Viuchtelingen komen", "de Vluchtelingen komen"),
        ("een geméleerd publiek", "een gemêleerd publiek"),
        ("gasten uit Oekraine", "gasten uit Oekraïne"),
        ("de vergaderlng begint", "de vergadering begint"),
        ("wij zijn open. ledere week", "wij zijn open. Iedere week"),
        ("Kom langs!\nln de zaal", "Kom langs!\nIn de zaal"),
        ("de vergádering begint", "de vergadering begint"),
        ("zij heéft een huis", "zij heeft een huis"),  # hééft is a word too, but a rare one
        ("de riieuwe zaal", "de nieuwe zaal"),
    ],
)
def test_a_misread_word_is_repaired_in_one_edit(raw, text):
    cleaned = clean(raw, [misread_words])
    assert cleaned.text == text
    assert len(cleaned.edits) == 1


@pytest.mark.parametrize(
    "raw",
    [
        "mevrouw Vluchtels uit Zandbeke",
        "post@viuchtelingen.example",
        "www.viuchtelingen.example",
        "Kladderink, Kladderink en Kladderink",
        "de buurtbankbeheerder",
        "code VL1CHT2",
        "zij tolkten de hele avond",
        "dat zij zelf insproken",
        "de vertel-\nlers",
        "alles klein. lezen mag, laat maar",
        "een tas van ledere makelij",
        "bloem, bater en suiker",  # beter is far more common, but so is boter
        "many evets this year",  # evers by a customary slip, but events by another
    ],
)
def test_names_addresses_compounds_and_codes_stay(raw):
    assert by(misread_words, raw) == raw


@pytest.mark.parametrize(
    ("rule", "raw", "text"),
    [
        (quotes, "thema'’s en ‘zo’", "thema's en 'zo'"),
        (quotes, "„Kom!” zei ''zij''", '"Kom!" zei "zij"'),
        (ligatures, "ﬁets en ﬂat, ĳs en Ĳmuiden", "fiets en flat, ijs en IJmuiden"),
        (soft_signs, "verga\u00ad\ndering en ver\u00adga\u200bdering", "vergadering en vergadering"),
        (spacing, "  de\u00a0 zaal \t is open , echt  ", "de zaal is open, echt"),
        (ornaments, "Tot dan.\n* * *\nVolgende keer", "Tot dan.\n\nVolgende keer"),
    ],
)
def test_small_signs_are_set_right(rule, raw, text):
    assert by(rule, raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Oud papier.Zaterdag wordt het gehaald", "Oud papier. Zaterdag wordt het gehaald"),
        ("zo5 november en vr 12mei", "zo 5 november en vr 12 mei"),
        ("www.papier.Zaterdag en post@papier.Zaterdag", "www.papier.Zaterdag en post@papier.Zaterdag"),
        ("de firma A.Zaterdag", "de firma A.Zaterdag"),
    ],
)
def test_words_that_lost_the_space_between_them_get_it_back(raw, text):
    assert by(glued_words, raw) == text


def test_the_rest_of_a_word_broken_elsewhere_is_not_repaired():
    assert by(misread_words, "boven de pe-\n\ntitie ligt klaar") == "boven de pe-\n\ntitie ligt klaar"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.ID)
def test_no_rule_takes_long_over_a_long_odd_line(rule):
    raw = "a1" * 2000 + "\n" + "1a" * 2000 + "!\n" + "-" * 3000 + "\n" + "AB " * 1000 + "\n" + "x@" * 1500
    list(rule.find(raw))


def test_every_rule_has_its_line_in_the_docs():
    page = (Path(__file__).parents[2] / "docs" / "cleaning.md").read_text(encoding="utf-8")
    assert [rule.ID for rule in RULES if f"| `{rule.ID}` |" not in page] == []
