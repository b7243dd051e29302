"""Which language is this, and which words does it know?

Word lists and their frequencies come from `wordfreq` (Zipf scale: 3 is once in a million words, 6 once in a thousand).
It takes a third of a second to load, so only reading, parsing and indexing import this file, never a search.
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from wordfreq import get_frequency_dict, zipf_frequency

# A word that stands below this is rarer than one in ten million: names, slips and misreadings.
_KNOWN_ZIPF = 1.5
# One token to `wordfreq` too, so that its list can be asked without its tokeniser: that takes more than twice as long.
_PLAIN = re.compile(r"[a-zß-öø-ÿ]+")
_PLAIN_LANGUAGES = frozenset({"nl", "en", "fr", "de", "es"})
_ZIPF_OF_ALL_WORDS = 9.0
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


@lru_cache(maxsize=200_000)
def word_zipf(word: str, language: str) -> float:
    """Return how common a word is in a language on the Zipf scale (0 to 8); 0 for a word the list does not hold.

    A language without a word list (`wordfreq` has some 40) gives 0 for every word.
    """
    small = word.casefold()
    if language in _PLAIN_LANGUAGES and _PLAIN.fullmatch(small):
        share = get_frequency_dict(language).get(small)
        return round(math.log10(share) + _ZIPF_OF_ALL_WORDS, 2) if share else 0.0
    try:
        return float(zipf_frequency(word, language))
    except LookupError:
        return 0.0


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
