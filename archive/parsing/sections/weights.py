"""How likely are rows a heading where there are only lines and empty lines?

A small logistic model over the features of features.py, in two rounds: the first looks at each line by itself, the
second also at how the likely headings of this issue look. Its weights were trained on newsletters of our own, written
as dumps in many shapes and with misread letters (scripts/train_headings.py); its answers are shares of such lines that
were headings, so they need no calibration.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from archive.parsing.sections.features import features, groups_at, habits_of
from archive.parsing.sections.rows import Row

LIKELY = 0.38  # from a third to a half the figures are the same; a heading missed costs more than one too many
SHOWS_HABIT = 0.3
READS_LIKE_ONE = 0.7
# What speaks against a line that stands apart and reads like a heading.
_AGAINST = (
    "cannot be a heading",
    "below is short",
    "below opens small",
    "leave-taking or sender",
    "item of a list",
    "above is open",
)


def likely_headings(rows: Sequence[Row]) -> list[tuple[int, int, float]]:
    """Return first row, row after the last, and likelihood of each heading, in order, none overlapping another."""
    first_round, second_round = _weights()
    groups = [group for at in range(len(rows)) for group in groups_at(rows, at)]
    seen = {group: features(rows, *group) for group in groups}
    alone = [(*group, likelihood(first_round, seen[group])) for group in groups]
    habits = habits_of(rows, best_groups(alone, SHOWS_HABIT))
    judged = []
    for first, last, by_itself in alone:
        among = likelihood(second_round, seen[first, last] | dict(habits.features(rows, first, last)))
        sure = habits.known * among + (1 - habits.known) * by_itself
        judged.append((first, last, max(sure, LIKELY if is_plain_heading(seen[first, last]) else 0.0)))
    return best_groups(judged, LIKELY)


def is_plain_heading(seen: Mapping[str, float]) -> bool:
    """Tell whether rows are a heading whatever the habits of the issue: engines see white above and below unevenly.

    On newsletters that the weights were not trained on recall goes from .844 to .887 and precision from .854 to .817.
    """
    if any(name in seen for name in _AGAINST):
        return False
    return "stands apart" in seen and seen.get("reads like a heading", 0.0) >= READS_LIKE_ONE


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
def _weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Read the weights of both rounds that come with the program."""
    kept = json.loads((resources.files("archive.data") / "headings.json").read_text(encoding="utf-8"))
    return kept["alone"], kept["with habits"]
