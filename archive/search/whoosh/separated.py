"""Where do the two pieces of a Dutch verb stand apart: neem … mee, mee te nemen?"""

from collections.abc import Iterator, Mapping, Sequence

from archive.search.forms import APART, MOST_BETWEEN
from archive.search.separable import pieces_of, ways_apart
from archive.search.whoosh.expand import expand_inflected
from archive.search.whoosh.layout import WORDS
from archive.search.whoosh.phrases import count_phrases
from archive.search.whoosh.snapshot import Snapshot

_DUTCH = ("nl",)


def separated(
    word: str, snapshot: Snapshot, within: Snapshot, *, heading: bool = False
) -> Iterator[tuple[list[str], Mapping[int, int]]]:
    """Yield how a folded verb stands in pieces: the forms of it, and how often it does in each section.

    Args:
        word: A folded word; of one that is no such verb nothing is yielded.
        snapshot: Tells of the forms of the verb.
        within: Where they are looked for.
        heading: In headings only.
    """
    pieces = pieces_of(word)
    if pieces is None:
        return
    verb, particle = pieces
    verbs = [form for form in dict.fromkeys(expand_inflected(verb, snapshot, _DUTCH)) if snapshot.has(WORDS, form)]
    for way in ways_apart(verbs, particle):
        if counts := _count(way, within, heading=heading):
            first, between, last = way
            yield [f"{a} {b} {c}" for a in first for b in between for c in last], counts


def _count(way: Sequence[Sequence[str]], snapshot: Snapshot, *, heading: bool) -> Mapping[int, int]:
    """Return how often words stand so in each section; many common ones are only looked for where the others are."""
    first, between, last = way
    if APART in between:
        return count_phrases([first, last], snapshot, slop=MOST_BETWEEN, heading=heading)
    if len(between) == 1:
        return count_phrases(way, snapshot, heading=heading)
    near = count_phrases([first, last], snapshot, slop=1, heading=heading)
    return count_phrases(way, snapshot, heading=heading, among=near.keys()) if near else {}
