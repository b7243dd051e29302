"""In which sections do words follow each other?

Every word of a segment has a place of its own, and no phrase reaches from one section into the next: what follows what
is told by the places alone. The rarest word of a phrase comes first.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from archive.search.whoosh.layout import GAP, WORDS
from archive.search.whoosh.segments import Segment
from archive.search.whoosh.snapshot import Listed, Snapshot

_SHORTER = 12  # times; so much shorter a list is looked up in the other one by one
_FEW_BETWEEN = 5  # words; for so few each place that one may stand at is looked up


def count_phrases(
    sequence: Sequence[Collection[str]],
    snapshot: Snapshot,
    *,
    slop: int = 0,
    heading: bool = False,
    among: Collection[int] | None = None,
) -> dict[int, int]:
    """Return how often words stand in order in each section that holds them so.

    Args:
        sequence: For each place of the phrase the words that may stand there.
        snapshot: The index.
        slop: How many other words may stand between two of them.
        heading: In headings only.
        among: Sections to look into, where not all are wanted; others may be among what is returned.
    """
    found: dict[int, int] = {}
    for segment in snapshot.segments:
        spans = None if among is None else _spans(segment, among)
        places = [_places(segment, words, spans) for words in sequence]
        if places and all(places):
            ends = _near(list(map(_merged, places)), slop) if slop else _in_row(places)
            parts = [bisect_right(segment.marks, place) - 1 for place in ends]
            if heading:
                parts = [part for part in parts if not part % 2]
            counts = Counter(part // 2 for part in parts)
            found.update({segment.offset + number: times for number, times in counts.items()})
    return found


def listed_phrases(counts: Mapping[int, int]) -> Listed:
    """Return how often something stands in each section as postings."""
    documents = sorted(counts)
    return Listed(documents, [counts[number] for number in documents])


def gaps(first: str, second: str, snapshot: Snapshot, *, among: Collection[int], most: int) -> dict[int, int]:
    """Return how far one word stands before another in those of some sections where it is at most so many places."""
    found: dict[int, int] = {}
    for segment in snapshot.segments:
        before, after = _merged(_places(segment, (first,))), _merged(_places(segment, (second,)))
        if not before or not after:
            continue
        marks, offset, size = segment.marks, segment.offset, segment.facts.size
        firsts, seconds = len(before), len(after)
        for number in among:
            if not 0 <= number - offset < size:
                continue
            end = marks[2 * (number - offset) + 2]
            at, gap = bisect_left(before, marks[2 * (number - offset)]), most + 1
            while at < firsts and (place := before[at]) < end:
                following = bisect_right(after, place)  # if that is in another section it is too far
                if following < seconds:
                    gap = min(gap, after[following] - place)
                at += 1
            if gap <= most:
                found[number] = gap
    return found


def with_heading(snapshot: Snapshot) -> set[int]:
    """Return the sections whose heading holds a word: its places reach further than the gap behind it."""
    found: set[int] = set()
    for segment in snapshot.segments:
        marks, offset = segment.marks, segment.offset
        numbers = range(segment.facts.size)
        found.update(offset + number for number in numbers if marks[2 * number + 1] - marks[2 * number] > GAP)
    return found


def _spans(segment: Segment, among: Collection[int]) -> list[tuple[int, int]]:
    """Return where the places of some sections begin and end, as far as they are in a segment."""
    marks, numbers = segment.marks, (number - segment.offset for number in among)
    return [(marks[2 * number], marks[2 * number + 2]) for number in numbers if 0 <= number < segment.facts.size]


def _places(
    segment: Segment, words: Iterable[str], spans: Sequence[tuple[int, int]] | None = None
) -> list[Sequence[int]]:
    """Return the places of some words, each list in order; of long lists only those within some spans."""
    numbers = [number for number in (segment.terms.find(WORDS, word) for word in words) if number is not None]
    each: list[Sequence[int]] = [segment.places(number, number + 1) for number in numbers]
    if spans is not None:
        most = _SHORTER * len(spans)
        long = [places for places in each if len(places) > most]
        each = [places for places in each if len(places) <= most]
        each += [between for places in long for low, high in spans if (between := _between(places, low, high))]
    return each


def _merged(each: Sequence[Sequence[int]]) -> Sequence[int]:
    """Return all places of some lists in order."""
    return each[0] if len(each) == 1 else sorted(chain.from_iterable(each))


def _in_row(places: Sequence[Sequence[Sequence[int]]]) -> Sequence[int]:
    """Return the places of first words that all others follow, each directly behind the one before.

    Of each word of the phrase there are the places of all its forms, a list each; mostly one of them is long.
    """
    sizes = [sum(map(len, each)) for each in places]
    rarest, *others = sorted(range(len(places)), key=sizes.__getitem__)
    firsts: Sequence[int] = _merged(places[rarest])
    if rarest:
        firsts = [place - rarest for place in firsts]
    for order in others:
        there = places[order]
        if sizes[order] <= _SHORTER * len(firsts):
            short = set().union(*there)
            firsts = [first for first in firsts if first + order in short]
        else:
            longest = max(there, key=len)
            rare = set().union(*(each for each in there if each is not longest))
            firsts = [first for first in firsts if first + order in rare or _holds(longest, first + order)]
    return firsts


def _near(places: Sequence[Sequence[int]], slop: int) -> Sequence[int]:
    """Return the places of last words before which all others stand in order, with few words between two of them."""
    ends = places[0]
    for there in places[1:]:
        if slop < _FEW_BETWEEN and len(there) <= _SHORTER * len(ends):
            ends = sorted(_within(ends, there, slop + 1))
        elif len(there) > _SHORTER * len(ends):
            spans = ((bisect_right(there, end), bisect_right(there, end + slop + 1)) for end in ends)
            ends = sorted({place for first, last in spans for place in there[first:last]})
        else:
            before = ((place, bisect_left(ends, place)) for place in there)
            ends = [place for place, at in before if at and place - ends[at - 1] <= slop + 1]
    return ends


def _within(ends: Sequence[int], there: Sequence[int], most: int) -> set[int]:
    """Return the later places that are at most so far behind one of the ends; of the two the fewer become a set."""
    distances = range(1, most + 1)
    if len(there) < len(ends):
        places_there = set(there)
        return set().union(*(places_there.intersection(map(gap.__add__, ends)) for gap in distances))
    return set().union(*(set(map(gap.__add__, ends)).intersection(there) for gap in distances))


def _between(places: Sequence[int], low: int, high: int) -> Sequence[int]:
    first = bisect_left(places, low)
    return places[first : bisect_left(places, high, first)]


def _holds(places: Sequence[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place
