"""Which words may a Dutch word be a form of, where the stemmer does not know?

    woonde, woont, gewoond → woon    grote → groot    kaartje → kaart    schreef → schrijven    menschen → mensen

Rules of spelling, with lists of what they would take for something else. What comes out need be no word: it is stemmed,
and two words belong together when they share a stem.
"""

import re
from collections.abc import Iterator

_PLURALS = """
    steden/stad schepen/schip leden/lid smeden/smid kinderen/kind eieren/ei liederen/lied bladeren/blad bladen/blad
    goederen/goed gemoederen/gemoed volkeren/volk beenderen/been kalveren/kalf lammeren/lam raderen/rad
    runderen/rund hoenderen/hoen gelederen/gelid dagen/dag wegen/weg daken/dak glazen/glas vaten/vat gaten/gat
    baden/bad paden/pad slagen/slag verslagen/verslag bedragen/bedrag verdragen/verdrag dalen/dal graven/graf
    holen/hol sloten/slot loten/lot hoven/hof goden/god oorlogen/oorlog gebeden/gebed gebreken/gebrek bevelen/bevel
    spelen/spel treden/tred koeien/koe vlooien/vlo musea/museum centra/centrum data/datum fora/forum
    politici/politicus critici/criticus historici/historicus musici/musicus technici/technicus academici/academicus
    adressen/adres zeelieden/zeeman kooplieden/koopman timmerlieden/timmerman werklieden/werkman vaklieden/vakman
    vaklui/vakman ambachtslieden/ambachtsman brandweerlieden/brandweerman edellieden/edelman landlieden/landman
    buren/buurman crises/crisis bases/basis schaapje/schaap scheepje/schip paadje/pad vaatje/vat blaadje/blad
    gaatje/gat glaasje/glas bloemetje/bloem kindertje/kind kinder/kind runder/rund kalver/kalf lammer/lam hoender/hoen
"""
# Months as they are shortened.
_SHORTENED = """
    feb/februari febr/februari mrt/maart apr/april aug/augustus sep/september sept/september okt/oktober nov/november
    dec/december
"""
# Forms of strong verbs, also behind a prefix; left out are those that are other words as well (sloot, namen, vroeg).
_VERBS = """
    schrijven/schreef,schreven,geschreven spreken/sprak,spraken,gesproken mogen/mocht,mochten
    brengen/bracht,brachten,gebracht denken/dacht,dachten,gedacht kopen/kocht,kochten,gekocht
    zoeken/zocht,zochten,gezocht helpen/hielp,hielpen,geholpen komen/kwam,kwamen staan/stond,stonden,gestaan
    gaan/ging,gingen,gegaan slaan/sloeg,sloegen,geslagen zien/zag,zagen,gezien doen/deed,deden,gedaan
    nemen/nam,genomen geven/gaf,gaven,gegeven eten/at,gegeten lezen/gelezen weten/wist,wisten,geweten
    meten/gemeten vergeten/vergat,vergaten liggen/lag,lagen,gelegen zitten/zaten,gezeten bidden/gebeden
    vinden/vond,vonden,gevonden binden/gebonden winden/gewonden verslinden/verslond,verslonden
    zenden/zond,gezonden beginnen/begon,begonnen winnen/won,wonnen,gewonnen verzinnen/verzon,verzonnen
    spinnen/gesponnen trekken/trok,trokken,getrokken treffen/trof,troffen,getroffen
    schrikken/schrok,schrokken,geschrokken
    schelden/gescholden gelden/gold,golden,gegolden smelten/smolt,smolten,gesmolten melken/gemolken
    vechten/vochten,gevochten vlechten/gevlochten zwellen/gezwollen
    sluiten/gesloten besluiten/besloot,besloten fluiten/floot,floten,gefloten snuiten/gesnoten spuiten/gespoten
    kruipen/kroop,kropen,gekropen ruiken/geroken duiken/dook,doken,gedoken buigen/gebogen
    zuigen/zoog,zogen,gezogen schuiven/geschoven,geschoven stuiven/gestoven
    kiezen/koos,kozen,gekozen verkiezen/verkozen verliezen/verloor,verloren vriezen/vroor,vroren,gevroren
    schieten/geschoten gieten/gegoten genieten/genoot,genoten
    liegen/loog,logen,gelogen bedriegen/bedroog,bedrogen vliegen/vloog,vlogen,gevlogen wegen/woog,wogen,gewogen
    bewegen/bewoog,bewogen bieden/bood,geboden
    blijven/bleef,bleven,gebleven drijven/dreef,dreven,gedreven wrijven/wreef,wreven,gewreven stijgen/gestegen
    krijgen/kreeg,kregen,gekregen zwijgen/zweeg,zwegen,gezwegen rijgen/geregen hijsen/hees,hesen,gehesen
    kijken/keek,keken,gekeken blijken/bleek,bleken,gebleken lijken/leek,geleken wijken/geweken
    bezwijken/bezweek,bezweken rijden/reed,gereden strijden/streed,streden,gestreden
    snijden/sneed,sneden,gesneden glijden/gleed,gleden,gegleden lijden/leed,geleden overlijden/overleed,overleden
    mijden/meed,meden,gemeden bijten/beet,beten,gebeten smijten/smeet,smeten,gesmeten splijten/spleet,spleten,gespleten
    spijten/speet,gespeten verwijten/verweet,verweten slijten/sleet,gesleten wijzen/gewezen prijzen/geprezen
    bewijzen/bewees,bewezen verwijzen/verwees,verwezen afwijzen/afwees aanwijzen/aanwees rijzen/gerezen
    verdwijnen/verdween,verdwenen schijnen/scheen,schenen,geschenen verschijnen/verscheen,verschenen
    grijpen/greep,grepen,gegrepen knijpen/kneep,knepen,geknepen slijpen/geslepen
    zwemmen/zwom,zwommen,gezwommen klimmen/klom,klommen,geklommen zingen/zong,zongen,gezongen
    springen/sprong,sprongen,gesprongen dwingen/dwong,dwongen,gedwongen dringen/drong,drongen,gedrongen
    wringen/wrong,wrongen,gewrongen klinken/klonk,klonken,geklonken drinken/dronk,dronken,gedronken
    zinken/zonk,zonken,gezonken stinken/stonk,stonken,gestonken schenken/schonk,schonken,geschonken
    lopen/liep,liepen roepen/riep,riepen slapen/sliep,sliepen vallen/viel,vielen blazen/blies,bliezen
    laten/liet,lieten raden/ried houden/hield,hielden vangen/ving,vingen ontvangen/ontving,ontvingen
    hangen/hing,hingen heten/heette,heetten dragen/droeg,droegen graven/groef,groeven varen/gevaren
    vragen/vroegen treden/trad,traden sterven/stierf,stierven,gestorven werven/wierf,wierven,geworven
    zwerven/zwierf,zwierven,gezworven bederven/bedierf,bedorven werpen/wierp,wierpen,geworpen
    breken/brak,braken,gebroken steken/stak,gestoken stelen/gestolen bevelen/beval,bevalen,bevolen
    wreken/gewroken scheren/geschoren zweren/gezworen scheppen/schiep,schiepen,geschapen
    wassen/waste,wasten zeggen/zei,zeiden,gezegd leggen/legde,legden,gelegd moeten/moest,moesten
    willen/wilde,wilden,wou kunnen/konden zullen/zouden stoten/gestoten
"""
_SHORT = 2  # letters: so short a rest says nothing
_INFINITIVES = {
    form: infinitive
    for verb in _VERBS.split()
    for infinitive, _, forms in [verb.partition("/")]
    for form in forms.split(",")
}
_IRREGULAR = dict(pair.split("/") for pair in (_PLURALS + _SHORTENED).split())
_IRREGULAR_ENDS = frozenset(form[-2:] for form in _IRREGULAR)  # most words have none of them
_PREFIXES = (
    *("aan", "achter", "af", "be", "bij", "binnen", "buiten", "deel", "door", "goed", "her", "in", "los", "mee"),
    *("mis", "na", "neer", "om", "onder", "ont", "op", "over", "plaats", "rond", "samen", "schoon", "tegen", "terug"),
    *("toe", "uit", "vast", "ver", "voor", "weer", "weg"),
)
# Behind these a participle has no ge-.
_FIXED = ("be", "her", "onder", "ont", "over", "ver")
_VOWELS = frozenset("aeiouy")
_LONG = ("aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ij", "ei", "au", "ou")
_GLIDE = ("ai", "ei", "oi", "ui")
_LONG_S = tuple(f"{vowel}s" for vowel in _LONG)
# How the stem of a verb ends before -t, before -te and before -de.
_BEFORE_T = (*"kpfgbdwlmnr", *_GLIDE, *_LONG_S)
_BEFORE_TE = (*"kpft", *_LONG_S)
_BEFORE_DE = (*"bgvfsmwjd", *_GLIDE, *(f"{vowel}l" for vowel in "aeiou"), *(f"{v}{end}" for v in _LONG for end in "nr"))
_PARTICIPLE_ENDS = ("d", "t", "de", "te", "den", "ten")
# Patterns are compiled when a word needs one: a search that needs none starts sooner.
_APART = "|".join(prefix for prefix in _PREFIXES if prefix not in _FIXED)
_PARTICIPLE = (
    rf"(?P<apart>{_APART}|onder|over|)ge(?P<stem>.{{2,}}(?:[bgvfslmnrwi]d|[kpfs]t))(?:en?)?"
    rf"|(?P<bound>(?:{_APART}|)(?:be|her|ont|ver).{{2,}}[bgvfslmnrwi]d)e?"
)
_SMALL = ("etje", "tje", "pje", "kje", "je")
# Nouns whose last letter is no ending: without it they would be another word (gas, mark, plan; vel, maan).
_ON_T = (
    *("gast", "gewest", "geweest", "markt", "gift", "lift", "drift", "schrift", "plant", "kant", "tent", "punt"),
    *("cent", "krant", "mint", "klant", "agent", "student", "buurt", "hart", "start", "kaart", "taart", "soort"),
    *("poort", "sport", "vaart", "maart", "staart", "beurt", "fort", "kort", "zwart"),
)
_ON_D = (
    *("paard", "maand", "woord", "beeld", "baard", "aard", "oord", "eend", "veld", "held", "schuld", "geld", "gild"),
    *("schild", "wild", "wereld", "zwaard", "gezond", "geduld", "geweld", "verband", "verstand", "verbond", "hoofd"),
    *("hemd", "jeugd", "deugd", "vreugd", "liefd", "speld", "schand", "zind"),
)
# Words that begin with ge- as participles do, and participles that begin like them.
_NO_PARTICIPLE = ("gewoon", "gewone", "gezond", "gemeent", "gerecht", "gelegenh")
_PARTICIPLES = ("gewoond", "gezonden")
# Behind these a compound is written with an s, or without.
_BEFORE_S = ("ing", "heid", "teit", "schap")
_MIN_PART, _LONGEST = 4, 60  # letters of a part of a compound, and of one
# Old spelling: -sch, and a vowel doubled in an open syllable. And what was written y for ij, c for k.
_SCH = (
    r"(?<!i)sch(?=(?:e|en|er|ers|t|te|ten|heid|elijk|elijke)?$)|(?<=s)sch(?=[aeiou])|(?<=men)sch(?=e|h|l|$)"
    r"|(?<=\bvi)sch|(?<=\bfri)sch"
)
_ZOO = r"^zoo(?=als|dat|dra|genaamd|lang|veel|ver|wel|zeer)"
_TWICE = r"(?<![aeiou])(?:ee|oo)(?=[bdfgklmnprstvz](?:[aeiou]|ij))"
_Y = r"(?<![aeiou])y(?=[^aeiouys]|s.)"
_NOT_Y = ("baby", "hobby", "lobby", "party", "pony")
_C = r"c(?=[aouclrt])"


def forms_of(word: str) -> tuple[str, ...]:
    """Return what is to be stemmed of a folded word: itself in today's spelling, and what it may be a form of.

    A participle of the lists stands for its verb alone: a stemmer would make leeg of gelegen.
    """
    written = modern(word)
    itself = () if word.startswith("ge") and word in _INFINITIVES else (written,)
    found = (*itself, *bases(word), *(bases(written) if written != word else ()))
    return tuple(dict.fromkeys(sounded(guarded(modern(form))) for form in found))


def modern(word: str) -> str:
    """Return a folded word in today's spelling, as far as rules tell: menschen, grooten, dyk."""
    if "sch" in word:
        word = re.sub(_SCH, "s", word).replace("sss", "ss")
    if "ee" in word or "oo" in word:
        word = re.sub(_TWICE, lambda pair: pair[0][0], re.sub(_ZOO, "zo", word))
    return re.sub(_Y, "ij", word) if "y" in word and not word.startswith(_NOT_Y) else word


def sounded(word: str) -> str:
    """Return a word as it was also written, its c as k and its ph as f: aktie for actie, telefoon for telephoon."""
    return re.sub(_C, "k", word).replace("ph", "f") if "c" in word or "ph" in word else word


def guarded(word: str) -> str:
    """Return a word of which a stemmer takes no more than an ending: velden is no form of vel, gewoon none of wonen."""
    if word.endswith("en") and word[:-2].endswith(_ON_D + _ON_T):
        word = word[:-2]
    return f"g{word[2:]}" if word.startswith(_NO_PARTICIPLE) and not word.startswith(_PARTICIPLES) else word


def bases(word: str) -> tuple[str, ...]:
    """Return what a folded Dutch word may be a form of; what the lists tell stands alone."""
    certain = [base for base in (_infinitive(word), _singular(word)) if base]
    if certain:
        return tuple(certain)
    found = dict.fromkeys([*_of_noun(word), *_of_verb(word)])
    return tuple(base for base in found if len(base) > _SHORT and base != word)


def relinked(word: str) -> Iterator[str]:
    """Yield a folded word with other letters between its parts, as they are also written: kerkeraad for kerkenraad.

    Whether it is a compound at all, and so written, is for the archive to say.
    """
    if not word.isalpha():
        return
    for at in range(_MIN_PART, min(len(word), _LONGEST) - _MIN_PART + 1):
        first, last = word[:at], word[at:]
        if last[0] in _VOWELS:
            continue
        if first.endswith("en") and at > _MIN_PART and first[-3] not in _VOWELS:
            yield first[:-1] + last
        elif first.endswith("e") and last[0] != "n" and first[-2] not in _VOWELS:
            yield f"{first}n{last}"
        elif first.endswith("s") and at > _MIN_PART and first[-2] not in _VOWELS and not last.startswith("ch"):
            yield first[:-1] + last
        elif first.endswith(_BEFORE_S) and last[0] != "s":
            yield f"{first}s{last}"


def _infinitive(word: str) -> str:
    """Return the infinitive of a form of a strong verb; behind some prefixes its participle has lost its ge-."""
    if word in _INFINITIVES:
        return _INFINITIVES[word]
    for prefix in _PREFIXES if word.startswith(_PREFIXES) else ():
        if word.startswith(prefix):
            rest = word.removeprefix(prefix)
            found = _INFINITIVES.get(rest) or (_INFINITIVES.get(f"ge{rest}") if prefix in _FIXED else None)
            if found and len(rest) > _SHORT:
                return prefix + found
    return ""


def _singular(word: str) -> str:
    one = word.removesuffix("s") if word.endswith("jes") else word
    for start in range(len(one)) if one[-2:] in _IRREGULAR_ENDS else ():
        if singular := _IRREGULAR.get(one[start:]):
            return one[:start] + singular if start != 1 else ""  # ontreden, aftreden: a word; "ltreden": a slip
    return ""


def _of_noun(word: str) -> Iterator[str]:
    """Yield what a plural, a diminutive or an adjective with its ending comes from."""
    if word.endswith(("as", "is", "os", "us", "ys", "ees", "ens")):
        yield word[:-1]
    if word.endswith(("eeen", "ieen")):
        yield word[:-2]
    if word.endswith(("je", "jes")):
        yield from _grown(word.removesuffix("s"))
    elif word.endswith("en"):
        yield from _closed(word[:-2])
    elif word.endswith("e"):
        yield from _closed(word[:-1])


def _grown(small: str) -> Iterator[str]:
    """Yield what a diminutive is the small one of: kaart-je, tuin-tje, man(n)-etje, oma(a)-tje, konin(k)-je."""
    end = next(end for end in _SMALL if small.endswith(end))
    root, whole = small.removesuffix(end), small.removesuffix("je")
    yield whole
    if end == "kje" and root.endswith("in"):
        yield f"{root}g"
    if end == "etje":
        yield _undoubled(root)
    elif end in {"tje", "pje"} and not whole.endswith(_ON_T):
        yield root
        if root[-1:] == root[-2:-1]:
            yield root[:-1]


def _closed(stem: str) -> Iterator[str]:
    """Yield a stem whose ending is gone as it is written then: grot(e) groot, gekk(e) gek, dov(e) doof."""
    if _is_open(stem):
        yield _hard(f"{stem[:-1]}{stem[-2]}{stem[-1]}")
        if not (stem.endswith(("el", "em", "en", "er", "or")) and _VOWELS.intersection(stem[:-2])):
            return  # regel, motor: the last syllable of these is short all the same
    yield _hard(_undoubled(stem))


def _is_open(stem: str) -> bool:
    """Tell whether a stem ends in one vowel, or the second of -ia- and the like, before a single consonant."""
    before, vowel, last = stem[-3:-2], stem[-2:-1], stem[-1:]
    alone = before not in _VOWELS or f"{before}{vowel}" in {"ia", "io", "ea"}
    return alone and vowel in _VOWELS - {"i", "y"} and last not in _VOWELS and last != "x"


def _undoubled(stem: str) -> str:
    return stem[:-1] if stem[-1:] == stem[-2:-1] and stem[-1:] not in _VOWELS else stem


def _hard(stem: str) -> str:
    """Return a stem with the last letter that it is written with: huiz(en) huis, duiv(en) duif."""
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1:], stem[-1:])


def _of_verb(word: str) -> Iterator[str]:
    """Yield the stem of a verb: woont, werkte, woonden, opgebeld, verhuisd."""
    if not word.endswith(_PARTICIPLE_ENDS):
        return
    if not word.endswith(_ON_D + _ON_T) and (found := re.fullmatch(_PARTICIPLE, word)):
        stem = found["bound"] or found["apart"] + found["stem"]
        yield stem[:-1]
        yield stem  # gebrand: branden
    if word.endswith("t") and word[:-1].endswith(_BEFORE_T) and not word.endswith(_ON_T):
        yield word[:-1]
    past = word.removesuffix("n") if word.endswith("en") else word
    stem, ending = past[:-2], past[-2:]
    if ending == "te" and stem.endswith(_BEFORE_TE) and not f"{stem}t".endswith(_ON_T):
        yield stem
    if ending == "de" and stem.endswith(_BEFORE_DE) and not f"{stem}d".endswith(_ON_D):
        yield stem
