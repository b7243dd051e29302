"""Which white band across the columns parts the stories above it from those below?

Columns are read from top to bottom, but cards in a grid and stories under headlines of their own are read row by row.
White across all columns is chance unless what begins below it begins at one height with headings, and the columns above
were not simply full: they end at unlike heights, or belong to a headline that stands over all of them.
"""

from collections.abc import Sequence
from math import inf
from statistics import median

from archive.languages import detect_language
from archive.reading.layout.lines import Piece, is_heading
from archive.reading.layout.sheet import Sheet
from archive.reading.layout.strips import MIN_ROWS, Strip

_LANGUAGES = ("nl", "en", "fr", "de", "es")
_LEAST_WHITE = 0.8  # height of a band, in type sizes
_LEVEL = 0.3  # how far the first lines below a band may differ in height, in type sizes
_UNDER = 2.5  # widest white between a heading and its text, in type sizes
_SHARE = 0.75  # of the headings of the side that has fewer, so many begin level with the other side
_UNEVEN = 1.0  # how much the white above those first lines must differ, in type sizes
_BROAD = 2.0  # height of a band that ends the story of a headline over all columns, in type sizes
_OVER = 3.0  # white between a headline and the columns below it, in type sizes
_HEADLINE = 1.3  # least type size of a headline against the usual


def find_bands(pieces: Sequence[Piece], strip: Strip, sheet: Sheet) -> tuple[float, ...]:
    """Return the heights at which the columns beside a strip are to be cut, from top to bottom.

    Args:
        pieces: What stands in a part of the page.
        strip: The white strip that parts two of its columns.
        sheet: What is known of the page.
    """
    usual = sheet.usual
    middle = (strip.x0 + strip.x1) / 2
    bands: list[float] = []
    broad: list[float] = []
    uneven = False
    for top, bottom in _white(pieces, usual):
        if strip.y0 < top < bottom < strip.y1 and (found := _begin_level(pieces, bottom, middle, usual)):
            whites = [white_above(piece, pieces, usual) for piece in found]
            uneven = uneven or max(whites) - min(whites) >= _UNEVEN * usual
            bands.append((top + bottom) / 2)
            broad += bands[-1:] if bottom - top >= _BROAD * usual else []
    headline = bool(bands) and _has_headline(pieces, strip, sheet)
    if headline and broad:
        return tuple(broad)
    fewer, more = sorted(_count_headings(pieces, strip, usual))
    if not bands or len(bands) < _SHARE * fewer or _are_translations(pieces, strip):
        return ()
    in_rows = len(bands) > 1 and len(bands) >= more
    return tuple(bands) if in_rows or uneven or headline else ()


def _begin_level(pieces: Sequence[Piece], band: float, middle: float, usual: float) -> list[Piece]:
    """Return the first lines of the columns below a band; none where they do not begin together.

    They do if each is a heading at one height, or begins beside the first line of text below such a heading.
    """
    below = [piece for piece in pieces if piece.y0 >= band - 0.1]
    top = min(below, key=lambda piece: piece.y0)
    first = [piece for piece in below if abs(piece.base - top.base) <= _LEVEL * usual]
    if not all(is_heading(piece, usual) for piece in first):
        return []
    if {piece.x0 > middle for piece in first} == {False, True}:
        return first
    right = first[0].x0 > middle
    others = [piece for piece in below if (piece.x0 > middle) != right]
    text = [piece for piece in below if (piece.x0 > middle) == right and not is_heading(piece, usual)]
    if not others or not text:
        return []
    beside = min(others, key=lambda piece: piece.y0)
    body = min(text, key=lambda piece: piece.y0)
    near = body.y0 - top.y1 < _UNDER * usual
    if not near or abs(beside.base - body.base) > _LEVEL * usual:
        return []
    # Where the other side lacks a heading, it has to leave room for this one.
    room = white_above(beside, pieces, usual) >= body.y0 - top.y0 + _LEAST_WHITE * usual
    return [*first, beside] if room else []


def _count_headings(pieces: Sequence[Piece], strip: Strip, usual: float) -> tuple[int, int]:
    """Count the headings on each side of a strip, without those that have no text above them."""
    middle, ends, lines, counts = (strip.x0 + strip.x1) / 2, [-inf, -inf], [0, 0], [0, 0]
    for piece in sorted(pieces, key=lambda piece: piece.y0):
        if not strip.y0 < piece.y0 < strip.y1:
            continue
        right = piece.x0 > middle
        if is_heading(piece, usual):
            counts[right] += lines[right] >= MIN_ROWS and piece.y0 - ends[right] > _LEAST_WHITE * usual
            ends[right] = max(ends[right], piece.y1)
        else:
            lines[right] += 1
    return counts[0], counts[1]


def _are_translations(pieces: Sequence[Piece], strip: Strip) -> bool:
    """Tell whether the two sides of a strip are in different languages: each is read down on its own."""
    middle = (strip.x0 + strip.x1) / 2
    beside = [piece for piece in pieces if strip.y0 <= piece.middle <= strip.y1]
    sides = [[piece.text for piece in beside if (piece.x0 > middle) == right] for right in (False, True)]
    left, right = (detect_language("\n".join(side), _LANGUAGES) for side in sides)
    return left != right and "und" not in {left, right}


def _white(pieces: Sequence[Piece], usual: float) -> list[tuple[float, float]]:
    """List the white bands across all pieces, from top to bottom."""
    found: list[tuple[float, float]] = []
    free = inf
    for piece in sorted(pieces, key=lambda piece: piece.y0):
        if piece.y0 - free >= _LEAST_WHITE * usual:
            found.append((free, piece.y0))
        free = piece.y1 if free == inf else max(free, piece.y1)
    return found


def white_above(piece: Piece, pieces: Sequence[Piece], usual: float) -> float:
    """Return the white between a heading and what stands above it in its column."""
    reach = max(piece.x1, piece.x0 + 5 * usual)
    above = [other.y1 for other in pieces if other.y1 <= piece.y0 and other.x0 < reach and other.x1 > piece.x0]
    return piece.y0 - max(above, default=piece.y0)


def _has_headline(pieces: Sequence[Piece], strip: Strip, sheet: Sheet) -> bool:
    """Tell whether a headline stands right over a strip and across it, so that the columns below it are its story."""
    middle, usual = (strip.x0 + strip.x1) / 2, sheet.usual
    over = [
        piece
        for piece in pieces
        if piece.x0 < middle < piece.x1
        and piece.y1 <= strip.y0 + usual
        and strip.y0 - piece.y1 < _OVER * usual
        and piece.y0 >= sheet.masthead
    ]
    return bool(over) and median(piece.size for piece in over) >= _HEADLINE * usual
