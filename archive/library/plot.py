"""How is a trend drawn? Years to scale, with intervals; for each category or newsletter in a panel of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.library.trends import Share, Trend, TrendRow
from archive.model.drawings import Anchor, Drawing, Label, Patch, Stroke, Tone

# As wide as a page of text at 110 dots to the inch, whatever is drawn.
_WIDTH = 720.0
_LEFT, _RIGHT, _TOP = 70.0, 24.0, 64.0
_HEIGHT, _PANEL_HEIGHT = 320.0, 110.0
_BETWEEN = 34.0  # panels, and room for their names
_UNDATED_WIDTH = 60.0
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_MOST_TICKS, _MOST_PANEL_TICKS = 6, 2
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MOST_YEARS = 14  # that are named under the axis
_MOST_PLACES = 14  # side by side
_MOST_PANELS = 8  # on a page
_LETTER = 6.0  # how wide a letter of a label is
_WRAP = 96


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each value stands on the axis, what is written under it, and half the width of a bar."""

    x: Mapping[str, float]
    labels: tuple[Label, ...]
    half: float


@dataclass(frozen=True, slots=True)
class _Panel:
    """The rows that are drawn together, by their place on the axis; `y` is where the panel's share of 0 stands."""

    name: str
    rows: Mapping[str, TrendRow]
    y: float
    height: float


def draw_trend(trend: Trend, source: str) -> Drawing:
    """Draw the share of sections in each group, with its interval; title, axis, query, source and warnings with it.

    A year stands where it stands in time. Where there is more than fits a page, what matches most is drawn, and the
    notes say what is left out.

    Args:
        trend: What was counted.
        source: Where the numbers come from, in a line.
    """
    along = "year" if "year" in trend.by else trend.by[-1]
    values, panels, left_out = _arrange(trend, along)
    scale = _scale(
        max((row.of_sections.high for panel in panels for row in panel.rows.values()), default=0.0),
        _MOST_TICKS if len(panels) == 1 else _MOST_PANEL_TICKS,
    )
    bottom = panels[-1].y if panels else _TOP + _HEIGHT
    places = (_in_time if along == "year" else _side_by_side)(values, bottom)
    marks: list[Stroke | Patch | Label] = [Label(_LEFT, 26, _title(trend), 16, bold=True)]
    marks.append(Label(_LEFT, 46, "Share of sections, with 95 % interval", 12))
    for panel in panels:
        marks += _draw_panel(panel, places, scale, joined=along == "year")
    marks += places.labels
    y = bottom + 48
    marks.append(Label((_LEFT + _WIDTH - _RIGHT) / 2, y, along, 12, Anchor.MIDDLE))
    notes = _notes(trend, source, left_out)
    marks += [Label(12, y + 24 + 15 * at, line, 11) for at, line in enumerate(notes)]
    return Drawing(_title(trend), _WIDTH, y + 38 + 15 * len(notes), tuple(marks))


def _arrange(trend: Trend, along: str) -> tuple[list[str], list[_Panel], list[str]]:
    """Return the values along the axis, the panels, and what of both is left out."""
    at = trend.by.index(along)
    by_panel: dict[str, dict[str, TrendRow]] = {}
    for row in trend.rows:
        name = " / ".join(value or "?" for place, value in enumerate(row.group) if place != at)
        by_panel.setdefault(name, {})[row.group[at]] = row
    values = sorted({row.group[at] for row in trend.rows})
    left_out = []
    if along != "year":
        sums = {value: sum(rows[value].matching for rows in by_panel.values() if value in rows) for value in values}
        values, rest = _most(sums, _MOST_PLACES)
        left_out += [f"{along}: {', '.join(rest)}"] if rest else []
    kept, rest = _most({name: sum(r.matching for r in rows.values()) for name, rows in by_panel.items()}, _MOST_PANELS)
    left_out += [f"{', '.join(name for name in trend.by if name != along)}: {', '.join(rest)}"] if rest else []
    height = _HEIGHT if len(kept) == 1 else _PANEL_HEIGHT
    panels = [
        _Panel(name, by_panel[name], _TOP + (height + _BETWEEN) * (place + 1) - _BETWEEN, height)
        for place, name in enumerate(kept)
    ]
    return values, panels, left_out


def _most(sums: Mapping[str, int], most: int) -> tuple[list[str], list[str]]:
    """Return the names with the highest sums, in their order, and the others."""
    first = set(sorted(sums, key=lambda name: -sums[name])[:most])
    return [name for name in sums if name in first], [name or "?" for name in sums if name not in first]


def _in_time(values: Sequence[str], bottom: float) -> _Places:
    """Put years where they stand in time; what is undated stands apart, on the right."""
    undated = [value for value in values if not value]
    years = sorted(int(value) for value in values if value)
    right = _WIDTH - _RIGHT - (_UNDATED_WIDTH if undated and years else 0.0)
    span = years[-1] - years[0] + 1 if years else 1
    step = (right - _LEFT) / span
    x = {str(year): _LEFT + step * (year - years[0] + 0.5) for year in years}
    wanted = next((each for each in _YEAR_STEPS if span / each <= _MOST_YEARS), _YEAR_STEPS[-1])
    named = [year for year in range(years[0], years[-1] + 1) if not year % wanted] if years else []
    labels = [
        Label(_LEFT + step * (year - years[0] + 0.5), bottom + 18, str(year), 11, Anchor.MIDDLE)
        for year in named or years[:1]
    ]
    if undated:
        x[""] = _WIDTH - _RIGHT - _UNDATED_WIDTH / 2
        labels.append(Label(x[""], bottom + 18, "undated", 11, Anchor.MIDDLE))
    return _Places(x, tuple(labels), min(9.0, 0.4 * step))


def _side_by_side(values: Sequence[str], bottom: float) -> _Places:
    """Put values beside each other, their names in turn on two lines."""
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(values))
    x = {value: _LEFT + step * (at + 0.5) for at, value in enumerate(values)}
    most = int((step if len(values) == 1 else 2 * step) / _LETTER) - 1
    labels = [
        Label(x[value], bottom + 18 + 12 * (at % 2), _short(value or "?", most), 11, Anchor.MIDDLE)
        for at, value in enumerate(values)
    ]
    return _Places(x, tuple(labels), min(9.0, 0.4 * step))


def _draw_panel(
    panel: _Panel, places: _Places, scale: Sequence[float], *, joined: bool
) -> list[Stroke | Patch | Label]:
    marks: list[Stroke | Patch | Label] = []
    if panel.name:
        marks.append(Label(_LEFT, panel.y - panel.height - 6, _short(panel.name, 90), 12, bold=True))
    for tick in scale:
        y = _y(panel, tick / scale[-1])
        marks.append(Stroke(_LEFT, y, _WIDTH - _RIGHT, y, Tone.FAINT if tick else Tone.INK))
        marks.append(Label(_LEFT - 8, y + 4, f"{tick * 100:g} %", 11, Anchor.END))
    drawn = [(value, panel.rows[value]) for value in places.x if value in panel.rows]
    for value, row in drawn:
        name = " / ".join(each or "?" for each in row.group)
        hint = f"{name}: {row.matching} of {row.sections} sections, {row.of_sections.value:.1%}"
        marks += _point(panel, places.x[value], row.of_sections, (scale[-1], places.half), hint)
    if joined:  # only years that follow each other: of those between, nothing is known
        dots = {
            int(value): (places.x[value], _y(panel, row.of_sections.value / scale[-1])) for value, row in drawn if value
        }
        pairs = [(year, after) for year, after in pairwise(sorted(dots)) if after == year + 1]
        marks += [Stroke(*dots[year], *dots[after], Tone.MAIN, 1.5) for year, after in pairs]
    return marks


def _point(
    panel: _Panel, x: float, share: Share, sizes: tuple[float, float], hint: str
) -> list[Stroke | Patch | Label]:
    top, half = sizes
    middle, low, high = (_y(panel, each / top) for each in (share.value, share.low, share.high))
    whisker, dot = half * 5 / 9, max(1.5, half * 4 / 9)
    return [
        Patch(x - half, middle, x + half, panel.y, Tone.FAINT),
        Stroke(x, low, x, high, Tone.SECOND, 2),
        Stroke(x - whisker, low, x + whisker, low, Tone.SECOND, 2),
        Stroke(x - whisker, high, x + whisker, high, Tone.SECOND, 2),
        Patch(x - dot, middle - dot, x + dot, middle + dot, Tone.MAIN, hint),
    ]


def _y(panel: _Panel, part: float) -> float:
    """Return where a part of the panel's height stands."""
    return panel.y - panel.height * part


def _title(trend: Trend) -> str:
    what = f"Sections that match {trend.term}" if trend.term else "Sections"
    return f"{what}, by {' and '.join(trend.by)}"


def _notes(trend: Trend, source: str, left_out: Sequence[str]) -> list[str]:
    said = [f"Query: {trend.term} (read as {trend.parsed})"] if trend.term else []
    said += [f"Not drawn, as fewer match: {each}; --format csv has them." for each in left_out]
    said += [f"Source: {source}", *(f"Mind: {warning}" for warning in trend.warnings)]
    return [line for text in said for line in _wrapped(text)]


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= _WRAP:
            lines.append("   ")
        lines[-1] += f" {word}" if lines[-1].strip() else f"{lines[-1]}{word}"[len(lines[-1]) :]
    return lines


def _scale(top: float, most: int) -> Sequence[float]:
    """Return the ticks of the axis, from 0 to above the highest value."""
    step = next((each for each in _TICKS if top / each <= most), _TICKS[-1])
    count = max(1, -int(-top // step))
    return [step * at for at in range(count + 1)]


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
