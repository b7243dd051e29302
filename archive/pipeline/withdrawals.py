"""What was withdrawn by hand, and which other scan holds the same text?

The lines of corrections.csv with the field `withdraw`. A withdrawal is kept by id, and holds for every scan of the
issue: another scan of it is known by its words, as the register remembers them, so that a text does not come back by
being scanned again.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive import ids
from archive.catalog.rows import LedgerPage
from archive.catalog.store import Catalog, open_catalog
from archive.catalog.withdrawals import BY_HAND
from archive.catalog.write import CatalogWriter
from archive.corrections import concerning, digest, read_corrections, standing
from archive.errors import UnreadableScanError
from archive.likeness import likeness, likeness_of, sketch_of
from archive.model.issues import Correction
from archive.register import Entry, Register
from archive.settings import Settings

_BACK = "back"  # no digest: a scan of which something is withdrawn no longer is parsed again
_DATE = re.compile(r"-(\d{4}(?:-\d\d){0,2})(?:-[a-z]+)?$")  # in an issue's id
# Two issues of one newsletter share a quarter of their words, two scans of one issue half and more.
_SAME_ISSUE, _SAME_DAY, _SAME_SECTION = 0.5, 0.25, 0.5


class Withdraw(StrEnum):
    """What the value of a line says; whatever else it says, the id is hidden."""

    HIDDEN = "hidden"
    ERASE = "erase"  # begun; until it is done, doctor says so
    ERASED = "erased"
    BACK = "no"  # not withdrawn any more


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """The withdrawals in force, the latest line of each id."""

    lines: Mapping[str, Correction] = field(default_factory=dict)

    @classmethod
    def read(cls, settings: Settings) -> "Withdrawals":
        """Read corrections.csv."""
        return cls.of(read_corrections(settings.corrections_path))

    @classmethod
    def of(cls, corrections: Iterable[Correction]) -> "Withdrawals":
        """Choose the withdrawals among corrections."""
        latest = {each.id: each for each in standing(corrections) if each.field == "withdraw"}
        return cls({given: line for given, line in latest.items() if line.value.casefold() != Withdraw.BACK})

    def adding(self, given: Iterable[str]) -> "Withdrawals":
        """Return these withdrawals and those of some more ids."""
        more = {each: Correction(each, "withdraw", Withdraw.HIDDEN, "", "", "", "") for each in given}
        return Withdrawals({**more, **self.lines})

    @property
    def reasons(self) -> dict[str, str]:
        """Each id that was withdrawn, with the reason as it is shown."""
        return {given: _reason(line) for given, line in self.lines.items()}

    def refusal(self, register: Register, sha256: str) -> UnreadableScanError | None:
        """Return why a scan with these bytes is not taken in, if everything in it was erased."""
        lines = [self.lines.get(issue.id) for issue in register.issues_of(sha256)] if self.lines else []
        if not lines or not all(line and line.value in {Withdraw.ERASE, Withdraw.ERASED} for line in lines):
            return None
        hint = "Remove the file, or take the line `withdraw` out of corrections.csv to take it in again."
        return UnreadableScanError(
            None, f"holds {', '.join(line.id for line in lines if line)}, which was erased", hint
        )

    def is_due(self, settings: Settings) -> bool:
        """Tell whether the catalogue shows what was withdrawn; opens it for reading only."""
        if not self.lines or not settings.catalog_path.exists():
            return False
        with open_catalog(settings.catalog_path) as catalog:
            return bool(catalog.held(self.lines) - catalog.withdrawn().keys())

    def decided(
        self,
        catalog: Catalog,
        settings: Settings,
        corrections: Iterable[Correction],
        by_file: dict[str, frozenset[str]],
    ) -> dict[str, frozenset[str]]:
        """Complete the digests of the corrections about each scan by what the catalogue does not tell any more.

        Args:
            catalog: The catalogue.
            settings: The archive.
            corrections: Those in force.
            by_file: The digests about the issues that the catalogue holds.
        """
        gone = catalog.withdrawn()
        if not gone:
            return by_file
        register = Register.load(settings.ids_path)
        back = {each for each, reason in gone.items() if not self._stands_for(each, reason)}
        entries = {each: register.find(each) for each in gone}
        scans = {entry.sha256 for entry in entries.values() if entry}
        again = {entry.sha256 for each in back if (entry := entries[each])}
        done = dict(by_file)
        for state in catalog.scan_states().values():
            if state.sha256 in scans:
                found = concerning(corrections, [each.id for each in register.issues_of(state.sha256)])
                done[state.file] = frozenset({_BACK}) if state.sha256 in again else frozenset(map(digest, found))
        return done

    def apply(self, catalog: CatalogWriter, settings: Settings) -> frozenset[str]:
        """Take out of the catalogue what is withdrawn, in all scans of it, and return the ids that were taken out."""
        if not self.lines:
            return frozenset()
        wanted: dict[str, str] = {}
        for given, reason in self.reasons.items():
            wanted |= dict.fromkeys((given, *catalog.own_ids(given)), reason)
        wanted = self.same_texts(catalog, Register.load(settings.ids_path)) | wanted
        held = catalog.held(wanted)
        if held:
            catalog.withdraw({given: reason for given, reason in wanted.items() if given in held})
        return held

    def same_texts(self, catalog: Catalog, register: Register) -> dict[str, str]:
        """Return what other scans hold of what was withdrawn, by the ids that these know it by, with the reason."""
        found: dict[str, str] = {}
        for issue_id in catalog.own_sections():
            found |= self._same(register, issue_id)
        return found

    def _same(self, register: Register, issue_id: str) -> dict[str, str]:
        """Return what another scan of a withdrawn issue, or of a withdrawn section's issue, holds of it."""
        found: dict[str, str] = {}
        mine = register.sections_of(issue_id)
        for given, line in self.lines.items():
            issue = ids.parse_id(given).issue_id
            theirs = register.sections_of(issue)
            if issue == issue_id or not mine or not theirs or not _are_one(issue_id, mine, issue, theirs):
                continue
            reason = _as_reasons(line)[bool(line.note)]
            if given == issue:
                found[issue_id] = reason
            elif (entry := register.find(given)) is not None:
                same = (each for each in mine if likeness(each.fingerprint, entry.fingerprint) >= _SAME_SECTION)
                found |= {each.id: reason for each in same}
        return found

    def _stands_for(self, given: str, reason: str) -> bool:
        """Tell whether an id, or what holds it, or what it is the same as, is still withdrawn."""
        if given in self.lines or ids.parse_id(given).issue_id in self.lines:
            return True
        return any(reason in _as_reasons(line) for line in self.lines.values())


def _reason(line: Correction) -> str:
    return f"{BY_HAND}: {line.note}" if line.note else BY_HAND


def _as_reasons(line: Correction) -> tuple[str, str]:
    return (f"{BY_HAND}, as {line.id} was", f"{BY_HAND}, as {line.id} was: {line.note}")


def _are_one(one: str, ours: tuple[Entry, ...], other: str, theirs: tuple[Entry, ...]) -> bool:
    """Tell whether two issues are scans of the same one, by the words of their sections and by their dates."""
    dates = [found[1] if (found := _DATE.search(each)) else "" for each in (one, other)]
    if all(dates) and not dates[0].startswith(dates[1]) and not dates[1].startswith(dates[0]):
        return False
    least = _SAME_DAY if ids.without_edition(one) == ids.without_edition(other) else _SAME_ISSUE
    sketches = [sketch_of(each.fingerprint for each in entries) for entries in (ours, theirs)]
    return likeness_of(*sketches) >= least


def refuse_picture(settings: Settings, catalog: Catalog, page: LedgerPage) -> None:
    """Refuse the picture of a page that shows something withdrawn.

    Raises:
        UnreadableScanError: It does.
    """
    gone = catalog.withdrawn()
    if not gone:
        return
    if page.issue_id:
        shows = catalog.is_blackened(page.issue_id, page.page.number)
    else:
        shows = any(each.id in gone for each in Register.load(settings.ids_path).issues_of(page.sha256))
    if shows:
        raise UnreadableScanError(
            page.file, f"page {page.page.number} shows what was withdrawn: its picture is not given"
        )
