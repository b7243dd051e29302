"""Does `doctor` find each kind of damage, and does `--repair` bring everything back as it was?"""

import json
import os
import random
import shutil
import sqlite3

import pytest

from archive.catalog.store import open_catalog
from archive.doctor import check
from archive.doctor.finding import Level
from archive.errors import ExitCode, StorageError
from archive.pipeline.repair import REMEDIES, repair
from archive.search.whoosh.stamp import read_stamp
from tests.faults.disturbed import fork_workers, in_fork
from tests.reliability.conftest import FULL, copy, make

pytestmark = pytest.mark.full


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero(path):
    path.write_bytes(bytes(path.stat().st_size))


def zero_middle(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : 2 * len(content) // 3] = bytes(2 * len(content) // 3 - len(content) // 3)
    path.write_bytes(content)


def garble(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def empty(path):
    path.write_bytes(b"")


def remove(path):
    path.unlink()


def to_folder(path):
    path.unlink(missing_ok=True)
    path.mkdir()


def catalogue(archive):
    return archive.settings.catalog_path


def register(archive):
    return archive.settings.ids_path


def page(archive):
    return min(archive.settings.pages_dir.glob("*/*.json.gz"))


def live(archive):
    return archive.settings.whoosh_dir / "live"


def stamp(archive):
    return read_stamp(archive.settings.whoosh_dir).folder / "stamp.json"


def indexed(ending):
    def place(archive):
        found = read_stamp(archive.settings.whoosh_dir)
        return found.folder / next(name for name in sorted(found.files) if ending in name)

    return place


def swap_pages(archive):
    pages = sorted(archive.settings.pages_dir.glob("*/*.json.gz"))
    contents = [path.read_bytes() for path in pages]
    for path, content in zip(pages, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


def no_pages(archive):
    shutil.rmtree(archive.settings.pages_dir)


def no_index(archive):
    shutil.rmtree(archive.settings.whoosh_dir)


def index_is_a_file(archive):
    no_index(archive)
    archive.settings.whoosh_dir.write_text("x")


def older_index(archive):
    no_index(archive)
    shutil.copytree(archive.other["first"].settings.whoosh_dir, archive.settings.whoosh_dir)


def foreign_index(archive):
    generation = read_stamp(archive.settings.whoosh_dir).generation
    older_index(archive)
    path = stamp(archive)
    fields = json.loads(path.read_text())
    path.write_text(json.dumps(fields | {"generation": generation}))


def newer_index(archive):
    path = stamp(archive)
    fields = json.loads(path.read_text())
    path.write_text(json.dumps(fields | {"generation": 10_000}))


def other_version_of_index(archive):
    path = stamp(archive)
    fields = json.loads(path.read_text())
    path.write_text(json.dumps(fields | {"index_version": 0}))


def pointer_to_nothing(archive):
    live(archive).write_text("index-000000000000\n")


def pointer_out(archive):
    live(archive).write_text("../../elsewhere\n")


def foreign_catalogue(archive):
    with sqlite3.connect(catalogue(archive)) as db:
        db.execute("UPDATE issues SET id = 'x-' || id, own_id = 'x-' || own_id")
        db.execute("UPDATE sections SET id = 'x-' || id, own_id = 'x-' || own_id")
    db.close()


def rows_lost(table):
    def lose(archive):
        with sqlite3.connect(catalogue(archive)) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT min(rowid) FROM {table})")  # noqa: S608 - names of this file
        db.close()

    return lose


def table_lost(archive):
    with sqlite3.connect(catalogue(archive)) as db:
        db.execute("DROP TABLE transcripts")
    db.close()


def text_for_catalogue(archive):
    catalogue(archive).write_text("no database " * 1000)


def foreign_log(archive):
    catalogue(archive).with_name("catalog.db-wal").write_bytes(os.urandom(40_000))
    zero_middle(catalogue(archive))


def half_a_row(archive):
    path = register(archive)
    rows = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*rows[:3], rows[3][:20] + "\n", *rows[4:]]))


def zeros_among_rows(archive):
    path = register(archive)
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*rows[:2], bytes(len(rows[2]) - 1) + b"\n", *rows[3:]]))


def rows_gone(archive):
    path = register(archive)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:4]))


def lock_is_a_folder(archive):
    to_folder(archive.settings.lock_path)


def killed_run(archive):
    (archive.settings.index_dir / "work").mkdir()
    (archive.settings.index_dir / "work" / "page.pgm").write_bytes(bytes(100))


def half_written(archive):
    killed_run(archive)
    page(archive).with_name(".x.part").write_bytes(b"x")
    (archive.settings.whoosh_dir / ".live.1.tmp").write_bytes(b"x")


def abandoned_index(archive):
    shutil.copytree(stamp(archive).parent, archive.settings.whoosh_dir / "index-ffffffffffff")


def unstamped_segment(archive):
    killed_run(archive)
    (stamp(archive).parent / "MAIN_ffff.trm").write_bytes(b"x")


def empty_catalogue(archive):
    """Leave what a repair does that is ended when it has set the catalogue aside and opened a new one."""
    catalogue(archive).unlink()
    open_catalog(catalogue(archive), write=True).close()


def both_lost(archive):
    zero_middle(catalogue(archive))
    zero(stamp(archive))


def everything_but_pages(archive):
    catalogue(archive).unlink()
    no_index(archive)


def of(place, how):
    def damage(archive):
        how(place(archive))

    damage.__name__ = f"{place.__name__}-{how.__name__}"
    return damage


def damaged_decisions(archive):
    (archive.root / "decisions.csv").write_text("a line,of nothing\n", encoding="utf-8")


DAMAGES = {
    **{f"catalogue {how.__name__}": of(catalogue, how) for how in (cut, zero, zero_middle, empty, remove)},
    **{f"page {how.__name__}": of(page, how) for how in (cut, zero, garble, empty, remove)},
    **{f"pointer {how.__name__}": of(live, how) for how in (cut, zero, empty, remove, to_folder)},
    **{f"stamp {how.__name__}": of(stamp, how) for how in (cut, zero, empty, remove)},
    **{f"terms {how.__name__}": of(indexed(".trm"), how) for how in (cut, zero, garble, remove)},
    **{f"postings {how.__name__}": of(indexed(".pst"), how) for how in (cut, zero, garble)},
    **{f"contents {how.__name__}": of(indexed(".toc"), how) for how in (garble, remove)},
    "ids of the index": of(indexed(".ids"), garble),
    "register remove": of(register, remove),
    "register empty": of(register, empty),
    **{
        each.__name__: each
        for each in (
            *(swap_pages, no_pages, no_index, index_is_a_file, older_index, foreign_index, newer_index),
            *(other_version_of_index, pointer_to_nothing, pointer_out, foreign_catalogue, table_lost),
            *(text_for_catalogue, foreign_log, half_a_row, zeros_among_rows, rows_gone, lock_is_a_folder),
            *(killed_run, half_written, abandoned_index, unstamped_segment, both_lost, everything_but_pages),
        )
    },
    "empty catalogue": empty_catalogue,
    "damaged decisions": damaged_decisions,
    "pages of the ledger": rows_lost("pages"),
    "transcripts": rows_lost("transcripts"),
    "sections": rows_lost("sections"),
}


def mend_once(archive):
    fork_workers()
    repair(archive.settings, [(each.remedy, each.path) for each in damage_of(archive)])


def mend(archive, problems):
    """Repair as the command does, in a process with workers at hand."""

    def work():
        fork_workers()
        for _ in range(3):
            wanted = [(each.remedy, each.path) for each in check(archive.root) if each.remedy]
            if not wanted:
                return 0
            repair(archive.settings, wanted)
        return 1

    assert problems
    assert in_fork(work) == 0


def damage_of(archive):
    return [each for each in check(archive.root) if each.remedy]


def test_an_archive_at_rest_has_no_damage(stages):
    for archive in stages.values():
        assert damage_of(archive) == []


@pytest.mark.parametrize("kind", DAMAGES if FULL else list(DAMAGES)[::5])
def test_damage_is_found_and_mended(stages, tmp_path, kind):
    archive = copy(stages["second"], tmp_path / "archive")
    object.__setattr__(archive, "other", stages)
    DAMAGES[kind](archive)
    found = damage_of(archive)
    mend(archive, found)
    assert damage_of(archive) == []
    assert [each for each in check(archive.root) if each.level is Level.PROBLEM and each.kind != "programs"] == []
    expected, answer = stages["second"].answer(), archive.answer()
    assert answer.sections == expected.sections
    assert list(map(sorted, answer.found)) == list(map(sorted, expected.found))  # alike good hits may change places
    assert {row.split(",")[0] for row in answer.ids} >= {row.split(",")[0] for row in expected.ids}
    assert [each for each in archive.strays() if ".damaged-" not in each] == []


def test_each_remedy_of_the_doctor_is_one_of_the_repair(stages, tmp_path):
    remedies = set()
    for kind in (
        "catalogue cut",
        "page cut",
        "page remove",
        "no_index",
        "register remove",
        "killed_run",
        "lock_is_a_folder",
        "empty catalogue",
        "damaged decisions",
    ):
        archive = copy(stages["second"], tmp_path / kind.replace(" ", "-"))
        DAMAGES[kind](archive)
        remedies |= {each.remedy for each in damage_of(archive)}
    assert remedies == set(REMEDIES)


def test_a_repair_that_is_killed_leaves_nothing_that_is_called_well(stages, tmp_path):
    """End the repair of a catalogue of rubbish at any moment: it was mended, or the next step is told."""
    chance = random.Random("killed repair")  # noqa: S311 - the same each run
    for number in range(60 if FULL else 4):
        archive = copy(stages["second"], tmp_path / f"a{number}")
        text_for_catalogue(archive)
        moment = {"at": chance.randint(1, 250)}
        in_fork(lambda archive=archive: mend_once(archive), tmp_path / f"log{number}", **moment)
        mended = [each for each in damage_of(archive) if each.hint]
        assert mended or archive.answer().sections == stages["second"].answer().sections, moment
        if mended:
            mend(archive, mended)
        assert archive.answer().sections == stages["second"].answer().sections, moment
        shutil.rmtree(archive.root)


def test_a_catalogue_is_left_as_it_is_where_no_scans_are_there_to_make_it_from(stages, tmp_path):
    archive = copy(stages["second"], tmp_path / "archive")
    text_for_catalogue(archive)
    before = catalogue(archive).read_bytes()
    (archive.root / "raw").rename(archive.root / "away")
    (archive.root / "raw").mkdir()
    with pytest.raises(StorageError, match="nothing was changed"):
        repair(archive.settings, [("catalogue", "")])
    assert catalogue(archive).read_bytes() == before


def test_an_ingest_refuses_to_give_out_ids_anew(stages, tmp_path):
    archive = copy(stages["second"], tmp_path / "archive")
    register(archive).unlink()
    archive.put("blad-9.txt", "Iets nieuws over compost.")
    assert archive.ingest() == ExitCode.BROKEN_ARCHIVE
    assert not register(archive).exists()


def test_nothing_of_an_archive_without_scans_is_damaged(tmp_path):
    assert damage_of(make(tmp_path / "new")) == []
