"""Which words share a stem?

The current Snowball stemmers, and what they leave apart: for Dutch by the rules of dutch.py, for English by those of
english.py. A word can have more than one stem; two words belong together when they share one.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import Stemmer

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Words of the closed classes have no forms but themselves: niet is no form of niets, voor none of vorig.
_CLOSED = {
    "nl": """
        de het een en of maar want dus noch als dan toen dat wie wat welke welk waar hoe waarom wanneer deze dit die
        daar hier er ik jij je u hij zij ze wij we jullie hen hun haar hem mij me ons onze mijn jouw uw zijn van voor
        met op in aan bij tot uit over onder door tegen tussen naar zonder langs sinds tijdens vanaf volgens wegens te
        om ook men niet niets geen nooit ooit nog al alle alles wel weer zeer heel meer veel weinig iets iemand niemand
        elk elke ieder iedere eigen zelf zo ja nee is was waren ben bent wordt worden werd heeft had hebben kan kon
        zal zou moet mag wil binnen buiten boven achter naast rond omdat terwijl hoewel indien toch reeds
    """,
    "en": """
        the a an and or but if then than that this these those who what which where how why when here there i you he
        she it we they them him her us me my your his its our their of for with on in at by to from out over under
        through against between without about since during as not no nor never ever also still all any some none each
        every own so yes is was were be been are has had have can could will would must may do does did into onto
    """,
}
# Words that turn what follows: without it near, they say little of a section.
_NEGATIONS = frozenset(
    {"niet", "geen", "zonder", "tegen", "nooit", "noch", "not", "no", "without", "against", "never", "nor"}
)
_CLOSED_WORDS = {language: frozenset(words.split()) for language, words in _CLOSED.items()}
# Names of nations that are forms of another word, too: Frans, which may be a man.
_ALSO_OTHERS = ("franse", "fransche")
_SHORT = 3  # letters: stems of shorter words say nothing


@lru_cache(maxsize=50_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of a folded word, the stemmer's own first; words that share one are forms of each other.

    A language without a stemmer gives the word without its apostrophes and hyphens.
    """
    plain = word.replace("'", "").replace("-", "")
    name = _STEMMERS.get(language)
    if is_closed(plain, language) or word.endswith("'n"):  # zo'n is no form of zon
        return (f"{plain}.",)  # the dot keeps it apart from stems
    if name is None or not plain.isalpha():
        return (plain,)
    nation = _nation(word.partition("'")[0].replace("-", ""), language)
    if nation and plain not in _ALSO_OTHERS:
        return nation  # alone: Polen is no form of pool
    forms = _dutch(plain) if language == "nl" else _english(plain) if language == "en" else (plain,)
    stem_word = _stemmer(name).stemWord
    found = [str(stem_word(form)) if len(form) > _SHORT else form for form in forms]
    return tuple(dict.fromkeys((*found, *nation)))


def is_closed(word: str, language: str) -> bool:
    """Tell whether a folded word is an article, pronoun, preposition or the like, which never inflects."""
    return word in _CLOSED_WORDS.get(language, ())


def is_negation(word: str) -> bool:
    """Tell whether a folded word turns the one that follows: niet, geen, zonder, tegen."""
    return word in _NEGATIONS


def stemmed_languages() -> frozenset[str]:
    """Name the languages (ISO 639-1) that have a stemmer."""
    return frozenset(_STEMMERS)


@lru_cache(maxsize=len(_STEMMERS))
def _stemmer(name: str) -> "Stemmer.Stemmer":
    from Stemmer import Stemmer

    return Stemmer(name, 0)  # its own memory of words costs more than stemming one, and `stems` has another


def _nation(word: str, language: str) -> tuple[str, ...]:
    """Return what a name of a country or people shares with the others of it; the dot keeps it apart from stems."""
    if language not in _CLOSED:
        return ()
    from archive.search.nations import nation_of  # not loaded where no stem is asked for

    name = nation_of(word, language)
    return (f"{name}.",) if name else ()


def _dutch(word: str) -> tuple[str, ...]:
    from archive.search.dutch import forms_of  # only where Dutch is asked for

    return forms_of(word)


def _english(word: str) -> tuple[str, ...]:
    from archive.search.english import forms_of  # only where English is asked for

    return forms_of(word)
