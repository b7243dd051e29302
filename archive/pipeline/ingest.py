"""How does a scan become sections? The whole flow, from raw/ to what a search finds.

Nothing is opened that did not change. A scan's pages are kept as soon as they are read, its issues as soon as they are
parsed (ids first, then the catalogue in one transaction, then the index), so that an interruption costs at most the
pages that were under way.
"""

import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from archive import __version__
from archive.catalog.rows import ScanState
from archive.catalog.store import open_catalog
from archive.catalog.write import CatalogWriter
from archive.errors import ArchiveError, StorageError, UnreadableScanError
from archive.model.issues import Correction, Fault, OldId
from archive.parsing.series.sketch import pack_sketch
from archive.pipeline.decisions.book import Book
from archive.pipeline.decisions.kept import keep_decisions
from archive.pipeline.foretold import ForetoldIssue, foretell
from archive.pipeline.intake import Intake, Taken
from archive.pipeline.known import read_states
from archive.pipeline.leftovers import tidy_up, work_folder
from archive.pipeline.lock import hold_archive, refuse_network
from archive.pipeline.outcomes import error_of_pages, refused_states, state_of
from archive.pipeline.plan import Again, Conditions, Plan, Seen, make_plan, with_password
from archive.pipeline.progress import Progress, Silent
from archive.pipeline.registry import load_register
from archive.pipeline.rehearsal import rehearse
from archive.pipeline.reindex import IndexKeeper, drop_orphan, index_is_current
from archive.pipeline.settling import AllTold, is_settled, settle, tell_taken
from archive.pipeline.withdrawals import Withdrawals
from archive.pipeline.workers import WorkerPool, count_cores
from archive.reading.copying import copy_in
from archive.reading.scans import FoundScan, list_scans, shown
from archive.register import Register
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to ingest: `jobs` and `timeout_s` of 0 take the archive's settings; `listed` is raw/ as just seen."""

    jobs: int = 0
    timeout_s: float = 0
    dry_run: bool = False
    again: Again = Again.NOTHING
    listed: tuple[tuple[FoundScan, ...], tuple[Fault, ...]] | None = None


@dataclass(slots=True)
class IngestReport:
    """What an ingest did: scans by what became of them, pages by status, and what went wrong in this run.

    `moved` are scans that are there under another name, each with that; `replaced` are issues of which the file now
    holds other bytes; `unplaced` are the corrections that find their place in no scan, in this run or before;
    `foretold` is what a dry run tells of the issues that would come in.
    """

    plan: Plan = field(default_factory=Plan)
    replaced: list[OldId] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    doubles: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    pages: Counter[str] = field(default_factory=Counter)
    sections: int = 0
    unplaced: tuple[Correction, ...] = ()
    foretold: tuple[ForetoldIssue, ...] = ()
    seconds: float = 0.0

    @property
    def gone(self) -> list[str]:
        """The files that are no longer there, under no name."""
        moved = {old for old, _ in self.moved}
        return [file for file in self.plan.missing if file not in moved]


def ingest(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    options: IngestOptions = IngestOptions(),
    progress: Progress | None = None,
    today: date | None = None,
) -> IngestReport:
    """Take in what is new or changed.

    Args:
        settings: The archive.
        paths: Only these files and folders; those outside raw/ are copied in. Default: all of raw/.
        options: How.
        progress: Told how far it is.
        today: The day to note for scans that are seen for the first time.

    Raises:
        StorageError: raw/ is missing, empty or unreadable, or index/ lies on a network share; nothing was changed.
        ArchiveWriteError: the disk is full or read-only; what was finished stays.
        ArchiveBusyError: another run holds the archive.
        BrokenArchiveError: corrections.csv lost what was decided; nothing was changed.
        MissingPartError: Tesseract or a language is not installed.
    """
    begun = time.monotonic()
    refuse_network(settings.index_dir)
    with hold_archive(settings.lock_path):
        if not options.dry_run:
            tidy_up(settings)
        keep_decisions(settings, write=not options.dry_run)
        report = _Ingest(settings, options, progress or Silent(), today or date.today()).run(paths)  # noqa: DTZ011 - the owner's day
    report.seconds = time.monotonic() - begun
    return report


class _Ingest:
    """One run, while the archive is held."""

    def __init__(self, settings: Settings, options: IngestOptions, progress: Progress, today: date) -> None:
        self._settings = settings
        self._options = options
        self._progress = progress
        self._today = today
        program = with_password(__version__, settings.password)
        self._conditions = Conditions(settings.reading_key(), settings.parsing_key(), program)
        self._book = Book.read(settings)
        self._withdrawals = Withdrawals.read(settings)
        self._report = IngestReport()
        self._held: list[str] = []  # by the files that were opened, before
        self._told: AllTold | None = None

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Take in what is new, changed or gone, and tell what became of it."""
        found, refused = self._look(paths)
        states, decided = read_states(self._settings, self._book, self._withdrawals)
        unread = frozenset(fault.path for fault in refused if fault.code == StorageError.code)
        names = frozenset(fault.path for fault in refused)
        seen = Seen(found, names, whole=not paths, decided=decided, unread=unread)
        new_faults = self._new_faults(refused, states)
        known = tuple(sorted(names - {fault.path for fault, _ in new_faults}))
        plan = make_plan(seen, states, self._conditions, self._options.again)
        plan = self._report.plan = replace(plan, refused_before=known)
        self._report.faults += [fault for fault, _ in new_faults]
        self._report.unplaced = self._book.without_place(states)
        idle = plan.changes_nothing and not new_faults and is_settled(self._settings)
        idle = idle and index_is_current(self._settings) and not self._withdrawals.is_due(self._settings)
        if self._options.dry_run:
            plan, moved, faults = rehearse(self._settings, plan, states, self._options.jobs, self._options.timeout_s)
            told, faults = foretell(self._settings, plan.todo), [*self._report.faults, *faults]
            return replace(self._report, plan=plan, moved=moved, faults=faults, foretold=told)
        if idle:
            return self._report
        drop_orphan(self._settings)
        with work_folder(self._settings) as work, open_catalog(self._settings.catalog_path, write=True) as catalog:
            for _, state in new_faults:
                catalog.put_fault(state)
            catalog.mark_missing(plan.missing)
            catalog.mark_back(plan.back)
            with IndexKeeper(self._settings, catalog) as index:
                self._take_in([each for each in found if each.file in plan.todo], catalog, index, work=work)
                self._report.moved += catalog.forget_lost(plan.forgotten)
                self._withdrawals.apply(catalog, self._settings)
                settle(catalog, self._settings, self._told)
            self._report.unplaced = self._book.without_place(catalog.scan_states())
            held = set(self._held)
            self._report.replaced += [old for old in catalog.replaced_issues() if old.id in held]
        return self._report

    def _look(self, paths: Sequence[Path]) -> tuple[tuple[FoundScan, ...], tuple[Fault, ...]]:
        """List what is in raw/, or the part of it that was asked for."""
        settings = self._settings
        given = self._copy_in(paths)
        found, refused = self._options.listed or list_scans(settings.root, settings.raw_dir)
        if paths:
            names = [shown(path.resolve().relative_to(settings.root.resolve()).as_posix()) for path in given if path]
            found = tuple(each for each in found if _is_in(each.file, names))
            return found, tuple(fault for fault in refused if _is_in(fault.path, names))
        if not found and not refused:
            hint = "Put scans into it, or give their place: `archive ingest PATH`."
            raise StorageError(settings.raw_dir, "holds no scans; nothing was changed", hint)
        return found, refused

    def _copy_in(self, paths: Sequence[Path]) -> list[Path | None]:
        """Copy in what lies outside raw/; what is copied is written down first, so that no half copy stays."""
        raw = os.path.realpath(self._settings.raw_dir)
        outside = [path for path in paths if not Path(os.path.realpath(path)).is_relative_to(raw)]
        if self._options.dry_run or not outside:
            return [self._in_raw(path) for path in paths]
        names = [name for path in outside for name in (path.name, *(each.name for each in path.rglob("*")))]
        with work_folder(self._settings, names):
            return [self._in_raw(path) for path in paths]

    def _in_raw(self, path: Path) -> Path | None:
        """Copy a scan in, unless this is a dry run; a path that cannot be copied is a fault."""
        try:
            if self._options.dry_run:
                return path
            self._settings.raw_dir.mkdir(exist_ok=True)
            return copy_in(path, self._settings.raw_dir)
        except (UnreadableScanError, StorageError) as error:
            self._report.faults.append(Fault(shown(str(path)), error.code, error.message, error.hint))
            return None

    def _new_faults(self, refused: Sequence[Fault], states: dict[str, ScanState]) -> list[tuple[Fault, ScanState]]:
        """Return the refused files that were not refused before as they are now, each with its state."""
        every = self._options.again is not Again.NOTHING
        judged = refused_states(self._settings.root, refused, self._conditions)
        return [(fault, state) for fault, state in judged if every or states.get(fault.path) != state]

    def _take_in(self, found: Sequence[FoundScan], catalog: CatalogWriter, index: "IndexKeeper", *, work: Path) -> None:
        if not found:
            return
        register = load_register(self._settings, catalog)
        jobs = self._options.jobs or self._settings.jobs or count_cores()
        timeout_s = self._options.timeout_s or self._settings.page_timeout_s
        try:
            with WorkerPool(jobs, work) as pool:
                intake = Intake(pool, self._settings, timeout_s, self._progress)
                reread = self._options.again is Again.REREAD
                opened = self._part_doubles(intake.open(found, self._today, reread=reread), catalog, register)
                for taken in intake.read(opened, partial(self._tell, catalog), reread=reread):
                    self._store(taken, catalog, register)
                    index.follow()
        finally:
            self._progress.stop()

    def _tell(self, catalog: CatalogWriter, taken: Sequence[Taken]) -> None:
        self._told = tell_taken(catalog, taken)

    def _part_doubles(self, taken: Sequence[Taken], catalog: CatalogWriter, register: Register) -> list[Taken]:
        """Note the scans that could not be opened and those that are there twice; return the others."""
        now = {each.found.file: each.opened.scan.sha256 for each in taken if each.opened}
        held = {"ok", "partly", "failed"}
        states = [each for each in catalog.scan_states().values() if each.sha256 and each.status in held]
        # What a file held that has other bytes now is there no more.
        files = {state.sha256: state.file for state in states if now.get(state.file, state.sha256) == state.sha256}
        rest = []
        for each in taken:
            if each.opened is None:
                self._store_fault(each, each.error or UnreadableScanError(None, "could not be opened"), catalog)
                continue
            sha256 = each.opened.scan.sha256
            if refusal := self._withdrawals.refusal(register, sha256):
                self._store_fault(each, refusal, catalog)
                continue
            first = files.setdefault(sha256, each.found.file)
            if first != each.found.file:
                message = f"the same bytes as {first}"
                catalog.put_fault(state_of(each, "double", UnreadableScanError(None, message), self._conditions))
                self._report.doubles.append((each.found.file, first))
                continue
            each.first_seen = register.first_seen(sha256) or self._today
            each.decisions = self._book.for_scan(catalog, register, each.found.file, sha256)
            rest.append(each)
        return rest

    def _store(self, taken: Taken, catalog: CatalogWriter, register: Register) -> None:
        """Give ids to what a scan holds and put it into the catalogue."""
        if taken.parsed is None or taken.opened is None:
            self._store_fault(taken, taken.error or UnreadableScanError(None, "could not be parsed"), catalog)
            return
        pages, issues = taken.parsed.pages, taken.parsed.issues
        error = error_of_pages(taken)
        if isinstance(error, StorageError):
            self._store_fault(taken, error, catalog)
            return
        self._held += [own for own, _ in catalog.issue_names(taken.found.file)]
        names = register.name_scan(taken.opened.scan.sha256, issues, first_seen=taken.first_seen)
        register.save()
        named = [
            issue.with_ids(name.issue_id, name.section_ids, name.old_ids)
            for issue, name in zip(issues, names, strict=True)
        ]
        status = "ok" if error is None else "partly" if issues else "failed"
        state = state_of(taken, status, error, self._conditions)
        key = self._book.key(state.parsing_key, [name.issue_id for name in names], taken.decisions, taken.parsed.placed)
        sketches = tuple(map(pack_sketch, taken.sketches))
        state = replace(state, parsing_key=key)
        catalog.put_scan(state, pages, named, withdrawn=self._withdrawals.reasons, sketches=sketches)
        self._report.finished.append(taken.found.file)
        self._report.pages.update(page.status for page in pages)
        self._report.sections += sum(len(issue.sections) for issue in issues)
        if error is not None:
            self._report.faults.append(Fault(taken.found.file, error.code, error.message, error.hint))

    def _store_fault(self, taken: Taken, error: ArchiveError, catalog: CatalogWriter) -> None:
        self._held += [own for own, _ in catalog.issue_names(taken.found.file)]
        catalog.put_fault(state_of(taken, "failed", error, self._conditions))
        self._report.faults.append(Fault(taken.found.file, error.code, error.message, error.hint))
        self._progress.note(f"{taken.found.file}: {error.message}.")


def _is_in(file: str, names: Sequence[str]) -> bool:
    return any(file == name or file.startswith(f"{name}/") for name in names)
