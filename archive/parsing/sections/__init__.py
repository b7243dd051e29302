"""Where does a section start and end?

rows.py      what each line looks like
headings.py  which lines open a section
assemble.py  what is in a section
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.model.issues import Cleaned, Section, Transcript
from archive.model.pages import BlockRole
from archive.parsing.furniture import CONTENTS
from archive.parsing.lines import decoration, ends_full, plain_words
from archive.parsing.sections.assemble import Bounds, make_sections
from archive.parsing.sections.heading import Heading, calibrated
from archive.parsing.sections.headings import find_headings
from archive.parsing.sections.rows import Row, make_rows

_LEAD_CONFIDENCE = 0.6
_LEAST_LEAD_WORDS, _LEAST_LEAD_SIGNS = 16, 25


def find_sections(transcript: Transcript, cleaned: Cleaned, *, languages: Sequence[str]) -> tuple[Section, ...]:
    """Cut an issue into its sections.

    Args:
        transcript: The issue as one string; words of furniture and pictures belong to no section's text.
        cleaned: The same text with its edits.
        languages: ISO 639-1 codes that the archive is read in.

    Returns:
        The sections in reading order, with empty ids, no verdict and no mentions. What stands before the first heading
        is a section without one, unless it is a scrap of a masthead.
    """
    rows = make_rows(transcript, cleaned)
    if not rows:
        return ()
    headings = find_headings(rows, _contents(transcript), raw=transcript.raw)
    bounds = list(_bounds(transcript, rows, headings))
    return make_sections(transcript, cleaned, bounds, languages=languages)


def _contents(transcript: Transcript) -> tuple[str, ...]:
    """Return the lines of the tables of contents."""
    blocks = (block for page in transcript.pages for block in page.blocks)
    return tuple(line.text for block in blocks if block.reason == CONTENTS for line in block.lines)


def _bounds(transcript: Transcript, rows: Sequence[Row], headings: Sequence[Heading]) -> Iterator[Bounds]:
    """Yield where each section starts and ends."""
    starts = list(headings)
    named = {plain_words(heading.text) for heading in headings}
    if not starts or _is_lead([row for row in rows[: _first_row(starts[0])] if plain_words(row.text) not in named]):
        starts.insert(0, Heading(0, 0, "", _LEAD_CONFIDENCE))
    else:
        starts[0] = _with_lines_above(starts[0], rows)
    for number, heading in enumerate(starts):
        start, sure = rows[_first_row(heading)].start, calibrated(heading.confidence)
        stop = rows[_first_row(starts[number + 1])].start if number + 1 < len(starts) else len(transcript.raw)
        words = transcript.words_between(start, stop)
        end = max((word.end for word in words if word.role is not BlockRole.FURNITURE), default=start)
        if heading.last == heading.first and not heading.lead_end:
            yield Bounds(start, start, start, end, sure)
        else:
            first = rows[heading.first]
            mark = decoration(transcript.raw[first.start : first.end])
            span = first.start + len(mark), heading.lead_end or rows[heading.last - 1].end
            comma = heading.text.endswith(",")
            yield Bounds(start, *span, max(end, span[1]), sure, comma=comma)


def _is_lead(rows: Sequence[Row]) -> bool:
    """Tell whether the rows before the first heading say something; scraps of a masthead do not."""
    words = sum(len(row.text.split()) for row in rows)
    return words >= _LEAST_LEAD_WORDS or any(ends_full(row.text) and len(row.text) > _LEAST_LEAD_SIGNS for row in rows)


def _with_lines_above(heading: Heading, rows: Sequence[Row]) -> Heading:
    """Take the few lines right above the first heading of a dump into its section, as a salutation is."""
    first = _first_row(heading)
    if rows[first].box is not None or rows[first].opens_block:
        return heading
    opening = max(at for at in range(first) if rows[at].opens_block or not at)
    return replace(heading, kicker=opening)


def _first_row(heading: Heading) -> int:
    return heading.first if heading.kicker is None else heading.kicker
