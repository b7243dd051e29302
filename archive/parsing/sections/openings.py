"""Which paragraphs of a dump open a piece, though no line above them says so?

Some issues set a heading into the first line of its text (`Oud papier. Zaterdag halen wij het op.`). A dump does not
show that it was bold, and any paragraph may open with a few words and a stop; where many do, these are headings. Others
part their pieces by stars, which an engine reads as a few letters (`Kk *`, `fe es`). Such scraps stand anywhere on a
worn page; where they come back between the end of one paragraph and the next, they are stars.
"""

import re
from collections.abc import Iterator, Sequence

from archive.parsing.dates.calendar import load_calendar
from archive.parsing.headlines import headline_score
from archive.parsing.lines import ends_sentence, is_list_item
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row, column_signs
from archive.parsing.sections.shorn import shorn
from archive.parsing.wording import is_salutation

_WORDS, _SENTENCE = r"\W{0,3}(?P<words>\w[^.:;!?,\n]{2,40}?)\s?", r"(?=\s+['‘“]?[A-ZÀ-Þ\d])"
_LEAD = re.compile(rf"{_WORDS}(?P<stop>[.:!?]['’]?){_SENTENCE}")
# A stop was read as a comma, a capital as another sign, or the space after the stop is lost.
_MISREAD_LEAD = re.compile(rf"{_WORDS}(?P<stop>[.:!?]['’]?(?=\s*\w)|[,;]{_SENTENCE})")
_SCRAP, _LONGEST_SCRAP = re.compile(r"\W*(?:[^\W\d]{1,3}(?:\W+|\Z)){1,5}"), 12  # signs
_MOST_WORDS = 5
_LEAST = 3  # of either that make a habit
_MANY_LEADS, _MANY_SCRAPS = 0.35, 0.5  # beside the paragraphs, those right below a heading left out
_FULL, _SHORT = 0.7, 0.6  # of a full line: the first of a paragraph, and one that ends another
_LEAST_SIGNS = 25  # of the first line of a paragraph
_READS = 0.4
_LEAD_CONFIDENCE, _STARS_CONFIDENCE = 0.6, 0.5


def with_openings(rows: Sequence[Row], found: Sequence[Heading], raw: str) -> list[Heading]:
    """Return the headings found in an issue without layout and those of its paragraphs that open pieces.

    Args:
        rows: The rows of the issue.
        found: Its headings that are lines of their own; misread stars among them are left out.
        raw: The text that the rows were cut from.
    """
    paragraphs = [at for at in range(len(rows)) if opens_paragraph(rows, at)]
    stars = [at for at in paragraphs if at and _is_scrap(rows[at - 1].text)]
    if len(stars) >= max(_LEAST, _MANY_SCRAPS * len(paragraphs)):
        scraps = {at - 1 for at in stars}
        found = [heading for heading in found if not scraps.issuperset(range(heading.first, heading.last))]
        taken = {at for heading in found for at in rows_of(heading)}
        found = [*found, *(Heading(at, at, "", _STARS_CONFIDENCE) for at in stars if at not in taken)]
    taken = {at for heading in found for at in (*rows_of(heading), heading.last)}
    return [*found, *_lead_headings(rows, [at for at in paragraphs if at not in taken], raw)]


def rows_of(heading: Heading) -> range:
    """Return the rows of a heading, with the small line above it."""
    return range(heading.first if heading.kicker is None else heading.kicker, heading.last)


def _lead_headings(rows: Sequence[Row], paragraphs: Sequence[int], raw: str) -> Iterator[Heading]:
    """Yield the words that open paragraphs as their headings, where that is the habit."""
    leads = sum(_lead(_LEAD, rows[at], raw, small=False) > 0 for at in paragraphs)
    if leads >= max(_LEAST, _MANY_LEADS * len(paragraphs)):
        for at in paragraphs:
            if end := _lead(_MISREAD_LEAD, rows[at], raw, small=True):
                text = raw[rows[at].start : end].strip().rstrip(",;")
                yield Heading(at, at, text, _LEAD_CONFIDENCE, lead_end=end)


def opens_paragraph(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row is a full line with white above it, below one that ends a text or a scrap."""
    row, full = rows[at], column_signs(rows, at)
    if is_list_item(row.text) or len(row.text) < max(_LEAST_SIGNS, _FULL * full):
        return False
    if not at:
        return True
    above = shorn(rows[at - 1].text)
    if not row.opens_block:
        return ends_sentence(above) and len(above) < _FULL * full
    return ends_sentence(above) or len(above) < _SHORT * full


def _is_scrap(text: str) -> bool:
    return len(text) <= _LONGEST_SCRAP and _SCRAP.fullmatch(text) is not None


def _lead(pattern: re.Pattern[str], row: Row, raw: str, *, small: bool) -> int:
    """Return where the words that open a row as its heading, and their stop, end in the raw text; 0 if none do."""
    match = pattern.match(raw, row.start, row.end)
    if match is None or len(match["words"].split()) > _MOST_WORDS or is_salutation(match["words"]):
        return 0
    if re.fullmatch(load_calendar().weekdays, match["words"].strip(), re.IGNORECASE):
        return 0  # Dinsdag: what is on that day
    reads = headline_score(match["words"], row.text, full=_LEAST_SIGNS, small=small) >= _READS
    return match.end("stop") if reads else 0
