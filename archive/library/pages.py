"""How did the reading of each page end, and what should be scanned again?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.catalog.rows import LedgerPage
from archive.catalog.store import open_catalog
from archive.model.pages import PageStatus
from archive.settings import Settings

_WORST_FIRST = (PageStatus.FAILED, PageStatus.TIMED_OUT, PageStatus.LOW, PageStatus.EMPTY)
# A page that was read, but of which more words than this are wrong, is worth a better scan too.
_WORTH_A_SCAN = 0.85
_ASKEW = 2.0  # degrees
_REASONS = {
    PageStatus.FAILED: "it could not be read",
    PageStatus.TIMED_OUT: "reading it took too long",
    PageStatus.LOW: "its words are uncertain",
    PageStatus.EMPTY: "nothing was read on it",
}


@dataclass(frozen=True, slots=True)
class Rescan:
    """A page that a better scan would help, and why."""

    page: LedgerPage
    reason: str


def list_pages(settings: Settings, statuses: Sequence[str] = ()) -> Iterator[LedgerPage]:
    """Yield the pages by file and number; `statuses` keeps those that ended so."""
    with open_catalog(settings.catalog_path) as catalog:
        yield from catalog.pages(statuses)


def list_rescans(settings: Settings) -> tuple[Rescan, ...]:
    """Return the pages to scan again, worst first: unread ones, uncertain ones, those without words, middling ones."""
    found = [each for each in list_pages(settings) if each.page.status in _WORST_FIRST or _is_middling(each)]
    found.sort(key=lambda each: (_rank(each), _confidence(each)))
    return tuple(Rescan(each, _reason(each)) for each in found)


def _rank(each: LedgerPage) -> int:
    return len(_WORST_FIRST) if _is_middling(each) else _WORST_FIRST.index(PageStatus(each.page.status))


def _is_middling(each: LedgerPage) -> bool:
    confidence = each.page.confidence
    return each.page.status == PageStatus.OK and confidence is not None and confidence < _WORTH_A_SCAN


def _reason(each: LedgerPage) -> str:
    if _is_middling(each):
        why = f"about 1 word in {round(1 / (1 - _confidence(each)))} is misread"
    else:
        why = each.page.reason or _REASONS[PageStatus(each.page.status)]
    return f"{why}; it lies {abs(each.page.skew):.1f}° askew" if abs(each.page.skew) > _ASKEW else why


def _confidence(each: LedgerPage) -> float:
    return 0.0 if each.page.confidence is None else each.page.confidence
