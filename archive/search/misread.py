"""Which misread forms of a term does this archive hold?

Letters that scans and engines take for each other are one class; a word's shape is its letters by class. Words whose
shape begins or ends like the term's are candidates, a weighted edit distance decides. Only words that no word list
knows are looked at, so that no word is taken for another one.
"""

from collections.abc import Mapping

MIN_LETTERS = 5  # shorter words are too easily turned into each other
LENGTH_MAY_DIFFER = 2

# Letters that are taken for each other, each class named by its first; from what worn print does to letters.
_CLASSES = ("iljtfr1!|", "ceo0", "uvnyw", "hb6", "gq9", "s5", "z2")
_CLASS_OF = {letter: group[0] for group in _CLASSES for letter in group}
_SHAPE = str.maketrans(_CLASS_OF)
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
_FEW = 40  # candidates up to this many are compared one by one


def shape(word: str) -> str:
    """Return a word's letters by class; misread forms share most of it."""
    return word.translate(_SHAPE)


def misread_forms(word: str, candidates: Mapping[str, str]) -> dict[str, float]:
    """Return the candidates that may be this word misread, each with how far it is from it (smaller is nearer).

    Args:
        word: A folded word.
        candidates: Words that no word list knows, with their shapes.
    """
    allowed = min(_MOST, _PER_LETTER * len(word))
    likely = [other for other in candidates if abs(len(other) - len(word)) <= LENGTH_MAY_DIFFER and other != word]
    if len(likely) > _FEW:
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        shapes = {other: candidates[other] for other in likely}
        near = process.extract(
            shape(word), shapes, scorer=Levenshtein.distance, score_cutoff=LENGTH_MAY_DIFFER, limit=None
        )
        likely = [other for _, _, other in near]
    costs = {other: distance(word, other, allowed) for other in likely}
    return {other: cost for other, cost in costs.items() if cost <= allowed}


def distance(word: str, other: str, most: float) -> float:
    """Return what it costs to misread one word as the other; more than `most` is given as soon as it is certain."""
    above: list[float] = []
    last = [at * _OTHER for at in range(len(other) + 1)]
    for row in range(1, len(word) + 1):
        here = [row * _OTHER]
        for column in range(1, len(other) + 1):
            a, b = word[row - 1], other[column - 1]
            step = 0.0 if a == b else _NEAR if _CLASS_OF.get(a, a) == _CLASS_OF.get(b, b) else _OTHER
            best = min(last[column - 1] + step, last[column] + _OTHER, here[column - 1] + _OTHER)
            if row > 1 and (word[row - 2 : row], b) in _PAIRS:
                best = min(best, above[column - 1] + _PAIR)
            if column > 1 and (other[column - 2 : column], a) in _PAIRS:
                best = min(best, last[column - 2] + _PAIR)
            here.append(best)
        above, last = last, here
        if min(last) > most and min(above) > most:
            return most + 1
    return last[-1]
