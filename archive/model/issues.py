"""What an issue says: the records from its pages as one text to its sections."""

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from archive.model.pages import BlockRole, Box, Page, TextSource

_START = attrgetter("start")


class FactSource(StrEnum):
    """Where a fact of an issue (its date, number, newsletter) comes from, in order of trust."""

    CORRECTION = "correction"
    MASTHEAD = "masthead"
    TEXT = "text"
    FILENAME = "filename"
    METADATA = "metadata"
    NONE = "none"


class Precision(StrEnum):
    """To what a date is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class YearSource(StrEnum):
    """Where the year of a date in the text comes from."""

    PRINTED = "printed"
    INFERRED = "inferred"
    NONE = "none"


class VerdictSource(StrEnum):
    """Who chose a category."""

    RULES = "rules"
    MODEL = "model"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known; `month` and `day` are None where they are not."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02}"
        day = "" if self.month is None or self.day is None else f"-{self.day:02}"
        return f"{self.year:04}{month}{day}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a newsletter: its facts, each with its source, and its pages as read.

    `newsletter` is the name that all its issues share, `slug` that name in an id, `title` the masthead as printed.
    `date_evidence` says how the date was found and which others would fit. `id` is empty until the register gave one.
    """

    id: str
    newsletter: str
    slug: str
    title: str
    scan: str  # the scan's sha256
    pages: tuple[Page, ...]
    number: str = ""
    volume: str = ""
    date: PartialDate | None = None
    newsletter_source: FactSource = FactSource.NONE
    number_source: FactSource = FactSource.NONE
    date_source: FactSource = FactSource.NONE
    date_evidence: str = ""
    language: str = "und"


@dataclass(frozen=True, slots=True)
class WordSpan:
    """Where a word of a page stands in Transcript.raw."""

    start: int
    end: int
    page: int
    box: Box | None
    confidence: float | None
    role: BlockRole
    block: int  # which block of the issue, counted over all its pages in reading order, from 0


@dataclass(frozen=True, slots=True)
class Transcript:
    """An issue as one string in reading order, set-aside words included.

    Words are parted by a space, lines by a newline, blocks by an empty line, pages by a form feed; they are in order.
    """

    raw: str
    words: tuple[WordSpan, ...]
    pages: tuple[Page, ...]

    def words_between(self, start: int, end: int) -> tuple[WordSpan, ...]:
        """Return the words that start in `raw[start:end]`."""
        first = bisect_left(self.words, start, key=_START)
        return self.words[first : bisect_left(self.words, end, first, key=_START)]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the text: `raw[start:end]`, which reads `before`, becomes `after`, by a named rule."""

    start: int
    end: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class MentionedDate:
    """A date in a section's text; `date` is its first day cut to `precision`, `end` the last day or empty."""

    text: str
    start: int
    end_offset: int
    date: str
    end: str
    precision: Precision
    year_source: YearSource


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or address in a section's text; offsets count characters of that text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a section names; offsets count characters of its heading, a newline and its text (Section.full_text)."""

    dates: tuple[MentionedDate, ...] = ()
    places: tuple[Mention, ...] = ()
    organisations: tuple[Mention, ...] = ()
    links: tuple[Mention, ...] = ()
    emails: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which category a section has, with a score for each, the reason in words and the spans of the evidence."""

    category: str
    scores: tuple[tuple[str, float], ...]
    reason: str
    source: VerdictSource
    evidence: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A raw text and the edits that make it readable: sorted by start, none overlapping another."""

    raw: str
    edits: tuple[Edit, ...]

    @property
    def text(self) -> str:
        """The raw text with every edit applied."""
        return self.between(0, len(self.raw))

    def between(self, start: int, end: int) -> str:
        """The clean text of `raw[start:end]`; an edit counts when it starts in it."""
        parts: list[str] = []
        at = start
        first = bisect_left(self.edits, start, key=_START)
        for edit in self.edits[first : bisect_left(self.edits, end, first, key=_START)]:
            parts += [self.raw[at : edit.start], edit.after]
            at = max(at, edit.end)
        parts.append(self.raw[at:end])
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class BoxOnPage:
    """A rectangle on a numbered page, in points from the page's top left corner."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of an issue with its own subject.

    `start` and `end` bound it in Transcript.raw, `heading_span` its heading there (start = end without one). `text` is
    the clean body without the heading, paragraphs parted by an empty line. `confidence` is how sure the words are (None
    if unknown), `boundary_confidence` how sure we are that a section starts here. `id` is empty until registered.
    """

    id: str
    issue_id: str
    position: int
    heading: str
    text: str
    raw_text: str
    start: int
    end: int
    heading_span: tuple[int, int]
    pages: tuple[int, ...]
    boxes: tuple[BoxOnPage, ...]
    text_source: TextSource
    language: str = "und"
    confidence: float | None = None
    boundary_confidence: float = 0.5
    verdict: Verdict | None = None
    mentions: Mentions = Mentions()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def full_text(self) -> str:
        """Heading, newline and text: what mentions, search and categories look at; the text alone without a heading."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class ParsedIssue:
    """Everything that parsing made of one issue."""

    issue: Issue
    transcript: Transcript
    cleaned: Cleaned
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class OldId:
    """The id of an issue or a section that is no more: where its text went (empty: nowhere) and why."""

    id: str
    moved_to: str
    reason: str


# How the note of a category begins that a person chose without sight of the machine's, on a coding sheet.
CODED = "coded by hand"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of corrections.csv; see CONTRACT.md for what the fields mean."""

    id: str
    field: str
    value: str
    expected: str
    context: str
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong with one scan while the rest went on."""

    path: str
    code: str
    message: str
    hint: str
