"""How does the index follow the catalogue?

The catalogue is the truth; the index carries the number (generation) of the last change that it holds. Whatever came
between the two, a crash too, is added by the next run; an index that is missing, damaged or of another version is made
anew beside the old one, which answers until then.
"""

import shutil
import time
from types import TracebackType
from typing import Self

from archive.catalog.store import Catalog, open_catalog
from archive.errors import ArchiveWriteError, BrokenArchiveError
from archive.pipeline.leftovers import tidy_up, work_folder
from archive.pipeline.lock import hold_archive
from archive.pipeline.progress import Progress, Silent
from archive.search import load_backend
from archive.search.whoosh.stamp import checked_stamp, read_stamp
from archive.settings import Settings

# An index commit costs some 50 ms whatever it holds: while scans come in fast, several share one.
_COMMIT_EVERY_S = 4.0
# An index that holds so many times what it was made of is made anew: in a year of small boxes a few times at most.
_OUTGROWN = 2


def index_is_current(settings: Settings) -> bool:
    """Tell whether the index holds everything that the catalogue holds; opens neither for writing."""
    stamp = read_stamp(settings.whoosh_dir)
    if stamp is None or not settings.catalog_path.exists():
        return False
    with open_catalog(settings.catalog_path) as catalog:
        return catalog.generation() == stamp.generation and _is_usable(settings)


def reindex(settings: Settings, progress: Progress | None = None) -> int:
    """Make the index anew from the catalogue, without OCR, and return how many sections it holds.

    Raises:
        BrokenArchiveError: there is no catalogue, or it is damaged.
        ArchiveBusyError: another run holds the archive.
    """
    with hold_archive(settings.lock_path):
        tidy_up(settings)
        with work_folder(settings), open_catalog(settings.catalog_path) as catalog:
            return _rebuild(settings, catalog, progress or Silent())


def make_whole(settings: Settings, progress: Progress | None = None) -> bool:
    """Make the index anew unless it was made in one go of all that the catalogue holds; return whether it was made.

    Additions are read by what was learned before they came. Where the answer must not hang on the order in which scans
    came, as in what is cited, it comes from an index that was made in one go.

    Raises:
        BrokenArchiveError: there is no catalogue, or it is damaged.
        ArchiveBusyError: another run holds the archive.
        ArchiveWriteError: the archive cannot be written.
    """
    stamp = read_stamp(settings.whoosh_dir)
    if stamp is not None and stamp.is_whole and index_is_current(settings):
        return False
    reindex(settings, progress)
    return True


def drop_orphan(settings: Settings) -> None:
    """Remove an index whose catalogue is gone: the numbers of a new catalogue mean other changes."""
    if not settings.catalog_path.exists():
        shutil.rmtree(settings.whoosh_dir, ignore_errors=True)


class IndexKeeper:
    """Keeps the index up with the catalogue while an ingest runs; use it as a context manager.

    An index learns how this archive is misread when it is made. One that was made of the first scans of a run is made
    once more of all, so that neither the speed of the machine nor the order of the scans decides what is found; so is
    one that has grown to twice what it was made of, so that it learns from what came since.
    """

    def __init__(self, settings: Settings, catalog: Catalog) -> None:
        self._settings = settings
        self._catalog = catalog
        self._last = time.monotonic()
        self._made = self._grown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, ArchiveWriteError):  # a full disk would only be hit once more; the next run catches up
            return
        self.catch_up()
        if error is None and self._grown and (self._made or self._is_outgrown()):
            _rebuild(self._settings, self._catalog, Silent())

    def follow(self) -> None:
        """Add what came since, unless that was done a moment ago."""
        if time.monotonic() - self._last >= _COMMIT_EVERY_S:
            self.catch_up()

    def catch_up(self) -> None:
        """Add and remove what changed in the catalogue since the index was last written."""
        stamp = read_stamp(self._settings.whoosh_dir)
        generation = self._catalog.generation()
        # An index that is ahead belongs to another catalogue, or to a later state of this one.
        if stamp is None or not _is_usable(self._settings) or stamp.generation > generation:
            _rebuild(self._settings, self._catalog, Silent())
            self._made, self._grown = True, False
        elif generation != stamp.generation:
            came, gone = self._catalog.sections_changed_since(stamp.generation)
            with load_backend().writer(self._settings.whoosh_dir, languages=self._settings.languages) as backend:
                backend.remove(gone)
                backend.add(self._catalog.for_index(ids=came))
                backend.commit(generation)
            self._grown = True
        self._last = time.monotonic()

    def _is_outgrown(self) -> bool:
        stamp = read_stamp(self._settings.whoosh_dir)
        return stamp is not None and self._catalog.section_count() >= _OUTGROWN * stamp.made_of


def _rebuild(settings: Settings, catalog: Catalog, progress: Progress) -> int:
    generation = catalog.generation()
    progress.start(catalog.section_count())
    count = 0
    try:
        with load_backend().rebuild(settings.whoosh_dir, languages=settings.languages) as backend:
            for section in catalog.for_index():
                backend.add([section])
                progress.advance("ok")
                count += 1
            backend.commit(generation)
    finally:
        progress.stop()
    return count


def _is_usable(settings: Settings) -> bool:
    try:
        checked_stamp(settings.whoosh_dir)
    except BrokenArchiveError:
        return False
    return True
