"""How do the figures of docs/search.md look? Draws them as SVG.

    python scripts/plot_search.py SPEED.json docs        SPEED.json is what `python -m tests.benchmarks.search` printed

docs/search-speed.svg shows the speed beside SQLite FTS5, docs/search-hidden.svg what the estimate of hidden sections
said of the pairs in tests/search/hidden.json, and what was true.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from math import log10
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" font-family="sans-serif" font-size="12">'
_BINS = ((0.0, 0.02), (0.02, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 0.8), (0.8, 99.0))


def main(speed: Path, docs: Path) -> None:
    """Write both drawings."""
    sys.path.insert(0, str(_ROOT))
    figures = json.loads(speed.read_text(encoding="utf-8"))
    (docs / "search-speed.svg").write_text(draw_speed(figures), encoding="utf-8")
    (docs / "search-hidden.svg").write_text(draw_hidden(list(hidden_pairs())), encoding="utf-8")


def draw_speed(figures: dict[str, Any]) -> str:
    """Bars of milliseconds on a logarithmic scale, ours and FTS5's, for each kind of query."""
    kinds = figures["kinds"]
    colours = {"exact_ms": "#1b6ca8", "all_ms": "#7fb3d5", "fts5_ms": "#b0b0b0"}
    names = {"exact_ms": "--exact", "all_ms": "all expansions", "fts5_ms": "SQLite FTS5"}
    parts = [_HEAD.format(w=720, h=60 + 44 * len(kinds))]
    for place, (key, colour) in enumerate(colours.items()):
        parts.append(f'<rect x="{150 + 150 * place}" y="8" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{168 + 150 * place}" y="18">{names[key]}</text>')
    for row, (kind, values) in enumerate(kinds.items()):
        top = 36 + 44 * row
        parts.append(f'<text x="140" y="{top + 22}" text-anchor="end">{kind}</text>')
        for bar, (key, colour) in enumerate(colours.items()):
            width = max(2, 110 * (log10(max(values[key], 0.02)) + 1.7))
            parts.append(f'<rect x="150" y="{top + 12 * bar}" width="{width:.0f}" height="11" fill="{colour}"/>')
            parts.append(
                f'<text x="{156 + width:.0f}" y="{top + 10 + 12 * bar}" font-size="10">{values[key]:.3g} ms</text>'
            )
    title = f"{figures['sections']:,} sections, median, every query a new one; logarithmic"
    return "\n".join([*parts, f'<text x="150" y="{50 + 44 * len(kinds)}">{title}</text>', "</svg>\n"])


def hidden_pairs() -> Iterable[tuple[float, int, bool]]:
    """Yield what was expected, what was true and whether the interval held."""
    from tests.benchmarks.hidden import told_of

    cases = json.loads((_ROOT / "tests" / "search" / "hidden.json").read_text(encoding="utf-8"))
    for row in cases["archives"]:
        for _, told in told_of(row):
            if told.estimate is not None:
                yield told.estimate.expected, told.hidden, told.held


def draw_hidden(pairs: Sequence[tuple[float, int, bool]]) -> str:
    """For groups of pairs of like expectation: expected and true mean, and how often the interval held."""
    parts = [_HEAD.format(w=620, h=340), '<path d="M60 20V290H600" fill="none" stroke="#333"/>']
    groups = [[pair for pair in pairs if low <= pair[0] < high] for low, high in _BINS]
    most = max(max(_mean(p[0] for p in g), _mean(p[1] for p in g)) for g in groups if g) * 1.1
    for place, group in enumerate(groups):
        x = 75 + 75 * place
        if not group:
            continue
        for shift, (column, colour) in enumerate(((0, "#1b6ca8"), (1, "#e08e45"))):
            height = 250 * _mean(pair[column] for pair in group) / most
            parts.append(
                f'<rect x="{x + 24 * shift}" y="{290 - height:.0f}" width="22" height="{height:.0f}" fill="{colour}"/>'
            )
        held = _mean(pair[2] for pair in group)
        parts.append(f'<text x="{x + 24}" y="306" text-anchor="middle">{held:.0%} held</text>')
        parts.append(f'<text x="{x + 24}" y="321" text-anchor="middle" font-size="10">{len(group)} pairs</text>')
    parts.append('<text x="70" y="16" fill="#1b6ca8">expected hidden sections, mean</text>')
    parts.append('<text x="290" y="16" fill="#e08e45">truly hidden, mean</text>')
    parts.append(
        f'<text x="55" y="32" text-anchor="end">{most:.1f}</text><text x="55" y="294" text-anchor="end">0</text>'
    )
    overall = _mean(pair[2] for pair in pairs)
    parts.append(
        f'<text x="60" y="336">{len(pairs)} pairs of query and archive: the 90 % interval held in {overall:.1%}</text>'
    )
    return "\n".join([*parts, "</svg>\n"])


def _mean(values: Iterable[float]) -> float:
    some = list(values)
    return sum(some) / len(some) if some else 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
