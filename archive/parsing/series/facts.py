"""Which number and date has each issue of a series, by its own pages, the names of the files and its neighbours?

What never changes is no number (`EDITIE 4330` on every issue). What the name of the file says is believed where the
names of the series' files follow a pattern and most printed dates agree with it. What breaks an order that the other
issues keep is doubted and not asserted: unknown is better than wrong.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model.issues import FactSource, PartialDate
from archive.parsing.series.filenames import NamedIssue, read_names
from archive.parsing.series.order import goes_up, misfits
from archive.parsing.series.sketch import IssueSketch, PrintedDay

_ENOUGH = 3  # issues that show what stays and what changes
_MOST = 0.6
_ORDERED = 5  # issues that show an order which one of them breaks


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """Number and date of one issue, who says so, and what speaks against it in words."""

    number: str
    number_source: FactSource
    date: PartialDate | None
    date_source: FactSource
    date_evidence: str
    doubts: tuple[str, ...] = ()


def settle_facts(issues: Sequence[IssueSketch]) -> list[IssueFacts]:
    """Tell number and date of each issue of one series, in the order given; the same in whatever order they came in."""
    if len(issues) < _ENOUGH:
        return [_alone(issue) for issue in issues]
    named = read_names({issue.file: _printed_date(issue) for issue in issues if issue.parts == 1})
    files = [named.get(issue.file, NamedIssue()) for issue in issues]
    day_stands = _share(bool(_own_lines(issue)) for issue in issues) >= _MOST and len(issues) >= _ENOUGH
    believed = _is_believed(issues, files)
    facts = [
        _with_date(issue, file if believed else replace(file, date=None), day_stands=day_stands)
        for issue, file in zip(issues, files, strict=True)
    ]
    constant = _constants(issues, facts)
    label = _counting_label(issues, facts, constant)
    numbered = [
        _with_number(fact, issue, file, constant=constant, label=label)
        for fact, issue, file in zip(facts, issues, files, strict=True)
    ]
    return _doubted(numbered)


def _alone(issue: IssueSketch) -> IssueFacts:
    """Return what an issue tells of itself; too few are there to show what changes in the series."""
    none = IssueFacts(issue.number, FactSource(issue.number_source), None, FactSource.NONE, "")
    return next((fact for day in issue.days if (fact := _dated(none, day))), none)


def _dated(fact: IssueFacts, day: PrintedDay) -> IssueFacts | None:
    if (date := _date(day)) is None:
        return None
    return replace(fact, date=date, date_source=FactSource(day.source), date_evidence=day.evidence)


def _printed_date(issue: IssueSketch) -> PartialDate | None:
    return next((date for day in _own_lines(issue) if (date := _date(day))), None)


def _own_lines(issue: IssueSketch) -> list[PrintedDay]:
    return [day for day in issue.days if day.source == FactSource.MASTHEAD]


def _is_believed(issues: Sequence[IssueSketch], files: Sequence[NamedIssue]) -> bool:
    """Tell whether files are called by the dates of their issues: most mastheads agree, or say nothing."""
    agree = against = 0
    for issue, file in zip(issues, files, strict=True):
        printed = [date for day in _own_lines(issue) if (date := _date(day)) and date.month]
        if file.date and file.date.month and printed:
            if any(_fit(date, file.date) for date in printed):
                agree += 1
            else:
                against += 1
    return against <= agree or against < _ENOUGH


def _with_date(issue: IssueSketch, file: NamedIssue, *, day_stands: bool) -> IssueFacts:
    """Choose the date of an issue: printed where it fits the file's name, else by the name, else as its pages tell."""
    days = sorted(issue.days, key=lambda day: day_stands and day.source != FactSource.MASTHEAD)
    none = IssueFacts("", FactSource.NONE, None, FactSource.NONE, "")
    if file.date is None:
        return next((fact for day in days if (fact := _dated(none, day))), none)
    for day in days:
        date = _date(day, file.date.year)
        guessed = day.source not in {FactSource.MASTHEAD, FactSource.TEXT}
        if date and not guessed and _fit(date, file.date) and len(str(date)) >= len(str(file.date)):
            evidence = f"{day.evidence}; {file.evidence}"
            return replace(none, date=date, date_source=FactSource(day.source), date_evidence=evidence)
    against = tuple(f"{day.evidence}" for day in _own_lines(issue) if _date(day))
    evidence = "; but ".join((file.evidence, *against))
    return replace(none, date=file.date, date_source=FactSource.FILENAME, date_evidence=evidence, doubts=against)


def _constants(issues: Sequence[IssueSketch], facts: Sequence[IssueFacts]) -> frozenset[str]:
    """Return the numbers that stand behind the same word in most issues of different dates: they number nothing."""
    said: dict[tuple[str, int], set[str]] = defaultdict(set)
    having: dict[str, set[str]] = defaultdict(set)
    for issue, fact in zip(issues, facts, strict=True):
        of = str(fact.date) if fact.date else issue.file
        for printed in issue.numbers:
            said[printed.label, printed.value].add(of)
            having[printed.label].add(of)
        if issue.number.isdigit():
            said["", int(issue.number)].add(of)
            having[""].add(of)
    return frozenset(
        str(value)
        for (label, value), found in said.items()
        if len(found) >= _ENOUGH and len(found) > len(having[label]) / 2
    )


def _counting_label(issues: Sequence[IssueSketch], facts: Sequence[IssueFacts], constant: frozenset[str]) -> str | None:
    """Return the word before a number that goes up with the dates in most issues; empty for figures by themselves."""
    counted: dict[str, list[tuple[PartialDate, int]]] = defaultdict(list)
    for issue, fact in zip(issues, facts, strict=True):
        for label, value in _by_label(issue, constant):
            if fact.date and fact.date.month:
                counted[label].append((fact.date, value))
    fit = {label: len(pairs) for label, pairs in counted.items() if len(pairs) >= _ENOUGH and goes_up(pairs)}
    return max(fit, key=lambda label: (fit[label], label), default=None)


def _by_label(issue: IssueSketch, constant: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield the first number behind each word, constants left out."""
    seen = set[str]()
    for printed in issue.numbers:
        if printed.label not in seen and str(printed.value) not in constant:
            seen.add(printed.label)
            yield printed.label, printed.value


def _with_number(
    fact: IssueFacts, issue: IssueSketch, file: NamedIssue, *, constant: frozenset[str], label: str | None
) -> IssueFacts:
    """Choose the number of an issue: of its file, else as printed, else behind the word that counts in its series."""
    own = "" if issue.number in constant else issue.number
    behind = dict(_by_label(issue, constant))
    if file.number:
        printed = {str(value) for value in behind.values()} | {own}
        source = FactSource.MASTHEAD if file.number in printed else FactSource.FILENAME
        source = FactSource(issue.number_source) if own == file.number else source
        doubts = (f"its pages say number {own}",) if own and own != file.number else ()
        return replace(fact, number=file.number, number_source=source, doubts=(*fact.doubts, *doubts))
    if own:
        return replace(fact, number=own, number_source=FactSource(issue.number_source))
    if label is not None and label in behind:
        return replace(fact, number=str(behind[label]), number_source=FactSource.MASTHEAD)
    return fact


def _doubted(facts: Sequence[IssueFacts]) -> list[IssueFacts]:
    """Take back the numbers and dates that break the order of all others."""
    at = [place for place, fact in enumerate(facts) if fact.date and fact.number.isdigit()]
    found = list(facts)
    if len(at) < _ORDERED:
        return found
    counted = [(date, int(facts[place].number)) for place in at if (date := facts[place].date)]
    for nth in misfits(counted):
        fact = facts[at[nth]]
        if fact.date_source in {FactSource.TEXT, FactSource.NONE} and fact.number_source is not FactSource.TEXT:
            doubt = f"{fact.date} does not lie between those of the numbers beside {fact.number}"
            evidence = f"{doubt}: {fact.date_evidence}"
            found[at[nth]] = replace(
                fact, date=None, date_source=FactSource.NONE, date_evidence=evidence, doubts=(*fact.doubts, doubt)
            )
        else:
            doubt = f"number {fact.number} does not lie between those of the dates beside {fact.date}"
            found[at[nth]] = replace(fact, number="", number_source=FactSource.NONE, doubts=(*fact.doubts, doubt))
    return found


def _date(day: PrintedDay, year: int | None = None) -> PartialDate | None:
    """Return a printed date, with a year from elsewhere where none is printed; None where that lacks."""
    first, *rest = day.date.removeprefix("--").split("-")
    if not day.date.startswith("--"):
        return PartialDate(int(first), *map(int, rest))
    return None if year is None else PartialDate(year, int(first), *map(int, rest))


def _fit(one: PartialDate, other: PartialDate) -> bool:
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _share(told: Iterator[bool]) -> float:
    answers = list(told)
    return sum(answers) / max(1, len(answers))
