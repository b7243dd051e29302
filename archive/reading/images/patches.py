"""Which dark dots of a page touch each other?

Dots are taken as runs along the rows; runs that touch from row to row are joined, all at once and again until nothing
changes, as in the algorithm of Shiloach and Vishkin (An O(log n) parallel connectivity algorithm, 1982).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Column = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Patch:
    """Dark dots that touch each other; `top` and `bottom` (exclusive) of each column from `left` on."""

    left: int
    top: Column
    bottom: Column
    dark: int

    @property
    def right(self) -> int:
        """The column after its last."""
        return self.left + len(self.top)

    @property
    def sides(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in dots, the last two exclusive."""
        return self.left, int(self.top.min()), self.left + len(self.top), int(self.bottom.max())


def find_patches(
    dark: Mask, *, shortest: float = 0, least_run: float = 0, least_height: float = 0, most_height: float = inf
) -> Iterator[Patch]:
    """Yield the patches of a mask (rows, columns).

    Args:
        dark: The mask.
        shortest: Runs of fewer dots are taken for paper.
        least_run: How long the longest run of a patch is at least.
        least_height: How many rows high a patch is at least.
        most_height: And at most.
    """
    rows, starts, ends, firsts = _runs(dark, shortest)
    if not rows.size:
        return
    lasts = np.append(firsts[1:], len(rows))
    longest = np.maximum.reduceat(ends - starts, firsts)
    heights = rows[lasts - 1] + 1 - rows[firsts]  # runs keep their order, from top to bottom
    wanted = (longest >= least_run) & (heights >= least_height) & (heights <= most_height)
    for at in np.flatnonzero(wanted):
        part = slice(firsts[at], lasts[at])
        yield _patch(rows[part], starts[part], ends[part])


def find_extents(dark: Mask) -> tuple[Column, Column, Column, Column, Column]:
    """Return left, top, right, bottom (the last two exclusive) and the number of dark dots of all patches of a mask."""
    rows, starts, ends, firsts = _runs(dark)
    if not rows.size:
        return rows, rows, rows, rows, rows
    lefts, rights = np.minimum.reduceat(starts, firsts), np.maximum.reduceat(ends, firsts)
    bottoms = rows[np.append(firsts[1:], len(rows)) - 1] + 1
    return lefts, rows[firsts], rights, bottoms, np.add.reduceat(ends - starts, firsts)


def _runs(dark: Mask, shortest: float = 0) -> tuple[Column, Column, Column, Column]:
    """Return row, start and end of each run, those of a patch together from top to bottom; and each patch's first."""
    edges = np.diff(dark.astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    if shortest:
        long = ends - starts >= shortest
        rows, starts, ends = rows[long], starts[long], ends[long]
    labels = _join(len(rows), *_touching(rows, starts, ends, dark.shape[1] + 1))
    order = np.argsort(labels, kind="stable")
    return rows[order], starts[order], ends[order], np.flatnonzero(np.diff(labels[order], prepend=-1))


def _touching(rows: Column, starts: Column, ends: Column, width: int) -> tuple[Column, Column]:
    """Return the pairs of runs that touch, the upper ones and the lower ones."""
    below = (rows + 1) * width
    first = np.searchsorted(rows * width + ends, below + starts, side="right")
    counts = np.maximum(np.searchsorted(rows * width + starts, below + ends) - first, 0)
    upper = np.repeat(np.arange(len(rows)), counts)
    within = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts)
    return upper, np.repeat(first, counts) + within


def _join(count: int, one: Column, other: Column) -> Column:
    """Return for each of so many things the first of those that pairs join it with."""
    labels = np.arange(count)
    while (apart := labels[one] != labels[other]).any():
        one, other = one[apart], other[apart]
        high, low = np.maximum(labels[one], labels[other]), np.minimum(labels[one], labels[other])
        np.minimum.at(labels, high, low)
        while (labels[labels] != labels).any():
            labels = labels[labels]
    return labels


def _patch(rows: Column, starts: Column, ends: Column) -> Patch:
    left, right = int(starts.min()), int(ends.max())
    top = np.full(right - left, np.iinfo(np.intp).max)
    bottom = np.zeros(right - left, dtype=np.intp)
    for row, start, end in zip(rows, starts - left, ends - left, strict=True):
        top[start:end] = np.minimum(top[start:end], row)
        bottom[start:end] = np.maximum(bottom[start:end], row + 1)
    return Patch(left, top, bottom, int((ends - starts).sum()))
