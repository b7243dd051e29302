"""What does a worker process do? Four tasks: open a scan, read a page, sketch and parse what was read.

Only workers import this file (by its name), so that the process that writes never loads the libraries that read.
"""

from collections.abc import Mapping
from dataclasses import replace

from archive.catalog.pack import PackedIssue, pack_issue
from archive.catalog.rows import page_row
from archive.corrections import digest
from archive.errors import LockedScanError
from archive.likeness import fingerprint
from archive.model.issues import FactSource, Issue
from archive.model.pages import Page, PageStatus, Scan, TextSource
from archive.parsing.classify import CategoryRules, load_categories, own_category, with_own
from archive.parsing.series.sketch import IssueSketch
from archive.parsing.series.told import Told
from archive.pipeline.decisions.record import UNDECIDED, Decisions
from archive.pipeline.parse import DecidedIssue, ParseFacts, parse_decided, sketch_scan
from archive.pipeline.results import Opened, PageFailure, Parsed
from archive.reading.page import Folders, ReadingSettings, is_cached, open_scan, read_metadata, read_page, recall_scan
from archive.reading.scans import FoundScan
from archive.settings import Settings


def open_task(settings: Settings, found: FoundScan, again: bool = False) -> Opened:  # noqa: FBT001, FBT002 - a job has no keywords
    """Look what a file really is, hash it and count its pages, which are all to be read `again` or not.

    An encrypted one that cannot be opened is as it was when its pages were read, if these need not be read again.
    """
    how = _reading_settings(settings)
    try:
        scan = open_scan(settings.root, found, how)
        metadata = read_metadata(settings.root, scan, how)
    except LockedScanError:
        known = None if again else recall_scan(settings.root, found, how, settings.pages_dir)
        if known is None:
            raise
        scan, metadata = known
    numbers = range(1, scan.page_count + 1)
    unread = tuple(number for number in numbers if not is_cached(scan, number, how, settings.pages_dir))
    return Opened(scan, tuple(sorted(metadata.items())), unread)


def read_task(settings: Settings, scan: Scan, number: int, again: bool) -> str:  # noqa: FBT001 - a job has no keywords
    """Read one page into index/pages/, `again` even if it is kept there, and return how that ended."""
    how = _reading_settings(settings)
    return read_page(_folders(settings), scan, number, how, again=again).status.value


def sketch_task(settings: Settings, opened: Opened, failures: Mapping[int, PageFailure]) -> tuple[IssueSketch, ...]:
    """Sketch the issues of a scan from its pages as read, so that all series can be told before any issue is named."""
    pages = _load_all(settings, opened.scan, failures)
    if not any(page.blocks for page in pages):
        return ()
    return sketch_scan(opened.scan, pages, _facts(settings, opened))


def parse_task(
    settings: Settings,
    opened: Opened,
    failures: Mapping[int, PageFailure],
    known: tuple[Decisions, Mapping[int, Told]] = (UNDECIDED, {}),
) -> Parsed:
    """Parse a scan from its pages as read.

    Args:
        settings: The archive's settings.
        opened: The scan.
        failures: Pages that could not be read, by number.
        known: What people decided about it, and what the series of its issues tell of them, by first page.
    """
    scan, (decisions, told) = opened.scan, known
    pages = _load_all(settings, scan, failures)
    if not any(page.blocks for page in pages):
        return Parsed(tuple(map(page_row, pages)), ())
    facts = replace(_facts(settings, opened), categories=_categories(settings), told=told)
    decided = parse_decided(scan, pages, facts, decisions)
    final = {page.number: page for page in pages}
    final |= {page.number: page for each in decided for page in each.parsed.issue.pages}
    rows = tuple(page_row(final[number]) for number in sorted(final))
    placed = frozenset(digest(correction) for each in decided for correction in each.placed)
    return Parsed(rows, tuple(map(_pack, decided)), placed)


def _facts(settings: Settings, opened: Opened) -> ParseFacts:
    newsletters = tuple((each.slug, each.name, each.variants) for each in settings.newsletters)
    return ParseFacts(settings.languages, newsletters, (), opened.metadata)


def _pack(decided: DecidedIssue) -> PackedIssue:
    """Pack an issue; an id is made of what the machine found, so that no correction can change it."""
    packed = pack_issue(decided.parsed, fingerprint=fingerprint)
    found = decided.found
    wanted = [section.id for section in decided.parsed.sections]
    sections = tuple(replace(each, id=given) for each, given in zip(packed.sections, wanted, strict=True))
    return replace(packed, slug=found.slug, date=_sure_date(found), sections=sections)


def _sure_date(issue: Issue) -> str:
    """Return the date of an issue where its scan says it: no id is made of a date that is only inferred."""
    return "" if issue.date is None or issue.date_source is FactSource.NONE else str(issue.date)


def _load_all(settings: Settings, scan: Scan, failures: Mapping[int, PageFailure]) -> list[Page]:
    return [_load(settings, scan, number, failures) for number in range(1, scan.page_count + 1)]


def _load(settings: Settings, scan: Scan, number: int, failures: Mapping[int, PageFailure]) -> Page:
    if failure := failures.get(number):
        return Page(number, (), TextSource.OCR, status=PageStatus(failure.status), reason=failure.reason)
    return read_page(_folders(settings), scan, number, _reading_settings(settings))


def _folders(settings: Settings) -> Folders:
    return Folders(settings.root, settings.pages_dir)


def _reading_settings(settings: Settings) -> ReadingSettings:
    return ReadingSettings(
        languages=settings.languages,
        dpi=settings.dpi,
        low_confidence=settings.low_confidence,
        max_page_megapixels=settings.max_page_megapixels,
        password=settings.password,
        key=settings.reading_key(),
    )


def _categories(settings: Settings) -> tuple[CategoryRules, ...]:
    own = [
        own_category(each.name, headings=each.headings, terms=each.terms, weight=each.weight)
        for each in settings.categories
    ]
    return with_own(load_categories(), own)
