"""How does raw text become readable, and how do we get back?

Every change is an Edit on the raw text, so that nothing is lost: the edits undone give the raw text again, and each
offset of the clean text leads back to the raw text, its words and their boxes. Rules see the raw text with what earlier
edits took out written as BLANK, one for each character, so that offsets stay true.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from archive.model.issues import Cleaned, Edit, Transcript, WordSpan
from archive.model.pages import BlockRole, TextSource
from archive.parsing.lines import BLANK
from archive.protocols import Rule

# Rules that mend what an engine misread: where no engine read, there is nothing for them to mend.
_MEND_READING = frozenset({"misread-words"})
_SET_ASIDE = {BlockRole.FURNITURE: "furniture", BlockRole.PICTURE: "picture"}


def clean(
    raw: str, rules: Sequence[Rule], *, first: Sequence[Edit] = (), typed: Sequence[tuple[int, int]] = ()
) -> Cleaned:
    """Find the edits that make a raw text readable.

    Where two edits want the same characters the earlier rule wins. An edit that only reaches over characters that
    earlier edits took out is made around them.

    Args:
        raw: The text of an issue as it was read (Transcript.raw).
        rules: The rules, those that win first.
        first: Edits that come before all rules: words set aside by their role, corrections.
        typed: Spans whose letters were typed, not read (`typed_spans`); their words are not taken for misread ones.

    Returns:
        The raw text with its edits, sorted and none overlapping another.
    """
    taken = _Taken(raw)
    for edit in sorted(first, key=lambda edit: (edit.start, edit.end)):
        taken.add(edit)
    for rule in rules:
        for edit in list(rule.find(taken.masked)):
            if rule.ID not in _MEND_READING or not any(start <= edit.start < end for start, end in typed):
                taken.add(edit)
    return Cleaned(raw, taken.edits())


def typed_spans(transcript: Transcript) -> tuple[tuple[int, int], ...]:
    """Return the spans of the raw text that come from pages born digital: a text layer was all there was to read."""
    sources = {page.number: {each.source for each in page.candidates} for page in transcript.pages}
    typed = {number for number, found in sources.items() if found == {TextSource.TEXT_LAYER}}
    runs = groupby(transcript.words, key=lambda word: word.page)
    placed = [(page, list(words)) for page, words in runs]
    return tuple((words[0].start, words[-1].end) for page, words in placed if page in typed)


def set_aside(transcript: Transcript) -> tuple[Edit, ...]:
    """Make the edits that take furniture and letters read out of pictures out of the text.

    Neighbours that go for the same reason go in one edit, with the white space between them.
    """
    return tuple(_set_aside_runs(transcript))


def undo(text: str, edits: Sequence[Edit]) -> str:
    """Give the raw text back from a clean text and its edits (sorted, as `clean` leaves them)."""
    parts: list[str] = []
    at, shift = 0, 0
    for edit in edits:
        start = edit.start + shift
        parts += [text[at:start], edit.before]
        at = start + len(edit.after)
        shift += len(edit.after) - len(edit.before)
    parts.append(text[at:])
    return "".join(parts)


def to_raw(cleaned: Cleaned, start: int, end: int) -> tuple[int, int]:
    """Lead from `cleaned.text[start:end]` to the span of the raw text that it was made from.

    An offset inside the text that an edit put in leads to the edges of what that edit replaced.
    """
    raw_start, _ = _raw_edges(cleaned.edits, start)
    _, raw_end = _raw_edges(cleaned.edits, max(start, end - 1))
    return (raw_start, raw_end) if end > start else (raw_start, raw_start)


def _raw_edges(edits: Sequence[Edit], offset: int) -> tuple[int, int]:
    """Return the raw span of the one clean character at `offset`."""
    shift = 0
    for edit in edits:
        if offset < edit.start + shift:
            break
        if offset < edit.start + shift + len(edit.after):
            return edit.start, edit.end
        shift += len(edit.after) - len(edit.before)
    return offset - shift, offset - shift + 1


def _set_aside_runs(transcript: Transcript) -> Iterator[Edit]:
    raw = transcript.raw
    for role, group in groupby(transcript.words, key=lambda word: word.role):
        if role not in _SET_ASIDE:
            continue
        for words in _unbroken(list(group), raw):
            start, end = words[0].start, words[-1].end
            yield Edit(start, end, raw[start:end], "", _SET_ASIDE[role])


def _unbroken(words: Sequence[WordSpan], raw: str) -> Iterator[list[WordSpan]]:
    """Cut a run of words where the raw text holds more than white space between two of them."""
    run = [words[0]]
    for before, word in pairwise(words):
        if raw[before.end : word.start].strip():
            yield run
            run = []
        run.append(word)
    yield run


class _Taken:
    """Which characters of the raw text are spoken for, and by which edits."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._starts: list[int] = []
        self._edits: list[Edit] = []
        self._masked = list(raw)

    @property
    def masked(self) -> str:
        """The raw text with what was taken out written as BLANK."""
        return "".join(self._masked)

    def edits(self) -> tuple[Edit, ...]:
        """The edits so far, in order."""
        return tuple(self._edits)

    def add(self, edit: Edit) -> None:
        """Take an edit in, if no earlier one wants other than to take out the same characters."""
        if not 0 <= edit.start < edit.end <= len(self._raw):
            return
        after = edit.after
        for start, end in self._free_parts(edit.start, edit.end):
            before = self._raw[start:end]
            if before != after:
                self._insert(Edit(start, end, before, after, edit.rule))
            after = ""

    def _free_parts(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Return the parts of a span that are still free; none if an edit in it did more than take text out."""
        low = max(0, bisect_right(self._starts, start) - 1)
        parts: list[tuple[int, int]] = []
        at = start
        for edit in self._edits[low:]:
            if edit.end <= start:
                continue
            if edit.start >= end:
                break
            if edit.after or edit.start < start or edit.end > end:
                return ()
            if at < edit.start:
                parts.append((at, edit.start))
            at = edit.end
        if at < end:
            parts.append((at, end))
        return parts

    def _insert(self, edit: Edit) -> None:
        place = bisect_right(self._starts, edit.start)
        self._starts.insert(place, edit.start)
        self._edits.insert(place, edit)
        if not edit.after:
            self._masked[edit.start : edit.end] = BLANK * (edit.end - edit.start)
