"""How well could sections be read? By signs of damage, counted when they were indexed."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from archive.model.search import Reading
from archive.search.whoosh.snapshot import Snapshot

_JUDGED_HITS = 40
MOST_SAMPLED = 2 * _JUDGED_HITS - 1
_BESIDE = 3  # sections on either side


def readings(snapshot: Snapshot, hits: Collection[int], *, most: int) -> tuple[Reading, ...]:
    """Return how well some hits and what stands beside them could be read, and at the end the whole archive.

    A section alone has too few words to be judged by; those next to it are mostly of the same pages. The archive speaks
    for the sections that might be hits, `most` of all.
    """
    *found, whole = readings_of(snapshot, sampled(hits), len(hits))
    return (*found, whole._replace(sections=min(most, whole.sections)))


def sampled(hits: Collection[int]) -> Sequence[int]:
    """Return some of all hits, spread evenly, that stand for the others; MOST_SAMPLED at most."""
    looked_at = sorted(hits)
    return looked_at[:: max(1, len(looked_at) // _JUDGED_HITS)]


def readings_of(snapshot: Snapshot, chosen: Sequence[int], total: int) -> tuple[Reading, ...]:
    """Return what `readings` does of some sampled hits, which stand for so many in total."""
    each, more = divmod(total, max(1, len(chosen)))
    spans = _spans(chosen, snapshot)
    found = (Reading(words, signs, each + (place < more)) for place, (words, signs) in enumerate(spans))
    return (*found, snapshot.reading)


def read_how(snapshot: Snapshot) -> list[tuple[str, Reading]]:
    """Return the id of each section with how well it and what stands beside it could be read."""
    numbers = sorted(snapshot.everything)
    ids = snapshot.ids(numbers)
    spans = _spans(numbers, snapshot)
    return [(ids[number], Reading(words, signs)) for number, (words, signs) in zip(numbers, spans, strict=True)]


def _spans(numbers: Sequence[int], snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """Yield of some documents, in order, how many words and signs of damage there are in and beside each."""
    for segment in snapshot.segments:
        first, last = segment.offset, segment.offset + segment.facts.size
        read = segment.read  # sums before each document, by turns
        for number in numbers[bisect_left(numbers, first) : bisect_left(numbers, last)]:
            start = 2 * max(0, number - first - _BESIDE)
            end = 2 * min(last - first, number - first + _BESIDE + 1)
            yield read[end] - read[start], read[end + 1] - read[start + 1]
