"""Which words of this archive does a word of a query stand for?

In order of nearness: the word itself, its inflections, misread forms of it, compounds that hold it; and where the
archive knows none of these, words that differ by a letter or two.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.model.search import MatchKind
from archive.search.misread import LENGTH_MAY_DIFFER, MIN_LETTERS, allowed_cost, distance, misread_forms
from archive.search.stems import stems
from archive.search.whoosh.layout import ODD, SEPARATOR, shape_links
from archive.search.whoosh.snapshot import Snapshot

# How much a match counts beside the word itself.
WEIGHT = {
    MatchKind.EXACT: 1.0,
    MatchKind.INFLECTION: 0.9,
    MatchKind.GROUP: 0.8,
    MatchKind.OCR: 0.7,
    MatchKind.COMPOUND: 0.5,
    MatchKind.FUZZY: 0.5,
}
_MOST_KEPT = 2000
_MOST_LINKS = 5000  # of one kind, per word and segment
_MOST_CANDIDATES = 2000
_MOST_FUZZY = 200
_MOST_NEAR_MISSES = 500
_UNLIKE = 0.45  # of the letters; a word that differs by more says nothing
_MOST_SEARCHED = 4  # inflections and compounds whose misread forms are looked for like those of the word itself
_MOST_LOOKED_AT = 40  # and those of which only misread forms of the same shape are looked for
_TWO_EDITS = 8  # letters from which an unknown word may have two letters wrong
_ONE_EDIT = 4


@dataclass(frozen=True, slots=True)
class Forms:
    """The words that a word of the query stands for, and how."""

    kinds: Mapping[str, MatchKind] = field(default_factory=dict)

    def add(self, words: Iterator[str] | list[str], kind: MatchKind) -> "Forms":
        """Return these forms and more; a form that is known already keeps its nearer kind."""
        return Forms({**self.kinds, **{word: kind for word in words if word not in self.kinds}})


def expand(word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool = True) -> Forms:
    """Return what `_expand` finds; a word that is asked for again costs nothing."""
    key = (word, languages, thorough)
    known: Forms | None = snapshot.expansions.get(key)
    if known is None:
        known = _expand(word, snapshot, languages, thorough=thorough)
        remember(snapshot.expansions, key, known)
    return known


def remember(kept: dict[Hashable, Any], key: Hashable, value: object) -> None:
    """Keep a value, and not too many of them."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value


def _expand(word: str, snapshot: Snapshot, languages: tuple[str, ...], *, thorough: bool) -> Forms:
    """Return every word of the archive that a folded word stands for, itself included where the archive holds it.

    Args:
        word: A folded word.
        snapshot: The index.
        languages: In which languages it may be meant.
        thorough: Look for misread forms of its inflections and compounds as widely as for those of the word.
    """
    forms = Forms({word: MatchKind.EXACT} if snapshot.has("words", word) else {})
    if word.isdecimal():
        return forms
    forms = forms.add(_by_link(word, "=", snapshot, languages), MatchKind.INFLECTION)
    compounds = list(_by_link(word, "+", snapshot, languages))
    others = [form for form in (*forms.kinds, *compounds) if form != word][:_MOST_LOOKED_AT]
    widely = _MOST_SEARCHED if thorough else 0
    for form in (word, *others[:widely]):
        forms = forms.add(_misread(form, snapshot), MatchKind.OCR)
    for form in others[widely:]:
        forms = forms.add(_of_same_shape(form, snapshot), MatchKind.OCR)
    forms = forms.add(compounds, MatchKind.COMPOUND)
    if not forms.kinds and len(word) >= _ONE_EDIT and word.isalpha():
        forms = forms.add(near_words(word, snapshot, edits=2 if len(word) >= _TWO_EDITS else 1), MatchKind.FUZZY)
    return forms


def expand_inflected(word: str, snapshot: Snapshot, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield a word and its inflections."""
    yield word
    yield from _by_link(word, "=", snapshot, languages)


def misread_of(word: str, snapshot: Snapshot) -> Forms:
    """Return a word and its misread forms only: what may stand for it inside a phrase."""
    key = ("misread", word)
    known: Forms | None = snapshot.expansions.get(key)
    if known is None:
        known = Forms({word: MatchKind.EXACT}).add(_misread(word, snapshot), MatchKind.OCR)
        remember(snapshot.expansions, key, known)
    return known


def near_words(word: str, snapshot: Snapshot, *, edits: int) -> list[str]:
    """Return the words of the archive that differ from a word by a few letters, nearest and most frequent first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, snapshot.lexicon, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_FUZZY)
    return [near for near, _, _ in sorted(found, key=lambda each: (each[1], -snapshot.frequency(each[0]), each[0]))]


def near_misses(word: str, snapshot: Snapshot) -> list[tuple[str, float]]:
    """Return words that no list knows and that are something like a word, but too unlike to be taken for it."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    if len(word) < MIN_LETTERS or not word.isalpha():
        return []
    odd = {link.rpartition(SEPARATOR)[2] for link in snapshot.terms("links", ODD)}
    furthest = max(2, len(word) // 2)
    near = process.extract(word, list(odd), scorer=Levenshtein.distance, score_cutoff=furthest, limit=_MOST_NEAR_MISSES)
    costs = {read: distance(word, read, float(furthest), snapshot.costs) for read, _, _ in near}
    return [(read, cost) for read, cost in costs.items() if allowed_cost(word) < cost <= _UNLIKE * len(word)]


def _by_link(word: str, kind: str, snapshot: Snapshot, languages: tuple[str, ...]) -> Iterator[str]:
    for language in languages:
        for stem in stems(word, language):
            yield from snapshot.linked(f"{language}{kind}{stem}\0", most=_MOST_LINKS)


def _misread(word: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield forms of a word that no list knows and whose shape starts or ends like the word's."""
    if len(word) < MIN_LETTERS or not word.isalpha():
        return
    half = 2 + len(word) // 2  # the mark, the length, and half of the letters
    candidates: dict[str, str] = {}
    for length in range(len(word) - LENGTH_MAY_DIFFER, len(word) + LENGTH_MAY_DIFFER + 1):
        for start, turn in zip(shape_links(word, length), (1, -1), strict=True):
            for found, link in snapshot.linked(start[:half], most=_MOST_CANDIDATES).items():
                candidates[found] = link[2:][::turn]
    yield from misread_forms(word, candidates, snapshot.costs)


def _of_same_shape(word: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield words that no list knows and that differ from a word only by letters that are taken for each other."""
    if len(word) >= MIN_LETTERS and word.isalpha():
        yield from misread_forms(
            word, snapshot.linked(f"{shape_links(word)[0]}\0", most=_MOST_CANDIDATES), snapshot.costs
        )
