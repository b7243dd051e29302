"""Which sections are about the same?"""

import json

import pytest

from archive.errors import UsageError
from archive.library.related import find_related
from tests.factories import make_issue, make_section

BRIDGE = "De brugwachter bedient de ophaalbrug bij de haven, schippers melden zich per marifoon."


@pytest.fixture
def harbour(archive_of):
    return archive_of(
        make_issue(
            [
                make_section("other", BRIDGE, heading="De brugwachter"),
                make_section("events", "Er is koffie en taart op de braderie in het dorp."),
            ]
        ),
        make_issue(
            [
                make_section("other", "Schippers klagen: de ophaalbrug bleef dicht, de brugwachter was ziek."),
                make_section("other", BRIDGE, heading="De brugwachter"),
                make_section("meetings", "De vergadering van de schaatsclub is bij de haven."),
            ],
            date="2023-01-01",
        ),
    )


def test_sections_with_the_same_telling_words_are_related_and_the_words_are_named(harbour):
    (found,) = find_related(harbour, "kerngroep-oost-2022-06-15-a-s0001")
    assert found.id == "kerngroep-oost-2023-01-01-a-s0001"
    assert set(found.shared) == {"brugwachter", "ophaalbrug", "schippers"}
    assert 0 < found.score <= 1


def test_the_same_text_printed_again_is_left_out(harbour):
    ids = {each.id for each in find_related(harbour, "kerngroep-oost-2023-01-01-a-s0001")}
    assert "kerngroep-oost-2023-01-01-a-s0002" in ids
    again = {each.id for each in find_related(harbour, "kerngroep-oost-2023-01-01-a-s0002")}
    assert again == {"kerngroep-oost-2023-01-01-a-s0001"}


def test_a_section_that_shares_nothing_has_none(harbour):
    assert find_related(harbour, "kerngroep-oost-2022-06-15-a-s0002") == ()


def test_an_issue_has_no_related_sections(harbour):
    with pytest.raises(UsageError, match="no section"):
        find_related(harbour, "kerngroep-oost-2022-06-15-a")


@pytest.mark.usefixtures("harbour")
def test_show_names_them(run):
    found = run("show", "kerngroep-oost-2022-06-15-a-s0001", "--related")
    assert "kerngroep-oost-2023-01-01-a-s0001" in found.stdout
    assert "ophaalbrug" in found.stdout
    answer = json.loads(run("show", "kerngroep-oost-2022-06-15-a-s0001", "--related", "--json").stdout)
    assert [each["id"] for each in answer["related"]] == ["kerngroep-oost-2023-01-01-a-s0001"]
    none = run("show", "kerngroep-oost-2022-06-15-a-s0002", "--related")
    assert (none.stdout, "No section shares" in none.stderr) == ("", True)
