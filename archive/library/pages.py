"""How did the reading of each page end, and what should be scanned again?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.catalog.rows import LedgerPage
from archive.catalog.store import open_catalog
from archive.model.pages import PageStatus
from archive.settings import Settings

_WORST_FIRST = (PageStatus.FAILED, PageStatus.TIMED_OUT, PageStatus.LOW, PageStatus.EMPTY)
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
    """Return the pages to scan again, worst first: unread ones, then the least certain, then those without words."""
    found = list(list_pages(settings, [status.value for status in _WORST_FIRST]))
    found.sort(key=lambda each: (_WORST_FIRST.index(PageStatus(each.page.status)), _confidence(each)))
    return tuple(Rescan(each, each.page.reason or _REASONS[PageStatus(each.page.status)]) for each in found)


def _confidence(each: LedgerPage) -> float:
    return 0.0 if each.page.confidence is None else each.page.confidence
