import struct
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalog.words import boxes_at, pack_changes, pack_words, pages_at, unpack_changes, unpack_words
from archive.model.issues import Edit, WordSpan
from archive.model.pages import BlockRole, Box
from tests.factories import make_issue, make_section

sides = st.integers(-100_000, 1_000_000).map(lambda number: number / 100)
words = st.builds(
    WordSpan,
    start=st.integers(0, 10**8),
    end=st.integers(0, 10**8),
    page=st.integers(1, 10**5),
    box=st.none() | st.builds(Box, sides, sides, sides, sides),
    confidence=st.none() | st.integers(0, 1000).map(lambda number: number / 1000),
    role=st.sampled_from(BlockRole),
    block=st.integers(0, 10**6),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(words, max_size=20))
def test_words_come_out_as_they_went_in(given_words):
    assert unpack_words(pack_words(given_words)) == tuple(given_words)


def test_a_box_of_absurd_size_is_kept_within_bounds():
    [word] = unpack_words(pack_words([WordSpan(0, 1, 1, Box(-1e12, 0, 1e12, 5), 0.5, BlockRole.BODY, 0)]))
    assert word.box.x0 < -1e6 < 1e6 < word.box.x1
    assert (word.box.y0, word.box.y1) == (0, 5)


def test_the_boxes_of_a_span_are_those_of_the_words_in_it():
    parsed = make_issue([make_section(text="een twee drie vier")])
    packed = pack_words(parsed.transcript.words)
    raw = parsed.transcript.raw
    boxes = list(boxes_at(packed, [(raw.index("wee"), raw.index("drie") + 1)]))
    expected = [word.box for word in parsed.transcript.words[1:3]]
    assert boxes == [(1, box.x0, box.y0, box.x1, box.y1) for box in expected]


def many_words(count):
    return [WordSpan(6 * n, 6 * n + 5, 1 + n // 300, Box(n, 1, n + 1, 2), 0.5, BlockRole.BODY, n) for n in range(count)]


def as_in_version_1(words):
    """Pack words as they were kept before they were kept in parts."""
    columns = [
        *(list(column) for column in zip(*((word.start, word.end, word.page) for word in words), strict=True)),
        *(list(column) for column in zip(*((500, 0, word.block) for word in words), strict=True)),
        *([round(100 * getattr(word.box, side)) for word in words] for side in ("x0", "y0", "x1", "y1")),
    ]
    differences = [value - before for column in columns for before, value in pairwise([0, *column])]
    head = b'{"version": 1, "count": %d, "roles": ["body"]}\n' % len(words)
    return zlib.compress(head + struct.pack(f"<{len(differences)}i", *differences))


@pytest.mark.parametrize("pack", [pack_words, as_in_version_1])
@pytest.mark.parametrize("count", [1, 256, 257, 2000])
def test_words_of_several_parts_are_found_in_theirs(pack, count):
    words = many_words(count)
    packed = pack(words)
    assert unpack_words(packed) == tuple(words)
    for first, last in [(0, 0), (count - 1, count - 1), (count // 2 - 2, count // 2 + 2), (0, count - 1)]:
        some = words[max(first, 0) : last + 1]
        span = (some[0].start + 2, some[-1].end - 2)
        boxes = [(word.page, word.box.x0, word.box.y0, word.box.x1, word.box.y1) for word in some]
        assert list(boxes_at(packed, [span, span])) == 2 * boxes
        assert list(pages_at(packed, [span])) == [some[0].page]
    between = [(word.end, word.end + 1) for word in words]
    assert list(boxes_at(packed, between)) == []
    assert list(pages_at(packed, between)) == [*(word.page for word in words[1:]), None]


def test_for_the_boxes_of_a_few_words_one_part_is_read(monkeypatch):
    packed, sizes, decompress = pack_words(many_words(5000)), [], zlib.decompress
    monkeypatch.setattr(zlib, "decompress", lambda part: sizes.append(len(part)) or decompress(part))
    assert len(list(boxes_at(packed, [(6 * n, 6 * n + 5) for n in range(2100, 2105)]))) == 5
    assert len(sizes) == 1
    assert sizes[0] < len(packed) / 5


def test_words_without_a_box_have_none():
    packed = pack_words([WordSpan(0, 3, 1, None, None, BlockRole.BODY, 0)])
    assert list(boxes_at(packed, [(0, 3)])) == []


def test_a_word_takes_some_ten_bytes():
    words = make_issue([make_section(text="De zaal in het buurthuis is weer open. " * 100)]).transcript.words
    assert len(pack_words(words)) < 10 * len(words)


def test_changes_come_out_as_they_went_in():
    edits = [Edit(3, 5, "ﬁ", "fi", "ligatures"), Edit(9, 10, "\n", " ", "hard-wrap")]
    assert unpack_changes(pack_changes(edits)) == [(3, 5, "fi", "ligatures"), (9, 10, " ", "hard-wrap")]
