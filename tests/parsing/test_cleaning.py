import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.issues import Cleaned, Edit
from archive.model.pages import BlockRole, Candidate, TextSource
from archive.parsing.cleaning import clean, set_aside, to_raw, typed_spans, undo
from archive.parsing.rules import RULES
from archive.parsing.transcript import build_transcript
from tests.parsing.printed import Print, page_of


class _Rule:
    """A rule that makes the edits it is given."""

    def __init__(self, *edits):
        self.ID = edits[0][3]
        self._edits = edits

    def find(self, raw):
        for start, end, after, name in self._edits:
            yield Edit(start, end, raw[start:end], after, name)


_LINES = st.text(alphabet="abIl10Oën-'’“|\\ \t\n\f>.•*=", max_size=200)
_ANYTHING = st.text(max_size=200)
_WORDS = st.lists(
    st.sampled_from(
        [
            "de",
            "verga-",
            "dering",
            "VRIJ",
            "TOEGANG",
            "|",
            "\\",
            "‘.",
            "\n",
            "\n\n",
            "\f",
            "- ",
            "* * *",
            "Beste lezer,",
        ]
    ),
    max_size=60,
).map(" ".join)


@pytest.mark.full
@settings(max_examples=100_000 if os.environ.get("ARCHIVE_TEST_FULL") else 300, deadline=None)
@given(raw=st.one_of(_LINES, _ANYTHING, _WORDS))
def test_cleaning_any_text_can_be_undone(raw):
    cleaned = clean(raw, RULES)
    assert undo(cleaned.text, cleaned.edits) == raw


@settings(max_examples=100, deadline=None)
@given(raw=st.one_of(_LINES, _WORDS), cuts=st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), max_size=4))
def test_cleaning_can_be_undone_with_words_set_aside_first(raw, cuts):
    first = [Edit(at, at + length, raw[at : at + length], "", "picture") for at, length in cuts]
    cleaned = clean(raw, RULES, first=first)
    assert undo(cleaned.text, cleaned.edits) == raw
    assert all(one.end <= two.start for one, two in zip(cleaned.edits, cleaned.edits[1:], strict=False))


def test_every_edit_says_what_stood_there_and_which_rule_changed_it():
    raw = "De verga-\ndering is op foto'’s te zien  | ¢ \\"
    cleaned = clean(raw, RULES)
    assert all(edit.before == raw[edit.start : edit.end] for edit in cleaned.edits)
    assert {edit.rule for edit in cleaned.edits} <= {rule.ID for rule in RULES}
    assert cleaned.text == "De vergadering is op foto's te zien"


def test_where_two_edits_want_the_same_signs_the_earlier_rule_wins():
    cleaned = clean("abcdef", [_Rule((1, 3, "X", "one")), _Rule((2, 5, "Y", "two"), (5, 6, "Z", "two"))])
    assert cleaned.text == "aXdeZ"


def test_an_edit_reaches_around_what_an_earlier_one_took_out():
    cleaned = clean("aan\n|||\nhet", [_Rule((4, 7, "", "marks")), _Rule((3, 8, " ", "wraps"))])
    assert cleaned.text == "aan het"
    assert undo(cleaned.text, cleaned.edits) == "aan\n|||\nhet"


def test_an_edit_outside_the_text_or_of_nothing_is_left_out():
    cleaned = clean("abc", [_Rule((2, 9, "X", "far"), (1, 1, "Y", "empty"), (0, 1, "a", "same"))])
    assert cleaned.edits == ()


@pytest.mark.parametrize(
    ("clean_span", "raw"),
    [((0, 2), "De"), ((3, 14), "verga-\ndering"), ((15, 17), "is")],
)
def test_a_span_of_clean_text_leads_back_to_the_raw_text(clean_span, raw):
    cleaned = clean("De verga-\ndering is om", RULES)
    start, end = to_raw(cleaned, *clean_span)
    assert cleaned.raw[start:end] == raw


def test_a_span_of_no_length_stays_one():
    assert to_raw(Cleaned("abc", ()), 2, 2) == (2, 2)


def test_furniture_and_picture_words_are_taken_out_each_run_in_one_edit():
    page = page_of(
        1,
        Print("Wijkkrant de Linde", role=BlockRole.FURNITURE),
        Print("De markt is open."),
        Print("ij|\nWl", role=BlockRole.PICTURE),
    )
    transcript = build_transcript([page])
    edits = set_aside(transcript)
    assert [(edit.rule, edit.before) for edit in edits] == [("furniture", "Wijkkrant de Linde"), ("picture", "ij|\nWl")]
    assert clean(transcript.raw, RULES, first=edits).text.strip() == "De markt is open."


def test_words_of_a_page_born_digital_are_not_taken_for_misread_ones():
    layer, seen = (Candidate(source, 1.0, "") for source in (TextSource.TEXT_LAYER, TextSource.OCR))
    pages = [replace(page_of(n, Print("De Viuchtelingen zijn hier welkom")), candidates=(layer,)) for n in (1, 2)]
    pages[1] = replace(pages[1], candidates=(layer, seen))
    transcript = build_transcript(pages)
    text = clean(transcript.raw, RULES, typed=typed_spans(transcript)).text
    assert " ".join(text.split()) == "De Viuchtelingen zijn hier welkom De Vluchtelingen zijn hier welkom"
