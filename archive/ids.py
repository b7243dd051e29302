"""How is a thing named?

newsletter  kerngroep-oost
issue       kerngroep-oost-2022-06-15-a     newsletter, date as far as known, edition letter
            undated-1f2e3d4c                 a scan in which no date was found: its sha256's first 8
section     kerngroep-oost-2022-06-15-a-s0001
page        kerngroep-oost-2022-06-15-a-p0003, of a scan without issue 1f2e3d4c-p0003
"""

import re

from archive.tuples import NamedTuple

# Not compiled here: a search needs none of them.
_SECTION = r"(?P<issue>.+)-s(?P<number>\d{4,})"
_PAGE = r"(?P<issue>.+)-p(?P<number>\d{4,})"
_EDITION = r"(?P<base>.*-\d{4}(?:-\d\d){0,2}|undated-[0-9a-f]{8})(?:-[a-z]+)?"
_MAX_SLUG = 60


class ParsedId(NamedTuple):
    """An id taken apart: `kind` is `issue`, `section` or `page`; `number` is 0 for an issue."""

    kind: str
    issue_id: str
    number: int


def slugify(name: str) -> str:
    """Turn a newsletter's name into the form it has in ids: small letters, digits and single hyphens.

    Accents are dropped (`Één` gives `een`); a name without any letter or digit of the Latin script gives `newsletter`.
    """
    import unicodedata  # a search names nothing anew

    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug[:_MAX_SLUG].rstrip("-") or "newsletter"


def edition_letter(number: int) -> str:
    """Name the nth issue (from 0) of one newsletter and date: a, b, … z, aa, ab, …."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def make_issue_id(slug: str, date: str, edition: int) -> str:
    """Name an issue by its newsletter's slug, its ISO date as far as known, and its edition (counted from 0)."""
    return f"{slug}-{date}-{edition_letter(edition)}"


def make_undated_id(sha256: str, edition: int = 0) -> str:
    """Name an issue of which no date is known; a second one in the same scan gets a letter."""
    tail = f"-{edition_letter(edition)}" if edition else ""
    return f"undated-{sha256[:8]}{tail}"


def make_section_id(issue_id: str, number: int) -> str:
    """Name a section; `number` is given once and is not its position."""
    return f"{issue_id}-s{number:04}"


def make_page_id(issue_id: str, number: int) -> str:
    """Name a page by its issue; for a page of a scan without issue give the first 8 of the scan's sha256."""
    return f"{issue_id}-p{number:04}"


def parse_id(text: str) -> ParsedId:
    """Take an id apart; anything that is neither a section's nor a page's is taken for an issue's."""
    if match := re.fullmatch(_SECTION, text):
        return ParsedId("section", match["issue"], int(match["number"]))
    if match := re.fullmatch(_PAGE, text):
        return ParsedId("page", match["issue"], int(match["number"]))
    return ParsedId("issue", text, 0)


def without_edition(issue_id: str) -> str:
    """Return an issue's id without its letter: what the ids of all scans of the same newsletter and date share."""
    match = re.fullmatch(_EDITION, issue_id)
    return match["base"] if match else issue_id
