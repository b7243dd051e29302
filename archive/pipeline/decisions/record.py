"""What is handed to the worker that parses a scan: the decisions about it, and which section had which id?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive import ids
from archive.corrections import concerning, issue_of
from archive.model.issues import Correction, Issue
from archive.register import Register


@dataclass(frozen=True, slots=True)
class Known:
    """A section as the register knows it: its id, its words when it was last seen, the page it started on."""

    id: str
    fingerprint: str
    first_page: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """The corrections that may be about a scan, in force and in order.

    `issues` are the ids that these bytes were given before, each with its first page; `known` the sections of all
    issues that are corrected; `answers` tells under which id an issue answered last, where it was scanned twice.
    """

    corrections: tuple[Correction, ...] = ()
    issues: tuple[tuple[str, int], ...] = ()
    known: tuple[Known, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    def about(self, issue: Issue) -> tuple[Correction, ...]:
        """Return the corrections that may be about an issue as the machine found it."""
        return concerning(self.corrections, self.names([self.id_of(issue)])) if self.corrections else ()

    def names(self, issue_ids: Iterable[str]) -> tuple[str, ...]:
        """Return ids of issues, and those that they answer under."""
        own = tuple(issue_ids)
        return (*own, *(given for issue_id, given in self.answers if issue_id in own))

    def id_of(self, issue: Issue) -> str:
        """Return the id that an issue has or, but for the letter, will get."""
        first_page = min((page.number for page in issue.pages), default=1)
        made = ids.make_issue_id(issue.slug, str(issue.date), 0) if issue.date else ids.make_undated_id(issue.scan)
        return next((known for known, page in self.issues if page == first_page), made)

    def sections_of(self, issue_id: str) -> tuple[Known, ...]:
        """Return the sections that an issue ever had."""
        return tuple(each for each in self.known if ids.parse_id(each.id).issue_id == issue_id)


UNDECIDED = Decisions()


def gather(
    corrections: Sequence[Correction], register: Register, sha256: str, *, answers: Sequence[tuple[str, str]] = ()
) -> Decisions:
    """Gather what parsing a scan must know of the decisions.

    Args:
        corrections: Those in force (archive.corrections.in_force).
        register: All ids.
        sha256: The scan; of one that is new all corrections may be meant, as its issues are not known yet.
        answers: The own id of each of its issues, and the id that it answers under.
    """
    issues = register.issues_of(sha256)
    names = [each.id for each in issues] + [given for _, given in answers]
    mine = concerning(corrections, names) if issues else tuple(corrections)
    corrected = dict.fromkeys(issue_of(each) for each in mine)
    known = tuple(
        Known(each.id, each.fingerprint, each.first_page)
        for issue_id in corrected
        for each in register.sections_of(issue_id)
    )
    return Decisions(mine, tuple((each.id, each.first_page) for each in issues), known, tuple(answers))
