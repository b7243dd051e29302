"""On which pages of a scan do issues start, and on which page does each print its masthead?

One issue that is cut in two is worse than two that stay one. So a masthead that is like the one before starts an issue
where number or date differ; one of another newsletter only where both are whole (a title in the largest type at the top
of the page, a date, and a number or volume), neither running heads nor page numbers go on, and it prints number and
volume and says what kind of paper it is. A piece may print a number and a day below its heading too; where it is not
clear which of the two a page holds, that is told beside the date.
"""

import re
from collections.abc import Sequence

from archive.model.pages import Block, BlockRole, Page
from archive.parsing.dates.record import Day
from archive.parsing.head import Head
from archive.parsing.head_lines import type_size
from archive.parsing.returns import find_returns
from archive.parsing.title import names_kind
from archive.tuples import NamedTuple

_SAME_TITLE = 80
_AS_LARGE = 0.6
_LARGEST = 0.97  # beside the largest type of its page
_TOP = 0.25  # how far down a page a masthead begins, as a share of its height
_COVER_WORDS = 60  # a page of no more words may be a cover sheet of whoever scanned it
_SHEET = re.compile(
    r"\binv(?:entaris)?[.-]?\s?n(?:umme)?r|\btoegang\w*\W+\d|\bgescand\b|\bgedigitaliseerd\b|\bscanned\b|\bdigiti[sz]ed\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 3  # of a page that is not blank
_BESIDE = (BlockRole.PICTURE, BlockRole.FURNITURE, BlockRole.ASIDE)


class IssueStart(NamedTuple):
    """The page that an issue starts on and the one that prints its masthead, both counted from 0.

    `doubtful` are pages of it that may start an issue of another newsletter; `number` is that of the issue where a
    masthead that returns in the scan counts up.
    """

    page: int
    masthead: int
    doubtful: tuple[int, ...] = ()
    number: str = ""


def find_starts(pages: Sequence[Page], heads: Sequence[Head | None]) -> list[IssueStart]:
    """Find where the issues of a scan start; what stands before the first masthead belongs to its issue.

    Args:
        pages: All pages of the scan, furniture marked.
        heads: What may be a masthead at the top of each.
    """
    if returns := find_returns(pages):
        first = min(returns)
        return [IssueStart(page if page != first else 0, page, number=number) for page, number in returns.items()]
    first = _first_masthead(pages, heads)
    starts = [IssueStart(0, first)]
    for number in range(first + 1, len(pages)):
        head, last = heads[number], heads[starts[-1].masthead]
        if head is None or last is None:
            continue
        another = _is_another(number, starts[-1].masthead, pages, heads)
        if _is_next(head, last) or (another and _is_surely_paper(head)):
            starts.append(IssueStart(number, number))
        elif another:
            starts[-1] = starts[-1]._replace(doubtful=(*starts[-1].doubtful, number))
    return starts


def _first_masthead(pages: Sequence[Page], heads: Sequence[Head | None]) -> int:
    """Return the first page with words, or the first with a whole masthead if that one has none or is a cover sheet."""
    front = next((number for number, page in enumerate(pages) if _count_words(page) >= _LEAST_WORDS), 0)
    first = heads[front] if heads else None
    told = first and (first.known or (first.date and (first.number or first.volume)))
    short = bool(pages) and _count_words(pages[front]) <= _COVER_WORDS
    if (first and not short) or (told and not _is_sheet(pages[front])):
        return front
    found = next((at for at in range(front + 1, len(pages)) if _is_whole(pages[at], heads[at])), front)
    head = heads[found] if heads else None
    same = first and head and (_same_title(first, head) or (first.number and first.number == head.number))
    return front if same else found


def _is_sheet(page: Page) -> bool:
    """Tell whether a page names inventory or scanning: the cover sheet of an archive, whose numbers number no issue."""
    return any(_SHEET.search(line.text) for block in page.blocks for line in block.lines)


def _is_next(head: Head, last: Head) -> bool:
    """Tell whether a masthead is that of the next issue: like the last, and prints another number or date.

    One that prints the same date without a number is a running head.
    """
    numbered = head.number and last.number and head.number != last.number
    told = numbered or (head.date is not None and _days(head) != _days(last))
    return bool(told) and _same_title(head, last) and _as_large(head, last)


def _days(head: Head) -> tuple[Day | None, Day | None] | None:
    return (head.date.first, head.date.last) if head.date else None


def _is_another(number: int, before: int, pages: Sequence[Page], heads: Sequence[Head | None]) -> bool:
    """Tell whether a page seems to start an issue of another newsletter than that of the masthead before."""
    head, last = heads[number], heads[before]
    if not (head and last and _is_whole(pages[number], head) and _is_whole(pages[before], last)):
        return False
    if _same_title(head, last) or not head.date or not last.date:
        return False
    dates = [(date.first.year, date.first.month) for date in (head.date, last.date)]
    return dates[0] != dates[1] and not _goes_on(pages[number], pages[number - 1])


def _is_surely_paper(head: Head) -> bool:
    """Tell whether a masthead is that of a newsletter and no heading of a piece above a number and a day."""
    if head.known:
        return True
    return bool(head.number and head.volume) and any(names_kind(line) for line in (head.title, *head.other_lines))


def _is_whole(page: Page, head: Head | None) -> bool:
    """Tell whether a masthead has a title in the largest type at the top of its page, a date, and number or volume."""
    if head is None or not head.title or head.date is None or not (head.number or head.volume):
        return False
    spoken = [(number, block) for number, block in enumerate(page.blocks) if block.role not in _BESIDE]
    if page.height is None:
        return bool(head.number and head.volume and spoken) and head.lines[0].block == spoken[0][0]
    sizes = [size for _, block in spoken for line in block.lines if (size := type_size(line))]
    own = max((line.size for line in head.lines if line.size), default=0.0)
    box = page.blocks[head.lines[0].block].box
    return own >= _LARGEST * max(sizes, default=0.0) and (box is None or box.y0 <= _TOP * page.height)


def _goes_on(page: Page, before: Page) -> bool:
    """Tell whether a page counts on from the one before, or has a running line in common with it."""
    counted = page.label.isdigit() and before.label.isdigit() and int(page.label) == int(before.label) + 1
    return counted or bool(_running(page) & _running(before))


def _running(page: Page) -> set[str]:
    """Return the running lines of a page without their figures."""
    lines = [line.text for block in page.blocks if _runs(block) for line in block.lines]
    return {plain for line in lines if len(plain := "".join(filter(str.isalpha, line.casefold()))) > len("pagina")}


def _runs(block: Block) -> bool:
    return block.role is BlockRole.FURNITURE and block.reason.startswith("running")


def _count_words(page: Page) -> int:
    spoken = [block for block in page.blocks if block.role is not BlockRole.PICTURE]
    return sum(len(line.words) for block in spoken for line in block.lines)


def _same_title(one: Head, two: Head) -> bool:
    from rapidfuzz import fuzz

    if one.known or two.known:
        return one.known == two.known
    return bool(one.title) and fuzz.ratio(one.title.casefold(), two.title.casefold()) >= _SAME_TITLE


def _as_large(one: Head, first: Head) -> bool:
    """Tell whether a masthead is set nearly as large as the first; a running head above a dated piece is not."""
    largest = [max((line.size for line in head.lines if line.size), default=0.0) for head in (one, first)]
    return largest[0] >= _AS_LARGE * largest[1]
