"""Which words were misread, and what do they say?

A word that no word list holds becomes the listed word that differs from it by one or two customary slips of OCR
(archive/data/confusions.toml: `rn` read as `m`, `l` as `i`, a lost diaeresis), if that word is common, far more so than
every other such word, and none of these is common too. Not all slips are customary: a word that is one letter off a
still more common one (`evets`: events, not evers) stays. The words of the same scan help: one printed elsewhere on it
needs to be less common. Names, words that stand three times on the scan, numbers, addresses, short words and words with
signs in them stay. A capital I at the start of a sentence that was read as a small l (`lk`, `ledereen`) is put right in
words of any length.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from importlib import resources
from string import ascii_lowercase

from archive.languages import listed_zipf, word_zipf
from archive.model.issues import Edit

ID = "misread-words"

_LANGUAGES = ("nl", "en")
# No list holds a word of more letters; what a longer one may be taken for grows with the cube of its length.
_WORD = re.compile(r"(?<![\w@.#/\\&'’\ue000-])[^\W\d_]{5,40}(?![\w@/\\\ue000-]|\.\w|['’]\w)")
_OPENING_L = re.compile(r"(?:(?<=[.!?:]\s)|(?<=\n\n)|(?<=\f))l[^\W\d_A-Z]+(?![\w@/\\\ue000-]|\.\w|['’]\w)")
_ENDINGS = ("te", "ten", "de", "den", "en", "s", "t", "je", "tje", "jes", "tjes", "e", "er", "ers", "ing", "ingen", "d")
_PREFIXES = (
    "aan",
    "af",
    "be",
    "bij",
    "door",
    "ge",
    "in",
    "mee",
    "na",
    "om",
    "on",
    "ont",
    "op",
    "over",
    "toe",
    "uit",
    "ver",
    "weg",
)
_SHORTEST = 5
_UNKNOWN_ZIPF = 1.5
_COMMON_ZIPF = 3.0
# How common a word must be that was meant, as of rarer ones too many are alike; less where it stands elsewhere too.
_MEANT_ZIPF, _MEANT_IN_SCAN_ZIPF = 4.0, 2.2
_LISTED_ZIPF = 1.3
_STEM_ZIPF = 2.5
_MOST_COMMON_ZIPF = 4.2  # no accent makes such a word more common still
_ACCENT_LEAD, _LEAD = 1.0, 1.5
_DOUBT_LEAD = 0.5  # a word one letter off that is so much more common was more likely meant
_RIVAL_ZIPF = 3.5  # a second word so common could have been meant, however common the first
_USUAL_ZIPF = 4.0  # a word that opens sentences
_A_NAME_TIMES = 3


# Pairs (as read, as meant) by the first letter as read.
Slips = Mapping[str, tuple[tuple[str, str], ...]]


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each word that was misread beyond doubt."""
    yield from _opening_capitals(raw)
    words = [(match.start(), match.group()) for match in _WORD.finditer(raw)]
    printed = Counter(word.casefold() for _, word in words)
    known: dict[str, str | None] = {}
    for start, word in words:
        if _may_be_a_rest(raw, start):
            continue
        if word not in known:
            known[word] = _repair(word, printed)
        better = known[word]
        if better is not None:
            yield Edit(start, start + len(word), word, better, ID)


def _opening_capitals(raw: str) -> Iterator[Edit]:
    """Yield an edit for each sentence that opens with a small l where a capital I makes a far more common word."""
    for match in _OPENING_L.finditer(raw):
        rest = match.group()[1:]
        if _zipf("i" + rest) >= max(_USUAL_ZIPF, _zipf("l" + rest) + _LEAD):
            yield Edit(match.start(), match.end(), match.group(), "I" + rest, ID)


def _may_be_a_rest(raw: str, start: int) -> bool:
    """Tell whether a word opens a block in small letters: the rest of a word broken elsewhere (`pe-`, `titie`)."""
    return raw[start].islower() and (start == 0 or raw[start - 2 : start] == "\n\n" or raw[start - 1] == "\f")


def _repair(word: str, printed: Counter[str]) -> str | None:
    """Return what a word should read, or None to let it stand."""
    small = word.casefold()
    own = _zipf(small)
    accent = _accented(small) if own < _MOST_COMMON_ZIPF else None
    if accent is not None:
        return _in_case_of(word, accent)
    if own >= _UNKNOWN_ZIPF or printed[small] >= _A_NAME_TIMES or _is_inflected(small):
        return None
    options = [
        (zipf, option)
        for zipf, option in _options(small)
        if zipf >= (_MEANT_IN_SCAN_ZIPF if option in printed else _MEANT_ZIPF)
    ]
    if not options or any(zipf >= _RIVAL_ZIPF or options[0][0] - zipf < _LEAD for zipf, _ in options[1:2]):
        return None
    best_zipf, best = options[0]
    return None if _most_common(_one_letter_off(small)) >= best_zipf + _DOUBT_LEAD else _in_case_of(word, best)


@lru_cache(maxsize=20_000)
def _is_inflected(word: str) -> bool:
    """Tell whether a word is a listed one with a common ending or beginning, or two listed ones in one."""
    if any(_zipf(word.removeprefix(one)) >= _UNKNOWN_ZIPF for one in _PREFIXES if word.startswith(one)):
        return True
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    if any(len(stem) >= _SHORTEST - 1 and _zipf(stem) >= _STEM_ZIPF for stem in stems):
        return True
    halves = ((word[:at], word[at:]) for at in range(_SHORTEST - 1, len(word) - _SHORTEST + 2))
    return any(_zipf(one) >= _COMMON_ZIPF and _zipf(two) >= _COMMON_ZIPF for one, two in halves)


def _in_case_of(word: str, better: str) -> str | None:
    """Return the better word with capitals where the word as read has them; None if its case is mixed."""
    if word.islower():
        return better
    if word.isupper():
        return better.upper()
    return better[0].upper() + better[1:] if word[1:].islower() else None


@lru_cache(maxsize=100_000)
def _zipf(word: str) -> float:
    return max(word_zipf(word, language) for language in _LANGUAGES)


@lru_cache(maxsize=20_000)
def _accented(word: str) -> str | None:
    """Return the word with the one other accent that makes it a far more common one, or None."""
    own = _zipf(word)
    best, best_zipf = None, max(own + _ACCENT_LEAD, _COMMON_ZIPF if own else _LISTED_ZIPF)
    for _, option in _swapped(word, _confusions("accents")):
        zipf = word_zipf(option, "nl")
        if zipf > best_zipf:
            best, best_zipf = option, zipf
    slipped = {option for _, option in _swapped(word, _confusions("slips"))}
    return None if best and _most_common(slipped) >= best_zipf + _LEAD else best  # `heéft` is heeft, not hééft


@lru_cache(maxsize=20_000)
def _options(word: str) -> tuple[tuple[float, str], ...]:
    """Return the listed words that differ by one slip, or by two in a long word; the most common first."""
    slips = _confusions("slips")
    once = list(_swapped(word, slips))
    options = {option for _, option in once}
    if len(word) > 2 * _SHORTEST - 1:
        # Two slips apart from each other come in either order: the second is looked for from the first on.
        options.update(again for at, option in once for _, again in _swapped(option, slips, start=max(0, at - 1)))
    listed = listed_zipf(options - {word}, _LANGUAGES)
    return tuple(sorted(((zipf, option) for option, zipf in listed.items()), reverse=True))


def _one_letter_off(word: str) -> set[str]:
    """Return what a word becomes by one letter more, less or other."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = ("", *ascii_lowercase)
    return {left + letter + right[gone:] for left, right in cuts for letter in letters for gone in (0, 1)}


def _most_common(words: AbstractSet[str]) -> float:
    return max(listed_zipf(words, _LANGUAGES).values(), default=0.0)


def _swapped(word: str, slips: Slips, *, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the word with each place from `start` on where a slip may have been put right, and the place."""
    for at in range(start, len(word)):
        for read, meant in slips.get(word[at], ()):
            if word.startswith(read, at):
                yield at, word[:at] + meant + word[at + len(read) :]


@lru_cache(maxsize=4)
def _confusions(kind: str) -> Slips:
    """Return the pairs (as read, as meant) of one table of confusions.toml, by the first letter as read."""
    table = tomllib.loads(resources.files("archive.data").joinpath("confusions.toml").read_text(encoding="utf-8"))
    pairs = [(read, meant) for read, meanings in table[kind].items() for meant in meanings]
    letters = dict.fromkeys(read[0] for read, _ in pairs)
    return {letter: tuple(pair for pair in pairs if pair[0][0] == letter) for letter in letters}
