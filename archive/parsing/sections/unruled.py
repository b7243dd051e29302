"""Which pieces open without a line of their own for a heading?

Their first words are heavier than what follows (`**Ophalen oud papier.** Zaterdag …`) or in capitals (`GEVONDEN: …`),
or a rule parts them from what is above. Such paragraphs stand inside pieces too, so they count only where the white
above them is that above headings, where a rule stands above, or where the issue has hardly any other headings.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from archive.model.pages import BlockRole
from archive.parsing.headlines import headline_score
from archive.parsing.lines import ends_sentence, is_capitals
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.rows import Row

_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{3,}(?:\s+[A-ZÀ-ÖØ-Þ'’-]{2,}){0,4}\s?[:.]?(?=\s)")
# No space between the heading and the text: `Oud papier.Zaterdag`.
_GLUED = re.compile(r"[^.:!?\n]{3,60}[a-zà-ÿ]{2}[.:!?](?=[A-ZÀ-Ý])")
_FEW = 3
_LEAST_LETTERS = 4
_WIDE = 1.6  # white above beside the usual white between paragraphs
_LIKE_HEADINGS = 0.75
_READS = 0.4
_RUN_IN_CONFIDENCE, _BARE_CONFIDENCE = 0.6, 0.5
_NO_TEXT = {BlockRole.LIST, BlockRole.TABLE, BlockRole.CAPTION, BlockRole.ASIDE}


def unruled_headings(rows: Sequence[Row], found: Sequence[Heading], raw: str) -> Iterator[Heading]:
    """Yield the openings of pieces without a heading line, none where a heading was found.

    A piece that opens with words of its own gets them as its heading; one that a rule parts from the text above gets
    none (`first` = `last`, no `lead_end`).
    """
    firsts = [heading.first if heading.kicker is None else heading.kicker for heading in found]
    taken = {at for first, heading in zip(firsts, found, strict=True) for at in range(first, heading.last + 1)}
    usual = _usual_white(rows)
    above_headings = [heading.gap for heading in found if heading.gap is not None]
    wide = max([_WIDE * usual, *([_LIKE_HEADINGS * median(above_headings)] if above_headings else [])])
    few = len(found) < _FEW
    for at, row in enumerate(rows):
        if at in taken or not _opens_paragraph(rows[at - 1] if at else None, row):
            continue
        opens = row.parted or few or (row.gap is not None and row.gap > wide)
        lead = _lead(row, raw) if opens else 0
        if lead:
            text = raw[row.start : lead]
            yield Heading(at, at, text, _RUN_IN_CONFIDENCE, gap=row.gap, lead_end=lead)
        elif row.parted:
            yield Heading(at, at, "", _BARE_CONFIDENCE, gap=row.gap)


def _opens_paragraph(above: Row | None, row: Row) -> bool:
    role = BlockRole.BODY if row.role is BlockRole.TABLE and row.lead_end else row.role  # a heading left of its text
    return row.opens_block and role not in _NO_TEXT and (above is None or ends_sentence(above.text))


def _usual_white(rows: Sequence[Row]) -> float:
    """Return the usual white between paragraphs, in lines."""
    gaps = [row.gap for row in rows if row.opens_block and row.gap is not None and row.role is BlockRole.BODY]
    return median(gaps) if gaps else 1.0


def _lead(row: Row, raw: str) -> int:
    """Return where the words that open a row as its heading end in the raw text; 0 if there are none."""
    end = row.lead_end
    if glued := _GLUED.match(raw, row.start, end):
        end = glued.end()
    if not end and not is_capitals(row.text):
        match = _CAPITALS.match(raw, row.start, row.end)
        end = match.end() if match else 0
    text = raw[row.start : end].strip().rstrip(".:")
    if sum(sign.isalpha() for sign in text) < _LEAST_LETTERS:
        return 0
    return end if end and headline_score(text, row.text) >= _READS else 0
