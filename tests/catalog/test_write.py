import pytest

from archive.catalog.rows import PageRow, ScanState
from archive.catalog.store import open_catalog
from archive.errors import BrokenArchiveError
from archive.fields import SECTION_FIELDS, section_fields
from archive.register import Register
from tests.conftest import put_scan
from tests.factories import make_issue, make_section, sha_of

OPEN_DAY = make_section("events", "Kom allemaal naar de open dag in het buurthuis", heading="Open dag")
MEETING = make_section("meetings", "De ledenvergadering begint om acht uur in de kantine", heading="Vergadering")
WINTER = make_section("campaigns", "Breng warme jassen naar het inzamelpunt bij de kerk", heading="Winteractie")
A = "kerngroep-oost-2022-06-15-a"


@pytest.fixture
def store(tmp_path):
    """Open a catalogue with its register; `put` takes in a scan of one issue."""
    with open_catalog(tmp_path / "index" / "catalog.db", write=True) as catalog:
        catalog.register = Register.load(tmp_path / "ids.csv")
        catalog.put = lambda *issues, file="raw/a.pdf", **state: put_scan(
            catalog, catalog.register, issues, file=file, **state
        )
        yield catalog


def ids(catalog) -> list[str]:
    return [each["id"] for each in catalog.sections()]


def test_a_section_comes_out_with_the_fields_that_went_in(store):
    parsed = make_issue(
        [make_section("events", "Open dag in Enschede.", heading="Dag", dates=["2022-06-18"], places=["Enschede"])]
    )
    store.put(parsed)
    [found] = store.sections()
    expected = section_fields(parsed.sections[0], parsed.issue, file="raw/a.pdf")
    assert found == expected | {"id": f"{A}-s0001", "issue_id": A}
    assert tuple(found) == SECTION_FIELDS


def test_the_transcript_comes_out_as_it_went_in(store):
    parsed = make_issue([OPEN_DAY, make_section(text="é’ ﬁ 日本", page=2)], masthead="KERNGROEP OOST")
    store.put(parsed)
    kept = store.transcript(A)
    assert kept.raw == parsed.transcript.raw
    assert kept.words == parsed.transcript.words
    assert kept.edits == parsed.cleaned.edits


def test_a_scan_that_is_put_again_takes_the_place_of_what_its_file_held(store):
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    store.put(make_issue([OPEN_DAY, WINTER], scan=sha_of("scan")))
    assert [each["heading"] for each in store.sections()] == ["Open dag", "Winteractie"]
    assert ids(store) == [f"{A}-s0001", f"{A}-s0003"]
    assert store.coverage().issues == 1


def test_an_id_that_is_no_more_says_what_became_of_it(store):
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    store.put(make_issue([OPEN_DAY], scan=sha_of("scan")))
    assert store.old_id(f"{A}-s0002").moved_to == ""
    assert store.section(f"{A}-s0002") is None


def test_an_id_that_comes_back_is_no_old_id_any_more(store):
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    store.put(make_issue([OPEN_DAY], scan=sha_of("scan")))
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    assert ids(store) == [f"{A}-s0001", f"{A}-s0002"]
    assert store.old_id(f"{A}-s0002") is None


def test_other_bytes_under_a_name_withdraw_the_ids_of_the_first(store):
    store.put(make_issue([OPEN_DAY], scan=sha_of("first")))
    store.put(make_issue([MEETING], scan=sha_of("second"), date="2022-07-01"))
    assert [each["heading"] for each in store.sections()] == ["Vergadering"]
    assert "other bytes took the name of its file" in store.old_id(f"{A}-s0001").reason
    assert store.old_id(A) is not None


def test_a_scan_under_another_name_keeps_its_ids(store):
    store.put(make_issue([OPEN_DAY]), file="raw/a.pdf")
    store.mark_missing(["raw/a.pdf"])
    store.put(make_issue([OPEN_DAY]), file="raw/shelf/a.pdf")
    assert [(each["id"], each["source"]["file"]) for each in store.sections()] == [(f"{A}-s0001", "raw/shelf/a.pdf")]
    assert store.coverage().issues == 1


def test_a_missing_scan_leaves_the_lists_and_keeps_its_ids(store):
    store.put(make_issue([OPEN_DAY], date="2021-01-01"), file="raw/a.pdf")
    store.put(make_issue([MEETING], date="2022-01-01"), file="raw/b.pdf")
    store.mark_missing(["raw/a.pdf"])
    assert ids(store) == ["kerngroep-oost-2022-01-01-a-s0001"]
    assert [issue.date for issue in store.issues()] == ["2022-01-01"]
    assert store.coverage().issues == store.coverage().pages == len(list(store.pages())) == 1
    assert store.scan_states()["raw/a.pdf"].status == "missing"
    assert store.section("kerngroep-oost-2021-01-01-a-s0001")["heading"] == "Open dag"
    assert store.is_missing("kerngroep-oost-2021-01-01-a")


def test_a_scan_that_is_back_is_found_again_as_it_was(store):
    store.put(make_issue([OPEN_DAY]), status="partly")
    store.mark_missing(["raw/a.pdf"])
    store.mark_back(["raw/a.pdf"])
    assert ids(store) == [f"{A}-s0001"]
    assert store.scan_states()["raw/a.pdf"].status == "partly"


def test_marking_what_is_marked_already_changes_nothing(store):
    store.put(make_issue([OPEN_DAY]))
    store.mark_missing(["raw/a.pdf"])
    before = store.generation()
    store.mark_missing(["raw/a.pdf", "raw/never-there.pdf"])
    store.mark_back(["raw/never-there.pdf"])
    assert store.generation() == before


def test_a_fault_keeps_what_the_same_bytes_gave_before(store):
    store.put(make_issue([OPEN_DAY], scan=sha_of("scan")))
    for sha256 in (sha_of("scan"), ""):
        store.put_fault(ScanState("raw/a.pdf", sha256, 1, 1, "failed", message="the disk stumbled"))
        assert ids(store) == [f"{A}-s0001"]
        assert store.scan_states()["raw/a.pdf"].sha256 == sha_of("scan")
        assert store.scan_states()["raw/a.pdf"].message == "the disk stumbled"


def test_a_fault_of_other_bytes_takes_out_what_was_there(store):
    store.put(make_issue([OPEN_DAY]))
    store.put_fault(ScanState("raw/a.pdf", sha_of("cut in half"), 1, 1, "failed"))
    assert ids(store) == []
    assert store.coverage().pages == 0
    assert store.old_id(f"{A}-s0001") is not None


def test_a_page_that_failed_counts_in_the_ledger_without_an_issue(store):
    pages = [PageRow(1, status="failed", reason="it is torn"), PageRow(2, status="timed_out")]
    store.put_scan(ScanState("raw/b.pdf", sha_of("b"), 1, 1, "partly"), pages, [])
    coverage = store.coverage()
    assert (coverage.issues, coverage.pages, coverage.failed, coverage.timed_out) == (0, 2, 1, 1)
    [failed] = store.pages(["failed"])
    assert failed.id == f"{sha_of('b')[:8]}-p0001"
    assert store.page(failed.id).page.reason == "it is torn"


def test_an_id_that_another_scan_has_is_refused(store, tmp_path):
    store.put(make_issue([OPEN_DAY], scan=sha_of("one")), file="raw/a.pdf")
    (tmp_path / "ids.csv").unlink()
    lost = Register.load(tmp_path / "ids.csv")
    with pytest.raises(BrokenArchiveError, match=r"already belongs to raw/a.pdf.*ids.csv"):
        put_scan(store, lost, (make_issue([MEETING], scan=sha_of("two")),), file="raw/b.pdf")
    assert [each["heading"] for each in store.sections()] == ["Open dag"]


def test_an_index_gets_the_slug_that_a_newsletter_has_in_its_ids(store):
    store.put(make_issue([OPEN_DAY], newsletter="De Nieuwe Brug", slug="de-brug"))
    [fields] = store.for_index()
    assert fields["newsletter_slug"] == "de-brug"
    assert fields["newsletter"] == "De Nieuwe Brug"


def test_an_index_that_is_behind_learns_what_came_and_what_went(store):
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    then = store.generation()
    assert store.sections_changed_since(then) == ((), ())
    store.put(make_issue([OPEN_DAY, WINTER], scan=sha_of("scan")))
    assert store.sections_changed_since(then) == ((f"{A}-s0003",), (f"{A}-s0002",))
    store.mark_missing(["raw/a.pdf"])
    assert store.sections_changed_since(then) == ((), (f"{A}-s0001", f"{A}-s0002", f"{A}-s0003"))
    store.mark_back(["raw/a.pdf"])
    assert store.sections_changed_since(then) == ((f"{A}-s0001", f"{A}-s0003"), (f"{A}-s0002",))


def test_an_index_has_nothing_to_do_about_what_came_back_as_it_was(store):
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    then = store.generation()
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    assert store.generation() == then
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan"), newsletter="De Nieuwe Brug"))
    assert store.sections_changed_since(then) == ((f"{A}-s0001", f"{A}-s0002"), ())


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        ({"number": "7"}, lambda store: store.issues()[0].number),
        ({"masthead": "KERNGROEP OOST EN WEST"}, lambda store: store.transcript(A).raw),
    ],
)
def test_whatever_came_back_otherwise_is_put_in_anew(store, changed, seen):
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    before = seen(store)
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan"), **changed))
    assert seen(store) != before


def test_what_came_back_as_it_was_is_not_written_again(store, monkeypatch):
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")))
    monkeypatch.setattr(store, "_put_issue", lambda *_: pytest.fail("was written again"))
    store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("scan")), mtime_ns=2)
    assert [state.mtime_ns for state in store.scan_states().values()] == [2]


def test_an_index_made_from_the_changes_holds_what_the_catalogue_holds(store):
    held: set[str] = set()
    generation = 0
    steps = [
        lambda: store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("a")), file="raw/a.pdf"),
        lambda: store.put(make_issue([WINTER], date="2020-02-02"), file="raw/b.pdf"),
        lambda: store.mark_missing(["raw/a.pdf"]),
        lambda: store.put(make_issue([MEETING], scan=sha_of("a")), file="raw/a.pdf"),
        lambda: store.put_fault(ScanState("raw/b.pdf", sha_of("other"), 1, 1, "failed")),
        lambda: store.put(make_issue([OPEN_DAY, MEETING], scan=sha_of("a")), file="raw/elsewhere.pdf"),
        lambda: store.mark_missing(["raw/a.pdf"]),
    ]
    for step in steps:
        step()
        add, remove = store.sections_changed_since(generation)
        generation = store.generation()
        held = (held - set(remove)) | set(add)
        assert held == set(ids(store))


def test_what_finds_nothing_new_does_not_raise_the_generation(store):
    store.put(make_issue([OPEN_DAY]))
    before = store.generation()
    store.put_fault(ScanState("raw/b.pdf", "", 0, 0, "failed", message="empty"))
    store.put_scan(ScanState("raw/c.pdf", sha_of("c"), 1, 1, "failed"), [PageRow(1, status="failed")], [])
    assert store.generation() == before


def test_a_change_that_is_broken_off_leaves_everything_as_it_was(store, monkeypatch):
    store.put(make_issue([OPEN_DAY], scan=sha_of("scan")))
    before = (ids(store), store.generation(), store.coverage(), store.scan_states())
    monkeypatch.setattr(store, "_count", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.put(make_issue([MEETING, WINTER], scan=sha_of("scan")))
    assert (ids(store), store.generation(), store.coverage(), store.scan_states()) == before


def test_text_that_holds_half_a_character_can_be_kept(store):
    store.put(make_issue([make_section(text="half \ud800 teken", heading="kop \udfff")]))
    [found] = store.sections()
    assert (found["text"], found["heading"]) == ("half ? teken", "kop ?")
