"""How many sections may hold the words of a query, misread beyond recognition?

The sections that were found tell how often the words are written; signs of damage on their pages and the engine's own
doubt tell how many letters were misread there. Of sections that hold a word, the share p = exp(-h · letters) is found
at page error e, h growing with it and with how often each letter is misread, so that each section found stands for
(1 - p) / p that are not. The spread of their number is that of a negative binomial, wider because the error itself is
estimated. docs/search.md shows how often the interval holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import exp, lgamma, log, sqrt
from typing import NamedTuple

from archive.model.search import And, Found, Fuzzy, Node, Not, Or, Pattern, Phrase, Reading, Term
from archive.search.forms import fold, tokens

NO_WORD = "the query asks for no word"
TOO_LITTLE = "there is too little text to tell how well it was read"
LEVEL = 0.9  # of the cases, the true number lies in the interval

# Fitted to the newsletters of tests/newsletters/tune, worn by seed at several strengths and read by Tesseract.
_ERROR_PER_SIGN = 0.106  # misread letters for each sign of damage
_SOUND = 0.0044  # misread letters that signs speak for where nothing is misread: names, new words, dashes
# Of words misread, those that neither cleaning nor likeness leads back to, for each letter and error to the power of
# _GROWS: the more letters of a word are wrong, the less leads back to it.
LOSS = 6.6
_LOSS_EXACT = 5.75  # where only the word itself is looked for
_GROWS = 2.34
_WORST_ERROR = 0.05
_FEWEST_WORDS = 150  # of the archive; below, nothing can be said
_SPREAD = 0.087
_SPAN = 0.93  # of the distribution, so that LEVEL holds on paper that is worn otherwise than that of the fit
_BEFORE = 4.1  # sections that are believed to hold the words beside those found, misread as the archive is as a whole
_POOL_WORDS = 60  # how many words of the archive as a whole each reading is mixed with
_MOST = 2000


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
    words = [list(some) for some in asked_words(root)]
    if not words:
        return NO_WORD
    if not found.readings or found.readings[-1].words < _FEWEST_WORDS:
        return TOO_LITTLE
    *hits, whole = found.readings
    error = _mean_error(hits, whole) if hits else page_error(whole)
    if error > _WORST_ERROR:
        return f"these pages are read too badly to tell: about {error:.0%} of the letters are wrong"
    loss = _LOSS_EXACT if exact else LOSS
    mean = variance = 0.0
    for reading in (*hits, whole):
        count = reading.sections if reading is not whole else _BEFORE
        missed = missed_share(words, page_error(reading, whole), loss, hazards or {})
        mean += count * missed / (1 - missed)
        variance += count * missed / (1 - missed) ** 2
    return _interval(mean, variance + _SPREAD * (mean * mean + mean), most=max(0, whole.sections - found.total))


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


def page_error(reading: Reading, whole: Reading | None = None) -> float:
    """Return the share of letters misread that signs of damage speak for."""
    words, signs = float(reading.words), float(reading.signs)
    if whole is not None and whole is not reading and whole.words:
        words, signs = words + _POOL_WORDS, signs + _POOL_WORDS * whole.signs / whole.words
    return max(0.0, signs / words * _ERROR_PER_SIGN - _SOUND) if words else 0.0


def missed_share(words: Sequence[Sequence[str]], error: float, loss: float, hazards: Mapping[str, float]) -> float:
    """Return of sections that hold the words the share that is not found; of alternatives the best read one counts."""
    letters = sum(min(sum(hazards.get(letter, 1.0) for letter in word) for word in some) for some in words)
    return min(0.95, 1 - exp(-loss * letters * error**_GROWS))


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


def _mean_error(hits: Sequence[Reading], whole: Reading) -> float:
    sections = sum(reading.sections for reading in hits)
    return sum(page_error(reading, whole) * reading.sections for reading in hits) / max(1, sections)


def _interval(mean: float, variance: float, *, most: int) -> Hidden:
    """Return the shortest span from the lower end on that holds _SPAN of a negative binomial."""
    low, below, total, number = 0, 0.0, 0.0, 0
    tail = (1 - _SPAN) / 2
    for number in range(_MOST + int(mean + 6 * sqrt(variance))):
        share = _share(number, mean, variance)
        if total + share <= tail:
            low, below = number + 1, total + share
        total += share
        if total - below >= _SPAN:
            break
    return Hidden(min(mean, float(most)), min(low, most), min(number, most))


def _share(number: int, mean: float, variance: float) -> float:
    """Return the probability of a number; Poisson's where the variance is no greater than the mean."""
    if mean <= 0:
        return float(number == 0)
    if variance <= mean * 1.0001:
        return exp(number * log(mean) - mean - lgamma(number + 1))
    size, chance = mean * mean / (variance - mean), mean / variance
    ways = lgamma(number + size) - lgamma(size) - lgamma(number + 1)
    return exp(ways + size * log(chance) + number * log(1 - chance))
