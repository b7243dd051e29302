"""How is a trend drawn? Points with their intervals over the years, bars for anything else."""

from collections.abc import Sequence
from itertools import pairwise

from archive.library.trends import Share, Trend
from archive.model.drawings import Anchor, Drawing, Label, Patch, Stroke, Tone

_LEFT, _RIGHT, _TOP = 70.0, 24.0, 64.0
_HEIGHT = 320.0
_STEP = 46.0
_LEAST_WIDTH = 420.0
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_MOST_TICKS = 6
_WRAP = 96


def draw_trend(trend: Trend, source: str) -> Drawing:
    """Draw the share of sections in each group, with its interval; title, axis, query, source and warnings with it.

    Args:
        trend: What was counted.
        source: Where the numbers come from, in a line.
    """
    groups = [" / ".join(value or "?" for value in row.group) for row in trend.rows]
    width = max(_LEAST_WIDTH, _LEFT + _RIGHT + _STEP * len(groups))
    notes = _notes(trend, source)
    marks: list[Stroke | Patch | Label] = [Label(_LEFT, 26, _title(trend), 16, bold=True)]
    marks.append(Label(_LEFT, 46, "Share of sections, with 95 % interval", 12))
    top = max((row.of_sections.high for row in trend.rows), default=0.0)
    scale = _scale(top)
    marks += _axis(scale, width)
    for at, (name, row) in enumerate(zip(groups, trend.rows, strict=True)):
        x = _LEFT + _STEP * (at + 0.5)
        marks += _point(x, row.of_sections, scale[-1], f"{name}: {row.matching} of {row.sections} sections")
        marks.append(Label(x, _TOP + _HEIGHT + 18, _short(name, len(groups)), 11, Anchor.MIDDLE))
    if trend.by == ("year",):
        marks += _line([row.of_sections for row in trend.rows], scale[-1])
    y = _TOP + _HEIGHT + 48
    marks.append(Label(_LEFT + (width - _LEFT - _RIGHT) / 2, y - 8, ", ".join(trend.by), 12, Anchor.MIDDLE))
    marks += [Label(12, y + 16 + 15 * at, line, 11) for at, line in enumerate(notes)]
    return Drawing(_title(trend), width, y + 30 + 15 * len(notes), tuple(marks))


def _title(trend: Trend) -> str:
    what = f"Sections that match {trend.term}" if trend.term else "Sections"
    return f"{what}, by {' and '.join(trend.by)}"


def _notes(trend: Trend, source: str) -> list[str]:
    said = [f"Query: {trend.term} (read as {trend.parsed})"] if trend.term else []
    said += [f"Source: {source}", *(f"Mind: {warning}" for warning in trend.warnings)]
    return [line for text in said for line in _wrapped(text)]


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= _WRAP:
            lines.append("   ")
        lines[-1] += f" {word}" if lines[-1].strip() else f"{lines[-1]}{word}"[len(lines[-1]) :]
    return lines


def _scale(top: float) -> Sequence[float]:
    """Return the ticks of the axis, from 0 to above the highest value."""
    step = next((each for each in _TICKS if top / each <= _MOST_TICKS), 0.2)
    count = max(1, -int(-top // step))
    return [step * at for at in range(count + 1)]


def _axis(scale: Sequence[float], width: float) -> list[Stroke | Label]:
    marks: list[Stroke | Label] = []
    for value in scale:
        y = _y(value, scale[-1])
        marks.append(Stroke(_LEFT, y, width - _RIGHT, y, Tone.FAINT if value else Tone.INK))
        marks.append(Label(_LEFT - 8, y + 4, f"{value * 100:g} %", 11, Anchor.END))
    return marks


def _point(x: float, share: Share, top: float, hint: str) -> list[Stroke | Patch | Label]:
    middle = _y(share.value, top)
    return [
        Patch(x - 9, middle, x + 9, _y(0, top), Tone.FAINT),
        Stroke(x, _y(share.low, top), x, _y(share.high, top), Tone.SECOND, 2),
        Stroke(x - 5, _y(share.low, top), x + 5, _y(share.low, top), Tone.SECOND, 2),
        Stroke(x - 5, _y(share.high, top), x + 5, _y(share.high, top), Tone.SECOND, 2),
        Patch(x - 4, middle - 4, x + 4, middle + 4, Tone.MAIN, f"{hint}, {share.value:.1%}"),
    ]


def _line(shares: Sequence[Share], top: float) -> list[Stroke]:
    places = [(_LEFT + _STEP * (at + 0.5), _y(share.value, top)) for at, share in enumerate(shares)]
    return [Stroke(*start, *end, Tone.MAIN, 1.5) for start, end in pairwise(places)]


def _y(value: float, top: float) -> float:
    return _TOP + _HEIGHT * (1 - value / top if top else 1)


def _short(name: str, count: int) -> str:
    most = 12 if count > 1 else 40
    return name if len(name) <= most else f"{name[: most - 1]}…"
