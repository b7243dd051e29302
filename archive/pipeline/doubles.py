"""Which issues were scanned twice, and which scan of each answers?

Found by their text, whatever the bytes: two issues that share a good part of their pairs of neighbouring words, and
whose printed dates and numbers do not speak against it; dates that are only inferred do not. A scan that lacks pages
is the lesser one, or one that lacks a tenth of the words that are likely right: rubbish is no reading, however many
words it has. Else the one of whose print more was read is the better, then the one whose words are surer, and surest
are those that were born digital; then the one with more pages, then the one that was given its id first.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from archive.catalog.doubles import Pair
from archive.catalog.rows import StoredIssue
from archive.catalog.store import open_catalog
from archive.catalog.write import CatalogWriter
from archive.likeness import Placed, Sketch, fingerprint, likeness_of, match, sketch_of
from archive.register import Register
from archive.settings import Settings

_WORD = re.compile(r"\w{2,}")
# Two issues of one newsletter share a quarter of their words, two scans of one issue half and more, even bad ones.
_ALIKE_FITTING = 0.25
_ALIKE_ANYHOW = 0.5
# Of the pairs of neighbouring words, two issues share a tenth at the most, two bad scans of one issue two fifths.
_SHARED_PAIRS = 0.35
# A text with fewer pairs cannot be told from another: two notices of a line each are alike by chance.
_LEAST_PAIRS = 40
_WHOLE = 0.9
# A scan with more words that are so much less sure holds rubbish beside its text, unless the other lacks this much.
_LESS_SURE = 0.05
_HALF = 0.6
_SAME_UNREAD = 0.02
# Poor and good scans of a page often differ by a hundredth: engines are nearly as sure of what they misread.
_SAME_CONFIDENCE = 0.002
_LAST = "\U0010ffff"  # sorts after whatever stands in a date or an id
_KEPT_TEXTS = 64  # while one issue is compared with many
_FROM_SCAN = {"masthead", "text", "correction"}


@dataclass(frozen=True, slots=True)
class _Figures:
    """What decides which scan is the better one: `unread` is the share of its print that no word covers."""

    pages: int
    words: int
    confidence: float | None
    unread: float | None = None


def is_settled(settings: Settings) -> bool:
    """Tell whether everything in the catalogue was looked through for doubles."""
    if not settings.catalog_path.exists():
        return True
    with open_catalog(settings.catalog_path) as catalog:
        return catalog.settled() == catalog.generation()


def settle_doubles(catalog: CatalogWriter, settings: Settings) -> bool:
    """Find the issues that are there twice, and let the better scan of each answer; return whether anything changed.

    Issues that did not change since the last time are compared with those only that did.
    """
    if catalog.settled() == catalog.generation():
        return False
    register = Register.load(settings.ids_path)
    issues = {issue.own_id: issue for issue in catalog.issues()}
    links = set(_known_links(issues, catalog.changed_issues(catalog.settled())))
    links |= set(_new_links(catalog, register, issues))
    places = register.given_in()
    order = sorted(issues, key=lambda own: places.get(own, len(places)))
    pairs = [pair for group in _groups(links, order, issues) for pair in _pairs(catalog, group)]
    return catalog.settle(pairs)


def shared_pairs(one: str, other: str) -> float:
    """Return which share of the pairs of neighbouring words in the shorter text is in the other too, 0 to 1.

    0 where one of them is too short to tell.
    """
    ours, theirs = _pairs_of_words(one), _pairs_of_words(other)
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least >= _LEAST_PAIRS else 0.0


def is_better(one: "_Figures", other: "_Figures") -> bool:
    """Tell whether a scan of an issue is better than the one before it."""
    if min(one.pages, other.pages) < _WHOLE * max(one.pages, other.pages):
        return one.pages > other.pages
    if (fuller := _fuller(one, other)) is not None:
        return fuller is one
    if one.unread is not None and other.unread is not None and abs(one.unread - other.unread) > _SAME_UNREAD:
        return one.unread < other.unread
    sure, others = one.confidence or 0.0, other.confidence or 0.0
    if abs(sure - others) > _SAME_CONFIDENCE:
        return sure > others
    return one.pages > other.pages


def _fuller(one: "_Figures", other: "_Figures") -> "_Figures | None":
    """Return the scan that has text which the other lacks; None where neither has, or what it has may be rubbish."""
    known = [each.confidence for each in (one, other) if each.confidence is not None]
    unknown = min(known, default=1.0)  # nobody said how sure they are: no surer than the others
    right = [each.words * (unknown if each.confidence is None else each.confidence) for each in (one, other)]
    fuller, lesser = (one, other) if right[0] > right[1] else (other, one)
    share = min(right) / max(right) if max(right) else 1.0
    less_sure = len(known) > 1 and (fuller.confidence or 0.0) < (lesser.confidence or 0.0) - _LESS_SURE
    return fuller if share < (_HALF if less_sure else _WHOLE) else None


def _known_links(issues: Mapping[str, StoredIssue], changed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the doubles found before, of which both scans are there and neither changed."""
    by_id = {issue.id: own for own, issue in issues.items()}
    for own, issue in issues.items():
        answers = by_id.get(issue.double_of, "")
        if answers and own not in changed and answers not in changed:
            yield own, answers


def _new_links(
    catalog: CatalogWriter, register: Register, issues: Mapping[str, StoredIssue]
) -> Iterator[tuple[str, str]]:
    """Yield the issues that are alike, one of each two at least changed; only what may be alike is looked at."""
    sections = catalog.own_sections()
    changed = catalog.changed_issues(catalog.settled()) & sections.keys()
    by_date = _ByDate({own: issues[own] for own in sections})

    @cache
    def sketch(own: str) -> Sketch:
        return sketch_of([entry.fingerprint for each in sections[own] if (entry := register.find(each))])

    @lru_cache(maxsize=_KEPT_TEXTS)
    def text(own: str) -> str:
        return "\n".join(text for _, _, text in catalog.own_texts(own))

    for own in changed:
        for other in by_date.fitting(issues[own]):
            if other == own or (other in changed and other < own) or _contradict(issues[own], issues[other]):
                continue
            least = _ALIKE_FITTING if _fit(issues[own], issues[other]) else _ALIKE_ANYHOW
            if likeness_of(sketch(own), sketch(other)) < least:
                continue
            if shared_pairs(text(own), text(other)) >= _SHARED_PAIRS:
                yield own, other


class _ByDate:
    """The issues by the date that is printed in them, so that those that contradict each other are never compared."""

    def __init__(self, issues: Mapping[str, StoredIssue]) -> None:
        self._all = tuple(issues)
        self._undated = tuple(own for own, issue in issues.items() if not _is_printed(issue))
        self._dated = sorted((issue.date, own) for own, issue in issues.items() if _is_printed(issue))

    def fitting(self, issue: StoredIssue) -> Iterator[str]:
        """Yield the issues whose printed date does not speak against that of an issue: the same, less or more exact."""
        if not _is_printed(issue):
            yield from self._all
            return
        yield from self._undated
        for length in range(1, len(issue.date)):
            yield from self._between((issue.date[:length], ""), (issue.date[:length], _LAST))
        yield from self._between((issue.date, ""), (issue.date + _LAST, ""))

    def _between(self, first: tuple[str, str], end: tuple[str, str]) -> Iterator[str]:
        return (own for _, own in self._dated[bisect_left(self._dated, first) : bisect_left(self._dated, end)])


def _fit(one: StoredIssue, other: StoredIssue) -> bool:
    """Tell whether two issues may be the same by their newsletter and their date or number."""
    if one.slug != other.slug:
        return False
    return _dates_fit(one.date, other.date) or (bool(one.number) and one.number == other.number)


def _contradict(one: StoredIssue, other: StoredIssue) -> bool:
    """Tell whether two issues say of themselves that they are different ones: such are never hidden."""
    if _is_printed(one) and _is_printed(other) and not _dates_fit(one.date, other.date):
        return True
    return bool(one.number and other.number and one.number != other.number)


def _is_printed(issue: StoredIssue) -> bool:
    return bool(issue.date) and issue.date_source in _FROM_SCAN


def _dates_fit(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _groups(
    links: Iterable[tuple[str, str]], order: Sequence[str], issues: Mapping[str, StoredIssue]
) -> Iterator[list[str]]:
    """Yield the issues that are linked with each other, in the order in which their ids were given.

    One without a date may be like several that contradict each other: it goes with the first of them.
    """
    near: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in links:
        near[one].add(other)
        near[other].add(one)
    place = {own: number for number, own in enumerate(order)}
    done: set[str] = set()
    for own in order:
        group, edge = [own], [own]
        while edge and own not in done:
            for fresh in sorted(near[edge.pop()] - done - set(group), key=place.__getitem__):
                if not any(_contradict(issues[fresh], issues[each]) for each in group):
                    group.append(fresh)
                    edge.append(fresh)
        if len(group) > 1:
            done.update(group)
            yield sorted(group, key=place.__getitem__)


def _pairs(catalog: CatalogWriter, group: Sequence[str]) -> Iterator[Pair]:
    figures = {own: _Figures(*catalog.reading_figures(own)) for own in group}
    best = group[0]
    for own in group[1:]:
        if is_better(figures[own], figures[best]):
            best = own
    first = group[0]
    sections = _same_sections(catalog, best, first) if best != first else ()
    for own in group:
        if own != best:
            yield Pair(own, best, first, sections if own == first else ())


def _same_sections(catalog: CatalogWriter, best: str, first: str) -> tuple[tuple[str, str], ...]:
    """Find which section of the issue that answers is which section of the first one."""
    ours, theirs = catalog.own_texts(best), catalog.own_texts(first)
    new = [Placed(fingerprint(text), page) for _, page, text in ours]
    old = [Placed(fingerprint(text), page) for _, page, text in theirs]
    return tuple((ours[place][0], theirs[before][0]) for place, before in sorted(match(old, new).items()))


def _pairs_of_words(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(_WORD.findall(text.casefold())))
