"""What goes into the catalogue and comes out of it, beside the records of the model?"""

import json
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from archive.model.issues import Edit, WordSpan
from archive.model.pages import Page

_PAGE = attrgetter("page")


@dataclass(frozen=True, slots=True)
class ScanState:
    """What is known of one file of raw/: what it was when last looked at, and how that ended.

    `status` is `ok`, `partly` (some pages failed), `failed`, `double` (the same bytes as another file) or `missing`;
    `reading_key`, `parsing_key` and `version` name the settings and the program that it was read and parsed under;
    `first_seen` is an ISO date; `code`, `message` and `hint` tell what went wrong.
    """

    file: str
    sha256: str
    size: int
    mtime_ns: int
    status: str
    reading_key: str = ""
    parsing_key: str = ""
    version: str = ""
    first_seen: str = ""
    code: str = ""
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page in the ledger; `words` is their number, `candidates` and `unread_boxes` are JSON.

    `unread` is the share of its print that was not read, `unread_boxes` where that stands (x0, y0, x1, y1 in points);
    None where it was not measured.
    """

    number: int
    label: str = ""
    width: float | None = None
    height: float | None = None
    turned: int = 0
    skew: float = 0.0
    language: str = "und"
    text_source: str = ""
    reader: str = ""
    status: str = "ok"
    reason: str = ""
    confidence: float | None = None
    words: int = 0
    candidates: str = "[]"
    unread: float | None = None
    unread_boxes: str = "[]"


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of the ledger as a reader asks for it; `id` names it by its issue or, without one, by its scan."""

    id: str
    file: str
    sha256: str
    issue_id: str
    page: PageRow


@dataclass(frozen=True, slots=True)
class StoredIssue:
    """The facts of an issue, `sections` and `pages` their numbers.

    `double_of` is the issue that answers in its place (empty: it answers itself), `own_id` the id that was given to the
    issue of this scan: another one than `id` where two scans of the same issue changed places.
    """

    id: str
    newsletter: str
    slug: str
    title: str
    number: str
    volume: str
    date: str
    newsletter_source: str
    number_source: str
    date_source: str
    date_evidence: str
    language: str
    first_page: int
    file: str
    sha256: str
    sections: int
    pages: int
    double_of: str = ""
    own_id: str = ""


@dataclass(frozen=True, slots=True)
class StoredTranscript:
    """An issue's text as read, its words with their places, and the edits that made it readable."""

    raw: str
    words: tuple[WordSpan, ...]
    edits: tuple[Edit, ...]

    def stretches(self, page: int) -> tuple[tuple[int, int], ...]:
        """Return where the words of a page stand in `raw`, in the order of print.

        More than one stretch where a piece goes on on another page: `raw` has it in one go, whatever page it is on.
        """
        runs = (list(run) for number, run in groupby(self.words, key=_PAGE) if number == page)
        in_print = sorted((run[0].block, run[0].start, max(word.end for word in run)) for run in runs)
        return tuple((start, end) for _, start, end in in_print)


@dataclass(frozen=True, slots=True)
class SectionSpans:
    """Where a section stands in its issue's raw text, and how sure we are that it starts there."""

    issue_id: str
    start: int
    end: int
    heading: tuple[int, int]
    boundary_confidence: float
    evidence: tuple[tuple[int, int], ...]


def page_row(page: Page) -> PageRow:
    """Return the ledger's row for a page as read."""
    candidates = [[candidate.source.value, candidate.score, candidate.reason] for candidate in page.candidates]
    return PageRow(
        number=page.number,
        label=page.label,
        width=page.width,
        height=page.height,
        turned=page.turned,
        skew=page.skew,
        language=page.language,
        text_source=page.text_source.value,
        reader=page.reader,
        status=page.status.value,
        reason=page.reason,
        confidence=page.confidence,
        words=sum(len(line.words) for block in page.blocks for line in block.lines),
        candidates=json.dumps(candidates, ensure_ascii=False),
        unread=page.unread,
        unread_boxes=json.dumps([[box.x0, box.y0, box.x1, box.y1] for box in page.unread_boxes]),
    )
