"""Which letters does this archive's print take for which others? Learned from its words, and used by the search only.

A rare word that no list knows, one misreading away from a word that stands in the archive more often, shows what was
read as what. Each archive is read from its own paper by its own engine: what is learned there is added to what letter
shapes suggest. Nothing here changes a text.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from zlib import crc32

from archive.tuples import NamedTuple

VERSION = 1

_MOST_ODD = 2500  # words looked at
_MOST_KNOWN = 25_000  # words they are compared with
_MIN_LETTERS = 6
_TWO_CHANGES = 9  # letters from which two misreadings in a word are believed
_PIECE = 3  # letters by which words are sorted before they are compared
_LONGEST_PIECE = 2  # letters read as others at one time
_MOST_PAIRS = 300
_LEAST_SEEN = 2
# The share of all misreadings at which a pair costs as much as any other change; a pair that is seen e times as often
# costs this much less, down to the least.
_RARE_SHARE = 0.0012
_CHEAPER = 0.17
_LEAST_COST = 0.25
_PRIOR = 40.0  # misreadings that what is already believed of letter shapes stands for


class Confusions(NamedTuple):
    """What one misreading costs (0 to 1, the likelier the cheaper), by what was meant and what was read.

    `hazards` says how often each letter is misread beside the mean letter. Pairs that are not named cost what the
    caller thinks; `learned_from` counts the misreadings that were seen.
    """

    costs: Mapping[tuple[str, str], float]
    hazards: Mapping[str, float]
    learned_from: int

    def to_json(self) -> str:
        """Write it as a file that stays readable for people."""
        pairs = [[meant, read, cost] for (meant, read), cost in sorted(self.costs.items())]
        fields = {"version": VERSION, "learned_from": self.learned_from, "costs": pairs, "hazards": dict(self.hazards)}
        return json.dumps(fields, ensure_ascii=False)


NOTHING_LEARNED = Confusions({}, {}, 0)


def read_confusions(text: str) -> Confusions:
    """Read what `to_json` wrote; of another version nothing is taken.

    Raises:
        ValueError: it is damaged.
    """
    fields = json.loads(text)
    if fields["version"] != VERSION:
        return NOTHING_LEARNED
    costs = {(meant, read): float(cost) for meant, read, cost in fields["costs"]}
    return Confusions(costs, {str(k): float(v) for k, v in fields["hazards"].items()}, int(fields["learned_from"]))


def learn_confusions(
    known: Mapping[str, int], odd: Iterable[str], *, believed: Mapping[tuple[str, str], float] | None = None
) -> Confusions:
    """Learn from the words of an archive what its print is taken for.

    Args:
        known: Words that a word list knows, each with how often the archive holds it.
        odd: Rare words that no list knows.
        believed: What is thought of pairs before: cost by what was meant and what was read.

    Returns:
        Costs for the pairs that were seen; bounded in number, and the same for the same words.
    """
    pairs = _pairs_seen(known, odd)
    letters = Counter(letter for word, times in known.items() for letter in word for _ in range(min(times, 3)))
    total = sum(pairs.values())
    believed = believed or {}
    costs: dict[tuple[str, str], float] = {}
    for pair, seen in pairs.most_common(_MOST_PAIRS):
        if seen < _LEAST_SEEN:
            break
        before = _RARE_SHARE * 2.718 ** ((1 - believed.get(pair, 1.0)) / _CHEAPER)
        share = (seen + _PRIOR * before) / (total + _PRIOR)
        costs[pair] = round(max(_LEAST_COST, min(1.0, 1 - _CHEAPER * log(share / _RARE_SHARE))), 3)
    return Confusions(costs, _hazards(pairs, letters), total)


def _pairs_seen(known: Mapping[str, int], odd: Iterable[str]) -> Counter[tuple[str, str]]:
    """Count what was read as what in words that have one likely origin."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    long = {word for word in odd if len(word) >= _MIN_LETTERS}
    looked_at = sorted(long, key=lambda word: (crc32(word.encode()), word))
    chosen = sorted(known, key=lambda word: (-known[word], word))[:_MOST_KNOWN]
    at_place = _by_pieces(chosen)
    pairs: Counter[tuple[str, str]] = Counter()
    for word in looked_at[:_MOST_ODD]:
        most = 2 if len(word) >= _TWO_CHANGES else 1
        like = [*at_place.get((0, word[:_PIECE]), ()), *at_place.get((-1, word[-_PIECE:]), ())]
        if most > 1:  # and where both changes left the middle as it was
            third = len(word) // 3
            for shift in (-1, 0, 1):
                like += at_place.get((third + shift, word[third : third + _PIECE]), ())
        like = list(dict.fromkeys(other for other in like if abs(len(other) - len(word)) <= 1))
        near = process.extract(word, like, scorer=Levenshtein.distance, score_cutoff=most, limit=2)
        if len(near) == 1 or (near and near[0][1] < near[1][1]):
            pairs.update(_changes(near[0][0], word))
    return pairs


def _by_pieces(words: Iterable[str]) -> dict[tuple[int, str], list[str]]:
    """Sort words by the letters at their start (place 0), at their end (-1) and at each place in between.

    One change leaves the start or the end of a word as it was, of two changes one of start, middle and end.
    """
    found: dict[tuple[int, str], list[str]] = {}
    for word in words:
        middle = range(_TWO_CHANGES // 3 - 1, len(word) - _PIECE) if len(word) >= _TWO_CHANGES - 1 else ()
        found.setdefault((-1, word[-_PIECE:]), []).append(word)
        for at in (0, *middle):
            found.setdefault((at, word[at : at + _PIECE]), []).append(word)
    return found


def _changes(meant: str, read: str) -> list[tuple[str, str]]:
    """Return what was read as what; nothing for words that differ at their end, as forms of one word do."""
    from rapidfuzz.distance import Levenshtein

    found: list[tuple[str, str]] = []
    for change in Levenshtein.opcodes(meant, read):
        start, end, into, until = change.src_start, change.src_end, change.dest_start, change.dest_end
        if change.tag != "equal" and end >= len(meant) - 1 and (start == end or into == until):
            return []  # an ending more or less
        if change.tag != "equal":
            found.append((meant[start:end], read[into:until]))
    return [pair for pair in found if max(map(len, pair)) <= _LONGEST_PIECE]


def _hazards(pairs: Mapping[tuple[str, str], int], letters: Mapping[str, int]) -> dict[str, float]:
    """Return how often each letter is misread, beside the mean letter; drawn towards the mean where little was seen."""
    missed: dict[str, float] = dict.fromkeys(letters, 0.0)
    for (meant, _), seen in pairs.items():
        for letter in meant:
            missed[letter] = missed.get(letter, 0.0) + seen / len(meant)
    total, printed = sum(missed.values()), sum(letters.values())
    if not total or not printed:
        return {}
    mean = total / printed
    return {
        letter: round((missed[letter] + _LEAST_SEEN) / (letters[letter] * mean + _LEAST_SEEN), 3)
        for letter in sorted(letters)
    }
