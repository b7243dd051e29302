from dataclasses import dataclass
from datetime import date

import pytest

from archive.errors import ArchiveWriteError, BrokenArchiveError
from archive.likeness import fingerprint
from archive.register import Names, Register

DAY = date(2024, 3, 1)
SCAN, OTHER = "a" * 64, "b" * 64
OPEN_DAY = "Kom allemaal naar de open dag in het buurthuis aan de Molenweg, met muziek en soep"
MEETING = "De ledenvergadering begint om acht uur in de kantine van de sporthal, agenda volgt"
WINTER = "Breng warme jassen, mutsen en handschoenen naar het inzamelpunt achter de kerk"
BOTH = f"{OPEN_DAY} {MEETING}"


@dataclass(frozen=True)
class Piece:
    fingerprint: str
    first_page: int = 1


@dataclass(frozen=True)
class Claim:
    sections: tuple[Piece, ...]
    date: str = "2022-06-15"
    first_page: int = 1
    slug: str = "kerngroep-oost"


def claim(*texts: str, **facts) -> Claim:
    return Claim(tuple(Piece(fingerprint(text)) for text in texts), **facts)


def name(register: Register, *claims: Claim, scan: str = SCAN, day: date = DAY) -> tuple[Names, ...]:
    names = register.name_scan(scan, claims, first_seen=register.first_seen(scan) or day)
    register.save()
    return names


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ids.csv"


@pytest.fixture
def register(path):
    return Register.load(path)


A = "kerngroep-oost-2022-06-15-a"


def test_an_issue_is_named_by_newsletter_date_and_edition(register):
    [names] = name(register, claim(OPEN_DAY, MEETING))
    assert names == Names(A, (f"{A}-s0001", f"{A}-s0002"))


def test_a_second_issue_of_the_same_day_gets_the_next_letter(register):
    name(register, claim(OPEN_DAY))
    [names] = name(register, claim(MEETING), scan=OTHER)
    assert names.issue_id == "kerngroep-oost-2022-06-15-b"


def test_an_issue_without_a_date_is_named_by_its_scan(register):
    first, second = name(register, claim(OPEN_DAY, date=""), claim(MEETING, date="", first_page=5))
    assert (first.issue_id, second.issue_id) == (f"undated-{SCAN[:8]}", f"undated-{SCAN[:8]}-b")


def test_two_issues_that_start_on_one_page_keep_an_id_each(path, register):
    issues = (claim(OPEN_DAY), claim(MEETING, date="2022-07-01"))
    first, second = name(register, *issues)
    assert first.issue_id != second.issue_id
    assert name(Register.load(path), *issues) == (first, second)


def test_a_date_that_is_corrected_does_not_rename_the_issue(register):
    name(register, claim(OPEN_DAY))
    [names] = name(register, claim(OPEN_DAY, date="2021-06-15", slug="nieuwe-naam"))
    assert names == Names(A, (f"{A}-s0001",))


def test_the_same_ids_come_back_from_the_file_alone(path, register):
    before = name(register, claim(OPEN_DAY, MEETING), claim(WINTER, date="", first_page=5))
    data = path.read_bytes()
    assert name(Register.load(path), claim(OPEN_DAY, MEETING), claim(WINTER, date="", first_page=5)) == before
    assert path.read_bytes() == data


def test_the_ids_after_many_changes_come_back_from_the_file_alone(path, register):
    name(register, claim(OPEN_DAY, MEETING, WINTER))
    name(register, claim(BOTH, WINTER))
    last = name(register, claim(WINTER, OPEN_DAY, MEETING))
    assert name(Register.load(path), claim(WINTER, OPEN_DAY, MEETING)) == last


def test_a_section_keeps_its_id_when_others_come_before_it(register):
    name(register, claim(OPEN_DAY, MEETING))
    [names] = name(register, claim(WINTER, OPEN_DAY, MEETING))
    assert names.section_ids == (f"{A}-s0003", f"{A}-s0001", f"{A}-s0002")


def test_a_number_is_never_given_twice(register):
    name(register, claim(OPEN_DAY, MEETING))
    name(register, claim(OPEN_DAY))
    [names] = name(register, claim(OPEN_DAY, WINTER))
    assert names.section_ids == (f"{A}-s0001", f"{A}-s0003")


def test_a_section_that_was_joined_to_another_moved_there(register):
    name(register, claim(OPEN_DAY, MEETING))
    [names] = name(register, claim(f"{OPEN_DAY} en bovendien nog veel meer. {MEETING}"))
    [kept] = names.section_ids
    [old] = names.old_ids
    assert {kept, old.id} == {f"{A}-s0001", f"{A}-s0002"}
    assert old.moved_to == kept


def test_a_section_whose_text_is_gone_is_withdrawn(register):
    name(register, claim(OPEN_DAY, MEETING))
    [names] = name(register, claim(OPEN_DAY))
    assert [(old.id, old.moved_to) for old in names.old_ids] == [(f"{A}-s0002", "")]


def test_an_issue_that_turned_out_to_be_part_of_another_moved_there_with_its_sections(register):
    name(register, claim(OPEN_DAY), claim(MEETING, date="2022-07-01", first_page=3))
    [names] = name(register, claim(OPEN_DAY, MEETING))
    late = "kerngroep-oost-2022-07-01-a"
    assert {old.id: old.moved_to for old in names.old_ids} == {late: A, f"{late}-s0001": f"{A}-s0002"}


def test_a_section_that_changes_a_little_at_a_time_keeps_its_id(register):
    words = [f"woord{number}" for number in range(60)]
    for step in range(0, 120, 10):
        text = " ".join([*words[step % 60 :], *(f"nieuw{number}" for number in range(step))][-60:])
        [names] = name(register, Claim((Piece(fingerprint(text), 7),)))
        assert names.section_ids == (f"{A}-s0001",)


def test_every_id_ever_given_resolves_after_any_change_of_sections(register):
    texts = {key: f"{key} {' '.join(f'{key}{n}' for n in range(20))}" for key in "abcdef"}
    given: set[str] = set()
    for sections in (["a", "b", "c"], ["a b", "c"], ["c", "a", "b", "d"], ["e"], ["d e f", "a"], ["b c", "a", "f"]):
        [names] = name(register, claim(*(" ".join(texts[key] for key in each.split()) for each in sections)))
        given |= set(names.section_ids)
        old = {each.id: each.moved_to for each in names.old_ids}
        assert given == set(names.section_ids) | set(old)
        assert set(old.values()) <= {"", *names.section_ids}


def test_the_day_a_scan_was_first_seen_stays(path, register):
    assert register.first_seen(SCAN) is None
    name(register, claim(OPEN_DAY))
    later = Register.load(path)
    name(later, claim(OPEN_DAY, MEETING), day=date(2030, 1, 1))
    assert Register.load(path).first_seen(SCAN) == DAY


def test_of_several_days_the_earliest_is_when_a_scan_was_first_seen(path, register):
    name(register, claim(OPEN_DAY))
    header, issue, section = path.read_text().splitlines()
    earlier = section.replace("s0001", "s0002").replace("2024-03-01", "2019-12-31")
    path.write_text(f"{header}\n{earlier}\n{issue}\n{section}\n")
    assert Register.load(path).first_seen(SCAN) == date(2019, 12, 31)


def test_the_file_is_only_ever_added_to(path, register):
    name(register, claim(OPEN_DAY))
    before = path.read_bytes()
    name(register, claim(MEETING), scan=OTHER)
    assert path.read_bytes().startswith(before)
    assert path.read_text().splitlines()[0] == "id,kind,sha256,first_page,fingerprint,first_seen"


def test_nothing_new_leaves_the_file_alone(path, register):
    name(register, claim(OPEN_DAY))
    before = path.stat().st_mtime_ns
    name(Register.load(path), claim(OPEN_DAY))
    assert path.stat().st_mtime_ns == before


def test_a_row_that_a_power_cut_tore_is_left_out_and_written_over(path, register):
    name(register, claim(OPEN_DAY))
    whole = path.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for torn in (last[:-12], last[:20], b"\0" * 40, last[:30] + b"\0" * 9, b"caf\xc3"):
        path.write_bytes(whole + torn)
        again = Register.load(path)
        assert again.find(f"{A}-s0001") is not None
        name(again, claim(OPEN_DAY, MEETING))
        assert Register.load(path).find(f"{A}-s0002") is not None
        assert path.read_bytes().startswith(whole)
        assert b"\0" not in path.read_bytes()
        path.unlink()
        path.write_bytes(whole)


def test_a_cut_at_any_byte_gives_the_same_ids_again(path, register):
    expected = name(register, claim(OPEN_DAY, MEETING), claim(WINTER, first_page=4, date="2022-07"))
    whole = path.read_bytes()
    for size in range(0, len(whole), 11):
        path.write_bytes(whole[:size])
        assert (
            name(Register.load(path), claim(OPEN_DAY, MEETING), claim(WINTER, first_page=4, date="2022-07")) == expected
        )
        assert path.read_bytes() == whole


def test_a_file_saved_by_a_spreadsheet_is_read(path, register):
    name(register, claim(OPEN_DAY))
    rows = path.read_text().replace("\n", "\r\n").rstrip("\r\n")
    path.write_text("\ufeff" + rows, newline="")
    again = Register.load(path)
    assert again.find(f"{A}-s0001") is not None
    name(again, claim(OPEN_DAY, MEETING))
    assert Register.load(path).find(f"{A}-s0002") is not None


@pytest.mark.parametrize(
    "line", ["nonsense", "a,section,b,1,not-a-print,2024-01-01", "a,issue,b,1,,1-6-2024", ",issue,b,1,,2024-01-01"]
)
def test_a_line_that_cannot_be_read_is_named(path, register, line):
    name(register, claim(OPEN_DAY))
    path.write_text(path.read_text() + line + "\n" + path.read_text().splitlines()[1] + "\n")
    with pytest.raises(BrokenArchiveError, match="line 4"):
        Register.load(path)


def test_a_full_disk_leaves_the_file_as_it_was(path, register, monkeypatch):
    name(register, claim(OPEN_DAY))
    before = path.read_bytes()
    monkeypatch.setattr("os.fsync", _raise_full)
    with pytest.raises(ArchiveWriteError, match="No space left"):
        name(register, claim(MEETING), scan=OTHER)
    assert path.read_bytes() == before
    monkeypatch.undo()
    register.save()
    assert Register.load(path).first_seen(OTHER) == DAY


def _raise_full(_: int) -> None:
    raise OSError(28, "No space left on device")
