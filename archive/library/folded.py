"""What does a text read like without the ways in which one thing can be written, and where did each sign stand?

Before addresses, numbers and names are looked for: compatibility forms (ligatures, wide letters), accents, kinds of
hyphen and space, signs without width, and the ways around the signs of an address, as `(at)`, are made one.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SOFT_HYPHEN = "\u00ad"
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "−": "-",
    "Æ": "AE",
    "Œ": "OE",
    "Ø": "O",
    "Ł": "L",
    "Đ": "D",
    "Ð": "D",
    "Þ": "TH",
}
_LOOSE_ACCENTS = frozenset("´`¨˜ˆ¸˚")  # printed beside the letter, as TeX does
_SPELT = (
    (re.compile(r"\s?[(\[{<]\s?(?:at|apenstaartje|@)\s?[)\]}>]\s?|&#64;|%40", re.IGNORECASE), "@"),
    (re.compile(r"\s?[(\[{<]\s?(?:dot|punt|\.)\s?[)\]}>]\s?", re.IGNORECASE), "."),
    (re.compile(f"{_SOFT_HYPHEN}(?!\n)"), ""),  # before a line's end it breaks a word
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `places` says of each of its signs where it stood in `source`."""

    text: str
    places: Sequence[int]
    source: str

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text, not an empty one, stands in the source, accents included."""
        last = self.places[end - 1] + 1
        while last < len(self.source) and not _folded(self.source[last]) and self.source[last] not in _LOOSE_ACCENTS:
            last += 1
        return self.places[start], last


def fold(text: str) -> Folded:
    """Fold a text; case stays."""
    folded, places = text, range(len(text))
    if not text.isascii():
        parts = [_folded(sign) for sign in text]
        folded = "".join(parts)
        places = [at for at, part in enumerate(parts) for _ in part]  # type: ignore[assignment]
    return _respelt(Folded(folded, places, text))


def _respelt(given: Folded) -> Folded:
    text, places = given.text, given.places
    for pattern, sign in _SPELT:
        found = list(pattern.finditer(text))
        if not found:
            continue
        parts: list[str] = []
        kept: list[int] = []
        at = 0
        for match in found:
            parts += [text[at : match.start()], sign]
            kept += [*places[at : match.start()], *([places[match.start()]] if sign else [])]
            at = match.end()
        text, places = "".join((*parts, text[at:])), [*kept, *places[at:]]
    return Folded(text, places, given.source)


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    kind = unicodedata.category(sign)
    if (sign.isascii() and sign not in _LOOSE_ACCENTS) or sign == _SOFT_HYPHEN:
        return sign
    if kind in {"Mn", "Cf"} or sign in _LOOSE_ACCENTS:
        return ""
    if kind in {"Pd", "Zs"}:
        return "-" if kind == "Pd" else " "
    plain = "".join(each for each in unicodedata.normalize("NFKD", sign) if unicodedata.category(each) != "Mn")
    return "".join(_LETTERS.get(each, each) for each in plain)
