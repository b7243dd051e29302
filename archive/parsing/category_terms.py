"""Which terms of a category stand in a text, and where?"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.parsing.categories import CategoryRules
from archive.parsing.taken import Taken

_LETTERS = r"[^\W_]*"
# By so many letters at the start of its words a text shows that it holds none of the terms of a list. What comes after
# the `*` of a term need not be a start.
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]{1,6}")
_WRITTEN_START = re.compile(r"(?<![^\W_])(?<!\*)[^\W_]{1,6}")


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term of a category, found at `start` to `end` of the folded text, with its weight."""

    category: str
    text: str
    start: int
    end: int
    weight: float


def fold(text: str) -> str:
    """Write a text in small letters without accents and with plain apostrophes, character for character."""
    return text.translate(_FOLDED)


def find_terms(folded: str, rules: CategoryRules) -> tuple[TermHit, ...]:
    """Find the terms of one category in a folded text, in order; a longer one hides those inside it."""
    hits: list[TermHit] = []
    taken = Taken(_spans(folded, rules.misleading))
    for weight, terms in _by_weight(rules.terms):
        for start, end in _spans(folded, terms):
            if taken.take(start, end):
                hits.append(TermHit(rules.name, folded[start:end], start, end, weight))
    return tuple(sorted(hits, key=lambda hit: hit.start))


def find_headings(folded: str, rules: CategoryRules) -> tuple[TermHit, ...]:
    """Find what speaks for a category in a folded heading."""
    misleading = Taken(_spans(folded, rules.misleading))
    found = [
        TermHit(rules.name, folded[start:end], start, end, 1.0)
        for start, end in _spans(folded, rules.headings)
        if misleading.is_free(start, end)
    ]
    return tuple(found)


class _Folded(dict[int, str]):
    """Characters folded, by code point; each is looked up once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = "'" if character in "’‘`´" else unicodedata.normalize("NFKD", character)[0].lower()
        self[code] = plain if len(plain) == 1 else character
        return self[code]


_FOLDED = _Folded()


@lru_cache(maxsize=256)
def _by_weight(terms: tuple[tuple[str, float], ...]) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """Return the terms of each weight, the heaviest first."""
    weights = sorted({weight for _, weight in terms}, reverse=True)
    return tuple((weight, tuple(term for term, of in terms if of == weight)) for weight in weights)


def _spans(folded: str, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    sounded = _sounded(folded)
    if not terms or _tell_tales(terms).isdisjoint(_word_starts(sounded)):
        return []
    return [match.span() for match in _pattern(terms).finditer(sounded)]


def _sounded(folded: str) -> str:
    """Write a folded text with one letter for c and k: the aktie of the 1970s is an actie, a kollekte a collecte."""
    return folded.replace("c", "k")


@lru_cache(maxsize=256)
def _tell_tales(terms: tuple[str, ...]) -> frozenset[str]:
    """Return of each term how its longest word begins, without which it stands in no text; empty: it may in any."""
    return frozenset(max(_WRITTEN_START.findall(_sounded(fold(term))), key=len, default="") for term in terms)


@lru_cache(maxsize=8)
def _word_starts(folded: str) -> frozenset[str]:
    """Return how the words of a text begin: with one letter, with two and so on."""
    return frozenset(start[:size] for start in {"", *_WORD_START.findall(folded)} for size in range(len(start) + 1))


@lru_cache(maxsize=256)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:" + "|".join(_expressions(terms)) + r")(?![^\W_])")


def _expressions(terms: Iterable[str]) -> Iterable[str]:
    for term in sorted(terms, key=len, reverse=True):
        escaped = re.escape(_sounded(fold(term))).replace(r"\ ", r"[\s-]+")
        yield escaped.replace(r"\*", _LETTERS)
