"""Which texts hold the same words, and which new text is which old one?

A fingerprint stands for a text: the number of its different words, and a hash of two bytes for each of them, or for
those with the smallest hashes only. Two fingerprints are compared as far up as both know all hashes.
"""

import base64
import hashlib
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from archive.tuples import NamedTuple

_WORD = re.compile(r"\w{3,}")
# Enough to tell texts apart, and a row of ids.csv stays short.
_KEPT_HASHES = 64
# Enough to tell which issues are worth a closer look.
_COMPARED_HASHES = 128
# An old text lives on in a new one that holds more than half of its words, unless these are lost among others.
_MOST = 0.5
_LEAST_ALIKE = 0.1
# A text that starts on the same page but is less alike than this is another text.
_SAME_PAGE_ALIKE = 0.15


class Placed(NamedTuple):
    """A text to be matched: its fingerprint and the first page that it stands on."""

    fingerprint: str
    first_page: int


class Sketch(NamedTuple):
    """A fingerprint taken apart, ready to be compared with many."""

    hashes: frozenset[int]
    known_to: int  # every hash of the text up to this one is in `hashes`


def fingerprint(text: str) -> str:
    """Return the fingerprint of a text with a hash for each of its different words of three letters and more."""
    words = set(_WORD.findall(text.casefold()))
    hashes = {hashlib.blake2b(word.encode(errors="replace"), digest_size=2).digest() for word in words}
    return _write(len(hashes), sorted(hashes))


def shorten(fingerprint: str) -> str:
    """Return a fingerprint with its smallest hashes only, as it is kept."""
    count, hashes = _read(fingerprint)
    return _write(count, hashes[:_KEPT_HASHES])


def is_fingerprint(text: str) -> bool:
    """Tell whether a text that comes from a file is a fingerprint."""
    try:
        count, hashes = _read(text)
    except ValueError:
        return False
    return "." in text and len(hashes) <= count and all(len(each) == 2 for each in hashes)  # noqa: PLR2004 - two bytes


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are by their fingerprints: words in both by words in either, 0 to 1."""
    return _likeness(_sketch(one), _sketch(other))


def share(one: str, other: str) -> float:
    """Return which share of the words of `one` is in `other`, 0 to 1."""
    return _share(_sketch(one), _sketch(other))


def sketch_of(fingerprints: Iterable[str]) -> Sketch:
    """Return the sketch of several texts as one; it has the smallest hashes only."""
    sketches = [_sketch(each) for each in fingerprints]
    limit = min((each.known_to for each in sketches), default=2**16)
    smallest = sorted(frozenset[int]().union(*(_up_to(each, limit) for each in sketches)))
    if len(smallest) <= _COMPARED_HASHES:
        return Sketch(frozenset(smallest), limit)
    return Sketch(frozenset(smallest[:_COMPARED_HASHES]), smallest[_COMPARED_HASHES - 1])


def likeness_of(one: Sketch, other: Sketch) -> float:
    """Return how alike two texts are by their sketches: words in both by words in either, 0 to 1."""
    return _likeness(one, other)


def match(old: Sequence[Placed], new: Sequence[Placed]) -> dict[int, int]:
    """Find which new text is which old one.

    The same words first, in order; then the most alike; then what starts on the same page and is somewhat alike.

    Args:
        old: The texts as they were, in the order in which they came to be known.
        new: The texts as they are, in reading order, their fingerprints with a hash for each word.

    Returns:
        The place in `old` for each place in `new` that is found there; none twice.
    """
    found = _match_same(old, new)
    taken: set[int] = set(found.values())
    old_sketches = {place: _sketch(old[place].fingerprint) for place in range(len(old)) if place not in taken}
    new_sketches = {place: _sketch(new[place].fingerprint) for place in range(len(new)) if place not in found}
    postings = _by_hash(old_sketches)
    near: list[tuple[bool, float, int, int]] = []
    for ours, new_sketch in new_sketches.items():
        shared = Counter(place for each in new_sketch.hashes for place in postings.get(each, ()))
        for theirs, count in shared.items():
            old_sketch = old_sketches[theirs]
            if count < _LEAST_ALIKE * len(old_sketch.hashes):
                continue
            alike = _likeness(old_sketch, new_sketch)
            keeps_most = alike >= _LEAST_ALIKE and _share(old_sketch, new_sketch) > _MOST
            same_page = alike >= _SAME_PAGE_ALIKE and old[theirs].first_page == new[ours].first_page
            if keeps_most or same_page:
                near.append((not keeps_most, -alike, theirs, ours))
    for _, _, theirs, ours in sorted(near):
        if ours not in found and theirs not in taken:
            found[ours] = theirs
            taken.add(theirs)
    return found


def match_wanted(
    ids: Sequence[str], old: Sequence[Placed], wanted: Sequence[str], new: Sequence[Placed]
) -> dict[int, int]:
    """Find which new text is which old one, where some new texts want the id of an old one.

    Args:
        ids: The ids of the old texts.
        old: These texts.
        wanted: For each new text the id that it wants, or nothing.
        new: The new texts.

    Returns:
        As `match`.
    """
    fixed = {place: ids.index(given) for place, given in enumerate(wanted) if given in ids}
    ours = [place for place in range(len(new)) if place not in fixed]
    theirs = [place for place in range(len(old)) if place not in fixed.values()]
    rest = match([old[place] for place in theirs], [new[place] for place in ours])
    return fixed | {ours[place]: theirs[found] for place, found in rest.items()}


def find_holders(old: Sequence[str], new: Sequence[str]) -> list[tuple[float, int]]:
    """Find where the words of old texts are now.

    Args:
        old: Fingerprints of texts.
        new: Fingerprints of the texts that there are now, with a hash for each word.

    Returns:
        For each old text the largest share of its words that one new text holds, and the place of that text (the first
        of several; 0 where no word is left).
    """
    postings = _by_hash({place: _sketch(each) for place, each in enumerate(new)})
    found: list[tuple[float, int]] = []
    for each in old:
        hashes = _sketch(each).hashes
        shared = Counter(place for one in hashes for place in postings.get(one, ()))
        place, count = min(shared.items(), key=lambda held: (-held[1], held[0]), default=(0, 0))
        found.append((count / len(hashes) if hashes else 0.0, place))
    return found


def _by_hash(sketches: Mapping[int, Sketch]) -> dict[int, list[int]]:
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for place, sketch in sketches.items():
        for each in sketch.hashes:
            postings[each].append(place)
    return postings


def _match_same(old: Sequence[Placed], new: Sequence[Placed]) -> dict[int, int]:
    """Match texts of the very same words; of several the first with the first."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, placed in enumerate(old):
        places[shorten(placed.fingerprint)].append(place)
    found: dict[int, int] = {}
    for place, placed in enumerate(new):
        if same := places.get(shorten(placed.fingerprint)):
            found[place] = same.popleft()
    return found


def _likeness(one: Sketch, other: Sketch) -> float:
    ours, theirs = _comparable(one, other)
    either = ours | theirs
    return len(ours & theirs) / len(either) if either else 0.0


def _share(one: Sketch, other: Sketch) -> float:
    ours, theirs = _comparable(one, other)
    return len(ours & theirs) / len(ours) if ours else 0.0


def _comparable(one: Sketch, other: Sketch) -> tuple[frozenset[int], frozenset[int]]:
    limit = min(one.known_to, other.known_to)
    return _up_to(one, limit), _up_to(other, limit)


def _up_to(sketch: Sketch, limit: int) -> frozenset[int]:
    if sketch.known_to == limit:
        return sketch.hashes
    return frozenset(each for each in sketch.hashes if each <= limit)


def _sketch(fingerprint: str) -> Sketch:
    count, hashes = _read(fingerprint)
    numbers = frozenset(int.from_bytes(each, "big") for each in hashes)
    return Sketch(numbers, max(numbers, default=0) if len(hashes) < count else 2**16)


def _write(count: int, hashes: Iterable[bytes]) -> str:
    return f"{count}.{base64.urlsafe_b64encode(b''.join(hashes)).decode().rstrip('=')}"


def _read(fingerprint: str) -> tuple[int, list[bytes]]:
    count, _, packed = fingerprint.partition(".")
    data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    return int(count), [data[at : at + 2] for at in range(0, len(data), 2)]
