"""How likely are rows a heading where there are only lines and empty lines?

A small logistic model over the features of features.py, in two rounds: the first looks at each line by itself, the
second, again and again, also at how the likely headings of this issue look and where they stand. Its weights were
trained on newsletters of our own, written as dumps in many shapes, with misread letters, specks and scraps, and as
Tesseract reads them on worn pages (scripts/train_headings.py); its answers are shares of such lines that were headings,
so they need no calibration.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from archive.parsing.sections.features import features, groups_at, habits_of
from archive.parsing.sections.rows import Row
from archive.parsing.sections.shorn import ShornRows

# Low, for a section that is not found is lost and one cut in two is not: of our own newsletters, badly read and each
# judged by weights that never saw it, as much is cut right as with 0.5 (F1 of sections 0.70 and 0.71), and of 0.88 of
# the sections most is found, with 0.5 of 0.86.
LIKELY = 0.3
SHOWS_HABIT = 0.3
_READS_LIKE_ONE = 0.7
# What speaks against a line that stands apart and reads like a heading.
_AGAINST = (
    "cannot be a heading",
    "nothing above",
    "stands further down too",
    "short words only",
    "below is short",
    "below opens small",
    "leave-taking or sender",
    "item of a list",
    "above is open",
    "full line",
    "left open",
)
_LOOKS = 3  # at the habits; each look sees them by what the one before took for headings
Group = tuple[int, int]
Weights = Mapping[str, float]


def likely_headings(rows: Sequence[Row]) -> list[tuple[int, int, float]]:
    """Return first row, row after the last, and likelihood of each heading, in order, none overlapping another."""
    lines = ShornRows(rows)
    seen = {group: features(lines, *group) for at in range(len(rows)) for group in groups_at(rows, at)}
    judged = judge_groups(rows, seen, *_weights())
    plain = [(*group, LIKELY) for group, found in seen.items() if _is_plain_heading(found)]
    return best_groups([*judged, *plain], LIKELY)


def _is_plain_heading(seen: Weights) -> bool:
    """Tell whether rows are a heading whatever the habits of the issue: engines see white above and below unevenly.

    Of the sections of our own newsletters, badly read, most is found of 0.88 with this rule and of 0.86 without it.
    """
    if any(name in seen for name in _AGAINST):
        return False
    return "stands apart" in seen and seen.get("reads like a heading", 0.0) >= _READS_LIKE_ONE


def judge_groups(
    rows: Sequence[Row], seen: Mapping[Group, Weights], alone: Weights, with_habits: Weights
) -> list[tuple[int, int, float]]:
    """Return how likely each group of rows is a heading, by its features and by the habits of its issue."""
    by_itself = {group: likelihood(alone, found) for group, found in seen.items()}
    judged = [(*group, sure) for group, sure in by_itself.items()]
    for _ in range(_LOOKS):
        habits = habits_of(rows, best_groups(judged, SHOWS_HABIT))
        judged = []
        for group, found in seen.items():
            among = likelihood(with_habits, {**found, **dict(habits.features(rows, *group))})
            judged.append((*group, habits.known * among + (1 - habits.known) * by_itself[group]))
    return judged


def best_groups(groups: Sequence[tuple[int, int, float]], least: float) -> list[tuple[int, int, float]]:
    """Return the likeliest of groups that overlap, from a likelihood up, in their order."""
    found: list[tuple[int, int, float]] = []
    taken: set[int] = set()
    likely = (group for group in groups if group[2] >= least)
    for first, last, sure in sorted(likely, key=lambda group: (-group[2], group[0], group[1])):
        if taken.isdisjoint(range(first, last)):
            found.append((first, last, sure))
            taken.update(range(first, last))
    return sorted(found)


def likelihood(weights: Mapping[str, float], seen: Mapping[str, float]) -> float:
    """Return how likely rows with these features are a heading, from 0 to 1."""
    odds = sum(weights.get(name, 0.0) * value for name, value in seen.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@lru_cache(maxsize=1)
def _weights() -> tuple[Weights, Weights]:
    """Read the weights of both rounds that come with the program."""
    kept = json.loads((resources.files("archive.data") / "headings.json").read_text(encoding="utf-8"))
    return kept["alone"], kept["with habits"]
