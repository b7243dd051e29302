"""Do decisions find their place in what parsing finds? Without worker and catalogue: pages, parsing, the register."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.corrections import CORRECTABLE, in_force
from archive.model.issues import Correction, Edit
from archive.model.pages import Page, Scan, ScanKind, TextSource
from archive.parsing.classify import load_categories
from archive.parsing.cleaning import clean, undo
from archive.pipeline.decisions.record import gather
from archive.pipeline.decisions.words import correct_words, find_word, tokens_of
from archive.pipeline.parse import ParseFacts, parse_decided
from archive.pipeline.tasks import _pack
from archive.reading.dumps import read_dump
from archive.register import Register
from tests.pipeline.conftest import MARCH

ISSUE = "de-moestuinder-2019-03-a"
MEETING, COMPOST = f"{ISSUE}-s0001", f"{ISSUE}-s0002"
FACTS = ParseFacts(("nl", "en"), (), load_categories())


class Desk:
    """Parses one scan again and again, as an ingest does, under what was decided so far."""

    def __init__(self, folder):
        self.folder = folder
        self.decided = []
        self.unplaced = ()
        self.parse()

    def parse(self, *wanted, text=MARCH, scan="a" * 64, answers=()):
        """Parse under these decisions too, and return the sections, each with its id."""
        self.decided += [Correction(*each, *[""] * (7 - len(each))) for each in wanted]
        (self.folder / "scan.txt").write_text(text)
        pages = [
            Page(n, blocks, TextSource.TEXT_FILE) for n, blocks in enumerate(read_dump(self.folder / "scan.txt"), 1)
        ]
        register = Register.load(self.folder / "ids.csv")
        decisions = gather(in_force(self.decided), register, scan, answers=answers)
        source = Scan("raw/scan.txt", scan, ScanKind.DUMP, 1, 1, len(pages))
        [found] = parse_decided(source, pages, FACTS, decisions)
        self.found = found
        [names] = register.name_scan(scan, [_pack(found)], first_seen=date(2024, 5, 6))
        register.save()
        self.unplaced = [each for each in in_force(self.decided) if each not in found.placed]
        return dict(zip(names.section_ids, found.parsed.sections, strict=True))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_word_keeps_the_signs_around_it_and_can_be_corrected_again(desk):
    found = desk.parse((COMPOST, "word", "terreincommissaris", "terreincommissie", "met de terreincommissie."))
    assert found[COMPOST].text.endswith("overlegt met de terreincommissaris.")
    found = desk.parse((COMPOST, "word", "tuincommissaris", "terreincommissaris", "met de terreincommissaris."))
    assert found[COMPOST].text.endswith("overlegt met de tuincommissaris.")
    assert "terreincommissie" in found[COMPOST].raw_text
    assert desk.unplaced == []


def test_a_word_broken_over_two_lines_is_one(desk):
    text = MARCH.replace("terreincommissie", "terrein-\ncomissie")
    found = desk.parse((COMPOST, "word", "terreincommissie", "terreincomissie"), text=text)
    assert found[COMPOST].text.endswith("overlegt met de terreincommissie.")


def test_a_better_scan_that_reads_the_right_word_leaves_the_correction_in_its_place(desk):
    bad = MARCH.replace("kruiwagens", "kruivvagens")
    desk.parse((COMPOST, "word", "kruiwagens", "kruivvagens", "mag drie kruivvagens meenemen. Wie meer"), text=bad)
    assert desk.unplaced == []
    found = desk.parse(text=MARCH, scan="b" * 64)
    assert desk.unplaced == []
    assert [each for each in found.values() if "mag drie kruiwagens meenemen" in each.text]
    desk.parse(text=MARCH.replace("kruiwagens", "emmers"), scan="c" * 64)
    assert [each.field for each in desk.unplaced] == ["word"]


def test_a_word_in_a_heading_is_corrected_before_headings_are_looked_for(desk):
    text = MARCH.replace("Compost halen", "Cornpost halen")
    found = desk.parse((COMPOST, "word", "Compost", "Cornpost", "Cornpost halen Vanaf deze"), text=text)
    assert [each.heading for each in found.values()] == ["Ledenvergadering op 4 april", "Compost halen"]


@pytest.mark.parametrize("context", ["", "drie mag na een", "twee drie mag een nog een"])
def test_a_word_is_found_with_or_without_itself_in_its_context(context):
    tokens = tokens_of(clean("een twee drie mag na een nog een ander", ()))
    assert [each.first for each in find_word(tokens, "na", context or "na")] == [4]
    assert find_word(tokens, "na", "heel andere woorden hier") == []


def test_words_are_parted_joined_and_taken_out():
    raw = "het opendag feest is de raads zaal nu nu"
    wanted = [
        Correction("x", "word", "open dag", "opendag", "het opendag feest is", "", ""),
        Correction("x", "word", "raadszaal", "raads zaal", "is de raads zaal nu", "", ""),
        Correction("x", "word", "", "nu nu", "", "", ""),
    ]
    edits, placed = correct_words(tokens_of(clean(raw, ())), wanted, [None] * 3)
    assert placed == tuple(wanted)
    assert clean(raw, (), first=edits).text == "het open dag feest is de raadszaal "


def test_a_correction_wins_over_a_rule_of_cleaning():
    raw = "de ha1len waren vol"
    edits, _ = correct_words(
        tokens_of(clean(raw, ())), [Correction("x", "word", "ballen", "ha1len", "", "", "")], [None]
    )

    class Rule:
        ID = "digit"

        @staticmethod
        def find(_):
            yield Edit(5, 6, "1", "l", "digit")

    assert clean(raw, (Rule,), first=edits).text == "de ballen waren vol"


def test_a_join_that_names_only_ids_lasts(desk):
    desk.parse((MEETING, "join", COMPOST))
    for _ in range(3):
        assert list(desk.parse()) == [MEETING]
        assert desk.unplaced == []


def test_sections_that_are_no_neighbours_are_joined_text_after_text(desk):
    found = desk.parse((MEETING, "split", "Op de agenda staan"))
    start, agenda, compost = found
    assert compost == COMPOST
    found = desk.parse((start, "join", COMPOST))
    assert list(found) == [start, agenda]
    assert "in de kantine.\n\nCompost halen\n\nVanaf deze" in found[start].text
    assert [each.position for each in found.values()] == [1, 2]


def test_a_section_that_is_joined_with_the_one_above_keeps_its_id_and_heading(desk):
    found = desk.parse((COMPOST, "join", MEETING))
    assert list(found) == [COMPOST]
    assert found[COMPOST].heading == "Compost halen"
    assert found[COMPOST].text.startswith("Ledenvergadering op 4 april\n\nHet bestuur")


def test_a_line_that_stands_alone_becomes_the_heading_of_a_split(desk):
    text = MARCH.replace("Vanaf deze", "en ook nog wat anders over water\n\nVanaf deze")
    found = desk.parse((COMPOST, "split", "en ook nog wat anders over water"), text=text)
    assert "en ook nog wat anders over water" in [each.heading for each in found.values()]
    assert all(each.boundary_confidence == 1 for each in found.values() if each.heading.startswith("en ook"))


def test_a_split_where_a_section_begins_anyway_is_in_its_place(desk):
    before = desk.parse()
    found = desk.parse((COMPOST, "split", "Compost halen Vanaf deze"))
    assert [each.text for each in found.values()] == [each.text for each in before.values()]
    assert found[COMPOST].boundary_confidence == 1
    assert desk.unplaced == []


def test_a_heading_takes_its_words_from_the_text_or_gives_them_back(desk):
    found = desk.parse((COMPOST, "heading", "Compost"))
    assert found[COMPOST].text.startswith("halen\n\nVanaf deze maand")
    found = desk.parse((COMPOST, "heading", "Compost halen Vanaf deze maand"))
    assert found[COMPOST].text.startswith("ligt er weer compost")
    found = desk.parse((COMPOST, "heading", ""))
    assert (found[COMPOST].heading, found[COMPOST].text[:14]) == ("", "Compost halen\n")
    found = desk.parse((COMPOST, "heading", "Gratis compost"))
    assert (found[COMPOST].heading, found[COMPOST].text[:10]) == ("Gratis compost", "Vanaf deze")


def test_the_years_of_dates_in_the_text_follow_a_corrected_date(desk):
    def year_of(found):
        return next(each.date for each in found[MEETING].mentions.dates if each.text == "4 april")[:4]

    assert year_of(desk.parse()) == "2019"
    assert year_of(desk.parse((ISSUE, "issue_date", "2017-03"))) == "2017"


def test_a_scan_that_answers_for_another_takes_over_what_was_decided_about_it(desk):
    undated = MARCH.replace("Blad van tuinvereniging De Groene Duim, maart 2019\n", "").replace("2019", "")
    own = list(desk.parse(text=undated, scan="b" * 64))
    answers = [(own[0].rpartition("-")[0], ISSUE)]
    assert not own[0].startswith(ISSUE)
    desk.parse((COMPOST, "category", "campaigns"), text=undated, scan="b" * 64)
    assert [each.field for each in desk.unplaced] == ["category"]
    found = desk.parse(text=undated, scan="b" * 64, answers=answers)
    assert desk.unplaced == []
    assert [each.verdict.category for each in found.values() if "Compost" in each.full_text] == ["campaigns"]


_WORDS = st.lists(st.sampled_from([*MARCH.split(), "x", "-"]), max_size=6).map(" ".join)
_IDS = st.sampled_from([ISSUE, MEETING, COMPOST, f"{ISSUE}-s0009"])
_STRETCH = st.tuples(st.integers(0, 60), st.integers(1, 4)).map(lambda at: " ".join(MARCH.split()[at[0] :][: at[1]]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.tuples(_IDS, st.sampled_from(CORRECTABLE), _WORDS | _STRETCH | _IDS, _STRETCH), max_size=6))
def test_whatever_is_asked_parsing_goes_on_and_the_raw_text_can_be_had_back(wanted, tmp_path):
    (tmp_path / "ids.csv").unlink(missing_ok=True)
    desk = Desk(tmp_path)
    desk.parse(*wanted)
    sections, cleaned = list(desk.parse().values()), desk.found.parsed.cleaned
    assert undo(cleaned.text, cleaned.edits) == cleaned.raw
    assert [each.position for each in sections] == list(range(1, len(sections) + 1))


def test_no_correction_changes_the_id_of_an_issue(tmp_path):
    desk = Desk(tmp_path)
    desk.parse((ISSUE, "issue_date", "1999-12"), (ISSUE, "newsletter", "Iets anders"))
    (tmp_path / "ids.csv").unlink()
    assert list(desk.parse()) == [MEETING, COMPOST]
