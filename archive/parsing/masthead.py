"""Which newsletter, date, number and edition; where does the next issue in this scan start?

Each fact is taken from the first source that gives it: the masthead, the running text, the file's name.
The masthead's words stay on the page as furniture.

    head.py           which lines at the top of a page are the masthead
    head_lines.py     which lines stand there, and what does each say
    openers.py        which of them are headings over text of their own
    publisher.py      which below it belong to it
    nameplate.py      which blocks elsewhere say nothing else
    numbering.py      number, volume and date of a line
    running_heads.py  what heads and feet say
    issue_date.py     the date as reckoned from the text
    issue_name.py     the sender named in the text
    filename.py       what the file's name says
    issue_facts.py    which of these is believed
    issue_starts.py   on which pages issues start
    returns.py        on which pages of a bound volume a masthead returns
    hints.py          what is known beside the pages
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.languages import detect_language
from archive.model.issues import FactSource, Issue
from archive.model.pages import Block, BlockRole, Box, Line, Page, TextSource
from archive.parsing.filename import FileFacts, read_filename
from archive.parsing.head import Head, find_head
from archive.parsing.hints import Hints
from archive.parsing.issue_facts import Clues, choose_date, choose_newsletter, choose_number, list_dates
from archive.parsing.issue_starts import find_starts
from archive.parsing.nameplate import nameplate_blocks
from archive.parsing.openers import find_openers
from archive.parsing.running_heads import read_running_heads
from archive.parsing.series.signature import front_pages, read_traits
from archive.parsing.series.sketch import (
    IssueSketch,
    PrintedDay,
    first_line,
    large_name,
    printed_days,
    printed_numbers,
    whole_names,
)
from archive.parsing.title import names_no_paper

__all__ = ["Hints", "find_issues", "sketch_issues"]


def find_issues(
    pages: Sequence[Page], scan_sha256: str, hints: Hints, *, languages: Sequence[str]
) -> tuple[Issue, ...]:
    """Split the pages of a scan into issues and tell what each is.

    Args:
        pages: All pages of the scan, furniture marked.
        scan_sha256: The scan's digest.
        hints: What is known beside the pages.
        languages: ISO 639-1 codes of the archive's newsletters, most used first.

    Returns:
        At least one issue, in order of pages; blocks of a masthead have role furniture and reason `masthead`.
    """
    issues = []
    for each in _parts(pages, hints, languages):
        shown = _set_aside(each.pages, each.head, each.masthead, languages[0] if languages else "nl")
        issue = _describe(each.clues, shown, scan_sha256)
        told = (hints.told or {}).get(each.pages[0].number if each.pages else 1)
        evidence = issue.date_evidence + each.doubt
        issue = replace(issue, language=detect_language(each.clues.text, languages), date_evidence=evidence)
        issues.append(told.of(issue) if told else issue)
    return tuple(issues)


def sketch_issues(pages: Sequence[Page], hints: Hints, *, languages: Sequence[str]) -> tuple[IssueSketch, ...]:
    """Tell of each issue of a scan what may tell its series and its place in it."""
    parts = list(_parts(pages, hints, languages))
    return tuple(_sketch(part, hints, languages, len(parts)) for part in parts)


@dataclass(frozen=True, slots=True)
class _Part:
    """One issue of a scan: its pages, the nth of which (from 0) has the masthead, and all that may tell what it is."""

    pages: tuple[Page, ...]
    masthead: int
    head: Head | None
    clues: Clues
    doubt: str


def _parts(pages: Sequence[Page], hints: Hints, languages: Sequence[str]) -> Iterator[_Part]:
    language = languages[0] if languages else "nl"
    known = hints.known_names()
    file = read_filename(hints.file)
    openers = find_openers(pages)
    heads = [find_head(page, known, language, called=file.name, openers=openers) for page in pages]
    starts = find_starts(pages, heads)
    if len(starts) > 1:
        file = FileFacts(file.name, "", None)  # its number and date can be those of one issue at most
    ends = [start.page for start in starts[1:]]
    for start, end in zip(starts, [*ends, len(pages)], strict=True):
        part, head = tuple(pages[start.page : end]), heads[start.masthead] if heads else None
        typed = bool(part) and part[0].text_source is TextSource.TEXT_LAYER
        running = read_running_heads(part, language)
        clues = Clues(_text_of(part), head, running, file, hints, as_printed=typed, counted=start.number)
        doubt = "".join(_doubt(pages[number], heads[number]) for number in start.doubtful)
        yield _Part(part, start.masthead - start.page, head, clues, doubt)


def _sketch(part: _Part, hints: Hints, languages: Sequence[str], parts: int) -> IssueSketch:
    clues, head = part.clues, part.head
    name, slug, told_by = choose_newsletter(clues)
    number, source = choose_number(clues)
    front = part.pages[part.masthead] if part.pages else None
    dates = list(list_dates(clues))
    against = "".join(f"; {each.evidence}" for each in dates if each.date is None)
    days = [PrintedDay(str(each.date), each.source.value, each.evidence) for each in dates if each.date]
    days += printed_days(front, languages[0] if languages else "nl") if front else ()
    days.sort(key=lambda day: day.source == FactSource.NONE)  # what is only inferred comes last
    behind = [name for page in front_pages(part.pages)[1:] for name in (first_line(page), large_name(page))]
    names = (*behind, large_name(front) if front else "", head.title if head else "", clues.running.name)
    return IssueSketch(
        file=hints.file,
        first_page=part.pages[0].number if part.pages else 1,
        parts=parts,
        name=name,
        printed_name=told_by is FactSource.MASTHEAD or (bool(name) and name == clues.running.name),
        known=slug if slug in {each for each, _, _ in hints.newsletters} else "",
        names=whole_names(names),
        number=number,
        number_source=source.value,
        numbers=printed_numbers(front) if front else (),
        volume=head.volume if head else "",
        days=tuple(days),
        traits=read_traits(part.pages, hints.file, languages),
        doubt=part.doubt + against,
    )


def _doubt(page: Page, head: Head | None) -> str:
    """Say that a page may start an issue of its own."""
    title = head.title if head else ""
    return (
        f"; page {page.number} may start an issue of another newsletter: it prints '{title}' with a number and a date"
    )


def _text_of(pages: Sequence[Page]) -> str:
    texts = [[block.text for block in page.blocks if block.role is not BlockRole.PICTURE] for page in pages]
    return "\f".join("\n\n".join(blocks) for blocks in texts)


def _describe(clues: Clues, pages: tuple[Page, ...], sha256: str) -> Issue:
    head = clues.head
    name, slug, name_source = choose_newsletter(clues)
    number, number_source = choose_number(clues)
    dated = choose_date(clues)
    return Issue(
        id="",
        newsletter=name,
        slug=slug,
        title=head.title if head and not names_no_paper(head.title) else "",
        scan=sha256,
        pages=pages,
        number=number,
        volume=head.volume if head else "",
        date=dated.date,
        newsletter_source=name_source,
        number_source=number_source,
        date_source=dated.source,
        date_evidence=dated.evidence,
    )


def _set_aside(pages: tuple[Page, ...], head: Head | None, at: int, language: str) -> tuple[Page, ...]:
    """Give the masthead's lines on one page role furniture; a block that goes on as running text is parted."""
    if not pages:
        return pages
    taken: dict[int, set[int]] = {}
    for line in head.lines if head else ():
        taken.setdefault(line.block, set()).add(line.line)
    for number in nameplate_blocks(pages[at], head.title if head else "", language=language):
        taken[number] = set(range(len(pages[at].blocks[number].lines)))
    blocks: list[Block] = []
    for number, block in enumerate(pages[at].blocks):
        blocks += _part(block, taken.get(number, set()))
    return (*pages[:at], replace(pages[at], blocks=tuple(blocks)), *pages[at + 1 :])


def _part(block: Block, lines: set[int]) -> list[Block]:
    if not lines:
        return [block]
    cut = max(lines) + 1
    above, below = block.lines[:cut], block.lines[cut:]
    masthead = Block(above, _around(above) or block.box, BlockRole.FURNITURE, "masthead")
    return [masthead, replace(block, lines=below, box=_around(below) or block.box)] if below else [masthead]


def _around(lines: Sequence[Line]) -> Box | None:
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return None
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))
