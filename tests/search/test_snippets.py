import re
from itertools import combinations
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.search import MatchKind
from archive.search.snippets import Finder, by_left, by_right, keyword_in_context, make_snippet

EXACT, COMPOUND = MatchKind.EXACT, MatchKind.COMPOUND


def marked(text, forms, width=240):
    snippet, marks = make_snippet(text, Finder(forms).find(text), width)
    return snippet, [snippet[start:end] for start, end in marks]


def test_a_match_names_the_word_as_printed_and_how_it_matched():
    (match,) = Finder({"foto": {"foto's": MatchKind.INFLECTION}}).find("Zondag FOTO’S kijken")
    assert (match.term, match.matched, match.how, match.span) == ("foto", "FOTO’S", MatchKind.INFLECTION, (7, 13))


def test_a_phrase_is_marked_only_where_its_words_stand_together():
    text = "De oude brug. Een brug is oud. Bij de oude\nbrug."
    assert [match.span for match in Finder({'"oude brug"': {"oude brug": EXACT}}).find(text)] == [(3, 12), (38, 47)]


def test_a_word_is_marked_once_however_many_terms_it_matches():
    forms = {"noord": {"noord": EXACT}, "noord-holland": {"noord-holland": EXACT}}
    assert [match.matched for match in Finder(forms).find("in Noord-Holland")] == ["Noord-Holland"]


def test_a_match_names_all_words_of_the_query_that_it_or_a_word_in_it_stands_for():
    forms = {"rommel": {"rommelmarkt": COMPOUND}, "markt": {"rommelmarkt": COMPOUND, "markt": EXACT}}
    joined, alone = Finder(forms).find("De rommelmarkt is een markt.")
    assert (joined.term, joined.also) == ("rommel", (("markt", "rommelmarkt", COMPOUND),))
    assert (alone.term, alone.also) == ("markt", ())
    forms = {"25": {"25": EXACT}, "maart": {"maart": EXACT}, "25-03-1993": {"25 maart": COMPOUND}}
    (day,) = Finder(forms).find("Op 25 maart")
    assert (day.term, day.matched) == ("25-03-1993", "25 maart")
    assert day.also == (("25", "25", EXACT), ("maart", "maart", EXACT))
    noord, again = Finder({"noord": {"noord": EXACT, "noord noord": COMPOUND}}).find("noord noord, noord")
    assert (noord.matched, noord.also, again.also) == ("noord noord", (), ())


def test_what_is_asked_of_headings_alone_matches_only_there():
    text = "Open brug\nDe brug is dicht, de sluis is open."
    forms = {"heading:brug": {"brug": EXACT}, "sluis": {"sluis": EXACT}}
    found = Finder(forms).find(text, heading=len("Open brug"))
    assert [(match.term, match.span[0]) for match in found] == [("heading:brug", 5), ("sluis", 31)]
    both = {"heading:brug": {"brug": EXACT}, "brug": {"brug": EXACT}}
    assert [match.span[0] for match in Finder(both).find(text, heading=len("Open brug"))] == [5, 13]


def test_the_snippet_shows_the_place_with_most_different_words():
    text = "De brug is oud. " + "Niets te melden hier. " * 30 + "Aan de brug ligt een sluis. " + "Verder niets. " * 30
    snippet, marks = marked(text, {"brug": {"brug": EXACT}, "sluis": {"sluis": EXACT}}, width=80)
    assert marks == ["brug", "sluis"]
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) <= 82


def test_a_short_text_is_shown_whole_on_one_line():
    assert marked("Oude\n\nbrug", {"brug": {"brug": EXACT}}) == ("Oude brug", ["brug"])


def test_a_line_is_as_short_as_it_can_be_and_marks_stay_on_their_words():
    text = " \n Een\t brug  en\n\noude\u2003 sluis."
    forms = {"brug": {"brug": EXACT}, '"oude sluis"': {"oude sluis": EXACT}}
    assert marked(text, forms) == ("Een brug en oude sluis.", ["brug", "oude sluis"])


def test_without_a_match_the_text_is_shown_from_its_start():
    assert marked("Eerste zin. " * 40, {})[0].startswith("Eerste zin.")


@given(st.text(alphabet="ab -\n", max_size=200), st.integers(5, 60))
def test_marks_always_lie_on_matches(text, width):
    snippet, marks = make_snippet(text, Finder({"a": {"a": EXACT, "ab": COMPOUND}}).find(text), width)
    assert all(snippet[start:end] in {"a", "ab"} for start, end in marks)
    assert "\n" not in snippet


MANY = [
    *"abcdefghijklm",
    "ab",
    "abc",
    "a … b",
    "ab … c",
    "a …1 b …2 c",
    "b …12 ab",
    "12",
    "0612345678",
    "06",
    "1250",
    "a'b",
    "a-b",
    "a@b.nl",
    "a b",
    "b a-c",
    "ij",
    "a06",
    "a0",
]


@given(
    st.lists(st.sampled_from([*MANY, "a,", "é", "A", "Ij", "ĳ", "06 12 34 56 78", "1.250", "x", "\n", "β"])),
    st.sets(st.sampled_from(MANY)),
    st.sampled_from([" ", "", ", ", "."]),
)
def test_what_is_skipped_of_a_text_holds_no_match(words, forms, joint):
    text, asked = joint.join(words), {"a": dict.fromkeys(sorted(forms), EXACT)}
    skipping, reading = Finder(asked), Finder(asked)
    reading._pattern = None
    assert skipping.find(text) == reading.find(text)


@given(st.lists(st.sampled_from("abcx"), max_size=12), st.integers(0, 3), st.integers(0, 3))
def test_words_in_order_are_one_match_where_they_are_nearest(words, before, behind):
    ends = {}
    for first, middle, last in combinations(range(len(words)), 3):
        near = middle - first <= before + 1 and last - middle <= behind + 1
        if near and [words[first], words[middle], words[last]] == ["a", "b", "c"]:
            ends[first] = min(last, ends.get(first, last))
    nearest, covered = [], -1
    for first, last in sorted({last: first for first, last in sorted(ends.items())}.items(), key=itemgetter(1)):
        if last > covered:
            nearest.append((2 * last, 2 * first + 1))
            covered = first
    found = Finder({"a": {f"a …{before} b …{behind} c": EXACT}}).find(" ".join(words))
    assert [match.span for match in found] == nearest


def test_no_phrase_reaches_from_the_heading_into_the_text():
    finder = Finder({'"open dag"~5': {"open …5 dag": EXACT}, '"dag van"': {"dag van": EXACT}})
    text = "Open huis, dag\nVan de open dag"
    assert [match.matched for match in finder.find(text, heading=14)] == ["Open huis, dag", "open dag"]
    assert [match.matched for match in finder.find("Open\nHuis van de open dag", heading=4)] == ["open dag"]


def test_a_match_longer_than_the_snippet_is_shown_from_where_it_begins():
    text = f"{'Eerst iets anders. ' * 30}De open {'en nog iets ' * 30}dag."
    snippet, marks = make_snippet(text, Finder({"a": {"open …99 dag": EXACT}}).find(text), 100)
    ((start, end),) = marks
    assert snippet[start:end].startswith("open en nog iets")
    assert len(snippet) <= 102


@pytest.mark.parametrize("others", ["", "abcdefghijklmnopqrst"], ids=["few", "many"])
def test_a_word_of_many_letters_and_a_number_in_groups_are_found_whole(others):
    forms = ["x" * 120, "x" * 119 + " b", "06", "0612345678", *(f"ander{letter}" for letter in others)]
    text = f"Bel 06 12 34 56 78 of {'x' * 130}."
    found = Finder({"a": dict.fromkeys(forms, EXACT)}).find(text)
    assert [match.matched for match in found] == ["06 12 34 56 78", "x" * 130]


def test_of_many_forms_no_pattern_is_made(monkeypatch):
    monkeypatch.setattr(re, "escape", lambda form: pytest.fail(f"a pattern for {form}"))
    forms = {f"woord{first}{last}": EXACT for first in "abcdef" for last in "abcdef"}
    assert [match.matched for match in Finder({"woord": forms}).find("Een woordaf, en woordzz.")] == ["woordaf"]


def test_a_match_is_shown_in_its_context_cut_between_words():
    text = "Het bestuur van de oude brug\nvergadert op maandag over de sluis."
    (line,) = keyword_in_context(text, Finder({"brug": {"brug": EXACT}}).find(text), 12)
    assert line[:3] == ("van de oude", "brug", "vergadert")


def test_contexts_are_sorted_by_the_nearest_word_on_either_side():
    text = "een oude brug dicht. een nieuwe brug open."
    lines = keyword_in_context(text, Finder({"brug": {"brug": EXACT}}).find(text), 12)
    assert [line.left.split()[-1] for line in sorted(lines, key=by_left)] == ["nieuwe", "oude"]
    assert [line.right.split()[0] for line in sorted(lines, key=by_right)] == ["dicht.", "open."]


@pytest.mark.parametrize(
    ("digits", "text", "shown"),
    [
        ("1250", "Er kwam 1.250 gulden binnen.", "1.250"),
        ("060224410", "Bel (06-022 4410) of schrijf.", "06-022 4410"),
        ("1250", "Er kwam 1250 gulden binnen.", "1250"),
    ],
)
def test_a_number_is_marked_however_its_digits_were_grouped(digits, text, shown):
    (match,) = Finder({digits: {digits: MatchKind.EXACT}}).find(text)
    assert match.matched == shown
    assert text[slice(*match.span)] == shown
