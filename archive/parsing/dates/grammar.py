"""Which rows of tokens are dates, and what do they say?

Each pattern below is over the kinds of tokens (see tokens.py), so that `zaterdag 7 maart '98` is `WNMS`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.model.issues import Precision
from archive.parsing.dates.numeric import read_figures
from archive.parsing.dates.record import Day, PrintedDate, is_possible
from archive.parsing.dates.tokens import Token, tokenize

_WEEKDAY = "(?:WC?f?)?"
_YEAR = "(?:C?[fP]?Y|S)"
_JOIN = "(?:H?C?B|HC|[THLCfo])"
_ITEM = f"{_WEEKDAY}[NO]f?(?:M{_YEAR}?)?"
# Earlier patterns win where two begin at the same token.
_CHAIN = re.compile(f"(?={_WEEKDAY}[NO]f?(?:{_JOIN}{_WEEKDAY}[NO]f?){{0,8}}M){_ITEM}(?:{_JOIN}{_ITEM}){{0,8}}")
_AMERICAN = re.compile(f"{_WEEKDAY}MDC?Y|{_WEEKDAY}MN(?:{_JOIN}(?:{_WEEKDAY}MN|N(?!f?M)))?(?:C?Y)?")
_FIGURES = re.compile(f"{_WEEKDAY}D(?:[TH]{_WEEKDAY}D)?|{_WEEKDAY}N[TH]{_WEEKDAY}D")
_MONTHS = re.compile(f"Q?f?M{_YEAR}?(?:[HLTBPC]?M){{0,3}}{_YEAR}?")
_WRAPPED = re.compile("NYM")
_SEASONS = re.compile("(?:Z(?:[HL]Z)?|K)f?(?:Y|S)(?:[HL][YNS])?")
_SMALL_VERBS = frozenset({"march", "may"})
_YEARS = re.compile("PY(?:[THB]Y)?|Y[TH]Y")


def read_dates(text: str, language: str) -> Iterator[PrintedDate]:
    """Yield the dates of a text in order; those of a list that share a month overlap, others never do."""
    tokens = tokenize(text)
    kinds = "".join(token.kind for token in tokens)
    at = 0
    while at < len(kinds):
        if kinds[at] in "XCHL|RfTB":
            at += 1
            continue
        for pattern, read in _READERS:
            match = pattern.match(kinds, at)
            found = read(tokens[at : match.end()], tokens[max(0, at - 3) : at], language) if match else ()
            if match and found:
                yield from found
                at = match.end()
                break
        else:
            at += 1


def _chain(tokens: Sequence[Token], before: Sequence[Token], language: str) -> tuple[PrintedDate, ...]:
    if language == "en" and any(token.text in _SMALL_VERBS for token in tokens if token.kind == "M"):
        return ()  # `a second march`
    items = _cut_items(tokens)
    while items and not _has_month(items[-1][0]):
        items.pop()
    if _is_number(items, before):
        items = items[1:]
    days = _share_months([_read_item(item) for item, _ in items])
    if not days or not all(map(is_possible, days)):
        return _last_only(items, days)
    first_sure = _first_of_list(items)
    return tuple(_pair_up(items, days, first_sure))


def _cut_items(tokens: Sequence[Token]) -> list[tuple[list[Token], str]]:
    """Cut a chain into days, each with the kinds of the words that lead to it."""
    items: list[tuple[list[Token], str]] = []
    row: list[Token] = []
    joint, seen = "", False
    for token in tokens:
        if token.kind in "WNO" and seen:
            items.append((row, joint))
            tail = [t.kind for t in _trailing(row)]
            row, joint, seen = [], "".join(tail) or " ", False
        row.append(token)
        seen = seen or token.kind in "NO"
    items.append((row, joint))
    return [(_stripped(item), joint) for item, joint in items]


def _trailing(row: Sequence[Token]) -> list[Token]:
    """Return the tokens after the day, month and year of an item: what joins it to the next."""
    last = max(i for i, token in enumerate(row) if token.kind in "NOMYS")
    return list(row[last + 1 :])


def _stripped(row: Sequence[Token]) -> list[Token]:
    last = max(i for i, token in enumerate(row) if token.kind in "NOMYS")
    return list(row[: last + 1])


def _has_month(item: Sequence[Token]) -> bool:
    return any(token.kind == "M" for token in item)


def _read_item(item: Sequence[Token]) -> Day:
    """Read weekday, day, month and year of one item."""
    found = {token.kind: token.number for token in item if token.kind in "WNOMYS"}
    return Day(
        year=found.get("Y", found.get("S")),
        month=found.get("M"),
        day=found.get("N", found.get("O")),
        weekday=found.get("W"),
    )


def _share_months(days: list[Day]) -> list[Day]:
    """Give each day without a month that of the next; without a year that of the next too, if it comes before it."""
    for number in range(len(days) - 2, -1, -1):
        day, after = days[number], days[number + 1]
        if day.month is None:
            day = replace(day, month=after.month)
        if day.year is None and after.year is not None and day.month is not None and after.month is not None:
            earlier = (day.month, day.day or 0) <= (after.month, after.day or 0)
            day = replace(day, year=after.year if earlier else after.year - 1)
        days[number] = day
    return days


def _last_only(items: Sequence[tuple[list[Token], str]], days: Sequence[Day]) -> tuple[PrintedDate, ...]:
    """Of a chain with an impossible day keep what is possible, each as a day of its own."""
    return tuple(
        PrintedDate(item[0].start, item[-1].end, day, None, Precision.DAY)
        for (item, _), day in zip(items, days, strict=True)
        if _has_month(item) and is_possible(day)
    )


def _is_number(items: Sequence[tuple[list[Token], str]], before: Sequence[Token]) -> bool:
    """Tell whether a figure and a dash before a day number the issue (`2010-3 – vrijdag 11 juni`) and open no range."""
    if len(items) < 2 or "H" not in items[1][1] or "T" in items[1][1]:  # noqa: PLR2004 - no range
        return False
    first, last = (_read_item(item) for item, _ in items[:2])
    if first.month is not None or first.weekday is not None:
        return False
    glued = len(before) > 1 and before[-1].kind in "HL" and before[-1].start == before[-2].end
    return glued or last.weekday is not None or (last.month is not None and (first.day or 0) >= (last.day or 0))


def _first_of_list(items: Sequence[tuple[list[Token], str]]) -> int:
    """Return which item is surely a day: a number before a bare comma is not, unless the list ends in `en`.

    `7, 14 en 21 maart` are three days, `nummer 3, 12 mei` is one.
    """
    if any("B" in joint or "T" in joint for _, joint in items):
        return 0
    for number in range(len(items) - 1, 0, -1):
        joint = items[number][1]
        bare = joint in (" ", "C", "f") or (joint == "o" and not _is_next(items[number - 1][0], items[number][0]))
        if bare and not _has_month(items[number - 1][0]):
            return number
    return 0


def _is_next(first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Tell whether the second is the day after the first, as in `de nacht van 4 op 5 mei`."""
    one, two = (_read_item(item).day for item in (first, second))
    return one is not None and two == one + 1


def _pair_up(items: Sequence[tuple[list[Token], str]], days: Sequence[Day], first: int) -> Iterator[PrintedDate]:
    """Join the ends of ranges; the days of a list stay apart, each reaching to the month that it shares."""
    number = first
    while number < len(items):
        item, day = items[number][0], days[number]
        more = "" if len(items) == 2 else "+"  # noqa: PLR2004
        if number + 1 < len(items) and _is_range(day, days[number + 1], items[number + 1][1] + more):
            end = _end_of(items, number + 1)
            yield PrintedDate(item[0].start, end, day, days[number + 1], Precision.DAY)
            number += 2
            continue
        yield PrintedDate(item[0].start, _end_of(items, number), day, None, Precision.DAY)
        number += 1


def _end_of(items: Sequence[tuple[list[Token], str]], number: int) -> int:
    return next(item[-1].end for item, _ in items[number:] if _has_month(item))


def _is_range(first: Day, last: Day, joint: str) -> bool:
    start, end = (first.year or 0, first.month or 0, first.day or 0), (last.year or 0, last.month or 0, last.day or 0)
    if first.year is None and last.year is not None:
        start = (last.year, *start[1:])
    next_day = start[:2] == end[:2] and end[2] == start[2] + 1
    crosses = first.month != last.month and last.year is None
    if any(kind in joint for kind in "TH") and not set("CB") & set(joint):
        return start < end or crosses
    return next_day and any(kind in joint for kind in "BLo") and not set("C+H") & set(joint)


def _wrapped(tokens: Sequence[Token], _before: Sequence[Token], _language: str) -> tuple[PrintedDate, ...]:
    """Read `16 2021 mei`: a day and month wrapped in a cell of a table, with the year of the cell beside it between."""
    day = Day(None, tokens[2].number, tokens[0].number)
    return (PrintedDate(tokens[0].start, tokens[2].end, day, None, Precision.DAY),) if is_possible(day) else ()


def _american(tokens: Sequence[Token], _before: Sequence[Token], language: str) -> tuple[PrintedDate, ...]:
    month_word = next(token.text for token in tokens if token.kind == "M")
    figures = [part for token in tokens if token.kind in "ND" for part in _split_days(token)]
    sure = language == "en" or tokens[-1].kind == "Y" or (bool(figures) and figures[0].text[-1:].isalpha())
    if not sure or not figures or not month_word[:1].isupper():
        return ()
    year = next((token.number for token in tokens if token.kind == "Y"), None)
    months = [token.number for token in tokens if token.kind == "M"]
    weekday = next((token.number for token in tokens if token.kind == "W"), None)
    first = Day(year, months[0], figures[0].number, weekday)
    if not is_possible(first):
        return ()
    last = Day(year, months[-1], figures[1].number) if len(figures) > 1 else None
    if last is not None and is_possible(last) and (last.month, last.day) > (first.month, first.day):
        return (PrintedDate(tokens[0].start, tokens[-1].end, first, last, Precision.DAY),)
    end = figures[0] if last is not None else tokens[-1]
    return (PrintedDate(tokens[0].start, end.end, first, None, Precision.DAY),)


def _split_days(token: Token) -> list[Token]:
    """Part the figures of `June 3-5`, which look like a date in figures."""
    if token.kind == "N":
        return [token]
    first, hyphen, last = token.text.partition("-")
    if not (hyphen and first.isdigit() and last.isdigit()):
        return []
    return [Token("N", part, token.start, token.end, int(part)) for part in (first, last)]


def _months(tokens: Sequence[Token], before: Sequence[Token], language: str) -> tuple[PrintedDate, ...]:
    """Read a month with its year, a double month, or a bare month where a preposition makes it one."""
    months = [token for token in tokens if token.kind == "M"]
    years = [token.number for token in tokens if token.kind in "YS"]
    if any(one.kind == two.kind == "M" and two.number != one.number + 1 for one, two in pairwise(tokens)):
        return ()  # other than `april - mei juni`, of which a dash was not read
    if len(months) == 1 and not years and not _is_bare_month(months[0], tokens, before, language):
        return ()
    last_token = max((t for t in tokens if t.kind in "MYS"), key=lambda token: token.end)
    first_year = years[0] if years else None
    first = Day(first_year, months[0].number)
    last = Day(years[-1] if years else None, months[-1].number)
    if len(years) == 1 and months[-1].number < months[0].number:
        between = tokens.index(months[-1]) > next(i for i, t in enumerate(tokens) if t.kind in "YS")
        first, last = (
            (first, replace(last, year=years[0] + 1)) if between else (replace(first, year=years[0] - 1), last)
        )
    start = tokens[0].start
    double = months[-1].number != months[0].number
    return (PrintedDate(start, last_token.end, first, last if double else None, Precision.MONTH),)


def _is_bare_month(month: Token, tokens: Sequence[Token], before: Sequence[Token], language: str) -> bool:
    """`in april`, `eind november`; `may` and `march` want a capital and an English text."""
    word = month.text.casefold().strip(".")
    if language == "en" and word in _SMALL_VERBS and not month.text[:1].isupper():
        return False
    if len(month.text.strip(".")) <= 3 and month.text.casefold() not in {"mei", "may", "mai"}:  # noqa: PLR2004
        return False
    lead = before[-1].kind if before else ""
    return tokens[0].kind == "Q" or lead in ("P", "T") or (lead == "f" and len(before) > 1 and before[-2].kind == "P")


def _seasons(tokens: Sequence[Token], _before: Sequence[Token], _language: str) -> tuple[PrintedDate, ...]:
    word = tokens[0]
    year = next(token.number for token in tokens if token.kind in "YS")
    if word.kind == "K":
        first, last = Day(year, word.number * 3 - 2), Day(year, word.number * 3)
    else:
        first, last = _SEASON_MONTHS[word.number](year)
        seasons = [token.number for token in tokens if token.kind == "Z"]
        if len(seasons) > 1:
            last = _SEASON_MONTHS[seasons[-1]](year)[1]
    return (PrintedDate(word.start, tokens[-1].end, first, last, Precision.SEASON),)


_SEASON_MONTHS: dict[int, Callable[[int], tuple[Day, Day]]] = {
    1: lambda year: (Day(year, 3), Day(year, 5)),
    2: lambda year: (Day(year, 6), Day(year, 8)),
    3: lambda year: (Day(year, 9), Day(year, 11)),
    4: lambda year: (Day(year, 12), Day(year + 1, 2)),
}


def _years(tokens: Sequence[Token], _before: Sequence[Token], _language: str) -> tuple[PrintedDate, ...]:
    years = [token for token in tokens if token.kind == "Y"]
    ranged = len(years) > 1 and years[-1].number > years[0].number and not any(token.kind == "B" for token in tokens)
    last = Day(years[-1].number) if ranged else None
    end = years[-1].end if ranged else years[0].end
    return (PrintedDate(years[0].start, end, Day(years[0].number), last, Precision.YEAR),)


_Reader = Callable[[Sequence[Token], Sequence[Token], str], tuple[PrintedDate, ...]]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_CHAIN, _chain),
    (_WRAPPED, _wrapped),
    (_FIGURES, read_figures),
    (_AMERICAN, _american),
    (_SEASONS, _seasons),
    (_MONTHS, _months),
    (_YEARS, _years),
)
