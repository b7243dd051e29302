"""What is known of a heading that opens a section?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """Rows `first` up to but not including `last` that open a section; `confidence` is how sure that is.

    `size` is the type size beside the usual one and `rank` how much the heading looks like one of the first order;
    `gap` is the white above it in lines, None where it opens a column,
    `below` the white under it. `kicker` is the first row of a small line above the heading that belongs to the same
    piece. `lead_end` is where a heading ends in the raw text that only opens its row, 0 for one that fills its rows.
    """

    first: int
    last: int
    text: str
    confidence: float
    size: float = 1.0
    rank: float = 1.0
    gap: float | None = None
    below: float | None = None
    kicker: int | None = None
    lead_end: int = 0
