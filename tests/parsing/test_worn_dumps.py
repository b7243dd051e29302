"""Are the headings of a dump found where specks, scraps and uneven white stand in it, by text alone?"""

import random

import pytest
from rapidfuzz import fuzz

from archive.parsing.sections.features import features
from archive.parsing.sections.rows import make_rows
from archive.parsing.sections.shorn import ShornRows, shorn
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


def test_most_headings_of_our_own_newsletters_are_found_in_worn_dumps():
    found, printed, right = _count(list_issues("tune")[::3])
    assert right / printed >= 0.87
    assert right / found >= 0.75


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
