"""How is a section, an issue or a page cited?

Three forms, made of what CSL calls title, container title, issue, issued and page: APA (7th edition), Chicago (17th,
notes and bibliography) and the Dutch Leidraad voor juridische auteurs. Each ends with the id, which `archive show` and
`archive verify` understand. Written here because the library of CSL styles weighs 89 MB; tests compare with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.catalog.store import open_catalog
from archive.settings import Settings

if TYPE_CHECKING:
    from archive.catalog.rows import StoredIssue
    from archive.library.show import ShownIssue, ShownPage, ShownSection

    Citable = ShownSection | ShownIssue | ShownPage

_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DUTCH = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_OPENING_WORDS = 6


@dataclass(frozen=True, slots=True)
class Citation:
    """The same thing cited in each of the three forms."""

    id: str
    apa: str
    chicago: str
    leidraad: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is made of; `date` is ISO, cut to what is known, `pages` are as printed where they are."""

    id: str
    title: str
    newsletter: str
    number: str
    date: str
    pages: tuple[str, ...]
    has_heading: bool = True


def cite(settings: Settings, shown: "Citable") -> Citation:
    """Return the citations of what `show` found."""
    return write_citation(cited(settings, shown))


def cite_section(fields: Mapping[str, Any]) -> Citation:
    """Return the citations of a section, given its fields."""
    return write_citation(cited_section(fields))


def cited_section(fields: Mapping[str, Any]) -> Cited:
    """Return what is cited of a section; one without a heading goes by its first words."""
    heading = " ".join(fields["heading"].split())
    words = fields["text"].split()
    opening = " ".join(words[:_OPENING_WORDS]) + (" …" if len(words) > _OPENING_WORDS else "")
    pages = tuple(label or str(page) for page, label in zip(fields["pages"], fields["page_labels"], strict=True))
    return Cited(
        fields["id"],
        heading or opening,
        fields["newsletter"],
        fields["issue_number"],
        fields["issue_date"],
        pages,
        has_heading=bool(heading),
    )


def write_citation(cited: Cited) -> Citation:
    """Write the three forms."""
    return Citation(cited.id, _apa(cited), _chicago(cited), _leidraad(cited))


def english_date(date: str) -> str:
    """Return `June 15, 2022`, `June 2022` or `2022`; empty for no date."""
    year, month, day = _parts(date)
    return f"{_ENGLISH[month - 1]} {f'{day}, ' if day else ''}{year}" if month else year


def apa_date(date: str) -> str:
    """Return `2022, June 15`, `2022, June` or `2022`; empty for no date."""
    year, month, day = _parts(date)
    return f"{year}, {_ENGLISH[month - 1]}{f' {day}' if day else ''}" if month else year


def dutch_date(date: str) -> str:
    """Return `15 juni 2022`, `juni 2022` or `2022`; empty for no date."""
    year, month, day = _parts(date)
    return f"{f'{day} ' if day else ''}{_DUTCH[month - 1]} {year}" if month else year


def page_range(pages: Sequence[str], dash: str) -> str:
    """Return `3`, `3–4` or, where the text goes on elsewhere, `3, 7`."""
    numbers = [int(page) for page in pages if page.isdecimal()]
    if len(pages) > 1 and numbers == list(range(min(numbers, default=0), min(numbers, default=0) + len(pages))):
        return f"{pages[0]}{dash}{pages[-1]}"
    return ", ".join(pages)


def cited(settings: Settings, shown: "Citable") -> Cited:
    """Return what is cited of what `show` found; a page is cited as one of its issue, else of its scan."""
    from archive.library.show import ShownIssue, ShownSection

    if isinstance(shown, ShownSection):
        return cited_section(shown.fields)
    if isinstance(shown, ShownIssue):
        return _of_issue(shown.id, shown.issue, ())
    label = shown.page.page.label or str(shown.page.page.number)
    with open_catalog(settings.catalog_path) as catalog:
        issue = catalog.issue(shown.page.issue_id)
    return _of_issue(shown.id, issue, (label,)) if issue else Cited(shown.id, "", shown.page.file, "", "", (label,))


def _of_issue(given: str, issue: "StoredIssue", pages: tuple[str, ...]) -> Cited:
    return Cited(given, "", issue.newsletter, issue.number, issue.date, pages)


def _apa(cited: Cited) -> str:
    """Titles of newsletters are not marked up: the form is plain text."""
    date = apa_date(cited.date) or "n.d."
    number = f"({cited.number})" if cited.number else ""
    pages = page_range(cited.pages, "–")
    if not cited.title:
        return f"{_ended(cited.newsletter)} ({date}). {_listed(number, pages)}{cited.id}"
    title = cited.title if cited.has_heading else f"[{cited.title}]"
    return f"{_ended(title)} ({date}). {', '.join(filter(None, (cited.newsletter, number, pages)))}. {cited.id}"


def _chicago(cited: Cited) -> str:
    title = f"“{_ended(cited.title)}” " if cited.title else ""
    number = f"no. {cited.number}" if cited.number else ""
    parts = (cited.newsletter, number, english_date(cited.date) or "n.d.", page_range(cited.pages, "–"))
    return f"{title}{', '.join(filter(None, parts))}. {cited.id}."


def _leidraad(cited: Cited) -> str:
    title = f"‘{cited.title}’, " if cited.title else ""
    source = " ".join(filter(None, (cited.newsletter, dutch_date(cited.date))))
    number = f"nr. {cited.number}" if cited.number else ""
    pages = f"p. {page_range(cited.pages, '-')}" if cited.pages else ""
    return f"{title}{', '.join(filter(None, (source, number, pages)))} ({cited.id})."


def _listed(*parts: str) -> str:
    said = ", ".join(filter(None, parts))
    return f"{said}. " if said else ""


def _ended(title: str) -> str:
    return title if title.endswith((".", "!", "?", "…", ".]")) else f"{title}."


def _parts(date: str) -> tuple[str, int, int]:
    """Return year, month and day of an ISO date; 0 for what is not known."""
    year, month, day, *_ = [*date.split("-"), "", ""]
    return year, int(month or 0), int(day or 0)
