"""Which ids were ever given out, and which new section is which old one?

`ids.csv` is appended, never rewritten. An issue is known by its scan's bytes and its first page; a section by its
words: when a scan is parsed anew, the section that keeps most words of an old one keeps its id. A section whose words
changed gets another row, so that slow changes are followed: the last row of an id counts.
"""

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, Self

from archive import ids
from archive.disks import sync_folder
from archive.errors import ArchiveWriteError, BrokenArchiveError, StorageError
from archive.likeness import Placed, find_holders, is_fingerprint, match_wanted, shorten
from archive.model.issues import OldId

_COLUMNS = ("id", "kind", "sha256", "first_page", "fingerprint", "first_seen")
# What is left of an old section moved to the section that holds most of it, if that is at least this share.
_MOVED_SHARE = 0.3


class SectionClaim(Protocol):
    """A section that asks for an id: its words (a fingerprint), its first page, perhaps an `id` it wants to keep."""

    @property
    def fingerprint(self) -> str: ...  # noqa: D102 - see the class
    @property
    def first_page(self) -> int: ...  # noqa: D102


class IssueClaim(Protocol):
    """An issue that asks for ids: newsletter, date as far as known, first page, sections in reading order."""

    @property
    def slug(self) -> str: ...  # noqa: D102 - see the class
    @property
    def date(self) -> str: ...  # noqa: D102
    @property
    def first_page(self) -> int: ...  # noqa: D102
    @property
    def sections(self) -> Sequence[SectionClaim]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of ids.csv: `kind` is `issue` or `section`, `sha256` that of the scan."""

    id: str
    kind: str
    sha256: str
    first_page: int
    fingerprint: str
    first_seen: date


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of one issue and, in order, of its sections; `old_ids` are those that the scan had and has no more."""

    issue_id: str
    section_ids: tuple[str, ...]
    old_ids: tuple[OldId, ...] = ()


@dataclass(slots=True)
class Register:
    """Every id ever given out.

    New ids are kept in memory until `save`, which must come before the catalogue learns of them.
    """

    path: Path
    _entries: dict[str, Entry] = field(default_factory=dict)
    _issues: defaultdict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    _of_scan: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _first_seen: dict[str, date] = field(default_factory=dict)
    _fresh: list[Entry] = field(default_factory=list)
    _whole_bytes: int = 0  # how much of the file is rows, without a last one that was cut off

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ids.csv; an absent one is an empty register, a last line that was cut off is left out.

        Raises:
            BrokenArchiveError, StorageError: A line, or the file, cannot be read.
        """
        register = cls(path)
        try:
            data = path.read_bytes()
            register._whole_bytes = _whole_bytes(data)
            lines = io.StringIO(data[: register._whole_bytes].decode("utf-8-sig", "replace"), newline="")
            for number, cells in enumerate(csv.reader(lines), start=1):
                if cells and (number > 1 or cells != list(_COLUMNS)):
                    register._take(_to_entry(cells, path, number))
        except FileNotFoundError:
            pass  # an empty register
        except OSError as error:
            raise StorageError(path, f"cannot be read ({error.strerror})", "Check its permissions.") from error
        except csv.Error as error:
            raise BrokenArchiveError(path, f"is no table of ids ({error})", "Restore it from a backup.") from error
        return register

    def find(self, given: str) -> Entry | None:
        """Return what was noted for an id; None for one that was never given out."""
        return self._entries.get(given)

    def first_seen(self, sha256: str) -> date | None:
        """Return the day on which a scan with these bytes was first taken in; None for a new one."""
        return self._first_seen.get(sha256)

    def given_in(self) -> dict[str, int]:
        """Return the place of each id in the order in which they were given out."""
        return {each: place for place, each in enumerate(self._entries)}

    def issues_of(self, sha256: str) -> tuple[Entry, ...]:
        """Return the issues that were ever found in a scan, in the order in which they were."""
        return tuple(
            self._entries[each] for each in self._of_scan.get(sha256, ()) if ids.parse_id(each).kind == "issue"
        )

    def sections_of(self, issue_id: str) -> tuple[Entry, ...]:
        """Return the sections that an issue ever had, in the order in which they were found; their last words count."""
        issue = self._entries.get(issue_id)
        of_scan = self._of_scan.get(issue.sha256, ()) if issue else ()
        return tuple(self._entries[each] for each in of_scan if each != issue_id == ids.parse_id(each).issue_id)

    def name_scan(self, sha256: str, claims: Sequence[IssueClaim], *, first_seen: date) -> tuple[Names, ...]:
        """Give ids to everything in a scan, those that it had where it is still the same.

        Args:
            sha256: The scan.
            claims: Its issues, all of them, in order of their pages (PackedIssue of archive.catalog.pack will do).
            first_seen: The day to note for new ids: `first_seen(sha256)`, or today for a new scan.

        Returns:
            The ids for each of `claims`, in order; the first of them tells what became of the scan's old ids.
        """
        before = [self._entries[each] for each in self._of_scan.get(sha256, ())]
        names: list[Names] = []
        for claim in claims:
            issue_id = self._issue_id(sha256, claim, first_seen, taken={name.issue_id for name in names})
            old = [each for each in before if each.kind == "section" and ids.parse_id(each.id).issue_id == issue_id]
            section_ids = _name_sections(issue_id, old, claim.sections)
            for section_id, section in zip(section_ids, claim.sections, strict=True):
                kept = shorten(section.fingerprint)
                self._give(Entry(section_id, "section", sha256, section.first_page, kept, first_seen))
            names.append(Names(issue_id, section_ids))
        if names:
            names[0] = Names(names[0].issue_id, names[0].section_ids, _trace(before, claims, names))
        return tuple(names)

    def save(self) -> None:
        """Append the new ids to ids.csv, and return when they are on the disk.

        Raises:
            ArchiveWriteError: The disk is full or cannot be written; the file is left as it was.
        """
        if not self._fresh:
            return
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        if not self._whole_bytes:
            writer.writerow(_COLUMNS)
        for entry in self._fresh:
            day = entry.first_seen.isoformat()
            writer.writerow((entry.id, entry.kind, entry.sha256, entry.first_page, entry.fingerprint, day))
        try:
            self._whole_bytes = _append(self.path, self._whole_bytes, text.getvalue().encode())
        except OSError as error:
            hint = "Free some space or make the folder writable, then run the same command again."
            raise ArchiveWriteError(self.path, f"cannot be written ({error.strerror})", hint) from error
        self._fresh.clear()

    def _issue_id(self, sha256: str, claim: IssueClaim, first_seen: date, *, taken: set[str]) -> str:
        """Return the id of the issue that starts on this page; of several the first that is not taken yet."""
        for known in self._issues[sha256, claim.first_page]:
            if known not in taken:
                return known
        edition = 0
        issue_id = _make_issue_id(sha256, claim, edition)
        while issue_id in self._entries:
            edition += 1
            issue_id = _make_issue_id(sha256, claim, edition)
        self._give(Entry(issue_id, "issue", sha256, claim.first_page, "", first_seen))
        return issue_id

    def _give(self, entry: Entry) -> None:
        known = self._entries.get(entry.id)
        if known is None or known.fingerprint != entry.fingerprint:
            self._fresh.append(entry)
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        if entry.id not in self._entries:
            self._of_scan[entry.sha256].append(entry.id)
            if entry.kind == "issue":
                self._issues[entry.sha256, entry.first_page].append(entry.id)
        self._entries[entry.id] = entry
        self._first_seen[entry.sha256] = min(entry.first_seen, self._first_seen.get(entry.sha256, entry.first_seen))


def _make_issue_id(sha256: str, claim: IssueClaim, edition: int) -> str:
    if claim.date:
        return ids.make_issue_id(claim.slug, claim.date, edition)
    return ids.make_undated_id(sha256, edition)


def _name_sections(issue_id: str, old: Sequence[Entry], claims: Sequence[SectionClaim]) -> tuple[str, ...]:
    """Give each section the id of the old one that it is, or the next free number."""
    places = [Placed(entry.fingerprint, entry.first_page) for entry in old]
    wanted = [getattr(claim, "id", "") for claim in claims]
    new = [Placed(claim.fingerprint, claim.first_page) for claim in claims]
    found = match_wanted([entry.id for entry in old], places, wanted, new)
    last = max((ids.parse_id(entry.id).number for entry in old), default=0)
    names: list[str] = []
    for place in range(len(claims)):
        if place in found:
            names.append(old[found[place]].id)
        else:
            last += 1
            names.append(ids.make_section_id(issue_id, last))
    return tuple(names)


def _trace(before: Iterable[Entry], claims: Sequence[IssueClaim], names: Sequence[Names]) -> tuple[OldId, ...]:
    """Tell where the text of each id went that is no more."""
    issue_ids = {name.issue_id for name in names}
    sections = [
        (section_id, claim.fingerprint)
        for issue, name in zip(claims, names, strict=True)
        for section_id, claim in zip(name.section_ids, issue.sections, strict=True)
    ]
    held = {section_id for section_id, _ in sections}
    starts = [claim.first_page for claim in claims]
    old_ids: list[OldId] = []
    for entry in (each for each in before if each.kind == "issue" and each.id not in issue_ids):
        holder = max((place for place, page in enumerate(starts) if page <= entry.first_page), default=0)
        old_ids.append(OldId(entry.id, names[holder].issue_id, "its pages now count as part of that issue"))
    gone = [each for each in before if each.kind == "section" and each.id not in held]
    holders = find_holders([each.fingerprint for each in gone], [words for _, words in sections])
    for entry, (most, place) in zip(gone, holders, strict=True):
        if most >= _MOVED_SHARE:
            old_ids.append(OldId(entry.id, sections[place][0], "most of its text now stands in that section"))
        else:
            old_ids.append(OldId(entry.id, "", "its text is no longer a section"))
    return tuple(old_ids)


def _to_entry(cells: Sequence[str], path: Path, number: int) -> Entry:
    try:
        given, kind, sha256, first_page, words, seen = cells
        if given and sha256 and (kind != "section" or is_fingerprint(words)):
            return Entry(given, kind, sha256, int(first_page), words, date.fromisoformat(seen))
    except ValueError:
        pass
    hint = "Put it back from a backup, or run `archive doctor --repair`, which keeps its whole lines."
    raise BrokenArchiveError(path, f"line {number} is not a row of ids", hint)


def _whole_bytes(data: bytes) -> int:
    """Return where the last whole row ends; a power cut can leave half a row, or a tail of zeros."""
    end = data.rfind(b"\n", 0, len(data.rstrip(b"\0"))) + 1
    tail = data[end:].decode("utf-8", "replace")
    try:
        _to_entry(next(csv.reader([tail])), Path(), 0)
    except (BrokenArchiveError, StopIteration, csv.Error):
        return end
    return len(data)  # someone's editor left out the last line's end


def _append(path: Path, whole_bytes: int, rows: bytes) -> int:
    """Write rows after the whole ones and sync; on an error cut the file back to what it was."""
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        file.truncate(whole_bytes)
        if whole_bytes and not path.read_bytes().endswith(b"\n"):
            rows = b"\n" + rows
        try:
            left = memoryview(rows)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(whole_bytes)
            raise
    if is_new:
        sync_folder(path.parent)
    return whole_bytes + len(rows)
