"""What does a worker hand over?

Plain records, apart from the tasks that make them: the process that writes unpacks them and must not load what reads.
"""

from dataclasses import dataclass

from archive.catalog.pack import PackedIssue
from archive.catalog.rows import PageRow
from archive.model.pages import Scan


@dataclass(frozen=True, slots=True)
class Opened:
    """A scan that can be read, its metadata, and the numbers of its pages that were not read before."""

    scan: Scan
    metadata: tuple[tuple[str, str], ...]
    unread: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A page that could not be read: its status, why, and what to do; `hint` is empty where nobody knows.

    `passing`: the machine or the disk was at fault, so that it may be read another time.
    """

    status: str
    reason: str
    hint: str = ""
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of one scan: a row for each page, and its issues, ready for the catalogue.

    `placed` are the digests of the corrections that found their place.
    """

    pages: tuple[PageRow, ...]
    issues: tuple[PackedIssue, ...]
    placed: frozenset[str] = frozenset()
