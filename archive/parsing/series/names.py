"""What is a series called, by what most of its issues print?

Not what one issue prints: a masthead that was misread, or a heading that stood in its place, is outvoted. A name is
made of words that most issues have on their first page; of such names the one counts that most issues set in their
largest type.
"""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from archive.parsing.dates.grammar import read_dates
from archive.parsing.numbering import read_numbering
from archive.parsing.series.signature import paper_words
from archive.parsing.series.sketch import IssueSketch
from archive.parsing.title import lettered, names_no_paper, reading_case

_ALIKE = 88
_MOST_WORDS, _MOST_SIGNS = 8, 60
_WHOLE = 0.5  # as many issues as print a part of a name
_AGREE = 0.5
_ADDRESS = re.compile(r"@|www\.|https?:|\d{3,}|\b0\d")


def series_name(issues: Sequence[IssueSketch]) -> str:
    """Return the name that most issues of a series print, whole; empty where none of them names it.

    Args:
        issues: Those of the series, in an order that does not depend on when they came in.
    """
    said = Counter(issue.name for issue in issues if issue.printed_name and not is_any_paper(issue.name))
    top, times = max(said.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    printed = _printed(issues)
    if times > _AGREE * len(issues):
        larger = [key for key in printed if f" {lettered(top)} " in f" {key} " and printed[key] >= _WHOLE * times]
        return _spelled(max(larger, key=lambda key: (len(key), key)), issues) if larger else top
    having = [frozenset(trait.text for trait in issue.traits) for issue in issues]
    support = {key: _support(key, issues, having) for key in printed}
    most = max(support.values(), default=0)
    if most > 1:
        fit = [key for key in support if support[key] >= _WHOLE * most]
        return _spelled(max(fit, key=lambda key: (printed[key], len(key), key)), issues)
    return top or _called(issues)


def is_any_paper(name: str) -> bool:
    """Tell whether a name is made of words that any paper prints: `Nieuwsbrief`, `Members Newsletter`."""
    words = [word for word in lettered(name).split() if not word.isdigit()]
    return all(word in paper_words() or len(word) <= 2 for word in words)  # noqa: PLR2004 - de, of


def may_name(text: str) -> bool:
    """Tell whether a printed line may be a name: no date, number or address, no sentence."""
    plain = " ".join(text.split())
    if not plain or len(plain) > _MOST_SIGNS or len(plain.split()) > _MOST_WORDS or _ADDRESS.search(plain):
        return False
    says = read_numbering(plain)
    if says.number or says.volume or any(True for _ in read_dates(plain, "nl")):
        return False
    return not names_no_paper(plain) and sum(map(str.isalpha, plain)) >= 0.7 * len(plain.replace(" ", ""))


def _printed(issues: Sequence[IssueSketch]) -> Counter[str]:
    """Count the issues that print each name in their largest type, misread ones for that which they are most like."""
    votes: Counter[str] = Counter()
    for issue in issues:
        for name in issue.names:
            if may_name(name) and not is_any_paper(name):
                votes[lettered(name)] += 1 if name == issue.names[0] else 0
    common: Counter[str] = Counter()
    for key, times in sorted(votes.items(), key=lambda each: (-each[1], each[0])):
        common[next((other for other in common if fuzz.ratio(key, other) >= _ALIKE), key)] += times
    return common


def _support(key: str, issues: Sequence[IssueSketch], having: Sequence[frozenset[str]]) -> int:
    """Return how many issues have the words of a name on their first page, those that tell nothing left out."""
    printers = [at for at, issue in enumerate(issues) if any(lettered(name) == key for name in issue.names)]
    words = [word for word in key.split() if word not in paper_words()]
    own = frozenset(word for word in words if sum(word in having[at] for at in printers) * 2 >= len(printers))
    return sum(own <= each for each in having) if own else 0


def _spelled(key: str, issues: Sequence[IssueSketch]) -> str:
    """Return a name as most issues spell it; one in capitals only in reading case."""
    spelled = Counter(name for issue in issues for name in issue.names if lettered(name) == key)
    mixed = Counter({name: times for name, times in spelled.items() if not (name.isupper() or name.islower())})
    name = max((mixed or spelled).items(), key=lambda each: (each[1], each[0]), default=(key, 0))[0]
    return reading_case(name) if name.isupper() or name.islower() else name


def _called(issues: Sequence[IssueSketch]) -> str:
    """Return the words that the names of all issues have in common, else the name that comes first."""
    names = sorted(issue.name for issue in issues)
    shared = [word for word in names[0].split() if all(word in name.split() for name in names)]
    return " ".join(shared) or names[0]
