"""What do the lines of a raw text look like, whatever printed them?

Shapes only: no positions, no type sizes. The cleaning rules, the furniture and the sections all ask here, so that
they agree on what a list item, a salutation or the end of a sentence is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Stands in masked text for a character that an edit took out (a code point that no text uses).
BLANK = "\ue000"

_BREAK = re.compile(r"[\n\f]+")
_LIST_MARK = re.compile(
    r"(?:[•▪●◦·*‣∙■□○»►✓]|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z][.)](?=\s)|[oO](?=\s[a-z]))\s*", flags=re.UNICODE
)
_TIME = r"\d{1,2}\s?[.:]\s?\d{2}(?:\s?(?:u|uur|h|am|pm)\b\.?)?"
_DAYS = (
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo|monday|tuesday|wednesday|thursday|"
    "friday|saturday|sunday|mon|tue|tues|wed|thu|thurs|fri|sat|sun"
)
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|febr|mrt|apr|jun|"
    "jul|aug|sep|sept|okt|nov|dec|january|february|march|may|june|july|august|october"
)
_DATE = (
    rf"(?:(?:{_DAYS})\.?,?\s+)?\d{{1,2}}(?:\s?(?:[-/]|t/m|en|and|to)\s?\d{{1,2}})?\s?"
    rf"(?:(?:{MONTHS})\b\.?|[-/]\d{{1,2}}\b)"
)
_ROW_START = re.compile(rf"(?:{_TIME}|{_DATE}|(?:{_DAYS})\b\.?\s+\d)", flags=re.IGNORECASE)
_LABEL = re.compile(r"[A-ZÀ-Ý][\w'’-]*(?:\s[\w'’-]+){0,2}\s?:\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'’”»)\]]*$")
_FULL_STOP = re.compile(r"[.!?…][\"'’”»)\]]*$")
_LINK_ROW = re.compile(r"\s*(?:[>»→►]|->)\s*\S.*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,80}+@[^\s@]{1,80}\.\w+", flags=re.IGNORECASE)


_LETTERS_A_MISREAD = 4
_DECORATION = re.compile(r"(?:[|■□▪▫●○•◆◇►▶»>*=~_☞✓❖★☆·\-–—]+|[^\w\s]{3,})\s+(?=\S)")
_ORNAMENT = re.compile(r"(?:[*=_~+#·•\-–—]\s*){3,}|(?:[oOxX]\s*[-–—.=*]?\s*){3,}|[*•·]")


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of a raw text: where it stands, what can be seen of it, and how it is parted from the one before.

    `shown` is the line without what earlier edits took out and without white space at its ends.
    `gap` counts the empty lines above it (0 for the next line of a block); `new_page` says a form feed stands there.
    """

    start: int
    end: int
    shown: str
    gap: int
    new_page: bool


@lru_cache(maxsize=16)
def raw_lines(raw: str) -> tuple[RawLine, ...]:
    """Cut a raw text into its lines, those that show nothing left out."""
    return tuple(_lines(raw))


def _lines(raw: str) -> Iterator[RawLine]:
    gap, new_page, start = 0, False, 0
    breaks = [(match.start(), match.end(), match[0]) for match in _BREAK.finditer(raw)]
    for break_start, break_end, signs in [*breaks, (len(raw), len(raw), "")]:
        shown = raw[start:break_start].replace(BLANK, "").strip()
        if shown:
            yield RawLine(start, break_start, shown, gap, new_page)
            gap, new_page = 0, False
        feed = "\f" in signs
        gap = max(gap, len(signs) - 1, 1 if feed else 0)
        new_page = new_page or feed
        start = break_end


def is_ornament(text: str) -> bool:
    """Tell whether a line is nothing but a rule or a row of stars, dashes and the like."""
    return _ORNAMENT.fullmatch(text) is not None


def is_list_item(text: str) -> bool:
    """Tell whether a line opens with the mark of a list: a bullet, a dash, a number or letter with a stop."""
    return _LIST_MARK.match(text) is not None


def decoration(text: str) -> str:
    """Return the signs that a heading is set off with (`■ `, `*** `), white space after them included; mostly none."""
    match = _DECORATION.match(text)
    return match[0] if match else ""


def list_mark(text: str) -> str:
    """Return the mark that a list item opens with, white space after it included; empty if there is none."""
    match = _LIST_MARK.match(text)
    return match[0] if match else ""


def is_row(text: str) -> bool:
    """Tell whether a line reads like a row of an agenda or a table: a time, a date or a label first."""
    return _ROW_START.match(text) is not None or _LABEL.match(text) is not None


def opens_with_time(text: str) -> bool:
    """Tell whether a line opens with a time or a date."""
    return _ROW_START.match(text) is not None


def is_link_row(text: str) -> bool:
    """Tell whether a line is a row of links (`> one > two`) or nothing but addresses."""
    return _LINK_ROW.fullmatch(text) is not None or not _ADDRESS.sub("", text).strip(" ,;|·-–>")


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with a stop, a question or exclamation mark, a colon or a semicolon."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def ends_full(text: str) -> bool:
    """Tell whether a line ends a sentence for good: with a stop, a question or an exclamation mark."""
    return _FULL_STOP.search(text.rstrip()) is not None


def starts_small(text: str) -> bool:
    """Tell whether the first letter of a line is a small one, as in the middle of a sentence."""
    for sign in text:
        if sign.isalpha():
            return sign.islower()
        if sign.isdigit():
            return False
    return False


def is_capitals(text: str) -> bool:
    """Tell whether the letters of a text, at least three, are all capitals; of more, one in four may be misread."""
    letters = "".join(filter(str.isalpha, text))
    small = len(letters) - sum(map(str.isupper, letters))
    return len(letters) > 2 and small * _LETTERS_A_MISREAD <= len(letters)  # noqa: PLR2004 - I, U and NV prove nothing


def plain_words(text: str) -> str:
    """Return the words of a text in small letters, parted by one space, without signs."""
    return " ".join(re.findall(r"\w+", text.casefold()))
