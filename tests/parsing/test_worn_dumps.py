"""Are the headings of a dump found where specks, scraps and uneven white stand in it, by text alone?"""

import random

import pytest
from rapidfuzz import fuzz

from archive.parsing.sections.echo import Echoes
from archive.parsing.sections.features import features, groups_at, habits_of
from archive.parsing.sections.names import like_usual_name
from archive.parsing.sections.rows import make_rows
from archive.parsing.sections.shorn import ShornRows, shorn
from archive.parsing.sections.weights import Weights
from archive.parsing.wording import is_sign_off
from tests.newsletters.dumps import draw_shape, write_dump
from tests.newsletters.texts import list_issues, load_issue
from tests.parsing.printed import dump_of, parsed, sections_of

_SPECKLED = """
'Het koor zoekt stemmen :

_ Het koor zingt op zondag in de kerk en zoekt nog stemmen voor het :
" grote concert. Kaarten zijn te koop bij de bakker en aan de deur. .
ee te

. Oud papier — :

Op zaterdag haalt de fanfare het oud papier op. Zet het voor negen ;
uur aan de straat, dan is alles om twaalf uur binnen. : :

i De oude brug _

: De gemeente vernieuwt dit jaar de oude brug over de vaart. Het werk :

begint in mei en is klaar voor de winter, zegt de aannemer. :
"""
_CONTENTS = """
In dit nummer
Het koor zoekt stemmen
De oude brug
Oud papier in het dorp

Het koor zoekt stemmen

Het koor zingt op zondag in de kerk en zoekt nog stemmen voor het
grote concert. Kaarten zijn te koop bij de bakker en aan de deur.
"""


_LISTS = """
De vereniging zocht dit jaar een nieuwe zaal en vond die boven het oude
station. Het dak lekt nog, de huur is laag en er is plaats voor een koor.

Aqenda _
wo 14 oktober, 19.30 uur oefenen in de kantine
za 17 oktober, 14.00 uur samen koken
do 22 oktober, 20.00 uur vergadering

Wie de sleutel heeft, is de vraag waarmee elke avond begon. Voortaan hangt
die bij de bakker, die om zes uur opstaat en altijd weet wie er al was.

Getonden voorwerpen
214 paraplu's
61 telefoons
1 kunstgebit
"""
_PARTED = """
Het fonds

Het bestuur keek naar de cijfers van het jaar en vond ze beter dan vorig
jaar, al is het nog niet genoeg om er een feest van te geven. Wij wachten.

Turkse les voor de

mensen op de ploeg

Een goede morgen wensen in de taal van een ander is niet zo moeilijk, zegt
de leraar. Hij begint in mei met een klas van twaalf en gaat door tot kerst.
"""


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (". Oud papier — :", "Oud papier"),
        ("i De oude brug _", "De oude brug"),
        ("'Het koor zingt. .", "Het koor zingt."),
        ("e-mail aan de redactie", "e-mail aan de redactie"),
        ("3 procent erbij a", "3 procent erbij"),
        (": .", ": ."),
    ],
)
def test_specks_at_the_ends_of_a_line_are_left_out_and_its_words_are_not(read, printed):
    assert shorn(read) == printed


def test_headings_between_specks_scraps_and_uneven_white_are_found():
    headings = [shorn(section.heading) for section in sections_of(*dump_of(_SPECKLED))]
    assert headings == ["Het koor zoekt stemmen", "Oud papier", "De oude brug"]


def test_a_line_that_a_table_of_contents_names_is_told_from_its_entry_there():
    transcript, cleaned, _ = parsed(dump_of(_CONTENTS))
    rows = make_rows(transcript, cleaned)
    entry, heading = (at for at, row in enumerate(rows) if row.text == "Het koor zoekt stemmen")
    above, below = (features(ShornRows(rows), at, at + 1) for at in (entry, heading))
    assert "stands further down too" in above
    assert "stands above all text too" in below
    assert "stands above all text too" not in above


@pytest.mark.parametrize(
    ("line", "likeness"), [("Agenda", 1.0), ("Recept: soep", 1.0), ("De oude brug over de vaart", 0.0)]
)
def test_the_usual_name_of_a_section_is_known_from_other_lines(line, likeness):
    assert like_usual_name(line) == likeness


@pytest.mark.parametrize("line", ["Aqenda", "Getonden voorwerpen.", "van de voorzitfer :", "'Golofon"])
def test_a_misread_name_is_known_by_its_likeness(line):
    assert like_usual_name(line) > 0.5


def test_a_misread_name_opens_a_section_above_a_list():
    headings = [section.heading for section in sections_of(*dump_of(_LISTS))]
    assert [shorn(heading) for heading in headings if heading] == ["Agenda", "Getonden voorwerpen"]


def test_a_heading_that_thanks_somebody_is_no_leave_taking():
    assert not is_sign_off("Dank aan de vrijwilligers")
    assert is_sign_off("Met vriendelijke dank")


def test_a_heading_that_white_parts_may_be_one_and_paragraphs_may_not():
    transcript, cleaned, _ = parsed(dump_of(_PARTED))
    rows = make_rows(transcript, cleaned)
    heading = next(at for at, row in enumerate(rows) if row.text == "Turkse les voor de")
    assert list(groups_at(rows, heading)) == [(heading, heading + 1), (heading, heading + 2)]
    assert "white inside" in features(ShornRows(rows), heading, heading + 2)
    assert list(groups_at(rows, heading + 1)) == [(heading + 1, heading + 2)]


def test_lines_with_room_for_the_next_word_are_told_from_those_of_running_text():
    transcript, cleaned, _ = parsed(dump_of(_PARTED))
    lines = ShornRows(make_rows(transcript, cleaned))
    heading = next(at for at, row in enumerate(lines.rows) if row.text == "Turkse les voor de")
    seen = features(lines, heading, heading + 2)
    assert {"room inside", "room inside, goes on small", "lines short"} <= seen.keys()
    assert "had room and goes on" in features(lines, heading, heading + 1)
    assert "above had room and goes on" in features(lines, heading + 1, heading + 2)
    running = features(lines, 1, 3)
    assert "no room inside" in running
    assert "room inside" not in running


def test_a_heading_is_told_by_the_words_that_come_back_below_it():
    above, heading, below = (
        "De soep was dit jaar zuur.",
        "Bruggen in het dorp",
        "De brugge over de vaart, de brugg. Een dorp.",
    )
    seen = dict(Echoes([above, heading, below]).of(1, 2))
    assert seen == {"words come below": 1.0, "words come above": 0.0, "text goes on about it": 0.0}


def test_lines_amid_a_text_have_what_it_is_about_on_both_sides():
    text = ["Molens malen graan.", "Er was een lange dag.", "Het graan van die molens."]
    assert dict(Echoes(text).of(1, 2))["text goes on about it"] == 0.5
    assert dict(Echoes([text[0]] * 4 + text[1:] + [text[2]] * 4).of(4, 5))["text goes on about it"] == 0.0


def test_what_two_features_count_together_is_added_where_both_are_seen():
    weights = Weights.of({"one": 1.0, "other": -1.0, "one & other": 2.0})
    assert weights.likelihood({"one": 1.0}) == pytest.approx(0.731, abs=0.001)
    assert weights.likelihood({"one": 1.0, "other": 1.0}) == pytest.approx(0.881, abs=0.001)


def test_what_stands_beside_a_likely_heading_is_seen():
    transcript, cleaned, _ = parsed(dump_of(_PARTED))
    rows = make_rows(transcript, cleaned)
    habits = habits_of(rows, [(0, 1, 0.9), (3, 5, 0.6)])
    assert dict(habits.features(rows, 1, 2))["likely heading right above"] == 0.9
    assert dict(habits.features(rows, 2, 3))["likely heading near above"] == 0.9
    assert dict(habits.features(rows, 2, 3))["likely heading right below"] == 0.6
    assert dict(habits.features(rows, 1, 2))["likely heading near below"] == 0.6


def test_most_headings_of_our_own_newsletters_are_found_in_worn_dumps():
    found, printed, right = _count(list_issues("tune")[::3])
    assert right / printed >= 0.9
    assert right / found >= 0.8


def _count(names):
    """How many headings are found in worn dumps of some issues, how many there are, and how many are both, in order."""
    counts = [0, 0, 0]
    for name in names:
        issue = load_issue(name)
        if any(section.run_in for section in issue.sections):
            continue
        rng = random.Random(f"{name} worn")  # noqa: S311 - no secret
        shape = draw_shape(rng)
        text, headings = write_dump(issue, shape, rng)
        found = [section.heading for section in sections_of(*dump_of(*text.split("\f"))) if section.heading]
        counts[0] += len(found)
        counts[1] += len(headings)
        counts[2] += _in_order(found, headings)
    return counts


def _in_order(found, printed):
    """The length of the longest row of headings that are alike in both, in order."""
    best = [[0] * (len(printed) + 1) for _ in range(len(found) + 1)]
    for i, one in enumerate(found):
        for j, other in enumerate(printed):
            alike = fuzz.ratio(one, other) >= 75
            best[i + 1][j + 1] = best[i][j] + 1 if alike else max(best[i][j + 1], best[i + 1][j])
    return best[-1][-1]
