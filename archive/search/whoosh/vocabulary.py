r"""Which words of the archive may a query word stand for? The links that are kept beside the words.

    nl=vergader\0vergaderingen      a word by its stem, per language
    nl+opvang\0vluchtelingenopvang  a compound by the stem of each part
    nl=zondag\0zon-en-feestdagen    a word that lacks its end because the next one has it, by what it is
    nl=tomat\0\0tornaten            a word that no list knows, by what it is most likely misread from, in the same ways
    <uiu…\0viuchtelingen            a word that no list knows, by its shape, read forwards and backwards

Only made while indexing; this is where the word lists are used.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial

from archive.languages import is_known, let_go, unaccented_zipf, word_zipf
from archive.lexicon import Confusions, learn_confusions
from archive.search.compounds import split_before_tail, split_compound, telling_parts
from archive.search.forms import fold
from archive.search.meant import meant
from archive.search.misread import MIN_LETTERS, believed_costs
from archive.search.stems import stems
from archive.search.suspended import completed
from archive.search.whoosh.layout import SEPARATOR, shape_links

# A word that no list knows counts as one when the archive holds it this often, and then as rare.
_OWN_WORD = 3
_OWN_ZIPF = 2.6
_MOST_KEPT = 50_000
# Signs of damage for a word that the engine doubts altogether, and, where its doubt is not known, for each sign seen
# beside those that sound text shows too; from the newsletters of tests/newsletters/tune, worn and read by Tesseract.
_PER_DOUBT = 7.5
_DOUBTED_UNSEEN = 4.2
_SEEN_IN_SOUND = 0.012  # for each word
_JUDGED = re.compile(r"[^\W\d_]{4,}")
_BROKEN = re.compile(r"(?<=\w)[-‐]\s*\n\s*(?=\w)")  # a word broken at the end of a line
_SPECKS = re.compile(r"(?<!\S)[^\w\s]{1,3}(?!\S)|\w[\\|}{~°©®»«=_;:]\w|\w[^\w\s.'’-]{2,}\w")


class Vocabulary:
    """Collects the words of the sections that are added, and makes the links of those that are new."""

    def __init__(self, languages: Iterable[str], frequency: Callable[[str], int]) -> None:
        self._default = tuple(languages)
        self._frequency = frequency  # in how many sections of the index a word stands already
        self._counts: Counter[str] = Counter()
        self._printed: dict[str, str] = {}  # in small letters, where that is not the folded word
        self._by_language: dict[str, dict[str, None]] = {}
        self._odd: dict[tuple[str, str], bool] = {}  # as printed, so that it is told alike whatever came before
        self.languages: set[str] = set()  # of the words that were added

    def add(self, words: Mapping[str, str], language: str) -> None:
        """Note the words of one section, each with one spelling as printed."""
        languages = (language,) if language not in {"", "und"} else self._default
        self.languages.update(languages)
        known = self._counts
        new = {word: printed.casefold() for word, printed in words.items() if word not in known}
        self._printed |= {word: printed for word, printed in new.items() if printed != word}
        known.update(words.keys())
        for each in languages:
            self._by_language.setdefault(each, {}).update(dict.fromkeys(words))

    def judge(self, raw: str, language: str, confidence: float | None) -> tuple[int, int]:
        """Return how many words of a section can be judged, as they were read, and how many signs of damage there are.

        Signs are words that no list knows and that are made of none that it knows, specks read as punctuation, and
        what the engine doubted: as far as its confidence falls short of 1. Where that is not known, the others stand
        for it.
        """
        words = _JUDGED.findall(_BROKEN.sub("", raw))
        odd = sum([self._looks_misread(word, language) for word in words])
        seen = odd + len(_SPECKS.findall(raw))
        if confidence is None:
            doubted = max(0.0, seen - len(words) * _SEEN_IN_SOUND) * _DOUBTED_UNSEEN
        else:
            doubted = len(words) * (1 - confidence) * _PER_DOUBT
        return len(words), round(seen + doubted)

    def learn(self) -> Confusions:
        """Return what the words that were added say of how this archive is misread."""
        odd = [word for word, times in self._counts.items() if times < _OWN_WORD and self._is_odd(word)]
        known = {word: times for word, times in self._counts.items() if word.isalpha() and not self._is_odd(word)}
        return learn_confusions(known, odd, believed=believed_costs())

    def links(self, is_linked: Callable[[str], bool]) -> Iterator[tuple[str, list[str]]]:
        """Yield each word that is new in a language, with its links; `is_linked` tells which stand in the index."""
        zipf = {
            language: lru_cache(maxsize=_MOST_KEPT)(partial(self._zipf, language=language))
            for language in self._by_language
        }
        # In order, so that what one word begins with is still known when the next one is split.
        words = ((language, word) for language, words in self._by_language.items() for word in sorted(words))
        for language, word in words:
            if word.isdecimal():
                continue
            by_stem = [f"{language}={stem}{SEPARATOR}{word}" for stem in self._stems_of(word, language)]
            if all(is_linked(link) for link in by_stem):
                continue
            if lacking := completed(word, language, zipf[language]):
                starts = self._starts_of(lacking, language, zipf[language])
                yield word, [*by_stem, *(start + word for start in starts)]
                continue
            parts = split_compound(word, language, zipf[language])
            # One that only its last part tells may still be misread, and has its shapes as well.
            told = parts or split_before_tail(word, language, zipf[language])
            by_part = [start + word for start in _by_part(word, told, language, zipf[language])]
            as_misread = [] if parts or not self._is_odd(word) else self._as_misread(word, language, zipf[language])
            yield word, [*by_stem, *by_part, *as_misread]

    @staticmethod
    def let_go() -> None:
        """Let go of the word lists: a segment is written without them."""
        _listed_in.cache_clear()
        let_go()

    def _stems_of(self, word: str, language: str) -> list[str]:
        """Return the stems of a word, and of the word before its ending where that stands after an apostrophe."""
        found = list(stems(word, language))
        if "'" in word:
            found += stems(word.partition("'")[0], language)
        return list(dict.fromkeys(found))

    def _as_misread(self, word: str, language: str, zipf: Callable[[str], float]) -> list[str]:
        """Return the links of a word that looks misread: by what it was, and by its shape read forwards and backwards.

        What it was is marked by a second separator, for such a word is no inflection or compound but a likeness of one.
        """
        was = meant(word, language, zipf)
        starts = self._starts_of(was, language, zipf) if was else []
        shapes = [f"{start}{SEPARATOR}{word}" for start in shape_links(word)]
        return [*(f"{start}{SEPARATOR}{word}" for start in starts), *shapes]

    def _starts_of(self, word: str, language: str, zipf: Callable[[str], float]) -> list[str]:
        """Return how the links begin that lead to what stands for a word: by its stems, and by those of its parts."""
        told = split_compound(word, language, zipf) or split_before_tail(word, language, zipf)
        by_stem = [f"{language}={stem}{SEPARATOR}" for stem in self._stems_of(word, language)]
        return by_stem + _by_part(word, told, language, zipf)

    def _is_odd(self, word: str) -> bool:
        """Tell whether this could be a misread word: letters for the most part, and in no word list."""
        letters = sum(map(str.isalpha, word))  # a 1 or 0 among letters is a misread letter
        return len(word) >= MIN_LETTERS and word.isalnum() and 2 * letters > len(word) and not self._is_word(word)

    def _looks_misread(self, printed: str, language: str) -> bool:
        """Tell whether a word is in no list of its language and made of no words of it."""
        key = (printed, language)
        odd = self._odd.get(key)
        if odd is None:
            if len(self._odd) >= _MOST_KEPT:
                self._odd.clear()
            word, languages = fold(printed), tuple(dict.fromkeys((language, *self._default)))
            known = is_known(word, languages) or is_known(printed.casefold(), languages)
            odd = not known and not any(split_compound(word, each, _listed_in(each)) for each in languages)
            self._odd[key] = odd
        return odd

    def _is_word(self, word: str) -> bool:
        languages = sorted(self.languages.union(self._default))
        return is_known(word, languages) or (word in self._printed and is_known(self._printed[word], languages))

    def _zipf(self, word: str, language: str) -> float:
        known = unaccented_zipf(word, language)
        if known or len(word) < MIN_LETTERS:
            return known
        often = self._counts.get(word, 0) + self._frequency(word) >= _OWN_WORD
        return _OWN_ZIPF if often else 0.0


def _by_part(word: str, parts: tuple[str, ...], language: str, zipf: Callable[[str], float]) -> list[str]:
    """Return how the links of a compound by the stem of each part begin, in order."""
    telling = telling_parts(word, parts, language, zipf)
    return sorted({f"{language}+{stem}{SEPARATOR}" for part in telling for stem in stems(part, language)})


@cache
def _listed_in(language: str) -> Callable[[str], float]:
    """Return what tells how common a word is by the list of a language; parts of compounds are asked for often."""
    return lru_cache(maxsize=_MOST_KEPT)(partial(word_zipf, language=language))
