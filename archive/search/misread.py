"""Which misread forms of a term does this archive hold?

Letters that scans and engines take for each other are one class; a word's shape is its letters by class, wide letters
taken apart. Words whose shape begins or ends like the term's are candidates; those that share enough of shape and
letters are compared by a weighted edit distance: what a change costs is believed of letter shapes and learned from the
archive (archive.lexicon). Only words that no word list knows are looked at, so that no word is taken for another one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

MIN_LETTERS = 5  # shorter words are too easily turned into each other
_LENGTH_MAY_DIFFER = 2

# Letters that are taken for each other, each class named by its first; from what worn print does to letters.
_CLASSES = ("iljtfr1!|", "ceo0", "uvnyw", "hb6", "gq9", "s5", "z2")
# Wide letters that are read as two narrow ones: rn, vv, cl, lc.
_WIDE = {"m": "iu", "w": "uu", "d": "ci", "k": "ic"}
_SHAPE = str.maketrans({letter: group[0] for group in _CLASSES for letter in group} | _WIDE)
# What is read as something of another length, and the other way round.
_PAIRS = frozenset(
    {
        *(("rn", "m"), ("in", "m"), ("ni", "m"), ("nn", "m"), ("ri", "n"), ("ii", "n"), ("ii", "u"), ("li", "h")),
        *(("li", "b"), ("cl", "d"), ("ol", "d"), ("vv", "w"), ("ij", "y"), ("ij", "u"), ("lc", "k"), ("lt", "k")),
    }
)
_NEAR = 0.35  # cost of a letter of the same class
_PAIR = 0.5  # cost of a pair read as one letter
_OTHER = 1.0  # cost of any other change, of a letter lost or added
_PER_LETTER = 0.18  # how much change a word may show for each of its letters
_MOST = 2.0
_EDITS = 3.25  # letters of shape and word that may differ for each 1 of cost
_LITTLE = 150  # comparisons of letters; so few words are not sorted out beforehand
_MOST_COMPARED = 12_000  # letters that are compared in the time in which the library that does it quickly is loaded

# What was meant, what was read, and what that costs.
Costs = Mapping[str, Mapping[str, float]]
_NONE: Mapping[str, float] = {}


def shape(word: str) -> str:
    """Return a word's letters by class; misread forms share most of it."""
    return word.translate(_SHAPE)


@lru_cache(maxsize=1)
def believed_costs() -> Mapping[tuple[str, str], float]:
    """Return what letter shapes suggest that a misreading costs, by what was meant and what was read."""
    costs = {(a, b): _NEAR for group in _CLASSES for a in group for b in group if a != b}
    for pair, letter in _PAIRS:
        costs[pair, letter] = costs[letter, pair] = _PAIR
    return costs


def costs_with(learned: Mapping[tuple[str, str], float]) -> Costs:
    """Return what each misreading costs, by what was meant: as it was learned, else as letter shapes suggest."""
    found: dict[str, dict[str, float]] = {}
    for (meant, read), cost in {**believed_costs(), **learned}.items():
        found.setdefault(meant, {})[read] = cost
    return found


def misread_forms(word: str, others: Iterable[str], costs: Costs) -> dict[str, float]:
    """Return those words that may be this word misread, each with how far it is from it (smaller is nearer).

    Args:
        word: A folded word.
        others: Words that no word list knows.
        costs: What each misreading costs.
    """
    allowed = allowed_cost(word)
    near = [other for other in others if abs(len(other) - len(word)) <= _LENGTH_MAY_DIFFER and other != word]
    found = {other: distance(word, other, allowed, costs) for other in near}
    return {other: cost for other, cost in found.items() if cost <= allowed}


def likely(word: str, link: str, links: Sequence[str]) -> Sequence[str]:
    """Return those of many links that are enough like a word's own; each is a shape with the word behind it."""
    return (
        links if len(links) * len(word) ** 2 <= _LITTLE else _sieve.near(link, links, int(_EDITS * allowed_cost(word)))
    )


class Sieve:
    """Sorts out texts that are nearly alike: itself, until as much was compared as it takes to load the library."""

    def __init__(self, letters: int = _MOST_COMPARED) -> None:
        self._left = letters

    def near(self, text: str, others: Sequence[str], most: int) -> list[str]:
        """Return those that are at most so many letters off, the nearest first; equals in the order given."""
        self._left -= len(text) * len(others)
        if self._left >= 0:
            off = _letters_off(text)
            found = [(edits, other) for other in others if (edits := off(other, most)) <= most]
            return [other for _, other in sorted(found, key=itemgetter(0))]
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        return [
            near
            for near, _, _ in process.extract(text, others, scorer=Levenshtein.distance, score_cutoff=most, limit=None)
        ]


_sieve = Sieve()


def _letters_off(text: str) -> Callable[[str, int], int]:
    """Return what counts the letters by which another text differs (Levenshtein); more than `most` ends the count.

    Source: a column of the table at once, its differences as bits of two numbers (H. Hyyrö: A bit-vector algorithm for
    computing Levenshtein and Damerau edit distances. Nordic Journal of Computing 10, 2003).
    """
    places: dict[str, int] = {}
    for place, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << place
    every, last = (1 << len(text)) - 1, 1 << len(text) >> 1

    def count(other: str, most: int) -> int:
        edits, left = len(text), len(other)
        up, down = every, 0  # where the table grows or falls from one row to the next
        for letter in other:
            same = places.get(letter, 0)
            across = (((same & up) + up) ^ up) | same
            grows, falls = down | ~(across | up), up & across
            if grows & last:
                edits += 1
            elif falls & last:
                edits -= 1
            left -= 1
            if edits - left > most:
                return most + 1
            grows = grows << 1 | 1
            same |= down
            up = (falls << 1 | ~(same | grows)) & every
            down = grows & same & every
        return edits

    return count


def allowed_cost(word: str) -> float:
    """Return how much a word may be changed and still be taken for itself."""
    return min(_MOST, _PER_LETTER * len(word))


def distance(word: str, other: str, most: float, costs: Costs) -> float:
    """Return what it costs to misread one word as the other; more than `most` is given as soon as it is certain."""
    word, other = _without_ends(word, other)
    added = costs.get("", _NONE)
    columns = [(0.0, "", "")]  # what each letter costs to add, the letter, and it with the one before it
    columns += [(added.get(b, _OTHER), b, other[at - 1 : at + 1] if at else b) for at, b in enumerate(other)]
    above: list[float] = []
    last = [0.0]
    for cost, _, _ in columns[1:]:
        last.append(last[-1] + cost)
    for row, a in enumerate(word):
        ones, twos = costs.get(a, _NONE), costs.get(word[row - 1 : row + 1], _NONE) if row else _NONE
        lost = ones.get("", _OTHER)
        here = [last[0] + lost]
        for column in range(1, len(columns)):
            cost, b, pair = columns[column]
            best = last[column - 1] if a == b else last[column - 1] + ones.get(b, _OTHER)
            if (without := last[column] + lost) < best:  # asked often, and min(…) takes longer than the rest
                best = without
            if (with_it := here[-1] + cost) < best:
                best = with_it
            if column > 1 and pair in ones:
                best = min(best, last[column - 2] + ones[pair])
            if twos and b in twos:
                best = min(best, above[column - 1] + twos[b])
            if twos and column > 1 and pair in twos:
                best = min(best, above[column - 2] + twos[pair])
            here.append(best)
        above, last = last, here
        if min(last) > most and min(above) > most:
            return most + 1
    return last[-1]


def _without_ends(word: str, other: str) -> tuple[str, str]:
    """Return two words without the letters with which both begin and end."""
    most = min(len(word), len(other))
    start = 0
    while start < most and word[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and word[-1 - end] == other[-1 - end]:
        end += 1
    return word[start : len(word) - end], other[start : len(other) - end]
