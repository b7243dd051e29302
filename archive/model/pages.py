"""What is on a page: the records from a scan to its words."""

from dataclasses import dataclass
from enum import StrEnum


class BlockRole(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    BODY = "body"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"
    ASIDE = "aside"  # a side box or an inset
    FURNITURE = "furniture"  # running heads, page numbers, the masthead, tables of contents, jump lines
    PICTURE = "picture"  # letters read out of photos, logos and ornaments


class TextSource(StrEnum):
    """Where the words of a page come from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    TEXT_FILE = "text_file"
    MIXED = "mixed"  # words of more than one source on a page, or pages of more than one in a section


class PageStatus(StrEnum):
    """How a page ended in the ledger."""

    OK = "ok"
    LOW = "low"
    EMPTY = "empty"
    FAILED = "failed"
    TIMED_OUT = "timed_out"


class ScanKind(StrEnum):
    """What kind of input a scan is."""

    PDF = "pdf"
    IMAGE = "image"  # PNG, JPEG, TIFF; a TIFF may hold many pages
    FOLDER = "folder"  # of page images
    DUMP = "dump"  # a .txt of earlier OCR


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Scan:
    """A file, or a folder of page images, that came in.

    `file` is relative to the archive with `/` between parts; `size` in bytes and `mtime_ns` are summed (size) and the
    latest (time) over a folder's files. `beside` are files of earlier OCR that belong to it, relative to the archive.
    """

    file: str
    sha256: str
    kind: ScanKind
    size: int
    mtime_ns: int
    page_count: int
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a picture in a work folder, never stored; `dpi` is true to the page's size in points.

    `local_thresholds`: no one threshold parts its ink from its paper everywhere.
    """

    number: int
    path: str
    dpi: float
    local_thresholds: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word as its source gave it.

    `box` and `confidence` are None where the source has none. `size` is the type size in points (for OCR: of its
    line), `weight` how heavy its strokes are beside the page's usual ones (bold is about 1.4); both None if unknown.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    size: float | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line of one column, from left to right; `box` is None where the source has no boxes."""

    words: tuple[Word, ...]
    box: Box | None = None

    @property
    def text(self) -> str:
        """The words with a space between each two."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines printed as one unit, with the role they play and why we think so."""

    lines: tuple[Line, ...]
    box: Box | None = None
    role: BlockRole = BlockRole.BODY
    reason: str = ""

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One source that could have given a page's text, with its score (0 to 1) and why it has that score."""

    source: TextSource
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read, its blocks in reading order.

    `width` and `height` are in points of the page as it is read (after turning); `turned` is how many degrees
    clockwise the scan had to be turned, `skew` the degrees it had to be straightened by; `reader` names program,
    languages and resolution. `unread` is the share (0 to 1) of the page's print that no word of its text covers, parts
    that are pictures aside, and `unread_boxes` are where that stands; None where it was not measured.
    """

    number: int
    blocks: tuple[Block, ...]
    text_source: TextSource
    status: PageStatus = PageStatus.OK
    reason: str = ""
    label: str = ""
    width: float | None = None
    height: float | None = None
    turned: int = 0
    skew: float = 0.0
    language: str = "und"
    candidates: tuple[Candidate, ...] = ()
    reader: str = ""
    confidence: float | None = None
    unread: float | None = None
    unread_boxes: tuple[Box, ...] = ()
