from html.parser import HTMLParser

from tests.export.sections import make_fields, written
from tests.export.tools import check_html
from tests.factories import make_section

NASTY = '<script>alert("x")</script> & <img src=x onerror=y> \x00\x85'


class Seen(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def two_issues() -> list[dict]:
    first = make_fields(
        make_section("events", "Kom naar de open dag.\n\nEr is soep.", heading="Open dag", tags=("buurt",)),
        make_section("meetings", "Maandag vergadering.", language="und"),
    )
    return first + make_fields(make_section(heading="Colofon"), issue_id="de-brug-2020-a", date="", number="")


def test_the_page_shows_each_issue_and_its_sections(file_regression):
    file_regression.check(written("html", two_issues()), extension=".html")


def test_what_a_scan_says_is_never_markup():
    fields = make_fields(make_section(heading=NASTY, places=[]), newsletter=NASTY)
    fields[0] |= {"text": NASTY, "notes": [NASTY], "tags": [NASTY], "category": NASTY}
    seen = Seen(written("html", fields, query=NASTY))
    assert {"script", "img"} & {tag for tag, _ in seen.tags} == set()
    assert not [attrs for _, attrs in seen.tags if {"src", "href"} & set(attrs) or any(n[:2] == "on" for n in attrs)]
    assert '<script>alert("x")</script>' in seen.text
    assert "\x00" not in seen.text


def test_a_line_break_that_was_printed_stays():
    [fields] = make_fields(make_section())
    assert "<p>koffie<br>\nthee</p>" in written("html", [fields | {"text": "koffie\nthee"}])


def test_the_nu_checker_accepts_it(tmp_path):
    fields = two_issues()
    fields[1] |= {"text": NASTY, "heading": ""}
    page, empty = tmp_path / "page.html", tmp_path / "empty.html"
    page.write_text(written("html", fields, query="soep & <brood>"), encoding="utf-8")
    empty.write_text(written("html", []), encoding="utf-8")
    check_html(page, empty)
