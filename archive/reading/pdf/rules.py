"""Which rules, outlines and tints does a PDF page draw around its text?"""

from collections.abc import Iterator, Sequence
from typing import Any

from archive.model.pages import Box

_MOST = 400  # boxes kept, the longest first: a map or a plot draws thousands of lines
_LEAST = 18.0  # points; what is shorter and lower parts nothing
_WHOLE = 0.9  # of both sides of the page: a ground behind everything
_PAPER = 0.985  # as light as this, a tint is not seen


def find_drawn(page: Any, crop: Sequence[float]) -> tuple[Box, ...]:  # noqa: ANN401 - pdfplumber has no types
    """Return the boxes of what is drawn on a page beside letters and images, in points of its crop box.

    A rule is a thin box. What is as light as paper and has no outline is left out.
    """
    boxes = sorted(set(_boxes(page, crop)), key=lambda box: -max(box.x1 - box.x0, box.y1 - box.y0))
    return tuple(boxes[:_MOST])


def _boxes(page: Any, crop: Sequence[float]) -> Iterator[Box]:  # noqa: ANN401
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    for thing in (*page.rects, *page.lines, *page.curves):
        x0, x1 = max(0.0, thing["x0"] - crop[0]), min(width, thing["x1"] - crop[0])
        y0, y1 = max(0.0, thing["top"] - crop[1]), min(height, thing["bottom"] - crop[1])
        if x0 > x1 or y0 > y1 or max(x1 - x0, y1 - y0) < _LEAST or not _is_seen(thing):
            continue
        if x1 - x0 < _WHOLE * width or y1 - y0 < _WHOLE * height:
            yield Box(float(x0), float(y0), float(x1), float(y1))


def _is_seen(thing: dict[str, Any]) -> bool:
    """Tell whether something is drawn in a colour other than that of paper."""
    return bool(
        (thing.get("stroke") and _is_ink(thing.get("stroking_color")))
        or (thing.get("fill") and _is_ink(thing.get("non_stroking_color")))
    )


def _is_ink(colour: Any) -> bool:  # noqa: ANN401 - a number, a tuple by colour space, a pattern's name, or None
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    shares = [float(part) for part in parts if isinstance(part, (int, float))]
    if not shares or len(shares) < len(parts):
        return True
    if len(shares) == 4:  # noqa: PLR2004 - cyan, magenta, yellow, black: nothing of them is paper
        return max(shares) > 1 - _PAPER
    return min(shares) < _PAPER
