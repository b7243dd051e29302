"""Where do the two pieces of a Dutch verb stand apart: neem … mee, mee te nemen?"""

from collections.abc import Mapping, Sequence

from archive.model.search import MatchKind, Term
from archive.search.forms import APART, MOST_BETWEEN, fold
from archive.search.query import describe
from archive.search.separable import pieces_of, ways_apart
from archive.search.whoosh.expand import WEIGHT, expand_inflected
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.leaf import Leaf, idf_of
from archive.search.whoosh.phrases import count_phrases
from archive.search.whoosh.snapshot import Snapshot

_DUTCH = ("nl",)


def match_separated(node: Term, snapshot: Snapshot) -> Leaf:
    """Match a verb in two pieces, as inflections of it; no section where the word is no such verb."""
    label, pieces = describe(node), pieces_of(fold(node.text))
    if pieces is None:
        return Leaf(label)
    verb, particle = pieces
    verbs = [form for form in dict.fromkeys(expand_inflected(verb, snapshot, _DUTCH)) if snapshot.has(WORDS, form)]
    known: dict[int, float] = {}
    forms: dict[str, MatchKind] = {}
    for way in ways_apart(verbs, particle):
        counts = _count(way, snapshot, heading=bool(node.field))
        for number, times in counts.items():
            known[number] = known.get(number, 0.0) + times * WEIGHT[MatchKind.INFLECTION]
        first, between, last = way if counts else ((), (), ())
        forms |= dict.fromkeys((f"{a} {b} {c}" for a in first for b in between for c in last), MatchKind.INFLECTION)
    return Leaf(label, known=known, idf=idf_of(len(known), snapshot.count), forms=forms)


def _count(way: Sequence[Sequence[str]], snapshot: Snapshot, *, heading: bool) -> Mapping[int, int]:
    """Return how often words stand so in each section; many common ones are only looked for where the others are."""
    first, between, last = way
    if APART in between:
        return count_phrases([first, last], snapshot, slop=MOST_BETWEEN, heading=heading)
    if len(between) == 1:
        return count_phrases(way, snapshot, heading=heading)
    near = count_phrases([first, last], snapshot, slop=1, heading=heading)
    return count_phrases(way, snapshot, heading=heading, among=near.keys()) if near else {}
