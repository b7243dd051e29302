"""Which words may a Dutch word be a form of, where the stemmer does not know?

    woonde, woont, gewoond → woon    grote → groot    kaartje → kaart    schreef → schrijven    menschen → mensen

Rules of spelling, with lists of what they would take for something else. What comes out need be no word: it is stemmed,
and two words belong together when they share a stem.
"""

import re
from collections.abc import Iterator

from archive.search.dutch_words import (
    ALONE,
    FIXED,
    INFINITIVES,
    IRREGULAR,
    NO_ENDING,
    NO_IG,
    NO_NOUN,
    NO_PARTICIPLE,
    NO_SUPERLATIVE,
    ON_D,
    ON_ING,
    ON_S,
    ON_T,
    OPENBAAR,
    PARTICIPLES,
    PREFIXES,
    SHORTENED,
)
from archive.search.spelling import modern, sounded

_SHORT = 2  # letters: so short a rest says nothing
_IRREGULAR_ENDS = frozenset(form[-2:] for form in IRREGULAR)  # most words have none of them
_VOWELS = frozenset("aeiouy")
_LONG = ("aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ij", "ei", "au", "ou")
_GLIDE = ("ai", "ei", "oi", "ui")
_LONG_S = tuple(f"{vowel}s" for vowel in _LONG)
# How the stem of a verb ends before -t, before -te and before -de.
_BEFORE_T = (*"kpfgbdwlmnr", *_GLIDE, *_LONG_S, "ts", "ens", "ans", "heers")
_BEFORE_TE = (*"kpft", *_LONG_S, "ts", "ens", "ans", "heers")
_BEFORE_DE = (*"bgvfsmwjd", *_GLIDE, *(f"{vowel}l" for vowel in "aeiou"), *(f"{v}{end}" for v in _LONG for end in "nr"))
_PARTICIPLE_ENDS = ("d", "t", "de", "te", "den", "ten")
# Patterns are compiled when a word needs one: a search that needs none starts sooner.
_APART = "|".join(prefix for prefix in PREFIXES if prefix not in FIXED)
_BOUND = "be|her|om|ont|onder|over|ver|voor(?=spel)"
_PARTICIPLE = (
    rf"(?P<apart>{_APART}|onder|over|)ge(?P<stem>.{{2,}}(?:[bgvfslmnrwi]d|[kpfs]t))(?:en?)?"
    rf"|(?P<bound>(?:{_APART}|)(?:{_BOUND}).{{2,}}(?:[bgvfslmnrwi]d|st))(?:en?)?"
)
# Verbs of which the participle is that with ge- alone: storten, planten, antwoorden.
_WHOLE = rf"(?P<apart>{_APART}|)ge(?P<stem>.+(?:[nr]t|eeld|woord))(?:en?)?"
_SMALL = ("etje", "tje", "pje", "kje", "je")
_NEVER_GE = ("be", "her", "ont", "ver")
_GE_INSIDE = "(?:(?<=^be)|(?<=^(?:her|ont|ver)))ge(?=..)"  # of begeleiden, vergelijken: no prefix of a participle
_NO_ENDINGS = tuple(word for words in NO_ENDING.values() for word in words)
_LOGIC = tuple(f"{vowel}log{end}" for vowel in "oa" for end in ("ie", "isch", "ische"))
_ES = ("des", "ges", "kes", "les", "nes", "res", "tes", "ves", "zes")  # rondes, zones
_SUPERLATIVE = tuple(
    f"{end}ste" for end in (*"kpfgwdl", "ch", "ij", "ei", "ooi", "ein", "uur", "waar", "oot", "ort", "art", "icht")
)
# Behind these a compound is written with an s, or without.
_BEFORE_S = ("ing", "heid", "teit", "schap")
_MIN_PART, _LONGEST = 4, 60  # letters of a part of a compound, and of one


def forms_of(word: str) -> tuple[str, ...]:
    """Return what is to be stemmed of a folded word: itself in today's spelling, and what it may be a form of.

    A participle of the lists stands for its verb alone: a stemmer would make leeg of gelegen.
    """
    if word in ALONE:
        return (ALONE[word],)
    written = modern(word)
    itself = () if word.startswith("ge") and word in INFINITIVES else (written,)
    found = (*itself, *bases(word), *(bases(written) if written != word else ()))
    return tuple(dict.fromkeys(sounded(guarded(modern(form))) for form in found))


def guarded(word: str) -> str:
    """Return a word of which a stemmer takes no more than an ending: velden is no form of vel, gewoon none of wonen."""
    if word.endswith("en") and word[:-2].endswith(ON_D + ON_T):
        word = word[:-2]
    elif word.endswith(ON_S):
        word = f"{word}en"
    if word.removesuffix("en") in ON_ING:
        word = f"{word.removesuffix('en')[:-1]}k"  # as in koninkje
    if word.startswith(OPENBAAR):
        return f"o{word}"
    return _with_its_end(f"gh{word[1:]}" if _has_own_ge(word) else _with_inner_ge(word))


def _with_inner_ge(word: str) -> str:
    return re.sub(_GE_INSIDE, "ghe", word) if "ge" in word else word


def _has_own_ge(word: str) -> bool:
    """Tell whether ge- is no prefix of a participle here: gezin is no form of zin, geweldig none of wellen."""
    return word.startswith("ge") and word.startswith(NO_PARTICIPLE) and not word.startswith(PARTICIPLES)


def _with_its_end(word: str) -> str:
    """Return a word with a last letter more where a stemmer would take its end for an ending: vondst, gift, eenheid."""
    if "ig" in word:
        word = re.sub(NO_IG, lambda found: f"{found[0][:-1]}ch", word)
    one = f"{word[:-5]}heid" if word.endswith("heden") else word.removesuffix("en")
    if one.endswith(("t", "heid")) and one.endswith(_NO_ENDINGS):
        return f"{one}q"
    return word


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
    if word in INFINITIVES:
        return INFINITIVES[word]
    for prefix in PREFIXES if word.startswith(PREFIXES) else ():
        if word.startswith(prefix):
            rest = word.removeprefix(prefix)
            found = INFINITIVES.get(rest) or (INFINITIVES.get(f"ge{rest}") if prefix in FIXED else None)
            if found and len(rest) > _SHORT:  # vergeleken is of vergelijken, overgebleven of overblijven
                return f"{prefix}ge{found}" if prefix in _NEVER_GE and rest.startswith("ge") else prefix + found
    return ""


def _singular(word: str) -> str:
    if word in SHORTENED:
        return SHORTENED[word]
    one = word.removesuffix("s") if word.endswith("jes") else word
    for start in range(len(one)) if one[-2:] in _IRREGULAR_ENDS else ():
        if singular := IRREGULAR.get(one[start:]):
            return one[:start] + singular if start != 1 else ""  # ontreden, aftreden: a word; "ltreden": a slip
    return ""


def _of_noun(word: str) -> Iterator[str]:
    """Yield what a plural, a diminutive or an adjective with its ending comes from."""
    if word.endswith(("as", "is", "os", "us", "ys", "ees", "ens", *_ES)):
        yield word[:-1]
    if word.endswith("heden") and word != "heden":
        yield f"{word[:-5]}heid"
    if word.endswith(_LOGIC):
        yield f"{word[: word.rindex('log')]}loog"
    if word.endswith("iele"):  # financiele
        yield f"{word[:-4]}ieel"
    if word.endswith(_SUPERLATIVE) and word not in NO_SUPERLATIVE:
        yield word[:-3]
    if word.endswith(("eeen", "ieen")):
        yield word[:-2]
    if word.endswith(("je", "jes")):
        yield from _grown(word.removesuffix("s"))
    elif word.endswith("en"):
        yield from _closed(word[:-2])
    elif word.endswith("e"):
        yield from _closed(word[:-1])
    elif word.endswith("ing") and word not in ON_ING:
        yield from _closed(word[:-3])


def _grown(small: str) -> Iterator[str]:
    """Yield what a diminutive is the small one of: kaart-je, tuin-tje, man(n)-etje, oma(a)-tje, konin(k)-je."""
    end = next(end for end in _SMALL if small.endswith(end))
    root, whole = small.removesuffix(end), small.removesuffix("je")
    yield whole
    if end == "kje" and root.endswith("in"):
        yield f"{root}g"
    if end == "etje":
        yield _undoubled(root)
    elif end in {"tje", "pje"} and not whole.endswith(ON_T):
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
    if _has_own_ge(word):
        base = re.sub("(?:t|d(?:en?)?)$", "", word)
        if _has_own_ge(base):  # geloofd, gebeurt
            yield base
    elif not _is_noun(word) and (found := re.fullmatch(_PARTICIPLE, word)):
        stem = found["bound"] or found["apart"] + found["stem"]
        yield _guarded_stem(stem[:-1])
        yield stem  # gebrand: branden
    if not _has_own_ge(word) and (found := re.fullmatch(_WHOLE, word)):
        yield found["apart"] + found["stem"]
    if word.endswith("t") and word[:-1].endswith(_BEFORE_T) and not word.endswith(ON_T + NO_ENDING["t"]):
        yield _guarded_stem(word[:-1])
    past = word.removesuffix("n") if word.endswith("en") else word
    stem, ending = past[:-2], past[-2:]
    if ending == "te" and stem.endswith(_BEFORE_TE) and not f"{stem}t".endswith(ON_T):
        yield _guarded_stem(stem)
    if ending == "de" and stem.endswith(_BEFORE_DE) and not _is_noun(f"{stem}d"):
        yield _guarded_stem(stem)


def _guarded_stem(stem: str) -> str:
    """Return the stem of a verb, or its infinitive where a stemmer would take the s at its end for an ending."""
    return f"{stem}en" if stem.endswith("s") and len(stem) > _SHORT and stem[-2] not in _VOWELS else stem


def _is_noun(word: str) -> bool:
    """Tell whether the last letter of a word is no ending of a verb; of bespaard, bewaard and gehoord it is one."""
    return word.endswith(ON_D + ON_T) and not word.endswith(NO_NOUN)
