"""Does what was withdrawn leave every answer, and what was erased every file?"""

import gzip
import json
import re
import shutil
import sqlite3
import zlib
from contextlib import closing

import pytest

from archive.catalog.pack import unpack_transcript
from archive.catalog.store import open_catalog
from archive.corrections import append_corrections, read_corrections
from archive.doctor import check
from archive.doctor.finding import Level
from archive.errors import ArchiveBusyError, BrokenArchiveError, UnreadableScanError, UsageError
from archive.library.show import ShownNothing, show
from archive.model.issues import Correction
from archive.model.pages import Word
from archive.pipeline.correct import accept_removed, correct
from archive.pipeline.originals import Originals
from archive.pipeline.pictures import draw_page
from archive.pipeline.plan import Again
from archive.pipeline.repair import repair
from archive.pipeline.withdraw import erase, withdraw
from archive.pipeline.withdrawals import refuse_picture
from archive.reading import cache
from archive.reading.scans import hash_file, hash_scan, list_scans
from archive.register import Register
from tests.conftest import files_under, put_scan
from tests.factories import make_issue
from tests.pipeline.conftest import APRIL, MARCH, TODAY, Archive

ISSUE = "de-moestuinder-2019-03-a"
MEETING, COMPOST = f"{ISSUE}-s0001", f"{ISSUE}-s0002"
OTHER = "de-moestuinder-2019-04-a"
# A word that stands in the section on compost alone, and one that stands in the other section.
TAG = Correction(MEETING, "tag", "x", "", "", "", "")
SECRET, KEPT = "kruiwagens", "penningmeester"


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    """The archive of two issues, taken in once for all tests of this file."""
    root = tmp_path_factory.mktemp("withdraw") / "archive"
    (root / "raw").mkdir(parents=True)
    (root / "archive.toml").write_text('languages = ["nl", "en"]\njobs = 1\n')
    archive = Archive(root)
    archive.put("moestuinder-2019-03.txt", MARCH)
    archive.put("moestuinder-2019-04.txt", APRIL)
    archive.ingest()
    return archive


@pytest.fixture
def two_issues(taken_in, tmp_path):
    root = tmp_path / "archive"
    shutil.copytree(taken_in.root, root)  # with the times of change, by which an ingest knows its scans
    return Archive(root)


def hide(archive, *given, reason="asked for"):
    return withdraw(archive.settings, given, reason=reason, today=TODAY)


def wipe(archive, *given, reason="not ours"):
    return erase(archive.settings, given, reason=reason, today=TODAY)


def shown(archive, given):
    return show(archive.settings, given)


def holders(archive, word):
    """Name every file of the archive with the word in it: in its bytes, or in what it packs."""
    wanted = re.compile(re.escape(word.encode()), re.IGNORECASE)
    files = [path for path in sorted(archive.root.rglob("*")) if path.is_file()]
    found = [path for path in files if any(wanted.search(data) for data in unpacked(path.read_bytes()))]
    return [path.relative_to(archive.root).as_posix() for path in found]


def unpacked(data):
    """Yield the bytes of a file and of every zlib or gzip stream that starts anywhere in it."""
    yield data
    for found in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj(wbits=47).decompress(data[found.start() :])
        except zlib.error:
            continue


# ---- hiding


def test_a_withdrawn_section_is_not_found_shown_or_exported(two_issues):
    assert two_issues.found(SECRET) == [COMPOST]
    hide(two_issues, COMPOST)
    assert two_issues.found(SECRET) == []
    assert COMPOST not in [each["id"] for each in two_issues.sections()]
    notice = shown(two_issues, COMPOST)
    assert isinstance(notice, ShownNothing)
    assert notice.notice == f"{COMPOST} was withdrawn: by hand: asked for."


def test_what_stands_around_a_withdrawn_section_stays_with_its_words_in_place(two_issues):
    before = {each["id"]: each for each in two_issues.sections()}
    hide(two_issues, COMPOST)
    after = {each["id"]: each for each in two_issues.sections()}
    assert after == {given: each for given, each in before.items() if given != COMPOST}
    assert two_issues.found(KEPT) == [MEETING]


@pytest.mark.parametrize("given", [ISSUE, f"{ISSUE}-p0001"])
def test_the_text_of_issue_and_page_is_blackened_where_the_section_stood(two_issues, given):
    hide(two_issues, COMPOST)
    text = shown(two_issues, given)
    assert KEPT in text.text
    for each in (text.text, text.raw_text, repr(text.edits)):
        assert SECRET not in each
    assert "██" in text.raw_text
    with open_catalog(two_issues.settings.catalog_path) as catalog:
        assert catalog.is_blackened(ISSUE, 1)
        assert not catalog.is_blackened(OTHER, 1)


def test_a_withdrawn_issue_goes_with_all_its_sections(two_issues):
    hide(two_issues, ISSUE)
    assert {each["issue_id"] for each in two_issues.sections()} == {OTHER}
    for given in (ISSUE, MEETING):
        assert "was withdrawn: by hand: asked for" in shown(two_issues, given).notice


def test_a_withdrawal_lasts_through_every_way_of_making_the_archive_anew(two_issues):
    hide(two_issues, COMPOST)
    for again in (Again.NOTHING, Again.REPARSE, Again.REREAD):
        two_issues.ingest(again=again)
        assert two_issues.found(SECRET) == []
    shutil.rmtree(two_issues.settings.index_dir)
    two_issues.ingest()
    assert two_issues.found(SECRET) == []
    assert two_issues.found(KEPT) == [MEETING]
    assert "by hand" in shown(two_issues, COMPOST).notice


def test_an_ingest_after_a_withdrawal_has_nothing_to_do(two_issues):
    append_corrections(two_issues.settings.corrections_path, [Correction(MEETING, "tag", "bestuur", "", "", "", "")])
    two_issues.ingest()
    hide(two_issues, ISSUE)
    before = files_under(two_issues.root)
    report = two_issues.ingest()
    assert report.plan.changes_nothing
    assert files_under(two_issues.root) == before


def test_a_line_written_by_hand_is_obeyed_by_the_next_ingest(two_issues):
    line = Correction(COMPOST, "withdraw", "hidden", "", "", "2024-05-06", "asked for")
    append_corrections(two_issues.settings.corrections_path, [line])
    two_issues.ingest()
    assert two_issues.found(SECRET) == []


def lose(path):
    path.unlink()


def empty(path):
    path.write_text("")


def leave_the_header(path):
    path.write_text(path.read_text().splitlines(keepends=True)[0])


def start_another(path):
    path.write_text(f"id,field,value,expected,context,date,note\n{OTHER}-s0001,tag,markt,,,,\n")


@pytest.mark.parametrize("damage", [lose, empty, leave_the_header, start_another])
def test_what_was_withdrawn_stays_so_when_corrections_are_lost(two_issues, damage):
    correct(two_issues.settings, [TAG], today=TODAY)
    hide(two_issues, COMPOST)
    before = read_corrections(two_issues.settings.corrections_path)
    damage(two_issues.settings.corrections_path)
    shutil.rmtree(two_issues.settings.index_dir / "whoosh")
    with pytest.raises(BrokenArchiveError, match=r"are gone: 2.*--accept-removed"):
        two_issues.ingest()
    (found,) = (each for each in check(two_issues.root) if each.remedy == "decisions")
    assert "are gone: 2" in found.message
    repair(two_issues.settings, [("decisions", "")])
    assert set(before) <= set(read_corrections(two_issues.settings.corrections_path))
    two_issues.ingest()
    assert (two_issues.found(SECRET), damage_of(two_issues)) == ([], [])


def test_what_was_withdrawn_does_not_come_back_with_the_index_either(two_issues):
    hide(two_issues, COMPOST)
    two_issues.settings.corrections_path.unlink()
    shutil.rmtree(two_issues.settings.index_dir)
    with pytest.raises(BrokenArchiveError):
        two_issues.ingest()
    with pytest.raises(BrokenArchiveError):
        hide(two_issues, MEETING)
    assert not two_issues.settings.catalog_path.exists()


def test_erasing_an_issue_takes_what_remembers_its_corrections_too(two_issues):
    correct(two_issues.settings, [Correction(COMPOST, "word", "Kruiwagens", "kruiwagens", "", "", "")], today=TODAY)
    assert "decisions.csv" in holders(two_issues, SECRET)
    wipe(two_issues, ISSUE)
    assert holders(two_issues, SECRET) == []
    assert damage_of(two_issues) == []
    assert two_issues.ingest().plan.changes_nothing


@pytest.mark.parametrize("given", [COMPOST, ISSUE])
def test_when_a_person_accepts_that_its_line_is_gone_the_text_comes_back(two_issues, given):
    before = two_issues.sections()
    hide(two_issues, given)
    two_issues.settings.corrections_path.unlink()
    assert [each.id for each in accept_removed(two_issues.settings)] == [given]
    report = two_issues.ingest()
    assert [each.file for each in report.plan.again] == ["raw/moestuinder-2019-03.txt"]
    assert two_issues.sections() == before
    assert two_issues.found(SECRET) == [COMPOST]
    assert two_issues.ingest().plan.changes_nothing


def test_taking_one_withdrawal_back_leaves_another_with_the_same_reason(two_issues):
    hide(two_issues, COMPOST, MEETING)
    line = Correction(MEETING, "withdraw", "no", "", "", "", "")
    append_corrections(two_issues.settings.corrections_path, [line])
    two_issues.ingest()
    assert (two_issues.found(KEPT), two_issues.found(SECRET)) == ([MEETING], [])


def another_scan(text):
    """Return the same issue as another program read it: other bytes, a few other letters."""
    return text.replace("compost", "conpost", 1).replace("\n\n", "\n\n\n").replace("  ", " ") + "\n"


LONG = MARCH + "\n" + "\n".join(f"In perk {n} groeien dit jaar bonen, erwten, kool {n} en prei {n}." for n in range(40))


@pytest.mark.parametrize("given", [COMPOST, ISSUE])
def test_another_scan_of_the_same_issue_is_withdrawn_with_it(archive, given):
    archive.put("a.txt", LONG)
    archive.put("b.txt", another_scan(LONG))
    archive.ingest()
    assert len(archive.found(SECRET)) == 1
    done = hide(archive, given)
    assert archive.found(SECRET) == []
    assert done.also
    archive.ingest(again=Again.REPARSE)
    assert archive.found(SECRET) == []


@pytest.mark.parametrize("given", [COMPOST, ISSUE])
def test_another_scan_that_comes_in_later_does_not_bring_it_back(archive, given):
    archive.put("a.txt", LONG)
    archive.ingest()
    hide(archive, given)
    archive.put("b.txt", another_scan(LONG))
    archive.ingest()
    assert archive.found(SECRET) == []
    assert (archive.found(KEPT) == []) == (given == ISSUE)
    assert archive.ingest().plan.changes_nothing


def test_the_same_withdrawal_twice_is_one_line(two_issues):
    hide(two_issues, COMPOST)
    hide(two_issues, COMPOST)
    assert len(read_corrections(two_issues.settings.corrections_path)) == 1


@pytest.mark.parametrize("given", ["nowhere-2019-a", f"{ISSUE}-p0001", f"{ISSUE}-s0099"])
def test_what_is_no_issue_or_section_is_refused_and_nothing_changes(two_issues, given):
    before = files_under(two_issues.root)
    with pytest.raises(UsageError):
        hide(two_issues, given)
    assert files_under(two_issues.root).keys() == before.keys()
    assert two_issues.found(SECRET) == [COMPOST]


@pytest.mark.parametrize("given", [COMPOST, MEETING, ISSUE])
def test_an_archive_from_which_something_was_withdrawn_is_whole(two_issues, given):
    hide(two_issues, given)
    assert damage_of(two_issues) == []
    two_issues.ingest(again=Again.REPARSE)
    assert damage_of(two_issues) == []


def test_a_section_that_is_gone_without_having_been_withdrawn_is_still_missed(two_issues):
    hide(two_issues, COMPOST)
    with closing(sqlite3.connect(two_issues.settings.catalog_path)) as db, db:
        db.execute("DELETE FROM sections WHERE id = ?", (f"{OTHER}-s0001",))
    assert damage_of(two_issues) != []


def test_a_catalogue_that_is_made_anew_leaves_no_copy_of_what_was_withdrawn(two_issues):
    hide(two_issues, COMPOST)
    path = two_issues.settings.catalog_path
    path.with_name("catalog.db.damaged-1").write_text(f"an older copy with {SECRET}")
    path.write_text(f"rubbish with {SECRET}")
    repair(two_issues.settings, [("catalogue", str(path))])
    assert damage_of(two_issues) == []
    assert (two_issues.found(SECRET), two_issues.found(KEPT)) == ([], [MEETING])
    copies = [name for name in holders(two_issues, SECRET) if not name.startswith(("raw/", "index/pages/"))]
    assert set(copies) <= {"index/catalog.db"}  # where the sketch of an issue may hold a line of it
    with closing(sqlite3.connect(path)) as db:
        said = [str(row) for table in ("sections", "old_ids", "pages") for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608 - names of this file
        said += [unpack_transcript(*row).raw for row in db.execute("SELECT raw, words, edits FROM transcripts")]
    assert [text for text in said if SECRET in text.casefold()] == []


def damage_of(archive):
    """Name what the doctor calls damaged, or would mend."""
    found = [each for each in check(archive.root) if each.kind != "programs"]
    return [each.message for each in found if each.level is Level.PROBLEM or each.remedy]


# ---- erasing


def test_erasing_leaves_no_trace_of_the_text_in_any_file(two_issues):
    line = Correction(COMPOST, "word", "Kruiwagens", "kruiwagens", "drie kruiwagens meenemen.", "", "")
    other = Correction(f"{OTHER}-s0001", "tag", "markt", "", "", "", "")
    append_corrections(two_issues.settings.corrections_path, [line, other])
    two_issues.put("dubbel/nog eens.txt", MARCH)
    two_issues.ingest()
    shutil.copy(two_issues.settings.catalog_path, f"{two_issues.settings.catalog_path}.v1")
    assert len(holders(two_issues, SECRET)) >= 6  # two scans, page, catalogue and copy, corrections, index
    done = wipe(two_issues, ISSUE)
    assert holders(two_issues, SECRET) == []
    assert holders(two_issues, KEPT) == []
    assert sorted(done.files) == ["raw/dubbel/nog eens.txt", "raw/moestuinder-2019-03.txt"]
    assert (done.pages, done.corrections) == (1, 1)
    assert len(two_issues.found("plantenmarkt")) == 1
    assert [each.field for each in read_corrections(two_issues.settings.corrections_path)] == ["tag", *["withdraw"] * 2]
    assert "was withdrawn: by hand: not ours" in shown(two_issues, MEETING).notice


def test_copies_go_under_whatever_name(two_issues):
    copies = [".verborgen.txt", "oud.txt.bak", "weg/scan.dat", ".map/zonder", "map/geen.tiff.oud", "kopie.txt"]
    for name in copies:
        two_issues.put(name, MARCH)
    two_issues.put("ander.dat", APRIL)
    done = wipe(two_issues, ISSUE)
    assert set(done.files) == {"raw/moestuinder-2019-03.txt", *(f"raw/{name}" for name in copies)}
    assert holders(two_issues, SECRET) == []
    assert (two_issues.root / "raw" / "ander.dat").exists()


def test_what_an_earlier_ocr_read_of_a_scan_is_erased_with_it(two_issues):
    two_issues.put("moestuinder-2019-03.hocr", MARCH)
    assert "raw/moestuinder-2019-03.hocr" in wipe(two_issues, ISSUE).files
    assert holders(two_issues, SECRET) == []


def test_the_proof_would_find_text_that_deleted_rows_left_behind(two_issues):
    with sqlite3.connect(two_issues.settings.catalog_path) as db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DELETE FROM sections")
    db.close()
    assert "index/catalog.db" in holders(two_issues, SECRET)


def test_after_erasing_the_other_pages_are_as_they_were_and_ids_stay(two_issues):
    ids = two_issues.settings.ids_path.read_bytes()
    wipe(two_issues, ISSUE)
    assert two_issues.settings.ids_path.read_bytes() == ids
    assert [path.suffix for path in two_issues.settings.pages_dir.rglob("*") if path.is_file()] == [".gz"]
    report = two_issues.ingest()
    assert report.plan.changes_nothing
    assert two_issues.states() == {"raw/moestuinder-2019-04.txt": "ok"}


def test_pages_read_under_earlier_settings_are_erased_too(two_issues):
    toml = two_issues.root / "archive.toml"
    toml.write_text(toml.read_text() + "dpi = 200\n")
    two_issues.ingest(again=Again.REREAD)
    assert len(holders(two_issues, SECRET)) >= 4
    wipe(two_issues, ISSUE)
    assert holders(two_issues, SECRET) == []


def test_the_same_bytes_are_not_taken_in_again(two_issues):
    wipe(two_issues, ISSUE)
    two_issues.put("terug.txt", MARCH)
    report = two_issues.ingest()
    assert [(fault.path, fault.message) for fault in report.faults] == [
        ("raw/terug.txt", f"holds {ISSUE}, which was erased")
    ]
    assert two_issues.found(SECRET) == []
    assert [name for name in holders(two_issues, SECRET) if not name.startswith("raw/")] == []


def test_an_erasure_that_was_stopped_is_completed_by_the_same_command(two_issues, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("archive.pipeline.erase.Erasing.wipe_catalogue", stop)
        with pytest.raises(KeyboardInterrupt):
            wipe(two_issues, ISSUE)
    assert two_issues.found(SECRET) == []
    assert read_corrections(two_issues.settings.corrections_path)[-1].value == "erase"
    wipe(two_issues, ISSUE)
    assert read_corrections(two_issues.settings.corrections_path)[-1].value == "erased"
    assert holders(two_issues, SECRET) == []


def test_a_section_cannot_be_erased_because_its_scan_would_still_show_it(two_issues):
    before = files_under(two_issues.root)
    with pytest.raises(UsageError, match=f"its scan would still show it.*{ISSUE} --erase"):
        wipe(two_issues, COMPOST)
    assert files_under(two_issues.root).keys() == before.keys()
    assert two_issues.found(SECRET) == [COMPOST]


def test_issues_that_share_a_scan_are_erased_together_or_not_at_all(archive):
    archive.put("ingebonden.txt", f"{MARCH}\f{APRIL}")
    archive.ingest()
    assert len({each["issue_id"] for each in archive.sections()}) == 2
    with pytest.raises(UsageError, match=f"also holds {OTHER}"):
        wipe(archive, ISSUE)
    assert (archive.root / "raw" / "ingebonden.txt").exists()
    wipe(archive, ISSUE, OTHER)
    assert holders(archive, SECRET) == []
    assert archive.sections() == []


def test_two_scans_of_one_issue_are_erased_together_or_not_at_all(archive):
    archive.put("a.txt", LONG)
    archive.put("b.txt", another_scan(LONG))
    archive.ingest()
    with pytest.raises(UsageError, match=f"another scan of the same issue would remain: {ISSUE[:-1]}b"):
        wipe(archive, ISSUE)
    wipe(archive, ISSUE, f"{ISSUE[:-1]}b")
    assert holders(archive, SECRET) == []


def test_an_issue_of_another_date_stays_whatever_its_words(archive):
    archive.put("a.txt", LONG)
    archive.put("b.txt", LONG.replace("maart 2019", "juni 2021"))
    archive.ingest()
    hide(archive, ISSUE)
    assert {each["issue_id"] for each in archive.sections()} == {"de-moestuinder-2021-06-a"}


def test_a_hidden_issue_can_be_erased_later(two_issues):
    hide(two_issues, ISSUE)
    wipe(two_issues, ISSUE)
    assert holders(two_issues, SECRET) == []


def test_a_folder_of_page_images_goes_with_the_pages_that_were_read_in_it(archive):
    settings = archive.settings
    words = cache.pack_words([Word("Oudejaarsloterij")])
    for name, issue in (("map", "2001-01-01"), ("ander", "2002-01-01")):
        image = archive.put(f"{name}/1.png", name.encode())
        (found,) = (each for each in list_scans(settings.root, settings.raw_dir)[0] if each.file == f"raw/{name}")
        parsed = make_issue(date=issue, scan=hash_scan(settings.root, found))
        with open_catalog(settings.catalog_path, write=True) as catalog:
            state = {"size": found.size, "mtime_ns": found.mtime_ns, "reading_key": settings.reading_key()}
            put_scan(catalog, Register.load(settings.ids_path), (parsed,), file=found.file, **state)
        cache.store(settings.pages_dir, cache.page_key(hash_file(image), 1, settings.reading_key()), {"words": words})
    assert len(holders(archive, "oudejaarsloterij")) == 2
    archive.put(".map.png.oud", b"map")
    archive.put("nog een/1.png", b"map")
    archive.put("nog een/2.png", b"iets anders")
    done = wipe(archive, "kerngroep-oost-2001-01-01-a")
    assert (done.files, done.pages, done.left) == (("raw/.map.png.oud", "raw/map"), 1, ("raw/nog een/1.png",))
    assert len(holders(archive, "oudejaarsloterij")) == 1
    assert not (archive.root / "raw" / "map").exists()


def test_a_page_that_shows_what_was_withdrawn_gives_no_picture(two_issues):
    with open_catalog(two_issues.settings.catalog_path) as catalog:
        pages = {given: catalog.page(f"{given}-p0001") for given in (ISSUE, OTHER)}
    hide(two_issues, COMPOST)
    with open_catalog(two_issues.settings.catalog_path) as catalog:
        refuse_picture(two_issues.settings, catalog, pages[OTHER])
        with pytest.raises(UnreadableScanError, match="shows what was withdrawn"):
            refuse_picture(two_issues.settings, catalog, pages[ISSUE])
    hide(two_issues, ISSUE)
    given = f"{pages[ISSUE].sha256[:8]}-p0001"
    for picture in (
        lambda: draw_page(two_issues.settings, given, two_issues.root / "out.png"),
        lambda: Originals(two_issues.settings).find(given),
    ):
        with pytest.raises(UnreadableScanError, match="shows what was withdrawn"):
            picture()


def test_a_reader_that_keeps_the_log_is_said_and_the_erasure_stays_unfinished(two_issues, monkeypatch):
    monkeypatch.setattr("archive.catalog.connect._BUSY_S", 0.2)
    reader = sqlite3.connect(two_issues.settings.catalog_path)
    reader.execute("PRAGMA journal_mode")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sections").fetchall()
    with pytest.raises(ArchiveBusyError):
        wipe(two_issues, ISSUE)
    reader.close()
    wipe(two_issues, ISSUE)
    assert holders(two_issues, SECRET) == []


def test_kept_pages_are_json_in_gzip(two_issues):
    """The search for traces unpacks what the archive packs; should that change, it must follow."""
    for path in two_issues.settings.pages_dir.rglob("*.gz"):
        assert isinstance(json.loads(gzip.decompress(path.read_bytes())), dict)


# ---- the command


def test_the_command_says_what_it_did(two_issues, run, monkeypatch):
    monkeypatch.chdir(two_issues.root)
    hidden = run("withdraw", COMPOST, "--reason", "asked for")
    assert (hidden.exit_code, hidden.stdout) == (0, f"Withdrawn: {COMPOST}.\n")
    assert "by hand: asked for" in run("show", COMPOST).stderr
    assert SECRET not in run("export").stdout
    erased = run("--json", "withdraw", ISSUE, "--erase")
    answer = json.loads(erased.stdout)
    assert (answer["erased"], answer["ids"], answer["files"]) == (True, [ISSUE], ["raw/moestuinder-2019-03.txt"])
    assert run("withdraw", COMPOST, "--erase").exit_code == 2


@pytest.mark.parametrize(
    "change",
    [lambda archive: hide(archive, ISSUE), lambda archive: correct(archive.settings, [TAG], today=TODAY)],
    ids=["withdraw", "correct"],
)
def test_whoever_changes_the_archive_tidies_up_behind_a_killed_run(two_issues, change):
    settings = two_issues.settings
    (settings.index_dir / "work").mkdir()
    left = next(settings.pages_dir.glob("*")) / ".x.part"
    left.write_bytes(b"x")
    change(two_issues)
    assert not left.exists()
    assert not (settings.index_dir / "work").exists()


def test_without_its_register_nothing_is_withdrawn(two_issues):
    two_issues.settings.ids_path.unlink()
    with pytest.raises(BrokenArchiveError, match="is gone, and with it the ids"):
        hide(two_issues, ISSUE)


@pytest.mark.parametrize("given", [ISSUE, COMPOST])
def test_nothing_is_kept_of_the_first_page_to_tell_its_series(two_issues, given):
    hide(two_issues, given)
    two_issues.ingest(again=Again.REPARSE)
    with open_catalog(two_issues.settings.catalog_path) as catalog:
        assert [file for file, _ in catalog.sketches()] == ["raw/moestuinder-2019-04.txt"]
