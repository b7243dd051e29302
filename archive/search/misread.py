"""Which misread forms of a term does this archive hold?

Letters that scans and engines take for each other are one class; a word's shape is its letters by class, wide letters
taken apart. Words whose shape begins or ends like the term's are candidates; those that share enough of shape and
letters are compared by a weighted edit distance: what a change costs is believed of letter shapes and learned from the
archive (archive.lexicon). Only words that no word list knows are looked at, so that no word is taken for another one.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

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
_LITTLE = 150  # comparisons of letters; so much is done sooner than the library that sorts out many is loaded

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
    if len(links) * len(word) ** 2 <= _LITTLE:
        return links
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    most = int(_EDITS * allowed_cost(word))
    return [
        near for near, _, _ in process.extract(link, links, scorer=Levenshtein.distance, score_cutoff=most, limit=None)
    ]


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
            best = last[column - 1] + (0.0 if a == b else ones.get(b, _OTHER))
            best = min(best, last[column] + lost, here[-1] + cost)
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
