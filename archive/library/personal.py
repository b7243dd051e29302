"""Which pieces of a text lead to a person: e-mail addresses, phone, bank and citizen numbers, names from a list?

By their shape alone, in Dutch and international forms, also where a line's end breaks them; the text is folded first
(folded.py), so that it does not matter how accents, hyphens and `(at)` are written. Too much is taken rather than too
little: a number that looks like that of a phone is one. The names are the owner's, in `names.txt`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from archive.errors import StorageError
from archive.library.folded import fold

NAMES_FILE = "names.txt"
_BREAK = re.compile(r"[-\u00ad\u00ac\u2010]\n\s*")  # a hyphen at a line's end, which may be the address's own
# An address is found by what may stand before its sign, a run at a time: a pattern for the whole would try each sign of
# a long word anew.
_BEFORE_SIGN = re.compile(r"[\w.+-]+")
_FROM_SIGN = re.compile(
    r"(?:\s?@\s?|©)"
    r"(?:[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}|[\w-]+\s?\.\s?(?:nl|com|org|net|eu|be|de|info|nu))\b",
    re.IGNORECASE,
)
# In words, where the domain ends as one does: `info at vereniging dot nl`.
_AT = re.compile(r"\s(?:at|apenstaartje)\s", re.IGNORECASE)
_BEFORE_AT = re.compile(r"[\w.+-]{1,64}(?:\s(?:dot|punt)\s[\w+-]{1,64}){0,3}$", re.IGNORECASE)
_AFTER_AT = re.compile(
    r"[\w-]{1,64}(?:(?:\s(?:dot|punt)\s|\.)[\w-]{1,64}){0,3}?(?:\s(?:dot|punt)\s|\.)[a-z]{2,10}\b", re.IGNORECASE
)
_MOST_SPOKEN = 140  # signs before the `at`
_DOT_WORD = re.compile(r"\s(?:dot|punt)\s", re.IGNORECASE)
_ASKED = r"(?:telefoon(?:nummer|nr)?|tel|fax|mobiel|mob|gsm|phone)\b[\s.:]{0,3}"
_PHONES = (
    re.compile(r"(?<![\w+])(?:\+\s?|00)[1-9]\d{0,2}[\s.)-]{0,2}(?:\(0\))?(?:[\s./·•_-]{0,3}\d){7,11}(?!\d)"),
    re.compile(
        r"(?<![\w.,-])(?!\d{1,2}([-./])\d{1,2}\1\d{2,4}(?!\1?\d))\(?0\d{1,3}\)?(?:[\s./·•_-]{0,3}\d){5,9}(?!\d)"
    ),
    re.compile(rf"(?<=\b){_ASKED}(?P<piece>\(?\d(?:[\s./()·•_-]{{0,3}}\d){{4,10}})(?!\d)", re.IGNORECASE),
)
_LEAST_DIGITS, _MOST_DIGITS = 9, 11  # of a phone number that begins with 0 and is not asked for by a word before it
_SERVICE = re.compile(r"0[89]0[069]")  # these have eight or eleven
_DUTCH_IBAN = re.compile(
    r"(?<![^\W_])NL[\s.-]{0,2}[\dO]{2}[\s.-]{0,2}[A-Z]{4}(?:[\s.-]{0,2}[\dO]){10}(?![^\W_])", re.IGNORECASE
)
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?:[\s.-]{0,2}[A-Z0-9]){11,30}(?![^\W_])", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?<![\w.,-])(?:(?P<parted>\d{2}\.\d{2}\.\d{2}\.\d{3}|\d{4}\.\d{2}\.\d{3})"
    r"|\d{2}([ -])\d{2}\2\d{2}\2\d{3}|\d{9,10})(?![\w-]|[.,]\d)"
)
_ASKED_ACCOUNT = re.compile(
    r"\b(?:(?:post)?giro|postbank|bank|rekening|rek)(?:rekening)?\.?\s?(?:nummer|nr|no)?[\s.:]{0,3}[PG]?\s?"
    r"(?P<piece>\d(?:[\s.]?\d){4,9})(?!\d)",
    re.IGNORECASE,
)
# A citizen service number (BSN, before 2007 sofinummer): known by the word before it, or by its own check.
_ASKED_CITIZEN = re.compile(
    r"\b(?:bsn|burgerservice|sofi)(?:-?\s?(?:nummer|nr))?\b[\s.:]{0,3}(?P<piece>\d(?:[\s.-]?\d){7,8})(?!\d)",
    re.IGNORECASE,
)
_CITIZEN = re.compile(
    r"(?<![\w.,€-])(?<!€ )(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![\w-]|[.,]\d)"
)
_CITIZEN_DIGITS = 9
_DIGIT = re.compile(r"\d")
_IBAN_LENGTHS = range(34, 14, -1)
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?=(?:['’]?s)?(?![^\W\d_]))"
_LEAST_WORD = 2


class Kind(StrEnum):
    """What a piece of text is; the word that stands in its token."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ACCOUNT = "ACCOUNT"
    BSN = "BSN"
    NAME = "NAME"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that leads to a person; `same` is alike for every way in which the same one is written."""

    start: int
    end: int
    kind: Kind
    same: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a list, and how each of their forms leads to the one that stands first on its line."""

    same: dict[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None

    @classmethod
    def read(cls, path: Path) -> "Names":
        """Read a list of names: a person a line, other forms of the name after a semicolon, `#` begins a remark.

        Raises:
            StorageError: It cannot be read.
        """
        try:
            lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise StorageError(path, f"cannot be read ({error.strerror})", "Check its permissions.") from error
        same: dict[str, str] = {}
        patterns: dict[str, str] = {}
        for line in lines:
            forms = [" ".join(form.split()) for form in line.partition("#")[0].split(";") if form.strip()]
            for form in filter(_parts, forms):
                same.setdefault(_key(form), _lowered(forms[0]))
                patterns.setdefault(_key(form), _pattern(_parts(form)))
        longest_first = sorted(patterns, key=lambda key: (-len(key), key))
        joined = "|".join(patterns[key] for key in longest_first)
        return cls(same, re.compile(rf"{_NO_LETTER_BEFORE}(?:{joined}){_NO_LETTER_AFTER}") if same else None)

    def __len__(self) -> int:
        """Tell how many forms are listed."""
        return len(self.same)

    def find(self, text: str) -> Iterator[Piece]:
        """Yield the listed names in a text.

        Whatever their case and accents, hyphens or spaces, and `ij` or `y`; a genitive's s stays outside.
        """
        folded = fold(text)
        for each in self.find_in(folded.text):
            yield Piece(*folded.place(each.start, each.end), each.kind, each.same)

    def find_in(self, folded: str) -> Iterator[Piece]:
        """Yield the listed names in a folded text."""
        if self._pattern is not None:
            for match in self._pattern.finditer(folded.lower()):
                yield Piece(*match.span(), Kind.NAME, self.same[_key(match[0])])


def find_pieces(text: str, names: Names) -> tuple[Piece, ...]:
    """Return what in a text leads to a person, in order; no two overlap.

    Args:
        text: The text; offsets count its characters.
        names: The names to find too.
    """
    folded = fold(text)
    found = list(_find(folded.text, names))
    joined, places = _without_breaks(folded.text)
    if len(joined) < len(folded.text):
        found += [
            Piece(places[each.start], places[each.end - 1] + 1, each.kind, each.same) for each in _find(joined, names)
        ]
    found = [Piece(*folded.place(each.start, each.end), each.kind, each.same) for each in found]
    kept: list[Piece] = []
    for each in sorted(found, key=lambda piece: (piece.start, -piece.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif each.end > kept[-1].end:  # two readings of one stretch: nothing of either may stay
            kept[-1] = Piece(kept[-1].start, each.end, kept[-1].kind, kept[-1].same)
    return tuple(kept)


def _find(text: str, names: Names) -> Iterator[Piece]:
    yield from _find_emails(text)
    yield from _find_accounts(text)
    for pattern in _PHONES:
        for match in pattern.finditer(text):
            name = "piece" if "piece" in pattern.groupindex else 0
            if name or _is_phone(match[0]):
                yield Piece(*match.span(name), Kind.PHONE, _same_phone(match[name]))
    for match in _ASKED_CITIZEN.finditer(text):
        yield Piece(*match.span("piece"), Kind.BSN, _digits(match["piece"]).zfill(_CITIZEN_DIGITS))
    for match in _CITIZEN.finditer(text):
        if _is_citizen(_digits(match[0])):
            yield Piece(*match.span(), Kind.BSN, _digits(match[0]))
    yield from names.find_in(text)


def _find_emails(text: str) -> Iterator[Piece]:
    end = 0
    for run in _BEFORE_SIGN.finditer(text):
        start = max(run.start(), end)
        if start < run.end() and (rest := _FROM_SIGN.match(text, run.end())):
            end = rest.end()
            # A hyphen may be one that broke a line: it does not make another address.
            yield Piece(start, end, Kind.EMAIL, _same_email(text[start:end]))
    for match in _AT.finditer(text):
        first = max(0, match.start() - _MOST_SPOKEN)
        before, after = _BEFORE_AT.search(text[first : match.start()]), _AFTER_AT.match(text, match.end())
        if before and after:
            same = _same_email(_DOT_WORD.sub(".", before[0]) + _DOT_WORD.sub(".", after[0]))
            yield Piece(first + before.start(), after.end(), Kind.EMAIL, same)


def _same_email(text: str) -> str:
    return re.sub(r"[\s@©-]", "", text).casefold()


def _find_accounts(text: str) -> Iterator[Piece]:
    for match in _DUTCH_IBAN.finditer(text):
        yield Piece(*match.span(), Kind.ACCOUNT, _squeezed(match[0]).replace("O", "0"))
    for match in _IBAN.finditer(text):
        if end := _end_of_iban(text, match.start(), match.end()):
            yield Piece(match.start(), end, Kind.ACCOUNT, _squeezed(text[match.start() : end]))
    for match in _ACCOUNT.finditer(text):
        if match["parted"] or _passes_eleven(_digits(match[0])):
            yield Piece(*match.span(), Kind.ACCOUNT, _digits(match[0]))
    for match in _ASKED_ACCOUNT.finditer(text):
        yield Piece(*match.span("piece"), Kind.ACCOUNT, _digits(match["piece"]))


def _is_phone(text: str) -> bool:
    digits = _digits(text)
    if text.startswith(("+", "00")):
        return True
    return _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS or _SERVICE.match(digits) is not None


def _same_phone(text: str) -> str:
    """Return a number as it is dialled within the Netherlands."""
    digits = _digits(text.replace("(0)", ""))
    if text.startswith("+"):
        digits = f"00{digits}"
    return f"0{digits[4:]}" if digits.startswith("0031") else digits


def _end_of_iban(text: str, start: int, end: int) -> int:
    """Return where an account number that passes its own check ends, or 0: capitals after it may seem part of it."""
    places = [place for place in range(start, end) if text[place].isalnum()]
    for length in _IBAN_LENGTHS:
        if length <= len(places):
            signs = "".join(text[place] for place in places[:length])
            if int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1:
                return places[length - 1] + 1
    return 0


def _passes_eleven(digits: str) -> bool:
    """Tell whether a Dutch account number of nine or ten digits passes its check."""
    weighted = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), start=1))
    return weighted % 11 == 0


def _is_citizen(digits: str) -> bool:
    """Tell whether nine digits pass the eleven-test of citizen service numbers, whose last one counts as minus one."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighted % 11 == 0 and digits.strip("0") != ""


def _without_breaks(text: str) -> tuple[str, list[int]]:
    """Return a text without the hyphens that break its lines, and where each of its characters stood."""
    kept: list[int] = []
    at = 0
    for match in _BREAK.finditer(text):
        kept += range(at, match.start())
        at = match.end()
    kept += range(at, len(text))
    return "".join(text[place] for place in kept), kept


def _lowered(text: str) -> str:
    return fold(text).text.lower()


def _parts(form: str) -> list[str]:
    """Return the words and initials of a name."""
    return re.findall(r"[^\W_]+", _lowered(form))


def _key(form: str) -> str:
    """Return a name without what may be written one way or another."""
    return "".join(_parts(form)).replace("ij", "y")


def _pattern(parts: list[str]) -> str:
    """Return what finds a name; its words may be written as one, its initials not."""
    found = _either(parts[0])
    for before, part in pairwise(parts):
        apart = r"[\s.\-_'’+]{1,4}" if min(len(before), len(part)) < _LEAST_WORD else r"[\s.\-_'’+]{0,4}"
        found += apart + _either(part)
    return found


def _either(part: str) -> str:
    return part.replace("ij", "y").replace("y", "(?:ij|y)")


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).upper()
