"""How often is a word right that the engine is so sure of?

The engine's own confidence orders words well but is no share: the curve turns it into one. It was fitted, once, on
newsletters that the figures in docs/reading.md were not measured on (scripts/reading_report.py calibration).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from archive.model.pages import Block, Word

# The engine's confidence, and the share of words of that confidence that are right; straight lines between.
_CURVE = (
    (0.0, 0.427), (0.686, 0.854), (0.896, 0.939), (0.913, 0.985), (0.93, 0.992), (0.951, 0.992), (0.96, 0.999),
    (1.0, 0.999),
)  # fmt: skip

_SUREST = 0.999  # no engine is always right


def calibrate(sure: float, curve: Sequence[tuple[float, float]] = _CURVE) -> float:
    """Return the share of words right among those of which the engine is as sure as this (0 to 1)."""
    at = min(max(1, bisect_right([x for x, _ in curve], sure)), len(curve) - 1)
    (x0, y0), (x1, y1) = curve[at - 1], curve[at]
    return min(1.0, max(0.0, y0 + (y1 - y0) * (sure - x0) / (x1 - x0)))


def calibrate_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the engine's confidences turned into shares; words without one keep none."""
    return tuple(
        replace(block, lines=tuple(replace(line, words=tuple(map(_calibrated, line.words))) for line in block.lines))
        for block in blocks
    )


def fit_curve(seen: Sequence[tuple[float, bool]], *, bands: int = 40) -> tuple[tuple[float, float], ...]:
    """Fit a rising curve to words (the engine's confidence, whether it was right).

    Words are gathered in bands of equal count; bands that would make the curve fall are joined (pool adjacent
    violators: Ayer and others, 1955).
    """
    ordered = sorted(seen)
    pools: list[list[float]] = []  # sum of confidences, words right, words
    for start in range(bands):
        band = ordered[start * len(ordered) // bands : (start + 1) * len(ordered) // bands]
        if band:
            pools.append([sum(sure for sure, _ in band), sum(right for _, right in band), len(band)])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    middle = [(total / count, right / count) for total, right, count in pools]
    low = middle[0][1] * 0.5 if middle else 0.0
    inner = [(round(x, 3), min(_SUREST, round(y, 3))) for x, y in middle if 0 < x < 1]
    return ((0.0, round(low, 3)), *inner, (1.0, inner[-1][1] if inner else _SUREST))


def _calibrated(word: Word) -> Word:
    return word if word.confidence is None else replace(word, confidence=round(calibrate(word.confidence), 3))
