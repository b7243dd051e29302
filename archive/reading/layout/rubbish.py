"""Which letters were read out of pictures, rules and stains?

A word is odd when no letters have its shape, a piece doubtful when the engine is unsure of it and no word list knows
it. Neither takes part in the search for columns. What then turns out to stand in a line of text goes back there; the
rest is kept apart with the role `picture`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.languages import is_known, words_of
from archive.model.pages import Block, BlockRole, Line
from archive.reading.layout.lines import Piece, box_of, line_of
from archive.reading.layout.order import Region

_UNKNOWN, _NO_LETTERS = "the engine is unsure and no word is known", "no letters"
_DRAWN = "part of a photo, a rule or a row of stars"
_LANGUAGES = ("nl", "en")
_UNSURE = 0.55  # mean confidence of a line that is no text
_UNSURE_SHORT = 0.6  # the same for lines of up to three letters
_SHORT = 3
_NO_TEXT = 0.25  # the same of several words, though one of them is known
_UNSURE_ROW = 0.7  # of each word of a row in which no word is known
_KNOWN_LETTERS = 4  # shorter words are known by chance
# A longer word that no list knows is taken for one if its letters alternate, unless the engine is very unsure.
_SHAPED_LETTERS, _SHAPED_SURE = 6, 0.35
_SHAPE = re.compile(r"[^aeiouyáéíóúàèëïöü]{0,4}(?:[aeiouyáéíóúàèëïöü]{1,4}[^aeiouyáéíóúàèëïöü]{1,5})+[aeiouyë]{0,3}")
_SMALL, _HUGE = 0.3, 6.0  # heights, in type sizes
_NARROW, _BROAD = 0.16, 1.6  # widths of a letter, in type sizes of its word
_RULES = ("|", "||", "¦", "_", "__")  # how a rule beside text is read
_SCRAPS = ("_", "__")  # and a scrap of one anywhere
_SPECK = 0.5  # confidence from which a mark or a word in a line is no dirt
_TINY = 0.15  # size of a speck, in type sizes
_TURNED = 2.0  # height to width
_TURNED_SURE = 0.8  # from which words that run up or down are text, though no list knows one of them
_NEAR = 1.2  # gap to the line that a doubtful word belongs to, in type sizes
_MARK_REACH = 3.0  # the same from a bullet to its text
_BESIDE = 2.0  # gap between words of one picture
_SHARED = 0.5  # of the height
_EDGE = 0.1  # share of the page width


def is_mark(word: Piece) -> bool:
    """Tell whether a word has no letter or digit: a bullet, a dash, a rule. Layout does not need it."""
    return not any(map(str.isalnum, word.text))


def is_odd(word: Piece, *, usual: float) -> bool:
    """Tell whether a word is a speck, or has a shape that no printed word has: far too high, flat or broad."""
    if word.sure < _SPECK and len(word.text) < _SHORT:
        return True
    height, letters = word.y1 - word.y0, len(word.text)
    if not word.text.isalnum() and letters <= _SHORT:
        return height > 2 * usual
    if height > _HUGE * usual and word.sure < 1:
        return True
    if word.sure == 1:
        return False
    across = (word.x1 - word.x0) / (letters * max(word.size, 1.0))
    return height < _SMALL * usual or (word.size > 1.5 * usual and not _NARROW <= across <= _BROAD)


def is_turned(word: Piece) -> bool:
    """Tell whether a word runs up or down the page."""
    return len(word.text) >= _SHORT and word.y1 - word.y0 > _TURNED * (word.x1 - word.x0)


def is_doubtful(piece: Piece) -> bool:
    """Tell whether a piece may be no text: the engine is unsure, and no word list knows a longer word of it."""
    letters = sum(letter.isalnum() for letter in piece.text)
    if not letters or (piece.sure < _NO_TEXT and len(piece.words) > 1):
        return True
    if piece.sure >= (_UNSURE_SHORT if letters <= _SHORT else _UNSURE):
        return False
    return not any(_is_word(word, piece.sure) for word in words_of(piece.text))


def give_back(
    regions: Sequence[Region], doubtful: Iterable[Piece], *, usual: float
) -> tuple[tuple[Region, ...], tuple[Piece, ...]]:
    """Put doubtful pieces that stand in a line of text back into it; take out lines that no word is sure in.

    Returns:
        The regions with them, and the pieces that stand apart.
    """
    rows = [[list(row) for row in region.rows] for region in regions]
    spans = sorted(
        ((min(p.y0 for p in row), max(p.y1 for p in row), at, row) for at, region in enumerate(rows) for row in region),
        key=lambda span: span[0],
    )
    cells = [Counter(int(piece.x0 / usual) for row in region for piece in row[1:]) for region in rows]
    apart: list[Piece] = []
    for piece in sorted(doubtful, key=lambda piece: piece.x0):
        beside = ((row, cells[at]) for top, bottom, at, row in spans if top < piece.y1 and bottom > piece.y0)
        row = next((row for row, starts in beside if _stands_in(piece, row, starts, usual)), None)
        if row is None:
            apart.append(piece)
            continue
        # The line keeps its own height: a stain that touches it must not make it a heading.
        like = min(row, key=lambda other: abs(other.x0 - piece.x0))
        row.append(replace(piece, y0=like.y0, y1=like.y1, base=like.base, size=like.size, weight=like.weight))
        row.sort(key=lambda other: other.x0)
    apart += [piece for region in rows for row in region if _is_unread(row) for piece in row]
    read = [tuple(tuple(row) for row in region if not _is_unread(row)) for region in rows]
    kept = [replace(region, rows=lines) for region, lines in zip(regions, read, strict=True) if lines]
    return tuple(kept), tuple(apart)


def _is_unread(row: Sequence[Piece]) -> bool:
    """Tell whether the engine is unsure of each word of a line, and no list knows one: the edge of a photo."""
    words = [word for piece in row for word in piece.words]
    sure = max(1.0 if word.confidence is None else word.confidence for word in words)
    return sure < _UNSURE_ROW and not any(_is_word(text, sure) for piece in row for text in words_of(piece.text))


def place_pictures(
    blocks: Sequence[Block], apart: Iterable[Piece], *, usual: float, drawn: bool = False
) -> tuple[Block, ...]:
    """Put what stands apart between the blocks, each group after the block above it, with the role `picture`.

    `drawn`: it is a part of what is drawn there; otherwise it is no text that anybody knows.
    """
    after: dict[int, list[Block]] = {}
    for group in _groups(apart, usual):
        box = box_of(group)
        lines: list[Line] = [line_of(piece) for piece in sorted(group, key=lambda piece: (piece.base, piece.x0))]
        above = [
            at
            for at, block in enumerate(blocks)
            if block.box and block.box.y0 <= box.y0 and block.box.x0 < box.x1 and block.box.x1 > box.x0
        ]
        at = max(above, key=lambda at: blocks[at].box.y1 if blocks[at].box else 0.0, default=-1)  # type: ignore[union-attr]
        lettered = any(map(str.isalnum, "".join(piece.text for piece in group)))
        reason = (_DRAWN if drawn else _UNKNOWN) if lettered else _NO_LETTERS
        after.setdefault(at, []).append(Block(tuple(lines), box, BlockRole.PICTURE, reason))
    placed = after.get(-1, [])
    for at, block in enumerate(blocks):
        placed = [*placed, block, *after.get(at, [])]
    return tuple(placed)


def _is_word(text: str, sure: float) -> bool:
    """Tell whether letters are a word: known, made of two known ones, or long and shaped as words are."""
    word = text.casefold()
    if len(word) < _KNOWN_LETTERS:
        return False
    if is_known(word, _LANGUAGES):
        return True
    for at in range(_KNOWN_LETTERS, len(word) - _KNOWN_LETTERS + 1):
        if is_known(word[:at], _LANGUAGES) and is_known(word[at:], _LANGUAGES):
            return True
    return len(word) >= _SHAPED_LETTERS and sure >= _SHAPED_SURE and bool(_SHAPE.fullmatch(word))


def _stands_in(piece: Piece, row: Sequence[Piece], starts: Counter[int], usual: float) -> bool:
    """Tell whether a piece belongs to a row: it is close to it, or starts where at least two cells of its table do."""
    nearest = min(row, key=lambda other: max(other.x0 - piece.x1, piece.x0 - other.x1))
    shared = min(nearest.y1, piece.y1) - max(nearest.y0, piece.y0)
    if shared < _SHARED * min(nearest.y1 - nearest.y0, piece.y1 - piece.y0):
        return False
    gap = max(nearest.x0 - piece.x1, piece.x0 - nearest.x1)
    leads, trails = piece.x1 <= min(p.x0 for p in row), piece.x0 >= max(p.x1 for p in row)
    rule = piece.text in _SCRAPS or ((leads or trails) and piece.text in _RULES)
    if _is_speck(piece, gap, usual, leads=leads) or (piece.sure < 1 and rule):
        return False
    before_text = nearest.x0 > piece.x1 and len(piece.text) <= _SHORT
    if gap <= (_MARK_REACH if before_text else _NEAR) * usual:
        return True
    at = int(piece.x0 / usual)
    return starts[at] + max(starts[at - 1], starts[at + 1]) > 1


def _is_speck(piece: Piece, gap: float, usual: float, *, leads: bool) -> bool:
    """Tell whether what stands in a line is dirt: hardly there, on top of a word, or no letter that anyone is sure of.

    A doubtful mark that leads a line may be its bullet.
    """
    if piece.sure >= _SPECK:
        return False
    small = max(piece.x1 - piece.x0, piece.y1 - piece.y0) < _TINY * usual
    covers = -gap > _SHARED * (piece.x1 - piece.x0)
    return small or covers or (is_mark(piece) and not leads)


def _groups(pieces: Iterable[Piece], usual: float) -> list[list[Piece]]:
    """Gather pieces that lie close together."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        near = [group for group in groups if any(_distance(piece, other) <= _BESIDE * usual for other in group)]
        groups = [group for group in groups if not any(group is other for other in near)]
        groups.append([piece, *(other for group in near for other in group)])
    return groups


def _distance(one: Piece, other: Piece) -> float:
    return max(one.x0 - other.x1, other.x0 - one.x1, one.y0 - other.y1, other.y0 - one.y1)


def turned_blocks(words: Sequence[Piece], *, width: float) -> tuple[Block, ...]:
    """Make blocks of the words that run up or down the page, one for each line of them, in the order given.

    A column of figures, such as the page numbers of a table of contents, may be read as one: the engine is unsure then.
    """
    lines: list[list[Piece]] = []
    for word in words:
        line = next((line for line in lines if line[-1].x0 < word.x1 and line[-1].x1 > word.x0), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    return tuple(_turned_block(line, width) for line in lines)


def _turned_block(words: Sequence[Piece], width: float) -> Block:
    box = box_of(words)
    at_edge = box.x1 < _EDGE * width or box.x0 > (1 - _EDGE) * width
    role, reason = BlockRole.FURNITURE if at_edge else BlockRole.ASIDE, "runs up or down the page"
    if all(word.sure < _TURNED_SURE and not _is_word(word.text, word.sure) for word in words):
        role, reason = BlockRole.PICTURE, _UNKNOWN
    return Block((Line(tuple(word.words[0] for word in words), box),), box, role, reason)
