"""How do sections leave the archive?"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from archive.catalog.store import Catalog, ask_catalog, open_catalog
from archive.errors import StorageError, UsageError
from archive.export import load_format
from archive.ids import make_page_id
from archive.library.holdings import HoldingsTable, bounded, load_holdings
from archive.library.narrow import EVERYTHING, Narrowing, joined, narrow
from archive.library.opened import checked, sections_let_through
from archive.library.targets import bytes_file, many_files, text_file
from archive.model.exports import ArchiveFacts, Export, IssueFacts, Original, PrintedPage, Sample, Shape
from archive.model.issues import Fault
from archive.model.search import SearchRequest
from archive.settings import Settings
from archive.settings.outputs import claimed

if TYPE_CHECKING:
    from archive.library.pseudonyms import Pseudonyms
    from archive.protocols import Exporter

_WITH_PICTURES = {"pdf"}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to export.

    Attributes:
        form: One of archive.export.FORMATS.
        excel: A table is for Excel.
        licence: Under which licence the texts may be used: an SPDX name or a web address.
        picture: Tells where the picture of a page stands (pipeline.originals); for formats with pictures.
        narrowing: A sample, or doubles too.
        pseudonymise: What leads to a person is replaced by tokens.
        force: Replace a file that this program did not write.
    """

    form: str = "jsonl"
    excel: bool = False
    licence: str = ""
    picture: Callable[[str], Original] | None = None
    narrowing: Narrowing = EVERYTHING
    pseudonymise: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """How many sections left, whether the index that chose them was behind the catalogue, and what was left out.

    `replaced` counts the addresses, numbers and names that tokens stand for, by kind; None where none were asked for.
    """

    sections: int
    index_behind: bool = False
    faults: tuple[Fault, ...] = ()
    replaced: Mapping[str, int] | None = None


def export(
    settings: Settings,
    request: SearchRequest,
    target: Path | IO[str],
    *,
    options: ExportOptions = ExportOptions(),
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write every section that matches, by newsletter, date and position, all from one state of the catalogue.

    Args:
        settings: The archive.
        request: Its query and filters; what it says about paging and order is left aside.
        target: A file or folder, which appears when it is whole, or a stream, which gets the sections as they come.
        options: How.
        progress: Told after each section how many are done, and of how many; a format may go over them again.

    Raises:
        UsageError: Format, place, column of issues.csv, date or sample is none that there is, or that goes together.
        QuerySyntaxError: The query cannot be read.
        StorageError: The file cannot be written.
        ArchiveBusyError: The catalogue was changed while sections went to a stream, or each time that it was read.
    """
    exporter = load_format(options.form)
    if not isinstance(target, Path) and exporter.SHAPE is not Shape.TEXT:
        raise UsageError(None, f"{options.form} does not go to a stream", hint="Name a file with --output.")
    known = _pseudonyms(settings, options)

    def write(catalog: Catalog) -> Exported:
        asked = bounded(settings, catalog, checked(request))
        found, behind = _choose(settings, catalog, asked)
        source = _Source(settings, catalog, asked, *narrow(catalog, found, options.narrowing), options)
        source.follow(progress, passes=getattr(exporter, "PASSES", 1))
        return _write(source, exporter, target, known and replace(known, found=set()), behind=behind)

    if isinstance(target, Path):  # which appears when it is whole, so that it may be begun again
        with claimed(settings, target, force=options.force):
            return ask_catalog(settings.catalog_path, write)
    with open_catalog(settings.catalog_path) as catalog, catalog.one_state():
        return write(catalog)


def _write(
    source: "_Source", exporter: "Exporter", target: Path | IO[str], pseudonyms: "Pseudonyms | None", *, behind: bool
) -> Exported:
    with _opened(exporter, target) as out:
        given = source.as_export()
        count = exporter.write(pseudonyms.apply(given) if pseudonyms else given, out)
    return Exported(count, behind, tuple(source.faults), pseudonyms.counts if pseudonyms else None)


def _pseudonyms(settings: Settings, options: ExportOptions) -> "Pseudonyms | None":
    if not options.pseudonymise:
        return None
    if options.form in _WITH_PICTURES:
        hint = "Choose another format: in this one the scans themselves leave, and what is printed on them stays."
        raise UsageError(None, f"--pseudonymise cannot go with --format {options.form}", hint)
    from archive.library.pseudonyms import Pseudonyms

    return Pseudonyms.of(settings.root)


def _choose(settings: Settings, catalog: Catalog, request: SearchRequest) -> tuple[list[str], bool]:
    """Return the ids that match: from the index where there is a query, else from the catalogue alone."""
    if not request.query.strip():
        return sections_let_through(catalog, request), False
    from archive.library.search import find_all

    found, behind = find_all(settings, catalog, request._replace(offset=0, facets=False))
    return catalog.in_order(found), behind


def _opened(exporter: "Exporter", target: Path | IO[str]) -> AbstractContextManager[Any]:
    if not isinstance(target, Path):
        return nullcontext(target)
    if exporter.SHAPE is Shape.FOLDER:
        return many_files(target)
    return bytes_file(target) if exporter.SHAPE is Shape.FILE else text_file(target)


@dataclass(slots=True)
class _Source:
    """Answers what an export format asks, from one catalogue."""

    settings: Settings
    catalog: Catalog
    request: SearchRequest
    wanted: list[str]
    sample: Sample | None
    options: ExportOptions
    faults: list[Fault] = field(default_factory=list)
    _progress: Callable[[int, int], None] | None = None
    _total: int = 0
    _done: int = 0
    _issue: IssueFacts | None = None
    _pages: dict[str, PrintedPage] = field(default_factory=dict)
    _table: HoldingsTable = field(init=False)

    def __post_init__(self) -> None:
        self._table = load_holdings(self.settings)

    def follow(self, progress: Callable[[int, int], None] | None, *, passes: int) -> None:
        """Tell this function how far it is."""
        self._progress, self._total = progress, passes * len(self.wanted)

    def as_export(self) -> Export:
        """Return the record for the format."""
        return Export(
            entries=self._entries,
            request=self.request,
            facts=self._facts,
            issue=self._find_issue,
            page=self._find_page,
            picture=self._find_picture,
            pages_of=self._pages_of,
            skip=self.faults.append,
            excel=self.options.excel,
            licence=self.options.licence,
            holdings=self._table.columns,
            doubles=self.options.narrowing.doubles,
            sample=self.sample,
        )

    def _entries(self) -> Iterator[Mapping[str, Any]]:
        """Yield the sections, each with a score for every category of the archive: all have the same columns."""
        no_scores = dict.fromkeys(self.catalog.categories(), 0.0)
        sections = self.catalog.sections(ids=self.wanted)
        for section in joined(self.catalog, self._table, sections, doubles=self.options.narrowing.doubles):
            section["category_scores"] = no_scores | section["category_scores"]
            yield section
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)

    def _facts(self) -> ArchiveFacts:
        from archive.library.facts import facts_of

        return facts_of(self.settings, self.catalog, self.request, sections=len(self.wanted))

    def _find_issue(self, issue_id: str) -> IssueFacts:
        if self._issue is None or self._issue.id != issue_id:
            found = self.catalog.issue(issue_id)
            if found is None:
                raise StorageError(issue_id, "has changed while it was exported", hint="Export it again.")
            names = (each.name for each in fields(IssueFacts) if each.name not in {"pages", "holdings"})
            pages = tuple(page.id for page in self.catalog.pages_of_issue(issue_id))
            held = self._table.of(issue_id, found.file, found.own_id)
            self._issue = IssueFacts(**{name: getattr(found, name) for name in names}, pages=pages, holdings=held)
        return self._issue

    def _find_page(self, page_id: str) -> PrintedPage | None:
        """Return a page; those of one issue are kept until another one is asked for."""
        from archive.library.printed import printed_pages

        if page_id not in self._pages and (found := self.catalog.page(page_id)):
            transcript = self.catalog.transcript(found.issue_id)
            rows = self.catalog.pages_of_issue(found.issue_id)
            self._pages = {page.id: page for page in printed_pages(transcript, rows)} if transcript else {}
        return self._pages.get(page_id)

    def _find_picture(self, page_id: str) -> Original:
        if self.options.picture is None:
            raise UsageError(None, "nobody said where the pictures are")
        return self.options.picture(page_id)

    def _pages_of(self, file: str) -> tuple[str, ...]:
        """Return the pages of a scan; those that belong to no issue go under the scan's own name."""
        issues = self.catalog.issues_of(file)
        first = self.catalog.issue(issues[0]) if issues else None
        if first is None:
            return ()
        by_number = {page.page.number: page.id for each in issues for page in self.catalog.pages_of_issue(each)}
        last = max(by_number, default=0)
        number = 0
        while number <= last or number in by_number:
            number += 1
            own = make_page_id(first.sha256[:8], number)
            if number not in by_number and self.catalog.page(own):
                by_number[number] = own
        return tuple(by_number[each] for each in sorted(by_number))
