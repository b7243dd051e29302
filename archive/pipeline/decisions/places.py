"""Which section does a correction mean?

By the id: the register's own comparison tells which section has it now. Where that does not help (another scan, a lost
register), by the words that the correction gives as its context, or by the words that the section had when last seen.
"""

from collections.abc import Sequence
from functools import cached_property

from archive.likeness import Placed, find_holders, fingerprint, match_wanted
from archive.model.issues import Section
from archive.pipeline.decisions.record import Decisions
from archive.pipeline.decisions.words import ALIKE, alike

_MOST = 0.5
_NEARLY_ALL = 0.8


class Places:
    """The sections of one issue as they are cut now, asked for by the ids that they have or had.

    Args:
        sections: In reading order.
        decisions: What is known of ids.
    """

    def __init__(self, sections: Sequence[Section], decisions: Decisions) -> None:
        self._sections = tuple(sections)
        self._decisions = decisions
        self._found: dict[str, dict[str, int]] = {}

    def holds(self, issue_id: str) -> bool:
        """Tell whether this is that issue, perhaps in another scan: most of its sections can be found again."""
        known = self._decisions.sections_of(issue_id)
        if not known:
            return True  # nothing speaks against it: the register never saw it, or was lost
        found = find_holders([each.fingerprint for each in known], self._words)
        return sum(share > _MOST for share, _ in found) * 2 >= len(known)

    def find(self, section_id: str, issue_id: str, opening: str = "") -> int | None:
        """Return the place of a section, counted from 0; None if it is not here (any more).

        Args:
            section_id: Its id.
            issue_id: The id of its issue.
            opening: Its first words, for where the id does not tell.
        """
        if issue_id not in self._found:
            known = self._decisions.sections_of(issue_id)
            old = [Placed(each.fingerprint, each.first_page) for each in known]
            new = [
                Placed(words, min(section.pages, default=1))
                for words, section in zip(self._words, self._sections, strict=True)
            ]
            wanted = [section.id for section in self._sections]
            found = match_wanted([each.id for each in known], old, wanted, new)
            self._found[issue_id] = {known[theirs].id: ours for ours, theirs in found.items()}
        place = self._found[issue_id].get(section_id)
        if place is None and opening:
            opened = self.opening_with(opening)
            place = None if opened in self._found[issue_id].values() else opened  # another section has that one
        return place

    def opening_with(self, opening: str) -> int | None:
        """Return the one section that opens with these words; None if there is none, or more than one."""
        wanted = opening.split()
        found = [
            place
            for place, section in enumerate(self._sections)
            if wanted and alike(wanted, section.full_text.split()[: len(wanted)]) >= ALIKE
        ]
        return found[0] if len(found) == 1 else None

    def taken_up_by(self, section_id: str, issue_id: str) -> int | None:
        """Return the section that holds nearly all words of one that is no more."""
        known = [each.fingerprint for each in self._decisions.sections_of(issue_id) if each.id == section_id]
        for share, place in find_holders(known, self._words):
            if share >= _NEARLY_ALL:
                return place
        return None

    def parts_of(self, section_id: str, issue_id: str) -> tuple[int, ...]:
        """Return the sections whose words nearly all stood in one section when it was last seen."""
        known = [each.fingerprint for each in self._decisions.sections_of(issue_id) if each.id == section_id]
        found = find_holders(self._words, known) if known else []
        return tuple(place for place, (share, _) in enumerate(found) if share >= _NEARLY_ALL)

    @cached_property
    def _words(self) -> list[str]:
        return [fingerprint(section.full_text) for section in self._sections]
