"""How the index is made, added to, replaced, and found to be damaged."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from archive.errors import ArchiveBusyError, ArchiveWriteError, BrokenArchiveError, ExitCode
from archive.search import load_backend
from archive.search.whoosh import stamp as stamps
from archive.search.whoosh.stamp import checked_stamp, damaged_files, read_stamp
from tests.search.conftest import section


def test_additions_changes_and_removals_are_seen_by_an_open_reader(index_of):
    index = index_of("brug", "sluis")
    assert index.find("brug OR sluis") == [1, 2]
    index.add(section(3, "brug"), section(2, "kade"))
    assert index.find("brug OR sluis") == [1, 3]
    assert index.find("kade") == [2]
    index.remove(1)
    assert index.find("brug") == [3]
    assert index.ask("*").total == 2


def test_what_is_not_committed_is_not_seen(index_of):
    index = index_of("brug")
    with load_backend().writer(index.directory) as writer:
        writer.add([section(2, "brug")])
        writer.remove([section(1, "")["id"]])
        assert index.find("brug") == [1]
    assert index.find("brug") == [1]


def test_the_last_of_two_additions_of_one_section_counts(index_of):
    index = index_of("brug")
    index.add(section(2, "sluis"), section(2, "kade"))
    assert (index.find("sluis"), index.find("kade"), index.ask("*").total) == ([], [2], 2)


def test_many_small_additions_end_in_few_segments_and_lose_nothing(index_of):
    index = index_of("brug 0")
    for number in range(2, 41):
        index.add(section(number, f"De brug bij de sluiswachterswoning nummer{number}"), generation=number)
        if number % 5 == 0:
            index.remove(number - 1)
    left = [number for number in range(1, 41) if number % 5 != 4]
    assert sorted(index.find("brug", limit=100)) == left
    assert [index.find(f"nummer{number}") for number in left[1:]] == [[number] for number in left[1:]]
    assert len(read_stamp(index.directory).segments) < 15
    assert index.kinds("sluiswachter")["sluiswachterswoning"] == "compound"


def test_the_stamp_holds_the_generation_and_is_read_without_whoosh(index_of):
    index = index_of("brug")
    index.add(section(2, "brug"), generation=7)
    assert index.backend.stamp() == 7
    code = (
        "import sys; from pathlib import Path;"
        "from archive.search.whoosh.stamp import read_stamp;"
        f"print(read_stamp(Path({str(index.directory)!r})).generation, 'whoosh' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["7", "False"]


def test_a_search_loads_neither_whoosh_nor_word_lists(index_of):
    index = index_of("De brug en de molenaar.", "Een moienaar.")
    code = (
        "import sys; from pathlib import Path; from archive.search import load_backend;"
        "from archive.search.query import parse_query; from archive.model.search import SearchRequest;"
        "from archive.search.snippets import Finder;"
        f"found = load_backend().open(Path({str(index.directory)!r})).search(parse_query('molenaar'), SearchRequest());"
        "print(found.total, *(n for n in ('whoosh', 'wordfreq', 'numpy', 'rapidfuzz', 'difflib') if n in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2"]


def test_a_reader_writes_nothing(index_of):
    index = index_of("brug", "sluis")
    before = {path: path.stat().st_mtime_ns for path in index.directory.rglob("*")}
    index.find("brug* OR sluis~")
    assert {path: path.stat().st_mtime_ns for path in index.directory.rglob("*")} == before


def test_a_rebuild_answers_from_the_old_index_until_it_is_committed(index_of):
    index = index_of("brug")
    with load_backend().rebuild(index.directory) as writer:
        writer.add([section(5, "brug")])
        assert index.find("brug") == [1]
        writer.commit(9)
    assert index.find("brug") == [5]
    assert index.backend.stamp() == 9
    assert len(list(index.directory.glob("index-*"))) == 1


def test_a_reader_that_is_open_outlives_the_index_it_reads(index_of):
    index = index_of("brug", "sluis")
    index.find("brug")
    snapshot = index.backend._current()
    with load_backend().rebuild(index.directory) as writer:
        writer.commit(9)
    assert snapshot.frequency("sluis") == 1


def test_a_search_starts_again_when_a_writer_takes_a_file_away(index_of, monkeypatch):
    index = index_of("brug", "brug")
    from archive.search.whoosh.segments import Segment

    real, left = Segment.ids, [FileNotFoundError(2, "gone")]

    def ids(self, numbers):
        if left:
            raise left.pop()
        return real(self, numbers)

    monkeypatch.setattr(Segment, "ids", ids)
    assert index.find("brug") == [1, 2]


def test_an_index_that_is_replaced_while_its_stamp_is_looked_for_is_no_damage(index_of, monkeypatch):
    index = index_of("brug")
    name = read_stamp(index.directory).folder.name
    answers = ["index-gone", "index-gone-too", name, name]
    monkeypatch.setattr(stamps, "_name_live", lambda _: answers.pop(0))
    assert read_stamp(index.directory).folder.name == name
    answers[:] = ["index-gone", "index-gone"]
    assert read_stamp(index.directory) is None


def test_a_question_that_comes_to_a_file_after_it_was_replaced_is_asked_again(index_of, monkeypatch):
    index = index_of("brug")
    name, snapshot = read_stamp(index.directory).folder.name, index.backend._current()
    with load_backend().rebuild(index.directory) as writer:
        writer.add([section(2, "sluis")])
        writer.commit(5)
    assert not (index.directory / name).exists()
    current, taken = index.backend._current, iter([snapshot])
    monkeypatch.setattr(index.backend, "_current", lambda: next(taken, None) or current())
    assert index.backend.hazards() == {}
    assert index.find("sluis") == [2]


def test_a_rebuild_that_is_given_up_leaves_the_old_index(index_of):
    index = index_of("brug")
    with load_backend().rebuild(index.directory) as writer:
        writer.add([section(5, "brug")])
    assert index.find("brug") == [1]


def test_a_kill_between_commit_and_stamp_leaves_what_was_stamped(index_of, monkeypatch):
    index = index_of("brug")
    from archive.search.whoosh import writer as module

    def die(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_stamp", die)
    with pytest.raises(KeyboardInterrupt):
        index.add(section(2, "brug"))
    monkeypatch.undo()
    (index.directory / "x").mkdir()
    assert index.find("brug") == [1]
    index.add(section(3, "brug"))
    assert index.find("brug") == [1, 3]


def files_of(index):
    folder = read_stamp(index.directory).folder
    return [path for path in folder.iterdir() if path.name in read_stamp(index.directory).files]


@pytest.mark.parametrize(
    "ending",
    [*(".trm", ".pst", ".wgt", ".plc", ".marks", ".toc"), *(".ids", ".lengths", ".lexicon", ".read", ".columns")],
)
@pytest.mark.parametrize("harm", ["flipped", "cut", "emptied", "gone"])
def test_damage_is_recognised_before_anything_is_opened(index_of, ending, harm, monkeypatch):
    index = index_of("brug en sluis")
    (path,) = [path for path in files_of(index) if path.name.endswith(ending)]
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :]
        path.write_bytes({"flipped": flipped, "cut": whole[:-1], "emptied": b""}[harm])
    monkeypatch.setattr("pickle.loads", pytest.fail)
    for ask in (lambda: index.find("brug"), index.backend.stamp, lambda: load_backend().writer(index.directory)):
        with pytest.raises(BrokenArchiveError) as raised:
            ask()
        assert raised.value.exit_code == ExitCode.BROKEN_ARCHIVE
        assert "archive reindex" in raised.value.hint


def test_an_index_of_another_version_or_machine_is_outdated(index_of, monkeypatch):
    index = index_of("brug")
    for name, value in (("INDEX_VERSION", 99), ("ANALYSIS_VERSION", 99)):
        with monkeypatch.context() as patch:
            patch.setattr(stamps, name, value)
            with pytest.raises(BrokenArchiveError, match="another version"):
                index.find("brug")
    path = read_stamp(index.directory).folder / "stamp.json"
    path.write_text(path.read_text().replace(sys.byteorder, "middle"))
    with pytest.raises(BrokenArchiveError, match="another version"):
        index.find("brug")


@pytest.mark.parametrize("live", ["", "../elsewhere", "index-nowhere", "\0"])
def test_a_pointer_that_leads_nowhere_is_damage(index_of, live):
    index = index_of("brug")
    (index.directory / "live").write_text(live)
    with pytest.raises(BrokenArchiveError):
        index.backend.stamp()


def test_a_pointer_out_of_the_folder_is_foreign(index_of, tmp_path):
    index = index_of("brug")
    shutil.copytree(read_stamp(index.directory).folder, tmp_path / "foreign")
    (index.directory / "live").write_text("../foreign")
    with pytest.raises(BrokenArchiveError):
        index.find("brug")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"generation": 1}', "null"])
def test_a_stamp_that_cannot_be_read_is_damage(index_of, text):
    index = index_of("brug")
    (read_stamp(index.directory).folder / "stamp.json").write_text(text)
    assert read_stamp(index.directory) is None
    with pytest.raises(BrokenArchiveError, match="damaged"):
        index.find("brug")


@pytest.mark.parametrize("name", [".", "live"])
def test_what_is_no_index_and_stands_in_its_place_makes_way(index_of, name):
    index = index_of("brug")
    place = index.directory / name
    if name == "live":
        place.unlink()
        place.mkdir()
    else:
        shutil.rmtree(place)
        index.directory.write_text("no folder")
    with pytest.raises(BrokenArchiveError):
        index.find("brug")
    with load_backend().rebuild(index.directory) as writer:
        writer.add([section(1, "sluis")])
        writer.commit(1)
    assert index.find("sluis")


def test_no_index_at_all_is_said(tmp_path):
    backend = load_backend().open(tmp_path / "whoosh")
    with pytest.raises(BrokenArchiveError, match=r"there is no full-text index\. Run `archive ingest`"):
        backend.stamp()


def test_large_files_are_believed_until_their_time_changes(index_of, monkeypatch):
    index = index_of("brug en sluis")
    monkeypatch.setattr(stamps, "_ALWAYS_CHECKED", 0)
    (path,) = [path for path in files_of(index) if path.name.endswith(".pst")]
    whole, status = path.read_bytes(), path.stat()
    os.utime(path, ns=(0, 0))  # copied without its times: read through, and whole
    checked_stamp(index.directory)
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(BrokenArchiveError):
        checked_stamp(index.directory)
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
    checked_stamp(index.directory)
    assert damaged_files(read_stamp(index.directory), every_byte=True) == [path.name]


def test_damage_that_shows_only_while_reading_is_told_as_damage(index_of, monkeypatch):
    index = index_of("brug en sluis")
    monkeypatch.setattr(stamps, "_ALWAYS_CHECKED", 0)
    (path,) = [path for path in files_of(index) if path.name.endswith(".trm")]
    status = path.stat()
    path.write_bytes(b"\0" * status.st_size)
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
    with pytest.raises(BrokenArchiveError):
        index.find("brug")


def test_a_fault_of_the_program_is_not_taken_for_damage(index_of, monkeypatch):
    index = index_of("brug")
    monkeypatch.setattr("archive.search.whoosh.scoring.recalled_leaf", lambda *_, **__: None.missing)
    with pytest.raises(AttributeError):
        index.find("brug")


def test_two_writers_do_not_meet(index_of):
    index = index_of("brug")
    with load_backend().writer(index.directory) as first:
        first.add([section(2, "brug")])
        with load_backend().writer(index.directory) as second, pytest.raises(ArchiveBusyError) as raised:
            second.add([section(3, "brug")])
        assert raised.value.exit_code == ExitCode.BUSY
        first.commit(2)
    assert index.find("brug") == [1, 2]


def test_a_full_disk_leaves_the_index_as_it_was(index_of, monkeypatch):
    index = index_of("brug")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.search.whoosh.writer.seal", full)
    with pytest.raises(ArchiveWriteError) as raised:
        index.add(section(2, "brug"))
    assert raised.value.exit_code == ExitCode.STORAGE
    monkeypatch.undo()
    assert index.find("brug") == [1]
    index.add(section(2, "brug"))
    assert index.find("brug") == [1, 2]


def test_an_added_index_answers_as_one_made_at_once(index_of, tmp_path):
    texts = [
        f"De {word} van het {other}." for word in ("brug", "sluis", "markt") for other in ("dorp", "buurthuis", "plein")
    ]
    sections = [section(number, text) for number, text in enumerate(texts, start=1)]
    once = index_of(*sections)
    (tmp_path / "second").mkdir()
    with load_backend().rebuild(tmp_path / "second") as writer:
        writer.commit(1)
    bit_by_bit = type(once)(tmp_path / "second")
    for number, one in enumerate(sections, start=2):
        bit_by_bit.add(one, generation=number)
    for query in ("brug", "huis", "markt plein", '"het dorp"', "b*", "sluis OR plein"):
        assert bit_by_bit.ask(query).ids == once.ask(query).ids


def test_a_stamp_is_plain_json(index_of):
    fields = json.loads((read_stamp(index_of("brug").directory).folder / "stamp.json").read_text())
    assert fields["generation"] == 1
    assert fields["languages"] == ["nl"]
