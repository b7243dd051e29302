"""Which words form lines, blocks and columns, and in which order are they read?

One analysis for the words of a text layer and of OCR alike. Its steps:

    lines.py     words to pieces and rows
    spaced.py      letters set apart
    capitals.py    drop caps
    sheet.py       what is known of the whole page:
    frames.py        rules, outlines and tints
    grid.py          where its columns start
    pages.py       pages side by side on it, headlines over both, the foot of each
    strips.py      long white strips
    columns.py     which of them part columns, and which the cells of a table
    bands.py       where stories are read row by row
    side_heads.py  headings left of their texts
    order.py       from strips to regions in reading order
    tables.py      rows of cells
    blocks.py      lines of a region to blocks
    roles.py       what each block is
    rubbish.py     letters that are no text
    drawings.py    letters that are parts of photos, rules and stars
"""

from collections.abc import Sequence

from archive.model.pages import Block, Box, Line, Word
from archive.reading.layout.blocks import cut_blocks
from archive.reading.layout.capitals import set_capitals
from archive.reading.layout.drawings import find_dashes, find_in_photos, find_on_rules, find_stars
from archive.reading.layout.frames import part_at_rules
from archive.reading.layout.lines import Piece, join_words, measure_word, merge_pieces, usual_size
from archive.reading.layout.order import find_regions
from archive.reading.layout.roles import measure_page, name_blocks
from archive.reading.layout.rubbish import (
    give_back,
    is_doubtful,
    is_mark,
    is_odd,
    is_turned,
    place_pictures,
    turned_blocks,
)
from archive.reading.layout.sheet import look_at
from archive.reading.layout.spaced import join_letters


def arrange(
    words: Sequence[Word], *, width: float, height: float, drawn: Sequence[Box] = (), photos: Sequence[Box] = ()
) -> tuple[Block, ...]:
    """Arrange the words of one page as blocks in reading order.

    Args:
        words: Every word of the page, in any order; boxes in points from the top left.
        width: The page's width in points.
        height: The page's height in points.
        drawn: Rules, outlines and tints drawn on the page, in points; thin boxes are rules.
        photos: The photos on it, in points.

    Returns:
        Blocks in reading order, each with its role and why it has it; every word stands in exactly one of them, drop
        caps and letters set apart joined to words. Words without a box on the page come last, in the order given.
    """
    shown = [word for word in words if word.text.strip()]
    loose = tuple(word for word in shown if not _has_place(word, width, height))
    placed_words = [word for word in shown if _has_place(word, width, height)]
    usual = usual_size(placed_words)
    measured = [measure_word(word, word.box, usual=usual) for word in placed_words if word.box]
    turned = [word for word in measured if is_turned(word)]
    upright = [word for word in measured if not is_turned(word)]
    dashes = find_dashes(upright, usual=usual)
    strokes = [*dashes, *find_on_rules(_without(upright, dashes), drawn, usual=usual)]
    upright = _without(upright, strokes)
    marks = [word for word in upright if is_mark(word)]
    odd = [word for word in upright if not is_mark(word) and is_odd(word, usual=usual)]
    plain = set_capitals(join_letters(_without(upright, [*marks, *odd])), usual=usual)
    joined = part_at_rules(join_words(plain, marks, usual=usual), drawn)
    pictured = find_in_photos(joined, photos, usual=usual, height=height)
    pieces = _without(joined, pictured)
    stars = find_stars(pieces, usual=usual)
    pieces = _without(pieces, [piece for row in stars for piece in row])
    blocks = _read(pieces, [*marks, *odd], drawn, usual=usual, size=(width, height))
    blocks = place_pictures(blocks, [*strokes, *pictured, *map(merge_pieces, stars)], usual=usual, drawn=True)
    placed = [*blocks, *turned_blocks(turned, width=width)]
    if loose:
        placed.append(Block((Line(loose),)))
    return tuple(placed)


def _read(
    pieces: Sequence[Piece], odd: Sequence[Piece], drawn: Sequence[Box], *, usual: float, size: tuple[float, float]
) -> tuple[Block, ...]:
    """Make blocks of pieces of text, and of odd words: as parts of lines where they stand in one, else as pictures."""
    doubtful = [piece for piece in pieces if is_doubtful(piece)]
    sure = [piece for piece in pieces if not is_doubtful(piece)]
    regions = find_regions(sure, look_at(sure, drawn, usual=usual, size=size))
    regions, apart = give_back(regions, [*doubtful, *odd], usual=usual)
    lines = [merge_pieces(row) for region in regions for row in region.rows]
    parts = [part for region in regions for part in cut_blocks(region, lines, usual=usual)]
    blocks = name_blocks(parts, measure_page(parts, drawn, usual=usual, height=size[1]))
    return place_pictures(blocks, apart, usual=usual)


def _without(pieces: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    taken = set(map(id, others))
    return [piece for piece in pieces if id(piece) not in taken]


def _has_place(word: Word, width: float, height: float) -> bool:
    """Tell whether a word has a box that lies on the page or near it."""
    box = word.box
    if box is None or not box.x0 <= box.x1 or not box.y0 <= box.y1:
        return False
    return box.x0 > -width and box.x1 < 2 * width and box.y0 > -height and box.y1 < 2 * height
