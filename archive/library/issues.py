"""Which issues of each newsletter are there, and which are not?"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from archive.catalog.rows import ScanState, StoredIssue
from archive.catalog.store import ask_catalog
from archive.ids import slugify
from archive.library.holdings import HoldingsTable, holding_filter, load_holdings
from archive.model.issues import OldId
from archive.settings import Settings

_NUMBER = re.compile(r"\d+")
# More missing numbers in a row than this are a misread number, or the old count of a newsletter that began anew.
_LONGEST_GAP = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that a run lacks; `run` is the volume or year that they count in, empty where numbers go on for ever."""

    run: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The issues of one newsletter by date, and the numbers that are missing between them.

    `doubles` are other scans of these issues, each with the issue that answers in its place. `holdings` are what
    issues.csv says, by the issue's id.
    """

    newsletter: str
    slug: str
    issues: tuple[StoredIssue, ...]
    gaps: tuple[Gap, ...]
    doubles: tuple[StoredIssue, ...] = ()
    holdings: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is: series, scans without an issue, files with the bytes of another one, files that are gone.

    `replaced` are issues whose file holds other bytes now, `unheld` the rows of issues.csv that fit no issue.
    """

    series: tuple[Series, ...]
    without_issue: tuple[ScanState, ...]
    doubles: tuple[ScanState, ...]
    missing: tuple[ScanState, ...]
    replaced: tuple[OldId, ...] = ()
    unheld: tuple[str, ...] = ()


def list_issues(settings: Settings, newsletters: Sequence[str] = (), holdings: Sequence[str] = ()) -> Holdings:
    """List the issues by newsletter and date.

    Args:
        settings: The archive.
        newsletters: Slugs or names; keeps some of them.
        holdings: `COLUMN=VALUE` pairs; keeps the issues of which issues.csv says so.
    """
    table = load_holdings(settings)
    held = holding_filter(table, holdings)
    issues, known = ask_catalog(settings.catalog_path, lambda catalog: (catalog.issues(), catalog.scan_states()))
    replaced = ask_catalog(settings.catalog_path, lambda catalog: catalog.replaced_issues())
    states, bearing = tuple(known.values()), {issue.file for issue in issues}
    wanted = {slugify(name) for name in newsletters} | set(newsletters)
    by_slug: defaultdict[str, list[StoredIssue]] = defaultdict(list)
    for issue in issues:
        if (not wanted or issue.slug in wanted) and held.keeps(issue.id, issue.file, issue.own_id):
            by_slug[issue.slug].append(issue)
    return Holdings(
        series=tuple(_series(slug, found, issues, table) for slug, found in by_slug.items()),
        without_issue=tuple(
            state for state in states if state.file not in bearing and state.status not in {"double", "missing"}
        ),
        doubles=tuple(state for state in states if state.status == "double"),
        missing=tuple(state for state in states if state.status == "missing"),
        replaced=replaced,
        unheld=table.without_issue(issues),
    )


def find_gaps(issues: Sequence[StoredIssue]) -> tuple[Gap, ...]:
    """Find the numbers that are missing from a newsletter's run.

    Numbers that rise through all years are one run; otherwise they begin at 1 in each volume or, where volumes are not
    known, in each year. Issues without a plain number are left out; one without a date counts only in a single run.
    """
    numbered = [(issue, numbers) for issue in issues if (numbers := _numbers(issue.number))]
    dated = sorted((numbers[0], issue.date) for issue, numbers in numbered if issue.date)
    if all(_may_follow(before, after) for (_, before), (_, after) in pairwise(dated)):
        return _gap("", [number for _, numbers in numbered for number in numbers], first=None)
    runs: defaultdict[str, list[int]] = defaultdict(list)
    has_volumes = all(issue.volume for issue, _ in numbered)
    for issue, numbers in numbered:
        runs[issue.volume if has_volumes else issue.date[:4]] += numbers
    return tuple(gap for run, numbers in runs.items() if run for gap in _gap(run, numbers, first=1))


def find_gaps_among(issues: Sequence[StoredIssue], chosen: Collection[str]) -> tuple[Gap, ...]:
    """Find the numbers missing beside some issues of a newsletter: those that come right before or behind one of them.

    Args:
        issues: All of the newsletter's.
        chosen: The ids of some.
    """
    found: list[Gap] = []
    for gap in find_gaps(issues):
        run = [each for each in issues if not gap.run or gap.run in (each.volume, each.date[:4])]
        there = {number: each.id in chosen for each in run for number in _numbers(each.number)}
        if beside := tuple(number for number in gap.numbers if _is_beside(number, there)):
            found.append(replace(gap, numbers=beside))
    return tuple(found)


def _is_beside(missing: int, there: Mapping[int, bool]) -> bool:
    """Tell whether the number that is there next to a missing one, above it or below, was chosen."""
    below = max((number for number in there if number < missing), default=missing)
    above = min((number for number in there if number > missing), default=missing)
    return there.get(below, False) or there.get(above, False)


def _series(slug: str, found: Sequence[StoredIssue], issues: Sequence[StoredIssue], table: HoldingsTable) -> Series:
    """Make one series; what stands for another issue counts by that one, whatever newsletter it was taken for."""
    answering = tuple(issue for issue in found if not issue.double_of)
    ids = {issue.id for issue in answering}
    doubles = tuple(issue for issue in issues if issue.double_of in ids)
    held = {issue.id: table.of(issue.id, issue.file, issue.own_id) for issue in (*answering, *doubles)}
    said = held if table.columns else {}
    return Series(_name(found), slug, answering, find_gaps(answering), doubles, said)


def _may_follow(before: str, after: str) -> bool:
    """Tell whether an issue of one date may come before one of another; a year alone may be any day of it."""
    return before <= after or before.startswith(after)


def _gap(run: str, numbers: Sequence[int], *, first: int | None) -> tuple[Gap, ...]:
    if not numbers:
        return ()
    there = sorted(set(numbers) | ({first - 1} if first is not None else set()))
    gone: list[int] = []
    for before, after in pairwise(there):
        if after - before <= _LONGEST_GAP:
            gone += range(before + 1, after)
    return (Gap(run, tuple(gone)),) if gone else ()


def _numbers(printed: str) -> list[int]:
    """Return the number of an issue, or those of a double one (`5/6`, `5-6`)."""
    found = [int(digits) for digits in _NUMBER.findall(printed)]
    if len(found) == 2 and 0 < found[1] - found[0] <= _LONGEST_GAP:  # noqa: PLR2004 - from one number to another
        return list(range(found[0], found[1] + 1))
    return found[:1]


def _name(issues: Sequence[StoredIssue]) -> str:
    """Return the name of a series as its latest issue has it."""
    return issues[-1].newsletter
