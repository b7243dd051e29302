"""What is known of a whole page before it is cut into parts?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.model.pages import Box
from archive.reading.layout.frames import Drawn, sort_drawn
from archive.reading.layout.grid import LongLines, find_grid, find_long_lines
from archive.reading.layout.lines import Piece

_MASTHEAD = 2.8  # least type size of a masthead against the usual


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's type size, width and height in points, what is drawn on it, and where its columns start.

    `masthead` is where the masthead ends, 0 where the page has none.
    """

    usual: float
    width: float
    height: float
    drawn: Drawn = field(default_factory=Drawn)
    grid: tuple[float, ...] = ()
    masthead: float = 0.0
    long_lines: LongLines = field(default_factory=LongLines)

    def has_columns(self, left: float, right: float, *, outside: tuple[float, float]) -> bool:
        """Tell whether running text starts at both places elsewhere on the page, above or below these heights."""
        return all(self.long_lines.stand_at(place, outside=outside, usual=self.usual) for place in (left, right))


def look_at(pieces: Sequence[Piece], drawn: Iterable[Box], *, usual: float, size: tuple[float, float]) -> Sheet:
    """Learn what is to be known of a page before it is cut.

    Args:
        pieces: All text of the page.
        drawn: The boxes of what is drawn on it; thin ones are rules.
        usual: Its type size in points.
        size: Its width and height in points.
    """
    first = min(pieces, key=lambda piece: piece.y0, default=None)
    masthead = first.y1 if first and first.size >= _MASTHEAD * usual else 0.0
    rules, grid = sort_drawn(drawn, pieces, usual=usual), find_grid(pieces, usual=usual)
    return Sheet(usual, *size, rules, grid, masthead, find_long_lines(pieces))
