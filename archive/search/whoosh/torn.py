"""How may the reading have torn a word in two, or glued it to its neighbour?

    vluchte lingen      a stray space: two pieces side by side, which are no words or no parts of the word
    devergadering       a space lost: a word that no list knows, made of the word asked for and another one

Both are looked for by what the index holds of unknown words, so that the cost depends on the length of the word only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.search.stems import is_closed, stems
from archive.search.whoosh.layout import LINKS, SEPARATOR, shape_links
from archive.search.whoosh.snapshot import Snapshot

_MIN_WORD = 7  # letters of a word that may be torn or glued
_MIN_PIECE = 2
_MOST_GLUED = 12  # letters of what may be glued to it; short ones must be words like "de" and "van"
_MIN_GLUED = 4
_MOST_LINKS = 2000
_RARE = 2  # sections
_MOST_WORDS = 4  # forms of a word that are looked at


def torn(ways: Mapping[str, Sequence[list[str]]], snapshot: Snapshot) -> list[list[str]]:
    """Return the pairs of neighbours that words may have been torn into, of all ways to cut each of them."""
    pairs = ((word, pieces) for word, some in ways.items() for pieces in some)
    return [pieces for word, pieces in pairs if _may_be_torn(word, pieces, snapshot)]


def cuts(words: Iterable[str], snapshot: Snapshot) -> dict[str, list[list[str]]]:
    """Return the ways to cut each of some folded words, if it is long, in two pieces that are words of the archive."""
    found = {}
    for word in _long(words):
        ends = snapshot.known([word[at:] for at in range(_MIN_PIECE, len(word) - _MIN_PIECE + 1)])
        starts = set(snapshot.known([word[: -len(end)] for end in ends]))
        found[word] = [[start, end] for end in ends if (start := word[: -len(end)]) in starts]
    return found


def glued(words: Iterable[str], snapshot: Snapshot) -> list[str]:
    """Return the words of the archive that are one of some folded words with another one glued to it."""
    return list(dict.fromkeys(other for word in _long(words) for other in _glued(word, snapshot)))


def _glued(word: str, snapshot: Snapshot) -> Iterator[str]:
    for start in shape_links(word):
        for other in snapshot.linked(start, most=_MOST_LINKS):
            if _MIN_PIECE <= len(other) - len(word) <= _MOST_GLUED and (other.startswith(word) or other.endswith(word)):
                rest = other.removeprefix(word) if other.startswith(word) else other.removesuffix(word)
                if _may_be_glued(rest, snapshot):
                    yield other


def _may_be_glued(rest: str, snapshot: Snapshot) -> bool:
    if len(rest) < _MIN_GLUED and not any(is_closed(rest, language) for language in snapshot.stamp.languages):
        return False
    return snapshot.has("words", rest) and not snapshot.is_odd(rest)


def _may_be_torn(word: str, pieces: list[str], snapshot: Snapshot) -> bool:
    """Tell whether a piece is no word, or hardly one; or the word, which the archive holds, is not made of them."""
    if any(map(snapshot.is_odd, pieces)):
        return True
    if not snapshot.has("words", word):
        return min(map(snapshot.frequency, pieces)) <= _RARE
    if min(map(len, pieces)) < _MIN_GLUED:  # of so short a piece no list tells; the other one is hardly ever seen
        longer = max(pieces, key=len)
        return len(longer) >= _MIN_GLUED and snapshot.frequency(longer) <= _RARE
    parts = [f"{language}+{stem}" for language in snapshot.stamp.languages for stem in stems(pieces[1], language)]
    return not any(snapshot.has(LINKS, f"{part}{SEPARATOR}{word}") for part in parts)


def _long(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(word) >= _MIN_WORD and word.isalpha()][:_MOST_WORDS]
