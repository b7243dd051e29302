from dataclasses import replace

import pytest

from archive.catalog.store import open_catalog
from archive.errors import UsageError
from archive.library.show import ShownIssue, ShownNothing, ShownPage, ShownSection, show
from archive.model.pages import Candidate, TextSource
from archive.register import Register
from tests.conftest import put_scan
from tests.factories import make_issue, make_section, sha_of

A = "kerngroep-oost-2022-06-15-a"
OPEN_DAY = make_section("events", "Kom allemaal naar de open dag in het buurthuis aan de Molenweg", heading="Open dag")
MEETING = make_section(
    "meetings", "De ledenvergadering begint om acht uur in de kantine", heading="Vergadering", page=2
)


def put_again(settings, parsed) -> None:
    """Parse the same scan anew, as after a change of rules."""
    with open_catalog(settings.catalog_path, write=True) as catalog:
        file = next(iter(catalog.scan_states()))
        put_scan(catalog, Register.load(settings.ids_path), (parsed,), file=file)


def test_a_section_is_shown_with_its_edits(archive_of):
    settings = archive_of(make_issue([OPEN_DAY, MEETING], masthead="KERNGROEP OOST"), index=False)
    shown = show(settings, f"{A}-s0001")
    assert isinstance(shown, ShownSection)
    assert shown.fields["heading"] == "Open dag"
    assert [(edit.rule, edit.before, edit.after, edit.page) for edit in shown.edits] == [("hard-wrap", "\n", " ", 1)]
    assert shown.fields["raw_text"][shown.edits[0].start] == "\n"
    assert shown.notice == ""


def test_an_issue_is_shown_with_its_sections_and_pages(archive_of):
    settings = archive_of(make_issue([OPEN_DAY, MEETING], masthead="KERNGROEP OOST"), index=False)
    shown = show(settings, A)
    assert isinstance(shown, ShownIssue)
    assert [section["id"] for section in shown.sections] == [f"{A}-s0001", f"{A}-s0002"]
    assert [page.id for page in shown.pages] == [f"{A}-p0001", f"{A}-p0002"]
    assert shown.raw_text.startswith("KERNGROEP OOST")
    assert shown.text.startswith("Open dag")


def test_a_page_is_shown_with_its_text_masthead_included(archive_of):
    settings = archive_of(make_issue([OPEN_DAY, MEETING], masthead="KERNGROEP OOST"), index=False)
    first, second = show(settings, f"{A}-p0001"), show(settings, f"{A}-p0002")
    assert isinstance(first, ShownPage)
    assert isinstance(second, ShownPage)
    assert first.raw_text.startswith("KERNGROEP OOST")
    assert second.raw_text.startswith("Vergadering")
    assert (first.sections, second.sections) == ((f"{A}-s0001",), (f"{A}-s0002",))
    assert "ledenvergadering" not in first.text


def test_a_page_tells_which_sources_its_text_could_have_come_from(archive_of):
    parsed = make_issue([OPEN_DAY])
    candidates = (Candidate(TextSource.OCR, 0.9, "well-shaped words"), Candidate(TextSource.TEXT_LAYER, 0.1, "garbage"))
    pages = tuple(replace(page, candidates=candidates) for page in parsed.issue.pages)
    settings = archive_of(replace(parsed, issue=replace(parsed.issue, pages=pages)), index=False)
    assert show(settings, f"{A}-p0001").candidates == candidates


def test_an_old_id_leads_to_where_its_text_went(archive_of):
    scan = sha_of("scan")
    settings = archive_of(make_issue([OPEN_DAY, MEETING], scan=scan), index=False)
    joined = make_section("events", f"{OPEN_DAY.text}\n\n{MEETING.heading}\n\n{MEETING.text}", heading="Open dag")
    put_again(settings, make_issue([joined], scan=scan))
    shown = show(settings, f"{A}-s0002")
    assert isinstance(shown, ShownSection)
    assert shown.id == f"{A}-s0001"
    assert f"{A}-s0002 moved to {A}-s0001" in shown.notice


def test_an_id_whose_text_is_no_section_any_more_says_so(archive_of):
    scan = sha_of("scan")
    settings = archive_of(make_issue([OPEN_DAY, MEETING], scan=scan), index=False)
    put_again(settings, make_issue([OPEN_DAY], scan=scan))
    shown = show(settings, f"{A}-s0002")
    assert isinstance(shown, ShownNothing)
    assert f"{A}-s0002 is gone: its text is no longer a section" in shown.notice


def test_a_section_of_a_missing_scan_is_shown_with_a_warning(archive_of):
    settings = archive_of(make_issue([OPEN_DAY]), index=False)
    with open_catalog(settings.catalog_path, write=True) as catalog:
        catalog.mark_missing(catalog.scan_states())
    for given in (A, f"{A}-s0001"):
        assert "is missing" in show(settings, given).notice


def test_an_id_from_before_the_catalogue_was_lost_is_still_known(archive_of):
    settings = archive_of(make_issue([OPEN_DAY], date="2020-01-01"), index=False)
    settings.catalog_path.unlink()
    archive_of(make_issue([OPEN_DAY]), index=False)
    shown = show(settings, "kerngroep-oost-2020-01-01-a-s0001")
    assert isinstance(shown, ShownNothing)
    assert "given out on 2024-03-01" in shown.notice


@pytest.mark.parametrize("given", ["", "nonsense", f"{A}-s0099", f"{A}-p0099", "'; DROP TABLE sections; --", "\x00"])
def test_an_id_that_was_never_given_is_an_error(archive_of, given):
    settings = archive_of(make_issue([OPEN_DAY]), index=False)
    with pytest.raises(UsageError, match="no section, issue or page"):
        show(settings, given)
