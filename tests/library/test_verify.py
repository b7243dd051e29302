import json
import zipfile

import pytest

from archive.catalog.store import open_catalog
from archive.errors import UsageError
from archive.export import FORMATS
from archive.library.cite import cite
from archive.library.export import ExportOptions, export
from archive.library.show import show
from archive.library.verify import Verdict, damaged, verify
from archive.model.search import SearchRequest
from tests.factories import make_issue, make_section

ID = "kerngroep-oost-2022-06-15-a-s000"
TEXTS = ("De zaal is open. Er is koffie.", "Wij vergaderen op dinsdag over de begroting.", "Het hek is weer heel.")


@pytest.fixture
def settings(archive_of):
    sections = [make_section("events", TEXTS[0], heading="Open dag"), *(make_section(text=text) for text in TEXTS[1:])]
    return archive_of(make_issue(sections, scan="a" * 64), index=False)


def exported(settings, name):
    path = settings.root / name
    form = path.suffix[1:] if path.suffix[1:] in FORMATS else "bundle"
    export(settings, SearchRequest(), path, options=ExportOptions(form))
    return path


def verdicts(settings, path):
    return {each.id.removeprefix(ID): each.verdict for each in verify(settings, path)}


@pytest.mark.parametrize("name", ["all.jsonl", "all.csv", "all.xlsx", "all.ris", "all.csl", "bundle", "bundle.zip"])
def test_what_just_left_the_archive_is_the_same(settings, name):
    path = exported(settings, name)
    kept = Verdict.FOUND if name.endswith((".ris", ".csl")) else Verdict.SAME  # references hold no text
    assert verdicts(settings, path) == dict.fromkeys("123", kept)
    assert damaged(path) == ()


@pytest.mark.parametrize("name", ["all.jsonl", "all.csv", "all.xlsx"])
def test_every_section_is_accounted_for_after_the_text_changed(settings, archive_of, name):
    path = exported(settings, name)
    sections = [
        make_section("events", TEXTS[0].replace("koffie", "thee"), heading="Open dag"),
        make_section(text=TEXTS[1]),
    ]
    archive_of(make_issue(sections, scan="a" * 64), index=False)
    first, second, third = verify(settings, path)
    assert (first.verdict, first.fields) == (Verdict.CHANGED, ("text", "raw_text"))
    assert "-Er is koffie.\n+Er is thee." in first.diff
    assert second.verdict is Verdict.SAME
    assert third.verdict is Verdict.GONE
    assert third.notice


def test_a_text_longer_than_a_cell_is_the_same_in_a_workbook(archive_of):
    long = make_section(text="=lang verhaal. " * 5000, heading="=1+1")
    settings = archive_of(make_issue([long]), index=False)
    assert verdicts(settings, exported(settings, "all.xlsx")) == {"1": Verdict.SAME}


@pytest.mark.parametrize("name", ["all.md", "all.html", "all.tei"])
def test_an_export_that_is_made_to_be_read_is_not_taken_for_citations(settings, name):
    with pytest.raises(UsageError, match="is not compared"):
        list(verify(settings, exported(settings, name)))


def test_a_section_that_became_part_of_another_has_moved(settings, archive_of):
    path = exported(settings, "all.jsonl")
    joined = [make_section("events", TEXTS[0], heading="Open dag"), make_section(text=f"{TEXTS[1]}\n\n{TEXTS[2]}")]
    archive_of(make_issue(joined, scan="a" * 64), index=False)
    found = {each.id.removeprefix(ID): each for each in verify(settings, path)}
    assert found["2"].verdict is Verdict.CHANGED
    assert (found["3"].verdict, found["3"].now) == (Verdict.MOVED, f"{ID}2")


def test_the_same_words_under_another_id_are_found(settings):
    path = exported(settings, "all.jsonl")
    lines = path.read_text().replace(f"{ID}2", "kerngroep-oost-2001-01-01-a-s0009")
    path.write_text(lines)
    moved = [each for each in verify(settings, path) if each.verdict is Verdict.MOVED]
    assert [(each.id, each.now) for each in moved] == [("kerngroep-oost-2001-01-01-a-s0009", f"{ID}2")]


def test_a_bundle_that_was_changed_is_told(settings):
    path = exported(settings, "bundle")
    (path / "README.md").write_text("changed")
    (path / "sections.csv").unlink()
    assert sorted(damaged(path)) == ["README.md", "sections.csv"]


def test_a_bundle_packed_with_its_folder_is_read(settings):
    path = exported(settings, "bundle")
    packed = settings.root / "again.zip"
    with zipfile.ZipFile(packed, "w") as out:
        for file in path.rglob("*"):
            out.write(file, f"study/{file.relative_to(path)}")
    assert set(verdicts(settings, packed).values()) == {Verdict.SAME}
    assert damaged(packed) == ()


def test_citations_in_a_text_are_checked(settings, archive_of):
    forms = cite(settings, show(settings, f"{ID}1"))
    text = settings.root / "chapter.txt"
    text.write_text(f"Zoals men schreef.\n\n1 {forms.apa}\n2 {forms.chicago}\n\n{forms.leidraad}\n")
    assert [each.verdict for each in verify(settings, text)] == [Verdict.FOUND] * 3
    archive_of(make_issue([make_section("events", TEXTS[0], heading="Open huis")], scan="a" * 64), index=False)
    (first, *_) = verify(settings, text)
    assert (first.verdict, first.fields) == (Verdict.CHANGED, ("heading",))
    assert "+Open huis. (2022, June 15)." in first.diff


def test_a_citation_in_a_form_of_its_own_is_checked_by_its_facts(settings):
    text = settings.root / "chapter.txt"
    text.write_text(f"Kerngroep Oost, Open dag, 15 juni 2022, blz. 1 [{ID}1]\n\nKerngroep Oost, Open dag, 2021 [{ID}1]")
    assert [(each.verdict, each.fields) for each in verify(settings, text)] == [
        (Verdict.FOUND, ()),
        (Verdict.CHANGED, ("issue_date",)),
    ]


def test_of_a_citation_only_what_can_be_proved_is_said(settings):
    text = settings.root / "chapter.txt"
    text.write_text(f"{cite(settings, show(settings, f'{ID}1')).apa}\n\nZie {ID}2.")
    whole, bare = verify(settings, text)
    assert (whole.verdict, bare.verdict) == (Verdict.FOUND, Verdict.FOUND)
    assert "does not hold the words" in whole.notice
    assert "an id alone" in bare.notice
    with open_catalog(settings.catalog_path, write=True) as catalog:
        catalog.mark_missing([state.file for state in catalog.scan_states().values()])
    assert [each.verdict for each in verify(settings, text)] == [Verdict.GONE] * 2
    assert "no longer in the archive" in next(verify(settings, text)).notice


def test_an_id_that_was_never_given_out_is_gone(settings):
    text = settings.root / "chapter.txt"
    text.write_text("Zie kerngroep-oost-1999-01-01-a-s0001.")
    assert [each.verdict for each in verify(settings, text)] == [Verdict.GONE]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [("x.jsonl", "{", "no JSON"), ("x.jsonl", "[]", "names no section"), ("x.csv", "a,b\n1,2", "no column `id`"),
     ("x.txt", "niets", "holds no id"), ("x.pdf", "\0", "is no text")],
)  # fmt: skip
def test_what_is_no_export_is_refused(settings, name, content, problem):
    path = settings.root / name
    path.write_text(content)
    with pytest.raises(UsageError, match=problem):
        list(verify(settings, path))


def test_the_command_tells_what_changed_and_ends_with_1(settings, archive_of, run):
    path = exported(settings, "all.jsonl")
    same = run("verify", path)
    assert (same.exit_code, same.stdout) == (0, "3 sections: 3 same.\n")
    archive_of(
        make_issue([make_section("events", "De zaal is dicht.", heading="Open dag")], scan="a" * 64), index=False
    )
    told = run("verify", path)
    assert told.exit_code == 1
    assert "    +De zaal is dicht." in told.stdout
    answer = json.loads(run("verify", path, "--json").stdout)
    assert answer["counts"] == {"same": 0, "found": 0, "changed": 1, "moved": 0, "gone": 2}
