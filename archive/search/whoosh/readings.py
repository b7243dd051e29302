"""How well could sections be read? By signs of damage, counted when they were indexed."""

from collections.abc import Collection

from archive.model.search import Reading
from archive.search.whoosh.snapshot import Snapshot

_JUDGED_HITS = 40
_BESIDE = 3  # sections on either side


def readings(snapshot: Snapshot, hits: Collection[int]) -> tuple[Reading, ...]:
    """Return how well some hits and what stands beside them could be read, and at the end the whole archive.

    A section alone has too few words to be judged by; those next to it are mostly of the same pages.
    """
    looked_at = sorted(hits)
    step = max(1, len(looked_at) // _JUDGED_HITS)
    chosen = looked_at[::step]
    found: list[Reading] = []
    for place, number in enumerate(chosen):
        stands_for = len(looked_at) // len(chosen) + (place < len(looked_at) % len(chosen))
        found.append(_reading_at(number, snapshot, stands_for))
    return (*found, snapshot.reading)


def read_how(snapshot: Snapshot) -> list[tuple[str, Reading]]:
    """Return the id of each section with how well it and what stands beside it could be read."""
    ids = snapshot.ids(snapshot.everything)
    return [(ids[number], _reading_at(number, snapshot)) for number in sorted(ids)]


def _reading_at(number: int, snapshot: Snapshot, sections: int = 1) -> Reading:
    first, last = 2 * max(0, number - _BESIDE), 2 * (number + _BESIDE + 1)
    judged = snapshot.judged[first:last]
    return Reading(sum(judged[::2]), sum(judged[1::2]), sections)
