"""Tests for keeping the pages that were read."""

import errno
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.model.pages import Block, BlockRole, Box, Candidate, Line, Page, PageStatus, TextSource, Word
from archive.reading import cache


def make_page() -> Page:
    words = (Word("Één", Box(1, 2, 3.5, 4), 0.93, 10.0, 1.4), Word("dag"))
    block = Block((Line(words, Box(1, 2, 9, 4)), Line(words[:1])), Box(1, 2, 9, 8), BlockRole.HEADING, "large")
    return Page(
        3, (block, Block((Line(words),))), TextSource.OCR, PageStatus.LOW, "dark", width=595.0, height=842.0, turned=90,
        skew=-0.4, language="nl", candidates=(Candidate(TextSource.OCR, 0.9, "why"),), reader="made", confidence=0.5,
    )  # fmt: skip


def test_a_page_comes_back_as_it_was(tmp_path):
    cache.store(tmp_path, "ab12", {"page": cache.pack_page(make_page())})
    kept = cache.load(tmp_path, "ab12")
    assert kept is not None
    assert cache.unpack_page(kept["page"]) == make_page()


def test_the_same_page_gives_the_same_bytes(tmp_path):
    for folder in ("een", "twee"):
        cache.store(tmp_path / folder, "ab12", {"page": cache.pack_page(make_page())})
    first, second = (path.read_bytes() for path in sorted(tmp_path.rglob("*.gz")))
    assert first == second


def test_a_key_changes_with_content_number_and_settings():
    keys = {
        cache.page_key("a", 1, "x"),
        cache.page_key("b", 1, "x"),
        cache.page_key("a", 2, "x"),
        cache.page_key("a", 1, "y"),
    }
    assert len(keys) == 4


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08\x00", b"no gzip at all", b"cut"])
def test_a_damaged_file_counts_as_absent(tmp_path, damage):
    cache.store(tmp_path, "ab12", {"page": 1})
    path = next(tmp_path.rglob("*.gz"))
    path.write_bytes(path.read_bytes()[:-9] if damage == b"cut" else damage)
    assert cache.load(tmp_path, "ab12") is None


def test_a_page_that_was_never_kept_is_absent(tmp_path):
    assert not cache.has(tmp_path, "ab12")
    assert cache.load(tmp_path, "ab12") is None


def test_a_full_disk_is_named_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    def full(*_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left on device"):
        cache.store(tmp_path, "ab12", {"page": 1})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_page_under_the_name_of_another_counts_as_absent(tmp_path):
    for key in ("ab12", "ab34"):
        cache.store(tmp_path, key, {"page": cache.pack_page(make_page())})
    one, other = sorted(tmp_path.rglob("*.gz"))
    one.write_bytes(other.read_bytes())
    assert cache.load(tmp_path, "ab12") is None
    assert cache.load(tmp_path, "ab34") is not None
