"""Which number and volume does a line print, and is the line nothing but that and a date?"""

import re
from collections.abc import Iterable, Sequence

from archive.parsing.dates.grammar import read_dates
from archive.parsing.dates.record import PrintedDate, read_number
from archive.parsing.lines import MONTHS
from archive.tuples import NamedTuple

# `12/13` is a double number; `31 - 5 March` is a number and a day.
_FIGURE = rf"(?P<{{0}}>\d{{{{1,4}}}}(?:\s?[-/]\s?\d{{{{1,3}}}}(?!\d|\s?(?:{MONTHS})\b))?|[lI|]\d{{{{1,2}}}}|\d[lIO|])"
_ORDER = (
    "eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|dertiende|veertiende|"
    "vijftiende|zestiende|zeventiende|achttiende|negentiende|twintigste"
)
_ROMAN = r"(?P<{0}>[MDCLXVI]{{1,7}})"
_NUMBER_WORD = r"(?:nummer|nurnmer|numrner|n[rt]|no|n°|num|issue|number|editie|edition|aflevering|uitgave|afl)"
_VOLUME_WORD = r"(?:jaargang|jaargan9|jrg|jg|volume|vol|year)"
_NUMBERS = (
    re.compile(
        rf"(?:(?<!\w)|(?<=gang)){_NUMBER_WORD}\s?[.:°]?\s*#?\s?" + _FIGURE.format("n") + r"(?![\w@])", re.IGNORECASE
    ),
    re.compile(rf"(?<!\w)(?P<n>\d{{1,3}})\s?(?:e|ste|de|st|nd|rd|th)\s+{_NUMBER_WORD}(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?P<w>{_ORDER})\s+{_NUMBER_WORD}(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\w)#\s?" + _FIGURE.format("n") + r"(?!\w)"),
)
_VOLUMES = (
    re.compile(rf"(?<!\w){_VOLUME_WORD}\s?[.:]?\s*" + _FIGURE.format("n") + r"(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w){_VOLUME_WORD}\s?[.:]?\s*" + _ROMAN.format("r") + r"(?!\w)", re.IGNORECASE),
    re.compile(
        rf"(?<!\w)(?P<n>\d{{1,3}}|[lI]\d|\d[lI])\s?(?:e|ste|de|st|nd|rd|th)\s+{_VOLUME_WORD}(?=\W|$|n[or]\W)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!\w)(?P<w>{_ORDER})\s+{_VOLUME_WORD}(?!\w)", re.IGNORECASE),
)
_PAIR = re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d\d)\s?[/-]\s?(?P<n>[1-9]\d?)(?![\d/-])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SMALL_WORDS = frozenset(
    (
        "en",
        "and",
        "van",
        "of",
        "de",
        "het",
        "the",
        "voor",
        "for",
        "uit",
        "in",
        "te",
        "dit",
        "nummer",
        "is",
        "pagina",
        "page",
    )
)
_YEAR_ALONE = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\d.,]\d)")


# `2maart2017`, `Vol.6No.1`: no white between figures and words; `P2000` is a product.
_GLUED = re.compile(
    rf"(?<=\d)(?=(?:{MONTHS}|n[or]|nummer|number)(?![a-zà-ÿ]))|(?<=[a-zà-ÿ]{{3}})(?=(?:19|20)\d\d(?!\d))", re.IGNORECASE
)


class Numbering(NamedTuple):
    """What a line says of the issue: number and volume as plain figures, its dates, and how many other words it has."""

    number: str
    volume: str
    dates: tuple[PrintedDate, ...]
    other_words: int


def read_numbering(line: str, language: str = "nl") -> Numbering:
    """Read number, volume and dates of a line of a masthead."""
    number, number_span = _first(line, _NUMBERS)
    volume, volume_span = _first(line, _VOLUMES)
    # `Issue 22 October 2018` is no 22 October: what numbers the issue is not read as a day.
    without = _blank(line, [span for span in (number_span, volume_span) if span])
    dates = tuple(read_dates(without, language))
    if not number:
        number, number_span = _in_year(line, dates)
    spans = [span for span in (number_span, volume_span, *((date.start, date.end) for date in dates)) if span]
    others = [word for word in _LETTERS.findall(_blank(line, spans)) if word.casefold() not in _SMALL_WORDS]
    return Numbering(number, volume, dates, len(others))


def part_figures(line: str) -> str:
    """Part the figures of a line from the months and years that they were glued to."""
    return _GLUED.sub(" ", line)


def _in_year(line: str, dates: Sequence[PrintedDate]) -> tuple[str, tuple[int, int] | None]:
    """`2004/3`: the third issue of 2004; beside a date only if that is of the same year and stands apart."""
    match = _PAIR.search(line)
    if match is None or any(date.start < match.end() and match.start() < date.end for date in dates):
        return "", None
    if any(date.first.year != int(match["year"]) for date in dates):
        return "", None
    return match["n"], match.span()


def _blank(line: str, spans: Iterable[tuple[int, int]]) -> str:
    """The line with spans replaced by as many marks that belong to no date."""
    for start, end in spans:
        line = line[:start] + ";" * (end - start) + line[end:]
    return line


def year_alone(line: str) -> int | None:
    """Return the only year on a line; None without one or with several."""
    years = {int(match[0]) for match in _YEAR_ALONE.finditer(line)}
    return years.pop() if len(years) == 1 else None


def _first(line: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, tuple[int, int] | None]:
    for pattern in patterns:
        match = pattern.search(line)
        if match and (value := _value(match)):
            return value, match.span()
    return "", None


def _value(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if word := groups.get("w"):
        return str(_ORDER.split("|").index(word.casefold()) + 1)
    if roman := groups.get("r"):
        return str(_read_roman(roman.upper()))
    figure = groups.get("n") or ""
    if re.fullmatch(r"\d{1,4}", figure):
        return str(int(figure))
    if re.search(r"[-/]", figure):
        return "-".join(str(int(part)) for part in re.split(r"\s?[-/]\s?", figure))
    number = read_number(figure)
    return "" if number is None else str(number)


def _read_roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
