"""Where does the text of an issue stand in the archive's files, and how is it removed there?

In the scans of raw/ with its bytes, under whatever name; in the pages as read; in the catalogue and its copies; in
lines of corrections.csv about its words. The index is made anew afterwards. Each step may be done again.
"""

import csv
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from archive.catalog.rows import ScanState
from archive.catalog.write import CatalogWriter
from archive.errors import ArchiveBusyError, ArchiveWriteError, UsageError
from archive.ids import parse_id
from archive.pipeline.withdrawals import Withdrawals
from archive.reading import cache
from archive.reading.scans import FoundScan, hash_file, hash_scan, list_scans
from archive.register import Register
from archive.settings import Settings


class Erasing:
    """One erasure, while the archive is held.

    Args:
        settings: The archive.
        catalog: Its catalogue.
        register: Its ids.
        names: The issues to erase.
    """

    def __init__(self, settings: Settings, catalog: CatalogWriter, register: Register, names: Sequence[str]) -> None:
        self._settings = settings
        self._catalog = catalog
        self._register = register
        self._names = tuple(names)
        self._found, _ = list_scans(settings.root, settings.raw_dir)
        entries = (register.find(each) for each in names)
        self._scans = frozenset(entry.sha256 for entry in entries if entry)
        self._states = [state for state in catalog.scan_states().values() if state.sha256 in self._scans]

    def refuse_what_is_shared(self) -> None:
        """Refuse sections, and issues whose scan holds others too.

        Raises:
            UsageError: The scan would still show what is erased, or other issues would be erased with it.
        """
        for each in self._names:
            if (parsed := parse_id(each)).kind != "issue":
                hint = (
                    f"Hide it without --erase, or erase its whole issue: `archive withdraw {parsed.issue_id} --erase`."
                )
                raise UsageError(None, f"{each} cannot be erased by itself: its scan would still show it", hint)
        same = Withdrawals().adding(self._names).same_texts(self._catalog, self._register)
        if also := [each for each in same if parse_id(each).kind == "issue" and each not in self._names]:
            hint = f"Erase them together: `archive withdraw {' '.join((*self._names, *also))} --erase`."
            raise UsageError(None, f"another scan of the same issue would remain: {', '.join(also)}", hint)
        wanted = {own for each in self._names for own in self._catalog.own_ids(each)}
        for state in self._states:
            shown = self._catalog.issues_of(state.file)
            others = [each for each in shown if not wanted.issuperset(self._catalog.own_ids(each))]
            if others:
                together = " ".join((*self._names, *others))
                hint = f"Erase them together: `archive withdraw {together} --erase`; or hide it without --erase."
                raise UsageError(state.file, f"this scan also holds {', '.join(others)}", hint)

    def remove_scans(self) -> tuple[str, ...]:
        """Remove the scans with these bytes from raw/, taken in or not, and all copies of them; return their files.

        Copies go first: which images a folder of pages had can be told for as long as it is there.
        """
        beside = (file for each in self._mine for file in each.beside if not file.startswith(f"{each.file}/"))
        removed = tuple(dict.fromkeys((*self._copies[0], *(each.file for each in self._mine), *beside)))
        for file in removed:
            _remove(self._settings.root, self._settings.root / file)
        return removed

    @property
    def left(self) -> tuple[str, ...]:
        """The files with the bytes of a page of these issues that stay, for another scan has the same page."""
        return self._copies[1]

    def remove_pages(self) -> int:
        """Remove the pages as read, whatever the settings they were read under, and what workers left.

        A page whose scan cannot be told goes too: it is read again if it is wanted.

        Returns:
            How many.
        """
        shutil.rmtree(self._settings.index_dir / "work", ignore_errors=True)
        others = self._keys_of_others()
        contents = self._contents()
        count = 0
        for place in sorted(self._settings.pages_dir.rglob("*")):
            key = place.name.partition(".")[0]
            if not place.is_file() or key in others:
                continue
            content = (cache.load(self._settings.pages_dir, key) or {}).get("content", "")
            if not content or content in contents:
                _remove(self._settings.root, place)
                count += 1
        return count

    def remove_corrections(self) -> int:
        """Take the lines about these issues out of corrections.csv, but for withdrawals; return how many."""
        count = 0
        for path in (self._settings.decisions_path, self._settings.corrections_path):  # what remembers them first
            lines = list(_lines(path))
            kept = [text for text, cells in lines if not self._tells_text(cells)]
            count = len(lines) - len(kept)
            if count:
                _replace(path, "".join(kept))
        return count

    def wipe_catalogue(self) -> None:
        """Take the scans out of the catalogue with all that its file still holds of them, and remove its copies.

        Raises:
            ArchiveBusyError: A reader keeps the log.
        """
        path = self._settings.catalog_path
        for copy in path.parent.glob(f"{path.name}*"):
            if copy.name.removeprefix(path.name) not in {"", "-wal", "-shm"}:
                _remove(self._settings.root, copy)
        if not self._catalog.erase([state.file for state in self._states]):
            hint = "Close what has the archive open (a search, a web page), then run the same command again."
            raise ArchiveBusyError(path, "a reader keeps the erased text in the catalogue's log", hint)

    @cached_property
    def _mine(self) -> list[FoundScan]:
        """The scans in raw/ with the bytes of these issues; only those of the right size are hashed."""
        sizes = {state.size for state in self._states}
        known = self._scans <= {state.sha256 for state in self._states}
        likely = [each for each in self._found if not known or each.size in sizes]
        return [each for each in likely if hash_scan(self._settings.root, each) in self._scans]

    @cached_property
    def _copies(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """All other files of raw/ with these bytes, hidden ones and such as are no scans too: to remove, to leave."""
        contents = self._contents()
        pages = [self._settings.root / each.file / name for each in self._mine for name in each.members]
        sizes = {state.size for state in self._states} | {page.stat().st_size for page in pages}
        known = self._scans <= {state.sha256 for state in self._states}
        mine = {each.file for each in self._mine}
        others = [f"{each.file}/" for each in self._found if each.members and each.file not in mine]
        gone: list[str] = []
        left: list[str] = []
        for place in sorted(_files_below(self._settings.raw_dir)):
            file = place.relative_to(self._settings.root).as_posix()
            if file in mine or any(file.startswith(f"{each}/") for each in mine):
                continue
            if (not known or place.stat().st_size in sizes) and hash_file(place) in contents:
                (left if any(map(file.startswith, others)) else gone).append(file)
        return tuple(gone), tuple(left)

    def _contents(self) -> frozenset[str]:
        """Return the sha256 of the files that pages of these issues stand in: the scans, and the images of folders."""
        root = self._settings.root
        return self._scans | {hash_file(root / each.file / name) for each in self._mine for name in each.members}

    def _keys_of_others(self) -> frozenset[str]:
        """Return the names of the pages of all other scans, as far as they were read under the settings in force."""
        states = [state for state in self._catalog.scan_states().values() if state.sha256 not in self._scans]
        readings = {self._settings.reading_key(), *(state.reading_key for state in states)}
        counts = self._catalog.page_counts()
        members = {each.file: each.members for each in self._found}
        keys: set[str] = set()
        for state in states:
            for content in self._files_of(state, members.get(state.file, ())):
                numbers = range(1, counts.get(state.file, 0) + 1)
                keys.update(cache.page_key(content, number, reading) for number in numbers for reading in readings)
        return frozenset(keys)

    def _files_of(self, state: ScanState, members: Collection[str]) -> list[str]:
        folder = self._settings.root / state.file
        return [hash_file(folder / name) for name in members] or [state.sha256]

    def _tells_text(self, cells: dict[str, str]) -> bool:
        about = parse_id(cells.get("id", "").strip()).issue_id in self._names
        return about and cells.get("field", "").strip().casefold() != "withdraw"


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder, whatever its name; of links those that lead to a file."""
    for place, _, names in os.walk(folder):
        yield from (path for name in names if (path := Path(place, name)).is_file())


def _lines(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a table as it stands in the file, and its cells by their names; the header has none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    rows = csv.reader(iter(lines), delimiter=max(",;\t", key=first.count), strict=True)
    header: list[str] = []
    before = 0
    for cells in rows:
        row = "".join(lines[before : rows.line_num])
        before = rows.line_num
        yield row, dict(zip(header, cells, strict=False))
        if not header and any(cell.strip() for cell in cells):
            header = [cell.strip().casefold() for cell in cells]


def _replace(path: Path, text: str) -> None:
    passing = path.with_name(f".{path.name}.part")
    try:
        with passing.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
        _sync(path.parent)
    except OSError as error:
        passing.unlink(missing_ok=True)
        hint = "Free some space or make the folder writable, then run the same command again."
        raise ArchiveWriteError(path, f"cannot be written ({error.strerror})", hint) from error


def _remove(root: Path, place: Path) -> None:
    """Remove a file or a folder; of a link also what it leads to within the archive."""
    real = Path(os.path.realpath(place))
    inside = place.is_symlink() and real.is_relative_to(os.path.realpath(root))
    try:
        for each in (place, real) if inside else (place,):
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            else:
                each.unlink(missing_ok=True)
            _sync(each.parent)
    except OSError as error:
        hint = "Make it writable, then run the same command again."
        raise ArchiveWriteError(place, f"cannot be removed ({error.strerror})", hint) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
