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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from archive.languages import is_known, let_go, zipf_in
from archive.lexicon import Confusions, learn_confusions
from archive.search.compounds import Splitter, compounding_languages
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
        self._misread: dict[str, _Misread] = {}  # by language
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
        words = _JUDGED.findall(_BROKEN.sub("", raw) if "\n" in raw else raw)
        if language not in self._misread:
            self._misread[language] = _Misread(tuple(dict.fromkeys((language, *self._default))))
        seen = sum(map(self._misread[language].__getitem__, words)) + len(_SPECKS.findall(raw))
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
        splitters = {each: Splitter(each, self._zipf_in(each)) for each in self._by_language}
        # In order, whatever the order of the sections.
        words = ((splitters[language], word) for language, words in self._by_language.items() for word in sorted(words))
        for splitter, word in words:
            if word.isdecimal():
                continue
            by_stem = _by_stem(word, splitter.language)
            if all(is_linked(start + word) for start in by_stem):
                continue
            if lacking := completed(word, splitter):
                starts = [*by_stem, *_starts_of(lacking, splitter)]
                yield word, [start + word for start in starts]
                continue
            parts = splitter.split(word)
            # One that only its last part tells may still be misread, and has its shapes as well.
            by_part = _by_part(word, parts or splitter.before_tail(word), splitter)
            as_misread = [] if parts or not self._is_odd(word) else _as_misread(word, splitter)
            yield word, [start + word for start in (*by_stem, *by_part, *as_misread)]

    @staticmethod
    def let_go() -> None:
        """Let go of the word lists, which this holds on to as well until it is gone: a segment is written without."""
        let_go()

    def _is_odd(self, word: str) -> bool:
        """Tell whether this could be a misread word: letters for the most part, and in no word list."""
        letters = sum(map(str.isalpha, word))  # a 1 or 0 among letters is a misread letter
        return len(word) >= MIN_LETTERS and word.isalnum() and 2 * letters > len(word) and not self._is_word(word)

    def _is_word(self, word: str) -> bool:
        languages = sorted(self.languages.union(self._default))
        return is_known(word, languages) or (word in self._printed and is_known(self._printed[word], languages))

    def _zipf_in(self, language: str) -> Callable[[str], float]:
        """Return what tells how common a word is in a language or, where no list knows it, in this archive."""
        listed, counts = zipf_in(language), self._counts

        def zipf(word: str) -> float:
            known = listed(word)
            if known or len(word) < MIN_LETTERS:
                return known
            return _OWN_ZIPF if counts.get(word, 0) + self._frequency(word) >= _OWN_WORD else 0.0

        return zipf


class _Misread(dict[str, bool]):
    """Which words, as printed, are in no list of some languages and made of no words of one: told once for each.

    It goes by the lists alone, so that a section is judged alike whatever came before it.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        self._languages = languages
        able = [language for language in languages if language in compounding_languages()]
        self._splitters = [Splitter(language, zipf_in(language)) for language in able]

    def __missing__(self, printed: str) -> bool:
        if len(self) >= _MOST_KEPT:
            self.clear()
        word = fold(printed)
        known = is_known(word, self._languages) or is_known(printed.casefold(), self._languages)
        self[printed] = misread = not known and not any(splitter.split(word) for splitter in self._splitters)
        return misread


def _by_stem(word: str, language: str) -> list[str]:
    """Return how the links of a word by its stems begin, and by those before an apostrophe and an ending."""
    found = list(stems(word, language))
    if "'" in word:
        found += stems(word.partition("'")[0], language)
    return [f"{language}={stem}{SEPARATOR}" for stem in dict.fromkeys(found)]


def _by_part(word: str, parts: tuple[str, ...], splitter: Splitter) -> list[str]:
    """Return how the links of a compound by the stem of each part begin, in order."""
    language, telling = splitter.language, splitter.telling(word, parts)
    return sorted({f"{language}+{stem}{SEPARATOR}" for part in telling for stem in stems(part, language)})


def _starts_of(word: str, splitter: Splitter) -> list[str]:
    """Return how the links begin that lead to what stands for a word: by its stems, and by those of its parts."""
    return _by_stem(word, splitter.language) + _by_part(word, splitter.parts(word), splitter)


def _as_misread(word: str, splitter: Splitter) -> list[str]:
    """Return how the links of a word begin that looks misread: by what it was, and by its shape read on and back.

    What it was is marked by a second separator, for such a word is no inflection or compound but a likeness of one.
    """
    was = meant(word, splitter)
    starts = _starts_of(was, splitter) if was else []
    return [f"{start}{SEPARATOR}" for start in (*starts, *shape_links(word))]
