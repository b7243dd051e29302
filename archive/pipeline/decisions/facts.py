"""What becomes of an issue or a section whose facts are corrected?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from archive.ids import slugify
from archive.model.issues import Correction, FactSource, Issue, PartialDate, Section, Verdict, VerdictSource

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def to_date(value: str) -> PartialDate | None:
    """Read an ISO date, cut to what is known; None for anything else."""
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year or 0, month, day)


def correct_issue(
    issue: Issue, corrections: Sequence[Correction], newsletters: Sequence[tuple[str, str, tuple[str, ...]]]
) -> tuple[Issue, tuple[Correction, ...]]:
    """Set the facts of an issue.

    Args:
        issue: As the machine found it.
        corrections: Of `issue_date`, `newsletter` and `issue_number`, oldest first.
        newsletters: Those that the owner named: slug, name, variants.

    Returns:
        The issue, and the corrections that could be applied.
    """
    placed: list[Correction] = []
    for correction in corrections:
        value = correction.value.strip()
        match correction.field:
            case "issue_date":
                found = to_date(value)
                if found is None:
                    continue
                said = f"corrected by hand{_remark(correction)}"
                issue = replace(issue, date=found, date_source=FactSource.CORRECTION, date_evidence=said)
            case "issue_number":
                issue = replace(issue, number=value, number_source=FactSource.CORRECTION)
            case _:
                if not value:
                    continue
                slug, name = _newsletter(value, newsletters)
                issue = replace(issue, newsletter=name, slug=slug, newsletter_source=FactSource.CORRECTION)
        placed.append(correction)
    return issue, tuple(placed)


def set_category(section: Section, correction: Correction) -> Section:
    """Give a section the category that a person chose; the machine's scores stay beside it."""
    before = section.verdict
    machine = f"; the {before.source.value} said {before.category}" if before else ""
    reason = f"corrected by hand{_remark(correction)}{machine}"
    scores = before.scores if before else ()
    return replace(section, verdict=Verdict(correction.value, scores, reason, VerdictSource.CORRECTION))


def add_mark(section: Section, correction: Correction) -> Section:
    """Add a tag or a note of one's own."""
    if correction.field == "tag":
        return replace(section, tags=tuple(dict.fromkeys((*section.tags, correction.value))))
    return replace(section, notes=tuple(dict.fromkeys((*section.notes, correction.value))))


def _remark(correction: Correction) -> str:
    day = f" on {correction.date}" if correction.date else ""
    return f"{day} ({correction.note})" if correction.note else day


def _newsletter(value: str, newsletters: Sequence[tuple[str, str, tuple[str, ...]]]) -> tuple[str, str]:
    for slug, name, variants in newsletters:
        if value.casefold() in {slug, name.casefold(), *(each.casefold() for each in variants)}:
            return slug, name
    return slugify(value), value
