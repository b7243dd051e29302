"""Which scans do the decisions of people concern, and which found their place?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.catalog.rows import ScanState
from archive.catalog.store import Catalog
from archive.corrections import by_issue, concerning, digest, in_force, read_corrections, without_place, write_key
from archive.ids import without_edition
from archive.model.issues import Correction
from archive.pipeline.decisions.record import UNDECIDED, Decisions, gather
from archive.register import Register
from archive.settings import Settings


@dataclass(frozen=True, slots=True)
class Book:
    """The corrections in force while an ingest runs."""

    corrections: tuple[Correction, ...]

    @classmethod
    def read(cls, settings: Settings) -> "Book":
        """Read corrections.csv.

        Raises:
            UsageError: A line cannot be read: what was decided there cannot be left out silently.
        """
        return cls(in_force(read_corrections(settings.corrections_path)))

    def by_file(self, catalog: Catalog) -> dict[str, frozenset[str]]:
        """Return the digests of the corrections about each scan of the catalogue, by its file; none left out empty."""
        if not self.corrections:
            return {}
        sorted_out = by_issue(self.corrections)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for own, answers, file in catalog.issue_files():
            for base in {without_edition(own), without_edition(answers)} & sorted_out.keys():
                found[file].update(map(digest, sorted_out[base]))
        return {file: frozenset(digests) for file, digests in found.items()}

    def for_scan(self, catalog: Catalog, register: Register, file: str, sha256: str) -> Decisions:
        """Return what parsing a scan must know."""
        if not self.corrections:
            return UNDECIDED
        return gather(self.corrections, register, sha256, answers=catalog.issue_names(file))

    def key(self, parsing_key: str, issue_ids: Iterable[str], decisions: Decisions, placed: Iterable[str]) -> str:
        """Return the key of a scan's state: what it was parsed under, and the corrections about it."""
        return write_key(parsing_key, concerning(self.corrections, decisions.names(issue_ids)), placed)

    def without_place(self, states: Mapping[str, ScanState]) -> tuple[Correction, ...]:
        """Return the corrections that found no place in any scan."""
        return without_place(self.corrections, [state.parsing_key for state in states.values()])
