"""What does a newsletter's run look like: which months have an issue, which numbers are missing?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.drawings import Anchor, Drawing, Label, Patch, Tone

if TYPE_CHECKING:
    from archive.library.issues import Series

MONTHS = 12
_INITIALS = "JFMAMJJASOND"
_CELL, _STEP = 18.0, 22.0
_LEFT, _TOP, _SIDE = 70.0, 64.0, 330.0
# A longer list of missing numbers is cut off in a drawing; the terminal and the answer in JSON have all.
_LONGEST_LIST = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """The issues of one month, or of a year whose month is not known: ids, and how many of them have doubles."""

    issues: tuple[str, ...] = ()
    doubled: int = 0


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of a run: twelve months, the issues without a month, and the numbers that are missing about then."""

    year: str
    months: tuple[Cell, ...]
    no_month: Cell
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A newsletter's run, year by year without a gap; `undated` are the issues of which not even the year is known."""

    years: tuple[YearRow, ...]
    undated: Cell


def make_calendar(series: "Series") -> Calendar:
    """Put the issues of a series into months and years, and each missing number into the year where it belongs."""
    doubled = {double.double_of for double in series.doubles}
    cells: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for issue in series.issues:
        cells[issue.date[:4], issue.date[5:7]].append(issue.id)
    made = {place: Cell(tuple(ids), len(doubled.intersection(ids))) for place, ids in cells.items()}
    missing = _missing_by_year(series)
    known = sorted({int(year) for year, _ in cells if year} | {int(year) for year in missing if year.isdecimal()})
    years = [f"{year:04}" for year in range(known[0], known[-1] + 1)] if known else []
    return Calendar(
        tuple(
            YearRow(
                year,
                tuple(made.get((year, f"{month:02}"), Cell()) for month in range(1, MONTHS + 1)),
                made.get((year, ""), Cell()),
                tuple(missing.get(year, ())),
            )
            for year in years
        ),
        made.get(("", ""), Cell()),
    )


def spans(numbers: Iterable[int]) -> str:
    """Write numbers that follow each other as `5-7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def draw_series(all_series: Sequence["Series"]) -> Drawing:
    """Draw the runs of newsletters below each other: a square for each month that has an issue."""
    marks: list[Patch | Label] = []
    y = 20.0
    for series in all_series:
        y = _draw_one(series, y, marks)
    width = _LEFT + (MONTHS + 1) * _STEP + _SIDE
    legend = "blue: one issue · orange: more than one · dark square in it: scanned twice · pale: none"
    marks.append(Label(_LEFT, y + 8, legend, 11))
    return Drawing("Which issues of each newsletter are there", width, y + 28, tuple(marks))


def _draw_one(series: "Series", y: float, marks: list[Patch | Label]) -> float:
    calendar = make_calendar(series)
    count = len(series.issues)
    marks.append(Label(10, y + 8, f"{series.newsletter}: {count} {'issue' if count == 1 else 'issues'}", 15, bold=True))
    for at, name in enumerate((*_INITIALS, "?")):
        marks.append(Label(_LEFT + at * _STEP + _CELL / 2, y + 34, name, 11, Anchor.MIDDLE))
    y += 42
    for row in calendar.years:
        marks.append(Label(_LEFT - 10, y + 14, row.year, 12, Anchor.END))
        for at, cell in enumerate((*row.months, row.no_month)):
            when = f"{row.year}-{at + 1:02}" if at < MONTHS else f"{row.year}, month unknown"
            marks += _draw_cell(cell, _LEFT + at * _STEP, y, when)
        if row.missing:
            listed = spans(row.missing)
            listed = listed if len(listed) <= _LONGEST_LIST else f"{listed[:_LONGEST_LIST].rpartition(',')[0]}, …"
            marks.append(Label(_LEFT + (MONTHS + 1) * _STEP + 8, y + 14, f"missing: {listed}", 11))
        y += _STEP
    if calendar.undated.issues:
        marks.append(Label(_LEFT, y + 14, f"without a date: {', '.join(calendar.undated.issues)}", 11))
        y += _STEP
    return y + 18


def _draw_cell(cell: Cell, x: float, y: float, when: str) -> list[Patch | Label]:
    if not cell.issues:
        return [Patch(x, y, x + _CELL, y + _CELL, Tone.FAINT)]
    tone = Tone.MAIN if len(cell.issues) == 1 else Tone.SECOND
    twice = f" ({cell.doubled} scanned twice)" if cell.doubled else ""
    drawn: list[Patch | Label] = [
        Patch(x, y, x + _CELL, y + _CELL, tone, f"{when}: {', '.join(cell.issues)}{twice}"),
    ]
    if cell.doubled:
        drawn.append(Patch(x + 6, y + 6, x + _CELL - 6, y + _CELL - 6, Tone.INK))
    return drawn


def _missing_by_year(series: "Series") -> dict[str, list[int]]:
    """Say about when each missing number would have come out; numbers of a volume go to the year of that volume."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for gap in series.gaps:
        of_run = [issue for issue in series.issues if issue.date and gap.run in {"", issue.volume, issue.date[:4]}]
        dated = sorted((int(digits), int(issue.date[:4])) for issue in of_run if (digits := _digits(issue.number)))
        for number in gap.numbers:
            found[_year_of(number, dated, gap.run)].append(number)
    return found


def _year_of(number: int, dated: Sequence[tuple[int, int]], run: str) -> str:
    """Reckon the year of a number from the numbers before and after it."""
    before = [(known, year) for known, year in dated if known < number]
    after = [(known, year) for known, year in dated if known > number]
    if before and after:
        (low, first), (high, last) = before[-1], after[0]
        return f"{first + round((last - first) * (number - low) / (high - low)):04}"
    if before or after:
        return f"{(before[-1] if before else after[0])[1]:04}"
    return run


def _digits(printed: str) -> str:
    """Return the first number in what is printed, as a double issue `5/6` counts from 5."""
    return next(iter("".join(char if char.isdecimal() else " " for char in printed).split()), "")
