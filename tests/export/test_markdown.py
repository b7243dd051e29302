import pytest

from archive.export import markdown
from tests.export import sections
from tests.export.sections import make_fields
from tests.factories import make_section


def written(*fields) -> str:
    return sections.written("md", list(fields))


def test_an_issue_is_a_chapter_and_a_section_a_heading_with_its_facts(file_regression):
    first = make_fields(
        make_section("events", "Kom naar de open dag.\n\nEr is soep.", heading="Open dag", tags=("buurt",)),
        make_section("meetings", "Maandag vergadering.", page=2),
    )
    second = make_fields(
        make_section(heading="Colofon"), issue_id="de-brug-2020-a", newsletter="De Brug", date="", number=""
    )
    file_regression.check(written(*first, *second), extension=".md")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("![beeld](http://x.example)", r"\!\[beeld\](http://x.example)"),
        ("[klik](javascript:x)", r"\[klik\](javascript:x)"),
        ("*vet* _schuin_ `code` ~~weg~~ a|b", r"\*vet\* \_schuin\_ \`code\` \~\~weg\~\~ a\|b"),
        ("Jansen & Zoon &amp; &#60;", r"Jansen & Zoon \&amp; \&#60;"),
        (
            "# kop\n- lijst\n+ lijst\n1. een\n12) twaalf\n> citaat\n===",
            "\\# kop\n\\- lijst\n\\+ lijst\n1\\. een\n12\\) twaalf\n\\> citaat\n\\===",
        ),
        ("1-2, 3 + 4 # 5", "1-2, 3 + 4 # 5"),
        ("steil \x1b[31m rood \x00", "steil \ufffd\\[31m rood \ufffd"),
        ("a\\b", r"a\\b"),
    ],
)
def test_what_would_be_a_mark_is_escaped(text, shown):
    assert markdown.escape(text) == shown


def test_a_heading_stays_on_one_line():
    text = written(*make_fields(make_section(heading="Een kop\n# Nog een kop")))
    assert "\n## Een kop # Nog een kop\n" in text


def test_lines_within_a_paragraph_stay_lines():
    fields = make_fields(make_section())
    fields[0]["text"] = "koffie\nthee"
    assert "koffie\\\nthee\n" in written(*fields)


def test_a_section_without_heading_is_known_by_its_position():
    assert "\n## (1)\n" in written(*make_fields(make_section()))
