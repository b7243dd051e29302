"""Where are long straight rules drawn on a page?

A rule is a thin run of dark dots with paper on both sides, longer than letters are, or a column of dashes that follow
each other evenly. A frame is found as its four sides; a tint, which scanning makes uneven, is not looked for.
"""

import numpy as np
import numpy.typing as npt

from archive.model.pages import Box
from archive.reading.images.picture import POINTS_PER_INCH, Picture, reduce, straighten

_DPI = 150.0
_DARK = 0.75  # of the light of the paper
_LEAST_RUN = 30.0  # points without a gap
_LEAST_RULE = 48.0  # points in all
_GAP = 3.0  # points: a worn rule is broken
_CLEAR = 2.2  # points from the middle of a rule, where there is paper on both sides
_CLEAR_SHARE = 0.2  # of its length, that may be dark there
_THICKEST = 3.0  # points
_EIGHT_DARK = 255  # eight dark dots as one number
_MOST = 200  # rules of a page, the longest first
# Dashes of a rule: how long in points, how much of their length the gap between two, how many in a row at least;
# how far they may differ in length, and from one to the next in distance, in dots and as a share.
_DASH, _DASH_GAP, _DASHES = (3.0, 12.0), (0.2, 2.0), 5
_UNEVEN, _UNEVEN_SHARE = 1.5, 0.15
_PLAIN_SHARE = 0.6  # of the dashes of a rule, that are equally thick all along

Mask = npt.NDArray[np.bool_]


def find_rules(picture: Picture, skew: float) -> tuple[Box, ...]:
    """Return the rules across and down a page as thin boxes, in points of the page straightened by `skew` degrees."""
    small = straighten(reduce(picture, _DPI), skew, finely=False)
    grey = np.asarray(small.pixels)
    dark = grey < _DARK * np.percentile(grey[::8, ::8], 75)
    scale = POINTS_PER_INCH / small.dpi
    across = [Box(x0, y0, x1, y1) for x0, y0, x1, y1 in _rules(dark, scale)]
    down = [Box(y0, x0, y1, x1) for x0, y0, x1, y1 in _rules(dark.T, scale, dashed=True)]
    found = sorted([*across, *down], key=lambda box: min(box.x0 - box.x1, box.y0 - box.y1))
    return tuple(found[:_MOST])


def _rules(dark: Mask, scale: float, *, dashed: bool = False) -> list[tuple[float, float, float, float]]:
    """Return the rules along the rows of a mask as left, top, right and bottom, in points."""
    runs = [run for run in _long_runs(dark, _LEAST_RUN / scale) if _is_clear(dark, run, round(_CLEAR / scale))]
    runs = sorted([*runs, *_dashed_runs(dark, scale)]) if dashed else runs
    thick, gap = _THICKEST / scale, _GAP / scale
    rules: list[tuple[int, int, int, int]] = []
    for row, start, end in runs:  # from top to bottom
        near = [rule for rule in rules if row - rule[3] <= thick and start <= rule[2] + gap and end >= rule[0] - gap]
        rules = [rule for rule in rules if rule not in near]
        whole = [*near, (start, row, end, row)]
        rules.append((min(r[0] for r in whole), min(r[1] for r in whole), max(r[2] for r in whole), row))
    least = _LEAST_RULE / scale
    return [(x0 * scale, y0 * scale, x1 * scale, (y1 + 1) * scale) for x0, y0, x1, y1 in rules if x1 - x0 >= least]


def _long_runs(dark: Mask, least: float) -> list[tuple[int, int, int]]:
    """Return row, start and end (exclusive) of each long run of dark dots, from top to bottom.

    Only in few rows are there so many dark dots in a row that they fill eight in a row and then the next eight.
    """
    full = np.packbits(dark, axis=1) == _EIGHT_DARK
    likely = np.flatnonzero((full[:, 1:] & full[:, :-1]).any(axis=1))
    edges = np.diff(dark[likely].astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    long = ends - starts >= least
    return list(zip(likely[rows[long]].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True))


def _dashed_runs(dark: Mask, scale: float) -> list[tuple[int, int, int]]:
    """Return row, start and end (exclusive) of each row of even dashes with paper on both sides."""
    rows, starts, ends = _short_runs(dark, *(points / scale for points in _DASH), off=round(_CLEAR / scale))
    if len(rows) < _DASHES:
        return []
    lengths, gaps = ends - starts, starts[1:] - ends[:-1]
    pairs = (np.diff(rows) == 0) & (np.abs(np.diff(lengths)) <= _UNEVEN + _UNEVEN_SHARE * lengths[1:])
    pairs &= (gaps >= _DASH_GAP[0] * lengths[1:]) & (gaps <= _DASH_GAP[1] * lengths[1:])
    steps = np.diff(starts)
    links = pairs[1:] & pairs[:-1] & (np.abs(np.diff(steps)) <= _UNEVEN + _UNEVEN_SHARE * steps[1:])
    edges = np.diff(links.astype(np.int8), prepend=0, append=0)
    firsts, lasts = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) + 1
    found = []
    for first, last in zip(firsts, lasts, strict=True):
        dashes = [(int(rows[first]), int(starts[at]), int(ends[at])) for at in range(first, last + 1)]
        plain = sum(_is_plain(dark, dash, round(_CLEAR / scale)) for dash in dashes)
        if len(dashes) >= _DASHES and plain >= _PLAIN_SHARE * len(dashes):
            found.append((dashes[0][0], dashes[0][1], dashes[-1][2]))
    return found


def _is_plain(dark: Mask, dash: tuple[int, int, int], off: int) -> bool:
    """Tell whether a dash is as thick at its ends as in its middle; the figures of a column, such as ones, are not."""
    row, start, end = dash
    thick = dark[row - off : row + off + 1, start + 1 : end - 1].sum(axis=0)
    return int(thick.max()) - int(thick.min()) <= 1


def _short_runs(dark: Mask, least: float, most: float, *, off: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return row, start and end (exclusive) of the runs of such a length with paper above and below, row by row."""
    edges = np.diff(dark[::2].astype(np.int8), axis=1, prepend=0, append=0)  # a dash is two dots thick or more
    rows, starts = np.nonzero(edges == 1)
    rows, ends = 2 * rows, np.nonzero(edges == -1)[1]
    fit = (ends - starts >= least) & (ends - starts <= most) & (rows >= off) & (rows < dark.shape[0] - off)
    rows, starts, ends = rows[fit], starts[fit], ends[fit]
    clear = np.ones(len(rows), dtype=np.bool_)
    for columns in (starts, (starts + ends) // 2, ends - 1):
        clear &= ~(dark[rows - off, columns] | dark[rows + off, columns])
    return rows[clear], starts[clear], ends[clear]


def _is_clear(dark: Mask, run: tuple[int, int, int], off: int) -> bool:
    """Tell whether there is paper above and below a run."""
    row, start, end = run
    beside = [dark[at, start:end] for at in (row - off, row + off) if 0 <= at < dark.shape[0]]
    return len(beside) > 1 and all(float(line.mean()) <= _CLEAR_SHARE for line in beside)
