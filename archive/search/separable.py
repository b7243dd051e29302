"""Which Dutch verbs may stand in two pieces?

    meenemen    om mee te nemen, neem uw papieren mee
    aanmelden   om u aan te melden, meld u aan

A piece that is as often a preposition (op, in, aan) only belongs to a verb with nothing but a pronoun between: who
"belde op maandag" need not opbellen.
"""

from collections.abc import Iterator, Sequence

from archive.search.forms import APART

# Pieces that are seldom anything else, and the others.
_SURE = ("mee", "terug", "toe", "af", "samen", "weg", "neer", "los", "vast", "dicht", "open", "deel", "klaar")
_UNSURE = ("aan", "bij", "door", "in", "na", "om", "op", "over", "rond", "uit", "voor")
_PARTICLES = tuple(sorted((*_SURE, *_UNSURE), key=len, reverse=True))
_PRONOUNS = ("u", "je", "jullie", "zich", "ons", "mij", "me", "hem", "hen")
_BEFORE_INFINITIVE = "te"
_MIN_VERB = 4  # letters: doen
_INFINITIVE = ("en", "aan", "ien", "oen")
_NOUNS = ("ingen", "heden")
_PARTICIPLE = "ge"


def pieces_of(word: str) -> tuple[str, str] | None:
    """Return the verb and the piece before it of a folded infinitive or participle; None of other words."""
    for particle in _PARTICLES if word.startswith(_PARTICLES) else ():  # most words begin with none
        verb = word.removeprefix(particle)
        if len(verb) < _MIN_VERB or verb == word:
            continue
        if (verb.endswith(_INFINITIVE) and not verb.endswith(_NOUNS)) or verb.startswith(_PARTICIPLE):
            return verb, particle
    return None


def ways_apart(verbs: Sequence[str], particle: str) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield how forms of a verb and its piece stand apart: what is first, what stands between, and what is last.

    Where it does not matter what stands between, as long as it is little, it is `APART`.
    """
    yield [particle], [_BEFORE_INFINITIVE], [verb for verb in verbs if verb.endswith("n")]
    yield verbs, [APART] if particle in _SURE else _PRONOUNS, [particle]
