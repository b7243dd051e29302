from hypothesis import given, settings
from hypothesis import strategies as st

from archive.catalog.words import boxes_at, pack_changes, pack_words, unpack_changes, unpack_words
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


def test_words_without_a_box_have_none():
    packed = pack_words([WordSpan(0, 3, 1, None, None, BlockRole.BODY, 0)])
    assert list(boxes_at(packed, [(0, 3)])) == []


def test_a_word_takes_some_ten_bytes():
    words = make_issue([make_section(text="De zaal in het buurthuis is weer open. " * 100)]).transcript.words
    assert len(pack_words(words)) < 10 * len(words)


def test_changes_come_out_as_they_went_in():
    edits = [Edit(3, 5, "ﬁ", "fi", "ligatures"), Edit(9, 10, "\n", " ", "hard-wrap")]
    assert unpack_changes(pack_changes(edits)) == [(3, 5, "fi", "ligatures"), (9, 10, " ", "hard-wrap")]
