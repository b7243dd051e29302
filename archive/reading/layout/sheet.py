"""What is known of a whole page before it is cut into parts?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.model.pages import Box
from archive.reading.layout.frames import Drawn, sort_drawn
from archive.reading.layout.grid import find_grid
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
    return Sheet(usual, *size, sort_drawn(drawn, pieces, usual=usual), find_grid(pieces, usual=usual), masthead)
