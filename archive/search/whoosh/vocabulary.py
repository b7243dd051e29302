r"""Which words of the archive may a query word stand for? The links that are kept beside the words.

    nl=vergader\0vergaderingen      a word by its stem, per language
    nl+opvang\0vluchtelingenopvang  a compound by the stem of each part
    <m…\0viuchtelingen              a word that no list knows, by length and shape, read forwards and backwards

Only made while indexing; this is where the word lists are used.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from archive.languages import is_known, word_zipf
from archive.search.compounds import inner_compounds, split_compound
from archive.search.misread import MIN_LETTERS
from archive.search.stems import is_closed, stems
from archive.search.whoosh.layout import SEPARATOR, shape_links

# A word that no list knows counts as one when the archive holds it this often, and then as rare.
_OWN_WORD = 3
_OWN_ZIPF = 2.6


class Vocabulary:
    """Collects the words of the sections that are added, and makes the links of those that are new."""

    def __init__(self, languages: Iterable[str], frequency: Callable[[str], int]) -> None:
        self._default = tuple(languages)
        self._frequency = frequency  # in how many sections of the index a word stands already
        self._counts: Counter[str] = Counter()
        self._printed: dict[str, str] = {}
        self._pairs: dict[tuple[str, str], None] = {}
        self.languages: set[str] = set()  # of the words that were added

    def add(self, words: Iterable[tuple[str, str]], language: str) -> None:
        """Note the words (folded, printed) of one section."""
        languages = (language,) if language not in {"", "und"} else self._default
        self.languages.update(languages)
        for word, printed in words:
            self._counts[word] += 1
            self._printed.setdefault(word, printed)
            for each in languages:
                self._pairs[each, word] = None

    def links(self, is_linked: Callable[[str], bool]) -> Iterator[tuple[str, list[str]]]:
        """Yield each word that is new in a language, with its links; `is_linked` tells which stand in the index."""
        for language, word in self._pairs:
            if word.isdecimal():
                continue
            by_stem = [f"{language}={stem}{SEPARATOR}{word}" for stem in self._stems_of(word, language)]
            if all(is_linked(link) for link in by_stem):
                continue
            parts = split_compound(word, language, lambda part, language=language: self._zipf(part, language))  # type: ignore[misc]
            telling = [part for part in parts if not is_closed(part, language)]  # voorjaar says nothing of "voor"
            telling += inner_compounds(word, parts)
            by_part = {f"{language}+{stem}{SEPARATOR}{word}" for part in telling for stem in stems(part, language)}
            yield word, [*by_stem, *sorted(by_part), *self._shapes(word, parts)]

    def _stems_of(self, word: str, language: str) -> list[str]:
        """Return the stems of a word, and of the word before its ending where that stands after an apostrophe."""
        found = list(stems(word, language))
        if "'" in word:
            found += stems(word.partition("'")[0], language)
        return list(dict.fromkeys(found))

    def _shapes(self, word: str, parts: tuple[str, ...]) -> list[str]:
        """Return two links of a word that looks misread: by its shape read forwards and backwards."""
        letters = sum(map(str.isalpha, word))  # a 1 or 0 among letters is a misread letter
        if len(word) < MIN_LETTERS or not word.isalnum() or 2 * letters <= len(word) or parts or self._is_word(word):
            return []
        return [f"{start}{SEPARATOR}{word}" for start in shape_links(word)]

    def _is_word(self, word: str) -> bool:
        languages = sorted(self.languages.union(self._default))
        return is_known(word, languages) or is_known(self._printed.get(word, word).casefold(), languages)

    def _zipf(self, word: str, language: str) -> float:
        known = word_zipf(word, language)
        if known or len(word) < MIN_LETTERS:
            return known
        often = self._counts[word] + self._frequency(word) >= _OWN_WORD
        return _OWN_ZIPF if often else 0.0
