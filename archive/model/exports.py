"""What leaves: the records that an export format gets."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Protocol

from archive.model.issues import Fault
from archive.model.pages import BlockRole, Box
from archive.model.search import Coverage, SearchRequest

# What a sample can be drawn by.
BY = ("category", "year", "newsletter", "language", "text_source")


class Shape(StrEnum):
    """What a format makes."""

    TEXT = "text"  # a stream of text, which may also go to standard output
    FILE = "file"  # one file of bytes
    FOLDER = "folder"  # many files: a folder or a zip


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What is known of an issue.

    `pages` are the ids of its pages in order, `file` is its scan, `holdings` what issues.csv says of it.
    """

    id: str
    newsletter: str
    title: str
    number: str
    volume: str
    date: str
    date_source: str
    language: str
    file: str
    sha256: str
    pages: tuple[str, ...]
    holdings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word of a page as cleaned; `raw` is what its source gave.

    `joined` says that the word goes on with the next line's first one, and `text` ends before the hyphen that breaks
    it. `box` and `confidence` are None where the source has none.
    """

    text: str
    raw: str
    box: Box | None
    confidence: float | None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """Lines of words printed as one unit, with the role they play on the page."""

    role: BlockRole
    lines: tuple[tuple[PrintedWord, ...], ...]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as cleaned, in reading order; letters read out of pictures are left out. Facts as in Page."""

    id: str
    issue_id: str
    file: str
    sha256: str
    number: int
    label: str
    width: float | None
    height: float | None
    turned: int
    skew: float
    language: str
    text_source: str
    reader: str
    status: str
    confidence: float | None
    text: str
    blocks: tuple[PrintedBlock, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """Where the picture of a page stands as it came in: a PDF or an image file, and the page's number in it."""

    path: Path
    frame: int
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class YearOfArchive:
    """What the archive holds of one year (empty: undated); `confidence` is that of its words, None if unknown."""

    year: str
    issues: int
    sections: int
    words: int
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Stratum:
    """Sections that are alike in what was asked: how many there are, how many were drawn.

    `weight` is how many sections of the archive each one drawn stands for.
    """

    values: tuple[str, ...]
    sections: int
    drawn: int
    weight: float


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn: ids in the order in which they were given, and the strata they come from.

    `weights` says for each id how many sections it stands for.
    """

    ids: tuple[str, ...]
    by: tuple[str, ...]
    seed: int
    strata: tuple[Stratum, ...]
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CategoryAgreement:
    """One category: how many sections each judge put there, and both; `machine_said` counts the machine's categories.

    `precision` is the share of the machine's that are right by hand, `recall` of those by hand that it found; None of
    nothing. `machine_said` is in the order of all categories.
    """

    category: str
    by_hand: int
    by_machine: int
    both: int
    precision: float | None
    recall: float | None
    machine_said: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far they agree: `agreed` is the share of sections, `kappa` that beyond chance with its 95 % interval.

    `agreed_weighted` is the share with each section counting for as many as it was drawn for. `kappa` is None where it
    has no meaning: nothing was coded, or both judges know one category only.
    """

    coded: int
    agreed: float
    agreed_weighted: float
    kappa: float | None
    low: float
    high: float
    categories: tuple[CategoryAgreement, ...]


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What a reader must know about the archive that an export comes from.

    Nothing in it changes while the archive and its settings stay the same: `as_of` is the day on which the youngest of
    its scans was first taken in. `gaps` holds newsletter, run (a volume or year, or empty) and the missing numbers.
    Where filters leave out issues, newsletters, coverage, years and gaps are of those that pass them, and `whole` is
    the coverage of the archive. `hidden` is how many sections misreading may hide from the query (expected, low, high,
    level), or None and why;
    `agreement` compares the sections that people coded by hand with the machine, None where there are none.
    """

    version: str
    as_of: str
    settings: Mapping[str, Any]
    parsed: str
    sections: int
    newsletters: tuple[str, ...]
    categories: tuple[str, ...]
    coverage: Coverage
    years: tuple[YearOfArchive, ...]
    gaps: tuple[tuple[str, str, tuple[int, ...]], ...]
    hidden: Mapping[str, float] | None = None
    hidden_reason: str = ""
    agreement: Agreement | None = None
    whole: Coverage | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """What an export format gets; whatever costs time is a function.

    Attributes:
        entries: Begins anew with the sections (field names of CONTRACT.md), by newsletter, date, issue and position.
        request: What was asked.
        facts: What the archive holds.
        issue: The facts of an issue by its id.
        page: A page by its id, or None where nothing was read of it.
        picture: Where the picture of a page stands; raises an ArchiveError where there is none.
        pages_of: The ids of the pages of a scan, given its file.
        skip: Told what could not be exported.
        excel: A table is for Excel.
        licence: Under which licence the texts may be used; empty if that was not said.
        holdings: The columns of issues.csv; each section has them under `holdings`. Empty: it has no such field.
        doubles: Doubles are among the sections; each section says under `double_of` which issue answers in its place.
        sample: What was drawn, where the sections are a sample.
        note: What whoever reads the export must know of what was changed for it; empty where nothing was.
    """

    entries: Callable[[], Iterator[Mapping[str, Any]]]
    request: SearchRequest
    facts: Callable[[], ArchiveFacts]
    issue: Callable[[str], IssueFacts]
    page: Callable[[str], PrintedPage | None]
    picture: Callable[[str], Original]
    pages_of: Callable[[str], tuple[str, ...]]
    skip: Callable[[Fault], None]
    excel: bool = False
    licence: str = ""
    holdings: tuple[str, ...] = ()
    doubles: bool = False
    sample: Sample | None = None
    note: str = ""


class Files(Protocol):
    """Where a format of many files puts them: a folder or a zip."""

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Begin a file; `name` is relative, with `/` between parts. The file before it must be closed."""

    def written(self) -> Iterator[tuple[str, int, str]]:
        """Yield name, size and sha256 of each file that was written so far, in that order."""
