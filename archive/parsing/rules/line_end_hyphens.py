"""Where does a hyphen at a line's end only break the word?

Joined before a small letter (`vergade-`, `ring`), over the end of a block or page too, with what was set aside between.
The hyphen stays where it belongs to the word: before a capital or a digit (`Noord-`, `Holland`), after an abbreviation
or a number (`tv-`, `avond`), after `oud-`, `ex-` and their kin, where two vowels would run together, and where the same
scan prints it in the middle of a line. `zee- en`, `luchthavens` stays as it is. A diaeresis that the break made
needless comes back (`Oekra-`, `ine`).
"""

import re
from collections.abc import Iterator

from archive.languages import is_known, word_zipf
from archive.model.issues import Edit

ID = "line-end-hyphens"

_LANGUAGES = ("nl", "en")
_BROKEN = re.compile(
    r"(?<![\w'’])(?P<left>[\w'’]*[^\W_])(?P<gap>[-‐¬][ \t\ue000]*[\n\f][\s\ue000]*)(?P<right>[^\W_][\w'’]*)"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AND = frozenset(("en", "of", "and", "or", "und", "et", "tot", "als", "noch", "dan", "naar", "resp"))
_OWN_HYPHEN = frozenset(
    (
        *("ex", "oud", "niet", "non", "pro", "semi", "quasi", "adjunct", "substituut", "kandidaat", "interim"),
        *("aspirant", "leerling", "vice", "noord", "zuid", "oost", "west", "sint", "st"),
    )
)
_VOWEL_PAIRS = frozenset(
    ("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oo", "oi", "ou", "ui", "uu")
)
_DIAERESIS = {"e": "ë", "i": "ï", "u": "ü", "o": "ö", "a": "ä"}
_VOWELS = frozenset("aeiou")
_USUAL_ZIPF = 2.0
_LEAD_ZIPF = 0.8


def find(raw: str) -> Iterator[Edit]:
    """Yield an edit for each hyphen and line end between the two halves of a word."""
    printed = {word.casefold() for word in _WORD.findall(raw)}
    for match in _BROKEN.finditer(raw):
        left, right = match["left"], match["right"]
        after = _between(left, right, printed, over_block=match["gap"].count("\n") + 2 * match["gap"].count("\f") > 1)
        if after is None:
            continue
        start, end = match.span("gap")
        if after in _DIAERESIS.values():
            end += 1
        yield Edit(start, end, raw[start:end], after, ID)


def _between(left: str, right: str, printed: set[str], *, over_block: bool) -> str | None:
    """Return what stands between the halves when they are joined; None if they are two words."""
    if right[0].isdigit() or left[-1].isdigit():
        return None if over_block else "-"
    if right[0].isupper():
        return _between_capitals(left, right, printed)
    if _is_suspended(left, right):
        return None
    joined, hyphened = (left + right).casefold(), f"{left}-{right}".casefold()
    if hyphened in printed and joined not in printed:
        return "-"
    if not _lacks_diaeresis(left, right) and (is_known(joined, _LANGUAGES) or joined in printed):
        return ""
    strange = over_block and is_known(left, _LANGUAGES) and not is_known(right, _LANGUAGES)
    return _between_unlisted(left, right) or (None if strange else "")


def _is_suspended(left: str, right: str) -> bool:
    """Tell whether the hyphen stands for a word that follows: `zee- en luchthavens`."""
    if right.casefold() not in _AND:
        return False
    joined = (left + right).casefold()
    return word_zipf(joined, "nl") < _USUAL_ZIPF or is_known(left, _LANGUAGES)


def _lacks_diaeresis(left: str, right: str) -> bool:
    """Tell whether the word is far more common with a diaeresis, which a break after it makes needless."""
    if left[-1].casefold() not in _VOWELS or right[0] not in _DIAERESIS:
        return False
    marked = f"{left}{_DIAERESIS[right[0]]}{right[1:]}".casefold()
    return word_zipf(marked, "nl") >= max(_USUAL_ZIPF, word_zipf((left + right).casefold(), "nl") + _LEAD_ZIPF)


def _between_unlisted(left: str, right: str) -> str:
    """Return a lost diaeresis or the word's own hyphen; empty if it has neither."""
    if _lacks_diaeresis(left, right):
        return _DIAERESIS[right[0]]
    return "-" if _keeps_hyphen(left, right) else ""


def _between_capitals(left: str, right: str, printed: set[str]) -> str:
    """Return what joins two halves of which the second opens with a capital."""
    joined = (left + right).casefold()
    whole_word = left.isupper() and right.isupper() and len(left) > 1
    if whole_word and f"{left}-{right}".casefold() not in printed:
        halves_known = is_known(left.casefold(), _LANGUAGES) and is_known(right.casefold(), _LANGUAGES)
        if is_known(joined, _LANGUAGES) or joined in printed or not halves_known:
            return ""
    return "-"


def _keeps_hyphen(left: str, right: str) -> bool:
    """Tell whether a word that no list holds is written with a hyphen at this place."""
    if left.casefold() in _OWN_HYPHEN or len(left) == 1 or (left.isupper() and len(left) < 6):  # noqa: PLR2004 - abbreviations
        return True
    pair = left[-1].casefold() + right[0]
    return pair in _VOWEL_PAIRS and is_known(left, _LANGUAGES) and is_known(right, _LANGUAGES)
