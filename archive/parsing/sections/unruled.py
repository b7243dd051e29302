"""Which pieces open without a line of their own for a heading?

Their first words are heavier than what follows (`**Ophalen oud papier.** Zaterdag …`) or in capitals (`GEVONDEN: …`),
or a rule or frame parts them from what is above. Such paragraphs stand inside pieces too, so they count only where the
white above them is that above headings, where a rule, a frame or a small line in capitals stands above, where the words
stand left of their text with white between, or where the issue has hardly any other headings.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from archive.model.pages import BlockRole
from archive.parsing.headlines import headline_score, is_left_open
from archive.parsing.lines import decoration, ends_sentence, is_capitals
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row, column_signs

_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{3,}(?:\s+[A-ZÀ-ÖØ-Þ'’-]{2,}){0,4}\s?[:.]?(?=\s)")
# No space between the heading and the text: `Oud papier.Zaterdag`.
_GLUED = re.compile(r"[^.:!?\n]{3,60}[a-zà-ÿ]{2}[.:!?](?=[A-ZÀ-Ý])")
# A heading that its own sign ends, and the first word of the text: `Wat doet de gemeenteraad? In`.
_CLOSED = re.compile(r"[^.:!?\n]{3,60}[.!?](?=\s\S{1,12}\Z)")
_QUOTE_OPENS = re.compile(r"\s['\"‘“„]\w*\s?\Z")
_FEW = 3
_LEAST_LETTERS = 4
_KICKER_WORDS = 3
_WIDE = 1.6  # white above beside the usual white between paragraphs
_LIKE_HEADINGS = 0.75
_READS, _READS_APART = 0.4, 0.2
_RUN_IN_CONFIDENCE, _BARE_CONFIDENCE = 0.6, 0.5
_LONG_LINE, _FULL = 45.0, 0.6  # signs of a line of running text: so many, or this share of what its column holds
_NO_TEXT = {BlockRole.LIST, BlockRole.TABLE, BlockRole.CAPTION, BlockRole.ASIDE}


def unruled_headings(rows: Sequence[Row], found: Sequence[Heading], raw: str) -> Iterator[Heading]:
    """Yield the openings of pieces without a heading line, none where a heading was found.

    A piece that opens with words of its own gets them as its heading; one that a rule or frame parts from the text
    above gets none (`first` = `last`, no `lead_end`).
    """
    firsts = [heading.first if heading.kicker is None else heading.kicker for heading in found]
    taken = {at for first, heading in zip(firsts, found, strict=True) for at in range(first, heading.last + 1)}
    usual = _usual_white(rows)
    above_headings = [heading.gap for heading in found if heading.gap is not None]
    wide = max([_WIDE * usual, *([_LIKE_HEADINGS * median(above_headings)] if above_headings else [])])
    few = len(found) < _FEW
    for at, row in enumerate(rows):
        above = rows[at - 1] if at else None
        kicker = above is not None and at - 1 not in taken and _is_kicker(above, row)
        far = row.lead_end > 0 and row.gap is not None and row.gap > wide
        if at in taken or not _opens_paragraph(None if kicker or far or row.framed else above, row):
            continue
        gap = above.gap if kicker and above is not None else row.gap
        opens = row.parted or row.framed or few or kicker or row.lead_apart or (gap is not None and gap > wide)
        lead = _lead(row, raw, full=min(_LONG_LINE, _FULL * column_signs(rows, at))) if opens else 0
        if lead:
            text = raw[row.start : lead]
            first = at - 1 if kicker else None
            yield Heading(at, at, text, _RUN_IN_CONFIDENCE, gap=gap, kicker=first, lead_end=lead)
        elif row.parted or (row.framed and not row.new_page):  # a frame may go on from the page before
            yield Heading(at, at, "", _BARE_CONFIDENCE, gap=row.gap)


def _opens_paragraph(above: Row | None, row: Row) -> bool:
    role = BlockRole.BODY if row.role is BlockRole.TABLE and row.lead_end else row.role  # a heading left of its text
    free = above is None or row.lead_apart or ends_sentence(above.text)
    return row.opens_block and role not in _NO_TEXT and free


def _is_kicker(above: Row, row: Row) -> bool:
    """Tell whether a row is a small line right above a heading that opens its text."""
    short = is_capitals(above.text) and len(above.text.split()) <= _KICKER_WORDS
    near = row.gap is not None and above.page == row.page and (above.gap is None or row.gap < above.gap)
    return bool(row.lead_end) and above.opens_block and short and near


def _usual_white(rows: Sequence[Row]) -> float:
    """Return the usual white between paragraphs, in lines; if there are enough, those that no bold words open."""
    paragraphs = [row for row in rows if row.opens_block and row.gap is not None and row.role is BlockRole.BODY]
    plain = [row for row in paragraphs if not row.lead_end]
    gaps = [row.gap for row in (plain if len(plain) >= _FEW else paragraphs) if row.gap is not None]
    return median(gaps) if gaps else 1.0


def _lead(row: Row, raw: str, *, full: float) -> int:
    """Return where the words that open a row as its heading end in the raw text; 0 if there are none."""
    end, start = row.lead_end, row.start + len(decoration(raw[row.start : row.end]))
    if closed := _GLUED.match(raw, start, end) or _CLOSED.match(raw, start, end):
        end = closed.end()
    if not is_capitals(row.text) and (capitals := _CAPITALS.match(raw, start, row.end)):
        end = max(end, capitals.end())
    while is_left_open(raw[start:end]) or _QUOTE_OPENS.search(raw, start, end):  # the text's first word seems bold too
        end = start + len(raw[start:end].rpartition(" ")[0])
    text = raw[start:end].strip().rstrip(".:")
    if sum(sign.isalpha() for sign in text) < _LEAST_LETTERS:
        return 0
    score = headline_score(text, row.text, full=full)
    return end if end and score >= (_READS_APART if row.lead_apart else _READS) else 0
