"""How likely are rows a heading where there are only lines and empty lines?

A small logistic model over the features of features.py and over pairs of them that say more together (`two lines &
room inside, goes on small`), in two rounds: the first looks at each line by itself, the second, again and again, also
at how the likely headings of this issue look and where they stand. Its weights were trained on newsletters of our own,
written as dumps in many shapes, with misread letters, specks and scraps, and as Tesseract reads them on worn pages
(scripts/train_headings.py); its answers are shares of such lines that were headings, so they need no calibration.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Self

from archive.parsing.sections.features import features, groups_at, habits_of
from archive.parsing.sections.rows import Row
from archive.parsing.sections.shorn import ShornRows

# Low, for a section that is not found is lost and one cut in two is not: of the headings of our own newsletters, badly
# read and each judged by weights that never saw it, .966 are found and .812 of what is found is one; with .3 it is .947
# and .852.
LIKELY = 0.16
SHOWS_HABIT = 0.3
BOTH = " & "  # between the names of two features that count together
_LOOKS = 3  # at the habits; each look sees them by what the one before took for headings
Group = tuple[int, int]
Seen = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts, and what two count together beside that."""

    single: Mapping[str, float]
    pairs: Sequence[tuple[str, str, float]]

    @classmethod
    def of(cls, named: Mapping[str, float]) -> Self:
        """Make weights of what stands beside the names of features, and of pairs of them."""
        single = {name: weight for name, weight in named.items() if BOTH not in name}
        parts = ((name.partition(BOTH), weight) for name, weight in named.items() if BOTH in name)
        return cls(single, [(one, other, weight) for (one, _, other), weight in parts])

    def likelihood(self, seen: Seen) -> float:
        """Return how likely rows with these features are a heading, from 0 to 1."""
        odds = sum(self.single.get(name, 0.0) * value for name, value in seen.items())
        odds += sum(
            weight * seen[one] * seen[other] for one, other, weight in self.pairs if one in seen and other in seen
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def likely_headings(rows: Sequence[Row]) -> list[tuple[int, int, float]]:
    """Return first row, row after the last, and likelihood of each heading, in order, none overlapping another."""
    lines = ShornRows(rows)
    seen = {group: features(lines, *group) for at in range(len(rows)) for group in groups_at(rows, at)}
    return best_groups(judge_groups(rows, seen, *_weights()), LIKELY)


def judge_groups(
    rows: Sequence[Row], seen: Mapping[Group, Seen], alone: Weights, with_habits: Weights
) -> list[tuple[int, int, float]]:
    """Return how likely each group of rows is a heading, by its features and by the habits of its issue."""
    by_itself = {group: alone.likelihood(found) for group, found in seen.items()}
    judged = [(*group, sure) for group, sure in by_itself.items()]
    for _ in range(_LOOKS):
        habits = habits_of(rows, best_groups(judged, SHOWS_HABIT))
        judged = []
        for group, found in seen.items():
            among = with_habits.likelihood({**found, **dict(habits.features(rows, *group))})
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


@lru_cache(maxsize=1)
def _weights() -> tuple[Weights, Weights]:
    """Read the weights of both rounds that come with the program."""
    kept = json.loads((resources.files("archive.data") / "headings.json").read_text(encoding="utf-8"))
    return Weights.of(kept["alone"]), Weights.of(kept["with habits"])
