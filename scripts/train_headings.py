"""Train the weights by which headings are found in dumps without layout, and say how well they do.

    python scripts/train_headings.py            cross-validate, then write archive/data/headings.json
    python scripts/train_headings.py --check    only cross-validate

Newsletters of the tune half are written as dumps in many shapes (tests/newsletters/dumps.py); each newsletter is judged
by weights that never saw it. Logistic regression with a penalty on large weights, by Newton's method: numpy only. Every
draw is seeded, so a run gives the same weights again.
"""

import datetime as dt
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archive.model.pages import Page, TextSource
from archive.parsing.cleaning import clean, set_aside
from archive.parsing.furniture import mark_furniture
from archive.parsing.masthead import Hints, find_issues
from archive.parsing.rules import RULES, misread_words
from archive.parsing.sections.features import features, groups_at, habits_of
from archive.parsing.sections.rows import Row, make_rows
from archive.parsing.sections.shorn import ShornRows
from archive.parsing.sections.weights import LIKELY, SHOWS_HABIT, best_groups, judge_groups, likelihood
from archive.parsing.transcript import build_transcript
from archive.reading.dumps import read_dump
from tests.newsletters.dumps import draw_shape, write_dump
from tests.newsletters.texts import list_issues, load_issue

WEIGHTS = Path(__file__).resolve().parents[1] / "archive" / "data" / "headings.json"
DUMPS_EACH = 20
FOLDS = 3
PENALTY, STEPS = 1.0, 30
ALIKE = 85
Weights = dict[str, float]
Group = tuple[int, int]
# Mending words takes most of the time and changes the shape of no line.
QUICK_RULES = tuple(rule for rule in RULES if rule is not misread_words)


@dataclass(frozen=True)
class Dump:
    """The rows of one issue in one shape, the groups that may be headings with their features, and those that are."""

    issue: str
    rate: float
    rows: Sequence[Row]
    groups: list[Group]
    seen: dict[Group, Weights]
    headings: frozenset[Group]


def main() -> None:
    """Cross-validate; without --check also write the weights."""
    names = list_issues("tune")
    dumps = [dump for name in names for dump in dumps_of(name)]
    counts: dict[float, np.ndarray] = {}
    for fold in range(FOLDS):
        rounds = train([dump for dump in dumps if names.index(dump.issue) % FOLDS != fold])
        for dump in dumps:
            if names.index(dump.issue) % FOLDS == fold:
                counts[dump.rate] = counts.get(dump.rate, np.zeros(3)) + judge(dump, *rounds)
    for rate, (right, found, printed) in sorted(counts.items()):
        print(f"misread {rate:4.0%}: precision {right / found:.3f}, recall {right / printed:.3f}, of {printed:.0f}")
    if "--check" not in sys.argv:
        alone, habits = train(dumps)
        WEIGHTS.write_text(json.dumps({"alone": alone, "with habits": habits}, indent=1) + "\n", encoding="utf-8")


def dumps_of(name: str) -> Iterator[Dump]:
    """Yield the dumps of one issue; one whose headings open their text's first line teaches nothing here."""
    issue = load_issue(name)
    if any(section.run_in for section in issue.sections):
        return
    rng = random.Random(name)  # noqa: S311 - no secret
    for _ in range(DUMPS_EACH):
        shape = draw_shape(rng)
        text, headings = write_dump(issue, shape, rng)
        for rows in _rows(text):
            groups = [group for at in range(len(rows)) for group in groups_at(rows, at)]
            lines = ShornRows(rows)
            seen = {group: features(lines, *group) for group in groups}
            yield Dump(name, shape.rate, rows, groups, seen, frozenset(_placed(rows, headings)))


def train(dumps: Sequence[Dump]) -> tuple[Weights, Weights]:
    """Return the weights of both rounds."""
    right = np.array([group in dump.headings for dump in dumps for group in dump.groups], dtype=float)
    alone = fit([dump.seen[group] for dump in dumps for group in dump.groups], right)
    second = [seen for dump in dumps for seen in _with_habits(dump, alone)]
    return alone, fit(second, right)


def fit(seen: Sequence[Weights], right: npt.NDArray[np.floating]) -> Weights:
    """Fit one weight a feature, by Newton's method."""
    names = sorted({name for each in seen for name in each})
    place = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(seen), len(names)))
    for number, each in enumerate(seen):
        for name, value in each.items():
            table[number, place[name]] = value
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (chance - right) + PENALTY * weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + PENALTY * np.eye(len(names))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def judge(dump: Dump, alone: Weights, with_habits: Weights) -> npt.NDArray[np.floating]:
    """Return how many headings were found at their place, found in all, and printed."""
    judged = judge_groups(dump.rows, dump.seen, alone, with_habits)
    found = {first for first, _, _ in best_groups(judged, LIKELY)}
    printed = {first for first, _ in dump.headings}
    return np.array([len(found & printed), len(found), len(printed)], dtype=float)


def _with_habits(dump: Dump, alone: Weights) -> list[Weights]:
    """Return the features of each group, those of the habits that the first round shows among them."""
    judged = [(*group, likelihood(alone, dump.seen[group])) for group in dump.groups]
    habits = habits_of(dump.rows, best_groups(judged, SHOWS_HABIT))
    return [dump.seen[group] | dict(habits.features(dump.rows, *group)) for group in dump.groups]


def _rows(text: str) -> Iterator[Sequence[Row]]:
    """Yield the rows of each issue found in a dump."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.txt"
        path.write_text(text, encoding="utf-8")
        read = read_dump(path)
    pages = [Page(number, blocks, TextSource.TEXT_FILE) for number, blocks in enumerate(read, 1)]
    hints = Hints("raw/dump.txt", {}, dt.date(2026, 1, 1), ())
    for issue in find_issues(mark_furniture(pages), "0" * 64, hints, languages=("nl", "en")):
        transcript = build_transcript(issue.pages)
        rows = make_rows(transcript, clean(transcript.raw, QUICK_RULES, first=set_aside(transcript)))
        if rows:
            yield rows


def _placed(rows: Sequence[Row], headings: Sequence[str]) -> Iterator[Group]:
    """Yield the rows in which each heading stands, from the last to the first: a table of contents comes before all."""
    stop = len(rows)
    for heading in reversed(headings):
        best: tuple[float, Group] = (ALIKE, (0, 0))
        for at in reversed(range(stop)):
            for group in groups_at(rows, at):
                alike = fuzz.ratio(_bare(" ".join(row.text for row in rows[slice(*group)])), _bare(heading))
                if alike > best[0] and group[1] <= stop:
                    best = (alike, group)
        if best[1][1]:
            yield best[1]
            stop = best[1][0]


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


if __name__ == "__main__":
    main()
