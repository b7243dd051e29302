"""Which words make up a date, and which number does each stand for?

The words themselves stand in archive/data/calendar.toml, language by language.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

# What OCR makes of a letter in the middle of a long word that is surely a month.
_MISREAD = {
    "i": "[ií1lI!|]",
    "l": "[l1I|]",
    "o": "[o0O]",
    "m": "(?:m|rn|nn)",
    "e": "[eéèc]",
    "b": "[bh6]",
    "u": "(?:u|ii|ll)",
    "c": "[ce]",
    "g": "[gq]",
    "s": "[s5]",
    "t": "[t]",
}
_LONG = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Patterns of the words of dates in every language known, and the number of each word once folded.

    `months`, `weekdays` and the others are alternatives for a regular expression, longest first. English words that are
    also plain words or names (`may`, `march`) are months only with a capital.
    """

    months: str
    weekdays: str
    day_words: str
    seasons: str
    through: str
    both: str
    qualifiers: str
    before_months: str
    before_years: str
    month_numbers: tuple[tuple[re.Pattern[str], int], ...]
    weekday_numbers: dict[str, int]
    day_numbers: dict[str, int]
    season_numbers: dict[str, int]

    def month(self, text: str) -> int | None:
        """Return the number (1 to 12) of a month's name, abbreviated or slightly misread."""
        plain = text.strip(" .")
        return next((number for pattern, number in self.month_numbers if pattern.fullmatch(plain)), None)

    def weekday(self, text: str) -> int | None:
        """Return the weekday (0 for Monday to 6) that a word such as `woensdagmiddag` or `za.` begins with."""
        plain = text.casefold().strip(" .,")
        names = (name for name in self.weekday_numbers if plain.startswith(name))
        longest = max(names, key=len, default=None)
        return None if longest is None else self.weekday_numbers[longest]


@lru_cache(maxsize=1)
def load_calendar() -> Calendar:
    """Read the table of words; once in a process."""
    languages = tomllib.loads((resources.files("archive.data") / "calendar.toml").read_text(encoding="utf-8"))
    tables: list[dict[str, Any]] = list(languages.values())
    months = list(_numbered(tables, "months", first=1))
    weekdays = list(_numbered(tables, "weekdays", first=0))
    day_parts = [part for table in tables for part in table["day_parts"]]
    day_words = [
        (form, n)
        for table in tables
        for n, forms in enumerate(table["day_words"], start=1)
        for form in forms.split("|")
    ]
    return Calendar(
        months=_alternatives(_month_pattern(name) for name, _ in months),
        weekdays=_weekday_pattern([name for name, _ in weekdays], day_parts),
        day_words=_alternatives(re.escape(name) for name, _ in day_words),
        seasons=_alternatives(re.escape(name) for name, _ in _numbered(tables, "seasons", first=1)),
        through=_words(tables, "through"),
        both=_words(tables, "both"),
        qualifiers=_words(tables, "early", "middle", "late"),
        before_months=_words(tables, "before_months"),
        before_years=_words(tables, "before_years"),
        month_numbers=tuple((re.compile(_month_pattern(name), re.IGNORECASE), number) for name, number in months),
        weekday_numbers={name.casefold(): number for name, number in weekdays},
        day_numbers={name.casefold(): number for name, number in day_words},
        season_numbers={name.casefold(): n for name, n in _numbered(tables, "seasons", first=1)},
    )


def _numbered(tables: Iterable[dict[str, Any]], key: str, *, first: int) -> Iterable[tuple[str, int]]:
    for table in tables:
        for number, forms in enumerate(table[key], start=first):
            for form in forms:
                yield form, number


def _words(tables: Iterable[dict[str, Any]], *keys: str) -> str:
    words = [word for table in tables for key in keys for word in table[key]]
    return _alternatives(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def _alternatives(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(dict.fromkeys(patterns), key=len, reverse=True)) + ")"


def _month_pattern(name: str) -> str:
    """Write a month's name so that one or two look-alike characters in a long one do no harm."""
    lower = name.lower()
    if len(lower) < _LONG:
        return {"mei": "(?:m|rn)ei", "juli": "ju[l1I|][i1lI]", "juni": "jun[i1lI]", "july": "ju[l1I]y"}.get(
            lower, re.escape(lower)
        )
    return "".join(_MISREAD.get(letter, re.escape(letter)) for letter in lower)


def _weekday_pattern(names: Iterable[str], day_parts: Iterable[str]) -> str:
    """Full names may carry a part of the day (`woensdagmiddag`); two-letter ones want a full stop or a digit after."""
    parts = "|".join(re.escape(part) for part in sorted(day_parts, key=len, reverse=True))
    long = "|".join(sorted((name for name in names if len(name) > _LONG), key=len, reverse=True))
    short = "|".join(sorted((name for name in names if len(name) <= _LONG), key=len, reverse=True))
    return rf"(?:(?:{long})(?:{parts}|s)?|(?:{short})(?:\.|\b))"
