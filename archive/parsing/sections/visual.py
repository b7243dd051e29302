"""Which rows open sections where there is layout?

A heading stands out (larger, heavier, in capitals), has more white above it than below it, stands right above text in
its own column, and reads like a heading. A pull quote stands out too, but has white on both sides of it or cuts through
a sentence; letters of a picture stand alone. Headings of the type and size of the text stand left of it, or have white
above them alone; where they are bold or the whole issue is in small letters, they may open small.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from statistics import median

from archive.model.pages import BlockRole
from archive.parsing.headlines import headline_score, is_left_open, opens_in_mid_sentence
from archive.parsing.lines import (
    decoration,
    ends_sentence,
    is_capitals,
    opens_with_time,
    starts_small,
)
from archive.parsing.sections.flow import fills_its_block, had_room, opens_paragraph, prints_small, runs_in, runs_on
from archive.parsing.sections.heading import Heading
from archive.parsing.sections.inner import is_day
from archive.parsing.sections.numbered import is_numbered, number_of, opens_numbered_list
from archive.parsing.sections.quotes import is_pull_quote
from archive.parsing.sections.rows import Row, column_signs
from archive.parsing.wording import is_salutation

_LARGER, _MUCH_LARGER = 1.08, 1.38
_CLEARLY_LARGER = 1.14
_SMALLER = 0.85
_HEAVIEST = 3.5  # no type is so heavy for its size: a patch of a picture
_LEAST_LOOK, _LEAST = 0.25, 1.0
_MOST_ROWS, _MOST_SIGNS = 4, 170
_NARROW_SIGNS = 100  # of one that has more rows, in a narrow column
_LEAST_LETTERS = 3
_SAME_SIZE, _SMALL_BELOW = 0.2, 0.75
_SHORT_ROW = 14
_SOON = 20  # rows
_FURTHER_LINE, _NOT_SMALLER = 1.5, 0.8  # a short further line of a heading may seem so much larger than the first
_CLOSE = 1.0
_NEARLY_FULL = 0.75
_LINE_WHITE = 0.5  # less than this is white between lines of a text
_LONE_WHITE = 2.6  # more white than this below a heading parts it from the text
_LEANS, _LEANS_MUCH, _LEANS_MOST = 0.7, 2.0, 3.5
_FAR_APART = 0.55  # what the most white says
_SALUTATION_READS = 0.5
_OVER_LIST = 0.15  # what short lines below a heading take from it, which a list has
_KICKER_WORDS, _STOPPED_WORDS = 3, 4
_BESIDE = 0.4  # what it says for a row that its text stands to the right of it
_OUTDENTED, _INDENT, _INDENTED = 0.35, 1.4, 2  # what an outdent says; how deep it is, in type sizes; lines of text
_LONG_LINE, _FULL = 45.0, 0.6  # signs of a line of running text: so many, or this share of what its column holds


def visual_headings(rows: Sequence[Row]) -> Iterator[Heading]:
    """Yield the headings among the rows of an issue, subheadings included."""
    usual, small = usual_type(rows), prints_small(rows)
    at = 0
    while at < len(rows):
        last = at + 1
        if _look(rows, at, usual) >= _LEAST_LOOK and not runs_in(rows, at):
            while last < len(rows) and _goes_on(rows, at, last, usual):
                last += 1
            heading = _heading(rows, at, last, usual, small=small) or _over_lead(rows, at, last, usual, small=small)
            if heading is not None:
                yield heading
            else:
                last = at + 1 if rows[at].opens_block and last - at > 1 else last
        at = last


def usual_type(rows: Sequence[Row]) -> float:
    """Return the type size of running text."""
    sizes = [row.size for row in rows for _ in range(len(row.text)) if row.size and row.role is not BlockRole.HEADING]
    return median(sizes) if sizes else 1.0


def _look(rows: Sequence[Row], at: int, usual: float) -> float:
    """Tell how much one row stands out by its own type and place, about 0 to 1.5."""
    row = rows[at]
    share = (row.size or usual) / usual
    value = min(1.0, max(0.0, (share - _LARGER) / (_MUCH_LARGER - _LARGER))) * 0.6
    value += 0.45 if row.bold else 0.0
    value += 0.3 if is_capitals(row.text) else 0.0
    value += 0.25 if row.role is BlockRole.HEADING else 0.0
    value += 0.3 if row.parted else 0.0
    value -= 0.4 if row.role is BlockRole.CAPTION or (row.role is BlockRole.TABLE and not _is_alone(rows, at)) else 0.0
    value -= 0.3 if share < _SMALLER and not _is_mostly_capitals(row.text) else 0.0  # small capitals are low
    return value + _place(rows, at, at + 1)


def _is_mostly_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(sign.isupper() for sign in letters) > len(letters)


def _is_alone(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row is a block by itself."""
    return rows[at].opens_block and at + 1 < len(rows) and rows[at + 1].opens_block


def _lean(above: float | None, below: float | None) -> float:
    """Tell how much the white around a row says that it belongs to what is below it."""
    if below is None:
        return -0.4  # a heading never ends a column
    if above is None:
        return 0.15
    if above - below >= _LEANS:
        return 0.55 if above - below >= _LEANS_MOST else 0.4 if above - below >= _LEANS_MUCH else 0.3
    return 0.0


def _goes_on(rows: Sequence[Row], first: int, at: int, usual: float) -> bool:
    """Tell whether a row is a further line of the heading that starts at `first` and ends above it."""
    row, below = rows[at - 1], rows[at]
    also = (below.size or usual) / usual
    large = min(((row.size or usual) / usual for row in rows[first:at]), key=lambda size: abs(size - also))
    if row.page != below.page or below.gap is None or below.gap > _CLOSE * max(1.0, large) or _drops(large, also):
        return False
    first_of_row = _opens_row(rows, at) and not is_numbered(row.text)
    one_block = row.role is below.role is BlockRole.HEADING and row.block == below.block
    if (one_block and not first_of_row) or _is_unfinished(rows, at, usual):
        return True
    if first_of_row or had_room(row, below, rows[at + 1] if at + 1 < len(rows) else None):
        return False
    same_size = abs(large - also) <= _SAME_SIZE * max(large, also) or (
        len(below.text) < _SHORT_ROW and below.bold and _NOT_SMALLER * large < also < _FURTHER_LINE * large
    )
    if same_size and min(large, also) >= _MUCH_LARGER:
        return True
    if not same_size or row.bold != below.bold or is_capitals(row.text) != is_capitals(below.text):
        return False
    return row.bold or min(large, also) >= _CLEARLY_LARGER or (is_capitals(row.text) and row.block == below.block)


def _opens_row(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row is the first day of a programme, or the first of numbered points: another follows soon."""
    text, behind = rows[at].text, rows[at + 1 : at + _SOON]
    if is_day(text):
        return any(is_day(row.text) for row in behind)
    return is_numbered(text) and any(number_of(row.text) == number_of(text) + 1 for row in behind)


def _drops(size: float, below: float) -> bool:
    """Tell whether a line in clearly larger type stands above a far smaller one, as a byline is."""
    return size >= _CLEARLY_LARGER and below < _SMALL_BELOW * size


def _is_unfinished(rows: Sequence[Row], at: int, usual: float) -> bool:
    """Tell whether the heading above a row cannot end there (`Uit de vergadering van het`) and ends with the row."""
    row, below = rows[at - 1], rows[at]
    after = rows[at + 1] if at + 1 < len(rows) else None
    stands_out = row.bold or row.role is BlockRole.HEADING or (row.size or usual) >= _CLEARLY_LARGER * usual
    if after is None or after.page != below.page or not stands_out:
        return False
    short = len(below.text) < _NEARLY_FULL * column_signs(rows, at)
    return short and is_left_open(row.text) and (below.bold or not starts_small(after.text))


def _heading(rows: Sequence[Row], first: int, last: int, usual: float, *, small: bool) -> Heading | None:
    """Return the heading that a group of rows makes, or None if it is none."""
    group = rows[first:last]
    text = _printed(group)
    if last >= len(rows) or _is_too_long(group, text) or _is_drawn(group, text):
        return None
    share = median([row.size or usual for row in group]) / usual
    bold = sum(row.bold for row in group) * 2 > len(group)
    plain = share < _CLEARLY_LARGER and not is_capitals(text) and not (bold and group[0].opens_block)
    if _is_of_the_text(rows, last, plain=plain, small=small) or opens_numbered_list(text, rows[last].text):
        return None
    if share < _CLEARLY_LARGER and runs_in(rows, last) and _is_kicker(group, text):
        return None
    apart = _lean(group[0].gap or 0.0, rows[last].gap) >= _FAR_APART  # a capital may be misread there
    reads = headline_at(rows, first, last, small=small or (group[0].opens_block and (bold or apart)))
    if reads == 0.0 and not (share >= _MUCH_LARGER and bold and text[-1] not in ",;"):
        return None
    look = _group_look(rows, first, last, usual)
    if is_pull_quote(rows, first, last, bold=bold) or look + reads < _LEAST:
        return None
    share = max(share, _beside_own_text(group, rows[last:]))
    rank = share + 0.12 * bold + 0.1 * is_capitals(text)
    confidence = min(0.99, 0.3 + 0.35 * min(1.3, look) + 0.3 * reads)
    above = group[0].gap if group[0].opens_block else 0.0
    return Heading(first, last, text, confidence, size=share, rank=rank, gap=above, below=rows[last].gap)


def _is_too_long(group: Sequence[Row], text: str) -> bool:
    return len(text) > (_MOST_SIGNS if len(group) <= _MOST_ROWS else _NARROW_SIGNS)


def _over_lead(rows: Sequence[Row], first: int, last: int, usual: float, *, small: bool) -> Heading | None:
    """Return the heading above a first paragraph that looks like it, as a bold one does: it ends where it had room."""
    for end in range(first + 1, min(first + _MOST_ROWS, last - 1)):
        row, below = rows[end - 1], rows[end]
        if len(row.text) + len(below.text.split()[0]) < _NEARLY_FULL * len(below.text):
            return _heading(rows, first, end, usual, small=small)
    return None


def _printed(group: Sequence[Row]) -> str:
    """Return the text of a heading, without marks before it or the comma that a speck after capitals is read as."""
    text = " ".join(row.text for row in group)
    text = text.removeprefix(decoration(text))
    return text.rstrip(",") if group[0].bold and is_capitals(text) and not is_salutation(text) else text


def _is_of_the_text(rows: Sequence[Row], last: int, *, plain: bool, small: bool) -> bool:
    """Tell whether rows that end above a row are running text that goes on in it; in `plain` type less shows that."""
    row, below = rows[last - 1], rows[last]
    if plain:
        return fills_its_block(row, below) or opens_paragraph(rows, last, small=small)
    return fills_its_block(row, below) and runs_on(row, below)


def _is_drawn(group: Sequence[Row], text: str) -> bool:
    """Tell whether rows are an ornament or a patch of a picture that was read as letters."""
    heavy = any(row.weight is not None and row.weight > _HEAVIEST for row in group)
    return heavy or sum(sign.isalpha() for sign in text) < _LEAST_LETTERS


def _is_kicker(group: Sequence[Row], text: str) -> bool:
    """Tell whether rows above a heading that opens its text are a small line over it."""
    return len(group) == 1 and not group[0].bold and is_capitals(text) and len(text.split()) <= _KICKER_WORDS


def _beside_own_text(group: Sequence[Row], below: Sequence[Row]) -> float:
    """Return the type size of a heading beside the text below it, which may be smaller than usual (a side box)."""
    sizes = [row.size for row in group if row.size]
    text = [row.size for row in takewhile(lambda row: row.block == below[0].block, below) if row.size]
    return median(sizes) / median(text) if sizes and text else 0.0


def headline_at(rows: Sequence[Row], first: int, last: int, *, small: bool) -> float:
    """Tell how much a group of rows reads like a heading where it stands; `small` ones may open small."""
    above, text = rows[first - 1] if first else None, " ".join(row.text for row in rows[first:last])
    if rows[first].bold or is_capitals(text):
        text = _printed(rows[first:last])
    if is_salutation(text):
        return _SALUTATION_READS
    near = rows[first].gap is not None and (rows[first].gap or 0.0) < _LINE_WHITE
    if above is not None and opens_in_mid_sentence(text) and (near or not small) and not ends_sentence(above.text):
        return 0.0
    open_above = above is not None and not ends_sentence(above.text) and not rows[first].opens_block
    if rows[first].bold and len(text.split()) <= _STOPPED_WORDS:
        text = text.removesuffix(".")  # some issues end each heading with a stop
    shown_above = above.text if above is not None and open_above else ""
    full = min(_LONG_LINE, _FULL * column_signs(rows, last))
    apart = rows[first].bold or rows[first].role is BlockRole.HEADING
    if apart and not opens_with_time(text):
        text = text.replace(": ", " ", 1)  # `Recept: appeltaart` set apart is no row of a table
    reads = headline_score(text, rows[last].text, above=shown_above, full=full, small=small)
    over_list = reads > 0 and apart and rows[last].role in {BlockRole.LIST, BlockRole.TABLE}
    return reads + _OVER_LIST if over_list else reads


def _group_look(rows: Sequence[Row], first: int, last: int, usual: float) -> float:
    """Tell how much a group of rows stands out: its type on the mean, its place by its edges."""
    below = rows[last]
    plain = [_look(rows, at, usual) - _place(rows, at, at + 1) for at in range(first, last)]
    value = sum(plain) / len(plain) + _place(rows, first, last)
    if below.gap is not None and below.gap > _LONE_WHITE:
        value -= 0.3
    return value


def _place(rows: Sequence[Row], first: int, last: int) -> float:
    """Return the part of the look of rows that their place gives."""
    row, below = rows[first], rows[last] if last < len(rows) else None
    if not row.opens_block or below is None:
        return 0.0
    if _hangs(rows[first:last], below):
        return _BESIDE
    outdented = _OUTDENTED if _is_outdented(rows, first, last) else 0.0
    return outdented + _lean(row.gap, below.gap if below.page == row.page else None)


def _is_outdented(rows: Sequence[Row], first: int, last: int) -> bool:
    """Tell whether rows start left of the text above and below them, which has an indent of its own."""
    row, around = rows[first], [*rows[max(0, first - 1) : first], *rows[last : last + _INDENTED]]
    boxes = [each.box for each in around if each.box is not None and each.page == row.page]
    if row.box is None or not row.size or len(boxes) < _INDENTED + (not row.new_page):
        return False
    nearest, furthest = min(box.x0 for box in boxes), max(box.x0 for box in boxes)
    return nearest - row.box.x0 > _INDENT * row.size and furthest - nearest < _INDENT * row.size


def _hangs(group: Sequence[Row], below: Row) -> bool:
    """Tell whether rows stand left of the text that follows them, on one level with its first line."""
    boxes = [row.box for row in group if row.box is not None]
    if not boxes or below.box is None or below.page != group[0].page:
        return False
    level = min(boxes[0].y1, below.box.y1) - max(boxes[0].y0, below.box.y0)
    return below.box.x0 > max(box.x1 for box in boxes) and 2 * level > boxes[0].y1 - boxes[0].y0
