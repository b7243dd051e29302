"""How many sections may hold the words of a query, misread beyond recognition?

The sections that were found tell how often the words are written; signs of damage on their pages and the engine's own
doubt tell how badly they were read there. Of sections that hold a word, the share p = exp(-h · letters) is found, h
growing with the damage and with how often each letter is misread, so that each section found stands for (1 - p) / p
that are not. How many these are is predicted: their spread is that of a negative binomial, wider because damage comes
in clusters and is itself estimated. docs/search.md shows how often the interval holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import exp

from archive.model.search import And, Found, Fuzzy, Node, Not, Or, Pattern, Phrase, Reading, Term
from archive.search.forms import fold, tokens
from archive.tuples import NamedTuple

NO_WORD = "the query asks for no word"
TOO_LITTLE = "there is too little text to tell how well it was read"
LEVEL = 0.9  # of the cases, the true number lies in the interval

# Fitted to the newsletters of tests/newsletters/tune, worn by seed in several ways and read by Tesseract.
_ERROR_PER_SIGN = 0.14  # misread letters for each sign of damage
_SOUND = 0.0105  # misread letters that signs speak for where nothing is misread: names, new words, dashes
# Of words misread, those that neither cleaning nor likeness leads back to, for each letter and damage to the power of
# _GROWS: the more letters of a word are wrong, the less leads back to it.
_LOSS = 0.0163
_LOSS_EXACT = 0.0176  # where only the word itself is looked for
_GROWS = 1.64
_WORST_ERROR = 0.055  # 5 %, and what it may be estimated too high by
_FEWEST_WORDS = 150  # of the archive; below, nothing can be said
_BEFORE = 2  # sections that are believed to hold the words beside those found, read as the archive is as a whole
_SPREAD = 0.2  # variance for each squared mean: pages of like damage hide more here and less there
_POOL_WORDS = 60  # how many words of the archive as a whole each reading is mixed with
_MOST_MISSED = 0.9


class Hidden(NamedTuple):
    """How many sections are likely hidden, and the bounds that hold in LEVEL of the cases."""

    expected: float
    low: int
    high: int

    def as_fields(self) -> dict[str, float]:
        """Return it under the names of the search answer."""
        return {"expected": round(self.expected, 1), "low": self.low, "high": self.high, "level": LEVEL}


def estimate_hidden(
    root: Node, found: Found, *, exact: bool = False, hazards: Mapping[str, float] | None = None
) -> Hidden | str:
    """Estimate how many sections hold the words but were misread; or say in words why that cannot be told.

    Args:
        root: The query.
        found: What the index answered.
        exact: Only words as typed were looked for.
        hazards: How often each letter is misread beside the mean letter.
    """
    words = list(dict.fromkeys(map(tuple, asked_words(root))))  # what is typed twice stands there once
    if not words:
        return NO_WORD
    if not found.readings or found.readings[-1].words < _FEWEST_WORDS:
        return TOO_LITTLE
    *hits, whole = found.readings
    counted = [(damage(reading, whole), float(reading.sections)) for reading in hits]
    error = _mean_error(counted or [(damage(whole), 1.0)])
    if error > _WORST_ERROR:
        return f"these pages are read too badly to tell: about {error:.0%} of the letters are wrong"
    mean = variance = 0.0
    for worn, sections in (*counted, (damage(whole), _BEFORE)):
        missed = missed_share(words, worn, hazards or {}, exact=exact)
        mean += sections * missed / (1 - missed)
        variance += sections * missed / (1 - missed) ** 2
    return _interval(mean, variance + _SPREAD * mean * mean, most=max(0, whole.sections - found.total))


def tell_hidden(fields: Mapping[str, float] | None, reason: str) -> str:
    """Say it in one sentence."""
    if fields is None:
        cannot = "How many sections were missed through misreading cannot be estimated"
        return f"{cannot}: {reason}." if reason not in {"", NO_WORD, TOO_LITTLE} else ""
    low, high = int(fields["low"]), int(fields["high"])
    if not high:
        return "Probably no section was missed through misreading."
    number = f"up to {high:,}" if not low else f"{low:,} to {high:,}"
    noun = "section" if high == 1 else "sections"
    return f"Through misreading {number} more {noun} may be missed (in 9 of 10 such searches); --suspects shows where."


def damage(reading: Reading, whole: Reading | None = None) -> float:
    """Return the signs of damage for each word, drawn towards those of the archive as a whole where words are few."""
    words, signs = float(reading.words), float(reading.signs)
    if whole is not None and whole.words:
        words, signs = words + _POOL_WORDS, signs + _POOL_WORDS * whole.signs / whole.words
    return signs / words if words else 0.0


def missed_share(
    words: Sequence[Sequence[str]], worn: float, hazards: Mapping[str, float], *, exact: bool = False
) -> float:
    """Return of sections that hold the words the share that is not found, where so much is damaged.

    Of alternatives the best read one counts.
    """
    letters = sum(min(sum(hazards.get(letter, 1.0) for letter in word) for word in some) for some in words)
    loss = _LOSS_EXACT if exact else _LOSS
    return min(_MOST_MISSED, 1 - exp(-loss * letters * worn**_GROWS))


def asked_words(root: Node) -> Iterator[Sequence[str]]:
    """Yield the words that a section must hold; where one of several will do, these together."""
    match root:
        case And(parts):
            for part in parts:
                yield from asked_words(part)
        case Or(parts):
            ways = [[word for some in asked_words(part) for word in some] for part in parts]
            if all(ways):
                yield [min(way, key=len) for way in ways]
        case Term(text, field) | Fuzzy(text, _, field) if field in {"", "heading"}:
            yield [fold(text)]
        case Pattern(text, field) if field in {"", "heading"} and text.strip("*?"):
            yield [fold(text).replace("*", "").replace("?", "")]
        case Phrase(words, _, field) if field in {"", "heading"}:
            for token in tokens(" ".join(words)):
                if not token.whole:
                    yield [token.text]
        case Not() | _:
            return


def _mean_error(counted: Sequence[tuple[float, float]]) -> float:
    """Return the share of letters misread that damage speaks for, mean of some sections; with each its number."""
    worn = sum(each * sections for each, sections in counted) / sum(sections for _, sections in counted)
    return max(0.0, worn * _ERROR_PER_SIGN - _SOUND)


def _interval(mean: float, variance: float, *, most: int) -> Hidden:
    """Return the numbers that hold LEVEL of a negative binomial: as few as do, with half of the rest at most below."""
    if mean <= 0:
        return Hidden(0.0, 0, 0)
    size, chance = mean * mean / (variance - mean), mean / variance
    share = chance**size  # probability of `number`
    number = low = 0
    total = below = 0.0
    for number in range(most + 1):
        if total + share <= (1 - LEVEL) / 2:
            low, below = number + 1, total + share
        total += share
        if total - below >= LEVEL:
            break
        share *= (number + size) / (number + 1) * (1 - chance)
    return Hidden(min(mean, float(most)), min(low, most), number)
