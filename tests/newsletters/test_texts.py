from tests.newsletters.check import find_slips
from tests.newsletters.styles import load_styles
from tests.newsletters.texts import HALVES, HERE, list_issues, load_issue


def test_no_issue_has_slips_in_its_dates_or_categories():
    slips = [slip for half in HALVES for path in (HERE / half).glob("*.toml") for slip in find_slips(path)]
    assert slips == []


def test_a_wrong_weekday_is_a_slip(tmp_path):
    text = (HERE / "tune" / "hoepel-1985-09.toml").read_text(encoding="utf-8")
    path = tmp_path / "hoepel-1985-09.toml"
    path.write_text(text.replace("zaterdag 5 oktober", "zondag 5 oktober"), encoding="utf-8")
    assert list(find_slips(path)) == ["hoepel-1985-09#4: 'zondag 5 oktober': is a Saturday"]


def test_there_are_at_least_eight_issues_in_each_half():
    assert [len(list_issues(half)) >= 8 for half in HALVES] == [True, True]


def test_the_halves_share_no_newsletter():
    tune, held_out = ({load_issue(issue).front["series"] for issue in list_issues(half)} for half in HALVES)
    assert not tune & held_out


def test_every_rendition_names_a_design():
    asked = {style for issue in list_issues() for style, _ in load_issue(issue).renditions}
    assert asked == set(load_styles())


def test_a_section_that_jumps_has_its_mark():
    jumping = [s for issue in list_issues() for s in load_issue(issue).sections if s.continue_after]
    assert all(any(block.kind == "break" for block in s.blocks) for s in jumping)
    assert len(jumping) >= 2
