"""Where do the letters of a line of a text layer part into words?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

# Letters belong to two words that stand further apart than those of the line do by this share of the type size; wider
# where the line holds its spaces. Programs that stretch lines leave the spaces out of just those lines.
_WORD_GAP, _LEAST_WORD_GAP = 0.18, 0.1
_WORD_GAP_SPACED = 0.5
_SPACED_SHARE = 0.08
# The gaps between words of a line are wider than those between its letters by this much: a valley that kerning has not.
_VALLEY = 0.06
_FEW_GAPS = 5  # of which nobody can tell how the letters of a line are set
_NEXT_LINE = 0.5  # how far a letter stands below or above the one before it, or back from it, in type sizes
_RAISED, _SAME_FOOT = 3.0, 0.15  # points by which letters of a word stand level; as a share of type size at their feet


def spaced(characters: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Put a space between lines, and where the gap between two letters of a line is that between words."""
    last: dict[str, Any] | None = None
    lines = list(_lines(characters))
    usual = _letter_spaces(lines)
    for line in lines:
        gaps = _gaps(line)
        holds_spaces = sum(char["text"] == " " for char in line) > _SPACED_SHARE * len(line)
        apart = median(gaps) if len(gaps) >= _FEW_GAPS else usual.get(_type_of(line[0]), 0.0)
        least = max(0.0, apart) + _WORD_GAP_SPACED if holds_spaces else _word_gap(gaps, apart)
        if last and abs(last["top"] - line[0]["top"]) > _RAISED:
            yield line[0] | {"text": " "}
        yield line[0]
        for before, char in pairwise(line):
            if _gap(before, char) > least or _is_raised(before, char):
                yield before | {"text": " "}
            yield char
        last = line[-1]


def _lines(characters: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the characters that are drawn one after another on one line."""
    line: list[dict[str, Any]] = []
    for char in characters:
        if line:
            before, reach = line[-1], _NEXT_LINE * max(1.0, float(char["size"]))
            if abs(char["bottom"] - before["bottom"]) > reach or char["x0"] < before["x0"] - reach:
                yield line
                line = []
        line.append(char)
    if line:
        yield line


def _gap(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return the white between two characters in type sizes."""
    return float((other["x0"] - one["x1"]) / max(1.0, other["size"]))


def _is_raised(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether a character stands higher or lower than the one before it; small capitals only end lower."""
    top, foot = abs(one["top"] - other["top"]), abs(one["bottom"] - other["bottom"])
    return bool(top > _RAISED and foot > _SAME_FOOT * max(one["size"], other["size"]))


def _gaps(line: Sequence[dict[str, Any]]) -> list[float]:
    return [_gap(one, other) for one, other in pairwise(line) if " " not in {one["text"], other["text"]}]


def _type_of(char: dict[str, Any]) -> tuple[str, float]:
    return char["fontname"], round(float(char["size"]), 1)


def _letter_spaces(lines: Sequence[Sequence[dict[str, Any]]]) -> dict[tuple[str, float], float]:
    """Return by how much the letters of each type on a page are mostly set apart, in type sizes."""
    gaps: dict[tuple[str, float], list[float]] = {}
    for line in lines:
        gaps.setdefault(_type_of(line[0]), []).extend(_gaps(line))
    return {each: median(found) for each, found in gaps.items() if len(found) >= _FEW_GAPS}


def _word_gap(gaps: Sequence[float], apart: float) -> float:
    """Return from which gap on two letters of a line belong to two words, where letters stand `apart`, in type sizes.

    That is the middle of the first valley between its gaps; the wider ones are those between the columns of a table.
    """
    for lower, upper in pairwise(sorted([apart, *gaps])):
        if upper > apart + _LEAST_WORD_GAP and upper - lower >= _VALLEY:
            return lower + min(upper - lower, 2 * _WORD_GAP) / 2
    return apart + _WORD_GAP
