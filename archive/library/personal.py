"""Which pieces of a text lead to a person: e-mail addresses, phone numbers, bank accounts, names from a list?

By their shape alone, in Dutch and international forms, also where a line's end breaks them. Too much is taken rather
than too little: a number that looks like that of a phone is one. The names are the owner's, in `names.txt`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from archive.errors import StorageError

NAMES_FILE = "names.txt"
_BREAK = re.compile(r"[-\u00ad\u00ac\u2010]\n\s*")  # a hyphen at a line's end, which may be the address's own
# An address is found by what may stand before its sign, a run at a time: a pattern for the whole would try each sign of
# a long word anew.
_BEFORE_SIGN = re.compile(r"[\w.+-]+")
_FROM_SIGN = re.compile(
    r"(?:\s?(?:@|[(\[](?:at|apenstaartje)[)\]])\s?|©)"
    r"(?:[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}|[\w-]+\s?\.\s?(?:nl|com|org|net|eu|be|de|info|nu))\b",
    re.IGNORECASE,
)
_ASKED = r"(?:telefoon(?:nummer|nr)?|tel|fax|mobiel|mob|gsm|phone)\b[\s.:]{0,3}"
_PHONES = (
    re.compile(r"(?<![\w+])(?:\+|00)[1-9]\d{0,2}[\s.-]?(?:\(0\))?(?:[\s./-]{0,2}\d){7,11}(?!\d)"),
    re.compile(r"(?<![\w.,-])(?!\d{1,2}([-./])\d{1,2}\1\d{2,4}(?!\1?\d))\(?0\d{1,3}\)?(?:[\s./–-]{0,3}\d){5,9}(?!\d)"),
    re.compile(rf"(?<=\b){_ASKED}(?P<piece>\(?\d(?:[\s./()–-]{{0,2}}\d){{4,10}})(?!\d)", re.IGNORECASE),
)
_LEAST_DIGITS, _MOST_DIGITS = 9, 11  # of a phone number that begins with 0 and is not asked for by a word before it
_SERVICE = re.compile(r"0[89]0[069]")  # these have eight or eleven
_DUTCH_IBAN = re.compile(r"\bNL\s?[\dO]{2}\s?[A-Z]{4}(?:\s?[\dO]){10}\b", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}\b")
_ACCOUNT = re.compile(r"(?<![\w.,-])(?:\d{2}\.\d{2}\.\d{2}\.\d{3}|\d{4}\.\d{2}\.\d{3}|\d{9,10})(?![\w-]|[.,]\d)")
_ASKED_ACCOUNT = re.compile(
    r"\b(?:(?:post)?giro|postbank|bank|rekening|rek)(?:rekening)?\.?\s?(?:nummer|nr|no)?[\s.:]{0,3}[PG]?\s?"
    r"(?P<piece>\d(?:[\s.]?\d){4,9})(?!\d)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_IBAN_LENGTHS = range(34, 14, -1)


class Kind(StrEnum):
    """What a piece of text is; the word that stands in its token."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ACCOUNT = "ACCOUNT"
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
        for line in lines:
            forms = [" ".join(form.split()) for form in line.partition("#")[0].split(";") if form.strip()]
            for form in forms:
                same.setdefault(_folded(form), _folded(forms[0]))
        longest_first = sorted(same, key=lambda form: (-len(form), form))
        parts = (r"\s+".join(map(re.escape, form.split())) for form in longest_first)
        return cls(same, re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?=(?:['’]?s)?(?!\w))") if same else None)

    def __len__(self) -> int:
        """Tell how many forms are listed."""
        return len(self.same)

    def find(self, text: str) -> Iterator[Piece]:
        """Yield the listed names in a text, whatever their case and accents; a genitive's s stays outside."""
        if self._pattern is not None:
            for match in self._pattern.finditer(_folded(text)):
                yield Piece(*match.span(), Kind.NAME, self.same[" ".join(match[0].split())])


def find_pieces(text: str, names: Names) -> tuple[Piece, ...]:
    """Return what in a text leads to a person, in order; no two overlap.

    Args:
        text: The text; offsets count its characters.
        names: The names to find too.
    """
    found = list(_find(text, names))
    joined, places = _without_breaks(text)
    if len(joined) < len(text):
        found += [
            Piece(places[each.start], places[each.end - 1] + 1, each.kind, each.same) for each in _find(joined, names)
        ]
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
    yield from names.find(text)


def _find_emails(text: str) -> Iterator[Piece]:
    end = 0
    for run in _BEFORE_SIGN.finditer(text):
        start = max(run.start(), end)
        if start < run.end() and (rest := _FROM_SIGN.match(text, run.end())):
            end = rest.end()
            # A hyphen may be one that broke a line: it does not make another address.
            same = re.sub(r"[\s-]|[(\[]\w+[)\]]|[@©]", "", text[start:end]).casefold()
            yield Piece(start, end, Kind.EMAIL, same)


def _find_accounts(text: str) -> Iterator[Piece]:
    for match in _DUTCH_IBAN.finditer(text):
        yield Piece(*match.span(), Kind.ACCOUNT, _squeezed(match[0]).replace("O", "0"))
    for match in _IBAN.finditer(text):
        if end := _end_of_iban(text, match.start(), match.end()):
            yield Piece(match.start(), end, Kind.ACCOUNT, _squeezed(text[match.start() : end]))
    for match in _ACCOUNT.finditer(text):
        if "." in match[0] or _passes_eleven(match[0]):
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
    places = [place for place in range(start, end) if not text[place].isspace()]
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


def _without_breaks(text: str) -> tuple[str, list[int]]:
    """Return a text without the hyphens that break its lines, and where each of its characters stood."""
    kept: list[int] = []
    at = 0
    for match in _BREAK.finditer(text):
        kept += range(at, match.start())
        at = match.end()
    kept += range(at, len(text))
    return "".join(text[place] for place in kept), kept


def _folded(text: str) -> str:
    """Return a text of the same length without case and accents."""
    return "".join(_fold_sign(sign) for sign in text)


def _fold_sign(sign: str) -> str:
    folded = unicodedata.normalize("NFD", sign)[0].lower()
    return folded if len(folded) == 1 else sign


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))


def _squeezed(text: str) -> str:
    return "".join(text.split()).upper()
