"""Train the weights by which headings are found in dumps without layout, and say how well they do.

    python scripts/train_headings.py WORN            cross-validate, then write archive/data/headings.json
    python scripts/train_headings.py WORN --check    only cross-validate

Newsletters of the tune half are written as dumps in many shapes (tests/newsletters/dumps.py); WORN is what
wear_newsletters.py wrote of them, whose pages count as printed and as read. Each newsletter is judged by weights that
never saw it. Logistic regression with a penalty on large weights, by Newton's method: numpy only. Pairs of features are
added round by round, those that the errors of the weights so far ask for most (the step of Newton's method for one more
weight, from zero). Every draw is seeded, so a run gives the same weights again.
"""

import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
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
from archive.parsing.sections.weights import BOTH, LIKELY, SHOWS_HABIT, Weights, best_groups, judge_groups
from archive.parsing.transcript import build_transcript
from archive.reading.dumps import read_dump
from tests.newsletters.dumps import draw_shape, write_dump
from tests.newsletters.texts import list_issues, load_issue

WEIGHTS = Path(__file__).resolve().parents[1] / "archive" / "data" / "headings.json"
DUMPS_EACH = 20
FOLDS = 3
PENALTY, STEPS, NEAR = 15.0, 30, 0.001
ROUNDS, PAIRS, OF_EACH = 8, 10, 3  # pairs added in each round, and how many of them one feature may be in
TIMES = 5  # a page counts so many times beside a drawn dump
ALIKE, LEAST_ALIKE = 1.2, 0.5  # heading and first words of the text together, of 2, and the heading alone
OPENING, SLACK = 60, 8  # letters
NO_TEXT = {"caption", "quote", "kicker", "heading"}
Named = dict[str, float]
Table = npt.NDArray[np.floating]
Group = tuple[int, int]
# Mending words takes most of the time and changes the shape of no line.
QUICK_RULES = tuple(rule for rule in RULES if rule is not misread_words)


@dataclass(frozen=True)
class Dump:
    """The rows of one issue in one shape, the groups that may be headings with their features, and those that are."""

    issue: str
    kind: str
    rows: Sequence[Row]
    groups: list[Group]
    seen: dict[Group, Named]
    headings: frozenset[Group]
    times: int = 1


def main() -> None:
    """Cross-validate; without --check also write the weights."""
    names = list_issues("tune")
    worn = Path(sys.argv[1])
    with ProcessPoolExecutor() as pool:
        dumps = [dump for some in pool.map(all_dumps_of, names, [worn] * len(names)) for dump in some]
    counts: dict[str, np.ndarray] = {}
    for fold in range(FOLDS):
        rounds = train([dump for dump in dumps if names.index(dump.issue) % FOLDS != fold])
        for dump in dumps:
            if names.index(dump.issue) % FOLDS == fold:
                counts[dump.kind] = counts.get(dump.kind, np.zeros(3)) + judge(dump, *rounds)
    for kind, (right, found, printed) in sorted(counts.items()):
        print(f"{kind}: precision {right / found:.3f}, recall {right / printed:.3f}, of {printed:.0f}")
    if "--check" not in sys.argv:
        alone, habits = train(dumps)
        WEIGHTS.write_text(json.dumps({"alone": alone, "with habits": habits}, indent=1) + "\n", encoding="utf-8")


def all_dumps_of(name: str, worn: Path) -> list[Dump]:
    """Return the dumps of one issue, drawn and read."""
    return [*drawn_dumps(name), *read_dumps(name, worn)]


def drawn_dumps(name: str) -> Iterator[Dump]:
    """Yield dumps of one issue in many shapes; one whose headings open their text's first line teaches nothing here."""
    issue = load_issue(name)
    if any(section.run_in for section in issue.sections):
        return
    rng = random.Random(name)  # noqa: S311 - no secret
    openings = [
        " ".join(block.plain for block in section.blocks if block.kind not in NO_TEXT)
        for section in issue.sections
        if section.heading
    ]
    for _ in range(DUMPS_EACH):
        shape = draw_shape(rng)
        text, headings = write_dump(issue, shape, rng)
        sections = list(zip(headings, openings, strict=True))
        yield from _dumps(name, f"drawn, {shape.rate:.0%} misread", text, sections)


def read_dumps(name: str, worn: Path) -> Iterator[Dump]:
    """Yield the pages of one issue as dumps, in each of its designs: as printed and as read."""
    if any(section.run_in for section in load_issue(name).sections):
        return
    for path in sorted(worn.glob(f"{name}_*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        sections = [
            (section["heading"], " ".join(b["text"] for b in section["blocks"] if b["kind"] not in NO_TEXT))
            for section in truth["sections"]
            if section["heading"]
        ]
        printed = "\f".join(page["text"] for page in truth["pages"])
        yield from _dumps(name, "printed", printed, sections, times=TIMES)
        for read in sorted(worn.glob(f"*/{path.name.removesuffix('.truth.json')}.txt")):
            yield from _dumps(name, f"worn {read.parent.name}", read.read_text(encoding="utf-8"), sections, times=TIMES)


def _dumps(name: str, kind: str, text: str, sections: Sequence[tuple[str, str]], *, times: int = 1) -> Iterator[Dump]:
    for rows in _rows(text):
        groups = [group for at in range(len(rows)) for group in groups_at(rows, at)]
        lines = ShornRows(rows)
        seen = {group: features(lines, *group) for group in groups}
        yield Dump(name, kind, rows, groups, seen, frozenset(_placed(rows, sections)), times)


def train(dumps: Sequence[Dump]) -> tuple[Named, Named]:
    """Return the weights of both rounds."""
    right = np.array([group in dump.headings for dump in dumps for group in dump.groups], dtype=float)
    times = np.array([dump.times for dump in dumps for _ in dump.groups], dtype=float)
    alone = fit([dump.seen[group] for dump in dumps for group in dump.groups], right, times)
    second = [seen for dump in dumps for seen in _with_habits(dump, Weights.of(alone))]
    return alone, fit(second, right, times)


def fit(seen: Sequence[Named], right: Table, times: Table) -> Named:
    """Fit one weight a feature and one a pair that is added; each row counts as many times as given."""
    names = sorted({name for each in seen for name in each})
    place = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(seen), len(names)))
    for number, each in enumerate(seen):
        for name, value in each.items():
            table[number, place[name]] = value
    weights = newton(table, right, times, np.zeros(len(names)))
    pairs: list[tuple[int, int]] = []
    wide = table
    for _ in range(ROUNDS):
        chance = chances(wide, weights)
        pairs += missing_pairs(table, times * (right - chance), times * chance * (1 - chance), pairs)
        added = np.stack([table[:, one] * table[:, other] for one, other in pairs[-PAIRS:]], axis=1)
        wide = np.concatenate([wide, added], axis=1)
        weights = newton(wide, right, times, np.concatenate([weights, np.zeros(PAIRS)]))
    names += [f"{names[one]}{BOTH}{names[other]}" for one, other in pairs]
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def newton(table: Table, right: Table, times: Table, weights: Table) -> Table:
    """Return the weights that fit best, looked for from others."""
    for _ in range(STEPS):
        chance = chances(table, weights)
        slope = table.T @ (times * (chance - right)) + PENALTY * weights
        bend = (table * (times * chance * (1 - chance))[:, None]).T @ table + PENALTY * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < NEAR:
            break
    return weights


def chances(table: Table, weights: Table) -> Table:
    """Return how likely each row is a heading."""
    return 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))


def missing_pairs(table: Table, errors: Table, bend: Table, known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of features that would make up for most of the errors, each feature in a few of them at most."""
    gain = (table.T @ (table * errors[:, None])) ** 2 / ((table**2).T @ (table**2 * bend[:, None]) + PENALTY)
    gain[np.tril_indices(len(gain))] = 0
    for pair in known:
        gain[pair] = 0
    found: list[tuple[int, int]] = []
    times: Counter[int] = Counter()
    for best in np.argsort(gain, axis=None)[::-1]:
        one, other = divmod(int(best), len(gain))
        if max(times[one], times[other]) < OF_EACH:
            found.append((one, other))
            times.update((one, other))
        if len(found) == PAIRS:
            break
    return found


def judge(dump: Dump, alone: Named, with_habits: Named) -> Table:
    """Return how many headings were found at their place, found in all, and printed."""
    judged = judge_groups(dump.rows, dump.seen, Weights.of(alone), Weights.of(with_habits))
    found = {first for first, _, _ in best_groups(judged, LIKELY)}
    printed = {first for first, _ in dump.headings}
    return np.array([len(found & printed), len(found), len(printed)], dtype=float)


def _with_habits(dump: Dump, alone: Weights) -> list[Named]:
    """Return the features of each group, those of the habits that the first round shows among them."""
    judged = [(*group, alone.likelihood(dump.seen[group])) for group in dump.groups]
    habits = habits_of(dump.rows, best_groups(judged, SHOWS_HABIT))
    return [dump.seen[group] | dict(habits.features(dump.rows, *group)) for group in dump.groups]


def _rows(text: str) -> Iterator[Sequence[Row]]:
    """Yield the rows of each issue found in a dump."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.txt"
        path.write_text(text, encoding="utf-8")
        read = read_dump(path)
    pages = [Page(number, blocks, TextSource.TEXT_FILE) for number, blocks in enumerate(read, 1)]
    hints = Hints("raw/dump.txt", {})
    for issue in find_issues(mark_furniture(pages), "0" * 64, hints, languages=("nl", "en")):
        transcript = build_transcript(issue.pages)
        rows = make_rows(transcript, clean(transcript.raw, QUICK_RULES, first=set_aside(transcript)))
        if rows:
            yield rows


def _placed(rows: Sequence[Row], sections: Iterable[tuple[str, str]]) -> Iterator[Group]:
    """Yield the rows in which each heading stands, by its words and those that the text below it opens with."""
    start = 0
    for heading, text in sections:
        opening, best, place = _bare(text)[:OPENING], ALIKE, None
        for group in (group for at in range(start, len(rows)) for group in groups_at(rows, at)):
            alike = _likeness(rows, group, heading)
            if alike >= LEAST_ALIKE:
                below = _bare(" ".join(row.text for row in rows[group[1] : group[1] + 3]))[: len(opening) + SLACK]
                alike += fuzz.ratio(below, opening) / 100 if opening else LEAST_ALIKE
            if alike > best:
                best, place = alike, group
        if place is not None:
            yield place
            start = place[1]


def _likeness(rows: Sequence[Row], group: Group, heading: str) -> float:
    return fuzz.ratio(_bare(" ".join(row.text for row in rows[slice(*group)])), _bare(heading)) / 100


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


if __name__ == "__main__":
    main()
