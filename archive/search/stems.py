"""Which words share a stem?

The current Snowball stemmers, and for Dutch what they leave apart: plurals on a vowel with s (foto's), plurals that
change their vowel (steden, leden), those on -eren (kinderen), and verbs that change their vowel (schreef, geschreven).
A word can have two stems; two words belong together when they share one.
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
_PLURALS = """
    steden/stad schepen/schip leden/lid smeden/smid kinderen/kind eieren/ei liederen/lied bladeren/blad bladen/blad
    goederen/goed gemoederen/gemoed volkeren/volk beenderen/been kalveren/kalf lammeren/lam raderen/rad
    runderen/rund hoenderen/hoen gelederen/gelid dagen/dag wegen/weg daken/dak glazen/glas vaten/vat gaten/gat
    baden/bad paden/pad slagen/slag verslagen/verslag bedragen/bedrag verdragen/verdrag dalen/dal graven/graf
    holen/hol sloten/slot loten/lot hoven/hof goden/god oorlogen/oorlog gebeden/gebed gebreken/gebrek bevelen/bevel
    spelen/spel treden/tred koeien/koe vlooien/vlo musea/museum centra/centrum data/datum fora/forum
    politici/politicus critici/criticus historici/historicus musici/musicus technici/technicus academici/academicus
    adressen/adres
"""
# Forms of strong verbs, also behind a prefix; left out are those that are other words as well (sloot, namen, vroeg).
_VERBS = """
    schrijven/schreef,schreven,geschreven spreken/sprak,spraken,gesproken mogen/mocht,mochten
    brengen/bracht,brachten,gebracht kopen/kocht,kochten,gekocht zoeken/zocht,zochten,gezocht
    helpen/hielp,hielpen,geholpen komen/kwam,kwamen staan/stond,stonden,gestaan gaan/ging,gingen,gegaan nemen/genomen
    vinden/vond,vonden,gevonden beginnen/begon,begonnen trekken/trok,trokken,getrokken sluiten/gesloten
    besluiten/besloot,besloten kiezen/koos,kozen,gekozen verkiezen/verkozen verliezen/verloor,verloren
    blijven/bleef,bleven,gebleven stijgen/gestegen zwemmen/zwom,zwommen,gezwommen
    zingen/zong,zongen,gezongen lopen/liep,liepen roepen/riep,riepen slapen/sliep,sliepen vallen/viel,vielen
    vangen/ving,vingen ontvangen/ontving,ontvingen houden/hield,hielden dragen/droeg,droegen bieden/bood,geboden
    vliegen/vloog,vlogen,gevlogen schenken/schonk,schonken,geschonken treden/trad,traden sterven/stierf,stierven
    overlijden/overleed,overleden winnen/won,wonnen,gewonnen krijgen/kreeg,kregen,gekregen kijken/keek,keken,gekeken
    rijden/reed,gereden strijden/streed,streden,gestreden lezen/gelezen geven/gegeven hangen/hing,hingen
    drinken/dronk,dronken,gedronken springen/sprong,sprongen,gesprongen dwingen/dwong,dwongen,gedwongen
    verdwijnen/verdween,verdwenen verschijnen/verscheen,verschenen snijden/sneed,gesneden
"""
_INFINITIVES = {
    form: infinitive
    for verb in _VERBS.split()
    for infinitive, _, forms in [verb.partition("/")]
    for form in forms.split(",")
}
_IRREGULAR = dict(pair.split("/") for pair in _PLURALS.split())
# Words of the closed classes have no forms but themselves: niet is no form of niets, voor none of vorig.
_CLOSED = {
    "nl": """
        de het een en of maar want dus noch als dan toen dat wie wat welke welk waar hoe waarom wanneer deze dit die
        daar hier er ik jij je u hij zij ze wij we jullie hen hun haar hem mij me ons onze mijn jouw uw zijn van voor
        met op in aan bij tot uit over onder door tegen tussen naar zonder langs sinds tijdens vanaf volgens wegens te
        om ook niet niets geen nooit ooit nog al alle alles wel weer zeer heel meer veel weinig iets iemand niemand
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
_PREFIXES = (
    *("aan", "achter", "af", "be", "bij", "door", "her", "in", "mee", "na", "om", "onder", "ont", "op", "over"),
    *("rond", "samen", "tegen", "terug", "toe", "uit", "ver", "voor", "weg"),
)
_VOWEL_S = ("as", "is", "os", "us", "ys")
_DOUBLE_E_EN = ("eeen", "ieen")
_SHORT = 3  # letters: stems of shorter words say nothing


@lru_cache(maxsize=50_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of a folded word, the stemmer's own first; words that share one are forms of each other.

    A language without a stemmer gives the word without its apostrophes and hyphens.
    """
    plain = word.replace("'", "").replace("-", "")
    name = _STEMMERS.get(language)
    if is_closed(plain, language):
        return (f"{plain}.",)  # the dot keeps it apart from stems
    if name is None or len(plain) <= _SHORT or not plain.isalpha():
        return (plain,)
    stem_word = _stemmer(name).stemWord
    found = [str(stem_word(plain))]
    bases = _dutch_bases(plain) if language == "nl" else ()
    found += [str(stem_word(base)) if len(base) > _SHORT else base for base in bases]
    return tuple(dict.fromkeys(found))


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

    return Stemmer(name)


def _dutch_bases(word: str) -> tuple[str, ...]:
    """Return what a Dutch word is a form of, where the stemmer does not know."""
    for prefix in ("", *_PREFIXES):
        if word.startswith(prefix) and (infinitive := _INFINITIVES.get(word.removeprefix(prefix))):
            return (prefix + infinitive,)
    for start in range(len(word)):
        if singular := _IRREGULAR.get(word[start:]):
            if start != 1:  # ontreden, aftreden: a word; "ltreden": a slip
                return (word[:start] + singular,)
            break
    if word.endswith(_VOWEL_S):
        return (word[:-1],)
    if word.endswith(_DOUBLE_E_EN):
        return (word[:-2],)
    return ()
