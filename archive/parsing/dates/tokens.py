"""Which pieces of a text could belong to a date?

The text becomes a row of tokens, each with a kind of one letter, so that the grammar of dates (grammar.py) is a handful
of short patterns over letters. Times, prices, phone numbers and addresses are taken out here as kind X.

    W weekday   N day number   O day in words   M month   Y year   S short year ('98)   Z season   Q begin, half, eind
    D date in figures   T through   B and, or   H hyphen   L slash   C comma   f filler (de, of, the)   P in, sinds, tot
    K quarter   o op   R jl., a.s., relative year   X anything else   | end of a paragraph
"""

import re
from functools import lru_cache

from archive.parsing.dates.calendar import load_calendar
from archive.parsing.dates.record import read_number, read_year
from archive.tuples import NamedTuple

# A number before one of these counts something, so it is no year.
_COUNTED = (
    "uur|u|euros?|gulden|fr|frank|pounds|dollars|leden|mensen|personen|bezoekers|deelnemers|gasten|kinderen|inwoners|"
    "vluchtelingen|exemplaren|stuks|handtekeningen|stemmen|huizen|woningen|plaatsen|bomen|boeken|foto's|km²?|m[2²]?|ha|"
    "hectare|kilo|kg|gram|liter|meter|procent|jaar|keer|times|people|visitors|members|copies|homes|guests"
)
_FILLERS = "de|den|the|of|van|den|der"
_KINDS = {"address": "X", "amount": "X", "word": "X", "mark": "X"}
_WITH_NUMBER = frozenset("WMNOYSZK")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\f")
_RELATIVE = (
    r"jongstleden|j\.?\s?l\.|l\.l\.|ll\.|aanstaande|a\.?\s?s\.|eerstkomende"
    r"|(?:van\s+)?(?:dit|vorig|volgend|komend|verleden)\s+jaar|(?:this|last|next)\s+year"
)


_FIGURES = (
    r"(?<![\d.,/-])(?:\d{4}-\d\d?-\d\d?"
    r"|\d\d?\s?(?P<sep>[-/.])\s?\d\d?\s?(?P=sep)\s?(?:\d{4}|['’]?\d\d)"
)
_AMOUNT = (
    r"[€$£]\s?\d[\d.,]*|\d+(?:[.,:]\d+)+|\d{5,}|0\d+[-/ ]\d[\d ]{4,}"
    r"|\b(?:nr|no|blz|pag|p|art|groep|klas|nummer|issue|volume|vol|jaargang)\b\.?\s?\d+(?:[-/]\d+)?(?!\s*(?:e\b|ste|de\b))"
)
_QUARTER = (
    r"(?<!\w)(?:[1-4]\s?(?:e|de|ste|st|nd|rd|th)|eerste|tweede|derde|vierde|first|second|third|fourth)"
    r"\s(?:kwartaal|quarter)"
)
_DAY = r"(?<![\w])(?:\d[\dlIOo|]?|[lI|O]\d)(?:\s?(?:e|ste|de|er|st|nd|rd|th)(?!\w))?(?![\w%])"


class Token(NamedTuple):
    """A piece of text with its kind and, where it has one, its number."""

    kind: str
    text: str
    start: int
    end: int
    number: int = 0


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens; white space is dropped, the end of a paragraph becomes `|`.

    A paragraph without a figure and without the name of a month holds no date: its words are dropped too.
    """
    tokens: list[Token] = []
    pattern, telling = _patterns()
    start = 0
    for end in _PARAGRAPH_END.finditer(text):
        if telling.search(text, start, end.start()):
            tokens += map(_token, pattern.finditer(text, start, end.start()))
        tokens.append(Token("|", end[0], end.start(), end.end()))
        start = end.end()
    if telling.search(text, start):
        tokens += map(_token, pattern.finditer(text, start))
    return tokens


def _token(match: re.Match[str]) -> Token:
    name = str(match.lastgroup)
    token = Token(_KINDS.get(name, name), match[0], match.start(), match.end())
    return _numbered(token) if token.kind in _WITH_NUMBER else token


def _numbered(token: Token) -> Token:
    """Give a token its number; one that has none after all is anything else."""
    names = load_calendar()
    number: int | None = 0
    folded = token.text.casefold()
    if token.kind == "W":
        number = names.weekday(token.text)
    elif token.kind == "M":
        number = names.month(token.text)
    elif token.kind == "N":
        number = read_number(token.text)
    elif token.kind == "O":
        number = names.day_numbers.get(folded)
    elif token.kind in "YS":
        number = read_year(token.text)
    elif token.kind == "Z":
        number = names.season_numbers.get(folded)
    elif token.kind == "K":
        number = next(n for n, word in enumerate(_QUARTERS, start=1) if folded.startswith(word))
    return token._replace(kind="X") if number is None else token._replace(number=number)


_QUARTERS = (("1", "eerste", "first"), ("2", "tweede", "second"), ("3", "derde", "third"), ("4", "vierde", "fourth"))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what cuts a paragraph into tokens, and what a paragraph with a date holds at the least."""
    names = load_calendar()
    month = rf"{names.months}(?![^\W\d_]|-(?!{names.months})[^\W\d_])"
    before = r"(?<![\w'’])"
    kinds = [
        ("address", r"(?<!\S)\S+@\S+|(?:https?://|www\.)\S+"),
        ("D", _FIGURES + rf"|\d\d?[-/.]\d\d?(?!\s*{month}))" + r"(?![\d/-]|[.,:]\d|\s\d\d\s\d\d)"),
        ("amount", _AMOUNT),
        ("Y", rf"(?<![\w.,/])(?:\d{{4}}|[12lI|][09Oo][\dOolISB]{{2}})(?![\w]|[.,]\d|\s*(?:{_COUNTED})\b)"),
        ("S", r"['’‘`´]\s?\d\d(?![\w.,:]\w)(?!\w)"),
        ("R", rf"(?<!\w)(?:{_RELATIVE})"),
        ("K", _QUARTER),
        ("T", rf"(?<!\w){names.through}(?!\w)"),
        ("W", rf"{before}{names.weekdays}"),
        ("M", rf"{before}{month}\.?"),
        ("Z", rf"{before}{names.seasons}(?!\w)"),
        ("Q", rf"{before}{names.qualifiers}(?!\w)-?"),
        ("O", rf"{before}{names.day_words}(?!\w)"),
        ("N", _DAY + rf"(?:\.(?=\s*{month}))?"),
        ("B", rf"(?<!\w){names.both}(?!\w)|[&+]"),
        ("o", r"(?<!\w)op(?!\w)"),
        ("f", rf"(?<!\w)(?:{_FILLERS})(?!\w)"),
        ("P", rf"(?<!\w)(?:{names.before_months}|{names.before_years})(?!\w)"),
        ("H", r"[-–—]+"),
        ("L", r"/"),
        ("C", r","),
        ("word", r"\w+(?:['’]\w+)?"),
        ("mark", r"[^\s\w]"),
    ]
    tokens = "|".join(f"(?P<{name}>{pattern})" for name, pattern in kinds)
    telling = rf"\d|(?<!\w)[lI|][Oo]|{names.months}"
    return re.compile(tokens, re.IGNORECASE), re.compile(telling, re.IGNORECASE)
