"""Do the words of a line come back around it, and do the texts above and below it speak of the same?

A heading names what its text is about, and what is about something else stands above it. Words that begin alike count
as one, whatever their endings are or were misread as.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_WORD, _OPENING = re.compile(r"[^\W\d_]{5,}"), 5  # letters
_ABOVE, _BELOW, _SIDE = 10, 12, 8  # rows
_MOST_ROWS = 6  # that hold a word which says what a text is about
_SURE = 4  # such words on both sides


class Echoes:
    """The words of an issue's rows, to be looked for around any of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Look at all rows of an issue once."""
        self._words = [[word[:_OPENING].casefold() for word in _WORD.findall(text)] for text in texts]
        rows = Counter(word for words in self._words for word in set(words))
        self._common = {word for word, times in rows.items() if times > _MOST_ROWS}

    def of(self, first: int, last: int) -> Iterator[tuple[str, float]]:
        """Yield how many words of rows `first` up to `last` come back, and whether the text goes on around them."""
        mine = [word for words in self._words[first:last] for word in words]
        if mine:
            below, above = self._among(last, last + _BELOW), self._among(first - _ABOVE, first)
            yield "words come below", sum(word in below for word in mine) / len(mine)
            yield "words come above", sum(word in above for word in mine) / len(mine)
        both = self._among(first - _SIDE, first) & self._among(last, last + _SIDE)
        yield "text goes on about it", min(1.0, len(both - self._common) / _SURE)

    def _among(self, first: int, last: int) -> set[str]:
        return {word for words in self._words[max(0, first) : last] for word in words}
