"""Which language is this, and which words does it know?

Word lists and their frequencies come from `wordfreq` (Zipf scale: 3 is once in a million words, 6 once in a thousand).
The lists of the languages that parting words at signs is enough for are read from its files, without its tokenisers:
these alone take as long to load as a list. A list takes a tenth of a second, so a search asks for none.
"""

import gzip
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from importlib.util import find_spec
from itertools import chain, count, repeat
from operator import itemgetter
from pathlib import Path
from unicodedata import combining, normalize

# A word that stands below this is rarer than one in ten million: names, slips and misreadings.
_KNOWN_ZIPF = 1.5
_LISTS_READ_HERE = frozenset({"nl", "en", "fr", "de", "es"})
# What may be parted into words at its signs; the end of a word before an apostrophe and a vowel is one (`l'eau`).
_PARTED = re.compile(r"'*\w+(?:['-]\w+)*'*")
_PIECE = re.compile(r"\b\w\w?(?='[aehiouyáéíóúàèìòùâêîôûåïöœ])|\w+(?:'\w+)*")
_MOST_KEPT = 50_000  # words
_DIGITS = re.compile(r"\d\d")
_ZIPF_OF_ALL_WORDS, _STEPS = 900, 100  # the lists count in hundredths on the Zipf scale
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Words that a language uses all the time and the languages beside it hardly do.
_STOP = {
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als maar dan bij nog uit naar wordt door "
    "over wij onze ons heeft hebben worden deze dit werd was kan of tot zich al geen wel hun",
    "en": "the of and to in is that it for was on with are be as at this have from by not or an we our which their has "
    "were will been they but you all can more there",
    "fr": "le la les de des du et est en un une que qui dans pour sur au aux pas plus par ce il elle nous vous sont "
    "avec son ses cette ont été",
    "de": "der die das und ist in den von zu mit nicht ein eine im auf für des dem sich auch es an als werden aus wird "
    "bei oder sind wir hat nach einer um",
    "es": "el la los las de y que en un una es por con para no se su al lo como más pero sus este ha son del",
}
_STOP_SETS = {language: frozenset(words.split()) for language, words in _STOP.items()}


def word_zipf(word: str, language: str) -> float:
    """Return how common a word is in a language on the Zipf scale (0 to 8); 0 for a word the list does not hold.

    A language without a word list (`wordfreq` has some 40) gives 0 for every word.
    """
    if language in _LISTS_READ_HERE and word.isascii() and word.isalpha():  # so that nothing need be remembered
        return _read_list(language).get(word.lower(), 0) / _STEPS
    return _zipf_of(word, language)


@lru_cache(maxsize=_MOST_KEPT)
def _zipf_of(word: str, language: str) -> float:
    if language in _LISTS_READ_HERE:
        small = word.casefold().replace("’", "'")
        if small.isalpha():
            return _read_list(language).get(small, 0) / _STEPS
        if _PARTED.fullmatch(small) and not _DIGITS.search(small):
            return _parted_zipf(_PIECE.findall(small), _read_list(language))
    from wordfreq import zipf_frequency  # for what needs its tokenisers

    try:
        return float(zipf_frequency(word, language))
    except (LookupError, ImportError):  # no list, or one of words that only a library more can part: zh, ja, ko
        return 0.0


def unaccented_zipf(word: str, language: str) -> float:
    """Return how common a word without its accents is on the Zipf scale: cooperatie is coöperatie."""
    return max(word_zipf(word, language), _accented(language).get(word, 0) / _STEPS)


def zipf_in(language: str) -> Callable[[str], float]:
    """Return `unaccented_zipf` of a language for many folded words: it has the lists at hand, and keeps them."""
    if language not in _LISTS_READ_HERE:
        return lru_cache(maxsize=_MOST_KEPT)(partial(unaccented_zipf, language=language))
    listed, accented = _read_list(language).get, _accented(language).get

    def zipf(word: str) -> float:
        if not word.isalpha():
            return unaccented_zipf(word, language)
        return max(listed(word, 0), accented(word, 0)) / _STEPS

    return zipf


def listed_zipf(words: AbstractSet[str], languages: Sequence[str]) -> dict[str, float]:
    """Return those of many words that a word list holds, with how common they are where they are most common.

    Args:
        words: In small letters, of nothing but letters.
        languages: Those whose lists are read without tokenisers (nl, en, fr, de, es).
    """
    found: dict[str, float] = {}
    for listed in map(_read_list, languages):
        for word in listed.keys() & words:
            found[word] = max(listed[word] / _STEPS, found.get(word, 0.0))
    return found


def _parted_zipf(pieces: Sequence[str], listed: Mapping[str, int]) -> float:
    """Return how common the words are together: one word less than the rarest of them."""
    if not all(piece in listed for piece in pieces):
        return 0.0
    times_rarer = sum(10.0 ** (-listed[piece] / _STEPS) for piece in pieces)
    return max(0.0, round(-math.log10(times_rarer), 2))


def let_go() -> None:
    """Let go of the word lists, which take some 80 MB; one is read again when a word is asked for."""
    _zipf_of.cache_clear()
    _accented.cache_clear()
    _read_list.cache_clear()


@lru_cache(maxsize=8)
def _read_list(language: str) -> dict[str, int]:
    """Return the words of a language, each with its place on the Zipf scale in hundredths."""
    import msgpack  # not loaded by a search

    found = find_spec("wordfreq")
    assert found is not None  # noqa: S101 - it is a dependency
    assert found.origin is not None  # noqa: S101
    packed = (Path(found.origin).parent / "data" / f"large_{language}.msgpack.gz").read_bytes()
    _, *by_rarity = msgpack.unpackb(gzip.decompress(packed))
    ranks = count(_ZIPF_OF_ALL_WORDS, -1)
    return dict(chain.from_iterable(zip(words, repeat(rank)) for words, rank in zip(by_rarity, ranks, strict=False)))


@lru_cache(maxsize=8)
def _accented(language: str) -> dict[str, int]:
    """Return the words of a language that have accents, without these, each with its place on the Zipf scale."""
    listed = _read_list(language) if language in _LISTS_READ_HERE else {}
    plain = ((_without_accents(word), rank) for word, rank in listed.items() if not word.isascii())
    return {word: rank for word, rank in sorted(plain, key=itemgetter(1)) if word.isalpha()}


def _without_accents(word: str) -> str:
    return "".join(char for char in normalize("NFKD", word) if not combining(char))


def is_known(word: str, languages: Sequence[str]) -> bool:
    """Tell whether a word stands in the word list of one of the languages (ISO 639-1 codes)."""
    return any(word_zipf(word, language) >= _KNOWN_ZIPF for language in languages)


def words_of(text: str) -> list[str]:
    """Return the words of a text: letters, with apostrophes and hyphens inside, no digits."""
    return _WORD.findall(text)


def known_share(words: Iterable[str], languages: Sequence[str]) -> float:
    """Return the share (0 to 1) of words of three letters and more that a word list holds; 0 if there are none."""
    long = [word for word in words if len(word) > 2]  # noqa: PLR2004 - shorter ones are known by chance
    return sum(is_known(word, languages) for word in long) / len(long) if long else 0.0


def stop_share(words: Sequence[str], language: str) -> float:
    """Return the share (0 to 1) of words that are everyday words of the language; 0 for one without a list."""
    stops = _STOP_SETS.get(language, frozenset())
    return sum(word.casefold() in stops for word in words) / len(words) if words else 0.0


def detect_language(text: str, among: Sequence[str]) -> str:
    """Return the language of a text, one of `among`, or `und` where there is too little to tell.

    Counts everyday words of each language first; where these do not decide, the words that a word list holds.
    """
    words = words_of(text)
    if not words:
        return "und"
    by_stops = {language: stop_share(words, language) for language in among}
    best = max(by_stops, key=lambda language: by_stops[language], default="und")
    others = [share for language, share in by_stops.items() if language != best]
    if by_stops.get(best, 0) >= 0.08 and by_stops[best] > 1.3 * max(others, default=0):  # noqa: PLR2004 - measured
        return best
    by_list = {language: sum(word_zipf(word.casefold(), language) for word in words) for language in among}
    best = max(by_list, key=lambda language: by_list[language], default="und")
    others_sum = max((total for language, total in by_list.items() if language != best), default=0.0)
    enough = by_list.get(best, 0) >= 3.0 * len(words) * 0.5
    return best if enough and by_list[best] > 1.1 * others_sum else "und"
