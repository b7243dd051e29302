"""Do decisions made by hand win over the machine, and do they last?"""

import shutil

import pytest

from archive.catalog.store import open_catalog
from archive.corrections import read_corrections
from archive.errors import ArchiveBusyError
from archive.library.show import ShownIssue, ShownNothing, ShownSection, show
from archive.model.issues import Correction
from archive.pipeline.correct import accept_removed, categories_of, correct
from archive.pipeline.decisions.complete import Completer
from archive.pipeline.lock import hold_archive
from archive.pipeline.plan import Again
from tests.conftest import files_under
from tests.pipeline.conftest import MARCH, TODAY

ISSUE = "de-moestuinder-2019-03-a"
MEETING, COMPOST = f"{ISSUE}-s0001", f"{ISSUE}-s0002"
FILE = "moestuinder-2019-03.txt"
OTHER_RULES = "tests.faults.other_rules:"

MORE = """
Water in de sloot

Het water in de sloot staat laag. Wie water nodig heeft, vult zijn gieter bij de pomp naast het verenigingsgebouw en
laat voor de andere tuinders ook nog wat over.
"""


@pytest.fixture
def march(archive):
    archive.put(FILE, MARCH)
    archive.ingest()
    return archive


def wish(given, field, value, expected="", context=""):
    return Correction(given, field, value, expected, context, "", "")


def decide(archive, *wanted):
    """Correct what is asked, and see that each was made and found its place."""
    done = correct(archive.settings, [wish(*each) for each in wanted], today=TODAY)
    assert [str(each.error) for each in done.refused] == []
    assert (done.unplaced, done.faults) == ((), ())
    return done.made


def refused(archive, *wanted):
    done = correct(archive.settings, [wish(*wanted)], today=TODAY)
    assert done.made == ()
    return str(done.refused[0].error)


def section(archive, given):
    return next(each for each in archive.sections() if each["id"] == given)


def by_hand(archive, *lines):
    text = "id,field,value,expected,context,date,note\n" + "".join(f"{line}\n" for line in lines)
    (archive.root / "corrections.csv").write_text(text)


DECISIONS = (
    (COMPOST, "category", "events"),
    (COMPOST, "heading", "Compost afhalen"),
    (COMPOST, "tag", "tuin"),
    (COMPOST, "note", "zie ook april"),
    (COMPOST, "word", "kruiwagenvrachten", "kruiwagens"),
    (ISSUE, "issue_date", "2019-03-14"),
    (ISSUE, "newsletter", "De Nieuwe Moestuinder"),
    (ISSUE, "issue_number", "7"),
    (MEETING, "split", "Op de agenda staan"),
)


def holds_all(archive):
    """See that every one of DECISIONS is in force; ids of another scan may end otherwise."""
    first, agenda, compost = sorted(archive.sections(), key=lambda each: each["position"])
    assert (compost["category"], compost["category_source"]) == ("events", "correction")
    assert (compost["heading"], compost["tags"], compost["notes"]) == ("Compost afhalen", ["tuin"], ["zie ook april"])
    assert "mag drie kruiwagenvrachten meenemen" in compost["text"]
    assert agenda["text"].startswith("Op de agenda staan")
    assert first["text"].endswith("in de kantine.")
    facts = ("newsletter", "issue_number", "issue_date", "issue_date_source")
    assert [compost[name] for name in facts] == ["De Nieuwe Moestuinder", "7", "2019-03-14", "correction"]
    return [each["id"] for each in (first, agenda, compost)]


@pytest.mark.parametrize(("words", "keeper"), [("nodigt alle leden", 1), ("Wie meer wil", 0)])
def test_the_half_of_a_split_that_keeps_most_words_keeps_the_id(march, words, keeper):
    decide(march, (MEETING, "join", COMPOST))  # what was joined has its id by a person's wish
    decide(march, (MEETING, "split", words))
    halves = sorted(march.sections(), key=lambda each: each["position"])[:2]
    assert halves[keeper]["id"] == MEETING
    assert len(halves[keeper]["text"]) > len(halves[1 - keeper]["text"])


def test_the_slug_of_a_newsletter_stands_for_its_name(march):
    (made,) = decide(march, (ISSUE, "newsletter", "de-moestuinder"))
    assert made.value == "De Moestuinder"
    assert section(march, MEETING)["newsletter"] == "De Moestuinder"


def test_decisions_last_whatever_is_done_again(march):
    decide(march, *DECISIONS)
    ids = holds_all(march)
    assert (ids[2], {MEETING, f"{ISSUE}-s0003"}) == (COMPOST, set(ids[:2]))
    assert march.found("kruiwagenvrachten tag:tuin date:2019-03-14") == [COMPOST]
    before = files_under(march.root)
    assert march.ingest().unplaced == ()
    assert files_under(march.root) == before
    march.ingest(again=Again.REPARSE)
    assert holds_all(march) == ids
    shutil.rmtree(march.root / "index")
    march.ingest()
    assert holds_all(march) == ids
    # A new scan of the same pages: other bytes, here and there another letter.
    march.put(FILE, MARCH.replace("terreincommissie", "terreinc0mmissie").replace("nodigt alle", "nodigt a1le"))
    assert march.ingest().unplaced == ()
    holds_all(march)


def test_decisions_hold_for_a_second_scan_of_the_issue_whichever_answers(two_issues):
    decide(two_issues, (COMPOST, "category", "events"), (ISSUE, "issue_number", "7"))
    # Without its last lines the first scan is the lesser one: the second answers under the first one's ids.
    two_issues.put("opnieuw.txt", MARCH.replace("kruiwagens", "kruiwagen5") + MORE)
    assert two_issues.ingest().unplaced == ()
    answers = section(two_issues, COMPOST)
    assert answers["source"]["file"] == "raw/opnieuw.txt"
    assert (answers["category"], answers["category_source"], answers["issue_number"]) == ("events", "correction", "7")
    decide(two_issues, (COMPOST, "word", "kruiwagens", "kruiwagen5"), (ISSUE, "tag", "tuin"))
    assert "drie kruiwagens meenemen" in section(two_issues, COMPOST)["text"]
    assert section(two_issues, COMPOST)["tags"] == ["tuin"]
    assert {each["issue_number"] for each in two_issues.sections() if each["issue_date"] == "2019-04"} == {""}
    before = files_under(two_issues.root)
    two_issues.ingest()
    assert files_under(two_issues.root) == before


def test_decisions_come_before_the_first_ingest_and_without_a_register(archive):
    archive.put(FILE, MARCH)
    by_hand(archive, f"{ISSUE},issue_number,7,,,,", f"{COMPOST},category,events,,Compost halen Vanaf deze,,")
    assert archive.ingest().unplaced == ()
    assert (section(archive, COMPOST)["category"], section(archive, COMPOST)["issue_number"]) == ("events", "7")


def test_a_file_changed_by_hand_is_applied_by_the_next_ingest_to_its_scans_only(two_issues):
    by_hand(two_issues, f"{COMPOST},category,events,,,,", f"{COMPOST},category,campaigns,,,,")
    report = two_issues.ingest()
    assert report.finished == [f"raw/{FILE}"]
    assert section(two_issues, COMPOST)["category"] == "campaigns"
    by_hand(two_issues)
    accept_removed(two_issues.settings)  # without which an emptied file is taken for a lost one
    assert two_issues.ingest().finished == [f"raw/{FILE}"]
    assert section(two_issues, COMPOST)["category_source"] != "correction"
    assert two_issues.ingest().finished == []


def test_a_correction_without_a_place_is_named_by_every_ingest(march):
    by_hand(
        march,
        f"{COMPOST},word,zaal,zaai,in de zaai om acht,,",
        "elders-1999-a-s0001,tag,x,,,,",
        f"{COMPOST},category,sport,,,,",
        f"{ISSUE},issue_date,14 maart,,,,",
        f"{MEETING},split,Dit staat er niet,,,,",
        f"{MEETING},join,{ISSUE}-s0009,,,,",
        f"{COMPOST},tag,tuin,,,,",
    )
    for _ in range(2):
        assert [each.field for each in march.ingest().unplaced] == [
            "word",
            "tag",
            "category",
            "issue_date",
            "split",
            "join",
        ]
    assert section(march, COMPOST)["tags"] == ["tuin"]


def test_a_joined_section_leads_to_the_one_that_took_it(march):
    decide(march, (MEETING, "join", COMPOST))
    [only] = march.sections()
    assert (only["id"], only["heading"]) == (MEETING, "Ledenvergadering op 4 april")
    assert "nieuwe penningmeester.\n\nCompost halen" in only["text"]
    shown = show(march.settings, COMPOST)
    assert isinstance(shown, ShownSection)
    assert shown.id == MEETING
    assert march.ingest(again=Again.REPARSE).unplaced == ()
    assert march.sections() == [only]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ((COMPOST, "category", "sport"), "Categories: campaigns"),
        ((ISSUE, "category", "events"), "names its sections"),
        ((ISSUE, "issue_date", "12 maart"), "is no date"),
        ((ISSUE, "issue_date", "2019-02-30"), "is no date"),
        (("elders-s0001", "tag", "x"), "no section or issue"),
        ((MEETING, "split", "Dit staat er niet"), "is not found"),
        ((MEETING, "split", "de"), "places in"),
        ((MEETING, "join", "elders-s0001"), "no other section"),
        ((COMPOST, "tag", " "), "wants a value"),
        ((COMPOST, "word", "zaal", "zaai"), "is not found"),
        ((COMPOST, "word", "zzzzzz"), "is not found"),
        ((MEETING, "word", "dee"), "places in"),
        ((MEETING, "word", "dat", "de"), "Add --context WORDS of one of these"),
    ],
)
def test_what_cannot_be_meant_is_not_written_down(archive_of_march, wanted, said):
    assert said in refused(archive_of_march, *wanted)
    assert not (archive_of_march.root / "corrections.csv").exists()


@pytest.fixture(scope="module")
def archive_of_march(tmp_path_factory):
    """One archive for tests that change nothing."""
    from tests.pipeline.conftest import Archive

    root = tmp_path_factory.mktemp("march")
    (root / "raw").mkdir()
    (root / "archive.toml").write_text("jobs = 1\n")
    kept = Archive(root)
    kept.put(FILE, MARCH)
    kept.ingest()
    return kept


@pytest.mark.parametrize(
    ("wanted", "expected", "context"),
    [
        ((COMPOST, "word", "terreincommissaris"), "terreincommissie", "overlegt met de terreincommissie."),
        ((COMPOST, "word", "com plex"), "complex", "ingang van het complex. Elke tuinder mag"),
        ((COMPOST, "word", "iedere", "elke"), "elke", "van het complex. Elke tuinder mag drie"),
        (
            (MEETING, "word", "dat", "de", "voor de jaarlijkse"),
            "de",
            "leden uit voor de jaarlijkse ledenvergadering op",
        ),
        ((MEETING, "split", "Op de agenda"), "", "in de kantine."),
        ((COMPOST, "category", "events"), "other", "Compost halen Vanaf deze maand ligt er weer"),
        ((COMPOST, "issue_date", "2019"), "2019-03", ""),
    ],
)
def test_what_is_left_out_is_filled_in_from_the_text(archive_of_march, wanted, expected, context):
    with open_catalog(archive_of_march.settings.catalog_path) as catalog:
        whole = Completer(catalog, categories_of(archive_of_march.settings)).complete(wish(*wanted))
    assert (whole.expected, whole.context) == (expected, context)


def test_a_held_archive_is_not_corrected(archive_of_march):
    with hold_archive(archive_of_march.settings.lock_path), pytest.raises(ArchiveBusyError):
        decide(archive_of_march, (COMPOST, "tag", "x"))
    assert read_corrections(archive_of_march.settings.corrections_path) == ()


def test_every_old_id_resolves_whatever_becomes_of_rules_dates_and_index(two_issues, monkeypatch):
    first = two_issues.sections()
    decide(two_issues, (ISSUE, "issue_date", "2018-12-24"))
    assert {each["issue_id"] for each in two_issues.sections()} == {each["issue_id"] for each in first}
    for rules in ("whole", "paragraphs"):
        monkeypatch.setenv("OTHER_RULES", rules)
        monkeypatch.setattr("archive.pipeline.intake._TASKS", OTHER_RULES)
        two_issues.ingest(again=Again.REPARSE)
        assert len(two_issues.sections()) != len(first)
        every_id_resolves(two_issues)
    monkeypatch.undo()
    shutil.rmtree(two_issues.root / "index")
    two_issues.ingest()
    every_id_resolves(two_issues)
    assert [(each["id"], each["text"]) for each in two_issues.sections()] == [
        (each["id"], each["text"]) for each in first
    ]
    assert section(two_issues, COMPOST)["issue_date"] == "2018-12-24"


def every_id_resolves(archive):
    """Each id of ids.csv is the same, moved to one that is there, or withdrawn."""
    there = {each["id"] for each in archive.sections()} | {each["issue_id"] for each in archive.sections()}
    given_out = {line.split(",")[0] for line in (archive.root / "ids.csv").read_text().splitlines()[1:]}
    assert there <= given_out
    for each in given_out:
        shown = show(archive.settings, each)
        if isinstance(shown, ShownNothing):
            assert "was withdrawn" in shown.notice
            continue
        assert isinstance(shown, ShownIssue | ShownSection)
        assert shown.id in there
        assert shown.id == each or f"{each} moved to {shown.id}" in shown.notice


def test_decisions_survive_a_changed_rule_and_one_that_no_longer_fits_is_named(march, monkeypatch):
    decide(
        march,
        (COMPOST, "category", "events"),
        (MEETING, "category", "campaigns"),
        (MEETING, "word", "voorzitter", "penningmeester"),
    )
    monkeypatch.setenv("OTHER_RULES", "paragraphs")
    monkeypatch.setattr("archive.pipeline.intake._TASKS", OTHER_RULES)
    assert march.ingest(again=Again.REPARSE).unplaced == ()
    assert section(march, COMPOST)["category_source"] == "correction"
    assert any("een nieuwe voorzitter." in each["text"] for each in march.sections())
    monkeypatch.setenv("OTHER_RULES", "whole")
    unplaced = march.ingest(again=Again.REPARSE).unplaced
    assert [each.id for each in unplaced] == [MEETING]
    monkeypatch.undo()
    assert march.ingest(again=Again.REPARSE).unplaced == ()
    assert section(march, COMPOST)["category"] == "events"
