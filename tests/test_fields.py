from dataclasses import replace

import pytest

from archive.fields import SECTION_FIELDS, neutralise, section_fields, table_columns, table_row
from archive.model.issues import MentionedDate, Mentions, Precision, YearSource
from tests.factories import make_issue, make_section


def fields_of(section, **issue):
    parsed = make_issue([section], **issue)
    return section_fields(parsed.sections[0], parsed.issue, file="raw/a.pdf")


def test_a_section_has_the_fields_of_the_contract_in_their_order():
    assert tuple(fields_of(make_section())) == SECTION_FIELDS


def test_what_is_unknown_is_empty_or_null_but_never_left_out():
    section = replace(make_section(), confidence=None, verdict=None)
    fields = fields_of(section, date="", number="")
    assert (fields["ocr_confidence"], fields["issue_date"], fields["issue_number"]) == (None, "", "")
    assert (fields["issue_date_source"], fields["category"], fields["category_scores"]) == ("none", "other", {})


def test_a_date_is_cut_to_what_is_known():
    assert fields_of(make_section(), date="2022-06")["issue_date"] == "2022-06"


def test_a_mentioned_date_without_end_has_a_null_end():
    date = MentionedDate("in juni", 0, 7, "2022-06", "", Precision.MONTH, YearSource.INFERRED)
    fields = fields_of(replace(make_section(), mentions=Mentions(dates=(date,))))
    assert fields["dates"] == [
        {"text": "in juni", "date": "2022-06", "end": None, "precision": "month", "year_source": "inferred"}
    ]


def test_a_place_that_is_named_twice_is_listed_once():
    section = make_section(text="Enschede en Almelo", places=["Enschede", "Almelo", "Enschede"])
    assert fields_of(section)["places"] == ["Enschede", "Almelo"]


def test_a_row_has_a_cell_for_each_column():
    fields = fields_of(make_section("events", dates=["2022-06-18", "2022-07-01/2022-07-03"], tags=("a", "b")))
    categories = tuple(fields["category_scores"])
    row = dict(zip(table_columns(categories), table_row(fields, categories), strict=True))
    assert row["dates"] == "2022-06-18 | 2022-07-01/2022-07-03"
    assert (row["tags"], row["score_events"], row["pages"]) == ("a | b", 0.8, "1")
    assert (row["source_file"], row["schema_version"]) == ("raw/a.pdf", 1)
    assert "boxes" not in row


@pytest.mark.parametrize("cell", ["=1+1", "+31 6", "-5", "@naam", "\tx", "\rx", "＝1", "'=1", "''-2"])
def test_a_cell_that_would_be_calculated_gets_an_apostrophe_that_can_be_taken_away(cell):
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "gewoon", "'s avonds", "1-2", "a=b"])
def test_any_other_cell_stays_as_it_is(cell):
    assert neutralise(cell) == cell
