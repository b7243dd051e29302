"""Which words of the lists may have been meant by one that is typed wrongly?

    dialise → dialyse        geneologie → genealogie        pootaardapels → pootaardappels

Asked only of words for which an archive holds nothing: the lists take tenths of a second to load.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from string import ascii_lowercase

from archive.languages import is_known, listed_zipf, unaccented_zipf
from archive.search.compounds import Splitter, compounding_languages

_LISTED = frozenset({"nl", "en", "fr", "de", "es"})  # languages whose lists can be asked about many words at once
_LEAST_LETTERS = 6  # shorter words are too like others
_MOST_LETTERS = 24  # what a longer one may be grows with the square of its letters, and the lists hold hardly any
_TWO_SLIPS = 8  # letters from which two are believed, one of them of the usual ones
_LEAST, _LEAST_PART = 2.0, 3.0  # how common what was meant must be on the Zipf scale
_HEAD = 4  # letters of the part before one that is put right
_MOST = 20
# What people type for each other, either way; they double letters, too, and leave one of two out.
_USUAL = (
    "i/y",
    "i/ij",
    "i/ie",
    "ei/ij",
    "ou/au",
    "c/k",
    "k/q",
    "s/z",
    "f/v",
    "t/d",
    "g/ch",
    "a/e",
    "e/i",
    "o/u",
    "t/th",
)


def meant_by(word: str, languages: Iterable[str]) -> list[str]:
    """Return words that may be meant by a folded one, the most common first; none for one that is known or a compound.

    They begin with the same letter, and differ by one that is wrong, missing, added or changes places with the next,
    or, where the word is long, by a usual slip beside that; or a compound does so in its last part.
    """
    listed = [language for language in languages if language in _LISTED]
    if not _LEAST_LETTERS <= len(word) <= _MOST_LETTERS or not listed or _is_right(word, listed):
        return []
    found = _commonest(_one_off(word), listed, _LEAST)
    if not found and len(word) >= _TWO_SLIPS:
        found = _commonest((other for slip in _slipped(word) for other in _one_off(slip)), listed, _LEAST)
    return found or [*_put_right_behind(word, [language for language in listed if language in compounding_languages()])]


def _is_right(word: str, languages: list[str]) -> bool:
    return is_known(word, languages) or any(_parts(word, language) for language in languages)


def _parts(word: str, language: str) -> tuple[str, ...]:
    return Splitter(language, partial(unaccented_zipf, language=language)).parts(word)


def _commonest(words: Iterable[str], languages: list[str], least: float) -> list[str]:
    """Return the most common of some words, those first; of equals by the alphabet."""
    common = listed_zipf(set(words), languages)
    some = [word for word, zipf in common.items() if zipf >= least]
    return sorted(some, key=lambda word: (-common[word], word))[:_MOST]


def _one_off(word: str) -> Iterator[str]:
    """Yield what differs from a word by one letter, but not the first, or by two that change places."""
    for at in range(1, len(word) + 1):
        start, rest = word[:at], word[at:]
        for letter in ascii_lowercase:
            yield f"{start}{letter}{rest}"
            if rest:
                yield f"{start}{letter}{rest[1:]}"
        if rest:
            yield start + rest[1:]
        if len(rest) > 1:
            yield f"{start}{rest[1]}{rest[0]}{rest[2:]}"


def _slipped(word: str) -> Iterator[str]:
    """Yield what a word becomes when one usual slip is undone."""
    for one, _, other in (pair.partition("/") for pair in _USUAL):
        for typed, meant in ((one, other), (other, one)):
            at = word.find(typed, 1)
            while at >= 0:
                yield f"{word[:at]}{meant}{word[at + len(typed) :]}"
                at = word.find(typed, at + 1)
    for at in range(1, len(word)):
        yield f"{word[:at]}{word[at]}{word[at:]}"
        if word[at] == word[at - 1]:
            yield f"{word[:at]}{word[at + 1 :]}"


def _put_right_behind(word: str, languages: list[str]) -> Iterator[str]:
    """Yield compounds that a word becomes when what stands behind its first part is put right."""
    for at in range(_HEAD, len(word) - _LEAST_LETTERS + 1):
        head, rest = word[:at], word[at:]
        if listed_zipf({head}, languages).get(head, 0.0) >= _LEAST_PART:
            for other in _commonest(_one_off(rest), languages, _LEAST_PART):
                if other != rest and any(_parts(head + other, language) for language in languages):
                    yield head + other
