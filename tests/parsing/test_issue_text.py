"""Is a piece of an issue's text looked up, not searched for from the beginning each time?"""

from hypothesis import given
from hypothesis import strategies as st

from archive.model.issues import Cleaned, Edit, Transcript, WordSpan
from archive.model.pages import BlockRole

_WORDS = 1000


def _words(starts):
    return [WordSpan(start, start + 1, 1, None, None, BlockRole.HEADING, 0) for start in starts]


class _Counted(tuple):
    """Counts how often one of its items is asked for."""

    __slots__ = ()
    asked = 0

    def __getitem__(self, at):
        type(self).asked += isinstance(at, int)
        return super().__getitem__(at)


@given(st.sets(st.integers(0, 50)), st.integers(0, 50), st.integers(0, 50))
def test_the_words_between_two_places_are_those_that_start_there(starts, start, end):
    words = _words(sorted(starts))
    found = Transcript("", tuple(words), ()).words_between(start, end)
    assert found == tuple(word for word in words if start <= word.start < end)


@given(st.sets(st.integers(0, 30)), st.integers(0, 32), st.integers(0, 32))
def test_an_edit_counts_where_it_starts(starts, start, end):
    raw = "abcdefghijklmnopqrstuvwxyzABCDEF"
    edits = tuple(Edit(at, at + 1, raw[at], f"<{raw[at]}>", "r") for at in sorted(starts))
    plain = "".join(f"<{sign}>" if at in starts else sign for at, sign in enumerate(raw) if start <= at < end)
    assert Cleaned(raw, edits).between(start, end) == plain


def test_of_many_words_few_are_looked_at():
    _Counted.asked = 0
    found = Transcript("", _Counted(_words(range(_WORDS))), ()).words_between(500, 503)
    assert [word.start for word in found] == [500, 501, 502]
    assert 0 < _Counted.asked < 50


def test_of_many_edits_few_are_looked_at():
    _Counted.asked = 0
    raw = "a" * _WORDS
    edits = _Counted(Edit(at, at + 1, "a", "b", "r") for at in range(_WORDS))
    assert Cleaned(raw, edits).between(500, 503) == "bbb"
    assert 0 < _Counted.asked < 50
