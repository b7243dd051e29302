"""Which dates, places, organisations, links and addresses are named?"""

import re

from archive.model.issues import Mention, Mentions, PartialDate
from archive.parsing.dates import find_dates
from archive.parsing.organisations import find_organisations
from archive.parsing.places import find_places

# A misread space is allowed only beside the at sign, and only where a domain with a known ending follows.
_ENDINGS = (
    r"(?:nl|be|eu|com|org|net|info|nu|de|fr|uk|edu|gov|amsterdam|frl|vlaanderen|brussels|gent|example|coop|online|"
    r"site|club)"
)
_EMAIL = re.compile(
    rf"(?<![\w.+-])(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)*\.{_ENDINGS})(?![\w@])"
)
_PATH = r"(?:[/?#][^\s<>\"“”|]*)?"
_LINK = re.compile(
    r"(?<![\w@.-])(?:"
    r"https?\s?:\s?//\s?[^\s<>\"“”|]+"
    rf"|www\s?\.\s?[\w-]+(?:\.[\w-]+)*\.{_ENDINGS}(?![\w]){_PATH}"
    rf"|(?:[a-z][\w-]*\.)+{_ENDINGS}(?![\w@.]\w){_PATH}"
    r")"
)


def find_mentions(full_text: str, *, issue_date: PartialDate | None, language: str) -> Mentions:
    """Find what a section names; offsets count characters of `full_text` (heading, newline, text).

    Args:
        full_text: `Section.full_text`.
        issue_date: The date of the issue, from which years that are not printed are inferred.
        language: The section's language.
    """
    emails = tuple(_mention(match) for match in _EMAIL.finditer(full_text))
    links = (_mention(match) for match in _LINK.finditer(full_text))
    return Mentions(
        dates=find_dates(full_text, issue_date=issue_date, language=language),
        places=find_places(full_text),
        organisations=find_organisations(full_text),
        links=tuple(link for link in links if not _inside(link, emails)),
        emails=emails,
    )


def _mention(match: re.Match[str]) -> Mention:
    text = match[0].rstrip(".,;:!?]’'\"")
    if text.endswith(")") and "(" not in text:
        text = text.rstrip(").,")
    return Mention(text, match.start(), match.start() + len(text))


def _inside(link: Mention, emails: tuple[Mention, ...]) -> bool:
    return any(email.start <= link.start < email.end for email in emails)
