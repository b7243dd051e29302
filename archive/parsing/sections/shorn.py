"""How do the rows of a dump read without specks, how wide is their column, and which of them stand elsewhere too?

An engine reads specks beside a line as signs or single letters (`. Ledenvergadering :`). They hide where a sentence
ends and make a heading look like none, so whoever asks how a line reads looks at it shorn of them; nothing is cut from
the text itself.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from rapidfuzz import fuzz

from archive.parsing.lines import plain_words
from archive.parsing.sections.echo import Echoes
from archive.parsing.sections.rows import Row

_SHOWS = re.compile(r"\w")
_LONE = re.compile(r"[a-z_]")
_SPECKS = "'\"‘’“”„_.,:;…*=°|~-–— "
_NEAR = 12  # rows on both sides that show how wide the column is
_FULL = 0.8  # of the width, of a line of running text
_ROOM = 0.95  # of the width: a line that with the next word stays below it had room for that word
_LEAST_SIGNS, _MOST_SIGNS, _MOST_LINES = 8, 80, 120  # of lines that are looked for elsewhere
_SAME = 82


def shorn(text: str) -> str:
    """Return a line without the specks at its ends; the line as it is if nothing else is there."""
    words = text.split()
    while words and (not _SHOWS.search(words[-1]) or _LONE.fullmatch(words[-1])):
        words.pop()
    while words and (not _SHOWS.search(words[0]) or _is_speck_before(words)):
        words.pop(0)
    return " ".join(words).lstrip(_SPECKS) or text


def _is_speck_before(words: Sequence[str]) -> bool:
    """Tell whether the first word is a scratch that was read as a letter: `i Notulen`."""
    return _LONE.fullmatch(words[0]) is not None and len(words) > 1 and words[1][0].isupper()


class ShornRows:
    """The rows of an issue: `rows` as they are, `texts` without specks, `widths` of their column in signs, `echoes`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Look at all rows of an issue once."""
        self.rows = rows
        self.texts = [shorn(row.text) for row in rows]
        self.echoes = Echoes(self.texts)
        lengths = [len(text) for text in self.texts]
        self.widths = [_width(lengths, at) for at in range(len(rows))]
        running = (self.is_full(at) and not row.opens_block for at, row in enumerate(rows))
        self._text_above = list(accumulate(running, initial=False, func=lambda seen, now: seen or now))
        short = (at for at, length in enumerate(lengths) if _LEAST_SIGNS <= length <= _MOST_SIGNS)
        self._words = {at: plain_words(self.texts[at]) for at, _ in zip(short, range(_MOST_LINES), strict=False)}

    def is_full(self, at: int) -> bool:
        """Tell whether a row is as long as those of running text are here."""
        return len(self.texts[at]) > _FULL * self.widths[at]

    def had_room(self, at: int) -> bool:
        """Tell whether the first word of the next row would have fitted behind a row."""
        word = self.texts[at + 1].split()[0]
        return len(self.texts[at]) + 1 + len(word) <= _ROOM * self.widths[at]

    def elsewhere(self, at: int) -> Iterator[tuple[str, float]]:
        """Yield where a row stands too: in a table of contents above all text, below one, on other pages.

        Only the first short rows are compared, so that a long dump costs no more than its length.
        """
        above_all = not self._text_above[at]
        yield "before any text", float(above_all)
        mine = self._words.get(at)
        if mine:
            alike = [n for n, words in self._words.items() if n != at and fuzz.ratio(mine, words, score_cutoff=_SAME)]
            yield "stands above all text too", float(any(n < at and not self._text_above[n] for n in alike))
            yield "stands further down too", float(above_all and any(n > at for n in alike))
            yield "comes again and again", float(len({self.rows[n].page for n in alike}) > 1)


def _width(lengths: Sequence[int], at: int) -> float:
    """Return how many signs a full line has around a row."""
    near = sorted(lengths[max(0, at - _NEAR) : at + _NEAR])
    return float(max(1, near[len(near) * 3 // 4]))
